/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-session-fixture.h"

/* What the person has to sign in (once more) for, and whoever waits for it. */

typedef struct {
  SiSessionFixture session;
  SiChallenge     *challenge;
  GAsyncResult    *waiting; /* what came of the change that the person wants */
  GAsyncResult    *quiet;   /* and of one that only looks */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  si_session_fixture_set_up (&fixture->session, data);
  fixture->challenge = si_challenge_new (300, "strong", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_null (fixture->waiting);
  g_assert_null (fixture->quiet);
  g_clear_object (&fixture->challenge);
  si_session_fixture_tear_down (&fixture->session, data);
}

static SiSession *
get_session (Fixture *fixture)
{
  return fixture->session.session;
}

static void
sign_in (Fixture *fixture, const char *access_token, const char *refresh_token)
{
  si_session_fixture_sign_in (&fixture->session, access_token, refresh_token, SUBJECT);
}

/* A change that the backend wants a new sign-in for. */
static void
step_up (Fixture *fixture, const char *refused)
{
  si_session_fixture_renew (&fixture->session, refused, fixture->challenge, TRUE,
                            &fixture->waiting);
}

static void
assert_asked (Fixture *fixture)
{
  g_assert_true (si_session_is_asked_for (get_session (fixture)));
  g_assert_cmpint (si_session_get_state (get_session (fixture)), ==, SI_SESSION_OPEN);
  g_assert_null (fixture->waiting);
}

static void
assert_not_asked (Fixture *fixture, SiSessionState state)
{
  g_assert_false (si_session_is_asked_for (get_session (fixture)));
  g_assert_null (si_session_get_challenge (get_session (fixture)));
  g_assert_cmpint (si_session_get_state (get_session (fixture)), ==, state);
}

static void
assert_answered (Fixture *fixture, const char *token)
{
  si_session_fixture_assert_token (&fixture->session, &fixture->waiting, token);
}

static void
assert_refused (Fixture *fixture, SiError code)
{
  si_session_fixture_assert_error (&fixture->session, &fixture->waiting, code);
}

static SiReply *
expect_renewal (Fixture *fixture, const char *access_token, const char *refresh_token)
{
  si_issuer_fixture_describe (&fixture->session.issuer, NULL);

  return si_issuer_fixture_expect_tokens (&fixture->session.issuer, access_token,
                                          refresh_token, NULL);
}

static void
test_all (Fixture *fixture, gconstpointer data)
{
  guint n_changed;

  sign_in (fixture, "at-1", "rt-1");
  n_changed = fixture->session.n_changed;
  step_up (fixture, "at-1");
  assert_asked (fixture);
  g_assert_cmpuint (fixture->session.n_changed, ==, n_changed + 1);
  g_assert_true (si_session_get_challenge (get_session (fixture)) == fixture->challenge);
  g_assert_null (si_session_get_error (get_session (fixture)));

  /* What only looks goes on as before. */
  si_session_fixture_get_now (&fixture->session, "at-1");
  sign_in (fixture, "at-2", "rt-2");
  assert_answered (fixture, "at-2");
  assert_not_asked (fixture, SI_SESSION_OPEN);
  si_session_fixture_assert_kept (&fixture->session, "rt-2", SUBJECT);
  g_assert_cmpuint (si_scripted_server_get_n_requests (fixture->session.issuer.server),
                    ==, 0);
}

/* A token that came without the person is not what is waited for. */
static void
test_renewed_meanwhile (Fixture *fixture, gconstpointer data)
{
  sign_in (fixture, "at-1", "rt-1");
  step_up (fixture, "at-1");
  expect_renewal (fixture, "at-2", "rt-2");
  si_session_fixture_renew (&fixture->session, "at-1", NULL, FALSE, &fixture->quiet);
  si_session_fixture_assert_token (&fixture->session, &fixture->quiet, "at-2");
  assert_asked (fixture);
  g_assert_true (si_session_get_challenge (get_session (fixture)) == fixture->challenge);

  sign_in (fixture, "at-3", "rt-3");
  assert_answered (fixture, "at-3");
}

static void
test_offline_meanwhile (Fixture *fixture, gconstpointer data)
{
  sign_in (fixture, "at-1", "rt-1");
  step_up (fixture, "at-1");
  si_scripted_server_expect (fixture->session.issuer.server, "GET", DISCOVERY_PATH, 503,
                             NULL);
  si_session_fixture_renew (&fixture->session, "at-1", NULL, FALSE, &fixture->quiet);
  si_session_fixture_assert_error (&fixture->session, &fixture->quiet,
                                   SI_ERROR_UNAVAILABLE);
  assert_asked (fixture);
  sign_in (fixture, "at-2", "rt-2");
  assert_answered (fixture, "at-2");
}

/* The old session may end while the person is asked. */
static void
test_ended_meanwhile (Fixture *fixture, gconstpointer data)
{
  sign_in (fixture, "at-1", "rt-1");
  step_up (fixture, "at-1");
  si_issuer_fixture_describe (&fixture->session.issuer, NULL);
  si_issuer_fixture_refuse (&fixture->session.issuer, 400, "invalid_grant");
  si_session_fixture_renew (&fixture->session, "at-1", NULL, FALSE, &fixture->quiet);
  si_session_fixture_assert_error (&fixture->session, &fixture->quiet,
                                   SI_ERROR_SIGN_IN_REQUIRED);
  assert_asked (fixture);
  g_assert_true (si_session_get_challenge (get_session (fixture)) == fixture->challenge);
  si_session_fixture_assert_kept (&fixture->session, NULL, NULL);

  sign_in (fixture, "at-2", "rt-2");
  assert_answered (fixture, "at-2");
}

/* A refusal that was on its way while the token was renewed still needs the person. */
static void
test_renewed_before (Fixture *fixture, gconstpointer data)
{
  sign_in (fixture, "at-1", "rt-1");
  expect_renewal (fixture, "at-2", "rt-2");
  si_session_fixture_renew (&fixture->session, "at-1", NULL, FALSE, &fixture->quiet);
  si_session_fixture_assert_token (&fixture->session, &fixture->quiet, "at-2");

  step_up (fixture, "at-1");
  assert_asked (fixture);
  sign_in (fixture, "at-3", "rt-3");
  assert_answered (fixture, "at-3");
}

/* One that was on its way while the person signed in does not. */
static void
test_signed_in_before (Fixture *fixture, gconstpointer data)
{
  sign_in (fixture, "at-1", "rt-1");
  sign_in (fixture, "at-2", "rt-2");
  step_up (fixture, "at-1");
  assert_answered (fixture, "at-2");
  assert_not_asked (fixture, SI_SESSION_OPEN);
}

/* Nobody is asked for what they may not have begun. */
static void
test_quiet (Fixture *fixture, gconstpointer data)
{
  sign_in (fixture, "at-1", "rt-1");
  si_session_fixture_renew (&fixture->session, "at-1", fixture->challenge, FALSE,
                            &fixture->quiet);
  si_session_fixture_assert_error (&fixture->session, &fixture->quiet,
                                   SI_ERROR_STEP_UP_REQUIRED);
  assert_not_asked (fixture, SI_SESSION_OPEN);
  si_session_fixture_get_now (&fixture->session, "at-1");
}

static void
test_declined (Fixture *fixture, gconstpointer data)
{
  sign_in (fixture, "at-1", "rt-1");
  step_up (fixture, "at-1");
  si_session_decline (get_session (fixture));
  assert_refused (fixture, SI_ERROR_STEP_UP_REQUIRED);
  assert_not_asked (fixture, SI_SESSION_OPEN);
  si_session_fixture_get_now (&fixture->session, "at-1");
}

static void
test_signed_out (Fixture *fixture, gconstpointer data)
{
  sign_in (fixture, "at-1", NULL);
  step_up (fixture, "at-1");
  si_session_sign_out (get_session (fixture));
  assert_refused (fixture, SI_ERROR_SIGN_IN_REQUIRED);
  assert_not_asked (fixture, SI_SESSION_NEEDED);
}

/* Whoever leaves does not want it any more; the last one takes the question along. */
static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) left = NULL;
  g_autoptr (GError)       error = NULL;
  SiTokenSource           *source = SI_TOKEN_SOURCE (get_session (fixture));

  sign_in (fixture, "at-1", "rt-1");
  step_up (fixture, "at-1");
  si_token_source_renew_token_async (source, "at-1", fixture->challenge, TRUE,
                                     cancellable, si_test_keep_result, &left);
  g_cancellable_cancel (cancellable);
  si_test_wait_until (left != NULL);
  g_assert_null (si_token_source_token_finish (source, left, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_asked (fixture);
  sign_in (fixture, "at-2", "rt-2");
  assert_answered (fixture, "at-2");
}

static void
test_all_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) left = NULL;

  sign_in (fixture, "at-1", "rt-1");
  si_token_source_renew_token_async (SI_TOKEN_SOURCE (get_session (fixture)), "at-1",
                                     fixture->challenge, TRUE, cancellable,
                                     si_test_keep_result, &left);
  assert_asked (fixture);
  g_cancellable_cancel (cancellable);
  si_test_wait_until (!si_session_is_asked_for (get_session (fixture)));
  si_test_wait_until (left != NULL);
  assert_not_asked (fixture, SI_SESSION_OPEN);
}

static void
try_as_other (Fixture *fixture, const char *refresh_token, gboolean succeeds)
{
  g_autoptr (SiTokens) tokens
      = si_tokens_new ("at-of-bo", refresh_token, OTHER_SUBJECT, 3600);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (si_session_begin (get_session (fixture), tokens, &error), ==,
                   succeeds);
  if (succeeds)
    return;

  g_assert_cmpint (si_problem_get_code (si_error_get_problem (error)), ==,
                   SI_PROBLEM_WRONG_ACCOUNT);
}

/* What Astrid has begun nobody else can finish. Their token is of no use, and goes back.
 */
static void
test_wrong_account (Fixture *fixture, gconstpointer data)
{
  sign_in (fixture, "at-1", "rt-1");
  step_up (fixture, "at-1");
  si_issuer_fixture_describe (&fixture->session.issuer, NULL);
  si_issuer_fixture_expect_revocation (&fixture->session.issuer);
  try_as_other (fixture, "rt-of-bo", FALSE);
  assert_asked (fixture);
  si_session_fixture_get_now (&fixture->session, "at-1");
  si_session_fixture_assert_kept (&fixture->session, "rt-1", SUBJECT);
  si_test_wait_until (si_scripted_server_get_n_requests (fixture->session.issuer.server)
                      == 2);
  si_issuer_fixture_assert_field (&fixture->session.issuer, 1, "token", "rt-of-bo");

  sign_in (fixture, "at-2", "rt-2");
  assert_answered (fixture, "at-2");
}

/* Not even if the session is one that was taken up again, and its issuer says no more
 * whose it is. */
static void
test_wrong_account_restored (Fixture *fixture, gconstpointer data)
{
  si_session_fixture_keep (&fixture->session, "rt-1", SUBJECT);
  si_session_fixture_restore (&fixture->session);
  expect_renewal (fixture, "at-2", NULL);
  si_session_fixture_get_now (&fixture->session, "at-2");
  step_up (fixture, "at-2");
  try_as_other (fixture, NULL, FALSE);
  assert_asked (fixture);
  sign_in (fixture, "at-3", "rt-3");
  assert_answered (fixture, "at-3");
}

/* Nor if it has ended meanwhile. */
static void
test_wrong_account_ended (Fixture *fixture, gconstpointer data)
{
  sign_in (fixture, "at-1", NULL);
  si_session_fixture_renew (&fixture->session, "at-1", NULL, TRUE, &fixture->waiting);
  assert_asked (fixture);
  try_as_other (fixture, NULL, FALSE);
  assert_asked (fixture);
  si_session_decline (get_session (fixture));
  assert_refused (fixture, SI_ERROR_SIGN_IN_REQUIRED);

  /* Once nothing waits any more, they may begin a session of their own. */
  try_as_other (fixture, NULL, TRUE);
}

/* Where nobody knows whose the session was, it can't be told. */
static void
test_unknown_account (Fixture *fixture, gconstpointer data)
{
  si_session_fixture_keep (&fixture->session, "rt-1", NULL);
  si_session_fixture_restore (&fixture->session);
  expect_renewal (fixture, "at-2", NULL);
  si_session_fixture_get_now (&fixture->session, "at-2");
  step_up (fixture, "at-2");
  try_as_other (fixture, NULL, TRUE);
  assert_answered (fixture, "at-of-bo");
}

/* A change whose token is no longer good: without the person if possible, else with. */
static void
test_change_renewed (Fixture *fixture, gconstpointer data)
{
  sign_in (fixture, "at-1", "rt-1");
  expect_renewal (fixture, "at-2", "rt-2");
  si_session_fixture_renew (&fixture->session, "at-1", NULL, TRUE, &fixture->waiting);
  assert_answered (fixture, "at-2");
  assert_not_asked (fixture, SI_SESSION_OPEN);
}

static void
test_change_not_renewed (Fixture *fixture, gconstpointer data)
{
  sign_in (fixture, "at-1", "rt-1");
  si_issuer_fixture_describe (&fixture->session.issuer, NULL);
  si_issuer_fixture_refuse (&fixture->session.issuer, 400, "invalid_grant");
  si_session_fixture_renew (&fixture->session, "at-1", NULL, TRUE, &fixture->waiting);
  si_test_wait_until (si_session_is_asked_for (get_session (fixture)));
  assert_asked (fixture);
  g_assert_null (si_session_get_challenge (get_session (fixture)));
  g_assert_error (si_session_get_error (get_session (fixture)), SI_ERROR,
                  SI_ERROR_SIGN_IN_REQUIRED);
  si_session_fixture_assert_kept (&fixture->session, NULL, NULL);

  sign_in (fixture, "at-2", "rt-2");
  assert_answered (fixture, "at-2");
}

static void
test_change_offline (Fixture *fixture, gconstpointer data)
{
  sign_in (fixture, "at-1", "rt-1");
  si_scripted_server_expect (fixture->session.issuer.server, "GET", DISCOVERY_PATH, 503,
                             NULL);
  si_session_fixture_renew (&fixture->session, "at-1", NULL, TRUE, &fixture->waiting);
  assert_refused (fixture, SI_ERROR_UNAVAILABLE);
  assert_not_asked (fixture, SI_SESSION_OPEN);
}

static void
test_change_declined (Fixture *fixture, gconstpointer data)
{
  sign_in (fixture, "at-1", NULL);
  si_session_fixture_renew (&fixture->session, "at-1", NULL, TRUE, &fixture->waiting);
  assert_asked (fixture);
  si_session_decline (get_session (fixture));
  assert_refused (fixture, SI_ERROR_SIGN_IN_REQUIRED);
  assert_not_asked (fixture, SI_SESSION_NEEDED);
}

/* A change that never had a token: its first one can be signed in for, too. */
static void
test_change_without_token (Fixture *fixture, gconstpointer data)
{
  si_session_fixture_restore (&fixture->session);
  si_session_fixture_renew (&fixture->session, NULL, NULL, TRUE, &fixture->waiting);
  g_assert_true (si_session_is_asked_for (get_session (fixture)));
  sign_in (fixture, "at-1", "rt-1");
  assert_answered (fixture, "at-1");
}

#define ADD(name, test)                                                                  \
  g_test_add ("/session-step-up/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  si_session_fixture_make_keyring ();

  ADD ("all", test_all);
  ADD ("renewed-meanwhile", test_renewed_meanwhile);
  ADD ("offline-meanwhile", test_offline_meanwhile);
  ADD ("ended-meanwhile", test_ended_meanwhile);
  ADD ("renewed-before", test_renewed_before);
  ADD ("signed-in-before", test_signed_in_before);
  ADD ("quiet", test_quiet);
  ADD ("declined", test_declined);
  ADD ("signed-out", test_signed_out);
  ADD ("cancelled", test_cancelled);
  ADD ("all-cancelled", test_all_cancelled);
  ADD ("wrong-account", test_wrong_account);
  ADD ("wrong-account-restored", test_wrong_account_restored);
  ADD ("wrong-account-ended", test_wrong_account_ended);
  ADD ("unknown-account", test_unknown_account);
  ADD ("change-renewed", test_change_renewed);
  ADD ("change-not-renewed", test_change_not_renewed);
  ADD ("change-offline", test_change_offline);
  ADD ("change-declined", test_change_declined);
  ADD ("change-without-token", test_change_without_token);
  status = g_test_run ();
  si_session_fixture_remove_keyring ();

  return status;
}
