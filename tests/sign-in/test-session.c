/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-session-fixture.h"

/* Sessions: how they begin, go on without the person, and end. */

#define MANY 5

static void
describe (SiSessionFixture *fixture)
{
  si_issuer_fixture_describe (&fixture->issuer, NULL);
}

static SiReply *
expect_tokens (SiSessionFixture *fixture,
               const char       *access_token,
               const char       *refresh_token)
{
  return si_issuer_fixture_expect_tokens (&fixture->issuer, access_token, refresh_token,
                                          NULL);
}

static void
expect_loss (SiSessionFixture *fixture)
{
  si_scripted_server_expect_bytes (fixture->issuer.server, "POST", "/token", "", 0,
                                   SI_AFTERWARDS_CLOSE);
}

static guint
count_renewals (SiSessionFixture *fixture)
{
  return si_issuer_fixture_count (&fixture->issuer, "POST /token");
}

static void
wait_for_unanswered (SiSessionFixture *fixture)
{
  si_test_wait_until (si_scripted_server_get_n_unanswered (fixture->issuer.server) == 1);
}

static void
assert_state (SiSessionFixture *fixture, SiSessionState state, gboolean has_error)
{
  g_assert_cmpint (si_session_get_state (fixture->session), ==, state);
  g_assert_false (si_session_is_asked_for (fixture->session));
  g_assert_cmpint (si_session_get_error (fixture->session) != NULL, ==, has_error);
}

static void
assert_revoked (SiSessionFixture *fixture, guint index, const char *token)
{
  si_test_wait_until (si_scripted_server_get_n_requests (fixture->issuer.server) > index);
  g_assert_cmpstr (si_scripted_server_get_line (fixture->issuer.server, index), ==,
                   "POST /revoke");
  si_issuer_fixture_assert_field (&fixture->issuer, index, "token", token);
}

static void
test_nothing_kept (SiSessionFixture *fixture, gconstpointer data)
{
  GAsyncResult *result = NULL;

  assert_state (fixture, SI_SESSION_UNKNOWN, FALSE);
  si_session_fixture_restore (fixture);
  assert_state (fixture, SI_SESSION_NEEDED, FALSE);
  g_assert_cmpuint (fixture->n_changed, ==, 1);
  si_session_fixture_get (fixture, &result);
  si_session_fixture_assert_error (fixture, &result, SI_ERROR_SIGN_IN_REQUIRED);
  g_assert_cmpuint (si_scripted_server_get_n_requests (fixture->issuer.server), ==, 0);
}

/* However many want a token: one is asked for, when it is wanted, and none is as long as
 * that one is good. */
static void
test_first_requests (SiSessionFixture *fixture, gconstpointer data)
{
  GAsyncResult *results[MANY] = { NULL };

  si_session_fixture_keep (fixture, "rt-1", SUBJECT);
  si_session_fixture_restore (fixture);
  assert_state (fixture, SI_SESSION_OPEN, FALSE);
  g_assert_cmpuint (si_scripted_server_get_n_requests (fixture->issuer.server), ==, 0);

  describe (fixture);
  expect_tokens (fixture, "at-2", "rt-2");
  for (guint i = 0; i < MANY; i++)
    si_session_fixture_get (fixture, &results[i]);
  for (guint i = 0; i < MANY; i++)
    si_session_fixture_assert_token (fixture, &results[i], "at-2");
  si_issuer_fixture_assert_field (&fixture->issuer, 1, "refresh_token", "rt-1");
  si_session_fixture_get_now (fixture, "at-2");
  g_assert_cmpuint (count_renewals (fixture), ==, 1);

  /* The old one is used up, and the new one is still hers. */
  si_session_fixture_assert_kept (fixture, "rt-2", SUBJECT);
}

static void
test_same_refresh_token (SiSessionFixture *fixture, gconstpointer data)
{
  GAsyncResult *result = NULL;

  si_session_fixture_keep (fixture, "rt-1", SUBJECT);
  si_session_fixture_restore (fixture);
  describe (fixture);
  expect_tokens (fixture, "at-2", NULL);
  expect_tokens (fixture, "at-3", "rt-1");
  si_session_fixture_get_now (fixture, "at-2");
  si_session_fixture_renew (fixture, "at-2", NULL, FALSE, &result);
  si_session_fixture_assert_token (fixture, &result, "at-3");
  si_issuer_fixture_assert_field (&fixture->issuer, 2, "refresh_token", "rt-1");
  si_session_fixture_assert_kept (fixture, "rt-1", SUBJECT);
}

/* Who wants a token before it is known whether there is one waits until it is. */
static void
test_early (SiSessionFixture *fixture, gconstpointer data)
{
  GAsyncResult *result = NULL;

  si_session_fixture_keep (fixture, "rt-1", NULL);
  describe (fixture);
  expect_tokens (fixture, "at-2", NULL);
  si_session_restore (fixture->session);
  si_session_fixture_get (fixture, &result);
  si_session_fixture_assert_token (fixture, &result, "at-2");
}

static void
test_early_for_nothing (SiSessionFixture *fixture, gconstpointer data)
{
  GAsyncResult *result = NULL;

  si_session_restore (fixture->session);
  si_session_fixture_get (fixture, &result);
  si_session_fixture_assert_error (fixture, &result, SI_ERROR_SIGN_IN_REQUIRED);
  assert_state (fixture, SI_SESSION_NEEDED, FALSE);
}

static void
test_signed_in_while_restoring (SiSessionFixture *fixture, gconstpointer data)
{
  si_session_fixture_keep (fixture, "rt-0", OTHER_SUBJECT);
  si_session_restore (fixture->session);
  si_session_fixture_sign_in (fixture, "at-1", "rt-1", SUBJECT);
  si_session_fixture_assert_kept (fixture, "rt-1", SUBJECT);
  si_session_fixture_get_now (fixture, "at-1");
}

/* No answer says nothing about the token: it stays, for the next time. */
static void
test_offline (SiSessionFixture *fixture, gconstpointer data)
{
  GAsyncResult *results[MANY] = { NULL };

  si_session_fixture_keep (fixture, "rt-1", SUBJECT);
  si_session_fixture_restore (fixture);
  describe (fixture);
  expect_loss (fixture);
  for (guint i = 0; i < MANY; i++)
    si_session_fixture_get (fixture, &results[i]);
  for (guint i = 0; i < MANY; i++)
    si_session_fixture_assert_error (fixture, &results[i], SI_ERROR_OFFLINE);
  assert_state (fixture, SI_SESSION_OPEN, FALSE);
  si_session_fixture_assert_kept (fixture, "rt-1", SUBJECT);
  g_assert_cmpuint (count_renewals (fixture), ==, 1);

  expect_tokens (fixture, "at-2", NULL);
  si_session_fixture_get_now (fixture, "at-2");
}

static void
activate_cb (SiSessionFixture *fixture)
{
  si_token_source_get_token_async (SI_TOKEN_SOURCE (fixture->session), NULL, NULL, NULL);
}

/* An app that is closed meanwhile does not lose the only token that is still good. */
static void
test_closed_while_renewing (SiSessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GApplication) application
      = g_application_new (NULL, G_APPLICATION_NON_UNIQUE);

  si_session_fixture_keep (fixture, "rt-1", SUBJECT);
  si_session_fixture_restore (fixture);
  describe (fixture);
  expect_tokens (fixture, "at-2", "rt-2");
  g_application_set_default (application);
  g_signal_connect_swapped (application, "activate", G_CALLBACK (activate_cb), fixture);
  g_assert_cmpint (g_application_run (application, 0, NULL), ==, 0);
  g_application_set_default (NULL);
  g_assert_cmpuint (count_renewals (fixture), ==, 1);
  si_session_fixture_assert_kept (fixture, "rt-2", SUBJECT);
}

static void
test_no_longer_good (SiSessionFixture *fixture, gconstpointer data)
{
  GAsyncResult *results[MANY] = { NULL };

  si_session_fixture_keep (fixture, "rt-1", SUBJECT);
  si_session_fixture_restore (fixture);
  describe (fixture);
  si_issuer_fixture_refuse (&fixture->issuer, 400, "invalid_grant");
  for (guint i = 0; i < MANY; i++)
    si_session_fixture_get (fixture, &results[i]);
  for (guint i = 0; i < MANY; i++)
    si_session_fixture_assert_error (fixture, &results[i], SI_ERROR_SIGN_IN_REQUIRED);
  assert_state (fixture, SI_SESSION_NEEDED, TRUE);
  g_assert_error (si_session_get_error (fixture->session), SI_ERROR,
                  SI_ERROR_SIGN_IN_REQUIRED);
  si_session_fixture_assert_kept (fixture, NULL, NULL);

  /* It is not tried again. */
  si_session_fixture_get (fixture, &results[0]);
  si_session_fixture_assert_error (fixture, &results[0], SI_ERROR_SIGN_IN_REQUIRED);
  g_assert_cmpuint (count_renewals (fixture), ==, 1);

  si_session_fixture_sign_in (fixture, "at-3", "rt-3", SUBJECT);
  si_session_fixture_get_now (fixture, "at-3");
}

/* A token that the backend refused is renewed once, for all that had it. */
static void
test_renewed (SiSessionFixture *fixture, gconstpointer data)
{
  GAsyncResult *results[MANY] = { NULL };
  GAsyncResult *late = NULL;

  si_session_fixture_sign_in (fixture, "at-1", "rt-1", SUBJECT);
  describe (fixture);
  expect_tokens (fixture, "at-2", "rt-2");
  for (guint i = 0; i < MANY; i++)
    si_session_fixture_renew (fixture, "at-1", NULL, i % 2 == 0, &results[i]);
  for (guint i = 0; i < MANY; i++)
    si_session_fixture_assert_token (fixture, &results[i], "at-2");

  si_session_fixture_renew (fixture, "at-1", NULL, FALSE, &late);
  si_session_fixture_assert_token (fixture, &late, "at-2");
  g_assert_cmpuint (count_renewals (fixture), ==, 1);
  assert_state (fixture, SI_SESSION_OPEN, FALSE);
}

/* Without a refresh token the end of the token is the end of the session. */
static void
test_not_renewable (SiSessionFixture *fixture, gconstpointer data)
{
  GAsyncResult *result = NULL;

  si_session_fixture_sign_in (fixture, "at-1", NULL, SUBJECT);
  si_session_fixture_renew (fixture, "at-1", NULL, FALSE, &result);
  si_session_fixture_assert_error (fixture, &result, SI_ERROR_SIGN_IN_REQUIRED);
  assert_state (fixture, SI_SESSION_NEEDED, TRUE);
}

static void
test_expired (SiSessionFixture *fixture, gconstpointer data)
{
  g_autoptr (SiTokens) tokens = si_tokens_new ("at-1", NULL, SUBJECT, 0);
  GAsyncResult        *result = NULL;

  g_assert_true (si_session_begin (fixture->session, tokens, NULL));
  si_session_fixture_get (fixture, &result);
  si_session_fixture_assert_error (fixture, &result, SI_ERROR_SIGN_IN_REQUIRED);
}

/* What a sign-in does not bring is nothing that an earlier one could be gone on with. */
static void
test_nothing_left_over (SiSessionFixture *fixture, gconstpointer data)
{
  GAsyncResult *result = NULL;

  si_session_fixture_sign_in (fixture, "at-1", "rt-1", SUBJECT);
  si_session_fixture_sign_in (fixture, "at-2", NULL, OTHER_SUBJECT);
  si_session_fixture_assert_kept (fixture, NULL, NULL);
  si_session_fixture_renew (fixture, "at-2", NULL, FALSE, &result);
  si_session_fixture_assert_error (fixture, &result, SI_ERROR_SIGN_IN_REQUIRED);
}

/* Nobody is asked for: anybody may sign in. */
static void
test_other_account (SiSessionFixture *fixture, gconstpointer data)
{
  si_session_fixture_sign_in (fixture, "at-1", "rt-1", SUBJECT);
  si_session_fixture_assert_kept (fixture, "rt-1", SUBJECT);
  si_session_fixture_sign_in (fixture, "at-2", "rt-2", OTHER_SUBJECT);
  si_session_fixture_get_now (fixture, "at-2");
  si_session_fixture_assert_kept (fixture, "rt-2", OTHER_SUBJECT);
}

/* OpenID Connect Core, section 12.2. */
static void
test_same_person_renewed (SiSessionFixture *fixture, gconstpointer data)
{
  g_autofree char *id_token
      = si_issuer_fixture_dup_id_token (&fixture->issuer, SUBJECT, NULL);
  GAsyncResult *result = NULL;

  si_session_fixture_sign_in (fixture, "at-1", "rt-1", SUBJECT);
  describe (fixture);
  si_issuer_fixture_expect_tokens (&fixture->issuer, "at-2", "rt-2", id_token);
  si_session_fixture_renew (fixture, "at-1", NULL, FALSE, &result);
  si_session_fixture_assert_token (fixture, &result, "at-2");
}

static void
test_other_person_renewed (SiSessionFixture *fixture, gconstpointer data)
{
  g_autofree char *id_token
      = si_issuer_fixture_dup_id_token (&fixture->issuer, OTHER_SUBJECT, NULL);
  GAsyncResult *result = NULL;

  si_session_fixture_keep (fixture, "rt-1", SUBJECT);
  si_session_fixture_restore (fixture);
  describe (fixture);
  si_issuer_fixture_expect_tokens (&fixture->issuer, "at-2", "rt-2", id_token);
  si_issuer_fixture_expect_revocation (&fixture->issuer);
  si_session_fixture_get (fixture, &result);
  si_session_fixture_assert_error (fixture, &result, SI_ERROR_SIGN_IN_REQUIRED);
  assert_state (fixture, SI_SESSION_NEEDED, TRUE);
  assert_revoked (fixture, 2, "rt-2");
  si_session_fixture_assert_kept (fixture, NULL, NULL);
}

static void
test_sign_out (SiSessionFixture *fixture, gconstpointer data)
{
  GAsyncResult *result = NULL;

  si_session_fixture_sign_in (fixture, "at-1", "rt-1", SUBJECT);
  describe (fixture);
  si_issuer_fixture_expect_revocation (&fixture->issuer);
  si_session_sign_out (fixture->session);
  assert_state (fixture, SI_SESSION_NEEDED, FALSE);
  assert_revoked (fixture, 1, "rt-1");
  si_session_fixture_assert_kept (fixture, NULL, NULL);
  si_session_fixture_get (fixture, &result);
  si_session_fixture_assert_error (fixture, &result, SI_ERROR_SIGN_IN_REQUIRED);

  /* Nobody is expected to be the same. */
  si_session_fixture_sign_in (fixture, "at-2", "rt-2", OTHER_SUBJECT);
}

static void
test_sign_out_unrenewable (SiSessionFixture *fixture, gconstpointer data)
{
  si_session_fixture_sign_in (fixture, "at-1", NULL, SUBJECT);
  si_session_sign_out (fixture->session);
  assert_state (fixture, SI_SESSION_NEEDED, FALSE);
  g_assert_cmpuint (si_scripted_server_get_n_requests (fixture->issuer.server), ==, 0);
}

/* Not every issuer takes a token back. */
static void
test_sign_out_refused (SiSessionFixture *fixture, gconstpointer data)
{
  si_session_fixture_sign_in (fixture, "at-1", "rt-1", SUBJECT);
  describe (fixture);
  si_scripted_server_expect (fixture->issuer.server, "POST", "/revoke", 401, NULL);
  si_session_sign_out (fixture->session);
  assert_state (fixture, SI_SESSION_NEEDED, FALSE);
  si_session_fixture_assert_kept (fixture, NULL, NULL);
}

/* The tokens that come for who has left are given back, and kept nowhere. */
static void
test_sign_out_while_renewing (SiSessionFixture *fixture, gconstpointer data)
{
  GAsyncResult *quiet = NULL;
  GAsyncResult *patient = NULL;
  SiReply      *reply;

  si_session_fixture_sign_in (fixture, "at-1", "rt-1", SUBJECT);
  describe (fixture);
  reply = expect_tokens (fixture, "at-2", "rt-2");
  si_reply_hold (reply);
  si_session_fixture_renew (fixture, "at-1", NULL, FALSE, &quiet);
  si_session_fixture_renew (fixture, "at-1", NULL, TRUE, &patient);
  wait_for_unanswered (fixture);

  si_issuer_fixture_expect_revocation (&fixture->issuer);
  si_issuer_fixture_expect_revocation (&fixture->issuer);
  si_session_sign_out (fixture->session);
  si_session_fixture_assert_error (fixture, &quiet, SI_ERROR_SIGN_IN_REQUIRED);
  si_session_fixture_assert_error (fixture, &patient, SI_ERROR_SIGN_IN_REQUIRED);
  assert_revoked (fixture, 2, "rt-1");
  si_reply_release (reply);
  assert_revoked (fixture, 3, "rt-2");
  assert_state (fixture, SI_SESSION_NEEDED, FALSE);
  si_session_fixture_assert_kept (fixture, NULL, NULL);
}

static void
test_sign_in_while_renewing (SiSessionFixture *fixture, gconstpointer data)
{
  GAsyncResult *quiet = NULL;
  SiReply      *reply;

  si_session_fixture_sign_in (fixture, "at-1", "rt-1", SUBJECT);
  describe (fixture);
  reply = expect_tokens (fixture, "at-2", "rt-2");
  si_reply_hold (reply);
  si_session_fixture_renew (fixture, "at-1", NULL, FALSE, &quiet);
  wait_for_unanswered (fixture);

  si_session_fixture_sign_in (fixture, "at-3", "rt-3", SUBJECT);
  si_session_fixture_assert_token (fixture, &quiet, "at-3");
  si_reply_release (reply);
  expect_tokens (fixture, "at-4", "rt-4");
  si_session_fixture_renew (fixture, "at-3", NULL, FALSE, &quiet);
  si_session_fixture_assert_token (fixture, &quiet, "at-4");
  si_session_fixture_assert_kept (fixture, "rt-4", SUBJECT);
}

/* Without a keyring everything goes on as long as the app does. */
static void
test_no_keyring (SiSessionFixture *fixture, gconstpointer data)
{
  GAsyncResult *result = NULL;

  /* The library makes a keyring where it finds none. */
  si_session_fixture_assert_kept (fixture, NULL, NULL);
  si_session_fixture_hide_keyring (TRUE);
  si_session_fixture_sign_in (fixture, "at-1", "rt-1", SUBJECT);
  si_test_wait_until (fixture->n_kept_not == 1);
  describe (fixture);
  expect_tokens (fixture, "at-2", NULL);
  si_session_fixture_renew (fixture, "at-1", NULL, FALSE, &result);
  si_session_fixture_assert_token (fixture, &result, "at-2");
  g_assert_cmpuint (fixture->n_forgotten_not, ==, 0);
  si_session_fixture_hide_keyring (FALSE);
}

/* Whoever signs out has to know that the token is still there. */
static void
test_not_forgotten (SiSessionFixture *fixture, gconstpointer data)
{
  si_session_fixture_sign_in (fixture, "at-1", "rt-1", SUBJECT);
  si_session_fixture_assert_kept (fixture, "rt-1", SUBJECT);
  si_session_fixture_hide_keyring (TRUE);
  describe (fixture);
  si_issuer_fixture_expect_revocation (&fixture->issuer);
  si_session_sign_out (fixture->session);
  si_test_wait_until (fixture->n_forgotten_not == 1);
  assert_state (fixture, SI_SESSION_NEEDED, FALSE);
  g_assert_cmpuint (fixture->n_kept_not, ==, 0);
  si_session_fixture_hide_keyring (FALSE);
}

#define ADD(name, test)                                                                  \
  g_test_add ("/session/" name, SiSessionFixture, NULL, si_session_fixture_set_up, test, \
              si_session_fixture_tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  si_session_fixture_make_keyring ();

  ADD ("nothing-kept", test_nothing_kept);
  ADD ("first-requests", test_first_requests);
  ADD ("same-refresh-token", test_same_refresh_token);
  ADD ("early", test_early);
  ADD ("early-for-nothing", test_early_for_nothing);
  ADD ("signed-in-while-restoring", test_signed_in_while_restoring);
  ADD ("offline", test_offline);
  ADD ("closed-while-renewing", test_closed_while_renewing);
  ADD ("no-longer-good", test_no_longer_good);
  ADD ("renewed", test_renewed);
  ADD ("not-renewable", test_not_renewable);
  ADD ("expired", test_expired);
  ADD ("nothing-left-over", test_nothing_left_over);
  ADD ("other-account", test_other_account);
  ADD ("same-person-renewed", test_same_person_renewed);
  ADD ("other-person-renewed", test_other_person_renewed);
  ADD ("sign-out", test_sign_out);
  ADD ("sign-out-unrenewable", test_sign_out_unrenewable);
  ADD ("sign-out-refused", test_sign_out_refused);
  ADD ("sign-out-while-renewing", test_sign_out_while_renewing);
  ADD ("sign-in-while-renewing", test_sign_in_while_renewing);
  ADD ("no-keyring", test_no_keyring);
  ADD ("not-forgotten", test_not_forgotten);
  status = g_test_run ();
  si_session_fixture_remove_keyring ();

  return status;
}
