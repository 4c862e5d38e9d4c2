/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-announce.h"
#include "si-banner.h"
#include "si-fake-provider.h"
#include "si-problem-page.h"
#include "si-radio-list.h"
#include "si-test-settings.h"
#include "si-text.h"
#include "si-ui-test.h"
#include "si-wrap-box.h"

/* The small parts that screens are made of. */

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_radio_list (void)
{
  SiRadioList *list
      = g_object_new (SI_TYPE_RADIO_LIST, "label", "Which phone is it?", NULL);
  GtkWidget *window = si_ui_test_show (list);
  guint      count = 0;

  g_assert_cmpint (si_radio_list_get_value (list), ==, 0);
  g_assert_null (si_radio_list_get_focus_widget (list));

  si_radio_list_append (list, 1, "Mobile phone", "Sign-in");
  si_radio_list_append (list, 2, "<b>&", NULL);
  si_radio_list_append (list, 3, "Office phone", NULL);
  g_assert_cmpuint (si_radio_list_get_length (list), ==, 3);
  g_assert_cmpint (si_radio_list_get_value (list), ==, 1);

  g_signal_connect_swapped (list, "notify::value", G_CALLBACK (count_cb), &count);
  si_ui_test_drain ();
  si_ui_test_click (si_ui_test_find (list, GTK_TYPE_CHECK_BUTTON, "Office phone"));
  g_assert_cmpint (si_radio_list_get_value (list), ==, 3);
  g_assert_cmpuint (count, ==, 1);

  /* A click on the row is one on its button. */
  si_ui_test_activate_row (si_ui_test_find (list, ADW_TYPE_ACTION_ROW, "<b>&"));
  g_assert_cmpint (si_radio_list_get_value (list), ==, 2);
  si_ui_test_assert_shows (window, "<b>&");

  si_radio_list_set_value (list, 7);
  g_assert_cmpint (si_radio_list_get_value (list), ==, 2);
  si_radio_list_set_value (list, 1);
  g_assert_cmpint (si_radio_list_get_value (list), ==, 1);
  g_assert_true (
      si_ui_test_has_label (si_radio_list_get_focus_widget (list), "Mobile phone"));
  si_ui_test_assert_description (si_radio_list_get_focus_widget (list), "Sign-in");
  si_ui_test_assert_names (window);

  si_radio_list_clear (list);
  g_assert_cmpuint (si_radio_list_get_length (list), ==, 0);
  g_assert_cmpint (si_radio_list_get_value (list), ==, 0);
  si_ui_test_close (window);
}

static void
test_banner (void)
{
  SiBanner  *banner = g_object_new (SI_TYPE_BANNER, NULL);
  GtkWidget *window = si_ui_test_show (banner);

  g_assert_false (si_ui_test_shows (window, "Try Again"));

  si_banner_show (banner, "No connection: <b>&");
  si_ui_test_drain ();
  si_ui_test_assert_shows (window, "No connection: <b>&");
  si_ui_test_assert_names (window);

  si_banner_show (banner, "Something else");
  si_ui_test_assert_shows (window, "Something else");

  si_banner_hide (banner);
  si_ui_test_drain ();
  g_assert_null (si_ui_test_find (window, GTK_TYPE_BUTTON, "Try Again"));
  si_ui_test_close (window);
}

static void
test_problem (void)
{
  SiProblemPage     *page = g_object_new (SI_TYPE_PROBLEM_PAGE, NULL);
  GtkWidget         *window = si_ui_test_show (page);
  g_autoptr (GError) error = si_fake_problem (
      403, "{\"code\": \"policy_new\", \"detail\": \"<b>No</b> & never\","
           " \"manageUrl\": \"https://account.contoso.example/\"}");
  g_autoptr (GError)         offline = si_fake_offline ();
  g_autoptr (SiCapabilities) capabilities
      = si_fake_capabilities (SI_EXAMPLE_CAPABILITIES);

  si_problem_page_show (page, error, capabilities);
  si_ui_test_drain ();
  si_ui_test_assert_shows (window,
                           "The service refused the request: “<b>No</b> & never”");
  si_ui_test_assert_shows (window, "Reference: request-1");
  si_ui_test_assert_shows (window, "help@contoso.example");
  g_assert_nonnull (si_ui_test_find (window, GTK_TYPE_BUTTON, "Try Again"));
  g_assert_nonnull (si_ui_test_find (window, GTK_TYPE_BUTTON, "Open the Web Page"));
  si_ui_test_assert_names (window);

  si_problem_page_show (page, offline, NULL);
  si_ui_test_drain ();
  si_ui_test_assert_shows (window, "Can’t Reach the Service");
  g_assert_null (si_ui_test_find (window, GTK_TYPE_BUTTON, "Open the Web Page"));
  g_assert_false (si_ui_test_shows (window, "help@contoso.example"));

  si_problem_page_show_text (page, "Not Set Up Correctly", "Ask <them> & go.");
  si_ui_test_drain ();
  si_ui_test_assert_shows (window, "Ask <them> & go.");
  g_assert_null (si_ui_test_find (window, GTK_TYPE_BUTTON, "Try Again"));
  g_assert_false (si_ui_test_shows (window, "Reference"));
  si_ui_test_close (window);
}

/* Before the service has said whom to ask, the administrator may have. */
static void
test_problem_help (void)
{
  SiProblemPage              *page = g_object_new (SI_TYPE_PROBLEM_PAGE, NULL);
  GtkWidget                  *window = si_ui_test_show (page);
  g_autoptr (GError)          offline = si_fake_offline ();
  g_autoptr (GSettings)       settings = si_test_settings_new ();
  g_autoptr (SiConfiguration) configuration = NULL;
  g_autoptr (SiCapabilities)  capabilities
      = si_fake_capabilities (SI_EXAMPLE_CAPABILITIES);

  g_settings_set_string (settings, "support-email", "desk@example.com");
  configuration = si_configuration_new (settings);
  si_problem_page_set_configuration (page, configuration);

  si_problem_page_show_text (page, "Not Set Up Correctly", "Tell your administrator.");
  si_ui_test_drain ();
  si_ui_test_assert_shows (window, "desk@example.com");
  si_problem_page_show (page, offline, NULL);
  si_ui_test_drain ();
  si_ui_test_assert_shows (window, "desk@example.com");
  si_problem_page_show (page, offline, capabilities);
  si_ui_test_drain ();
  si_ui_test_assert_shows (window, "help@contoso.example");
  si_ui_test_close (window);
}

/* A link that is not one to be opened is not offered. */
static void
test_problem_link (void)
{
  SiProblemPage     *page = g_object_new (SI_TYPE_PROBLEM_PAGE, NULL);
  GtkWidget         *window = si_ui_test_show (page);
  g_autoptr (GError) error
      = si_fake_problem (403, "{\"code\": \"x\", \"manageUrl\": \"file:///etc/passwd\"}");

  si_problem_page_show (page, error, NULL);
  si_ui_test_drain ();
  g_assert_null (si_ui_test_find (window, GTK_TYPE_BUTTON, "Open the Web Page"));
  si_ui_test_close (window);
}

/* Before GTK 4.14 a message is heard as the description of what has the focus: for a
 * field that is the field, not the text inside, which no screen reader sees. Once the
 * focus has gone, the field is described as before. */
static void
test_announce (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");
  GtkWidget *window;

  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), button);
  si_text_set_accessible_description (entry, "5 attempts left");
  gtk_widget_set_tooltip_text (button, "Add");
  window = si_ui_test_show (box);

  gtk_widget_grab_focus (entry);
  si_announce (box, "It worked");
  si_ui_test_assert_announced (entry, "It worked");

  si_announce_at (button, "It failed");
  g_assert_true (si_ui_test_get_focus (window) == button);
  si_ui_test_assert_announced (button, "It failed");
  si_ui_test_drain ();
  si_ui_test_assert_description (entry, "5 attempts left");

  gtk_widget_grab_focus (entry);
  si_ui_test_drain ();
  si_ui_test_assert_description (button, "Add");
  si_ui_test_close (window);
}

static GtkWidget *
new_part (int width)
{
  GtkWidget *part = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_size_request (part, width, 20);

  return part;
}

static void
assert_place (GtkWidget *widget, GtkWidget *box, const char *place)
{
  graphene_rect_t  at;
  g_autofree char *text = NULL;

  g_assert_true (gtk_widget_compute_bounds (widget, box, &at));
  text = g_strdup_printf ("%g,%g %g", at.origin.x, at.origin.y, at.size.width);
  g_assert_cmpstr (text, ==, place);
}

/* Stands by itself: no window would let it be as narrow. */
static void
assert_wraps (GtkWidget  *box,
              int         width,
              int         height,
              const char *first_place,
              const char *second_place)
{
  int minimum;

  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, width, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, height);
  gtk_widget_allocate (box, width, height, -1, NULL);
  assert_place (gtk_widget_get_first_child (box), box, first_place);
  assert_place (gtk_widget_get_last_child (box), box, second_place);
}

static void
test_wrap_box (void)
{
  g_autoptr (GtkWidget) box = g_object_ref_sink (g_object_new (SI_TYPE_WRAP_BOX, NULL));
  GtkWidget            *first = new_part (100);
  GtkWidget            *second = new_part (60);

  gtk_widget_set_parent (first, box);
  gtk_widget_set_parent (second, box);

  assert_wraps (box, 200, 20, "0,0 100", "112,0 60");
  assert_wraps (box, 172, 20, "0,0 100", "112,0 60");
  assert_wraps (box, 171, 46, "0,0 171", "0,26 171");

  gtk_widget_set_hexpand (first, TRUE);
  assert_wraps (box, 200, 20, "0,0 128", "140,0 60");

  gtk_widget_set_direction (box, GTK_TEXT_DIR_RTL);
  assert_wraps (box, 200, 20, "72,0 128", "0,0 60");

  gtk_widget_set_visible (second, FALSE);
  assert_wraps (box, 100, 20, "0,0 100", "0,0 0");
}

int
main (int argc, char **argv)
{
  si_ui_test_init (&argc, &argv);

  g_test_add_func ("/widgets/radio-list", test_radio_list);
  g_test_add_func ("/widgets/banner", test_banner);
  g_test_add_func ("/widgets/problem", test_problem);
  g_test_add_func ("/widgets/problem-help", test_problem_help);
  g_test_add_func ("/widgets/problem-link", test_problem_link);
  g_test_add_func ("/widgets/announce", test_announce);
  g_test_add_func ("/widgets/wrap-box", test_wrap_box);

  return g_test_run ();
}
