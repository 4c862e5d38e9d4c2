/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-add-page.h"

#include "si-fake-provider.h"
#include "si-ui-test.h"

#define EMPTY                                                                            \
  "{\"account\": {}, \"methods\": [], \"default\": null, \"defaultOptions\": []}"
#define USES                                                                             \
  "\"uses\": [{\"use\": \"mobile\", \"channels\": [\"call\", \"text\"], \"max\": 1,"     \
  " \"usableFor\": [\"signIn\"], \"requires\": null}]"
#define PHONE "{\"type\": \"phone\", \"canAdd\": true, \"reason\": null, " USES "}"
#define APP                                                                              \
  "{\"type\": \"authenticatorApp\", \"canAdd\": true, \"usableFor\": [\"signIn\"]}"

typedef struct {
  SiFakeProvider *provider;
  SiOverview     *overview;
  SiAddPage      *page;
  GtkWidget      *window;
  guint           chosen;
} Fixture;

static void
chosen_cb (Fixture *fixture)
{
  fixture->chosen++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->provider = si_fake_provider_new ();
  fixture->page = g_object_new (SI_TYPE_ADD_PAGE, NULL);
  g_signal_connect_swapped (fixture->page, "phone-chosen", G_CALLBACK (chosen_cb),
                            fixture);
  fixture->window = si_ui_test_show (fixture->page);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  si_ui_test_close (fixture->window);
  g_clear_object (&fixture->overview);
  si_fake_provider_end (fixture->provider);
  g_assert_finalize_object (fixture->provider);
}

static void
show (Fixture *fixture, const char *methods, const char *info)
{
  g_autofree char *capabilities
      = si_test_vary (SI_EXAMPLE_CAPABILITIES, "methods", methods, NULL);

  g_clear_object (&fixture->overview);
  fixture->overview = si_fake_overview (fixture->provider, capabilities, info);
  si_add_page_show (fixture->page, fixture->overview);
  si_ui_test_drain ();
  si_ui_test_assert_names (fixture->window);
}

static GtkListBoxRow *
find_row (Fixture *fixture, const char *title)
{
  return GTK_LIST_BOX_ROW (si_ui_test_find (fixture->window, ADW_TYPE_ACTION_ROW, title));
}

static void
test_phone (Fixture *fixture, gconstpointer data)
{
  show (fixture, "[" PHONE "," APP "]", EMPTY);

  si_ui_test_activate_row (find_row (fixture, "Phone"));
  g_assert_cmpuint (fixture->chosen, ==, 1);
  si_ui_test_assert_shows (fixture->window, "On the web page – Sign-in");
  si_ui_test_assert_shows (
      fixture->window, "An authenticator app or a security key is safer than a phone.");
  g_assert_false (si_ui_test_shows (fixture->window, "No phone can be added"));
  g_assert_true (
      gtk_list_box_row_get_activatable (find_row (fixture, "Authenticator app")));

  si_ui_test_focus_page (SI_PAGE (fixture->page));
  g_assert_true (si_ui_test_get_focus (fixture->window)
                 == GTK_WIDGET (find_row (fixture, "Phone")));
}

/* What is not allowed stays, with the reason and whom to ask. */
static void
test_not_allowed (Fixture *fixture, gconstpointer data)
{
  show (fixture,
        "[{\"type\": \"phone\", \"canAdd\": false, \"reason\": \"policy_disallowed\"},"
        " {\"type\": \"securityQuestions\", \"canAdd\": false}]",
        EMPTY);

  g_assert_false (gtk_list_box_row_get_activatable (find_row (fixture, "Phone")));
  si_ui_test_assert_shows (fixture->window,
                           "Your organization does not allow this. Ask your help desk: "
                           "+46 8 440 00 00 or help@contoso.example.");
  si_ui_test_assert_shows (fixture->window, "This is not available for your account.");
  si_ui_test_assert_shows (fixture->window,
                           "You can’t add a phone to this account right now.");
  g_assert_false (si_ui_test_shows (fixture->window, "is safer"));

  si_ui_test_focus_page (SI_PAGE (fixture->page));
  g_assert_true (si_ui_test_focus_is_seen (fixture->window));
}

static void
test_no_web_page (Fixture *fixture, gconstpointer data)
{
  g_autofree char *capabilities = si_test_vary (
      SI_EXAMPLE_CAPABILITIES, "methods", "[" PHONE "," APP "]", "links", "{}", NULL);

  fixture->overview = si_fake_overview (fixture->provider, capabilities, EMPTY);
  si_add_page_show (fixture->page, fixture->overview);
  si_ui_test_drain ();

  g_assert_null (find_row (fixture, "Authenticator app"));
  g_assert_false (si_ui_test_shows (fixture->window, "is safer"));
}

static void
test_limit (Fixture *fixture, gconstpointer data)
{
  show (fixture, "[" PHONE "]", SI_EXAMPLE_SECURITY_INFO);

  g_assert_false (gtk_list_box_row_get_activatable (find_row (fixture, "Phone")));
  si_ui_test_assert_shows (fixture->window, "Delete one first.");
}

/* What the backend said of the limit may be older than the list. */
static void
test_limit_no_more (Fixture *fixture, gconstpointer data)
{
  show (fixture,
        "[{\"type\": \"phone\", \"canAdd\": false, \"reason\": \"limit_reached\", " USES
        "}]",
        EMPTY);

  si_ui_test_activate_row (find_row (fixture, "Phone"));
  g_assert_cmpuint (fixture->chosen, ==, 1);
}

static void
test_needs_mobile (Fixture *fixture, gconstpointer data)
{
  show (fixture,
        "[{\"type\": \"phone\", \"canAdd\": true, \"uses\": [{\"use\": \"alternate\","
        " \"channels\": [\"call\"], \"max\": 1, \"requires\": \"mobile\"}]}]",
        EMPTY);

  g_assert_false (gtk_list_box_row_get_activatable (find_row (fixture, "Phone")));
  si_ui_test_assert_shows (fixture->window, "Add a mobile phone first.");
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  show (fixture, "[]", EMPTY);

  si_ui_test_assert_shows (fixture->window,
                           "You can’t add a phone to this account right now.");
  si_ui_test_focus_page (SI_PAGE (fixture->page));
}

/* What the organisation says of itself is no markup. */
static void
test_hostile_contact (Fixture *fixture, gconstpointer data)
{
  g_autofree char *capabilities
      = si_test_vary (SI_EXAMPLE_CAPABILITIES, "methods",
                      "[{\"type\": \"securityKey\", \"canAdd\": false}]", "support",
                      "{\"email\": \"<b>r&d@contoso.example\"}", NULL);

  fixture->overview = si_fake_overview (fixture->provider, capabilities, EMPTY);
  si_add_page_show (fixture->page, fixture->overview);
  si_ui_test_drain ();
  si_ui_test_assert_shows (fixture->window, "your account. Ask your help desk: <b>r&d@");
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  si_ui_test_init (&argc, &argv);

  ADD ("/add-page/phone", test_phone);
  ADD ("/add-page/not-allowed", test_not_allowed);
  ADD ("/add-page/no-web-page", test_no_web_page);
  ADD ("/add-page/limit", test_limit);
  ADD ("/add-page/limit-no-more", test_limit_no_more);
  ADD ("/add-page/needs-mobile", test_needs_mobile);
  ADD ("/add-page/nothing", test_nothing);
  ADD ("/add-page/hostile-contact", test_hostile_contact);

  return g_test_run ();
}
