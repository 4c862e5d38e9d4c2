/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-issuer-fixture.h"

#include <string.h>

#include "si-error.h"
#include "si-token-response.h"

/* What this app asks of its issuer's endpoints, to the letter, and what comes back. */

#define NONCE "nonce-1"
#define CODE "code-1 & more"
#define VERIFIER "verifier-1"
#define REDIRECT_URI "http://127.0.0.1:1234/"
#define REFRESH_TOKEN "rt-1+/="
#define ACCESS_TOKEN "at-1"
#define HTML "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>Sign in</html>"
#define FORM "application/x-www-form-urlencoded"

static SiTokens *
finish_tokens (SiIssuerFixture *fixture, GAsyncResult **result, GError **error)
{
  SiTokens *tokens;

  si_test_wait_until (*result != NULL);
  tokens = si_openid_client_tokens_finish (fixture->client, *result, error);
  g_clear_object (result);

  return tokens;
}

static SiTokens *
exchange_code (SiIssuerFixture *fixture, GError **error)
{
  GAsyncResult *result = NULL;

  si_openid_client_exchange_code_async (fixture->client, CODE, VERIFIER, REDIRECT_URI,
                                        NONCE, NULL, si_test_keep_result, &result);

  return finish_tokens (fixture, &result, error);
}

static SiTokens *
refresh (SiIssuerFixture *fixture, GError **error)
{
  GAsyncResult *result = NULL;

  si_openid_client_refresh_async (fixture->client, REFRESH_TOKEN, NULL,
                                  si_test_keep_result, &result);

  return finish_tokens (fixture, &result, error);
}

static SiDeviceCode *
start_device (SiIssuerFixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  si_openid_client_start_device_async (fixture->client, NULL, si_test_keep_result,
                                       &result);
  si_test_wait_until (result != NULL);

  return si_openid_client_start_device_finish (fixture->client, result, error);
}

static SiTokens *
poll_device (SiIssuerFixture *fixture, SiDeviceCode *code, GError **error)
{
  GAsyncResult *result = NULL;

  si_openid_client_poll_device_async (fixture->client, code, NULL, si_test_keep_result,
                                      &result);

  return finish_tokens (fixture, &result, error);
}

/* A public client: nothing but what is in the form says who it is. */
static void
assert_request (SiIssuerFixture *fixture, guint index, const char *line, const char *form)
{
  SiScriptedServer *server = fixture->server;

  g_assert_cmpstr (si_scripted_server_get_line (server, index), ==, line);
  g_assert_cmpstr (si_scripted_server_get_body (server, index), ==, form);
  g_assert_cmpstr (si_scripted_server_get_header (server, index, "Content-Type"), ==,
                   FORM);
  g_assert_nonnull (si_scripted_server_get_header (server, index, "X-Request-Id"));
  g_assert_null (si_scripted_server_get_header (server, index, "Authorization"));
  g_assert_null (si_scripted_server_get_header (server, index, "Cookie"));
}

static void
assert_problem (const GError *error, SiError code, SiProblemCode problem)
{
  g_assert_error (error, SI_ERROR, (int) code);
  g_assert_nonnull (si_error_get_problem (error));
  g_assert_cmpint (si_problem_get_code (si_error_get_problem (error)), ==, problem);
}

static void
test_exchange (SiIssuerFixture *fixture, gconstpointer data)
{
  g_autofree char   *id_token = si_issuer_fixture_dup_id_token (fixture, SUBJECT, NONCE);
  g_autoptr (GError) error = NULL;
  g_autoptr (SiTokens) tokens = NULL;

  si_issuer_fixture_describe (fixture, NULL);
  si_issuer_fixture_expect_tokens (fixture, ACCESS_TOKEN, REFRESH_TOKEN, id_token);
  tokens = exchange_code (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (si_tokens_get_access_token (tokens), ==, ACCESS_TOKEN);
  g_assert_cmpstr (si_tokens_get_refresh_token (tokens), ==, REFRESH_TOKEN);
  g_assert_cmpstr (si_tokens_get_subject (tokens), ==, SUBJECT);
  assert_request (fixture, 1, "POST /token",
                  "client_id=" CLIENT_ID "&grant_type=authorization_code"
                  "&code=code-1%20%26%20more&code_verifier=" VERIFIER
                  "&redirect_uri=http%3A%2F%2F127.0.0.1%3A1234%2F");
}

/* Without an ID token nobody has signed in, whatever else there is. */
static void
test_exchange_without_id_token (SiIssuerFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  si_issuer_fixture_describe (fixture, NULL);
  si_issuer_fixture_expect_tokens (fixture, ACCESS_TOKEN, REFRESH_TOKEN, NULL);
  g_assert_null (exchange_code (fixture, &error));
  assert_problem (error, SI_ERROR_PROTOCOL, SI_PROBLEM_ID_TOKEN_INVALID);
}

static void
test_exchange_with_bad_id_token (SiIssuerFixture *fixture, gconstpointer data)
{
  g_autofree char *other_nonce
      = si_issuer_fixture_dup_id_token (fixture, SUBJECT, "nonce-2");
  const char *const tokens[] = { other_nonce, "nonsense", "" };

  si_issuer_fixture_describe (fixture, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++) {
    g_autoptr (GError) error = NULL;

    si_issuer_fixture_expect_tokens (fixture, ACCESS_TOKEN, REFRESH_TOKEN, tokens[i]);
    g_assert_null (exchange_code (fixture, &error));
    assert_problem (error, SI_ERROR_PROTOCOL, SI_PROBLEM_ID_TOKEN_INVALID);
  }
}

static char *
dup_expired_id_token (SiIssuerFixture *fixture)
{
  g_autofree char *claims
      = g_strdup_printf ("{\"iss\":\"%s\",\"aud\":\"" CLIENT_ID "\",\"sub\":\"" SUBJECT
                         "\",\"nonce\":\"" NONCE "\",\"exp\":1000000300}",
                         fixture->issuer);

  return si_issuer_fixture_dup_jwt (claims);
}

/* The issuer's clock is the one of its answer's `Date`. */
static void
test_exchange_by_the_clock (SiIssuerFixture *fixture, gconstpointer data)
{
  g_autofree char     *id_token = dup_expired_id_token (fixture);
  g_autoptr (GError)   error = NULL;
  g_autoptr (SiTokens) tokens = NULL;
  SiReply             *reply;

  si_issuer_fixture_describe (fixture, NULL);
  reply = si_issuer_fixture_expect_tokens (fixture, ACCESS_TOKEN, NULL, id_token);
  si_reply_set_header (reply, "Date", "Sun, 09 Sep 2001 01:46:40 GMT");
  tokens = exchange_code (fixture, &error);
  g_assert_no_error (error);
  g_assert_nonnull (tokens);

  si_issuer_fixture_expect_tokens (fixture, ACCESS_TOKEN, NULL, id_token);
  g_assert_null (exchange_code (fixture, &error));
  assert_problem (error, SI_ERROR_PROTOCOL, SI_PROBLEM_ID_TOKEN_INVALID);
}

static void
test_exchange_without_date (SiIssuerFixture *fixture, gconstpointer data)
{
  g_autofree char *id_token = dup_expired_id_token (fixture);
  g_autofree char *body
      = g_strdup_printf ("{\"token_type\":\"Bearer\",\"access_token\":\"" ACCESS_TOKEN
                         "\",\"id_token\":\"%s\"}",
                         id_token);
  g_autofree char *answer
      = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                         "Content-Length: %zu\r\n\r\n%s",
                         strlen (body), body);
  g_autoptr (GError) error = NULL;

  si_issuer_fixture_describe (fixture, NULL);
  si_scripted_server_expect_bytes (fixture->server, "POST", "/token", answer, -1,
                                   SI_AFTERWARDS_CLOSE);
  g_assert_null (exchange_code (fixture, &error));
  assert_problem (error, SI_ERROR_FAILED, SI_PROBLEM_CLOCK_WRONG);
}

static void
test_refresh (SiIssuerFixture *fixture, gconstpointer data)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (SiTokens) tokens = NULL;

  si_issuer_fixture_describe (fixture, NULL);
  si_issuer_fixture_expect_tokens (fixture, "at-2", NULL, NULL);
  tokens = refresh (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (si_tokens_get_access_token (tokens), ==, "at-2");
  g_assert_null (si_tokens_get_refresh_token (tokens));
  g_assert_null (si_tokens_get_subject (tokens));
  assert_request (fixture, 1, "POST /token",
                  "client_id=" CLIENT_ID
                  "&grant_type=refresh_token&refresh_token=rt-1%2B%2F%3D");
}

static void
test_refresh_with_all (SiIssuerFixture *fixture, gconstpointer data)
{
  g_autofree char *id_token = si_issuer_fixture_dup_id_token (fixture, SUBJECT, "other");
  g_autoptr (GError)   error = NULL;
  g_autoptr (SiTokens) tokens = NULL;

  si_issuer_fixture_describe (fixture, NULL);
  si_issuer_fixture_expect_tokens (fixture, "at-2", "rt-2", id_token);
  tokens = refresh (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (si_tokens_get_refresh_token (tokens), ==, "rt-2");
  g_assert_cmpstr (si_tokens_get_subject (tokens), ==, SUBJECT);
}

static void
test_refresh_with_bad_id_token (SiIssuerFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  si_issuer_fixture_describe (fixture, NULL);
  si_issuer_fixture_expect_tokens (fixture, "at-2", "rt-2", "nonsense");
  g_assert_null (refresh (fixture, &error));
  assert_problem (error, SI_ERROR_PROTOCOL, SI_PROBLEM_ID_TOKEN_INVALID);
}

/* What each of the ways to tokens ends with, by what the token endpoint says. */
typedef struct {
  const char   *name;
  guint         status;
  const char   *word; /* NULL for an empty answer */
  SiProblemCode exchanged;
  SiProblemCode refreshed;
} Refusal;

static const Refusal refusals[] = {
  { "invalid-grant", 400, "invalid_grant", SI_PROBLEM_INVALID_TOKEN,
    SI_PROBLEM_INVALID_TOKEN },
  { "interaction-required", 400, "interaction_required", SI_PROBLEM_INVALID_TOKEN,
    SI_PROBLEM_INVALID_TOKEN },
  { "access-denied", 400, "access_denied", SI_PROBLEM_SIGN_IN_DENIED,
    SI_PROBLEM_INVALID_TOKEN },
  { "invalid-request", 400, "invalid_request", SI_PROBLEM_CLIENT_REJECTED,
    SI_PROBLEM_CLIENT_REJECTED },
  { "invalid-client", 401, "invalid_client", SI_PROBLEM_CLIENT_REJECTED,
    SI_PROBLEM_CLIENT_REJECTED },
  { "unauthorized-client", 403, "unauthorized_client", SI_PROBLEM_CLIENT_REJECTED,
    SI_PROBLEM_CLIENT_REJECTED },
  { "invalid-scope", 400, "invalid_scope", SI_PROBLEM_CLIENT_REJECTED,
    SI_PROBLEM_CLIENT_REJECTED },
  { "grant-type", 400, "unsupported_grant_type", SI_PROBLEM_CLIENT_REJECTED,
    SI_PROBLEM_CLIENT_REJECTED },
  { "busy", 400, "temporarily_unavailable", SI_PROBLEM_MAINTENANCE,
    SI_PROBLEM_MAINTENANCE },
  { "too-many", 429, "too_many_requests", SI_PROBLEM_RATE_LIMITED,
    SI_PROBLEM_RATE_LIMITED },
  /* Some have words of their own, or none, and mean the token. */
  { "unknown-word", 400, "bad_refresh_token", SI_PROBLEM_SIGN_IN_FAILED,
    SI_PROBLEM_INVALID_TOKEN },
  { "empty", 400, NULL, SI_PROBLEM_SIGN_IN_FAILED, SI_PROBLEM_INVALID_TOKEN },
  { "unauthorized", 401, NULL, SI_PROBLEM_SIGN_IN_FAILED, SI_PROBLEM_INVALID_TOKEN },
  /* Others need not even be of the issuer. */
  { "unknown-word-403", 403, "invalid_code", SI_PROBLEM_SIGN_IN_FAILED,
    SI_PROBLEM_SIGN_IN_FAILED },
  { "forbidden", 403, NULL, SI_PROBLEM_SIGN_IN_FAILED, SI_PROBLEM_SIGN_IN_FAILED },
  { "not-found", 404, NULL, SI_PROBLEM_SIGN_IN_FAILED, SI_PROBLEM_SIGN_IN_FAILED },
  { "too-large", 413, NULL, SI_PROBLEM_SIGN_IN_FAILED, SI_PROBLEM_SIGN_IN_FAILED },
  { "too-many-empty", 429, NULL, SI_PROBLEM_RATE_LIMITED, SI_PROBLEM_RATE_LIMITED },
  { "error", 500, NULL, SI_PROBLEM_INTERNAL, SI_PROBLEM_INTERNAL },
  { "error-with-word", 500, "invalid_grant", SI_PROBLEM_INTERNAL, SI_PROBLEM_INTERNAL },
  { "maintenance", 503, NULL, SI_PROBLEM_MAINTENANCE, SI_PROBLEM_MAINTENANCE },
};

static void
test_refusal (SiIssuerFixture *fixture, gconstpointer data)
{
  const Refusal     *row = data;
  g_autoptr (GError) exchanged = NULL;
  g_autoptr (GError) refreshed = NULL;

  si_issuer_fixture_describe (fixture, NULL);
  si_issuer_fixture_refuse (fixture, row->status, row->word);
  si_issuer_fixture_refuse (fixture, row->status, row->word);
  g_assert_null (exchange_code (fixture, &exchanged));
  g_assert_null (refresh (fixture, &refreshed));
  g_assert_cmpint (si_problem_get_code (si_error_get_problem (exchanged)), ==,
                   row->exchanged);
  g_assert_cmpint (si_problem_get_code (si_error_get_problem (refreshed)), ==,
                   row->refreshed);
  g_assert_nonnull (si_problem_get_request_id (si_error_get_problem (refreshed)));
  if (row->status >= 500)
    g_assert_error (refreshed, SI_ERROR, SI_ERROR_UNAVAILABLE);
}

/* Answers that are none, each after one request: a code and a refresh token are good for
 * one time. */
static void
test_nonsense (SiIssuerFixture *fixture, gconstpointer data)
{
  static const struct {
    const char  *bytes;
    SiAfterwards afterwards;
    SiError      error;
  } cases[] = {
    { HTML, SI_AFTERWARDS_CLOSE, SI_ERROR_PROTOCOL },
    { "HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n", SI_AFTERWARDS_CLOSE,
      SI_ERROR_PROTOCOL },
    { "HTTP/1.1 307 Elsewhere\r\nLocation: http://127.0.0.1:1/\r\n\r\n",
      SI_AFTERWARDS_CLOSE, SI_ERROR_PROTOCOL },
    { "", SI_AFTERWARDS_CLOSE, SI_ERROR_OFFLINE },
    { "", SI_AFTERWARDS_RESET, SI_ERROR_OFFLINE },
    { "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{",
      SI_AFTERWARDS_CLOSE, SI_ERROR_OFFLINE },
  };

  si_issuer_fixture_describe (fixture, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) exchanged = NULL;
    g_autoptr (GError) refreshed = NULL;

    for (guint times = 0; times < 2; times++)
      si_scripted_server_expect_bytes (fixture->server, "POST", "/token", cases[i].bytes,
                                       -1, cases[i].afterwards);
    g_assert_null (exchange_code (fixture, &exchanged));
    g_assert_error (exchanged, SI_ERROR, (int) cases[i].error);
    g_assert_null (refresh (fixture, &refreshed));
    g_assert_error (refreshed, SI_ERROR, (int) cases[i].error);
  }
  g_assert_cmpuint (si_issuer_fixture_count (fixture, "POST /token"), ==,
                    2 * G_N_ELEMENTS (cases));
}

static void
test_cancelled (SiIssuerFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError)       error = NULL;
  GAsyncResult            *result = NULL;

  si_issuer_fixture_describe (fixture, NULL);
  si_scripted_server_expect_bytes (fixture->server, "POST", "/token", "", 0,
                                   SI_AFTERWARDS_HOLD);
  si_openid_client_refresh_async (fixture->client, REFRESH_TOKEN, cancellable,
                                  si_test_keep_result, &result);
  si_test_wait_until (si_scripted_server_get_n_requests (fixture->server) == 2);
  g_cancellable_cancel (cancellable);
  g_assert_null (finish_tokens (fixture, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* The issuer is asked to describe itself until it has. */
static void
test_discovery (SiIssuerFixture *fixture, gconstpointer data)
{
  g_autoptr (GError)   offline = NULL;
  g_autoptr (GError)   missing = NULL;
  g_autoptr (GError)   error = NULL;
  g_autoptr (SiTokens) first = NULL;
  g_autoptr (SiTokens) second = NULL;

  si_scripted_server_expect (fixture->server, "GET", DISCOVERY_PATH, 503, NULL);
  g_assert_null (refresh (fixture, &offline));
  g_assert_error (offline, SI_ERROR, SI_ERROR_UNAVAILABLE);

  /* Where there is no issuer nothing is said about the token. */
  si_scripted_server_expect (fixture->server, "GET", DISCOVERY_PATH, 404, NULL);
  g_assert_null (refresh (fixture, &missing));
  g_assert_error (missing, SI_ERROR, SI_ERROR_PROTOCOL);

  si_issuer_fixture_describe (fixture, NULL);
  si_issuer_fixture_expect_tokens (fixture, "at-2", NULL, NULL);
  si_issuer_fixture_expect_tokens (fixture, "at-3", NULL, NULL);
  first = refresh (fixture, &error);
  g_assert_no_error (error);
  second = refresh (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (si_issuer_fixture_count (fixture, "GET " DISCOVERY_PATH), ==, 3);
}

static void
test_device (SiIssuerFixture *fixture, gconstpointer data)
{
  g_autofree char   *id_token = si_issuer_fixture_dup_id_token (fixture, SUBJECT, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SiDeviceCode) code = NULL;
  g_autoptr (SiTokens)     tokens = NULL;

  si_issuer_fixture_describe (fixture, NULL);
  si_issuer_fixture_expect_device_code (fixture, 7);
  code = start_device (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (si_device_code_get_user_code (code), ==, "WDJB-MJHT");
  g_assert_cmpuint (si_device_code_get_interval (code), ==, 7);
  assert_request (fixture, 1, "POST /device",
                  "client_id=" CLIENT_ID "&scope=openid%20securityinfo.manage");

  si_issuer_fixture_refuse (fixture, 400, "authorization_pending");
  g_assert_null (poll_device (fixture, code, &error));
  g_assert_error (error, SI_TOKEN_RESPONSE_ERROR, SI_TOKEN_RESPONSE_ERROR_PENDING);
  g_clear_error (&error);
  assert_request (fixture, 2, "POST /token",
                  "client_id=" CLIENT_ID
                  "&grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code"
                  "&device_code=device-1");

  si_issuer_fixture_expect_tokens (fixture, ACCESS_TOKEN, REFRESH_TOKEN, id_token);
  tokens = poll_device (fixture, code, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (si_tokens_get_subject (tokens), ==, SUBJECT);
}

static void
test_device_without_id_token (SiIssuerFixture *fixture, gconstpointer data)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (SiDeviceCode) code = NULL;

  si_issuer_fixture_describe (fixture, NULL);
  si_issuer_fixture_expect_device_code (fixture, 7);
  si_issuer_fixture_expect_tokens (fixture, ACCESS_TOKEN, REFRESH_TOKEN, NULL);
  code = start_device (fixture, &error);
  g_assert_no_error (error);
  g_assert_null (poll_device (fixture, code, &error));
  assert_problem (error, SI_ERROR_PROTOCOL, SI_PROBLEM_ID_TOKEN_INVALID);
}

static void
test_device_refused (SiIssuerFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) rejected = NULL;
  g_autoptr (GError) empty = NULL;
  g_autoptr (GError) nonsense = NULL;
  SiReply           *reply;

  si_issuer_fixture_describe (fixture, NULL);
  reply = si_scripted_server_expect (fixture->server, "POST", "/device", 403,
                                     "{\"error\": \"unauthorized_client\"}");
  si_reply_set_header (reply, "Content-Type", "application/json");
  g_assert_null (start_device (fixture, &rejected));
  assert_problem (rejected, SI_ERROR_FAILED, SI_PROBLEM_CLIENT_REJECTED);

  si_scripted_server_expect (fixture->server, "POST", "/device", 400, NULL);
  g_assert_null (start_device (fixture, &empty));
  assert_problem (empty, SI_ERROR_FAILED, SI_PROBLEM_SIGN_IN_FAILED);

  si_scripted_server_expect (fixture->server, "POST", "/device", 200, NULL);
  g_assert_null (start_device (fixture, &nonsense));
  g_assert_error (nonsense, SI_ERROR, SI_ERROR_PROTOCOL);
}

static void
describe_without (SiIssuerFixture *fixture)
{
  const char      *issuer = fixture->issuer;
  g_autofree char *text
      = g_strdup_printf ("{\"issuer\": \"%s\", \"authorization_endpoint\": \"%s/auth\","
                         " \"token_endpoint\": \"%s/token\"}",
                         issuer, issuer, issuer);

  si_scripted_server_expect (fixture->server, "GET", DISCOVERY_PATH, 200, text);
}

/* Many organizations allow no codes. */
static void
test_no_device_endpoint (SiIssuerFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  describe_without (fixture);
  g_assert_null (start_device (fixture, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_FAILED);
}

/* So that what was logged can be looked at. */
static void
count_messages (const char    *domain,
                GLogLevelFlags level,
                const char    *message,
                gpointer       user_data)
{
  guint *count = user_data;

  if ((level & G_LOG_LEVEL_MESSAGE) == 0)
    return;

  g_assert_null (strstr (message, "rt-1"));
  *count += 1;
}

static guint n_messages;

/* Nobody waits for it: it is done when nothing else keeps the client. */
static void
revoke_token (SiIssuerFixture *fixture)
{
  gpointer client = fixture->client;

  si_openid_client_revoke (fixture->client, REFRESH_TOKEN);
  g_object_add_weak_pointer (client, &client);
  g_object_unref (fixture->client);
  si_test_wait_until (client == NULL);
  fixture->client
      = si_openid_client_new (fixture->http, fixture->issuer, CLIENT_ID, SCOPE);
}

static void
test_revoke (SiIssuerFixture *fixture, gconstpointer data)
{
  n_messages = 0;
  si_issuer_fixture_describe (fixture, NULL);
  si_issuer_fixture_expect_revocation (fixture);
  revoke_token (fixture);
  g_assert_cmpuint (n_messages, ==, 0);
  assert_request (fixture, 1, "POST /revoke",
                  "client_id=" CLIENT_ID
                  "&token=rt-1%2B%2F%3D&token_type_hint=refresh_token");
}

/* Not every issuer takes it from a public client. It is said in the log, and that is all.
 */
static void
test_revoke_refused (SiIssuerFixture *fixture, gconstpointer data)
{
  static const guint statuses[] = { 400, 401, 404, 503 };

  n_messages = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++) {
    si_issuer_fixture_describe (fixture, NULL);
    si_scripted_server_expect (fixture->server, "POST", "/revoke", statuses[i], NULL);
    revoke_token (fixture);
  }
  g_assert_cmpuint (n_messages, ==, G_N_ELEMENTS (statuses));

  describe_without (fixture);
  revoke_token (fixture);
  g_assert_cmpuint (n_messages, ==, G_N_ELEMENTS (statuses) + 1);
}

static void
test_revoke_nothing (SiIssuerFixture *fixture, gconstpointer data)
{
  si_openid_client_revoke (fixture->client, NULL);
  g_assert_cmpuint (si_scripted_server_get_n_requests (fixture->server), ==, 0);
}

static void
activate_cb (GApplication *application, gpointer user_data)
{
  si_openid_client_revoke (user_data, REFRESH_TOKEN);
}

/* An app that is closed at once gives it back all the same. */
static void
test_revoke_at_the_end (SiIssuerFixture *fixture, gconstpointer data)
{
  g_autoptr (GApplication) application
      = g_application_new (NULL, G_APPLICATION_NON_UNIQUE);

  si_issuer_fixture_describe (fixture, NULL);
  si_issuer_fixture_expect_revocation (fixture);
  g_application_set_default (application);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), fixture->client);
  g_assert_cmpint (g_application_run (application, 0, NULL), ==, 0);
  g_application_set_default (NULL);
  g_assert_true (si_scripted_server_is_done (fixture->server));
}

#define ADD(name, test)                                                                  \
  g_test_add ("/openid-client/" name, SiIssuerFixture, NULL, si_issuer_fixture_set_up,   \
              test, si_issuer_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_log_set_default_handler (count_messages, &n_messages);

  ADD ("exchange", test_exchange);
  ADD ("exchange-without-id-token", test_exchange_without_id_token);
  ADD ("exchange-with-bad-id-token", test_exchange_with_bad_id_token);
  ADD ("exchange-by-the-clock", test_exchange_by_the_clock);
  ADD ("exchange-without-date", test_exchange_without_date);
  ADD ("refresh", test_refresh);
  ADD ("refresh-with-all", test_refresh_with_all);
  ADD ("refresh-with-bad-id-token", test_refresh_with_bad_id_token);
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++) {
    g_autofree char *path
        = g_strdup_printf ("/openid-client/refusal/%s", refusals[i].name);

    g_test_add (path, SiIssuerFixture, &refusals[i], si_issuer_fixture_set_up,
                test_refusal, si_issuer_fixture_tear_down);
  }
  ADD ("nonsense", test_nonsense);
  ADD ("cancelled", test_cancelled);
  ADD ("discovery", test_discovery);
  ADD ("device", test_device);
  ADD ("device-without-id-token", test_device_without_id_token);
  ADD ("device-refused", test_device_refused);
  ADD ("no-device-endpoint", test_no_device_endpoint);
  ADD ("revoke", test_revoke);
  ADD ("revoke-refused", test_revoke_refused);
  ADD ("revoke-nothing", test_revoke_nothing);
  ADD ("revoke-at-the-end", test_revoke_at_the_end);

  return g_test_run ();
}
