/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-token-response.h"

#include <string.h>

#include "si-error.h"
#include "si-issuer-fixture.h"

/* What a token endpoint answers, and what is made of it. */

#define TYPE "\"token_type\":\"Bearer\""
#define ACCESS ",\"access_token\":\"at-1\""
#define GOOD TYPE ACCESS

static SiHttpResponse *
receive (SiIssuerFixture *fixture, GError **error)
{
  g_autofree char          *address = g_strconcat (fixture->issuer, "/token", NULL);
  g_autoptr (SiHttpRequest) request = si_http_request_new ("POST", address);
  g_autoptr (GAsyncResult)  result = NULL;

  si_http_request_set_accept_any (request);
  si_http_send_async (fixture->http, request, NULL, si_test_keep_result, &result);
  si_test_wait_until (result != NULL);

  return si_http_send_finish (fixture->http, result, error);
}

static SiTokens *
read_tokens (SiIssuerFixture *fixture, const char *members, GError **error)
{
  g_autofree char           *text = g_strconcat ("{", members, "}", NULL);
  g_autoptr (SiHttpResponse) response = NULL;

  si_scripted_server_expect (fixture->server, "POST", "/token", 200, text);
  response = receive (fixture, error);
  g_assert_nonnull (response);
  g_assert_null (si_token_response_read_refusal (response));

  return si_token_response_read (response, SUBJECT, error);
}

typedef struct {
  const char *name;
  const char *members;
  gboolean    is_good;
  const char *refresh_token;
} Row;

static const Row rows[] = {
  { "good", GOOD, TRUE, NULL },
  { "full", GOOD ",\"refresh_token\":\"rt-1\",\"expires_in\":60,\"scope\":\"a b\"", TRUE,
    "rt-1" },
  { "lower-case", "\"token_type\":\"bearer\"" ACCESS, TRUE, NULL },
  { "jwt", TYPE ",\"access_token\":\"ab.CD-_.09~+/==\"", TRUE, NULL },
  { "refresh-null", GOOD ",\"refresh_token\":null", TRUE, NULL },
  { "refresh-empty", GOOD ",\"refresh_token\":\"\"", TRUE, NULL },
  { "refresh-number", GOOD ",\"refresh_token\":7", TRUE, NULL },
  { "lifetime-word", GOOD ",\"expires_in\":\"3600\"", TRUE, NULL },
  { "lifetime-negative", GOOD ",\"expires_in\":-7", TRUE, NULL },
  { "lifetime-enormous", GOOD ",\"expires_in\":9223372036854775807", TRUE, NULL },
  { "lifetime-fraction", GOOD ",\"expires_in\":60.5", TRUE, NULL },

  { "empty", "", FALSE },
  { "error-in-a-success", "\"error\":\"invalid_grant\"", FALSE },
  { "no-token", TYPE, FALSE },
  { "no-type", "\"a\":1" ACCESS, FALSE },
  { "other-type", "\"token_type\":\"DPoP\"" ACCESS, FALSE },
  { "type-number", "\"token_type\":1" ACCESS, FALSE },
  { "type-with-space", "\"token_type\":\"Bearer \"" ACCESS, FALSE },
  { "token-null", TYPE ",\"access_token\":null", FALSE },
  { "token-number", TYPE ",\"access_token\":17", FALSE },
  { "token-list", TYPE ",\"access_token\":[\"at-1\"]", FALSE },
  { "token-empty", TYPE ",\"access_token\":\"\"", FALSE },
  { "token-equals", TYPE ",\"access_token\":\"=\"", FALSE },
  { "token-space", TYPE ",\"access_token\":\"at 1\"", FALSE },
  { "token-newline", TYPE ",\"access_token\":\"at-1\\r\\nX-Evil: 1\"", FALSE },
  { "token-quote", TYPE ",\"access_token\":\"at\\\"1\"", FALSE },
  { "token-foreign", TYPE ",\"access_token\":\"åt-1\"", FALSE },
};

static void
test_row (SiIssuerFixture *fixture, gconstpointer data)
{
  const Row           *row = data;
  g_autoptr (GError)   error = NULL;
  g_autoptr (SiTokens) tokens = read_tokens (fixture, row->members, &error);

  if (row->is_good) {
    g_assert_no_error (error);
    g_assert_nonnull (si_tokens_get_access_token (tokens));
    g_assert_cmpstr (si_tokens_get_refresh_token (tokens), ==, row->refresh_token);
    g_assert_cmpstr (si_tokens_get_subject (tokens), ==, SUBJECT);
    g_assert_true (si_tokens_is_fresh (tokens));
  } else {
    g_assert_null (tokens);
    g_assert_error (error, SI_ERROR, SI_ERROR_PROTOCOL);
    g_assert_null (strstr (error->message, "at"));
  }
}

static void
test_lifetime (SiIssuerFixture *fixture, gconstpointer data)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (SiTokens) ended = read_tokens (fixture, GOOD ",\"expires_in\":0", &error);

  g_assert_no_error (error);
  g_assert_false (si_tokens_is_fresh (ended));
}

static void
test_size (SiIssuerFixture *fixture, gconstpointer data)
{
  g_autofree char *filling = g_strnfill (64 * 1024, 'x');
  g_autofree char *large = g_strdup_printf (TYPE ",\"access_token\":\"%s\"", filling);
  g_autofree char *larger = g_strdup_printf (TYPE ",\"access_token\":\"%sx\"", filling);
  g_autofree char *refresh = g_strdup_printf (GOOD ",\"refresh_token\":\"%sx\"", filling);
  g_autoptr (GError)   error = NULL;
  g_autoptr (SiTokens) good = read_tokens (fixture, large, &error);
  g_autoptr (SiTokens) without = read_tokens (fixture, refresh, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (si_tokens_get_access_token (good), ==, filling);
  g_assert_null (si_tokens_get_refresh_token (without));
  g_assert_null (read_tokens (fixture, larger, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_PROTOCOL);
}

/* A success without a body is one where a token is given back, and nowhere else. */
static void
test_no_body (SiIssuerFixture *fixture, gconstpointer data)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiHttpResponse) response = NULL;

  si_scripted_server_expect (fixture->server, "POST", "/token", 200, NULL);
  response = receive (fixture, &error);
  g_assert_no_error (error);
  g_assert_null (si_token_response_read (response, SUBJECT, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_PROTOCOL);
}

typedef struct {
  guint         status;
  const char   *word;
  SiProblemCode problem;
  SiError       error;
} Refusal;

static const Refusal refusals[] = {
  { 400, "invalid_grant", SI_PROBLEM_INVALID_TOKEN, SI_ERROR_SIGN_IN_REQUIRED },
  { 400, "interaction_required", SI_PROBLEM_INVALID_TOKEN, SI_ERROR_SIGN_IN_REQUIRED },
  { 400, "login_required", SI_PROBLEM_INVALID_TOKEN, SI_ERROR_SIGN_IN_REQUIRED },
  { 400, "consent_required", SI_PROBLEM_INVALID_TOKEN, SI_ERROR_SIGN_IN_REQUIRED },
  { 400, "account_selection_required", SI_PROBLEM_INVALID_TOKEN,
    SI_ERROR_SIGN_IN_REQUIRED },
  { 400, "access_denied", SI_PROBLEM_SIGN_IN_DENIED, SI_ERROR_NOT_ALLOWED },
  { 400, "authorization_declined", SI_PROBLEM_SIGN_IN_DENIED, SI_ERROR_NOT_ALLOWED },
  { 400, "expired_token", SI_PROBLEM_SIGN_IN_EXPIRED, SI_ERROR_ENDED },
  { 401, "invalid_client", SI_PROBLEM_CLIENT_REJECTED, SI_ERROR_FAILED },
  { 403, "unauthorized_client", SI_PROBLEM_CLIENT_REJECTED, SI_ERROR_FAILED },
  { 400, "invalid_request", SI_PROBLEM_CLIENT_REJECTED, SI_ERROR_FAILED },
  { 400, "invalid_scope", SI_PROBLEM_CLIENT_REJECTED, SI_ERROR_FAILED },
  { 400, "unsupported_grant_type", SI_PROBLEM_CLIENT_REJECTED, SI_ERROR_FAILED },
  { 403, "invalid_code", SI_PROBLEM_SIGN_IN_FAILED, SI_ERROR_FAILED },
  { 400, "INVALID_GRANT", SI_PROBLEM_SIGN_IN_FAILED, SI_ERROR_FAILED },
  { 400, "", SI_PROBLEM_SIGN_IN_FAILED, SI_ERROR_FAILED },
  { 400, "server_error", SI_PROBLEM_INTERNAL, SI_ERROR_UNAVAILABLE },
  { 400, "temporarily_unavailable", SI_PROBLEM_MAINTENANCE, SI_ERROR_UNAVAILABLE },
  { 429, "too_many_requests", SI_PROBLEM_RATE_LIMITED, SI_ERROR_RATE_LIMITED },
  { 429, "invalid_grant", SI_PROBLEM_RATE_LIMITED, SI_ERROR_RATE_LIMITED },
  { 408, "invalid_grant", SI_PROBLEM_INTERNAL, SI_ERROR_UNAVAILABLE },
};

static GError *
read_refusal (SiIssuerFixture *fixture, guint status, const char *body)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiHttpResponse) response = NULL;
  SiReply                   *reply
      = si_scripted_server_expect (fixture->server, "POST", "/token", status, body);

  si_reply_set_header (reply, "Content-Type", "application/json");
  si_reply_set_header (reply, "Retry-After", "7");
  response = receive (fixture, &error);
  g_assert_no_error (error);
  error = si_token_response_read_refusal (response);
  g_assert_nonnull (error);

  return g_steal_pointer (&error);
}

static void
test_refusals (SiIssuerFixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++) {
    const Refusal     *row = &refusals[i];
    g_autofree char   *body = g_strdup_printf ("{\"error\":\"%s\"}", row->word);
    g_autoptr (GError) error = read_refusal (fixture, row->status, body);
    SiProblem         *problem = si_error_get_problem (error);

    g_test_message ("%u %s", row->status, row->word);
    g_assert_error (error, SI_ERROR, (int) row->error);
    g_assert_cmpint (si_problem_get_code (problem), ==, row->problem);
    g_assert_nonnull (si_problem_get_request_id (problem));
    if (row->error == SI_ERROR_RATE_LIMITED)
      g_assert_cmpint (si_problem_get_retry_after (problem), ==, 7);
  }
}

/* Refusals that have no word. */
static void
test_wordless (SiIssuerFixture *fixture, gconstpointer data)
{
  static const char *const bodies[] = {
    "{}",
    "{\"error\":null}",
    "{\"error\":7}",
    "{\"error\":{\"code\":\"invalid_grant\"}}",
    "{\"error\":[\"invalid_grant\"]}",
    "{\"error_description\":\"invalid_grant\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_autoptr (GError) error = read_refusal (fixture, 400, bodies[i]);

    g_assert_cmpint (si_problem_get_code (si_error_get_problem (error)), ==,
                     SI_PROBLEM_SIGN_IN_FAILED);
  }
}

/* There are issuers that say so with other statuses. */
static void
test_device (SiIssuerFixture *fixture, gconstpointer data)
{
  static const guint statuses[] = { 400, 401, 403, 429 };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++) {
    g_autoptr (GError) pending
        = read_refusal (fixture, statuses[i], "{\"error\":\"authorization_pending\"}");
    g_autoptr (GError) slow_down
        = read_refusal (fixture, statuses[i], "{\"error\":\"slow_down\"}");

    g_assert_error (pending, SI_TOKEN_RESPONSE_ERROR, SI_TOKEN_RESPONSE_ERROR_PENDING);
    g_assert_error (slow_down, SI_TOKEN_RESPONSE_ERROR,
                    SI_TOKEN_RESPONSE_ERROR_SLOW_DOWN);
  }
}

#define ADD(name, test)                                                                  \
  g_test_add ("/token-response/" name, SiIssuerFixture, NULL, si_issuer_fixture_set_up,  \
              test, si_issuer_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/token-response/tokens/%s", rows[i].name);

    g_test_add (path, SiIssuerFixture, &rows[i], si_issuer_fixture_set_up, test_row,
                si_issuer_fixture_tear_down);
  }
  ADD ("lifetime", test_lifetime);
  ADD ("size", test_size);
  ADD ("no-body", test_no_body);
  ADD ("refusals", test_refusals);
  ADD ("wordless", test_wordless);
  ADD ("device", test_device);

  return g_test_run ();
}
