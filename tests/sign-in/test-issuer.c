/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-issuer.h"

#include <string.h>

#include "si-error.h"
#include "si-issuer-fixture.h"
#include "si-json.h"

/* What a provider says of itself, and what comes instead. */

#define ISSUER "https://id.example.com"
#define ISS "\"issuer\":\"" ISSUER "\""
#define AUTH ",\"authorization_endpoint\":\"" ISSUER "/auth\""
#define TOKEN ",\"token_endpoint\":\"" ISSUER "/token\""
#define GOOD ISS AUTH TOKEN

typedef struct {
  const char *name;
  const char *members;
  gboolean    is_good;
} Row;

static const Row rows[] = {
  { "good", GOOD, TRUE },
  { "s256", GOOD ",\"code_challenge_methods_supported\":[\"plain\",\"S256\"]", TRUE },
  { "methods-empty", GOOD ",\"code_challenge_methods_supported\":[]", TRUE },
  { "methods-no-list", GOOD ",\"code_challenge_methods_supported\":\"plain\"", TRUE },
  { "plain", GOOD ",\"code_challenge_methods_supported\":[\"plain\"]", FALSE },
  { "s256-lower-case", GOOD ",\"code_challenge_methods_supported\":[\"s256\"]", FALSE },

  { "issuer-missing", "\"a\":1" AUTH TOKEN, FALSE },
  { "issuer-number", "\"issuer\":1" AUTH TOKEN, FALSE },
  { "issuer-list", "\"issuer\":[\"" ISSUER "\"]" AUTH TOKEN, FALSE },
  { "issuer-empty", "\"issuer\":\"\"" AUTH TOKEN, FALSE },
  { "issuer-slash", "\"issuer\":\"" ISSUER "/\"" AUTH TOKEN, FALSE },
  { "issuer-case", "\"issuer\":\"https://ID.example.com\"" AUTH TOKEN, FALSE },
  { "issuer-port", "\"issuer\":\"" ISSUER ":443\"" AUTH TOKEN, FALSE },
  { "issuer-longer", "\"issuer\":\"" ISSUER ".evil.example\"" AUTH TOKEN, FALSE },

  { "authorization-missing", ISS TOKEN, FALSE },
  { "authorization-number", ISS ",\"authorization_endpoint\":1" TOKEN, FALSE },
  { "authorization-empty", ISS ",\"authorization_endpoint\":\"\"" TOKEN, FALSE },
  { "authorization-relative", ISS ",\"authorization_endpoint\":\"/auth\"" TOKEN, FALSE },
  { "authorization-http",
    ISS ",\"authorization_endpoint\":\"http://id.example.com/auth\"" TOKEN, FALSE },
  { "authorization-file", ISS ",\"authorization_endpoint\":\"file:///etc/passwd\"" TOKEN,
    FALSE },
  { "authorization-javascript",
    ISS ",\"authorization_endpoint\":\"javascript:alert(1)\"" TOKEN, FALSE },
  { "authorization-user",
    ISS ",\"authorization_endpoint\":\"https://a:b@id.example.com/auth\"" TOKEN, FALSE },
  { "authorization-fragment",
    ISS ",\"authorization_endpoint\":\"https://id.example.com/auth#a\"" TOKEN, FALSE },
  { "authorization-newline",
    ISS ",\"authorization_endpoint\":\"https://id.example.com/\\nauth\"" TOKEN, FALSE },
  { "authorization-query",
    ISS TOKEN ",\"authorization_endpoint\":\"" ISSUER "/auth?a=b\"", TRUE },
  { "authorization-elsewhere",
    ISS TOKEN ",\"authorization_endpoint\":\"https://login.example.org/auth\"", TRUE },
  { "token-missing", ISS AUTH, FALSE },
  { "token-http", ISS AUTH ",\"token_endpoint\":\"http://id.example.com/token\"", FALSE },
  { "token-loopback", ISS AUTH ",\"token_endpoint\":\"http://127.0.0.1:1/token\"", TRUE },
  { "token-nearly-loopback",
    ISS AUTH ",\"token_endpoint\":\"http://127.0.0.1.example.com/token\"", FALSE },
  { "token-user", ISS AUTH ",\"token_endpoint\":\"https://a@id.example.com/token\"",
    FALSE },
  { "token-null", ISS AUTH ",\"token_endpoint\":null", FALSE },
};

static SiIssuer *
read_issuer (const char *members, GError **error)
{
  g_autofree char       *text = g_strconcat ("{", members, "}", NULL);
  g_autoptr (JsonObject) object = si_json_parse_object (text, strlen (text), error);

  g_assert_nonnull (object);

  return si_issuer_new_from_json (object, ISSUER, error);
}

static void
test_row (gconstpointer data)
{
  const Row           *row = data;
  g_autoptr (GError)   error = NULL;
  g_autoptr (SiIssuer) issuer = read_issuer (row->members, &error);

  if (row->is_good) {
    g_assert_no_error (error);
    g_assert_cmpstr (si_issuer_get_name (issuer), ==, ISSUER);
    g_assert_nonnull (si_issuer_get_authorization_endpoint (issuer));
    g_assert_nonnull (si_issuer_get_token_endpoint (issuer));
  } else {
    g_assert_null (issuer);
    g_assert_error (error, SI_ERROR, SI_ERROR_PROTOCOL);
  }
}

/* What not every issuer has, or has in a way that can't be used. */
static void
test_optional (void)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (SiIssuer) bare = read_issuer (GOOD, &error);
  g_autoptr (SiIssuer) full
      = read_issuer (GOOD ",\"device_authorization_endpoint\":\"" ISSUER "/device\","
                          "\"revocation_endpoint\":\"" ISSUER "/revoke\","
                          "\"authorization_response_iss_parameter_supported\":true",
                     &error);
  g_autoptr (SiIssuer) unsafe = read_issuer (
      GOOD ",\"device_authorization_endpoint\":\"http://id.example.com/device\","
           "\"revocation_endpoint\":\"http://id.example.com/revoke\","
           "\"authorization_response_iss_parameter_supported\":\"true\"",
      &error);

  g_assert_no_error (error);
  g_assert_null (si_issuer_get_device_authorization_endpoint (bare));
  g_assert_null (si_issuer_get_revocation_endpoint (bare));
  g_assert_false (si_issuer_names_itself (bare));
  g_assert_cmpstr (si_issuer_get_device_authorization_endpoint (full), ==,
                   ISSUER "/device");
  g_assert_cmpstr (si_issuer_get_revocation_endpoint (full), ==, ISSUER "/revoke");
  g_assert_true (si_issuer_names_itself (full));
  g_assert_null (si_issuer_get_device_authorization_endpoint (unsafe));
  g_assert_null (si_issuer_get_revocation_endpoint (unsafe));
  g_assert_false (si_issuer_names_itself (unsafe));
}

static SiIssuer *
load (SiIssuerFixture *fixture, const char *issuer, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  si_issuer_load_async (fixture->http, issuer, NULL, si_test_keep_result, &result);
  si_test_wait_until (result != NULL);

  return si_issuer_load_finish (result, error);
}

static void
test_load (SiIssuerFixture *fixture, gconstpointer data)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (SiIssuer) issuer = NULL;
  g_autofree char     *endpoint = g_strconcat (fixture->issuer, "/token", NULL);

  si_issuer_fixture_describe (fixture, NULL);
  issuer = load (fixture, fixture->issuer, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (si_issuer_get_token_endpoint (issuer), ==, endpoint);
  g_assert_null (si_scripted_server_get_header (fixture->server, 0, "Authorization"));
}

/* The address is the same, the name is not (Discovery, sections 4.1 and 4.3). */
static void
test_slash_configured (SiIssuerFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *name = g_strconcat (fixture->issuer, "/", NULL);

  si_issuer_fixture_describe (fixture, NULL);
  g_assert_null (load (fixture, name, &error));
  g_assert_cmpint (si_problem_get_code (si_error_get_problem (error)), ==,
                   SI_PROBLEM_ISSUER_MISMATCH);
}

static void
expect_description_of (SiIssuerFixture *fixture, const char *name)
{
  g_autofree char *text = g_strdup_printf ("{\"issuer\":\"%s\"" AUTH TOKEN "}", name);

  si_scripted_server_expect (fixture->server, "GET", DISCOVERY_PATH, 200, text);
}

static void
test_slash_said (SiIssuerFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *name = g_strconcat (fixture->issuer, "/", NULL);

  expect_description_of (fixture, name);
  g_assert_null (load (fixture, fixture->issuer, &error));
  g_assert_cmpint (si_problem_get_code (si_error_get_problem (error)), ==,
                   SI_PROBLEM_ISSUER_MISMATCH);
}

static void
test_slash_both (SiIssuerFixture *fixture, gconstpointer data)
{
  g_autoptr (GError)   error = NULL;
  g_autofree char     *name = g_strconcat (fixture->issuer, "/", NULL);
  g_autoptr (SiIssuer) issuer = NULL;

  expect_description_of (fixture, name);
  issuer = load (fixture, name, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (si_issuer_get_name (issuer), ==, name);
}

/* An issuer may have a path (Discovery, section 4.1). */
static void
test_path (SiIssuerFixture *fixture, gconstpointer data)
{
  g_autoptr (GError)   error = NULL;
  g_autofree char     *name = g_strconcat (fixture->issuer, "/api/oidc", NULL);
  g_autofree char     *text = g_strdup_printf ("{\"issuer\":\"%s\"" AUTH TOKEN "}", name);
  g_autoptr (SiIssuer) issuer = NULL;

  si_scripted_server_expect (fixture->server, "GET", "/api/oidc" DISCOVERY_PATH, 200,
                             text);
  issuer = load (fixture, name, &error);
  g_assert_no_error (error);
  g_assert_nonnull (issuer);
}

/* Nothing is even asked. */
static void
test_bad_name (SiIssuerFixture *fixture, gconstpointer data)
{
  static const char *const names[] = {
    "http://id.example.com",
    "https://user@id.example.com",
    "ftp://id.example.com",
    "https://id.example.com/#a",
    "id.example.com",
    "https://",
    "",
    "/",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (load (fixture, names[i], &error));
    g_assert_error (error, SI_ERROR, SI_ERROR_PROTOCOL);
  }
}

typedef struct {
  const char *name;
  guint       status;
  const char *type;
  const char *body;
  SiError     error;
} Answer;

static const Answer answers[] = {
  { "html", 200, "text/html", "<html>Sign in</html>", SI_ERROR_PROTOCOL },
  { "html-as-json", 200, "application/json", "<html>Sign in</html>", SI_ERROR_PROTOCOL },
  { "no-type", 200, "", "{}", SI_ERROR_PROTOCOL },
  { "empty-object", 200, "application/json", "{}", SI_ERROR_PROTOCOL },
  { "list", 200, "application/json", "[]", SI_ERROR_PROTOCOL },
  { "no-content", 204, NULL, NULL, SI_ERROR_PROTOCOL },
  { "not-modified", 304, NULL, NULL, SI_ERROR_PROTOCOL },
  { "unauthorized", 401, NULL, NULL, SI_ERROR_PROTOCOL },
  { "forbidden", 403, "text/html", "<html>No</html>", SI_ERROR_PROTOCOL },
  { "not-found", 404, NULL, NULL, SI_ERROR_PROTOCOL },
  { "gone", 410, "application/json", "{\"error\":\"no\"}", SI_ERROR_PROTOCOL },
  { "busy", 429, NULL, NULL, SI_ERROR_RATE_LIMITED },
  { "error", 500, "text/html", "<html>Oops</html>", SI_ERROR_UNAVAILABLE },
  { "maintenance", 503, NULL, NULL, SI_ERROR_UNAVAILABLE },
};

static void
test_answer (SiIssuerFixture *fixture, gconstpointer data)
{
  const Answer      *row = data;
  g_autoptr (GError) error = NULL;
  SiReply *reply = si_scripted_server_expect (fixture->server, "GET", DISCOVERY_PATH,
                                              row->status, row->body);

  if (row->type != NULL)
    si_reply_set_header (reply, "Content-Type", row->type);
  g_assert_null (load (fixture, fixture->issuer, &error));
  g_assert_error (error, SI_ERROR, (int) row->error);
}

/* Who is sent elsewhere does not go there, not even on the same server. */
static void
test_redirect (SiIssuerFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SiReply           *reply
      = si_scripted_server_expect (fixture->server, "GET", DISCOVERY_PATH, 302, NULL);

  si_reply_set_header (reply, "Location", "/elsewhere");
  g_assert_null (load (fixture, fixture->issuer, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_PROTOCOL);
}

static void
test_size (SiIssuerFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *filling = g_strnfill (1024 * 1024, 'x');
  g_autofree char   *members = g_strdup_printf (", \"x\": \"%s\"", filling);

  si_issuer_fixture_describe (fixture, members);
  g_assert_null (load (fixture, fixture->issuer, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_PROTOCOL);
}

static void
test_cancelled (SiIssuerFixture *fixture, gconstpointer data)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;

  si_reply_hold (si_issuer_fixture_describe (fixture, NULL));
  si_issuer_load_async (fixture->http, fixture->issuer, cancellable, si_test_keep_result,
                        &result);
  si_test_wait_until (si_scripted_server_get_n_unanswered (fixture->server) == 1);
  g_cancellable_cancel (cancellable);
  si_test_wait_until (result != NULL);
  g_assert_null (si_issuer_load_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(name, test)                                                                  \
  g_test_add ("/issuer/" name, SiIssuerFixture, NULL, si_issuer_fixture_set_up, test,    \
              si_issuer_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/issuer/description/%s", rows[i].name);

    g_test_add_data_func (path, &rows[i], test_row);
  }
  g_test_add_func ("/issuer/optional", test_optional);
  ADD ("load", test_load);
  ADD ("slash-configured", test_slash_configured);
  ADD ("slash-said", test_slash_said);
  ADD ("slash-both", test_slash_both);
  ADD ("path", test_path);
  ADD ("bad-name", test_bad_name);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_autofree char *path = g_strdup_printf ("/issuer/answer/%s", answers[i].name);

    g_test_add (path, SiIssuerFixture, &answers[i], si_issuer_fixture_set_up, test_answer,
                si_issuer_fixture_tear_down);
  }
  ADD ("redirect", test_redirect);
  ADD ("size", test_size);
  ADD ("cancelled", test_cancelled);

  return g_test_run ();
}
