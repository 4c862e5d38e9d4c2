/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-window.h"

#include "si-default-dialog.h"
#include "si-error.h"
#include "si-fake-provider.h"
#include "si-test-settings.h"
#include "si-ui-test.h"
#include "si-wizard.h"

/* The main window, each answer at the moment that a test chooses. */

#define PHONE                                                                            \
  "{\"id\": \"m-1\", \"type\": \"phone\", \"use\": \"mobile\","                          \
  " \"number\": \"+46701740605\", \"channels\": [\"call\", \"text\"],"                   \
  " \"isDefault\": true, \"canChange\": true, \"canDelete\": true,"                      \
  " \"defaultIfDeleted\": {\"methodId\": \"m-2\", \"channel\": null}}"
#define KEY                                                                              \
  "{\"id\": \"m-2\", \"type\": \"securityKey\", \"label\": \"<b>&\","                    \
  " \"canDelete\": true}"
#define LAST                                                                             \
  "{\"id\": \"m-2\", \"type\": \"securityKey\", \"label\": \"<b>&\","                    \
  " \"isDefault\": true, \"canDelete\": false, \"deleteBlocked\": \"last_method\"}"
#define OPTIONS                                                                          \
  "\"defaultOptions\": [{\"methodId\": \"m-1\", \"channel\": \"call\"},"                 \
  " {\"methodId\": \"m-1\", \"channel\": \"text\"},"                                     \
  " {\"methodId\": \"m-2\", \"channel\": null}]"
#define INFO_WITH(more)                                                                  \
  "{\"account\": {}, \"methods\": [" PHONE "," KEY "],"                                  \
  "\"default\": {\"methodId\": \"m-1\", \"channel\": \"call\"}, " OPTIONS more "}"
#define INFO INFO_WITH ("")
#define INFO_TEXT                                                                        \
  "{\"account\": {}, \"methods\": [" PHONE "," KEY "],"                                  \
  "\"default\": {\"methodId\": \"m-1\", \"channel\": \"text\"}, " OPTIONS "}"
#define INFO_LAST                                                                        \
  "{\"account\": {}, \"methods\": [" LAST "], \"default\": {\"methodId\": \"m-2\","      \
  " \"channel\": null}, \"defaultOptions\": [{\"methodId\": \"m-2\","                    \
  " \"channel\": null}]}"

typedef struct {
  SiConfiguration *configuration;
  SiFakeProvider  *provider;
  SiOverview      *overview;
  SiWindow        *window;
} Fixture;

/* One for all tests: it can't be registered again under no name. */
static AdwApplication *application;
static GSimpleAction  *refresh;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->configuration = si_configuration_new (NULL);
  fixture->provider = si_fake_provider_new ();
  fixture->overview = si_overview_new (SI_PROVIDER (fixture->provider));
  g_signal_connect_object (refresh, "activate", G_CALLBACK (si_overview_refresh),
                           fixture->overview, G_CONNECT_SWAPPED);
  fixture->window = si_window_new (GTK_APPLICATION (application), fixture->configuration);
  si_ui_test_show (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  GList *windows = gtk_window_list_toplevels ();

  for (GList *i = windows; i != NULL; i = i->next)
    if (gtk_window_get_transient_for (i->data) != NULL)
      gtk_window_destroy (i->data);
  g_list_free (windows);
  si_ui_test_close (fixture->window);
  si_fake_provider_end (fixture->provider);
  g_clear_object (&fixture->overview);
  si_fake_provider_end (fixture->provider);
  si_ui_test_drain ();
  g_clear_object (&fixture->configuration);
  g_assert_finalize_object (fixture->provider);
}

static void
load (Fixture *fixture, const char *info)
{
  si_overview_refresh (fixture->overview);
  si_window_set_overview (fixture->window, fixture->overview);
  si_fake_provider_answer (fixture->provider, SI_FAKE_CAPABILITIES,
                           si_fake_capabilities (SI_EXAMPLE_CAPABILITIES));
  si_fake_provider_answer (fixture->provider, SI_FAKE_INFO, si_fake_info (info));
}

/* The window above the main one: a wizard or a dialog. */
static GtkWidget *
find_dialog (Fixture *fixture)
{
  GList     *windows = gtk_window_list_toplevels ();
  GtkWidget *found = NULL;

  for (GList *i = windows; i != NULL; i = i->next)
    if (gtk_window_get_transient_for (i->data) == GTK_WINDOW (fixture->window)
        && gtk_widget_get_mapped (i->data))
      found = i->data;
  g_list_free (windows);

  return found;
}

static void
assert_focus_on_default (Fixture *fixture)
{
  GtkWidget *focus = si_ui_test_get_focus (fixture->window);

  g_assert_true (ADW_IS_ACTION_ROW (focus));
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (focus)), ==,
                   "Default sign-in method");
}

static void
test_loading (Fixture *fixture, gconstpointer data)
{
  si_overview_refresh (fixture->overview);
  si_window_set_overview (fixture->window, fixture->overview);
  si_ui_test_drain ();
  si_ui_test_assert_shows (fixture->window, "Loading…");
  g_assert_null (si_ui_test_find (fixture->window, GTK_TYPE_BUTTON, "Add Method"));

  si_fake_provider_answer (fixture->provider, SI_FAKE_CAPABILITIES,
                           si_fake_capabilities (SI_EXAMPLE_CAPABILITIES));
  si_ui_test_assert_shows (fixture->window, "Loading…");
  si_ui_test_assert_shows (fixture->window, "Contoso AB");
  si_fake_provider_answer (fixture->provider, SI_FAKE_INFO, si_fake_info (INFO));
  si_ui_test_assert_shows (fixture->window, "Phone – call (+46 70 174 06 05)");
  g_assert_nonnull (si_ui_test_find (fixture->window, GTK_TYPE_BUTTON, "Add Method"));
  si_ui_test_assert_names (fixture->window);
}

static void
test_problem (Fixture *fixture, gconstpointer data)
{
  si_overview_refresh (fixture->overview);
  si_window_set_overview (fixture->window, fixture->overview);
  si_fake_provider_fail (fixture->provider, SI_FAKE_CAPABILITIES, si_fake_offline ());
  si_fake_provider_fail (fixture->provider, SI_FAKE_INFO, si_fake_offline ());
  si_ui_test_assert_shows (fixture->window, "Can’t Reach the Service");
  si_ui_test_assert_names (fixture->window);
  g_assert_true (
      si_ui_test_has_label (si_ui_test_get_focus (fixture->window), "Try Again"));

  si_ui_test_click_label (fixture->window, "Try Again");
  si_ui_test_assert_shows (fixture->window, "Loading…");
  si_fake_provider_answer (fixture->provider, SI_FAKE_CAPABILITIES,
                           si_fake_capabilities (SI_EXAMPLE_CAPABILITIES));
  si_fake_provider_answer (fixture->provider, SI_FAKE_INFO, si_fake_info (INFO));
  si_ui_test_assert_shows (fixture->window, "Phone – call (+46 70 174 06 05)");
  g_assert_true (si_ui_test_focus_is_seen (fixture->window));
}

/* An address that is wrong: no verification has ended there. */
static void
test_not_found (Fixture *fixture, gconstpointer data)
{
  si_overview_refresh (fixture->overview);
  si_window_set_overview (fixture->window, fixture->overview);
  si_fake_provider_fail (fixture->provider, SI_FAKE_CAPABILITIES,
                         si_fake_problem (404, "{}"));
  si_fake_provider_fail (fixture->provider, SI_FAKE_INFO, si_fake_problem (404, "{}"));
  g_assert_false (si_ui_test_shows (fixture->window, "verification"));
  si_ui_test_assert_shows (fixture->window, "does not understand");
}

/* What is on screen stays there; a banner says why it may be old. */
static void
test_stale (Fixture *fixture, gconstpointer data)
{
  load (fixture, INFO);
  si_overview_refresh (fixture->overview);
  si_ui_test_drain ();
  si_ui_test_assert_shows (fixture->window, "Phone – call (+46 70 174 06 05)");
  si_fake_provider_fail (fixture->provider, SI_FAKE_CAPABILITIES, si_fake_offline ());
  si_fake_provider_fail (fixture->provider, SI_FAKE_INFO, si_fake_offline ());
  si_ui_test_assert_shows (fixture->window, "Phone – call (+46 70 174 06 05)");
  si_ui_test_assert_shows (fixture->window, "The service did not answer.");

  si_ui_test_click_label (fixture->window, "Try Again");
  si_fake_provider_answer (fixture->provider, SI_FAKE_CAPABILITIES,
                           si_fake_capabilities (SI_EXAMPLE_CAPABILITIES));
  si_fake_provider_answer (fixture->provider, SI_FAKE_INFO, si_fake_info (INFO));
  g_assert_false (si_ui_test_shows (fixture->window, "The service did not answer."));
  g_assert_true (si_ui_test_focus_is_seen (fixture->window));
}

static void
ask_to_delete (Fixture *fixture, const char *label)
{
  si_ui_test_click_label (fixture->window, label);
  si_ui_test_drain ();
  g_assert_nonnull (find_dialog (fixture));
}

static void
test_delete (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog;

  load (fixture, INFO);
  ask_to_delete (fixture, "Delete Phone +46 70 174 06 05");
  dialog = find_dialog (fixture);
  si_ui_test_assert_shows (dialog, "Delete Phone +46 70 174 06 05?");
  si_ui_test_assert_shows (dialog, "This can’t be undone.");
  si_ui_test_assert_shows (dialog, "Security key – <b>& will become the default.");
  g_assert_null (gtk_window_get_default_widget (GTK_WINDOW (dialog)));

  si_ui_test_click_label (dialog, "Delete");
  si_ui_test_drain ();
  g_assert_cmpstr (si_fake_provider_get_argument (fixture->provider, SI_FAKE_DELETE), ==,
                   "m-1");
  si_fake_provider_answer (fixture->provider, SI_FAKE_DELETE, NULL);
  si_ui_test_assert_shows (fixture->window, "Phone +46 70 174 06 05 was deleted");
  assert_focus_on_default (fixture);

  si_fake_provider_answer (fixture->provider, SI_FAKE_INFO, si_fake_info (INFO_LAST));
  assert_focus_on_default (fixture);
  si_ui_test_assert_description (si_ui_test_get_focus (fixture->window),
                                 "Security key – <b>&");
}

static void
test_delete_canceled (Fixture *fixture, gconstpointer data)
{
  load (fixture, INFO);
  ask_to_delete (fixture, "Delete Phone +46 70 174 06 05");
  si_ui_test_click_label (find_dialog (fixture), "Cancel");
  si_ui_test_drain ();
  g_assert_null (find_dialog (fixture));
  g_assert_cmpuint (si_fake_provider_count (fixture->provider, SI_FAKE_DELETE), ==, 0);
}

/* A label of the person's own choosing is no markup, in no place. */
static void
test_delete_hostile (Fixture *fixture, gconstpointer data)
{
  load (fixture, INFO);
  ask_to_delete (fixture, "Delete Security key – <b>&");
  si_ui_test_assert_shows (find_dialog (fixture), "Delete Security key – <b>&?");
  si_ui_test_click_label (find_dialog (fixture), "Delete");
  si_ui_test_drain ();
  si_fake_provider_answer (fixture->provider, SI_FAKE_DELETE, NULL);
  si_ui_test_assert_shows (fixture->window, "Security key – <b>& was deleted");
}

static void
test_delete_changed (Fixture *fixture, gconstpointer data)
{
  load (fixture, INFO);
  ask_to_delete (fixture, "Delete Phone +46 70 174 06 05");
  si_ui_test_click_label (find_dialog (fixture), "Delete");
  si_ui_test_drain ();
  si_fake_provider_fail (fixture->provider, SI_FAKE_DELETE,
                         si_fake_problem (412, "{\"code\": \"precondition_failed\"}"));
  si_ui_test_assert_shows (fixture->window, "changed elsewhere in the meantime");
  g_assert_cmpuint (si_fake_provider_count (fixture->provider, SI_FAKE_INFO), ==, 1);
  g_assert_true (si_ui_test_focus_is_seen (fixture->window));
}

static void
test_delete_blocked (Fixture *fixture, gconstpointer data)
{
  load (fixture, INFO_LAST);
  si_ui_test_click_label (fixture->window, "Delete Security key – <b>&");
  si_ui_test_drain ();
  g_assert_null (find_dialog (fixture));
  si_ui_test_assert_shows (fixture->window,
                           "Your last method can’t be deleted. Add another one first.");
}

static void
test_default (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog;

  load (fixture, INFO);
  si_ui_test_click_label (fixture->window, "Change Default Sign-In Method");
  si_ui_test_drain ();
  dialog = find_dialog (fixture);
  si_ui_test_assert_names (dialog);
  g_assert_true (si_ui_test_has_label (si_ui_test_get_focus (dialog),
                                       "Phone – call (+46 70 174 06 05)"));
  si_ui_test_assert_shows (dialog, "Security key – <b>&");

  si_ui_test_click (
      si_ui_test_find (dialog, GTK_TYPE_CHECK_BUTTON, "Phone – text (+46 70 174 06 05)"));
  si_ui_test_click_label (dialog, "Confirm");
  si_ui_test_click_label (dialog, "Confirm");
  g_assert_cmpuint (si_fake_provider_count (fixture->provider, SI_FAKE_SET_DEFAULT), ==,
                    1);
  g_assert_cmpstr (si_fake_provider_get_argument (fixture->provider, SI_FAKE_SET_DEFAULT),
                   ==, "m-1 text");
  si_fake_provider_answer (fixture->provider, SI_FAKE_SET_DEFAULT,
                           si_fake_info (INFO_TEXT));
  g_assert_null (find_dialog (fixture));
  si_ui_test_assert_shows (fixture->window, "Phone – text (+46 70 174 06 05)");
}

static void
test_default_same (Fixture *fixture, gconstpointer data)
{
  load (fixture, INFO);
  si_ui_test_click_label (fixture->window, "Change Default Sign-In Method");
  si_ui_test_click_label (find_dialog (fixture), "Confirm");
  si_ui_test_drain ();
  g_assert_null (find_dialog (fixture));
  g_assert_cmpuint (si_fake_provider_count (fixture->provider, SI_FAKE_SET_DEFAULT), ==,
                    0);
}

static GtkWidget *
begin_change (Fixture *fixture)
{
  GtkWidget *dialog;

  load (fixture, INFO);
  si_ui_test_click_label (fixture->window, "Change Default Sign-In Method");
  dialog = find_dialog (fixture);
  si_ui_test_click (
      si_ui_test_find (dialog, GTK_TYPE_CHECK_BUTTON, "Phone – text (+46 70 174 06 05)"));
  si_ui_test_click_label (dialog, "Confirm");

  return dialog;
}

static void
test_default_fails (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = begin_change (fixture);

  si_fake_provider_fail (fixture->provider, SI_FAKE_SET_DEFAULT, si_fake_offline ());
  si_ui_test_assert_shows (dialog, "The service did not answer.");

  /* What was chosen is chosen still. */
  si_ui_test_click_label (dialog, "Confirm");
  g_assert_cmpstr (si_fake_provider_get_argument (fixture->provider, SI_FAKE_SET_DEFAULT),
                   ==, "m-1 text");
  si_fake_provider_fail (fixture->provider, SI_FAKE_SET_DEFAULT,
                         si_fake_problem (412, "{\"code\": \"precondition_failed\"}"));
  si_fake_provider_answer (fixture->provider, SI_FAKE_INFO, si_fake_info (INFO_LAST));
  g_assert_nonnull (find_dialog (fixture));
  g_assert_cmpuint (si_ui_test_count (dialog, GTK_TYPE_CHECK_BUTTON), ==, 1);
  g_assert_true (si_ui_test_focus_is_seen (dialog));
}

static void
test_default_closed_early (Fixture *fixture, gconstpointer data)
{
  si_ui_test_press_key (begin_change (fixture), GDK_KEY_Escape, 0);
  si_ui_test_drain ();
  g_assert_null (find_dialog (fixture));

  /* The change was asked for, so that its answer counts. */
  if (si_fake_provider_count (fixture->provider, SI_FAKE_SET_DEFAULT) > 0)
    si_fake_provider_answer (fixture->provider, SI_FAKE_SET_DEFAULT,
                             si_fake_info (INFO_TEXT));
}

static void
test_open_verification (Fixture *fixture, gconstpointer data)
{
  load (fixture, INFO_WITH (", \"verification\": {\"id\": \"v-1\","
                            " \"location\": \"/v1/me/verifications/v-1\"}"));
  g_assert_cmpstr (si_fake_provider_get_argument (fixture->provider, SI_FAKE_GET), ==,
                   "/v1/me/verifications/v-1");
  si_fake_provider_answer (fixture->provider, SI_FAKE_GET,
                           si_fake_verification (SI_EXAMPLE_CALL));
  g_assert_true (SI_IS_WIZARD (find_dialog (fixture)));
  si_ui_test_assert_shows (find_dialog (fixture), "Calling +46 70 123 45 67…");
}

/* One that has ended meanwhile does not keep from adding what was asked for. */
static void
test_add_when_ended (Fixture *fixture, gconstpointer data)
{
  g_autofree char *ended = si_test_vary (SI_EXAMPLE_CALL, "state", "\"expired\"", NULL);

  si_window_add_phone (fixture->window);
  load (fixture, INFO_WITH (", \"verification\": {\"id\": \"v-1\","
                            " \"location\": \"/v1/me/verifications/v-1\"}"));
  si_fake_provider_answer (fixture->provider, SI_FAKE_GET, si_fake_verification (ended));
  g_assert_true (SI_IS_WIZARD (find_dialog (fixture)));
}

static void
test_add (Fixture *fixture, gconstpointer data)
{
  load (fixture, INFO);
  si_ui_test_click_label (fixture->window, "Add Method");
  si_ui_test_drain ();
  g_assert_true (SI_IS_WIZARD (find_dialog (fixture)));
  si_ui_test_assert_shows (find_dialog (fixture), "Add a Method");
}

static void
test_not_set_up (Fixture *fixture, gconstpointer data)
{
  si_window_show_not_set_up (fixture->window);
  si_ui_test_drain ();
  si_ui_test_assert_shows (fixture->window, "Not Set Up");
  si_ui_test_assert_shows (fixture->window, "backend-url, issuer, client-id");
  g_assert_nonnull (si_ui_test_find (fixture->window, GTK_TYPE_BUTTON, "Try the Demo"));
  si_ui_test_assert_names (fixture->window);
}

static const char *
get_subtitle (GtkWidget *window)
{
  return adw_window_title_get_subtitle (si_ui_test_child (window, "title"));
}

/* The name that is configured is there until the service says its own. */
static void
test_organization (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSettings)       settings = si_test_settings_new ();
  g_autoptr (SiConfiguration) configuration = NULL;
  GtkWidget                  *window;

  g_settings_set_string (settings, "organization-name", "Fabrikam <b>&");
  configuration = si_configuration_new (settings);
  window = GTK_WIDGET (si_window_new (GTK_APPLICATION (application), configuration));
  si_ui_test_show (window);
  g_assert_cmpstr (get_subtitle (window), ==, "Fabrikam <b>&");
  si_ui_test_assert_shows (window, "Fabrikam <b>&");

  si_overview_refresh (fixture->overview);
  si_window_set_overview (SI_WINDOW (window), fixture->overview);
  g_assert_cmpstr (get_subtitle (window), ==, "Fabrikam <b>&");
  si_fake_provider_answer (fixture->provider, SI_FAKE_CAPABILITIES,
                           si_fake_capabilities (SI_EXAMPLE_CAPABILITIES));
  g_assert_cmpstr (get_subtitle (window), ==, "Contoso AB");
  si_ui_test_close (window);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  si_ui_test_init (&argc, &argv);

  application = adw_application_new (NULL, G_APPLICATION_DEFAULT_FLAGS);
  refresh = g_simple_action_new ("refresh", NULL);
  g_action_map_add_action (G_ACTION_MAP (application), G_ACTION (refresh));
  g_application_register (G_APPLICATION (application), NULL, NULL);

  ADD ("/window/loading", test_loading);
  ADD ("/window/problem", test_problem);
  ADD ("/window/not-found", test_not_found);
  ADD ("/window/stale", test_stale);
  ADD ("/window/delete", test_delete);
  ADD ("/window/delete-canceled", test_delete_canceled);
  ADD ("/window/delete-hostile", test_delete_hostile);
  ADD ("/window/delete-changed", test_delete_changed);
  ADD ("/window/delete-blocked", test_delete_blocked);
  ADD ("/window/default", test_default);
  ADD ("/window/default-same", test_default_same);
  ADD ("/window/default-fails", test_default_fails);
  ADD ("/window/default-closed-early", test_default_closed_early);
  ADD ("/window/open-verification", test_open_verification);
  ADD ("/window/add-when-ended", test_add_when_ended);
  ADD ("/window/add", test_add);
  ADD ("/window/not-set-up", test_not_set_up);
  ADD ("/window/organization", test_organization);

  return g_test_run ();
}
