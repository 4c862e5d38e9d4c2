/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-country-page.h"

#include "si-country-list.h"
#include "si-fake-provider.h"
#include "si-ui-test.h"

typedef struct {
  GListModel    *countries;
  SiCountryPage *page;
  GtkWidget     *window;
  GtkWidget     *entry;
  char          *chosen;
} Fixture;

static void
chosen_cb (Fixture *fixture, const char *region)
{
  g_free (fixture->chosen);
  fixture->chosen = g_strdup (region);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->countries = si_country_list_new ();
  fixture->page = g_object_new (SI_TYPE_COUNTRY_PAGE, NULL);
  fixture->entry = si_ui_test_child (fixture->page, "search_entry");
  g_signal_connect_swapped (fixture->page, "chosen", G_CALLBACK (chosen_cb), fixture);
  fixture->window = si_ui_test_show (fixture->page);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  si_ui_test_close (fixture->window);
  g_clear_object (&fixture->countries);
  g_clear_pointer (&fixture->chosen, g_free);
}

static void
show (Fixture *fixture, const char *countries)
{
  g_autofree char       *text = g_strdup_printf ("{\"type\": \"phone\", \"canAdd\": true,"
                                                       " \"uses\": [], \"countries\": %s}",
                                                 countries);
  g_autoptr (JsonObject) object = si_test_parse (text);
  g_autoptr (SiMethodPolicy) policy = si_method_policy_new_from_json (object, NULL);

  si_country_page_show (fixture->page, fixture->countries, policy);
  si_ui_test_drain ();
}

static guint
count_rows (Fixture *fixture)
{
  GtkListBox *list = si_ui_test_child (fixture->page, "list");
  guint       n = 0;

  for (int i = 0; gtk_list_box_get_row_at_index (list, i) != NULL; i++)
    n += gtk_widget_get_child_visible (
        GTK_WIDGET (gtk_list_box_get_row_at_index (list, i)));

  return n;
}

static void
search (Fixture *fixture, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (fixture->entry), text);
}

static void
test_all (Fixture *fixture, gconstpointer data)
{
  show (fixture, "{}");
  g_assert_cmpuint (count_rows (fixture), >, 200);
  si_ui_test_assert_names (fixture->window);
  si_ui_test_focus_page (SI_PAGE (fixture->page));
  g_assert_true (si_ui_test_get_focus (fixture->window) == fixture->entry);
}

/* Return takes the first that is found, however fast it follows. */
static void
test_search (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *text;
    const char *region;
  } cases[] = {
    { "swed", "SE" },   { "SWE", "SE" },       { "+46", "SE" },    { "46", "SE" },
    { "SE", "SE" },     { "uk", "GB" },        { "44", "GB" },     { "+1", "US" },
    { "cote d", "CI" }, { "United St", "US" }, { "norway", "NO" }, { "åland isl", "AX" },
  };

  show (fixture, "{}");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_clear_pointer (&fixture->chosen, g_free);
    search (fixture, cases[i].text);
    g_signal_emit_by_name (fixture->entry, "activate");
    g_test_message ("%s: %s", cases[i].text, fixture->chosen);
    g_assert_cmpstr (fixture->chosen, ==, cases[i].region);
  }
}

static void
test_filter (Fixture *fixture, gconstpointer data)
{
  show (fixture, "{}");
  search (fixture, "swed");
  si_test_wait_until (count_rows (fixture) == 1);
  si_ui_test_assert_shows (fixture->window, "Sweden");
  si_ui_test_assert_shows (fixture->window, "+46");
  si_ui_test_activate_row (
      si_ui_test_find (fixture->window, ADW_TYPE_ACTION_ROW, "Sweden"));
  g_assert_cmpstr (fixture->chosen, ==, "SE");
}

static void
test_iso_code (Fixture *fixture, gconstpointer data)
{
  show (fixture, "{}");
  search (fixture, "SE");
  si_test_wait_until (count_rows (fixture) < 50);
  si_ui_test_assert_shows (fixture->window, "Sweden");
  g_assert_false (si_ui_test_shows (fixture->window, "Norway"));
}

/* By the name in the person's language, and by the English one all the same. */
static void
test_languages (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "sverige", "sweden" };

  si_ui_test_speak ("sv");
  g_clear_object (&fixture->countries);
  fixture->countries = si_country_list_new ();
  show (fixture, "{}");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    search (fixture, names[i]);
    g_signal_emit_by_name (fixture->entry, "activate");
    g_assert_cmpstr (fixture->chosen, ==, "SE");
    si_ui_test_assert_shows (fixture->window, "Sverige");
    g_clear_pointer (&fixture->chosen, g_free);
  }
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  show (fixture, "{}");
  search (fixture, "Atlantis");
  si_test_wait_until (si_ui_test_shows (fixture->window, "Nothing found."));
  g_signal_emit_by_name (fixture->entry, "activate");
  g_assert_null (fixture->chosen);

  /* Next time it begins anew. */
  show (fixture, "{}");
  g_assert_false (si_ui_test_shows (fixture->window, "Nothing found."));
  g_assert_cmpuint (count_rows (fixture), >, 200);
  si_ui_test_assert_shows (fixture->window, "Sweden");
}

/* Return in an empty field has found nothing to take. */
static void
test_empty_return (Fixture *fixture, gconstpointer data)
{
  show (fixture, "{}");
  g_signal_emit_by_name (fixture->entry, "activate");
  g_assert_null (fixture->chosen);
}

static void
test_policy (Fixture *fixture, gconstpointer data)
{
  show (fixture, "{\"allow\": [\"SE\", \"NO\", \"US\"]}");
  g_assert_cmpuint (count_rows (fixture), ==, 3);
  search (fixture, "denmark");
  si_test_wait_until (si_ui_test_shows (fixture->window, "Nothing found."));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  si_ui_test_init (&argc, &argv);

  ADD ("/country-page/all", test_all);
  ADD ("/country-page/search", test_search);
  ADD ("/country-page/filter", test_filter);
  ADD ("/country-page/iso-code", test_iso_code);
  ADD ("/country-page/nothing", test_nothing);
  ADD ("/country-page/empty-return", test_empty_return);
  ADD ("/country-page/policy", test_policy);

  /* Last: it changes the language of the process. */
  ADD ("/country-page/languages", test_languages);

  return g_test_run ();
}
