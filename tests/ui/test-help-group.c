/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-help-group.h"

#include "si-fake-provider.h"
#include "si-test-settings.h"
#include "si-ui-test.h"

/* Where a person is sent for help: by the service, and by the administrator before. */

typedef struct {
  GSettings   *settings;
  SiHelpGroup *group;
  GtkWidget   *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  fixture->settings = si_test_settings_new ();
  fixture->group = g_object_new (SI_TYPE_HELP_GROUP, NULL);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->group));
  fixture->window = si_ui_test_show (box);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  si_ui_test_close (fixture->window);
  g_clear_object (&fixture->settings);
}

static void
configure_all (Fixture *fixture)
{
  static const char *const links[][2] = {
    { "password-reset-url", "https://pw.example/" },
    { "sign-in-help-url", "https://help.example/signin" },
    { "support-url", "https://help.example/" },
    { "support-phone", "+46 8 465 004 05" },
    { "support-email", "desk@example.com" },
    { "privacy-url", "https://example.com/privacy" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (links); i++)
    g_settings_set_string (fixture->settings, links[i][0], links[i][1]);
}

/* @capabilities is nullable. */
static void
show (Fixture *fixture, const char *capabilities)
{
  g_autoptr (SiConfiguration) configuration = si_configuration_new (fixture->settings);
  g_autoptr (SiCapabilities)  offered
      = capabilities != NULL ? si_fake_capabilities (capabilities) : NULL;

  si_help_group_set_sources (fixture->group, configuration, offered);
  si_ui_test_drain ();
}

static gboolean
has_row (Fixture *fixture, const char *title)
{
  return si_ui_test_find (fixture->window, ADW_TYPE_ACTION_ROW, title) != NULL;
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  si_help_group_set_sources (fixture->group, NULL, NULL);
  si_ui_test_drain ();
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->group)));

  show (fixture, NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->group)));
}

static void
test_configured (Fixture *fixture, gconstpointer data)
{
  static const char *const titles[] = {
    "Reset Password",     "Sign-In Help",        "Help Desk",
    "Call the Help Desk", "Email the Help Desk", "Privacy",
  };

  configure_all (fixture);
  show (fixture, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    g_assert_true (has_row (fixture, titles[i]));
  si_ui_test_assert_shows (fixture->window, "+46 8 465 004 05");
  si_ui_test_assert_shows (fixture->window, "desk@example.com");
  si_ui_test_assert_names (fixture->window);
}

/* An internal number is shown as it is called. */
static void
test_internal_number (Fixture *fixture, gconstpointer data)
{
  g_settings_set_string (fixture->settings, "support-phone", "4711");
  show (fixture, NULL);
  g_assert_true (has_row (fixture, "Call the Help Desk"));
  si_ui_test_assert_shows (fixture->window, "4711");
  g_assert_false (has_row (fixture, "Help Desk"));
  g_assert_false (has_row (fixture, "Privacy"));
}

static void
test_service_counts (Fixture *fixture, gconstpointer data)
{
  configure_all (fixture);
  show (fixture, SI_EXAMPLE_CAPABILITIES);
  si_ui_test_assert_shows (fixture->window, "+46 8 440 00 00");
  si_ui_test_assert_shows (fixture->window, "help@contoso.example");
  g_assert_false (si_ui_test_shows (fixture->window, "+46 8 465 004 05"));
  g_assert_false (si_ui_test_shows (fixture->window, "desk@example.com"));
  g_assert_true (has_row (fixture, "Privacy"));
}

static void
test_gaps_are_filled (Fixture *fixture, gconstpointer data)
{
  g_autofree char *phone_alone
      = si_test_vary (SI_EXAMPLE_CAPABILITIES, "support", "{\"phone\": \"+4684400000\"}",
                      "links", "{}", NULL);

  show (fixture, phone_alone);
  g_assert_true (has_row (fixture, "Call the Help Desk"));
  g_assert_false (has_row (fixture, "Email the Help Desk"));
  g_assert_false (has_row (fixture, "Reset Password"));

  configure_all (fixture);
  show (fixture, phone_alone);
  si_ui_test_assert_shows (fixture->window, "+46 8 440 00 00");
  si_ui_test_assert_shows (fixture->window, "desk@example.com");
  g_assert_true (has_row (fixture, "Reset Password"));
  g_assert_true (has_row (fixture, "Sign-In Help"));
}

/* What can't be used is left out, and the rest is there. */
static void
test_unusable (Fixture *fixture, gconstpointer data)
{
  g_settings_set_string (fixture->settings, "support-email", "<b>help</b>@example.com");
  g_settings_set_string (fixture->settings, "support-url", "file:///etc/passwd");
  g_settings_set_string (fixture->settings, "support-phone", "+46 8 465 004 05");
  show (fixture, NULL);
  g_assert_true (has_row (fixture, "Call the Help Desk"));
  g_assert_false (has_row (fixture, "Email the Help Desk"));
  g_assert_false (has_row (fixture, "Help Desk"));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  si_ui_test_init (&argc, &argv);

  ADD ("/help-group/nothing", test_nothing);
  ADD ("/help-group/configured", test_configured);
  ADD ("/help-group/internal-number", test_internal_number);
  ADD ("/help-group/service-counts", test_service_counts);
  ADD ("/help-group/gaps-are-filled", test_gaps_are_filled);
  ADD ("/help-group/unusable", test_unusable);

  return g_test_run ();
}
