/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-methods-page.h"

#include "si-fake-provider.h"
#include "si-method-row.h"
#include "si-test-settings.h"
#include "si-ui-test.h"

#define PHONE                                                                            \
  "{\"id\": \"m-1\", \"type\": \"phone\", \"use\": \"mobile\","                          \
  " \"number\": \"+46701740605\", \"channels\": [\"call\", \"text\"],"                   \
  " \"usableFor\": [\"signIn\", \"passwordReset\"], \"isDefault\": true,"                \
  " \"canChange\": true, \"canDelete\": true}"
#define OFFICE                                                                           \
  "{\"id\": \"m-2\", \"type\": \"phone\", \"use\": \"office\","                          \
  " \"number\": \"+4684400000\", \"channels\": [\"call\"], \"usableFor\": [\"signIn\"]," \
  " \"canChange\": false, \"canDelete\": false, \"deleteBlocked\": \"policy\"}"
#define HOSTILE                                                                          \
  "{\"id\": \"m-3\", \"type\": \"securityKey\", \"label\": \"<b>&amp;</b> & <\","        \
  " \"canDelete\": true}"
#define UNKNOWN "{\"id\": \"m-4\", \"type\": \"retinaScan\", \"canDelete\": true}"
#define LAST                                                                             \
  "{\"id\": \"m-1\", \"type\": \"phone\", \"use\": \"mobile\","                          \
  " \"number\": \"+46701740605\", \"canChange\": true, \"canDelete\": false,"            \
  " \"deleteBlocked\": \"last_method\"}"
#define INFO(methods)                                                                    \
  "{\"account\": {\"displayName\": \"Astrid <Lind>\","                                   \
  " \"username\": \"astrid&co@contoso.example\"}, \"methods\": [" methods "],"           \
  "\"default\": {\"methodId\": \"m-1\", \"channel\": \"call\"},"                         \
  "\"defaultOptions\": [{\"methodId\": \"m-1\", \"channel\": \"call\"}]}"
#define EMPTY                                                                            \
  "{\"account\": {\"username\": \"astrid@contoso.example\"}, \"methods\": [],"           \
  " \"default\": null, \"defaultOptions\": []}"

typedef struct {
  SiFakeProvider *provider;
  SiOverview     *overview;
  SiMethodsPage  *page;
  GtkWidget      *window;
  guint           changes;
  SiMethod       *changed;
  SiMethod       *deleted;
} Fixture;

static void
change_default_cb (Fixture *fixture)
{
  fixture->changes++;
}

static void
change_number_cb (Fixture *fixture, SiMethod *method)
{
  g_set_object (&fixture->changed, method);
}

static void
delete_cb (Fixture *fixture, SiMethod *method)
{
  g_set_object (&fixture->deleted, method);
}

/* The window's, without which the button could not be pressed. */
static void
add_action (GtkWidget *widget)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction)      action = g_simple_action_new ("add-method", NULL);

  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (widget, "win", G_ACTION_GROUP (group));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->provider = si_fake_provider_new ();
  fixture->page = g_object_new (SI_TYPE_METHODS_PAGE, NULL);
  g_signal_connect_swapped (fixture->page, "change-default",
                            G_CALLBACK (change_default_cb), fixture);
  g_signal_connect_swapped (fixture->page, "change-number", G_CALLBACK (change_number_cb),
                            fixture);
  g_signal_connect_swapped (fixture->page, "delete-method", G_CALLBACK (delete_cb),
                            fixture);
  add_action (GTK_WIDGET (fixture->page));
  fixture->window = si_ui_test_show (fixture->page);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  si_ui_test_close (fixture->window);
  g_clear_object (&fixture->changed);
  g_clear_object (&fixture->deleted);
  g_clear_object (&fixture->overview);
  si_fake_provider_end (fixture->provider);
  g_assert_finalize_object (fixture->provider);
}

static void
show (Fixture *fixture, const char *capabilities, const char *info)
{
  g_clear_object (&fixture->overview);
  fixture->overview = si_fake_overview (fixture->provider, capabilities, info);
  si_methods_page_show (fixture->page, fixture->overview);
  si_ui_test_drain ();
}

static void
refresh (Fixture *fixture, const char *info)
{
  si_overview_refresh_security_info (fixture->overview);
  si_fake_provider_answer (fixture->provider, SI_FAKE_INFO, si_fake_info (info));
  si_methods_page_show (fixture->page, fixture->overview);
  si_ui_test_drain ();
}

static GtkWidget *
find_button (Fixture *fixture, const char *label)
{
  return si_ui_test_find (fixture->window, GTK_TYPE_BUTTON, label);
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  show (fixture, SI_EXAMPLE_CAPABILITIES, INFO (PHONE "," OFFICE));

  si_ui_test_assert_shows (fixture->window, "Default sign-in method");
  si_ui_test_assert_shows (fixture->window, "Phone – call (+46 70 174 06 05)");
  si_ui_test_assert_shows (fixture->window, "Sign-in and password reset");
  si_ui_test_assert_shows (fixture->window, "Office phone");
  si_ui_test_assert_shows (fixture->window, "Astrid <Lind>");
  si_ui_test_assert_shows (fixture->window, "astrid&co@contoso.example");
  si_ui_test_assert_shows (fixture->window, "help@contoso.example");
  g_assert_cmpuint (si_ui_test_count (fixture->window, SI_TYPE_METHOD_ROW), ==, 2);
  g_assert_false (si_ui_test_shows (fixture->window, "Service"));
  g_assert_false (si_ui_test_shows (fixture->window, "Managed by your organization"));
  si_ui_test_assert_names (fixture->window);
}

/* Buttons that repeat say whose they are. */
static void
test_buttons (Fixture *fixture, gconstpointer data)
{
  show (fixture, SI_EXAMPLE_CAPABILITIES, INFO (PHONE "," OFFICE));

  si_ui_test_click_label (fixture->window, "Change Default Sign-In Method");
  g_assert_cmpuint (fixture->changes, ==, 1);

  si_ui_test_click_label (fixture->window, "Delete Phone +46 70 174 06 05");
  g_assert_cmpstr (si_method_get_id (fixture->deleted), ==, "m-1");

  si_ui_test_click_label (fixture->window, "Change Number of Phone +46 70 174 06 05");
  g_assert_cmpstr (si_method_get_id (fixture->changed), ==, "m-1");
  g_assert_null (find_button (fixture, "Change Number of Phone +46 8 440 00 00"));
}

/* A button that can't be pressed could not be asked why. */
static void
test_blocked (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button;

  show (fixture, SI_EXAMPLE_CAPABILITIES, INFO (LAST));
  button = find_button (fixture, "Delete Phone +46 70 174 06 05");

  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (button),
                                    GTK_ACCESSIBLE_STATE_DISABLED, TRUE);
  si_ui_test_assert_description (
      button, "Your last method can’t be deleted. Add another one first.");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==,
                   "Your last method can’t be deleted. Add another one first.");
  si_ui_test_click (button);
  g_assert_nonnull (fixture->deleted);
}

static void
test_hostile (Fixture *fixture, gconstpointer data)
{
  show (fixture, SI_EXAMPLE_CAPABILITIES, INFO (PHONE "," HOSTILE "," UNKNOWN));

  si_ui_test_assert_shows (fixture->window, "<b>&amp;</b> & <");
  g_assert_nonnull (find_button (fixture, "Delete Security key – <b>&amp;</b> & <"));
  si_ui_test_assert_shows (fixture->window, "Other method");
  g_assert_null (find_button (fixture, "Delete Other method"));
}

/* A person sees where the account is, and whether that is theirs to choose. */
static void
test_service (Fixture *fixture, gconstpointer data)
{
  const char           *locked = data;
  g_autoptr (GSettings) settings = si_test_settings_new_sandbox (
      "backend-url='https://id.contoso.example:8443/api'\n"
      "issuer='https://login.contoso.example'\nclient-id='security-info'\n"
      "privacy-url='https://contoso.example/privacy'\n",
      locked, "");
  g_autoptr (SiConfiguration) configuration = si_configuration_new (settings);

  si_methods_page_set_configuration (fixture->page, configuration);
  show (fixture, SI_EXAMPLE_CAPABILITIES, INFO (PHONE));
  si_ui_test_assert_shows (fixture->window, "Service");
  si_ui_test_assert_shows (fixture->window, "id.contoso.example");
  si_ui_test_assert_description (si_ui_test_child (fixture->page, "service_row"),
                                 "id.contoso.example");
  g_assert_true (
      si_ui_test_shows (fixture->window, "Managed by your organization")
      == (g_str_equal (locked, "backend-url") || g_str_equal (locked, "issuer")));
  si_ui_test_assert_shows (fixture->window, "Privacy");
  si_ui_test_assert_names (fixture->window);
}

/* It is said even where the service does not say whose account it is. */
static void
test_service_alone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSettings)       settings = si_test_settings_new ();
  g_autoptr (SiConfiguration) configuration = NULL;

  g_settings_set_string (settings, "backend-url", "http://localhost:8080/");
  configuration = si_configuration_new (settings);
  si_methods_page_set_configuration (fixture->page, configuration);
  show (fixture, SI_EXAMPLE_CAPABILITIES,
        "{\"account\": {}, \"methods\": [], \"default\": null, \"defaultOptions\": []}");
  si_ui_test_assert_shows (fixture->window, "Account");
  si_ui_test_assert_shows (fixture->window, "localhost");
  g_assert_false (si_ui_test_is_shown (si_ui_test_child (fixture->page, "account_row")));
}

static void
test_features (Fixture *fixture, gconstpointer data)
{
  si_fake_provider_set_features (fixture->provider, SI_PROVIDER_FEATURE_ADD_PHONE);
  show (fixture, SI_EXAMPLE_CAPABILITIES, INFO (PHONE));

  g_assert_null (find_button (fixture, "Delete Phone +46 70 174 06 05"));
  g_assert_null (find_button (fixture, "Change Number of Phone +46 70 174 06 05"));
  g_assert_false (si_ui_test_shows (fixture->window, "Default sign-in method"));
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  show (fixture, SI_EXAMPLE_CAPABILITIES, EMPTY);

  si_ui_test_assert_shows (fixture->window, "No Sign-In Methods");
  g_assert_nonnull (find_button (fixture, "Add Method"));
  g_assert_null (find_button (fixture, "Change Default Sign-In Method"));
  si_ui_test_assert_shows (fixture->window, "astrid@contoso.example");
  si_ui_test_assert_names (fixture->window);

  refresh (fixture, INFO (PHONE));
  g_assert_false (si_ui_test_shows (fixture->window, "No Sign-In Methods"));
  g_assert_nonnull (find_button (fixture, "Delete Phone +46 70 174 06 05"));
}

static void
test_system_chosen (Fixture *fixture, gconstpointer data)
{
  g_autofree char *capabilities
      = si_test_vary (SI_EXAMPLE_CAPABILITIES, "defaultIsSystemChosen", "true", NULL);

  show (fixture, capabilities, INFO (PHONE));
  si_ui_test_assert_shows (fixture->window,
                           "Your organization chooses the strongest method");
  g_assert_null (find_button (fixture, "Change Default Sign-In Method"));
}

/* Nothing moves where nothing changed. */
static void
test_same (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row, *button;

  show (fixture, SI_EXAMPLE_CAPABILITIES, INFO (PHONE "," OFFICE));
  row = si_ui_test_find (fixture->window, SI_TYPE_METHOD_ROW, "Office phone");
  button = find_button (fixture, "Delete Phone +46 8 440 00 00");
  gtk_widget_grab_focus (button);

  si_methods_page_show (fixture->page, fixture->overview);
  si_ui_test_drain ();
  g_assert_true (
      row == si_ui_test_find (fixture->window, SI_TYPE_METHOD_ROW, "Office phone"));
  g_assert_true (si_ui_test_get_focus (fixture->window) == button);
}

/* Somebody else changed the list: what had the focus has it still, if it is there. */
static void
test_focus_kept (Fixture *fixture, gconstpointer data)
{
  show (fixture, SI_EXAMPLE_CAPABILITIES, INFO (PHONE "," OFFICE));
  gtk_widget_grab_focus (find_button (fixture, "Delete Phone +46 70 174 06 05"));

  refresh (fixture, INFO (PHONE));
  g_assert_true (si_ui_test_get_focus (fixture->window)
                 == find_button (fixture, "Delete Phone +46 70 174 06 05"));

  refresh (fixture, INFO (OFFICE));
  g_assert_true (si_ui_test_focus_is_seen (fixture->window));
}

/* The first method is there: the button that added it is gone. */
static void
test_focus_filled (Fixture *fixture, gconstpointer data)
{
  show (fixture, SI_EXAMPLE_CAPABILITIES, EMPTY);
  si_methods_page_take_focus (fixture->page);
  g_assert_true (si_ui_test_get_focus (fixture->window)
                 == find_button (fixture, "Add Method"));

  refresh (fixture, INFO (PHONE));
  g_assert_true (si_ui_test_get_focus (fixture->window)
                 == si_ui_test_child (fixture->page, "default_row"));
}

/* What is written in a row is heard with it, and the default beside its button. */
static void
test_descriptions (Fixture *fixture, gconstpointer data)
{
  show (fixture, SI_EXAMPLE_CAPABILITIES, INFO (PHONE "," OFFICE));

  si_ui_test_assert_description (
      si_ui_test_find (fixture->window, SI_TYPE_METHOD_ROW, "Phone"),
      "Default\n+46 70 174 06 05\nSign-in and password reset");
  si_ui_test_assert_description (
      si_ui_test_find (fixture->window, SI_TYPE_METHOD_ROW, "Office phone"),
      "+46 8 440 00 00\nSign-in");
  si_ui_test_assert_description (find_button (fixture, "Change Default Sign-In Method"),
                                 "Phone – call (+46 70 174 06 05)");
  si_ui_test_assert_description (si_ui_test_child (fixture->page, "account_row"),
                                 "astrid&co@contoso.example");
}

static void
test_focus_default (Fixture *fixture, gconstpointer data)
{
  show (fixture, SI_EXAMPLE_CAPABILITIES, INFO (PHONE));
  si_methods_page_take_focus (fixture->page);
  g_assert_true (si_ui_test_get_focus (fixture->window)
                 == si_ui_test_child (fixture->page, "default_row"));
  si_ui_test_assert_description (si_ui_test_get_focus (fixture->window),
                                 "Phone – call (+46 70 174 06 05)");
}

/* After the last one was deleted there is no default's row to go to. */
static void
test_focus_emptied (Fixture *fixture, gconstpointer data)
{
  show (fixture, SI_EXAMPLE_CAPABILITIES, INFO (PHONE));
  si_methods_page_take_focus (fixture->page);

  refresh (fixture, EMPTY);
  g_assert_true (si_ui_test_get_focus (fixture->window)
                 == find_button (fixture, "Add Method"));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  si_ui_test_init (&argc, &argv);

  ADD ("/methods-page/list", test_list);
  ADD ("/methods-page/buttons", test_buttons);
  ADD ("/methods-page/blocked", test_blocked);
  ADD ("/methods-page/hostile", test_hostile);
  g_test_add ("/methods-page/service", Fixture, "support-url", set_up, test_service,
              tear_down);
  g_test_add ("/methods-page/service/managed", Fixture, "backend-url", set_up,
              test_service, tear_down);
  g_test_add ("/methods-page/service/managed-issuer", Fixture, "issuer", set_up,
              test_service, tear_down);
  ADD ("/methods-page/service-alone", test_service_alone);
  ADD ("/methods-page/features", test_features);
  ADD ("/methods-page/empty", test_empty);
  ADD ("/methods-page/system-chosen", test_system_chosen);
  ADD ("/methods-page/same", test_same);
  ADD ("/methods-page/focus-kept", test_focus_kept);
  ADD ("/methods-page/focus-filled", test_focus_filled);
  ADD ("/methods-page/descriptions", test_descriptions);
  ADD ("/methods-page/focus-default", test_focus_default);
  ADD ("/methods-page/focus-emptied", test_focus_emptied);

  return g_test_run ();
}
