/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-broker-messages.h"

#include <string.h>

#include "si-json.h"
#include "si-secret.h"

/* What a broker may answer, and what becomes of it. */

#define TENANT "4a5b6c7d-0000-4000-8000-00000000000e"
#define PERSON "1f2e3d4c-0000-4000-8000-000000000001"
#define COMMON "https://login.microsoftonline.com/common"
#define ACCOUNT                                                                          \
  "{\"username\":\"astrid@contoso.example\",\"homeAccountId\":\"" PERSON "." TENANT      \
  "\",\"localAccountId\":\"" PERSON "\",\"realm\":\"" TENANT "\"}"
#define BO                                                                               \
  "{\"username\":\"bo@fabrikam.example\",\"homeAccountId\":\"b.f\","                     \
  "\"localAccountId\":\"b\",\"realm\":\"f\"}"
#define ASTRID "astrid@contoso.example"
#define TOKEN "eyJ0eXAi.eyJhdWQi.c2ln-_~+/=="

/* All that is in the answers and may be in no message. */
static void
assert_quotes_nothing (const GError *error)
{
  static const char *const secrets[]
      = { "astrid", "bo@", PERSON, "eyJ", "html", "AADSTS" };

  g_assert_nonnull (error);
  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    g_assert_null (strstr (error->message, secrets[i]));
}

typedef struct {
  const char *name;
  const char *authority;
  const char *text;
  const char *username; /* NULL where there is no account */
} Accounts;

static const Accounts accounts[] = {
  { "one", COMMON, "{\"accounts\":[" ACCOUNT "]}", ASTRID },
  { "first", COMMON, "{\"accounts\":[" BO "," ACCOUNT "]}", "bo@fabrikam.example" },
  { "of-the-tenant", "https://login.microsoftonline.com/" TENANT,
    "{\"accounts\":[" BO "," ACCOUNT "]}", ASTRID },
  { "of-the-tenant-in-capitals",
    "https://login.microsoftonline.com/4A5B6C7D-0000-4000-8000-00000000000E",
    "{\"accounts\":[" ACCOUNT "]}", ASTRID },
  { "of-another-tenant", "https://login.microsoftonline.com/" TENANT,
    "{\"accounts\":[" BO "]}", NULL },
  { "no-authority", "", "{\"accounts\":[" ACCOUNT "]}", ASTRID },
  { "unusable-before", COMMON, "{\"accounts\":[null,1,\"a\",[],{}," ACCOUNT "]}",
    ASTRID },
  { "username-alone", COMMON, "{\"accounts\":[{\"username\":\"a\"}]}", "a" },
  { "non-ascii", COMMON, "{\"accounts\":[{\"username\":\"åsa@exempel.example\"}]}",
    "åsa@exempel.example" },
  { "none", COMMON, "{\"accounts\":[]}", NULL },
  { "error", COMMON, "{\"error\":{\"context\":\"AADSTS1 " ASTRID "\"}}", NULL },
  { "object", COMMON, "{\"accounts\":" ACCOUNT "}", NULL },
  { "null", COMMON, "{\"accounts\":null}", NULL },
  { "array", COMMON, "[" ACCOUNT "]", NULL },
  { "html", COMMON, "<html>", NULL },
  { "nothing", COMMON, "", NULL },
  { "empty-username", COMMON, "{\"accounts\":[{\"username\":\"\"}]}", NULL },
  { "number-for-username", COMMON, "{\"accounts\":[{\"username\":1}]}", NULL },
  { "username-of-two-lines", COMMON, "{\"accounts\":[{\"username\":\"a\\nastrid\"}]}",
    NULL },
  { "username-turned-around", COMMON,
    "{\"accounts\":[{\"username\":\"a\\u202eastrid\"}]}", NULL },
  { "realm-of-another-kind", "https://login.microsoftonline.com/" TENANT,
    "{\"accounts\":[{\"username\":\"a\",\"realm\":[]}]}", NULL },
};

static void
test_account (gconstpointer data)
{
  const Accounts        *row = data;
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) account
      = si_broker_messages_read_account (row->text, row->authority, &error);

  if (row->username == NULL) {
    g_assert_null (account);
    assert_quotes_nothing (error);
    return;
  }

  g_assert_no_error (error);
  g_assert_cmpstr (si_json_get_string (account, "username"), ==, row->username);
}

typedef struct {
  const char *name;
  const char *text;
} Answer;

#define ANSWER(members) "{\"brokerTokenResponse\":{" members "}}"
#define TYPE "\"accessTokenType\":0"
#define GOOD "\"accessToken\":\"" TOKEN "\"," TYPE

static const Answer good_answers[] = {
  { "least", ANSWER (GOOD) },
  { "scopes-in-a-string", ANSWER (GOOD ",\"grantedScopes\":\"a b\"") },
  { "scopes-in-an-array", ANSWER (GOOD ",\"grantedScopes\":[\"a\",\"b\"]") },
  { "no-error", ANSWER (GOOD ",\"error\":null") },
  { "account", ANSWER (GOOD ",\"account\":" ACCOUNT) },
  { "null-for-account", ANSWER (GOOD ",\"account\":null") },
  { "nameless-account", ANSWER (GOOD ",\"account\":{}") },
  { "account-of-strange-members",
    ANSWER (GOOD ",\"account\":{\"homeAccountId\":1,\"localAccountId\":\"\","
                 "\"username\":\"ASTRID@contoso.example\"}") },
  { "account-by-another-name",
    ANSWER (GOOD ",\"account\":{\"homeAccountId\":\"" PERSON "." TENANT
                 "\",\"username\":\"al@contoso.example\"}") },
};

static const Answer bad_answers[] = {
  { "nothing", "" },
  { "html", "<html>" },
  { "array", "[" ANSWER (GOOD) "]" },
  { "no-answer", "{" GOOD "}" },
  { "null-for-answer", "{\"brokerTokenResponse\":null}" },
  { "array-for-answer", "{\"brokerTokenResponse\":[]}" },
  { "no-token", ANSWER (TYPE) },
  { "empty-token", ANSWER ("\"accessToken\":\"\"," TYPE) },
  { "null-for-token", ANSWER ("\"accessToken\":null," TYPE) },
  { "number-for-token", ANSWER ("\"accessToken\":1," TYPE) },
  { "object-for-token", ANSWER ("\"accessToken\":{}," TYPE) },
  { "token-of-two-lines", ANSWER ("\"accessToken\":\"eyJ\\r\\nHost: eyJ\"," TYPE) },
  { "token-with-space", ANSWER ("\"accessToken\":\"eyJ eyJ\"," TYPE) },
  { "token-ends-in-a-line", ANSWER ("\"accessToken\":\"eyJ\\n\"," TYPE) },
  { "token-with-control", ANSWER ("\"accessToken\":\"eyJ\\u0007\"," TYPE) },
  { "token-of-nul", ANSWER ("\"accessToken\":\"\\u0000eyJ\"," TYPE) },
  { "token-not-ascii", ANSWER ("\"accessToken\":\"eyJå\"," TYPE) },
  { "token-with-quote", ANSWER ("\"accessToken\":\"eyJ\\\"\"," TYPE) },
  { "token-with-comma", ANSWER ("\"accessToken\":\"eyJ,eyJ\"," TYPE) },
  { "token-of-padding", ANSWER ("\"accessToken\":\"==\"," TYPE) },
  { "padding-within-token", ANSWER ("\"accessToken\":\"eyJ=eyJ\"," TYPE) },
  { "no-type", ANSWER ("\"accessToken\":\"" TOKEN "\"") },
  { "proof-of-possession",
    ANSWER ("\"accessToken\":\"" TOKEN "\",\"accessTokenType\":1") },
  { "string-for-type",
    ANSWER ("\"accessToken\":\"" TOKEN "\",\"accessTokenType\":\"0\"") },
  { "fraction-for-type",
    ANSWER ("\"accessToken\":\"" TOKEN "\",\"accessTokenType\":0.5") },
  { "ui-required",
    ANSWER (TYPE ",\"expiresOn\":0,\"extendedExpiresOn\":0,\"error\":{\"context\":"
                 "\"AADSTS50078: " ASTRID "\",\"status\":2,\"subStatus\":0}") },
  { "token-and-error", ANSWER (GOOD ",\"error\":{}") },
  { "token-and-strange-error", ANSWER (GOOD ",\"error\":\"AADSTS\"") },
  { "another-account", ANSWER (GOOD ",\"account\":" BO) },
  { "another-account-by-id",
    ANSWER (GOOD ",\"account\":{\"localAccountId\":\"b\",\"username\":\"" ASTRID "\"}") },
  { "another-account-by-name",
    ANSWER (GOOD ",\"account\":{\"username\":\"bo@fabrikam.example\"}") },
};

static SiTokens *
read_tokens (const char *text, const char *account_text, GError **error)
{
  g_autoptr (JsonObject) account
      = si_json_parse_object (account_text, strlen (account_text), NULL);

  return si_broker_messages_read_tokens (text, account, error);
}

static void
test_good_answer (gconstpointer data)
{
  const Answer        *row = data;
  g_autoptr (GError)   error = NULL;
  g_autoptr (SiTokens) tokens = read_tokens (row->text, ACCOUNT, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (si_tokens_get_access_token (tokens), ==, TOKEN);
  g_assert_null (si_tokens_get_refresh_token (tokens));
  g_assert_cmpstr (si_tokens_get_subject (tokens), ==, PERSON);
  g_assert_true (si_tokens_is_fresh (tokens));
}

static void
test_bad_answer (gconstpointer data)
{
  const Answer      *row = data;
  g_autoptr (GError) error = NULL;

  g_assert_null (read_tokens (row->text, ACCOUNT, &error));
  assert_quotes_nothing (error);
}

static void
test_huge (void)
{
  static const struct {
    gsize    length;
    gboolean good;
  } cases[]
      = { { 64 * 1024, TRUE }, { 64 * 1024 + 1, FALSE }, { 2 * 1024 * 1024, FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *token = g_strnfill (cases[i].length, 'a');
    g_autofree char *text
        = g_strdup_printf (ANSWER ("\"accessToken\":\"%s\"," TYPE), token);
    g_autoptr (SiTokens) tokens = read_tokens (text, ACCOUNT, NULL);

    g_assert_cmpint (tokens != NULL, ==, cases[i].good);
  }
}

static void
test_deep (void)
{
  g_autofree char   *bomb = g_strnfill (100000, '[');
  g_autofree char   *text = g_strconcat ("{\"accounts\":", bomb, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (si_broker_messages_read_account (text, COMMON, &error));
  g_assert_error (error, SI_JSON_ERROR, SI_JSON_ERROR_TOO_DEEP);
}

/* Without an id that can be shown and stored there is none. */
static void
test_subject (void)
{
  static const struct {
    const char *account;
    const char *subject;
  } cases[] = {
    { ACCOUNT, PERSON },
    { "{\"localAccountId\":\"l\",\"homeAccountId\":\"h.t\"}", "l" },
    { "{\"localAccountId\":\"\",\"homeAccountId\":\"h.t\"}", "h.t" },
    { "{\"localAccountId\":\"a b\",\"homeAccountId\":\"h.t\"}", "h.t" },
    { "{\"localAccountId\":1,\"homeAccountId\":\"h\\n\"}", NULL },
    { "{}", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError)   error = NULL;
    g_autoptr (SiTokens) tokens = read_tokens (ANSWER (GOOD), cases[i].account, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (si_tokens_get_subject (tokens), ==, cases[i].subject);
  }
}

/* A time that can't be right is none: the token is used until it is refused. */
static void
test_lifetime (void)
{
#define NOW 1700000000
  static const struct {
    const char *end;
    int         lifetime;
  } cases[] = {
    { "1700003599000", 3599 },
    { "1700003599999", 3599 },
    { "\"1700004500000\"", 4500 },
    { "1700000060000", 60 },
    { "1700100800000", 100800 },
    { "1700100801000", 3600 },
    { "1700000059999", 3600 },
    { "1700000003600", 3600 },
    { "1700000000000", 3600 },
    { "1500000000000", 3600 },
    { "\"1500000000000\"", 3600 },
    { "1700003600", 3600 },
    { "1700004500000.5", 3600 },
    { "1e400", 3600 },
    { "9223372036854775807", 3600 },
    { "-9223372036854775808", 3600 },
    { "99999999999999999999", 3600 },
    { "\"99999999999999999999\"", 3600 },
    { "\"-1\"", 3600 },
    { "\" 1700004500000\"", 3600 },
    { "\"soon\"", 3600 },
    { "\"\"", 3600 },
    { "null", 3600 },
    { "true", 3600 },
    { "[]", 3600 },
    { "{}", 3600 },
    { "0", 3600 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char       *text = g_strdup_printf ("{\"expiresOn\":%s}", cases[i].end);
    g_autoptr (JsonObject) answer = si_json_parse_object (text, strlen (text), NULL);

    g_assert_cmpint (si_broker_messages_read_lifetime (answer, NOW), ==,
                     cases[i].lifetime);
  }
}

static const char *
get_parameter (JsonObject *request, const char *member)
{
  return si_json_get_string (si_json_get_object (request, "authParameters"), member);
}

static JsonObject *
write_token (const char *claims, const char *refused_token)
{
  static const char *const scopes[] = { "api://x/read", "\"å\"", NULL };
  g_autoptr (JsonObject)   account
      = si_broker_messages_read_account ("{\"accounts\":[" ACCOUNT "]}", COMMON, NULL);
  g_autoptr (SiSecret) text = si_broker_messages_write_token (
      "client", COMMON, scopes, account, claims, refused_token);

  return si_json_parse_object (text, strlen (text), NULL);
}

static void
test_request (void)
{
  g_autoptr (JsonObject) request = write_token (NULL, NULL);
  JsonObject            *parameters = si_json_get_object (request, "authParameters");
  g_auto (GStrv)         scopes = si_json_dup_strings (parameters, "requestedScopes");
  JsonObject            *account = si_json_get_object (parameters, "account");

  g_assert_cmpstrv (scopes, ((const char *[]){ "api://x/read", "\"å\"", NULL }));
  g_assert_cmpint (si_json_get_int (parameters, "authorizationType", -1), ==, 1);
  g_assert_cmpstr (get_parameter (request, "authority"), ==, COMMON);
  g_assert_cmpstr (get_parameter (request, "clientId"), ==, "client");
  g_assert_cmpstr (get_parameter (request, "username"), ==, ASTRID);
  g_assert_cmpstr (get_parameter (request, "redirectUri"), ==,
                   "https://login.microsoftonline.com/common/oauth2/nativeclient");
  g_assert_false (json_object_has_member (parameters, "decodedClaims"));
  g_assert_false (json_object_has_member (parameters, "accessTokenToRenew"));

  /* In both places, as it was received. */
  g_assert_true (json_object_equal (account, si_json_get_object (request, "account")));
  g_assert_cmpstr (si_json_get_string (account, "realm"), ==, TENANT);
}

static void
test_request_again (void)
{
  g_autoptr (JsonObject) request = write_token ("{\"access_token\":{}}", TOKEN);

  g_assert_cmpstr (get_parameter (request, "decodedClaims"), ==, "{\"access_token\":{}}");
  g_assert_cmpstr (get_parameter (request, "accessTokenToRenew"), ==, TOKEN);
}

static void
test_request_accounts (void)
{
  g_autofree char *text = si_broker_messages_write_accounts ("client \"one\"");

  g_assert_cmpstr (text, ==,
                   "{\"clientId\":\"client \\\"one\\\"\",\"redirectUri\":"
                   "\"https://login.microsoftonline.com/common/oauth2/nativeclient\"}");
}

static void
add_answers (const char *kind, const Answer *answers, gsize n, GTestDataFunc test)
{
  for (gsize i = 0; i < n; i++) {
    g_autofree char *path
        = g_strdup_printf ("/broker-messages/%s/%s", kind, answers[i].name);

    g_test_add_data_func (path, &answers[i], test);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (accounts); i++) {
    g_autofree char *path
        = g_strdup_printf ("/broker-messages/account/%s", accounts[i].name);

    g_test_add_data_func (path, &accounts[i], test_account);
  }
  add_answers ("good", good_answers, G_N_ELEMENTS (good_answers), test_good_answer);
  add_answers ("bad", bad_answers, G_N_ELEMENTS (bad_answers), test_bad_answer);
  g_test_add_func ("/broker-messages/huge", test_huge);
  g_test_add_func ("/broker-messages/deep", test_deep);
  g_test_add_func ("/broker-messages/subject", test_subject);
  g_test_add_func ("/broker-messages/lifetime", test_lifetime);
  g_test_add_func ("/broker-messages/request", test_request);
  g_test_add_func ("/broker-messages/request-again", test_request_again);
  g_test_add_func ("/broker-messages/request-accounts", test_request_accounts);

  return g_test_run ();
}
