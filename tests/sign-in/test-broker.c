/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-broker.h"

#include <glib/gstdio.h>
#include <string.h>

#include "si-error.h"
#include "si-fake-broker.h"
#include "si-json.h"
#include "si-test-loop.h"

/* The way to a token of the broker, on a bus of the test's own: of one that the test
 * plays itself, and of one that the bus starts. */

#define CLIENT "11111111-2222-4333-8444-555555555555"
#define ISSUER "https://login.microsoftonline.com/common/v2.0"
#define ASTRID "astrid@contoso.example"
#define TOKEN "token-of-astrid"
#define ACCOUNT                                                                          \
  "{\"username\":\"" ASTRID "\",\"homeAccountId\":\"person.tenant\","                    \
  "\"localAccountId\":\"person\",\"realm\":\"tenant\"}"
#define ACCOUNTS "{\"accounts\":[" ACCOUNT "]}"
#define MICROSOFT                                                                        \
  "{\"brokerTokenResponse\":{\"accessToken\":\"" TOKEN "\",\"accessTokenType\":0,"       \
  "\"account\":" ACCOUNT ",\"expiresOn\":\"1\",\"grantedScopes\":[\"a\"]},"              \
  "\"telemetry\":{}}"
#define HIMMELBLAU                                                                       \
  "{\"brokerTokenResponse\":{\"accessToken\":\"" TOKEN "\",\"accessTokenType\":0,"       \
  "\"expiresOn\":1,\"extendedExpiresOn\":1,\"grantedScopes\":\"a\"}}"
#define UI_REQUIRED                                                                      \
  "{\"brokerTokenResponse\":{\"accessTokenType\":0,\"expiresOn\":0,"                     \
  "\"error\":{\"context\":\"AADSTS50078: " ASTRID "\",\"status\":2}},\"telemetry\":{}}"
#define FAILED "org.freedesktop.DBus.Error.Failed"
/* What GDBus takes for errors of the client's own. */
#define FORGED "org.gtk.GDBus.UnmappedGError.Quark._"

#define CALLS "getAccounts acquireTokenSilently "
#define SHORT_MS 50
#define HANG_MS 2000
#define LONG_MS 20000

static const char *const scopes[]
    = { "openid", "api://x/read", "profile", "offline_access", "api://x/manage", NULL };

typedef struct {
  GTestDBus       *bus;
  SiFakeBroker    *fake;
  GDBusConnection *connection;
  SiBroker        *broker;
  char            *username;
} Fixture;

static void
set_up_bus (Fixture *fixture, const char *service_directory)
{
  g_autoptr (GError) error = NULL;

  fixture->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  if (service_directory != NULL)
    g_test_dbus_add_service_dir (fixture->bus, service_directory);
  g_test_dbus_up (fixture->bus);
  fixture->connection = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (fixture->bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);
  g_assert_no_error (error);
  fixture->broker = si_broker_new (fixture->connection, CLIENT, ISSUER, scopes);
  si_broker_set_timeout (fixture->broker, LONG_MS);
}

static void
set_up_without_broker (Fixture *fixture, gconstpointer data)
{
  set_up_bus (fixture, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  set_up_bus (fixture, NULL);
  fixture->fake = si_fake_broker_new (g_test_dbus_get_bus_address (fixture->bus));
  fixture->fake->accounts.text = ACCOUNTS;
  fixture->fake->token.text = HIMMELBLAU;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->broker);
  g_clear_pointer (&fixture->fake, si_fake_broker_free);
  if (!g_dbus_connection_is_closed (fixture->connection))
    g_dbus_connection_close_sync (fixture->connection, NULL, NULL);
  g_clear_object (&fixture->connection);
  g_free (fixture->username);
  g_test_dbus_down (fixture->bus);
  g_clear_object (&fixture->bus);
}

static SiTokens *
acquire (Fixture      *fixture,
         SiChallenge  *challenge,
         const char   *refused_token,
         GCancellable *cancellable,
         GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  si_broker_acquire_token_async (fixture->broker, challenge, refused_token, cancellable,
                                 si_test_keep_result, &result);
  si_test_wait_until (result != NULL);

  return si_broker_acquire_token_finish (fixture->broker, result, &fixture->username,
                                         error);
}

/* Go on with the browser, and nothing to show for it: no secret, either. */
static void
assert_no_token (Fixture *fixture, SiChallenge *challenge, const char *refused_token)
{
  static const char *const secrets[] = { ASTRID, "token-of", "AADSTS", "GDBus", "_2d" };
  g_autoptr (GError)       error = NULL;

  g_assert_null (acquire (fixture, challenge, refused_token, NULL, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_SIGN_IN_REQUIRED);
  g_test_message ("%s", error->message);
  g_assert_null (si_error_get_problem (error));
  g_assert_null (fixture->username);
  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    g_assert_null (strstr (error->message, secrets[i]));
}

static void
assert_token (Fixture *fixture, SiChallenge *challenge, const char *refused_token)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (SiTokens) tokens = acquire (fixture, challenge, refused_token, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (si_tokens_get_access_token (tokens), ==, TOKEN);
  g_assert_null (si_tokens_get_refresh_token (tokens));
  g_assert_true (si_tokens_is_fresh (tokens));
  g_assert_cmpstr (fixture->username, ==, ASTRID);
}

static void
test_none (Fixture *fixture, gconstpointer data)
{
  assert_no_token (fixture, NULL, NULL);
}

static void
test_no_bus (Fixture *fixture, gconstpointer data)
{
  g_dbus_connection_close_sync (fixture->connection, NULL, NULL);
  assert_no_token (fixture, NULL, NULL);
}

static void
test_dialect (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv)         ids = NULL;
  g_auto (GStrv)         asked = NULL;
  g_autoptr (JsonObject) request = NULL;
  JsonObject            *parameters;

  fixture->fake->token.text = data;
  assert_token (fixture, NULL, NULL);
  g_assert_cmpstr (fixture->fake->calls->str, ==, CALLS);

  ids = g_strsplit (fixture->fake->ids, " ", -1);
  g_assert_cmpstr (ids[0], ==, "0.0");
  g_assert_true (g_uuid_string_is_valid (ids[1]));

  request = si_json_parse_object (fixture->fake->request, strlen (fixture->fake->request),
                                  NULL);
  parameters = si_json_get_object (request, "authParameters");
  asked = si_json_dup_strings (parameters, "requestedScopes");
  g_assert_cmpstrv (asked, ((const char *[]){ "api://x/read", "api://x/manage", NULL }));
  g_assert_cmpstr (si_json_get_string (parameters, "clientId"), ==, CLIENT);
  g_assert_cmpstr (si_json_get_string (parameters, "authority"), ==,
                   "https://login.microsoftonline.com/common");
}

/* One broker object serves many tokens. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  assert_token (fixture, NULL, NULL);
  g_clear_pointer (&fixture->username, g_free);
  fixture->fake->token.text = UI_REQUIRED;
  assert_no_token (fixture, NULL, NULL);
  fixture->fake->token.text = MICROSOFT;
  assert_token (fixture, NULL, NULL);
}

typedef struct {
  const char  *name;
  SiFakeAnswer accounts;
  SiFakeAnswer token;
} Failure;

static const Failure failures[] = {
  { "ui-required", { ACCOUNTS }, { UI_REQUIRED } },
  { "ui-required-himmelblau",
    { ACCOUNTS },
    { .text = "Failed to authenticate " ASTRID, .error_name = FAILED } },
  { "no-account", { "{\"accounts\":[]}" } },
  { "no-account-himmelblau",
    { .text = "Unable to find account " ASTRID, .error_name = FAILED } },
  { "nonsense-for-accounts", { "<html>" ASTRID } },
  { "nonsense-for-token", { ACCOUNTS }, { "<html>" TOKEN } },
  { "no-text-for-accounts", { .text = "", .type = "()" } },
  { "no-text-for-token", { ACCOUNTS }, { .text = "", .type = "()" } },
  { "strings-for-accounts", { .text = ACCOUNTS, .type = "(as)" } },
  { "strings-for-token", { ACCOUNTS }, { .text = MICROSOFT, .type = "(as)" } },
  { "leaves-at-accounts", { .leaves = TRUE } },
  { "leaves-at-token", { ACCOUNTS }, { .leaves = TRUE } },
  { "forged-cancelled",
    { ACCOUNTS },
    { .text = TOKEN, .error_name = FORGED "g_2dio_2derror_2dquark.Code19" } },
  { "forged-error",
    { ACCOUNTS },
    { .text = TOKEN, .error_name = FORGED "si_2derror_2dquark.Code0" } },
  { "forged-json-error",
    { .text = ASTRID, .error_name = FORGED "si_2djson_2derror_2dquark.Code0" } },
  { "forged-domain",
    { .text = ASTRID, .error_name = FORGED "token_2dof_2dastrid.Code0" } },
};

static void
test_failure (Fixture *fixture, gconstpointer data)
{
  const Failure *failure = data;

  fixture->fake->accounts = failure->accounts;
  fixture->fake->token = failure->token;
  assert_no_token (fixture, NULL, NULL);
}

static void
test_hangs (Fixture *fixture, gconstpointer data)
{
  gboolean at_accounts = data != NULL;

  if (at_accounts)
    fixture->fake->accounts.text = NULL;
  fixture->fake->token.text = NULL;
  si_broker_set_timeout (fixture->broker, SHORT_MS);
  assert_no_token (fixture, NULL, NULL);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  fixture->fake->token.text = NULL;
  si_broker_acquire_token_async (fixture->broker, NULL, NULL, cancellable,
                                 si_test_keep_result, &result);
  si_test_wait_until (g_str_equal (fixture->fake->calls->str, CALLS));
  g_cancellable_cancel (cancellable);
  si_test_wait_until (result != NULL);
  g_assert_null (si_broker_acquire_token_finish (fixture->broker, result, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_cancelled_before (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError)       error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (acquire (fixture, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpstr (fixture->fake->calls->str, ==, "");
}

static void
assert_parameter (Fixture *fixture, const char *member, const char *value)
{
  g_autoptr (JsonObject) request = si_json_parse_object (
      fixture->fake->request, strlen (fixture->fake->request), NULL);
  JsonObject *parameters = si_json_get_object (request, "authParameters");

  g_assert_cmpstr (si_json_get_string (parameters, member), ==, value);
}

static void
test_claims (Fixture *fixture, gconstpointer data)
{
  const char             *claims = "{\"access_token\":{\"acrs\":{\"essential\":true}}}";
  g_autoptr (SiChallenge) challenge = si_challenge_new (-1, NULL, claims);

  assert_token (fixture, challenge, NULL);
  assert_parameter (fixture, "decodedClaims", claims);
  assert_parameter (fixture, "accessTokenToRenew", NULL);
}

static void
test_renewed (Fixture *fixture, gconstpointer data)
{
  assert_token (fixture, NULL, "token-of-yesterday");
  assert_parameter (fixture, "accessTokenToRenew", "token-of-yesterday");
}

static void
test_not_renewed (Fixture *fixture, gconstpointer data)
{
  assert_no_token (fixture, NULL, TOKEN);
}

/* What only a person can do, the broker is not even asked for. */
static void
test_not_silent (Fixture *fixture, gconstpointer data)
{
  static const struct {
    int         max_age;
    const char *acr_values;
    const char *claims;
  } cases[] = {
    { -1, NULL, NULL },     { 300, NULL, NULL },    { 0, NULL, "{}" },
    { -1, "strong", NULL }, { -1, "strong", "{}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (SiChallenge) challenge
        = si_challenge_new (cases[i].max_age, cases[i].acr_values, cases[i].claims);

    assert_no_token (fixture, challenge, NULL);
  }
  g_assert_cmpstr (fixture->fake->calls->str, ==, "");
}

static void
test_no_resource (Fixture *fixture, gconstpointer data)
{
  static const char *const own[] = { "openid", "offline_access", NULL };

  g_assert_finalize_object (fixture->broker);
  fixture->broker = si_broker_new (fixture->connection, CLIENT, ISSUER, own);
  assert_no_token (fixture, NULL, NULL);
  g_assert_cmpstr (fixture->fake->calls->str, ==, "");
}

/* An authority is one whichever way the issuer is written. */
static void
test_authority (Fixture *fixture, gconstpointer data)
{
  static const char *const issuers[] = {
    "https://login.example/tenant",
    "https://login.example/tenant/",
    "https://login.example/tenant/v2.0",
    "https://login.example/tenant/v2.0/",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (issuers); i++) {
    g_assert_finalize_object (fixture->broker);
    fixture->broker = si_broker_new (fixture->connection, CLIENT, issuers[i], scopes);
    g_clear_pointer (&fixture->username, g_free);
    assert_token (fixture, NULL, NULL);
    assert_parameter (fixture, "authority", "https://login.example/tenant");
  }
}

typedef struct {
  const char *name;
  const char *options;
  gboolean    works;
  const char *calls; /* NULL where it depends on how fast it starts */
} Activated;

#define LOGGED "getAccounts\nacquireTokenSilently\n"

static const Activated activated[] = {
  { "microsoft", "--dialect microsoft", TRUE, LOGGED },
  { "himmelblau", "--dialect himmelblau", TRUE, LOGGED },
  { "microsoft-ui-required", "--dialect microsoft --fail ui-required", FALSE, LOGGED },
  { "himmelblau-ui-required", "--dialect himmelblau --fail ui-required", FALSE, LOGGED },
  { "microsoft-error", "--dialect microsoft --fail error", FALSE, LOGGED },
  { "himmelblau-error", "--dialect himmelblau --fail error", FALSE, LOGGED },
  { "no-account", "--fail no-account", FALSE, "getAccounts\n" },
  { "nonsense", "--fail nonsense", FALSE, LOGGED },
  { "hang", "--fail hang", FALSE, NULL },
};

static void
write_file (const char *directory, const char *name, const char *text)
{
  g_autofree char   *path = g_build_filename (directory, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
remove_file (const char *directory, const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);

  g_unlink (path);
}

static char *
read_log (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, "log", NULL);
  char            *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);

  return text;
}

static char *
new_service_directory (const Activated *row)
{
  g_autoptr (GError) error = NULL;
  char              *directory = g_dir_make_tmp (NULL, &error);
  g_autofree char   *service = NULL;

  g_assert_no_error (error);
  service = g_strdup_printf ("[D-BUS Service]\nName=" SI_FAKE_BROKER_NAME "\n"
                             "Exec=" PYTHON " " FAKE_BROKER " %s --username " ASTRID
                             " --token-file %s/token --log %s/log\n",
                             row->options, directory, directory);
  write_file (directory, "token", TOKEN "\n");
  write_file (directory, SI_FAKE_BROKER_NAME ".service", service);

  return directory;
}

static void
remove_service_directory (const char *directory)
{
  remove_file (directory, "log");
  remove_file (directory, "token");
  remove_file (directory, SI_FAKE_BROKER_NAME ".service");
  g_assert_cmpint (g_rmdir (directory), ==, 0);
}

/* On the session bus, which the broker object finds by itself. It starts a broker that is
 * asked for something, and no other. */
static void
test_activated (gconstpointer data)
{
  const Activated        *row = data;
  g_autofree char        *directory = new_service_directory (row);
  g_autoptr (SiChallenge) too_old = si_challenge_new (300, NULL, NULL);
  g_autofree char        *before = NULL;
  g_autofree char        *log = NULL;
  Fixture                 fixture = { NULL };

  set_up_bus (&fixture, directory);
  g_assert_finalize_object (fixture.broker);
  fixture.broker = si_broker_new (NULL, CLIENT, ISSUER, scopes);
  si_broker_set_timeout (fixture.broker, row->calls != NULL ? LONG_MS : HANG_MS);

  assert_no_token (&fixture, too_old, NULL);
  before = read_log (directory);
  g_assert_null (before);

  if (row->works)
    assert_token (&fixture, NULL, NULL);
  else
    assert_no_token (&fixture, NULL, NULL);
  log = read_log (directory);
  if (row->calls != NULL)
    g_assert_cmpstr (log, ==, row->calls);

  tear_down (&fixture, NULL);
  remove_service_directory (directory);
}

#define ADD(name, test)                                                                  \
  g_test_add ("/broker/" name, Fixture, NULL, set_up, test, tear_down)
#define ADD_WITH(name, data, test)                                                       \
  g_test_add ("/broker/" name, Fixture, data, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/broker/none", Fixture, NULL, set_up_without_broker, test_none, tear_down);
  g_test_add ("/broker/no-bus", Fixture, NULL, set_up_without_broker, test_no_bus,
              tear_down);
  ADD_WITH ("microsoft", MICROSOFT, test_dialect);
  ADD_WITH ("himmelblau", HIMMELBLAU, test_dialect);
  ADD ("again", test_again);
  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++) {
    g_autofree char *path = g_strdup_printf ("/broker/failure/%s", failures[i].name);

    g_test_add (path, Fixture, &failures[i], set_up, test_failure, tear_down);
  }
  ADD_WITH ("hangs/accounts", "accounts", test_hangs);
  ADD ("hangs/token", test_hangs);
  ADD ("cancelled", test_cancelled);
  ADD ("cancelled-before", test_cancelled_before);
  ADD ("claims", test_claims);
  ADD ("renewed", test_renewed);
  ADD ("not-renewed", test_not_renewed);
  ADD ("not-silent", test_not_silent);
  ADD ("no-resource", test_no_resource);
  ADD ("authority", test_authority);
  for (gsize i = 0; i < G_N_ELEMENTS (activated); i++) {
    g_autofree char *path = g_strdup_printf ("/broker/activated/%s", activated[i].name);

    g_test_add_data_func (path, &activated[i], test_activated);
  }

  return g_test_run ();
}
