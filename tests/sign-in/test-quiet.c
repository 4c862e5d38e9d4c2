/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-sign-in.h"

#include <glib/gstdio.h>
#include <string.h>

#include "si-raw-client.h"
#include "si-session-fixture.h"

/* A whole session as a process of its own, with every message that any library has to
 * say: no token, code, number or name of anybody is in any of them. */

/* Says to the process which file to put down in what is chosen at random. */
#define VARIABLE "SI_TEST_SECRETS"
#define NUMBER "+46701234567"
#define PATH "/v1/me/verifications"

typedef struct {
  SiSessionFixture  session;
  SiSignIn         *sign_in;
  SiScriptedServer *backend;
  SiHttp           *http;
  GString          *secrets; /* a line each */
} Session;

static void
put_down (Session *session, const char *secret)
{
  g_assert_nonnull (secret);
  g_string_append_printf (session->secrets, "%s\n", secret);
}

static SiIssuerFixture *
get_issuer (Session *session)
{
  return &session->session.issuer;
}

static char *
dup_parameter (Session *session, const char *name)
{
  const char *uri = si_sign_in_get_uri (session->sign_in);

  return si_issuer_fixture_dup_value (strchr (uri, '?') + 1, name);
}

static void
wait_for_step (Session *session, SiSignInStep step)
{
  si_test_wait_until (si_sign_in_get_step (session->sign_in) == step);
}

static void
come_back (Session *session, const char *parameters)
{
  g_autofree char *redirect_uri = dup_parameter (session, "redirect_uri");
  g_autofree char *state = dup_parameter (session, "state");
  g_autofree char *redirect
      = g_strdup_printf ("%s?state=%s&%s", redirect_uri, state, parameters);
  g_autofree char *answer = si_raw_client_browse (redirect);

  g_assert_nonnull (answer);
  put_down (session, state);
}

static void
sign_in (Session *session, const char *access_token, const char *refresh_token)
{
  g_autofree char *nonce = NULL;
  g_autofree char *id_token = NULL;
  g_autofree char *verifier = NULL;
  guint            index;

  si_sign_in_start_browser (session->sign_in);
  wait_for_step (session, SI_SIGN_IN_STEP_BROWSER);
  nonce = dup_parameter (session, "nonce");
  put_down (session, nonce);
  id_token = si_issuer_fixture_dup_id_token (get_issuer (session), SUBJECT, nonce);
  put_down (session, id_token);
  si_issuer_fixture_expect_tokens (get_issuer (session), access_token, refresh_token,
                                   id_token);
  come_back (session, "code=SECRET-code");
  wait_for_step (session, SI_SIGN_IN_STEP_NONE);
  g_assert_null (si_sign_in_get_error (session->sign_in));

  index = si_scripted_server_get_n_requests (get_issuer (session)->server) - 1;
  verifier = si_issuer_fixture_dup_value (
      si_scripted_server_get_body (get_issuer (session)->server, index), "code_verifier");
  put_down (session, verifier);
}

static void
fail_to_sign_in (Session *session)
{
  si_issuer_fixture_describe (get_issuer (session), NULL);
  si_sign_in_start_browser (session->sign_in);
  wait_for_step (session, SI_SIGN_IN_STEP_BROWSER);
  come_back (session, "error=SECRET-error&error_description=SECRET-description");
  wait_for_step (session, SI_SIGN_IN_STEP_NONE);

  si_sign_in_start_browser (session->sign_in);
  wait_for_step (session, SI_SIGN_IN_STEP_BROWSER);
  si_scripted_server_expect (get_issuer (session)->server, "POST", "/token", 200,
                             "{\"access_token\": \"SECRET-at\", \"SECRET");
  come_back (session, "code=SECRET-code");
  wait_for_step (session, SI_SIGN_IN_STEP_NONE);
}

static void
finish (Session *session, GAsyncResult **result, gboolean succeeds)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiHttpResponse) response = NULL;

  si_test_wait_until (*result != NULL);
  response = si_http_send_finish (session->http, *result, &error);
  g_assert_cmpint (response != NULL, ==, succeeds);
  if (error != NULL)
    g_printerr ("%s\n", error->message);
  g_clear_object (result);
}

static void
expect_refusal (Session *session, const char *method, const char *challenge)
{
  SiReply *reply = si_scripted_server_expect (
      session->backend, method, PATH, 401, "{\"detail\": \"SECRET-detail " NUMBER "\"}");

  si_reply_set_header (reply, "WWW-Authenticate", challenge);
}

/* A look with a token that has to be renewed. */
static void
look (Session *session)
{
  g_autoptr (SiHttpRequest) request = si_http_request_new ("GET", PATH);
  GAsyncResult             *result = NULL;

  expect_refusal (session, "GET", "Bearer error=\"invalid_token\"");
  si_issuer_fixture_expect_tokens (get_issuer (session), "SECRET-at-2", "SECRET-rt-2",
                                   NULL);
  si_scripted_server_expect (session->backend, "GET", PATH, 200,
                             "{\"number\": \"" NUMBER "\"}");
  si_http_send_async (session->http, request, NULL, si_test_keep_result, &result);
  finish (session, &result, TRUE);
}

/* A change that the person has to sign in for once more, and that comes to nothing. */
static void
change (Session *session)
{
  g_autoptr (SiHttpRequest) request = si_http_request_new ("POST", PATH);
  GAsyncResult             *result = NULL;
  SiForm                   *form = si_form_new ();

  si_form_add (form, "number", NUMBER);
  si_http_request_set_form (request, form);
  expect_refusal (session, "POST",
                  "Bearer error=\"insufficient_user_authentication\", max_age=0");
  si_http_send_async (session->http, request, NULL, si_test_keep_result, &result);
  si_test_wait_until (si_session_is_asked_for (session->session.session));
  si_scripted_server_expect (session->backend, "POST", PATH, 200,
                             "{\"number\": \"" NUMBER "\", \"SECRET");
  sign_in (session, "SECRET-at-3", "SECRET-rt-3");
  finish (session, &result, FALSE);
}

static void
sign_in_by_code (Session *session)
{
  g_autofree char *id_token
      = si_issuer_fixture_dup_id_token (get_issuer (session), SUBJECT, NULL);

  put_down (session, id_token);
  si_issuer_fixture_expect_device_code (get_issuer (session), 1);
  si_issuer_fixture_expect_tokens (get_issuer (session), "SECRET-at-4", "SECRET-rt-4",
                                   id_token);
  si_sign_in_start_code (session->sign_in);
  wait_for_step (session, SI_SIGN_IN_STEP_CODE);
  wait_for_step (session, SI_SIGN_IN_STEP_NONE);
}

/* An issuer that takes no token back, and a keyring that does not forget. */
static void
sign_out (Session *session)
{
  guint n_requests = si_scripted_server_get_n_requests (get_issuer (session)->server);

  si_session_fixture_assert_kept (&session->session, "SECRET-rt-4", SUBJECT);
  si_session_fixture_hide_keyring (TRUE);
  si_scripted_server_expect (get_issuer (session)->server, "POST", "/revoke", 400,
                             "{\"error\": \"SECRET-error\"}");
  si_session_sign_out (session->session.session);
  si_test_wait_until (session->session.n_forgotten_not == 1);
  si_test_wait_until (si_scripted_server_get_n_requests (get_issuer (session)->server)
                      == n_requests + 1);
  si_session_fixture_hide_keyring (FALSE);
}

static void
run_session (const char *path)
{
  Session            session = { .secrets = g_string_new (NULL) };
  g_autoptr (GError) error = NULL;

  si_session_fixture_make_keyring ();
  si_session_fixture_set_up (&session.session, NULL);
  session.sign_in
      = si_sign_in_new (session.session.session, session.session.issuer.client);
  session.backend = si_scripted_server_new ();
  session.http = si_http_new (si_scripted_server_get_base (session.backend),
                              SI_TOKEN_SOURCE (session.session.session));

  fail_to_sign_in (&session);
  sign_in (&session, "SECRET-at-1", "SECRET-rt-1");
  look (&session);
  change (&session);
  sign_in_by_code (&session);
  sign_out (&session);
  g_file_set_contents (path, session.secrets->str, -1, &error);
  g_assert_no_error (error);

  g_clear_object (&session.sign_in);
  g_clear_object (&session.http);
  g_clear_object (&session.backend);
  si_session_fixture_tear_down (&session.session, NULL);
  si_session_fixture_remove_keyring ();
  g_string_free (session.secrets, TRUE);
}

static void
assert_not_in (const char *output, const char *secret)
{
  const char *found = strstr (output, secret);

  if (found != NULL)
    g_error ("“%s” was said: …%.80s", secret, MAX (found - 40, output));
}

static void
check_output (const char *output, char *random)
{
  static const char *const known[] = {
    "SECRET",   "Bearer ",   "46701234567", SUBJECT,
    "device-1", "WDJB-MJHT", "code_verif",  "id_token",
  };
  g_auto (GStrv) secrets = g_strsplit (g_strchomp (random), "\n", -1);

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    assert_not_in (output, known[i]);
  g_assert_cmpuint (g_strv_length (secrets), >, 10);
  for (char **secret = secrets; *secret != NULL; secret++)
    assert_not_in (output, *secret);
}

static void
test_session (gconstpointer program)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError)      error = NULL;
  g_autofree char        *path = g_build_filename (g_get_user_runtime_dir (), "s", NULL);
  g_autofree char        *output = NULL;
  g_autofree char        *random = NULL;

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_runtime_dir (), 0700), ==, 0);
  g_subprocess_launcher_setenv (launcher, VARIABLE, path, TRUE);
  g_subprocess_launcher_setenv (launcher, "G_MESSAGES_DEBUG", "all", TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, program, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));

  /* It did say something. */
  g_assert_nonnull (strstr (output, "GLib-GIO-DEBUG"));
  g_assert_nonnull (strstr (output, "The issuer did not take the token back"));
  g_assert_nonnull (strstr (output, "The keyring failed"));
  g_file_get_contents (path, &random, NULL, &error);
  g_assert_no_error (error);
  check_output (output, random);
}

int
main (int argc, char **argv)
{
  const char *path = g_getenv (VARIABLE);

  if (path != NULL) {
    run_session (path);
    return 0;
  }

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_data_func ("/quiet/session", argv[0], test_session);

  return g_test_run ();
}
