/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-enrollment-fixture.h"

static void
test_cancel (SiEnrollmentFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  si_enrollment_fixture_begin (fixture, SI_EXAMPLE_CALL);
  si_enrollment_fixture_expect (fixture, "DELETE", PATH, 204, NULL);
  g_assert_true (si_enrollment_fixture_cancel (fixture, &error));
  g_assert_no_error (error);
  g_assert_null (si_enrollment_get_verification (fixture->self));
  g_assert_false (si_enrollment_is_open (fixture->self));

  /* Nothing is open any more, so nothing is asked. */
  g_assert_true (si_enrollment_fixture_cancel (fixture, &error));
}

/* The call was approved while the person was canceling: the phone was added, and that is
 * what is said. */
static void
test_cancel_too_late (SiEnrollmentFixture *fixture, gconstpointer data)
{
  g_autofree char *verified
      = si_enrollment_fixture_vary_state (SI_EXAMPLE_CALL, "verified", 4);
  g_autoptr (GError) error = NULL;

  si_enrollment_fixture_begin (fixture, SI_EXAMPLE_CALL);
  si_enrollment_fixture_expect (fixture, "DELETE", PATH, 409, ENDED ("verified"));
  si_enrollment_fixture_expect (fixture, "GET", PATH, 200, verified);
  g_assert_true (si_enrollment_fixture_cancel (fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpint (si_enrollment_fixture_state (fixture), ==,
                   SI_VERIFICATION_STATE_VERIFIED);
  g_assert_cmpstr (
      si_verification_get_method_id (si_enrollment_get_verification (fixture->self)), ==,
      "m-7");
}

/* And where even that can't be looked up at once, it is said as soon as it can. */
static void
test_cancel_too_late_and_offline (SiEnrollmentFixture *fixture, gconstpointer data)
{
  g_autofree char *verified
      = si_enrollment_fixture_vary_state (SI_EXAMPLE_CALL, "verified", 4);
  g_autoptr (GError) error = NULL;

  si_enrollment_fixture_begin (fixture, SI_EXAMPLE_CALL);
  si_enrollment_fixture_expect (fixture, "DELETE", PATH, 409, ENDED ("verified"));
  /* Once more than core repeats it: libsoup does so itself on a connection kept alive. */
  si_enrollment_fixture_expect_lost (fixture, "GET", PATH, 4);
  si_enrollment_fixture_expect (fixture, "GET", PATH, 200, verified);
  g_assert_false (si_enrollment_fixture_cancel (fixture, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_OFFLINE);
  si_test_wait_until (!si_enrollment_is_open (fixture->self));
  g_assert_cmpint (si_enrollment_fixture_state (fixture), ==,
                   SI_VERIFICATION_STATE_VERIFIED);
}

static void
test_cancel_ended_otherwise (SiEnrollmentFixture *fixture, gconstpointer data)
{
  const struct {
    guint       status;
    const char *body;
  } rows[] = {
    { 409, ENDED ("expired") },
    { 410, ENDED ("failed") },
    { 404, "{\"code\":\"not_found\"}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    SiReply           *reply
        = si_enrollment_fixture_expect (fixture, "POST", START, 201, SI_EXAMPLE_CALL);
    guint unanswered = si_scripted_server_get_n_unanswered (fixture->server);

    si_reply_set_header (reply, "ETag", "\"v-0\"");
    si_enrollment_fixture_expect_wait (fixture, SI_EXAMPLE_CALL);
    g_assert_true (si_enrollment_fixture_press_next (fixture, &error));
    si_test_wait_until (si_scripted_server_get_n_unanswered (fixture->server)
                        > unanswered);
    si_enrollment_fixture_expect (fixture, "DELETE", PATH, rows[i].status, rows[i].body);
    g_assert_true (si_enrollment_fixture_cancel (fixture, &error));
    g_assert_no_error (error);
    g_assert_null (si_enrollment_get_verification (fixture->self));
  }
}

/* It could not be canceled: it is followed as before. */
static void
test_cancel_fails (SiEnrollmentFixture *fixture, gconstpointer data)
{
  g_autofree char *verified
      = si_enrollment_fixture_vary_state (SI_EXAMPLE_CALL, "verified", 4);
  g_autoptr (GError) error = NULL;

  si_enrollment_fixture_begin (fixture, SI_EXAMPLE_CALL);
  si_enrollment_fixture_expect_lost (fixture, "DELETE", PATH, 3);
  si_enrollment_fixture_expect (fixture, "GET", PATH, 200, verified);
  g_assert_false (si_enrollment_fixture_cancel (fixture, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_OFFLINE);
  si_test_wait_until (!si_enrollment_is_open (fixture->self));
  g_assert_cmpint (si_enrollment_fixture_state (fixture), ==,
                   SI_VERIFICATION_STATE_VERIFIED);
}

/* The call is just being placed: it is hung up once there is something to hang up. */
static void
test_cancel_while_starting (SiEnrollmentFixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerificationRequest) request = si_enrollment_fixture_make_request ();
  g_autoptr (GAsyncResult)          started = NULL, first = NULL, second = NULL;
  g_autoptr (GError)                error = NULL;
  SiReply                          *reply
      = si_enrollment_fixture_expect (fixture, "POST", START, 201, SI_EXAMPLE_CALL);

  si_reply_hold (reply);
  si_enrollment_start_async (fixture->self, request, FALSE, si_test_keep_result,
                             &started);
  si_enrollment_fixture_wait_for_wait (fixture);
  si_enrollment_cancel_async (fixture->self, si_test_keep_result, &first);
  si_enrollment_cancel_async (fixture->self, si_test_keep_result, &second);
  si_test_run_for (50);
  g_assert_null (first);
  g_assert_null (second);

  /* Whether the wait goes out before it is stopped is of no interest here. */
  si_reply_repeat (si_enrollment_fixture_expect (fixture, "DELETE", PATH, 204, NULL));
  si_reply_release (reply);
  si_test_wait_until (started != NULL && first != NULL && second != NULL);
  g_assert_true (si_enrollment_start_finish (fixture->self, started, &error));
  g_assert_true (si_enrollment_cancel_finish (fixture->self, first, &error));
  g_assert_true (si_enrollment_cancel_finish (fixture->self, second, &error));
  g_assert_null (si_enrollment_get_verification (fixture->self));
  g_assert_cmpuint (si_enrollment_fixture_count_lines (fixture, "DELETE " PATH), >=, 1);
}

static void
test_cancel_while_start_fails (SiEnrollmentFixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerificationRequest) request = si_enrollment_fixture_make_request ();
  g_autoptr (GAsyncResult)          started = NULL, canceled = NULL;
  g_autoptr (GError)                error = NULL;
  SiReply *reply = si_enrollment_fixture_expect (fixture, "POST", START, 409,
                                                 "{\"code\":\"number_in_use\"}");

  si_reply_hold (reply);
  si_enrollment_start_async (fixture->self, request, FALSE, si_test_keep_result,
                             &started);
  si_enrollment_fixture_wait_for_wait (fixture);
  si_enrollment_cancel_async (fixture->self, si_test_keep_result, &canceled);
  si_reply_release (reply);
  si_test_wait_until (started != NULL && canceled != NULL);
  g_assert_false (si_enrollment_start_finish (fixture->self, started, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_INVALID_INPUT);
  g_clear_error (&error);
  g_assert_true (si_enrollment_cancel_finish (fixture->self, canceled, &error));
}

typedef struct {
  SiEnrollmentFixture *fixture;
  GAsyncResult        *again;
} Retry;

static void
retry_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Retry                            *retry = user_data;
  g_autoptr (SiVerificationRequest) request = si_enrollment_fixture_make_request ();

  g_assert_false (si_enrollment_start_finish (SI_ENROLLMENT (source), result, NULL));
  si_enrollment_start_async (SI_ENROLLMENT (source), request, FALSE, si_test_keep_result,
                             &retry->again);
}

/* Started again from the callback, as after a step-up: a cancellation then still waits
 * for it. */
static void
test_cancel_while_starting_again (SiEnrollmentFixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerificationRequest) request = si_enrollment_fixture_make_request ();
  g_autoptr (GAsyncResult)          canceled = NULL;
  Retry                             retry = { fixture, NULL };
  SiReply                          *reply;

  si_enrollment_fixture_expect (fixture, "POST", START, 401,
                                "{\"code\":\"step_up_required\"}");
  reply = si_enrollment_fixture_expect (fixture, "POST", START, 201, SI_EXAMPLE_CALL);
  si_reply_hold (reply);
  si_enrollment_start_async (fixture->self, request, FALSE, retry_cb, &retry);
  si_enrollment_fixture_wait_for_wait (fixture);
  si_enrollment_cancel_async (fixture->self, si_test_keep_result, &canceled);
  si_test_run_for (50);
  g_assert_null (canceled);

  si_enrollment_fixture_expect (fixture, "DELETE", PATH, 204, NULL);
  si_reply_release (reply);
  si_test_wait_until (canceled != NULL);
  g_assert_null (si_enrollment_get_verification (fixture->self));
  g_assert_nonnull (retry.again);
  g_clear_object (&retry.again);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, function)                                                              \
  g_test_add ("/enrollment-cancel/" name, SiEnrollmentFixture, NULL,                     \
              si_enrollment_fixture_set_up, function, si_enrollment_fixture_tear_down)

  ADD ("cancel", test_cancel);
  ADD ("cancel-too-late", test_cancel_too_late);
  ADD ("cancel-too-late-and-offline", test_cancel_too_late_and_offline);
  ADD ("cancel-ended-otherwise", test_cancel_ended_otherwise);
  ADD ("cancel-fails", test_cancel_fails);
  ADD ("cancel-while-starting", test_cancel_while_starting);
  ADD ("cancel-while-start-fails", test_cancel_while_start_fails);
  ADD ("cancel-while-starting-again", test_cancel_while_starting_again);

  return g_test_run ();
}
