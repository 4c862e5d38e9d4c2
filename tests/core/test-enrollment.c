/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-enrollment-fixture.h"

#include "si-clock.h"

static gboolean
resend (SiEnrollmentFixture *fixture, SiChannel channel, GError **error)
{
  g_clear_object (&fixture->result);
  si_enrollment_resend_async (fixture->self, channel, si_test_keep_result,
                              &fixture->result);
  si_test_wait_until (fixture->result != NULL);

  return si_enrollment_resend_finish (fixture->self, fixture->result, error);
}

static gboolean
submit (SiEnrollmentFixture *fixture, const char *code, GError **error)
{
  g_clear_object (&fixture->result);
  si_enrollment_submit_code_async (fixture->self, code, si_test_keep_result,
                                   &fixture->result);
  si_test_wait_until (fixture->result != NULL);

  return si_enrollment_submit_code_finish (fixture->self, fixture->result, error);
}

/* Lets the wait end, and waits for what it said to be shown; @next is what the wait after
 * it will say, NULL where there is none. */
static void
end_wait (SiEnrollmentFixture *fixture, const char *next)
{
  SiVerification *before = si_enrollment_get_verification (fixture->self);

  g_assert_nonnull (fixture->wait);
  si_reply_release (fixture->wait);
  if (next != NULL)
    si_enrollment_fixture_expect_wait (fixture, next);
  si_test_wait_until (si_enrollment_get_verification (fixture->self) != before);
  if (next != NULL)
    si_enrollment_fixture_wait_for_wait (fixture);
}

/* The keys of all requests with this line, which all have one. */
static GPtrArray *
get_keys (SiEnrollmentFixture *fixture, const char *line)
{
  GPtrArray *keys = g_ptr_array_new ();

  for (guint i = 0; i < si_scripted_server_get_n_requests (fixture->server); i++) {
    const char *key
        = si_scripted_server_get_header (fixture->server, i, "Idempotency-Key");

    if (strcmp (si_scripted_server_get_line (fixture->server, i), line) != 0)
      continue;

    g_assert_nonnull (key);
    g_ptr_array_add (keys, (gpointer) key);
  }

  return keys;
}

/* From the start to the end: one request to begin, and one for each change. */
static void
test_add (SiEnrollmentFixture *fixture, gconstpointer data)
{
  g_autofree char *verified
      = si_enrollment_fixture_vary_state (SI_EXAMPLE_CALL, "verified", 4);

  g_assert_null (si_enrollment_get_verification (fixture->self));
  g_assert_false (si_enrollment_is_open (fixture->self));
  si_enrollment_fixture_begin (fixture, SI_EXAMPLE_CALL);
  g_assert_true (si_enrollment_is_open (fixture->self));
  g_assert_cmpint (si_enrollment_fixture_state (fixture), ==,
                   SI_VERIFICATION_STATE_RINGING);

  end_wait (fixture, verified);
  end_wait (fixture, NULL);
  g_assert_cmpint (si_enrollment_fixture_state (fixture), ==,
                   SI_VERIFICATION_STATE_VERIFIED);
  g_assert_false (si_enrollment_is_open (fixture->self));
  g_assert_cmpuint (si_scripted_server_get_n_requests (fixture->server), ==, 3);
}

static void
test_adopt (SiEnrollmentFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject)     object = si_test_parse (SI_EXAMPLE_CALL);
  g_autoptr (SiVerification) open
      = si_verification_new_from_json (object, "\"v-0\"", si_clock_get_time (), NULL);

  si_enrollment_fixture_expect_wait (fixture, SI_EXAMPLE_CALL);
  si_enrollment_adopt (fixture->self, open);
  g_assert_true (si_enrollment_get_verification (fixture->self) == open);
  si_enrollment_fixture_wait_for_wait (fixture);
}

/* The app was started again: what is open is the same, so it goes on with it. */
static void
test_same_in_progress (SiEnrollmentFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  si_enrollment_fixture_expect (fixture, "POST", START, 409, IN_PROGRESS);
  si_enrollment_fixture_expect (fixture, "GET", "/v1/me/verifications/v-9", 200,
                                SI_EXAMPLE_CALL);
  si_enrollment_fixture_expect_wait (fixture, SI_EXAMPLE_CALL);
  g_assert_true (si_enrollment_fixture_press_next (fixture, &error));
  g_assert_no_error (error);
  g_assert_null (si_enrollment_get_other (fixture->self));
  g_assert_true (si_enrollment_is_open (fixture->self));
  si_enrollment_fixture_wait_for_wait (fixture);
}

static void
meet_other (SiEnrollmentFixture *fixture)
{
  g_autofree char   *other = si_test_vary (SI_EXAMPLE_CALL, "id", "\"v-9\"", "target",
                                           "\"+46709999999\"", NULL);
  g_autoptr (GError) error = NULL;

  si_enrollment_fixture_expect (fixture, "POST", START, 409, IN_PROGRESS);
  si_enrollment_fixture_expect (fixture, "GET", "/v1/me/verifications/v-9", 200, other);
  g_assert_false (si_enrollment_fixture_press_next (fixture, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_IN_PROGRESS);
  g_assert_false (si_enrollment_is_open (fixture->self));
  g_assert_cmpstr (si_verification_get_target (si_enrollment_get_other (fixture->self)),
                   ==, "+46709999999");
}

static void
test_other_adopted (SiEnrollmentFixture *fixture, gconstpointer data)
{
  SiReply *wait;

  meet_other (fixture);
  wait = si_enrollment_fixture_expect (fixture, "GET", "/v1/me/verifications/v-9", 200,
                                       SI_EXAMPLE_CALL);
  si_reply_hold (wait);
  si_enrollment_adopt (fixture->self, si_enrollment_get_other (fixture->self));
  g_assert_cmpstr (
      si_verification_get_target (si_enrollment_get_verification (fixture->self)), ==,
      "+46709999999");
  g_assert_null (si_enrollment_get_other (fixture->self));
  si_enrollment_fixture_wait_for_wait (fixture);
}

static void
replace_other (SiEnrollmentFixture *fixture, guint status, const char *body)
{
  g_autoptr (SiVerificationRequest) request = si_enrollment_fixture_make_request ();
  g_autoptr (GError)                error = NULL;

  meet_other (fixture);
  si_enrollment_fixture_expect (fixture, "DELETE", "/v1/me/verifications/v-9", status,
                                body);
  si_enrollment_fixture_expect (fixture, "POST", START, 201, SI_EXAMPLE_CALL);
  si_enrollment_fixture_expect_wait (fixture, SI_EXAMPLE_CALL);
  g_assert_true (si_enrollment_fixture_start (fixture, request, TRUE, &error));
  g_assert_no_error (error);
  g_assert_null (si_enrollment_get_other (fixture->self));
  si_enrollment_fixture_wait_for_wait (fixture);
}

static void
test_other_replaced (SiEnrollmentFixture *fixture, gconstpointer data)
{
  replace_other (fixture, 204, NULL);
}

static void
test_other_ended_meanwhile (SiEnrollmentFixture *fixture, gconstpointer data)
{
  replace_other (fixture, 409, ENDED ("expired"));
}

static void
test_other_not_replaced (SiEnrollmentFixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerificationRequest) request = si_enrollment_fixture_make_request ();
  g_autoptr (GError)                error = NULL;

  meet_other (fixture);
  si_enrollment_fixture_expect (fixture, "DELETE", "/v1/me/verifications/v-9", 500, NULL);
  g_assert_false (si_enrollment_fixture_start (fixture, request, TRUE, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_UNAVAILABLE);
}

/* It ended between the two requests, or is gone: once more, and no circle. */
static void
test_other_gone (SiEnrollmentFixture *fixture, gconstpointer data)
{
  g_autofree char *expired
      = si_enrollment_fixture_vary_state (SI_EXAMPLE_CALL, "expired", 4);
  g_autoptr (GError) error = NULL;

  si_enrollment_fixture_expect (fixture, "POST", START, 409, IN_PROGRESS);
  si_enrollment_fixture_expect (fixture, "GET", "/v1/me/verifications/v-9", 404,
                                "{\"code\":\"not_found\"}");
  si_enrollment_fixture_expect (fixture, "POST", START, 201, SI_EXAMPLE_CALL);
  si_enrollment_fixture_expect_wait (fixture, SI_EXAMPLE_CALL);
  g_assert_true (si_enrollment_fixture_press_next (fixture, &error));
  si_enrollment_fixture_wait_for_wait (fixture);

  si_reply_repeat (
      si_enrollment_fixture_expect (fixture, "POST", START, 409, IN_PROGRESS));
  si_reply_repeat (si_enrollment_fixture_expect (
      fixture, "GET", "/v1/me/verifications/v-9", 200, expired));
  g_assert_false (si_enrollment_fixture_press_next (fixture, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_IN_PROGRESS);
  g_assert_null (si_enrollment_get_other (fixture->self));
  g_assert_cmpuint (si_enrollment_fixture_count_lines (fixture, "POST " START), ==, 4);
}

/* However often "Next" is pressed while answers get lost, it is one call. */
static void
test_start_again (SiEnrollmentFixture *fixture, gconstpointer data)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) keys = NULL;

  si_enrollment_fixture_expect_lost (fixture, "POST", START, 3);
  g_assert_false (si_enrollment_fixture_press_next (fixture, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_OFFLINE);
  g_clear_error (&error);

  si_enrollment_fixture_expect (fixture, "POST", START, 504, "<p>Gateway timeout</p>");
  g_assert_false (si_enrollment_fixture_press_next (fixture, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_UNAVAILABLE);
  g_clear_error (&error);

  si_enrollment_fixture_expect (fixture, "POST", START, 201,
                                "<p>Sign in to this network</p>");
  g_assert_false (si_enrollment_fixture_press_next (fixture, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_PROTOCOL);

  si_enrollment_fixture_begin (fixture, SI_EXAMPLE_CALL);
  keys = get_keys (fixture, "POST " START);
  g_assert_cmpuint (keys->len, ==, 6);
  for (guint i = 1; i < keys->len; i++)
    g_assert_cmpstr (keys->pdata[i], ==, keys->pdata[0]);
}

/* Another number is another press; so is the same one after an answer. */
static void
test_start_other (SiEnrollmentFixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerificationRequest) other = si_verification_request_new_add (
      SI_PHONE_USE_MOBILE, "+46709999999", SI_CHANNEL_CALL);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) keys = NULL;

  si_enrollment_fixture_expect_lost (fixture, "POST", START, 3);
  g_assert_false (si_enrollment_fixture_press_next (fixture, &error));
  g_clear_error (&error);

  si_enrollment_fixture_expect (fixture, "POST", START, 429,
                                "{\"code\":\"rate_limited\"}");
  g_assert_false (si_enrollment_fixture_start (fixture, other, FALSE, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_RATE_LIMITED);
  g_clear_error (&error);

  si_enrollment_fixture_begin (fixture, SI_EXAMPLE_CALL);
  keys = get_keys (fixture, "POST " START);
  g_assert_cmpuint (keys->len, ==, 5);
  g_assert_cmpstr (keys->pdata[3], !=, keys->pdata[0]);
  g_assert_cmpstr (keys->pdata[4], !=, keys->pdata[3]);
}

static void
lose_resend (SiEnrollmentFixture *fixture, SiChannel channel)
{
  g_autoptr (GError) error = NULL;

  si_enrollment_fixture_expect_lost (fixture, "POST", PATH "/resend", 3);
  g_assert_false (resend (fixture, channel, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_OFFLINE);
}

static void
resend_well (SiEnrollmentFixture *fixture, SiChannel channel)
{
  g_autofree char *queued
      = si_enrollment_fixture_vary_state (SI_EXAMPLE_CALL, "queued", 3);
  g_autoptr (GError) error = NULL;

  si_enrollment_fixture_expect (fixture, "POST", PATH "/resend", 202, queued);
  si_enrollment_fixture_expect_wait (fixture, queued);
  g_assert_true (resend (fixture, channel, &error));
  g_assert_no_error (error);
  g_assert_cmpint (si_enrollment_fixture_state (fixture), ==,
                   SI_VERIFICATION_STATE_QUEUED);
  si_test_wait_until (si_scripted_server_get_n_unanswered (fixture->server) == 2);
}

/* "Call Again" until an answer comes: one call; pressed after that: another. */
static void
test_resend_keys (SiEnrollmentFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) keys = NULL;

  si_enrollment_fixture_begin (fixture, SI_EXAMPLE_CALL);
  lose_resend (fixture, SI_CHANNEL_CALL);
  resend_well (fixture, SI_CHANNEL_CALL);
  lose_resend (fixture, SI_CHANNEL_CALL);
  lose_resend (fixture, SI_CHANNEL_TEXT);

  keys = get_keys (fixture, "POST " PATH "/resend");
  g_assert_cmpuint (keys->len, ==, 10);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpstr (keys->pdata[i], ==, keys->pdata[0]);
  g_assert_cmpstr (keys->pdata[4], !=, keys->pdata[0]);
  g_assert_cmpstr (keys->pdata[7], !=, keys->pdata[4]);
  g_assert_cmpstr (keys->pdata[9], ==, keys->pdata[7]);
}

/* The answer was lost, yet the call came, as the wait shows: the next press is a new
 * call, and must not be taken for the old one. */
static void
test_resend_arrived (SiEnrollmentFixture *fixture, gconstpointer data)
{
  g_autofree char *failed
      = si_enrollment_fixture_vary_state (SI_EXAMPLE_CALL, "attemptFailed", 3);
  g_autofree char *failed_again
      = si_enrollment_fixture_vary_state (SI_EXAMPLE_CALL, "attemptFailed", 3);
  g_autoptr (GPtrArray) keys = NULL;
  SiReply              *reply
      = si_enrollment_fixture_expect (fixture, "POST", START, 201, SI_EXAMPLE_CALL);
  g_autoptr (GError) error = NULL;

  si_reply_set_header (reply, "ETag", "\"v-0\"");
  si_enrollment_fixture_expect_wait (fixture, failed);
  g_assert_true (si_enrollment_fixture_press_next (fixture, &error));
  si_enrollment_fixture_wait_for_wait (fixture);
  lose_resend (fixture, SI_CHANNEL_CALL);
  end_wait (fixture, failed_again);
  g_assert_cmpint (si_enrollment_fixture_state (fixture), ==,
                   SI_VERIFICATION_STATE_ATTEMPT_FAILED);
  lose_resend (fixture, SI_CHANNEL_CALL);

  keys = get_keys (fixture, "POST " PATH "/resend");
  g_assert_cmpuint (keys->len, ==, 6);
  g_assert_cmpstr (keys->pdata[2], ==, keys->pdata[0]);
  g_assert_cmpstr (keys->pdata[3], !=, keys->pdata[0]);
}

static void
test_code (SiEnrollmentFixture *fixture, gconstpointer data)
{
  g_autofree char *verified
      = si_enrollment_fixture_vary_state (SI_EXAMPLE_TEXT, "verified", 4);
  g_autoptr (GError) error = NULL;

  si_enrollment_fixture_begin (fixture, SI_EXAMPLE_TEXT);
  si_enrollment_fixture_expect (fixture, "POST", PATH "/code", 422,
                                "{\"code\":\"code_incorrect\",\"checksLeft\":4}");
  g_assert_false (submit (fixture, "111111", &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_REJECTED_CODE);
  g_clear_error (&error);

  si_enrollment_fixture_expect (fixture, "POST", PATH "/code", 200, verified);
  g_assert_true (submit (fixture, "123456", &error));
  g_assert_no_error (error);
  g_assert_cmpint (si_enrollment_fixture_state (fixture), ==,
                   SI_VERIFICATION_STATE_VERIFIED);
  g_assert_cmpuint (si_enrollment_fixture_count_lines (fixture, "POST " PATH "/code"), ==,
                    2);
}

/* A code whose answer was lost is not sent again: it is looked whether it did. */
static void
test_code_lost (SiEnrollmentFixture *fixture, gconstpointer data)
{
  g_autofree char *verified
      = si_enrollment_fixture_vary_state (SI_EXAMPLE_TEXT, "verified", 4);
  g_autoptr (GError) error = NULL;

  si_enrollment_fixture_begin (fixture, SI_EXAMPLE_TEXT);
  si_enrollment_fixture_expect_lost (fixture, "POST", PATH "/code", 1);
  si_enrollment_fixture_expect (fixture, "GET", PATH, 304, NULL);
  g_assert_false (submit (fixture, "123456", &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_OFFLINE);
  g_assert_true (si_enrollment_is_open (fixture->self));
  g_clear_error (&error);

  si_enrollment_fixture_expect_lost (fixture, "POST", PATH "/code", 1);
  si_enrollment_fixture_expect (fixture, "GET", PATH, 200, verified);
  g_assert_true (submit (fixture, "123456", &error));
  g_assert_no_error (error);
  g_assert_cmpint (si_enrollment_fixture_state (fixture), ==,
                   SI_VERIFICATION_STATE_VERIFIED);
  g_assert_cmpuint (si_enrollment_fixture_count_lines (fixture, "POST " PATH "/code"), ==,
                    2);
}

/* It was canceled while the code was on its way: no answer brings it back. */
static void
test_code_after_cancel (SiEnrollmentFixture *fixture, gconstpointer data)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  SiReply                 *reply;

  si_enrollment_fixture_begin (fixture, SI_EXAMPLE_TEXT);
  reply = si_enrollment_fixture_expect (fixture, "POST", PATH "/code", 200,
                                        SI_EXAMPLE_TEXT);
  si_reply_hold (reply);
  si_enrollment_submit_code_async (fixture->self, "123456", si_test_keep_result, &result);
  si_test_wait_until (si_scripted_server_get_n_unanswered (fixture->server) == 2);

  si_enrollment_fixture_expect (fixture, "DELETE", PATH, 204, NULL);
  g_assert_true (si_enrollment_fixture_cancel (fixture, &error));
  si_reply_release (reply);
  si_test_wait_until (result != NULL);
  g_assert_true (si_enrollment_submit_code_finish (fixture->self, result, &error));
  g_assert_null (si_enrollment_get_verification (fixture->self));
}

static void
failed_cb (SiEnrollment *self, const GError *error, GError **copy)
{
  *copy = g_error_copy (error);
}

static void
test_failed (SiEnrollmentFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GError) error = NULL;

  g_signal_connect (fixture->self, "failed", G_CALLBACK (failed_cb), &failure);
  si_enrollment_fixture_expect (fixture, "POST", START, 201, SI_EXAMPLE_CALL);
  si_enrollment_fixture_expect (fixture, "GET", PATH, 401,
                                "{\"code\":\"invalid_token\"}");
  g_assert_true (si_enrollment_fixture_press_next (fixture, &error));
  si_test_wait_until (failure != NULL);
  g_assert_error (failure, SI_ERROR, SI_ERROR_SIGN_IN_REQUIRED);
  g_assert_true (si_enrollment_is_open (fixture->self));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, function)                                                              \
  g_test_add ("/enrollment/" name, SiEnrollmentFixture, NULL,                            \
              si_enrollment_fixture_set_up, function, si_enrollment_fixture_tear_down)

  ADD ("add", test_add);
  ADD ("adopt", test_adopt);
  ADD ("same-in-progress", test_same_in_progress);
  ADD ("other-adopted", test_other_adopted);
  ADD ("other-replaced", test_other_replaced);
  ADD ("other-ended-meanwhile", test_other_ended_meanwhile);
  ADD ("other-not-replaced", test_other_not_replaced);
  ADD ("other-gone", test_other_gone);
  ADD ("start-again", test_start_again);
  ADD ("start-other", test_start_other);
  ADD ("resend-keys", test_resend_keys);
  ADD ("resend-arrived", test_resend_arrived);
  ADD ("code", test_code);
  ADD ("code-lost", test_code_lost);
  ADD ("code-after-cancel", test_code_after_cancel);
  ADD ("failed", test_failed);

  return g_test_run ();
}
