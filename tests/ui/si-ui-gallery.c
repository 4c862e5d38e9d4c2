/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-ui-gallery.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "si-default-dialog.h"
#include "si-demo-phone.h"
#include "si-dialogs.h"
#include "si-error.h"
#include "si-fake-provider.h"
#include "si-method-row.h"
#include "si-open-page.h"
#include "si-scripted-server.h"
#include "si-sign-in-dialog.h"
#include "si-test-settings.h"
#include "si-window.h"
#include "si-wizard.h"

/* Everything that a person may get to see, one after the other: each page in each of its
 * states, each dialog, the menu and the demo's phone. What holds of all of them is tested
 * on all of them. */

#define DOMAIN "security-info"
#define LONG_NAME "The authenticator app on the telephone of the old summer house"
#define PHONE                                                                            \
  "{\"id\": \"m-1\", \"type\": \"phone\", \"use\": \"mobile\","                          \
  " \"number\": \"+46701740605\", \"channels\": [\"call\", \"text\"],"                   \
  " \"usableFor\": [\"signIn\", \"passwordReset\"],"                                     \
  " \"isDefault\": true, \"canChange\": true, \"canDelete\": true,"                      \
  " \"defaultIfDeleted\": {\"methodId\": \"m-2\", \"channel\": null}}"
#define APP                                                                              \
  "{\"id\": \"m-2\", \"type\": \"authenticatorApp\", \"label\": \"" LONG_NAME "\","      \
  " \"usableFor\": [\"signIn\"], \"canDelete\": false,"                                  \
  " \"deleteBlocked\": \"policy_disallowed\"}"
#define ACCOUNT                                                                          \
  "\"account\": {\"displayName\": \"Astrid Lind\","                                      \
  " \"username\": \"astrid.lind.of.the.department@contoso.example\"}"
#define OPTIONS                                                                          \
  "\"defaultOptions\": [{\"methodId\": \"m-1\", \"channel\": \"call\"},"                 \
  " {\"methodId\": \"m-1\", \"channel\": \"text\"},"                                     \
  " {\"methodId\": \"m-2\", \"channel\": null}]"
#define INFO                                                                             \
  "{" ACCOUNT ", \"methods\": [" PHONE "," APP "],"                                      \
  "\"default\": {\"methodId\": \"m-2\", \"channel\": null}," OPTIONS "}"
#define EMPTY "{" ACCOUNT ", \"methods\": [], \"default\": null, \"defaultOptions\": []}"

#define SITE                                                                             \
  "backend-url='https://security-info.of-the-whole-company.contoso.example/'\n"          \
  "issuer='https://login.contoso.example'\nclient-id='security-info'\n"                  \
  "organization-name='Contoso Electric Vehicles and Boats AB'\n"                         \
  "support-email='help.desk.of.the.department@contoso.example'\n"                        \
  "privacy-url='https://contoso.example/privacy'\n"

#define FAILED_CALL                                                                      \
  "{\"id\": \"v-1\", \"purpose\": \"add\", \"type\": \"phone\", \"use\": \"mobile\","    \
  " \"target\": \"+46701234567\", \"state\": \"attemptFailed\","                         \
  " \"reason\": \"undeliverable\", \"channel\": \"call\", \"approval\": \"keypress\","   \
  " \"serverTime\": \"2026-11-23T12:00:03Z\","                                           \
  " \"expiresAt\": \"2026-11-23T12:05:00Z\", \"resendAt\": \"2026-11-23T12:00:30Z\","    \
  " \"allowed\": [\"resend\", \"switchChannel\", \"cancel\"]}"

#define DIAGNOSTICS "Security Info 1.0\nGTK 4.8.3\nBackend: not set up\n"

#define RINGING                                                                          \
  "{\"event\": \"call\", \"call\": \"c-1\", \"number\": \"+46701740605\","               \
  " \"state\": \"ringing\", \"approval\": \"keypress\"}\n"
#define ANSWERED                                                                         \
  "{\"event\": \"call\", \"call\": \"c-1\", \"number\": \"+46701740605\","               \
  " \"state\": \"answered\", \"approval\": \"keypress\","                                \
  " \"says\": \"This is Contoso. Press # to approve.\"}\n"
#define TEXTED                                                                           \
  "{\"event\": \"text\", \"number\": \"+46701740605\","                                  \
  " \"body\": \"123456 is your code for Contoso. Give it to nobody.\"}\n"

typedef struct {
  SiConfiguration  *configuration;
  SiFakeProvider   *provider;
  SiOverview       *overview;
  SiWindow         *window;
  SiScriptedServer *server;
  SiSession        *session;
  SiSignIn         *sign_in;
  GSocketService   *line; /* of the demo's phone */
} Fixture;

typedef struct {
  const char *name;
  GtkWidget *(*open) (Fixture *fixture, const char *data);
  const char *data;
} Picture;

typedef struct {
  const Picture  *picture;
  SiUiGalleryTest test;
} Visit;

static AdwApplication *application;
static int             size[2];

static GtkWidget *
present (gpointer window)
{
  gtk_window_set_default_size (window, size[0], size[1]);

  return si_ui_test_show (window);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSettings) settings = si_test_settings_new_sandbox (SITE, "issuer", "");

  fixture->configuration = si_configuration_new (settings);
  fixture->provider = si_fake_provider_new ();
  fixture->window = si_window_new (GTK_APPLICATION (application), fixture->configuration);
  present (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->sign_in != NULL)
    si_sign_in_cancel (fixture->sign_in);
  si_fake_provider_end (fixture->provider);
  si_ui_test_close (fixture->window);
  si_ui_test_drain ();
  si_fake_provider_end (fixture->provider);
  g_clear_object (&fixture->line);
  g_clear_object (&fixture->sign_in);
  g_clear_object (&fixture->session);
  g_clear_object (&fixture->server);
  g_clear_object (&fixture->overview);
  g_clear_object (&fixture->provider);
  g_clear_object (&fixture->configuration);
}

/* What has opened in front of the window. */
static GtkWidget *
find_front (Fixture *fixture)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *i = windows; i != NULL; i = i->next) {
    if (gtk_window_get_transient_for (i->data) == GTK_WINDOW (fixture->window)
        && gtk_widget_get_visible (i->data)) {
      gtk_window_set_default_size (i->data, size[0], size[1]);
      si_test_wait_until (gtk_widget_get_mapped (i->data));
      return i->data;
    }
  }

  g_error ("Nothing has opened");
}

static GtkWidget *
load (Fixture *fixture, const char *info)
{
  fixture->overview = si_fake_overview (fixture->provider, SI_EXAMPLE_CAPABILITIES, info);
  si_window_set_overview (fixture->window, fixture->overview);
  si_ui_test_drain ();

  return GTK_WIDGET (fixture->window);
}

static GtkWidget *
show_loading (Fixture *fixture, const char *data)
{
  return GTK_WIDGET (fixture->window);
}

static GtkWidget *
show_not_set_up (Fixture *fixture, const char *data)
{
  si_window_show_not_set_up (fixture->window);

  return GTK_WIDGET (fixture->window);
}

static GtkWidget *
show_settings (Fixture *fixture, const char *data)
{
  si_window_show_problem (fixture->window, "Not Set Up Correctly",
                          "The setting “password-reset-url” can’t be used.");

  return GTK_WIDGET (fixture->window);
}

static GtkWidget *
show_problem (Fixture *fixture, const char *data)
{
  g_autoptr (GError) error = si_fake_problem (
      403, "{\"code\": \"policy_new\", \"detail\": \"There is a new policy\","
           " \"manageUrl\": \"https://account.contoso.example/\"}");

  fixture->overview = si_overview_new (SI_PROVIDER (fixture->provider));
  si_window_set_overview (fixture->window, fixture->overview);
  si_overview_refresh (fixture->overview);
  si_fake_provider_fail (fixture->provider, SI_FAKE_CAPABILITIES,
                         g_steal_pointer (&error));

  return GTK_WIDGET (fixture->window);
}

static GtkWidget *
show_banner (Fixture *fixture, const char *data)
{
  load (fixture, INFO);
  si_overview_refresh (fixture->overview);
  si_fake_provider_fail (fixture->provider, SI_FAKE_INFO, si_fake_offline ());

  return GTK_WIDGET (fixture->window);
}

static GtkWidget *
show_toast (Fixture *fixture, const char *data)
{
  load (fixture, INFO);
  si_window_toast (fixture->window, "Phone +46 70 174 06 05 was deleted");

  return GTK_WIDGET (fixture->window);
}

static GtkWidget *
show_menu (Fixture *fixture, const char *data)
{
  GtkMenuButton *button = si_ui_test_child (fixture->window, "menu_button");

  gtk_menu_button_popup (button);
  si_test_wait_until (
      gtk_widget_get_mapped (GTK_WIDGET (gtk_menu_button_get_popover (button))));

  return GTK_WIDGET (gtk_menu_button_get_popover (button));
}

static GtkWidget *
show_shortcuts (Fixture *fixture, const char *data)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-shortcuts", NULL);

  return find_front (fixture);
}

static GtkWidget *
show_about (Fixture *fixture, const char *data)
{
  si_show_about (GTK_WINDOW (fixture->window), DIAGNOSTICS);

  return find_front (fixture);
}

static GtkWidget *
show_delete_dialog (Fixture *fixture, const char *data)
{
  GtkWidget *row;

  load (fixture, INFO);
  row = si_ui_test_find (fixture->window, SI_TYPE_METHOD_ROW, NULL);
  si_ui_test_click (si_ui_test_child (row, "delete_button"));

  return find_front (fixture);
}

static GtkWidget *
show_default_dialog (Fixture *fixture, const char *data)
{
  load (fixture, INFO);

  return present (
      si_default_dialog_new (GTK_WINDOW (fixture->window), fixture->overview));
}

static GtkWidget *
show_default_changing (Fixture *fixture, const char *data)
{
  GtkWidget *dialog = show_default_dialog (fixture, NULL);

  si_ui_test_activate_row (si_ui_test_find (dialog, ADW_TYPE_ACTION_ROW, NULL));
  si_ui_test_click_label (dialog, _ ("Confirm"));

  return dialog;
}

static SiWizard *
new_wizard (Fixture *fixture, const char *info)
{
  load (fixture, info);

  return si_wizard_new (GTK_WINDOW (fixture->window), fixture->overview);
}

static gpointer
get_page (GtkWidget *wizard)
{
  return gtk_stack_get_visible_child (si_ui_test_child (wizard, "stack"));
}

static GtkWidget *
show_types (Fixture *fixture, const char *data)
{
  si_wizard_add (new_wizard (fixture, data), FALSE);

  return find_front (fixture);
}

static GtkWidget *
show_number (Fixture *fixture, const char *data)
{
  GtkWidget *wizard;

  si_wizard_add (new_wizard (fixture, EMPTY), TRUE);
  wizard = find_front (fixture);
  si_ui_test_type (si_ui_test_child (get_page (wizard), "number_entry"), data);

  return wizard;
}

static GtkWidget *
show_wrong_number (Fixture *fixture, const char *data)
{
  GtkWidget *wizard = show_number (fixture, data);

  si_page_submit (get_page (wizard));

  return wizard;
}

static GtkWidget *
show_new_number (Fixture *fixture, const char *data)
{
  SiWizard       *wizard = new_wizard (fixture, INFO);
  SiSecurityInfo *info = si_overview_get_security_info (fixture->overview);

  si_wizard_change (wizard, si_security_info_find_method (info, "m-1"));

  return find_front (fixture);
}

static GtkWidget *
show_countries (Fixture *fixture, const char *data)
{
  GtkWidget *wizard = show_number (fixture, "");

  si_ui_test_activate_row (si_ui_test_child (get_page (wizard), "country_row"));
  gtk_editable_set_text (si_ui_test_child (get_page (wizard), "search_entry"), data);
  si_test_run_for (200); /* The field waits for a pause. */

  return wizard;
}

static GtkWidget *
show_verification (Fixture *fixture, const char *data)
{
  g_autoptr (SiVerification) verification = si_fake_verification (data);

  si_wizard_resume (new_wizard (fixture, EMPTY), verification);

  return find_front (fixture);
}

static GtkWidget *
show_wrong_code (Fixture *fixture, const char *data)
{
  GtkWidget *wizard = show_verification (fixture, SI_EXAMPLE_TEXT);
  gpointer   entry = si_ui_test_child (get_page (wizard), "code_entry");

  si_ui_test_type (si_ui_test_child (entry, "entry"), "123456");
  si_fake_provider_fail (fixture->provider, SI_FAKE_CODE,
                         si_fake_problem (422, "{\"code\": \"wrong_code\","
                                               " \"checksLeft\": 4}"));

  return wizard;
}

static GtkWidget *
show_code_sent (Fixture *fixture, const char *data)
{
  GtkWidget *wizard = show_verification (fixture, SI_EXAMPLE_TEXT);
  gpointer   entry = si_ui_test_child (get_page (wizard), "code_entry");

  si_ui_test_type (si_ui_test_child (entry, "entry"), "123456");

  return wizard;
}

static GtkWidget *
show_wait (Fixture *fixture, const char *data)
{
  GtkWidget *wizard = show_verification (fixture, SI_EXAMPLE_CALL);

  si_ui_test_click (si_ui_test_child (get_page (wizard), "again_button"));

  return wizard;
}

static GtkWidget *
show_done (Fixture *fixture, const char *data)
{
  g_autofree char *text = si_test_vary (SI_EXAMPLE_CALL, "state", "\"verified\"",
                                        "methodId", "\"m-1\"", NULL);
  g_autoptr (SiVerification) verification = si_fake_verification (text);

  si_wizard_resume (new_wizard (fixture, INFO), verification);

  return find_front (fixture);
}

static GtkWidget *
show_open (Fixture *fixture, const char *data)
{
  SiOpenPage                       *page = g_object_new (SI_TYPE_OPEN_PAGE, NULL);
  g_autoptr (SiVerification)        open = si_fake_verification (SI_EXAMPLE_CALL);
  g_autoptr (SiVerificationRequest) wanted = si_verification_request_new_add (
      SI_PHONE_USE_MOBILE, "+46701740605", SI_CHANNEL_CALL);
  GtkWidget *window = adw_window_new ();

  si_open_page_show (page, open, wanted);
  adw_window_set_content (ADW_WINDOW (window), GTK_WIDGET (page));
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (fixture->window));

  return present (window);
}

static void
start_sign_in (Fixture *fixture)
{
  g_autofree char           *issuer = NULL;
  g_autoptr (SiHttp)         http = si_http_new (NULL, NULL);
  g_autoptr (SiOpenidClient) client = NULL;
  g_autoptr (SiTokenStore)   store = NULL;

  fixture->server = si_scripted_server_new ();
  issuer = g_uri_to_string (si_scripted_server_get_base (fixture->server));
  client = si_openid_client_new (http, issuer, "client", "openid");
  store = si_token_store_new (issuer, "client", "Test");
  fixture->session = si_session_new (client, store, NULL);
  fixture->sign_in = si_sign_in_new (fixture->session, client);
}

static void
expect_description (Fixture *fixture)
{
  g_autofree char *issuer
      = g_uri_to_string (si_scripted_server_get_base (fixture->server));
  g_autofree char *body = g_strdup_printf (
      "{\"issuer\": \"%s\", \"authorization_endpoint\": \"https://issuer.example/auth\","
      " \"token_endpoint\": \"https://issuer.example/token\","
      " \"device_authorization_endpoint\": \"%sdevice\"}",
      issuer, issuer);

  si_scripted_server_expect (fixture->server, "GET", "/.well-known/openid-configuration",
                             200, body);
}

static GtkWidget *
show_sign_in (Fixture *fixture, const char *data)
{
  start_sign_in (fixture);
  si_window_show_sign_in (fixture->window, fixture->sign_in);

  return GTK_WIDGET (fixture->window);
}

static GtkWidget *
show_starting (Fixture *fixture, const char *data)
{
  show_sign_in (fixture, NULL);
  si_reply_hold (si_scripted_server_expect (
      fixture->server, "GET", "/.well-known/openid-configuration", 200, "{}"));
  si_sign_in_start_browser (fixture->sign_in);

  return GTK_WIDGET (fixture->window);
}

static GtkWidget *
show_browser (Fixture *fixture, const char *data)
{
  show_sign_in (fixture, NULL);
  expect_description (fixture);
  si_sign_in_start_browser (fixture->sign_in);
  si_test_wait_until (si_sign_in_get_uri (fixture->sign_in) != NULL);

  return GTK_WIDGET (fixture->window);
}

static GtkWidget *
show_code (Fixture *fixture, const char *data)
{
  show_sign_in (fixture, NULL);
  expect_description (fixture);
  si_scripted_server_expect (
      fixture->server, "POST", "/device", 200,
      "{\"device_code\": \"secret\", \"user_code\": \"WDJB-MJHT\", \"expires_in\": 600,"
      " \"interval\": 60, \"verification_uri\": \"https://issuer.example/device\","
      " \"verification_uri_complete\": \"https://issuer.example/device?code=WDJB\"}");
  si_sign_in_start_code (fixture->sign_in);
  si_test_wait_until (si_sign_in_get_code (fixture->sign_in) != NULL);

  return GTK_WIDGET (fixture->window);
}

static GtkWidget *
show_sign_in_error (Fixture *fixture, const char *data)
{
  show_sign_in (fixture, NULL);
  si_scripted_server_expect (fixture->server, "GET", "/.well-known/openid-configuration",
                             200, "{\"issuer\": \"https://elsewhere.example\"}");
  si_sign_in_start_browser (fixture->sign_in);
  si_test_wait_until (si_sign_in_get_error (fixture->sign_in) != NULL);

  return GTK_WIDGET (fixture->window);
}

static GtkWidget *
show_sign_in_dialog (Fixture *fixture, const char *data)
{
  start_sign_in (fixture);

  return present (si_sign_in_dialog_new (GTK_WINDOW (fixture->window), fixture->sign_in,
                                         fixture->configuration));
}

static gboolean
connected_cb (GSocketService    *service,
              GSocketConnection *connection,
              GObject           *source,
              gpointer           user_data)
{
  const char    *events = user_data;
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  g_assert_true (
      g_output_stream_write_all (output, events, strlen (events), NULL, NULL, NULL));
  g_object_set_data_full (G_OBJECT (service), "connection", g_object_ref (connection),
                          g_object_unref);

  return TRUE;
}

static GtkWidget *
show_phone (Fixture *fixture, const char *data)
{
  g_autofree char           *directory = g_dir_make_tmp ("si-phone-XXXXXX", NULL);
  g_autofree char           *path = g_build_filename (directory, "line", NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  SiDemoPhone               *phone = si_demo_phone_new (GTK_APPLICATION (application));

  fixture->line = g_socket_service_new ();
  g_assert_true (g_socket_listener_add_address (
      G_SOCKET_LISTENER (fixture->line), address, G_SOCKET_TYPE_STREAM,
      G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, NULL));
  g_signal_connect (fixture->line, "incoming", G_CALLBACK (connected_cb),
                    (gpointer) data);

  /* So that it goes when that does. */
  gtk_window_set_transient_for (GTK_WINDOW (phone), GTK_WINDOW (fixture->window));
  present (phone);
  si_demo_phone_connect (phone, path);
  si_test_wait_until (g_object_get_data (G_OBJECT (fixture->line), "connection") != NULL);
  si_test_run_for (20);
  g_assert_no_errno (g_unlink (path));
  g_assert_no_errno (g_rmdir (directory));

  return GTK_WIDGET (phone);
}

static const Picture pictures[] = {
  { "loading", show_loading },
  { "not-set-up", show_not_set_up },
  { "settings", show_settings },
  { "problem", show_problem },
  { "sign-in", show_sign_in },
  { "sign-in-starting", show_starting },
  { "sign-in-browser", show_browser },
  { "sign-in-code", show_code },
  { "sign-in-error", show_sign_in_error },
  { "sign-in-dialog", show_sign_in_dialog },
  { "list", load, INFO },
  { "empty", load, EMPTY },
  { "banner", show_banner },
  { "toast", show_toast },
  { "menu", show_menu },
  { "shortcuts", show_shortcuts },
  { "about", show_about },
  { "delete-dialog", show_delete_dialog },
  { "default-dialog", show_default_dialog },
  { "default-changing", show_default_changing },
  { "types", show_types, EMPTY },
  { "no-type", show_types, INFO },
  { "number", show_number, "0701740605" },
  { "wrong-number", show_wrong_number, "070" },
  { "new-number", show_new_number },
  { "countries", show_countries, "" },
  { "no-country", show_countries, "xyzzy" },
  { "call", show_verification, SI_EXAMPLE_CALL },
  { "text", show_verification, SI_EXAMPLE_TEXT },
  { "code-sent", show_code_sent },
  { "wrong-code", show_wrong_code },
  { "wait", show_wait },
  { "failed-call", show_verification, FAILED_CALL },
  { "done", show_done },
  { "open", show_open },
  { "phone", show_phone, "" },
  { "phone-rings", show_phone, RINGING },
  { "phone-answered", show_phone, TEXTED ANSWERED },
};

static void
visit (Fixture *fixture, gconstpointer data)
{
  const Visit *this = data;
  GtkWidget *shown = this->picture->open (fixture, this->picture->data);

  si_ui_test_drain ();
  this->test (shown, this->picture->name);

  if (shown != GTK_WIDGET (fixture->window) && GTK_IS_WINDOW (shown))
    gtk_window_close (GTK_WINDOW (shown));
  si_ui_test_drain ();
}

static void
activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
}

/* Without which the buttons could not be pressed, nor keys be shown. */
static void
add_actions (void)
{
  static const char *const keys[] = { "<Control>question", NULL };
  static const char *const with_keys[]
      = { "win.add-method", "app.refresh", "window.close", "win.show-shortcuts",
          "app.quit" };
  static const char *const names[]
      = { "refresh",  "sign-out",     "copy-diagnostics", "about", "try-demo", "sign-in",
          "use-code", "open-browser", "cancel-sign-in",   "quit",  "add-phone" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    GActionEntry entry = { names[i], activated_cb };

    g_action_map_add_action_entries (G_ACTION_MAP (application), &entry, 1, NULL);
  }

  for (gsize i = 0; i < G_N_ELEMENTS (with_keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), with_keys[i],
                                           keys);
}

static void
speak (const char *language)
{
  if (language == NULL || g_str_equal (language, "en"))
    return;

  si_ui_test_speak (language);
  bindtextdomain (DOMAIN, g_getenv ("SI_TEST_TRANSLATIONS"));
  bind_textdomain_codeset (DOMAIN, "UTF-8");
  textdomain (DOMAIN);
}

/* As the app is, with its style, in the language that the environment says. */
void
si_ui_gallery_init (int *argc, char ***argv)
{
  si_ui_test_init (argc, argv);
  speak (g_getenv ("SI_TEST_LANGUAGE"));
  if (g_strcmp0 (g_getenv ("SI_TEST_LANGUAGE"), "ar") == 0)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);

  application = g_object_new (ADW_TYPE_APPLICATION, "resource-base-path",
                              "/io/github/security_info/SecurityInfo", NULL);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  add_actions ();
}

/* Of each window, from now on. */
void
si_ui_gallery_set_size (int width, int height)
{
  size[0] = width;
  size[1] = height;
}

/* Adds a test of each picture. */
void
si_ui_gallery_add (const char *prefix, SiUiGalleryTest test)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++) {
    g_autofree char *path = g_strconcat (prefix, "/", pictures[i].name, NULL);
    Visit *this = g_new (Visit, 1);

    this->picture = &pictures[i];
    this->test = test;
    g_test_add_vtable (path, sizeof (Fixture), this, (GTestFixtureFunc) set_up,
                       (GTestFixtureFunc) visit, (GTestFixtureFunc) tear_down);
  }
}
