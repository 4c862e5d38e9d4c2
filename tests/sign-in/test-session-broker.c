/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-fake-broker.h"
#include "si-session-fixture.h"

#include <string.h>

/* A session with an identity broker, which is asked before anybody or anything else. */

#define AUTHORITY "https://login.microsoftonline.com/common/v2.0"
#define ACCOUNTS(name)                                                                   \
  "{\"accounts\":[{\"username\":\"" name "@contoso.example\","                           \
  "\"homeAccountId\":\"" name ".tenant\",\"localAccountId\":\"" name "\","               \
  "\"realm\":\"tenant\"}]}"
#define TOKEN(name)                                                                      \
  "{\"brokerTokenResponse\":{\"accessToken\":\"" name "\",\"accessTokenType\":0,"        \
  "\"expiresOn\":1,\"extendedExpiresOn\":1,\"grantedScopes\":\"a\"}}"
#define REFUSAL "{\"brokerTokenResponse\":{\"error\":{\"status\":2}}}"
#define CLAIMS "{\"access_token\":{\"acrs\":{\"value\":\"c1\"}}}"
#define LONG_MS 20000

static const char *const scopes[] = { "api://x/manage", NULL };

typedef struct {
  SiSessionFixture session;
  GTestDBus       *bus;
  GDBusConnection *connection;
  SiFakeBroker    *fake;
  SiBroker        *broker;
  GAsyncResult    *result;
} Fixture;

static void
set_up_without_broker (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (fixture->bus);
  fixture->connection = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (fixture->bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);
  g_assert_no_error (error);
  fixture->broker = si_broker_new (fixture->connection, CLIENT_ID, AUTHORITY, scopes);
  si_broker_set_timeout (fixture->broker, LONG_MS);
  si_session_fixture_set_up_with_broker (&fixture->session, fixture->broker);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  set_up_without_broker (fixture, data);
  fixture->fake = si_fake_broker_new (g_test_dbus_get_bus_address (fixture->bus));
  fixture->fake->accounts.text = ACCOUNTS ("astrid");
  fixture->fake->token.text = TOKEN ("bt-1");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_null (fixture->result);
  si_session_fixture_tear_down (&fixture->session, data);
  g_assert_finalize_object (fixture->broker);
  g_clear_pointer (&fixture->fake, si_fake_broker_free);
  g_dbus_connection_close_sync (fixture->connection, NULL, NULL);
  g_clear_object (&fixture->connection);
  g_test_dbus_down (fixture->bus);
  g_clear_object (&fixture->bus);
}

static SiSession *
get_session (Fixture *fixture)
{
  return fixture->session.session;
}

static void
assert_state (Fixture *fixture, SiSessionState state, gboolean is_asked_for)
{
  g_assert_cmpint (si_session_get_state (get_session (fixture)), ==, state);
  g_assert_cmpint (si_session_is_asked_for (get_session (fixture)), ==, is_asked_for);
}

static void
renew (Fixture *fixture, const char *refused, SiChallenge *challenge, gboolean may_ask)
{
  si_session_fixture_renew (&fixture->session, refused, challenge, may_ask,
                            &fixture->result);
}

static void
assert_token (Fixture *fixture, const char *token)
{
  si_session_fixture_assert_token (&fixture->session, &fixture->result, token);
}

static void
assert_error (Fixture *fixture, SiError code)
{
  si_session_fixture_assert_error (&fixture->session, &fixture->result, code);
}

static guint
count_requests (Fixture *fixture)
{
  return si_scripted_server_get_n_requests (fixture->session.issuer.server);
}

/* Whoever has signed in to the computer need not do so again. */
static void
test_first (Fixture *fixture, gconstpointer data)
{
  si_session_fixture_keep (&fixture->session, "rt-1", SUBJECT);
  si_session_fixture_restore (&fixture->session);
  assert_state (fixture, SI_SESSION_OPEN, FALSE);
  si_session_fixture_get_now (&fixture->session, "bt-1");
  g_assert_cmpuint (count_requests (fixture), ==, 0);
  /* What an earlier sign-in left is none of the broker's business. */
  si_session_fixture_assert_kept (&fixture->session, "rt-1", SUBJECT);
}

static void
test_early (Fixture *fixture, gconstpointer data)
{
  si_session_restore (get_session (fixture));
  si_session_fixture_get (&fixture->session, &fixture->result);
  assert_token (fixture, "bt-1");
}

static void
test_keyring_second (Fixture *fixture, gconstpointer data)
{
  if (fixture->fake != NULL)
    fixture->fake->token.text = REFUSAL;
  si_session_fixture_keep (&fixture->session, "rt-1", SUBJECT);
  si_session_fixture_restore (&fixture->session);
  assert_state (fixture, SI_SESSION_OPEN, FALSE);
  si_issuer_fixture_describe (&fixture->session.issuer, NULL);
  si_issuer_fixture_expect_tokens (&fixture->session.issuer, "at-2", "rt-2", NULL);
  si_session_fixture_get_now (&fixture->session, "at-2");
}

static void
test_person_last (Fixture *fixture, gconstpointer data)
{
  if (fixture->fake != NULL)
    fixture->fake->token.text = REFUSAL;
  si_session_fixture_restore (&fixture->session);
  assert_state (fixture, SI_SESSION_NEEDED, FALSE);
  g_assert_null (si_session_get_error (get_session (fixture)));
  si_session_fixture_sign_in (&fixture->session, "at-1", "rt-1", SUBJECT);

  /* From then on the issuer renews it. */
  si_issuer_fixture_describe (&fixture->session.issuer, NULL);
  si_issuer_fixture_expect_tokens (&fixture->session.issuer, "at-2", NULL, NULL);
  renew (fixture, "at-1", NULL, FALSE);
  assert_token (fixture, "at-2");
}

static void
test_renewed (Fixture *fixture, gconstpointer data)
{
  si_session_fixture_restore (&fixture->session);
  fixture->fake->token.text = TOKEN ("bt-2");
  renew (fixture, "bt-1", NULL, FALSE);
  assert_token (fixture, "bt-2");
  g_assert_nonnull (strstr (fixture->fake->request, "bt-1"));
  si_session_fixture_get_now (&fixture->session, "bt-2");
  g_assert_cmpuint (count_requests (fixture), ==, 0);
}

/* Nothing that the keyring has was refused. */
static void
test_not_renewed (Fixture *fixture, gconstpointer data)
{
  si_session_fixture_keep (&fixture->session, "rt-1", SUBJECT);
  si_session_fixture_restore (&fixture->session);
  fixture->fake->token.text = REFUSAL;
  renew (fixture, "bt-1", NULL, FALSE);
  assert_error (fixture, SI_ERROR_SIGN_IN_REQUIRED);
  assert_state (fixture, SI_SESSION_NEEDED, FALSE);
  g_assert_error (si_session_get_error (get_session (fixture)), SI_ERROR,
                  SI_ERROR_SIGN_IN_REQUIRED);
  si_session_fixture_assert_kept (&fixture->session, "rt-1", SUBJECT);
}

/* The issuer calls the same person by another name than the broker does. */
static void
test_change_not_renewed (Fixture *fixture, gconstpointer data)
{
  si_session_fixture_restore (&fixture->session);
  fixture->fake->token.text = REFUSAL;
  renew (fixture, "bt-1", NULL, TRUE);
  si_test_wait_until (si_session_is_asked_for (get_session (fixture)));
  assert_state (fixture, SI_SESSION_OPEN, TRUE);
  si_session_fixture_sign_in (&fixture->session, "at-1", "rt-1", SUBJECT);
  assert_token (fixture, "at-1");
}

/* Somebody else has signed in to the computer. */
static void
test_other_account (Fixture *fixture, gconstpointer data)
{
  si_session_fixture_restore (&fixture->session);
  fixture->fake->accounts.text = ACCOUNTS ("bo");
  fixture->fake->token.text = TOKEN ("bt-of-bo");
  renew (fixture, "bt-1", NULL, FALSE);
  assert_error (fixture, SI_ERROR_SIGN_IN_REQUIRED);
  assert_state (fixture, SI_SESSION_NEEDED, FALSE);
}

/* What the broker has an answer to, nobody is asked for. */
static void
test_challenge (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiChallenge) challenge = si_challenge_new (-1, NULL, CLAIMS);

  si_session_fixture_restore (&fixture->session);
  fixture->fake->token.text = TOKEN ("bt-2");
  renew (fixture, "bt-1", challenge, TRUE);
  assert_state (fixture, SI_SESSION_OPEN, FALSE);
  assert_token (fixture, "bt-2");
  g_assert_nonnull (strstr (fixture->fake->request, "acrs"));
  assert_state (fixture, SI_SESSION_OPEN, FALSE);

  /* It is as good for whoever was refused at the same time. */
  renew (fixture, "bt-1", challenge, TRUE);
  assert_token (fixture, "bt-2");
}

static void
test_challenge_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiChallenge) challenge = si_challenge_new (-1, NULL, CLAIMS);

  si_session_fixture_restore (&fixture->session);
  fixture->fake->token.text = REFUSAL;
  renew (fixture, "bt-1", challenge, TRUE);
  si_test_wait_until (si_session_is_asked_for (get_session (fixture)));
  assert_state (fixture, SI_SESSION_OPEN, TRUE);
  g_assert_true (si_session_get_challenge (get_session (fixture)) == challenge);
  si_session_fixture_get_now (&fixture->session, "bt-1");
  si_session_fixture_sign_in (&fixture->session, "at-1", "rt-1", SUBJECT);
  assert_token (fixture, "at-1");
}

/* A broker that is busy with another token is not waited for: the person can do it. */
static void
test_challenge_while_renewing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiChallenge) challenge = si_challenge_new (-1, NULL, CLAIMS);
  GAsyncResult           *quiet = NULL;

  si_session_fixture_restore (&fixture->session);
  fixture->fake->token.text = TOKEN ("bt-2");
  si_session_fixture_renew (&fixture->session, "bt-1", NULL, FALSE, &quiet);
  renew (fixture, "bt-1", challenge, TRUE);
  assert_state (fixture, SI_SESSION_OPEN, TRUE);
  si_session_fixture_assert_token (&fixture->session, &quiet, "bt-2");
  assert_state (fixture, SI_SESSION_OPEN, TRUE);
  si_session_fixture_sign_in (&fixture->session, "at-1", "rt-1", SUBJECT);
  assert_token (fixture, "at-1");
}

/* How long ago somebody signed in no broker answers for. */
static void
test_max_age (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiChallenge) challenge = si_challenge_new (0, NULL, NULL);

  si_session_fixture_restore (&fixture->session);
  fixture->fake->token.text = TOKEN ("bt-2");
  g_string_truncate (fixture->fake->calls, 0);
  renew (fixture, "bt-1", challenge, TRUE);
  si_test_wait_until (si_session_is_asked_for (get_session (fixture)));
  g_assert_cmpstr (fixture->fake->calls->str, ==, "");
  si_session_fixture_sign_in (&fixture->session, "at-1", NULL, SUBJECT);
  assert_token (fixture, "at-1");
}

static void
test_quiet_challenge (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiChallenge) challenge = si_challenge_new (-1, NULL, CLAIMS);

  si_session_fixture_restore (&fixture->session);
  fixture->fake->token.text = TOKEN ("bt-2");
  renew (fixture, "bt-1", challenge, FALSE);
  assert_token (fixture, "bt-2");

  /* One that does not do for this does for all else. */
  fixture->fake->token.text = REFUSAL;
  renew (fixture, "bt-2", challenge, FALSE);
  assert_error (fixture, SI_ERROR_STEP_UP_REQUIRED);
  assert_state (fixture, SI_SESSION_OPEN, FALSE);
  si_session_fixture_get_now (&fixture->session, "bt-2");
}

static void
test_sign_out (Fixture *fixture, gconstpointer data)
{
  si_session_fixture_restore (&fixture->session);
  si_session_sign_out (get_session (fixture));
  assert_state (fixture, SI_SESSION_NEEDED, FALSE);
  si_session_fixture_get (&fixture->session, &fixture->result);
  assert_error (fixture, SI_ERROR_SIGN_IN_REQUIRED);
  g_assert_cmpuint (count_requests (fixture), ==, 0);
}

#define ADD(name, test)                                                                  \
  g_test_add ("/session-broker/" name, Fixture, NULL, set_up, test, tear_down)
#define ADD_WITHOUT(name, test)                                                          \
  g_test_add ("/session-broker/none/" name, Fixture, NULL, set_up_without_broker, test,  \
              tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  si_session_fixture_make_keyring ();

  ADD ("first", test_first);
  ADD ("early", test_early);
  ADD ("keyring-second", test_keyring_second);
  ADD ("person-last", test_person_last);
  ADD_WITHOUT ("keyring-second", test_keyring_second);
  ADD_WITHOUT ("person-last", test_person_last);
  ADD ("renewed", test_renewed);
  ADD ("not-renewed", test_not_renewed);
  ADD ("change-not-renewed", test_change_not_renewed);
  ADD ("other-account", test_other_account);
  ADD ("challenge", test_challenge);
  ADD ("challenge-refused", test_challenge_refused);
  ADD ("challenge-while-renewing", test_challenge_while_renewing);
  ADD ("max-age", test_max_age);
  ADD ("quiet-challenge", test_quiet_challenge);
  ADD ("sign-out", test_sign_out);
  status = g_test_run ();
  si_session_fixture_remove_keyring ();

  return status;
}
