/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-add-page.h"
#include "si-code-entry.h"
#include "si-default-dialog.h"
#include "si-fake-provider.h"
#include "si-open-page.h"
#include "si-test-settings.h"
#include "si-ui-test.h"
#include "si-window.h"
#include "si-wizard.h"

/* Everything fits a phone's screen, in English and in a language with longer words. */

#define MAX_WIDTH 360
#define MAX_HEIGHT 294
#define LONG_NAME "The authenticator app on the telephone of the old summer house"
#define PHONE                                                                            \
  "{\"id\": \"m-1\", \"type\": \"phone\", \"use\": \"mobile\","                          \
  " \"number\": \"+46701740605\", \"channels\": [\"call\", \"text\"],"                   \
  " \"usableFor\": [\"signIn\", \"passwordReset\"],"                                     \
  " \"isDefault\": true, \"canChange\": true, \"canDelete\": true}"
#define APP                                                                              \
  "{\"id\": \"m-2\", \"type\": \"authenticatorApp\", \"label\": \"" LONG_NAME "\","      \
  " \"usableFor\": [\"signIn\"], \"canDelete\": true}"
#define ACCOUNT                                                                          \
  "\"account\": {\"displayName\": \"Astrid Lind\","                                      \
  " \"username\": \"astrid.lind.of.the.department@contoso.example\"}"
#define INFO                                                                             \
  "{" ACCOUNT ", \"methods\": [" PHONE "," APP "],"                                      \
  "\"default\": {\"methodId\": \"m-2\", \"channel\": null},"                             \
  "\"defaultOptions\": [{\"methodId\": \"m-1\", \"channel\": \"call\"},"                 \
  " {\"methodId\": \"m-2\", \"channel\": null}]}"
#define EMPTY "{" ACCOUNT ", \"methods\": [], \"default\": null, \"defaultOptions\": []}"

#define SITE                                                                             \
  "backend-url='https://security-info.of-the-whole-company.contoso.example/'\n"          \
  "issuer='https://login.contoso.example'\nclient-id='security-info'\n"                  \
  "organization-name='Contoso Electric Vehicles and Boats AB'\n"                         \
  "support-email='help.desk.of.the.department@contoso.example'\n"                        \
  "privacy-url='https://contoso.example/privacy'\n"

static AdwApplication *application;

typedef struct {
  SiConfiguration *configuration;
  SiFakeProvider  *provider;
  SiOverview      *overview;
  SiWindow        *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSettings) settings = si_test_settings_new_sandbox (SITE, "issuer", "");

  fixture->configuration = si_configuration_new (settings);
  fixture->provider = si_fake_provider_new ();
  fixture->window = si_window_new (GTK_APPLICATION (application), fixture->configuration);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), MAX_WIDTH, MAX_HEIGHT);
  si_ui_test_show (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  si_fake_provider_end (fixture->provider);
  si_ui_test_close (fixture->window);
  si_ui_test_drain ();
  si_fake_provider_end (fixture->provider);
  g_clear_object (&fixture->overview);
  g_clear_object (&fixture->provider);
  g_clear_object (&fixture->configuration);
}

static void
load (Fixture *fixture, const char *info)
{
  g_clear_object (&fixture->overview);
  fixture->overview = si_fake_overview (fixture->provider, SI_EXAMPLE_CAPABILITIES, info);
  si_window_set_overview (fixture->window, fixture->overview);
  si_ui_test_drain ();
}

/* Two fifths more, and no new place to break the line. */
static void
lengthen (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget)) {
    const char      *text = gtk_label_get_text (GTK_LABEL (widget));
    glong            length = g_utf8_strlen (text, -1);
    g_autofree char *more = g_strnfill (MIN (length * 2 / 5, 12), 'n');
    g_autofree char *longer = g_strconcat (text, more, NULL);

    gtk_label_set_text (GTK_LABEL (widget), longer);
  }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    lengthen (child);
}

static void
find_widest (GtkWidget *widget, int width)
{
  g_test_message ("%s is %d wide", G_OBJECT_TYPE_NAME (widget), width);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_mapped (child)
        && si_ui_test_get_min_width (child) > MAX_WIDTH * 4 / 5)
      find_widest (child, si_ui_test_get_min_width (child));
}

static void
assert_fits (gpointer widget, const char *what)
{
  int width = si_ui_test_get_min_width (widget);
  int height;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, MAX_WIDTH, &height, NULL, NULL,
                      NULL);
  if (width > MAX_WIDTH)
    find_widest (widget, width);
  if (width > MAX_WIDTH || height > MAX_HEIGHT)
    g_error ("%s needs %d × %d", what, width, height);
}

static gboolean
has_tooltip (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (gtk_widget_get_tooltip_text (widget) != NULL)
      return TRUE;

  return FALSE;
}

/* What is cut off can be read in a tooltip. */
static void
assert_legible (GtkWidget *widget, const char *what)
{
  if (!gtk_widget_get_mapped (widget))
    return;

  if (GTK_IS_LABEL (widget)
      && pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget)))
      && !has_tooltip (widget))
    g_error ("%s cuts off “%s”", what, gtk_label_get_text (GTK_LABEL (widget)));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    assert_legible (child, what);
}

static void
check (gpointer window, const char *what)
{
  g_autofree char *long_what = g_strdup_printf ("%s in a long language", what);

  si_ui_test_drain ();
  assert_fits (window, what);
  lengthen (window);
  assert_fits (window, long_what);

  /* As it is laid out, not only as it is measured before. */
  si_test_run_for (50);
  assert_fits (window, long_what);
  assert_legible (window, long_what);
  g_assert_cmpint (gtk_widget_get_width (window), <=, MAX_WIDTH);
}

static void
test_window (Fixture *fixture, gconstpointer data)
{
  check (fixture->window, "The window while it loads");
  load (fixture, INFO);
  check (fixture->window, "The list");
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  load (fixture, EMPTY);
  check (fixture->window, "The empty list");
}

static void
test_problem (Fixture *fixture, gconstpointer data)
{
  fixture->overview = si_overview_new (SI_PROVIDER (fixture->provider));
  si_window_set_overview (fixture->window, fixture->overview);
  si_overview_refresh (fixture->overview);
  si_fake_provider_fail (fixture->provider, SI_FAKE_CAPABILITIES, si_fake_offline ());
  check (fixture->window, "The problem");
}

static void
test_settings (Fixture *fixture, gconstpointer data)
{
  si_window_show_problem (fixture->window, "Not Set Up Correctly",
                          "The setting “password-reset-url” can’t be used.");
  check (fixture->window, "The problem with the settings");
}

static void
test_not_set_up (Fixture *fixture, gconstpointer data)
{
  si_window_show_not_set_up (fixture->window);
  check (fixture->window, "Not set up");
}

static void
test_banner (Fixture *fixture, gconstpointer data)
{
  load (fixture, INFO);
  si_overview_refresh (fixture->overview);
  si_fake_provider_fail (fixture->provider, SI_FAKE_INFO, si_fake_offline ());
  check (fixture->window, "The banner");
}

static void
test_default_dialog (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog;

  load (fixture, INFO);
  dialog = si_default_dialog_new (GTK_WINDOW (fixture->window), fixture->overview);
  gtk_window_set_default_size (GTK_WINDOW (dialog), MAX_WIDTH, MAX_HEIGHT);
  si_ui_test_show (dialog);
  check (dialog, "The default's dialog");
  si_ui_test_close (dialog);
}

static SiWizard *
open_wizard (Fixture *fixture)
{
  SiWizard *wizard;

  load (fixture, EMPTY);
  wizard = si_wizard_new (GTK_WINDOW (fixture->window), fixture->overview);
  gtk_window_set_default_size (GTK_WINDOW (wizard), MAX_WIDTH, MAX_HEIGHT);

  return wizard;
}

static void
test_add_page (Fixture *fixture, gconstpointer data)
{
  SiWizard *wizard = open_wizard (fixture);

  si_wizard_add (wizard, FALSE);
  check (wizard, "The types");
  si_ui_test_close (wizard);
}

static void
test_phone_page (Fixture *fixture, gconstpointer data)
{
  SiWizard *wizard = open_wizard (fixture);

  si_wizard_add (wizard, TRUE);
  check (wizard, "The number");
  si_ui_test_close (wizard);
}

static void
test_country_page (Fixture *fixture, gconstpointer data)
{
  SiWizard  *wizard = open_wizard (fixture);
  GtkWidget *page;

  si_wizard_add (wizard, TRUE);
  page = gtk_stack_get_visible_child (si_ui_test_child (wizard, "stack"));
  si_ui_test_activate_row (si_ui_test_child (page, "country_row"));
  check (wizard, "The countries");
  si_ui_test_close (wizard);
}

static void
test_verification (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerification) verification = si_fake_verification (data);
  SiWizard                  *wizard = open_wizard (fixture);

  si_wizard_resume (wizard, verification);
  check (wizard, "The verification");
  gtk_window_close (GTK_WINDOW (wizard));
}

static void
test_done_page (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = si_test_vary (SI_EXAMPLE_CALL, "state", "\"verified\"",
                                        "methodId", "\"m-1\"", NULL);
  g_autoptr (SiVerification) verification = si_fake_verification (text);
  SiWizard                  *wizard = open_wizard (fixture);

  load (fixture, INFO);
  si_wizard_resume (wizard, verification);
  check (wizard, "The last page");
  si_ui_test_close (wizard);
}

static void
test_open_page (Fixture *fixture, gconstpointer data)
{
  SiOpenPage                       *page = g_object_new (SI_TYPE_OPEN_PAGE, NULL);
  g_autoptr (SiVerification)        open = si_fake_verification (SI_EXAMPLE_CALL);
  g_autoptr (SiVerificationRequest) wanted = si_verification_request_new_add (
      SI_PHONE_USE_MOBILE, "+46701740605", SI_CHANNEL_CALL);
  GtkWidget *window = si_ui_test_show (page);

  gtk_window_set_default_size (GTK_WINDOW (window), MAX_WIDTH, MAX_HEIGHT);
  si_open_page_show (page, open, wanted);
  check (page, "The conflict");
  si_ui_test_close (window);
}

#define FAILED_CALL                                                                      \
  "{\"id\": \"v-1\", \"purpose\": \"add\", \"type\": \"phone\", \"use\": \"mobile\","    \
  " \"target\": \"+46701234567\", \"state\": \"attemptFailed\","                         \
  " \"reason\": \"undeliverable\", \"channel\": \"call\", \"approval\": \"keypress\","   \
  " \"serverTime\": \"2026-11-23T12:00:03Z\","                                           \
  " \"expiresAt\": \"2026-11-23T12:05:00Z\", \"resendAt\": \"2026-11-23T12:00:30Z\","    \
  " \"allowed\": [\"resend\", \"switchChannel\", \"cancel\"]}"

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  si_ui_test_init (&argc, &argv);

  application = adw_application_new (NULL, G_APPLICATION_DEFAULT_FLAGS);
  g_application_register (G_APPLICATION (application), NULL, NULL);

  ADD ("/layout/window", test_window);
  ADD ("/layout/empty", test_empty);
  ADD ("/layout/problem", test_problem);
  ADD ("/layout/settings", test_settings);
  ADD ("/layout/not-set-up", test_not_set_up);
  ADD ("/layout/banner", test_banner);
  ADD ("/layout/default-dialog", test_default_dialog);
  ADD ("/layout/add-page", test_add_page);
  ADD ("/layout/phone-page", test_phone_page);
  ADD ("/layout/country-page", test_country_page);
  g_test_add ("/layout/call", Fixture, SI_EXAMPLE_CALL, set_up, test_verification,
              tear_down);
  g_test_add ("/layout/text", Fixture, SI_EXAMPLE_TEXT, set_up, test_verification,
              tear_down);
  g_test_add ("/layout/failed-call", Fixture, FAILED_CALL, set_up, test_verification,
              tear_down);
  ADD ("/layout/done-page", test_done_page);
  ADD ("/layout/open-page", test_open_page);

  return g_test_run ();
}
