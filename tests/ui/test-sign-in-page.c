/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-sign-in-page.h"

#include "si-qr-code.h"
#include "si-scripted-server.h"
#include "si-test-settings.h"
#include "si-ui-test.h"

/* Signing in as a person sees it, with an issuer that says what the test tells it to. */

#define WIDTH 360
#define HEIGHT 294

typedef struct {
  SiScriptedServer *server;
  GSettings        *settings;
  SiSession        *session;
  SiSignIn         *sign_in;
  SiSignInPage     *page;
  GtkWidget        *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char           *issuer = NULL;
  g_autoptr (SiHttp)         http = si_http_new (NULL, NULL);
  g_autoptr (SiOpenidClient) client = NULL;
  g_autoptr (SiTokenStore)   store = NULL;

  fixture->server = si_scripted_server_new ();
  fixture->settings = si_test_settings_new ();
  issuer = g_uri_to_string (si_scripted_server_get_base (fixture->server));
  client = si_openid_client_new (http, issuer, "client", "openid");
  store = si_token_store_new (issuer, "client", "Test");
  fixture->session = si_session_new (client, store, NULL);
  fixture->sign_in = si_sign_in_new (fixture->session, client);
  fixture->page = g_object_new (SI_TYPE_SIGN_IN_PAGE, NULL);
}

static void
activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
}

/* The application's, without which the buttons are of no use. */
static void
add_actions (Fixture *fixture)
{
  static const GActionEntry      actions[] = { { "sign-in", activated_cb },
                                               { "use-code", activated_cb },
                                               { "open-browser", activated_cb },
                                               { "cancel-sign-in", activated_cb } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions),
                                   NULL);
  gtk_widget_insert_action_group (GTK_WIDGET (fixture->page), "app",
                                  G_ACTION_GROUP (group));
}

static void
show (Fixture *fixture)
{
  g_autoptr (SiConfiguration) configuration = si_configuration_new (fixture->settings);

  add_actions (fixture);
  si_sign_in_page_set_sign_in (fixture->page, fixture->sign_in, configuration);
  fixture->window = si_ui_test_show (fixture->page);
  si_ui_test_drain ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  si_sign_in_cancel (fixture->sign_in);
  si_ui_test_close (fixture->window);
  si_ui_test_drain ();
  g_clear_object (&fixture->sign_in);
  g_clear_object (&fixture->session);
  g_clear_object (&fixture->settings);
  g_clear_object (&fixture->server);
}

/* What the issuer says of itself; @device is where codes are had, or %NULL. */
static void
describe_issuer (Fixture *fixture, const char *device)
{
  g_autofree char *issuer
      = g_uri_to_string (si_scripted_server_get_base (fixture->server));
  g_autofree char *endpoint
      = device != NULL ? g_strdup_printf (", \"device_authorization_endpoint\": \"%s%s\"",
                                          issuer, device)
                       : g_strdup ("");
  g_autofree char *body = g_strdup_printf (
      "{\"issuer\": \"%s\", \"authorization_endpoint\": \"https://issuer.example/auth\","
      " \"token_endpoint\": \"https://issuer.example/token\"%s}",
      issuer, endpoint);

  si_scripted_server_expect (fixture->server, "GET", "/.well-known/openid-configuration",
                             200, body);
}

static void
give_code (Fixture *fixture, const char *complete_uri)
{
  g_autofree char *body = g_strdup_printf (
      "{\"device_code\": \"secret\", \"user_code\": \"WDJB-MJHT\", \"expires_in\": 600,"
      " \"interval\": 60, \"verification_uri\": \"https://issuer.example/device\","
      " \"verification_uri_complete\": \"%s\"}",
      complete_uri);

  describe_issuer (fixture, "device");
  si_scripted_server_expect (fixture->server, "POST", "/device", 200, body);
  si_sign_in_start_code (fixture->sign_in);
  si_test_wait_until (si_sign_in_get_code (fixture->sign_in) != NULL);
  si_ui_test_drain ();
}

static gboolean
has_button (Fixture *fixture, const char *label)
{
  GtkWidget *button = si_ui_test_find (fixture->window, GTK_TYPE_BUTTON, label);

  return button != NULL && si_ui_test_is_shown (button);
}

/* Whoever named the organization may have meant markup or not: it is none. */
static void
test_start (Fixture *fixture, gconstpointer data)
{
  g_settings_set_string (fixture->settings, "organization-name", "A&B <b>Co</b>");
  show (fixture);
  si_ui_test_assert_shows (fixture->window, "account at A&B <b>Co</b>.");
  g_assert_true (has_button (fixture, "Sign In"));
  g_assert_false (has_button (fixture, "Cancel"));
  si_ui_test_assert_names (fixture->window);
}

static void
test_browser (Fixture *fixture, gconstpointer data)
{
  show (fixture);
  describe_issuer (fixture, NULL);
  si_sign_in_start_browser (fixture->sign_in);
  g_assert_true (has_button (fixture, "Cancel"));
  si_test_wait_until (si_sign_in_get_uri (fixture->sign_in) != NULL);

  si_ui_test_assert_shows (fixture->window, "Continue in Your Browser");
  g_assert_true (has_button (fixture, "Open Again"));
  g_assert_true (has_button (fixture, "Use a Code Instead"));
  g_assert_false (has_button (fixture, "Sign In"));
  g_assert_true (
      si_ui_test_has_label (si_ui_test_get_focus (fixture->window), "Open Again"));
  si_ui_test_assert_names (fixture->window);

  si_sign_in_cancel (fixture->sign_in);
  g_assert_true (
      si_ui_test_has_label (si_ui_test_get_focus (fixture->window), "Sign In"));
}

static void
test_no_code_allowed (Fixture *fixture, gconstpointer data)
{
  g_settings_set_boolean (fixture->settings, "use-device-code", FALSE);
  show (fixture);
  describe_issuer (fixture, NULL);
  si_sign_in_start_browser (fixture->sign_in);
  si_test_wait_until (si_sign_in_get_uri (fixture->sign_in) != NULL);
  g_assert_false (has_button (fixture, "Use a Code Instead"));
}

static void
test_code (Fixture *fixture, gconstpointer data)
{
  show (fixture);
  give_code (fixture, "https://issuer.example/device?code=WDJB-MJHT");
  si_ui_test_assert_shows (fixture->window, "https://issuer.example/device");
  si_ui_test_assert_shows (fixture->window, "WDJB-MJHT");
  si_ui_test_assert_shows (fixture->window, "Time left: 10:00");
  g_assert_cmpuint (si_ui_test_count (fixture->window, SI_TYPE_QR_CODE), ==, 1);
  g_assert_true (has_button (fixture, "Use the Browser Instead"));
  si_ui_test_assert_names (fixture->window);
}

/* There is an address to open all the same. */
static void
test_code_without_picture (Fixture *fixture, gconstpointer data)
{
  g_autofree char *rest = g_strnfill (1500, 'x');
  g_autofree char *uri = g_strconcat ("https://issuer.example/", rest, NULL);

  show (fixture);
  give_code (fixture, uri);
  si_ui_test_assert_shows (fixture->window, "WDJB-MJHT");
  g_assert_false (gtk_widget_get_visible (si_ui_test_child (fixture->page, "qr_code")));
}

static void
test_failure (Fixture *fixture, gconstpointer data)
{
  show (fixture);
  si_scripted_server_expect (fixture->server, "GET", "/.well-known/openid-configuration",
                             200, "{\"issuer\": \"https://elsewhere.example\"}");
  si_sign_in_start_browser (fixture->sign_in);
  si_test_wait_until (si_sign_in_get_error (fixture->sign_in) != NULL);
  si_ui_test_assert_shows (fixture->window, "The sign-in service is not the one");
  g_assert_true (has_button (fixture, "Sign In"));
  g_assert_true (has_button (fixture, "Use a Code Instead"));
}

/* On a telephone, too. */
static void
test_size (Fixture *fixture, gconstpointer data)
{
  show (fixture);
  g_assert_cmpint (si_ui_test_get_min_width (fixture->page), <=, WIDTH);
  give_code (fixture, "https://issuer.example/device?code=WDJB-MJHT");
  g_assert_cmpint (si_ui_test_get_min_width (fixture->page), <=, WIDTH);
}

#define ADD(name, test)                                                                  \
  g_test_add ("/sign-in-page/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  si_ui_test_init (&argc, &argv);

  ADD ("start", test_start);
  ADD ("browser", test_browser);
  ADD ("no-code-allowed", test_no_code_allowed);
  ADD ("code", test_code);
  ADD ("code-without-picture", test_code_without_picture);
  ADD ("failure", test_failure);
  ADD ("size", test_size);

  return g_test_run ();
}
