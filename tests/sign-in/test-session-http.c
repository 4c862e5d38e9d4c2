/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-session-fixture.h"

#include <string.h>

/* Requests to a backend with the tokens of a session: what the person has begun goes on
 * after they have signed in, as it was. */

#define PATH "/v1/me/verifications"
#define BODY "number=%2B46701234567"
#define KEY "key-1"
#define STEP_UP                                                                          \
  "Bearer error=\"insufficient_user_authentication\", max_age=0, acr_values=\"strong\""

typedef struct {
  SiSessionFixture  session;
  SiScriptedServer *backend;
  SiHttp           *http;
  GCancellable     *cancellable;
  GAsyncResult     *result;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  si_session_fixture_set_up (&fixture->session, data);
  fixture->backend = si_scripted_server_new ();
  fixture->http = si_http_new (si_scripted_server_get_base (fixture->backend),
                               SI_TOKEN_SOURCE (fixture->session.session));
  fixture->cancellable = g_cancellable_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->result);
  g_assert_true (si_scripted_server_is_done (fixture->backend));
  g_assert_finalize_object (fixture->http);
  g_clear_object (&fixture->backend);
  g_clear_object (&fixture->cancellable);
  si_session_fixture_tear_down (&fixture->session, data);
}

static SiSession *
get_session (Fixture *fixture)
{
  return fixture->session.session;
}

static void
expect (Fixture *fixture, const char *method, guint status)
{
  si_scripted_server_expect (fixture->backend, method, PATH, status, "{}");
}

static void
expect_refusal (Fixture *fixture, const char *method, const char *challenge)
{
  SiReply *reply = si_scripted_server_expect (fixture->backend, method, PATH, 401, "{}");

  si_reply_set_header (reply, "WWW-Authenticate", challenge);
}

static void
post (Fixture *fixture)
{
  g_autoptr (SiHttpRequest) request = si_http_request_new ("POST", PATH);
  SiForm                   *form = si_form_new ();

  si_form_add (form, "number", "+46701234567");
  si_http_request_set_form (request, form);
  si_http_request_set_idempotency_key (request, KEY);
  si_http_send_async (fixture->http, request, fixture->cancellable, si_test_keep_result,
                      &fixture->result);
}

static void
get (Fixture *fixture)
{
  g_autoptr (SiHttpRequest) request = si_http_request_new ("GET", PATH);

  si_http_send_async (fixture->http, request, fixture->cancellable, si_test_keep_result,
                      &fixture->result);
}

static SiHttpResponse *
finish (Fixture *fixture, GError **error)
{
  si_test_wait_until (fixture->result != NULL);

  return si_http_send_finish (fixture->http, fixture->result, error);
}

static void
assert_success (Fixture *fixture)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiHttpResponse) response = finish (fixture, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (si_http_response_get_status (response), ==, 200);
}

/* The request is to be the same, but for the token. */
static void
assert_posted (Fixture *fixture, guint index, const char *token)
{
  g_autofree char *authorization = g_strconcat ("Bearer ", token, NULL);

  g_assert_cmpstr (si_scripted_server_get_line (fixture->backend, index), ==,
                   "POST " PATH);
  g_assert_cmpstr (si_scripted_server_get_body (fixture->backend, index), ==, BODY);
  g_assert_cmpstr (
      si_scripted_server_get_header (fixture->backend, index, "Idempotency-Key"), ==,
      KEY);
  g_assert_cmpstr (
      si_scripted_server_get_header (fixture->backend, index, "Authorization"), ==,
      authorization);
}

static void
wait_until_asked (Fixture *fixture)
{
  si_test_wait_until (si_session_is_asked_for (get_session (fixture)));
}

static void
sign_in (Fixture *fixture, const char *access_token, const char *refresh_token)
{
  si_session_fixture_sign_in (&fixture->session, access_token, refresh_token, SUBJECT);
}

static void
test_step_up (Fixture *fixture, gconstpointer data)
{
  SiChallenge *challenge;

  sign_in (fixture, "at-1", "rt-1");
  expect_refusal (fixture, "POST", STEP_UP);
  post (fixture);
  wait_until_asked (fixture);
  challenge = si_session_get_challenge (get_session (fixture));
  g_assert_cmpint (si_challenge_get_max_age (challenge), ==, 0);
  g_assert_cmpstr (si_challenge_get_acr_values (challenge), ==, "strong");

  expect (fixture, "POST", 200);
  sign_in (fixture, "at-2", "rt-2");
  assert_success (fixture);
  assert_posted (fixture, 0, "at-1");
  assert_posted (fixture, 1, "at-2");
}

/* First the token is no longer good, and then not good enough. */
static void
test_refresh_then_step_up (Fixture *fixture, gconstpointer data)
{
  sign_in (fixture, "at-1", "rt-1");
  si_issuer_fixture_describe (&fixture->session.issuer, NULL);
  si_issuer_fixture_expect_tokens (&fixture->session.issuer, "at-2", "rt-2", NULL);
  expect_refusal (fixture, "POST", "Bearer error=\"invalid_token\"");
  expect_refusal (fixture, "POST", STEP_UP);
  post (fixture);
  wait_until_asked (fixture);

  expect (fixture, "POST", 200);
  sign_in (fixture, "at-3", "rt-3");
  assert_success (fixture);
  assert_posted (fixture, 1, "at-2");
  assert_posted (fixture, 2, "at-3");
}

/* The backend's own words stay. */
static void
test_declined (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  sign_in (fixture, "at-1", "rt-1");
  expect_refusal (fixture, "POST", STEP_UP);
  post (fixture);
  wait_until_asked (fixture);
  si_session_decline (get_session (fixture));
  g_assert_null (finish (fixture, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_STEP_UP_REQUIRED);
  g_assert_cmpuint (si_problem_get_status (si_error_get_problem (error)), ==, 401);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  sign_in (fixture, "at-1", "rt-1");
  expect_refusal (fixture, "POST", STEP_UP);
  post (fixture);
  wait_until_asked (fixture);
  g_cancellable_cancel (fixture->cancellable);
  g_assert_null (finish (fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (si_session_is_asked_for (get_session (fixture)));
}

/* A sign-in that is still not good enough is not asked for for ever. */
static void
test_not_enough (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  sign_in (fixture, "at-1", "rt-1");
  expect_refusal (fixture, "POST", STEP_UP);
  expect_refusal (fixture, "POST", STEP_UP);
  post (fixture);
  wait_until_asked (fixture);
  sign_in (fixture, "at-2", "rt-2");
  g_assert_null (finish (fixture, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_STEP_UP_REQUIRED);
  g_assert_false (si_session_is_asked_for (get_session (fixture)));
}

/* The session has ended behind the person's back, who has just typed a number. */
static void
test_ended (Fixture *fixture, gconstpointer data)
{
  si_session_fixture_keep (&fixture->session, "rt-1", SUBJECT);
  si_session_fixture_restore (&fixture->session);
  si_issuer_fixture_describe (&fixture->session.issuer, NULL);
  si_issuer_fixture_refuse (&fixture->session.issuer, 400, "invalid_grant");
  post (fixture);
  wait_until_asked (fixture);
  /* Nothing that is on the screen has to go. */
  g_assert_cmpint (si_session_get_state (get_session (fixture)), ==, SI_SESSION_OPEN);
  g_assert_cmpuint (si_scripted_server_get_n_requests (fixture->backend), ==, 0);

  expect (fixture, "POST", 200);
  sign_in (fixture, "at-2", "rt-2");
  assert_success (fixture);
  assert_posted (fixture, 0, "at-2");
}

static void
test_ended_by_backend (Fixture *fixture, gconstpointer data)
{
  sign_in (fixture, "at-1", NULL);
  expect_refusal (fixture, "POST", "Bearer error=\"invalid_token\"");
  post (fixture);
  wait_until_asked (fixture);
  g_assert_null (si_session_get_challenge (get_session (fixture)));

  expect (fixture, "POST", 200);
  sign_in (fixture, "at-2", "rt-2");
  assert_success (fixture);
  assert_posted (fixture, 1, "at-2");
}

static void
test_look (Fixture *fixture, gconstpointer data)
{
  sign_in (fixture, "at-1", "rt-1");
  si_issuer_fixture_describe (&fixture->session.issuer, NULL);
  si_issuer_fixture_expect_tokens (&fixture->session.issuer, "at-2", "rt-2", NULL);
  expect_refusal (fixture, "GET", "Bearer");
  expect (fixture, "GET", 200);
  get (fixture);
  assert_success (fixture);
}

/* Nobody is asked to sign in for a look. */
static void
test_look_ended (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  si_session_fixture_keep (&fixture->session, "rt-1", SUBJECT);
  si_session_fixture_restore (&fixture->session);
  si_issuer_fixture_describe (&fixture->session.issuer, NULL);
  si_issuer_fixture_refuse (&fixture->session.issuer, 400, "invalid_grant");
  get (fixture);
  g_assert_null (finish (fixture, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_SIGN_IN_REQUIRED);
  g_assert_cmpint (si_session_get_state (get_session (fixture)), ==, SI_SESSION_NEEDED);
  g_assert_false (si_session_is_asked_for (get_session (fixture)));
}

/* The issuer has no time: what was typed can be sent later. */
static void
test_issuer_busy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  si_session_fixture_keep (&fixture->session, "rt-1", SUBJECT);
  si_session_fixture_restore (&fixture->session);
  si_issuer_fixture_describe (&fixture->session.issuer, NULL);
  si_issuer_fixture_refuse (&fixture->session.issuer, 503, NULL);
  post (fixture);
  g_assert_null (finish (fixture, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_UNAVAILABLE);
  g_assert_cmpint (si_session_get_state (get_session (fixture)), ==, SI_SESSION_OPEN);
  si_session_fixture_assert_kept (&fixture->session, "rt-1", SUBJECT);
}

#define ADD(name, test)                                                                  \
  g_test_add ("/session-http/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  si_session_fixture_make_keyring ();

  ADD ("step-up", test_step_up);
  ADD ("refresh-then-step-up", test_refresh_then_step_up);
  ADD ("declined", test_declined);
  ADD ("cancelled", test_cancelled);
  ADD ("not-enough", test_not_enough);
  ADD ("ended", test_ended);
  ADD ("ended-by-backend", test_ended_by_backend);
  ADD ("look", test_look);
  ADD ("look-ended", test_look_ended);
  ADD ("issuer-busy", test_issuer_busy);
  status = g_test_run ();
  si_session_fixture_remove_keyring ();

  return status;
}
