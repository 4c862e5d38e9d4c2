/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-sign-in.h"

#include <string.h>

#include "si-raw-client.h"
#include "si-session-fixture.h"

/* The person's part of signing in, step by step, and back. */

#define SUCCESS "<p>Signed in"
#define FAILURE "<p>Not signed in"

typedef struct {
  SiSessionFixture session;
  SiSignIn        *sign_in;
  guint            n_changed;
  GAsyncResult    *waiting;
} Fixture;

static void
changed_cb (Fixture *fixture)
{
  fixture->n_changed++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  si_session_fixture_set_up (&fixture->session, data);
  fixture->sign_in
      = si_sign_in_new (fixture->session.session, fixture->session.issuer.client);
  si_sign_in_set_pages (fixture->sign_in, SUCCESS, FAILURE);
  g_signal_connect_swapped (fixture->sign_in, "changed", G_CALLBACK (changed_cb),
                            fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gpointer sign_in = fixture->sign_in;

  g_assert_null (fixture->waiting);
  si_sign_in_cancel (fixture->sign_in);
  g_signal_handlers_disconnect_by_data (fixture->sign_in, fixture);
  g_object_add_weak_pointer (sign_in, &sign_in);
  g_clear_object (&fixture->sign_in);
  si_test_wait_until (sign_in == NULL);
  si_session_fixture_tear_down (&fixture->session, data);
}

static SiIssuerFixture *
get_issuer (Fixture *fixture)
{
  return &fixture->session.issuer;
}

static void
assert_step (Fixture *fixture, SiSignInStep step)
{
  g_assert_cmpint (si_sign_in_get_step (fixture->sign_in), ==, step);
  g_assert_cmpint (si_sign_in_get_uri (fixture->sign_in) != NULL, ==,
                   step == SI_SIGN_IN_STEP_BROWSER);
  g_assert_cmpint (si_sign_in_get_code (fixture->sign_in) != NULL, ==,
                   step == SI_SIGN_IN_STEP_CODE);
}

static void
wait_for_step (Fixture *fixture, SiSignInStep step)
{
  si_test_wait_until (si_sign_in_get_step (fixture->sign_in) == step);
  assert_step (fixture, step);
}

static void
start_browser (Fixture *fixture)
{
  si_sign_in_start_browser (fixture->sign_in);
  assert_step (fixture, SI_SIGN_IN_STEP_STARTING);
  g_assert_null (si_sign_in_get_error (fixture->sign_in));
  wait_for_step (fixture, SI_SIGN_IN_STEP_BROWSER);
}

static void
start_code (Fixture *fixture)
{
  si_issuer_fixture_expect_device_code (get_issuer (fixture), 1);
  si_sign_in_start_code (fixture->sign_in);
  assert_step (fixture, SI_SIGN_IN_STEP_STARTING);
  wait_for_step (fixture, SI_SIGN_IN_STEP_CODE);
}

static char *
dup_parameter (Fixture *fixture, const char *name)
{
  const char *uri = si_sign_in_get_uri (fixture->sign_in);

  return si_issuer_fixture_dup_value (strchr (uri, '?') + 1, name);
}

static void
assert_parameter (Fixture *fixture, const char *name, const char *value)
{
  g_autofree char *got = dup_parameter (fixture, name);

  g_assert_cmpstr (got, ==, value);
}

static void
come_back (Fixture *fixture, const char *parameters, const char *page)
{
  g_autofree char *redirect_uri = dup_parameter (fixture, "redirect_uri");
  g_autofree char *state = dup_parameter (fixture, "state");
  g_autofree char *redirect
      = g_strdup_printf ("%s?state=%s&%s", redirect_uri, state, parameters);
  g_autofree char *answer = si_raw_client_browse (redirect);

  g_assert_nonnull (answer);
  g_assert_true (g_str_has_suffix (answer, page));
}

static void
expect_tokens (Fixture *fixture, const char *subject, const char *nonce)
{
  g_autofree char *id_token
      = si_issuer_fixture_dup_id_token (get_issuer (fixture), subject, nonce);

  si_issuer_fixture_expect_tokens (get_issuer (fixture), "at-1", "rt-1", id_token);
}

/* The browser comes back with a code for somebody's tokens. */
static void
sign_in_as (Fixture *fixture, const char *subject)
{
  g_autofree char *nonce = dup_parameter (fixture, "nonce");

  expect_tokens (fixture, subject, nonce);
  come_back (fixture, "code=code-1", SUCCESS);
  wait_for_step (fixture, SI_SIGN_IN_STEP_NONE);
}

static void
assert_state (Fixture *fixture, SiSessionState state)
{
  g_assert_cmpint (si_session_get_state (fixture->session.session), ==, state);
}

static void
assert_problem (Fixture *fixture, SiProblemCode code)
{
  const GError *error = si_sign_in_get_error (fixture->sign_in);

  g_assert_nonnull (error);
  g_assert_cmpint (si_problem_get_code (si_error_get_problem (error)), ==, code);
}

static void
test_browser (Fixture *fixture, gconstpointer data)
{
  assert_step (fixture, SI_SIGN_IN_STEP_NONE);
  si_session_fixture_restore (&fixture->session);
  si_issuer_fixture_describe (get_issuer (fixture), NULL);
  start_browser (fixture);
  assert_parameter (fixture, "prompt", NULL);
  assert_state (fixture, SI_SESSION_NEEDED);

  fixture->n_changed = 0;
  sign_in_as (fixture, SUBJECT);
  g_assert_cmpuint (fixture->n_changed, >, 0);
  g_assert_null (si_sign_in_get_error (fixture->sign_in));
  assert_state (fixture, SI_SESSION_OPEN);
  si_session_fixture_get_now (&fixture->session, "at-1");
}

static void
test_code (Fixture *fixture, gconstpointer data)
{
  si_issuer_fixture_describe (get_issuer (fixture), NULL);
  start_code (fixture);
  g_assert_cmpstr (si_device_code_get_user_code (si_sign_in_get_code (fixture->sign_in)),
                   ==, "WDJB-MJHT");
  expect_tokens (fixture, SUBJECT, NULL);
  wait_for_step (fixture, SI_SIGN_IN_STEP_NONE);
  assert_state (fixture, SI_SESSION_OPEN);
  si_session_fixture_get_now (&fixture->session, "at-1");
}

/* What was begun before is over, and says nothing more. */
static void
test_switch (Fixture *fixture, gconstpointer data)
{
  g_autofree char *redirect_uri = NULL;

  si_issuer_fixture_describe (get_issuer (fixture), NULL);
  start_browser (fixture);
  redirect_uri = dup_parameter (fixture, "redirect_uri");
  start_code (fixture);
  g_assert_null (si_raw_client_browse (redirect_uri));
  g_assert_null (si_sign_in_get_error (fixture->sign_in));

  start_browser (fixture);
  sign_in_as (fixture, SUBJECT);
  assert_state (fixture, SI_SESSION_OPEN);
}

static void
test_twice (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL;

  si_issuer_fixture_describe (get_issuer (fixture), NULL);
  start_browser (fixture);
  first = dup_parameter (fixture, "redirect_uri");
  start_browser (fixture);
  assert_step (fixture, SI_SIGN_IN_STEP_BROWSER);
  g_assert_null (si_raw_client_browse (first));
  sign_in_as (fixture, SUBJECT);
  g_assert_null (si_sign_in_get_error (fixture->sign_in));
}

static gboolean
is_gone (const char *redirect_uri)
{
  g_autofree char *answer = si_raw_client_browse (redirect_uri);

  return answer == NULL;
}

static void
cancel (Fixture *fixture)
{
  guint n_changed = fixture->n_changed;

  si_sign_in_cancel (fixture->sign_in);
  assert_step (fixture, SI_SIGN_IN_STEP_NONE);
  g_assert_cmpuint (fixture->n_changed, ==, n_changed + 1);
  si_sign_in_cancel (fixture->sign_in);
  g_assert_cmpuint (fixture->n_changed, ==, n_changed + 1);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autofree char *redirect_uri = NULL;

  si_reply_hold (si_issuer_fixture_describe (get_issuer (fixture), NULL));
  si_sign_in_start_browser (fixture->sign_in);
  si_test_wait_until (si_scripted_server_get_n_unanswered (get_issuer (fixture)->server)
                      == 1);
  cancel (fixture);

  si_issuer_fixture_describe (get_issuer (fixture), NULL);
  start_browser (fixture);
  redirect_uri = dup_parameter (fixture, "redirect_uri");
  cancel (fixture);
  si_test_wait_until (is_gone (redirect_uri));

  start_code (fixture);
  cancel (fixture);
  g_assert_null (si_sign_in_get_error (fixture->sign_in));
}

static void
test_cancel_while_exchanging (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id_token = NULL;
  g_autofree char *nonce = NULL;

  si_issuer_fixture_describe (get_issuer (fixture), NULL);
  start_browser (fixture);
  nonce = dup_parameter (fixture, "nonce");
  id_token = si_issuer_fixture_dup_id_token (get_issuer (fixture), SUBJECT, nonce);
  si_reply_hold (
      si_issuer_fixture_expect_tokens (get_issuer (fixture), "at-1", "rt-1", id_token));
  come_back (fixture, "code=code-1", SUCCESS);
  si_test_wait_until (si_scripted_server_get_n_unanswered (get_issuer (fixture)->server)
                      == 1);
  cancel (fixture);
  assert_state (fixture, SI_SESSION_UNKNOWN);
}

static void
test_try_again (Fixture *fixture, gconstpointer data)
{
  si_session_fixture_restore (&fixture->session);
  si_issuer_fixture_describe (get_issuer (fixture), NULL);
  start_browser (fixture);
  come_back (fixture, "error=access_denied", FAILURE);
  wait_for_step (fixture, SI_SIGN_IN_STEP_NONE);
  assert_problem (fixture, SI_PROBLEM_SIGN_IN_DENIED);
  assert_state (fixture, SI_SESSION_NEEDED);

  start_browser (fixture);
  sign_in_as (fixture, SUBJECT);
  g_assert_null (si_sign_in_get_error (fixture->sign_in));
  assert_state (fixture, SI_SESSION_OPEN);
}

static void
test_no_issuer (Fixture *fixture, gconstpointer data)
{
  si_scripted_server_expect (get_issuer (fixture)->server, "GET", DISCOVERY_PATH, 503,
                             NULL);
  si_sign_in_start_code (fixture->sign_in);
  wait_for_step (fixture, SI_SIGN_IN_STEP_NONE);
  g_assert_error (si_sign_in_get_error (fixture->sign_in), SI_ERROR,
                  SI_ERROR_UNAVAILABLE);
}

static void
test_port_taken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocketListener) taker = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (taker, NULL, NULL);

  si_sign_in_set_redirect (fixture->sign_in, "localhost", &port, 1);
  si_issuer_fixture_describe (get_issuer (fixture), NULL);
  si_sign_in_start_browser (fixture->sign_in);
  wait_for_step (fixture, SI_SIGN_IN_STEP_NONE);
  assert_problem (fixture, SI_PROBLEM_PORT_TAKEN);
}

/* Why the person is no longer signed in is said until they begin to sign in again. */
static void
test_session_error (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *result = NULL;

  si_session_fixture_sign_in (&fixture->session, "at-0", NULL, SUBJECT);
  si_session_fixture_renew (&fixture->session, "at-0", NULL, FALSE, &result);
  si_session_fixture_assert_error (&fixture->session, &result, SI_ERROR_SIGN_IN_REQUIRED);
  assert_problem (fixture, SI_PROBLEM_INVALID_TOKEN);

  si_issuer_fixture_describe (get_issuer (fixture), NULL);
  si_sign_in_start_browser (fixture->sign_in);
  wait_for_step (fixture, SI_SIGN_IN_STEP_BROWSER);
  come_back (fixture, "error=access_denied", FAILURE);
  wait_for_step (fixture, SI_SIGN_IN_STEP_NONE);
  assert_problem (fixture, SI_PROBLEM_SIGN_IN_DENIED);
}

/* After signing out the issuer's pages have to ask who it is, until somebody has been
 * let in. */
static void
test_forget (Fixture *fixture, gconstpointer data)
{
  si_session_fixture_sign_in (&fixture->session, "at-0", NULL, SUBJECT);
  si_session_sign_out (fixture->session.session);
  si_sign_in_forget (fixture->sign_in);
  si_issuer_fixture_describe (get_issuer (fixture), NULL);
  start_browser (fixture);
  assert_parameter (fixture, "prompt", "login");
  come_back (fixture, "error=access_denied", FAILURE);
  wait_for_step (fixture, SI_SIGN_IN_STEP_NONE);

  start_browser (fixture);
  assert_parameter (fixture, "prompt", "login");
  sign_in_as (fixture, OTHER_SUBJECT);
  start_browser (fixture);
  assert_parameter (fixture, "prompt", NULL);
}

static void
test_forget_while_waiting (Fixture *fixture, gconstpointer data)
{
  guint n_changed;

  si_issuer_fixture_describe (get_issuer (fixture), NULL);
  start_browser (fixture);
  n_changed = fixture->n_changed;
  si_sign_in_forget (fixture->sign_in);
  assert_step (fixture, SI_SIGN_IN_STEP_NONE);
  g_assert_cmpuint (fixture->n_changed, >, n_changed);
}

/* A change that waits until the person has signed in once more. */
static void
step_up (Fixture *fixture, GCancellable *cancellable)
{
  g_autoptr (SiChallenge) challenge = si_challenge_new (300, "strong", NULL);

  si_session_fixture_sign_in (&fixture->session, "at-0", NULL, SUBJECT);
  si_token_source_renew_token_async (SI_TOKEN_SOURCE (fixture->session.session), "at-0",
                                     challenge, TRUE, cancellable, si_test_keep_result,
                                     &fixture->waiting);
  si_issuer_fixture_describe (get_issuer (fixture), NULL);
  start_browser (fixture);
}

static void
test_step_up (Fixture *fixture, gconstpointer data)
{
  step_up (fixture, NULL);
  assert_parameter (fixture, "max_age", "300");
  assert_parameter (fixture, "acr_values", "strong");
  sign_in_as (fixture, SUBJECT);
  si_session_fixture_assert_token (&fixture->session, &fixture->waiting, "at-1");
  g_assert_null (si_sign_in_get_error (fixture->sign_in));
}

/* The wrong account is one that the issuer's pages would take again. */
static void
test_wrong_account (Fixture *fixture, gconstpointer data)
{
  step_up (fixture, NULL);
  si_issuer_fixture_expect_revocation (get_issuer (fixture));
  sign_in_as (fixture, OTHER_SUBJECT);
  assert_problem (fixture, SI_PROBLEM_WRONG_ACCOUNT);
  g_assert_true (si_session_is_asked_for (fixture->session.session));

  start_browser (fixture);
  assert_parameter (fixture, "prompt", "login");
  sign_in_as (fixture, SUBJECT);
  si_session_fixture_assert_token (&fixture->session, &fixture->waiting, "at-1");
  g_assert_null (si_sign_in_get_error (fixture->sign_in));
}

/* Giving up the sign-in does not give up what waits for it. */
static void
test_step_up_cancelled (Fixture *fixture, gconstpointer data)
{
  step_up (fixture, NULL);
  si_sign_in_cancel (fixture->sign_in);
  g_assert_true (si_session_is_asked_for (fixture->session.session));
  g_assert_null (fixture->waiting);
  si_session_decline (fixture->session.session);
  si_session_fixture_assert_error (&fixture->session, &fixture->waiting,
                                   SI_ERROR_STEP_UP_REQUIRED);
}

/* What nobody waits for any longer, nobody has to sign in for. */
static void
test_declined (Fixture *fixture, gconstpointer data)
{
  step_up (fixture, NULL);
  si_session_decline (fixture->session.session);
  si_session_fixture_assert_error (&fixture->session, &fixture->waiting,
                                   SI_ERROR_STEP_UP_REQUIRED);
  assert_step (fixture, SI_SIGN_IN_STEP_NONE);
}

static void
test_left (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  step_up (fixture, cancellable);
  g_cancellable_cancel (cancellable);
  si_test_wait_until (fixture->waiting != NULL);
  g_clear_object (&fixture->waiting);
  wait_for_step (fixture, SI_SIGN_IN_STEP_NONE);
  g_assert_null (si_sign_in_get_error (fixture->sign_in));
}

#define ADD(name, test)                                                                  \
  g_test_add ("/sign-in/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  si_session_fixture_make_keyring ();

  ADD ("browser", test_browser);
  ADD ("code", test_code);
  ADD ("switch", test_switch);
  ADD ("twice", test_twice);
  ADD ("cancel", test_cancel);
  ADD ("cancel-while-exchanging", test_cancel_while_exchanging);
  ADD ("try-again", test_try_again);
  ADD ("no-issuer", test_no_issuer);
  ADD ("port-taken", test_port_taken);
  ADD ("session-error", test_session_error);
  ADD ("forget", test_forget);
  ADD ("forget-while-waiting", test_forget_while_waiting);
  ADD ("step-up", test_step_up);
  ADD ("wrong-account", test_wrong_account);
  ADD ("step-up-cancelled", test_step_up_cancelled);
  ADD ("declined", test_declined);
  ADD ("left", test_left);
  status = g_test_run ();
  si_session_fixture_remove_keyring ();

  return status;
}
