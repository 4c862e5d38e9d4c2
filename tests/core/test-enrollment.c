/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-enrollment.h"

#include "si-clock.h"
#include "si-error.h"
#include "si-rest-provider.h"
#include "si-scripted-server.h"
#include "si-test-documents.h"
#include "si-test-loop.h"

#define NUMBER "+46701234567"
#define START "/v1/me/verifications"
#define PATH "/v1/me/verifications/v-1"
#define IN_PROGRESS                                                                      \
  "{\"code\":\"verification_in_progress\",\"location\":\"/v1/me/verifications/v-9\"}"
#define ENDED(state)                                                                     \
  "{\"code\":\"verification_ended\",\"state\":\"" state "\",\"methodId\":\"m-7\"}"

typedef struct {
  SiScriptedServer *server;
  SiProvider       *provider;
  SiEnrollment     *self;
  GAsyncResult     *result;
  SiReply          *wait; /* the wait that is held back */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = si_scripted_server_new ();
  fixture->provider
      = si_rest_provider_new (si_scripted_server_get_base (fixture->server), "token");
  fixture->self = si_enrollment_new (fixture->provider);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_true (si_scripted_server_is_done (fixture->server));
  g_clear_object (&fixture->result);
  g_assert_finalize_object (fixture->self);
  si_test_run_for (20);
  g_assert_finalize_object (fixture->provider);
  g_clear_object (&fixture->server);
}

static SiReply *
expect (Fixture    *fixture,
        const char *method,
        const char *path,
        guint       status,
        const char *body)
{
  return si_scripted_server_expect (fixture->server, method, path, status, body);
}

static void
expect_lost (Fixture *fixture, const char *method, const char *path, guint times)
{
  for (guint i = 0; i < times; i++)
    si_scripted_server_expect_bytes (fixture->server, method, path, "", 0,
                                     SI_AFTERWARDS_CLOSE);
}

/* A wait whose answer comes when the test says so, or never. */
static SiReply *
expect_wait (Fixture *fixture, const char *body)
{
  fixture->wait = expect (fixture, "GET", PATH, 200, body);
  si_reply_set_header (fixture->wait, "Preference-Applied", "wait=25");
  si_reply_hold (fixture->wait);

  return fixture->wait;
}

static void
wait_for_wait (Fixture *fixture)
{
  si_test_wait_until (si_scripted_server_get_n_unanswered (fixture->server) > 0);
}

static char *
vary_state (const char *text, const char *word, int sends_left)
{
  g_autofree char *state = g_strdup_printf ("\"%s\"", word);
  g_autofree char *sends = g_strdup_printf ("%d", sends_left);
  const char      *method_id = strcmp (word, "verified") == 0 ? "\"m-7\"" : "null";

  return si_test_vary (text, "state", state, "sendsLeft", sends, "methodId", method_id,
                       NULL);
}

static SiVerificationRequest *
make_request (void)
{
  return si_verification_request_new_add (SI_PHONE_USE_MOBILE, NUMBER, SI_CHANNEL_CALL);
}

static gboolean
start (Fixture *fixture, SiVerificationRequest *request, gboolean replace, GError **error)
{
  g_clear_object (&fixture->result);
  si_enrollment_start_async (fixture->self, request, replace, si_test_keep_result,
                             &fixture->result);
  si_test_wait_until (fixture->result != NULL);

  return si_enrollment_start_finish (fixture->self, fixture->result, error);
}

/* One press of "Next", as the page does it: with a request of its own. */
static gboolean
press_next (Fixture *fixture, GError **error)
{
  g_autoptr (SiVerificationRequest) request = make_request ();

  return start (fixture, request, FALSE, error);
}

static gboolean
resend (Fixture *fixture, SiChannel channel, GError **error)
{
  g_clear_object (&fixture->result);
  si_enrollment_resend_async (fixture->self, channel, si_test_keep_result,
                              &fixture->result);
  si_test_wait_until (fixture->result != NULL);

  return si_enrollment_resend_finish (fixture->self, fixture->result, error);
}

static gboolean
submit (Fixture *fixture, const char *code, GError **error)
{
  g_clear_object (&fixture->result);
  si_enrollment_submit_code_async (fixture->self, code, si_test_keep_result,
                                   &fixture->result);
  si_test_wait_until (fixture->result != NULL);

  return si_enrollment_submit_code_finish (fixture->self, fixture->result, error);
}

static gboolean
cancel (Fixture *fixture, GError **error)
{
  g_clear_object (&fixture->result);
  si_enrollment_cancel_async (fixture->self, si_test_keep_result, &fixture->result);
  si_test_wait_until (fixture->result != NULL);

  return si_enrollment_cancel_finish (fixture->self, fixture->result, error);
}

/* Begins with a call, or a text, and leaves the wait open. */
static void
begin (Fixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;
  SiReply           *reply = expect (fixture, "POST", START, 201, text);

  si_reply_set_header (reply, "ETag", "\"v-0\"");
  expect_wait (fixture, text);
  g_assert_true (press_next (fixture, &error));
  g_assert_no_error (error);
  wait_for_wait (fixture);
}

/* Lets the wait end, and waits for what it said to be shown; @next is what the wait after
 * it will say, NULL where there is none. */
static void
end_wait (Fixture *fixture, const char *next)
{
  SiVerification *before = si_enrollment_get_verification (fixture->self);

  g_assert_nonnull (fixture->wait);
  si_reply_release (fixture->wait);
  if (next != NULL)
    expect_wait (fixture, next);
  si_test_wait_until (si_enrollment_get_verification (fixture->self) != before);
  if (next != NULL)
    wait_for_wait (fixture);
}

static SiVerificationState
state (Fixture *fixture)
{
  return si_verification_get_state (si_enrollment_get_verification (fixture->self));
}

/* The keys of all requests with this line, which all have one. */
static GPtrArray *
get_keys (Fixture *fixture, const char *line)
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

static guint
count_lines (Fixture *fixture, const char *line)
{
  guint count = 0;

  for (guint i = 0; i < si_scripted_server_get_n_requests (fixture->server); i++)
    count += strcmp (si_scripted_server_get_line (fixture->server, i), line) == 0;

  return count;
}

/* From the start to the end: one request to begin, and one for each change. */
static void
test_add (Fixture *fixture, gconstpointer data)
{
  g_autofree char *verified = vary_state (SI_EXAMPLE_CALL, "verified", 4);

  g_assert_null (si_enrollment_get_verification (fixture->self));
  g_assert_false (si_enrollment_is_open (fixture->self));
  begin (fixture, SI_EXAMPLE_CALL);
  g_assert_true (si_enrollment_is_open (fixture->self));
  g_assert_cmpint (state (fixture), ==, SI_VERIFICATION_STATE_RINGING);

  end_wait (fixture, verified);
  end_wait (fixture, NULL);
  g_assert_cmpint (state (fixture), ==, SI_VERIFICATION_STATE_VERIFIED);
  g_assert_false (si_enrollment_is_open (fixture->self));
  g_assert_cmpuint (si_scripted_server_get_n_requests (fixture->server), ==, 3);
}

static void
test_adopt (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject)     object = si_test_parse (SI_EXAMPLE_CALL);
  g_autoptr (SiVerification) open
      = si_verification_new_from_json (object, "\"v-0\"", si_clock_get_time (), NULL);

  expect_wait (fixture, SI_EXAMPLE_CALL);
  si_enrollment_adopt (fixture->self, open);
  g_assert_true (si_enrollment_get_verification (fixture->self) == open);
  wait_for_wait (fixture);
}

/* The app was started again: what is open is the same, so it goes on with it. */
static void
test_same_in_progress (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  expect (fixture, "POST", START, 409, IN_PROGRESS);
  expect (fixture, "GET", "/v1/me/verifications/v-9", 200, SI_EXAMPLE_CALL);
  expect_wait (fixture, SI_EXAMPLE_CALL);
  g_assert_true (press_next (fixture, &error));
  g_assert_no_error (error);
  g_assert_null (si_enrollment_get_other (fixture->self));
  g_assert_true (si_enrollment_is_open (fixture->self));
  wait_for_wait (fixture);
}

static void
meet_other (Fixture *fixture)
{
  g_autofree char   *other = si_test_vary (SI_EXAMPLE_CALL, "id", "\"v-9\"", "target",
                                           "\"+46709999999\"", NULL);
  g_autoptr (GError) error = NULL;

  expect (fixture, "POST", START, 409, IN_PROGRESS);
  expect (fixture, "GET", "/v1/me/verifications/v-9", 200, other);
  g_assert_false (press_next (fixture, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_IN_PROGRESS);
  g_assert_false (si_enrollment_is_open (fixture->self));
  g_assert_cmpstr (si_verification_get_target (si_enrollment_get_other (fixture->self)),
                   ==, "+46709999999");
}

static void
test_other_adopted (Fixture *fixture, gconstpointer data)
{
  SiReply *wait;

  meet_other (fixture);
  wait = expect (fixture, "GET", "/v1/me/verifications/v-9", 200, SI_EXAMPLE_CALL);
  si_reply_hold (wait);
  si_enrollment_adopt (fixture->self, si_enrollment_get_other (fixture->self));
  g_assert_cmpstr (
      si_verification_get_target (si_enrollment_get_verification (fixture->self)), ==,
      "+46709999999");
  g_assert_null (si_enrollment_get_other (fixture->self));
  wait_for_wait (fixture);
}

static void
replace_other (Fixture *fixture, guint status, const char *body)
{
  g_autoptr (SiVerificationRequest) request = make_request ();
  g_autoptr (GError)                error = NULL;

  meet_other (fixture);
  expect (fixture, "DELETE", "/v1/me/verifications/v-9", status, body);
  expect (fixture, "POST", START, 201, SI_EXAMPLE_CALL);
  expect_wait (fixture, SI_EXAMPLE_CALL);
  g_assert_true (start (fixture, request, TRUE, &error));
  g_assert_no_error (error);
  g_assert_null (si_enrollment_get_other (fixture->self));
  wait_for_wait (fixture);
}

static void
test_other_replaced (Fixture *fixture, gconstpointer data)
{
  replace_other (fixture, 204, NULL);
}

static void
test_other_ended_meanwhile (Fixture *fixture, gconstpointer data)
{
  replace_other (fixture, 409, ENDED ("expired"));
}

static void
test_other_not_replaced (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerificationRequest) request = make_request ();
  g_autoptr (GError)                error = NULL;

  meet_other (fixture);
  expect (fixture, "DELETE", "/v1/me/verifications/v-9", 500, NULL);
  g_assert_false (start (fixture, request, TRUE, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_UNAVAILABLE);
}

/* It ended between the two requests, or is gone: once more, and no circle. */
static void
test_other_gone (Fixture *fixture, gconstpointer data)
{
  g_autofree char   *expired = vary_state (SI_EXAMPLE_CALL, "expired", 4);
  g_autoptr (GError) error = NULL;

  expect (fixture, "POST", START, 409, IN_PROGRESS);
  expect (fixture, "GET", "/v1/me/verifications/v-9", 404, "{\"code\":\"not_found\"}");
  expect (fixture, "POST", START, 201, SI_EXAMPLE_CALL);
  expect_wait (fixture, SI_EXAMPLE_CALL);
  g_assert_true (press_next (fixture, &error));
  wait_for_wait (fixture);

  si_reply_repeat (expect (fixture, "POST", START, 409, IN_PROGRESS));
  si_reply_repeat (expect (fixture, "GET", "/v1/me/verifications/v-9", 200, expired));
  g_assert_false (press_next (fixture, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_IN_PROGRESS);
  g_assert_null (si_enrollment_get_other (fixture->self));
  g_assert_cmpuint (count_lines (fixture, "POST " START), ==, 4);
}

/* However often "Next" is pressed while answers get lost, it is one call. */
static void
test_start_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) keys = NULL;

  expect_lost (fixture, "POST", START, 3);
  g_assert_false (press_next (fixture, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_OFFLINE);
  g_clear_error (&error);

  expect (fixture, "POST", START, 504, "<p>Gateway timeout</p>");
  g_assert_false (press_next (fixture, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_UNAVAILABLE);
  g_clear_error (&error);

  expect (fixture, "POST", START, 201, "<p>Sign in to this network</p>");
  g_assert_false (press_next (fixture, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_PROTOCOL);

  begin (fixture, SI_EXAMPLE_CALL);
  keys = get_keys (fixture, "POST " START);
  g_assert_cmpuint (keys->len, ==, 6);
  for (guint i = 1; i < keys->len; i++)
    g_assert_cmpstr (keys->pdata[i], ==, keys->pdata[0]);
}

/* Another number is another press; so is the same one after an answer. */
static void
test_start_other (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerificationRequest) other = si_verification_request_new_add (
      SI_PHONE_USE_MOBILE, "+46709999999", SI_CHANNEL_CALL);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) keys = NULL;

  expect_lost (fixture, "POST", START, 3);
  g_assert_false (press_next (fixture, &error));
  g_clear_error (&error);

  expect (fixture, "POST", START, 429, "{\"code\":\"rate_limited\"}");
  g_assert_false (start (fixture, other, FALSE, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_RATE_LIMITED);
  g_clear_error (&error);

  begin (fixture, SI_EXAMPLE_CALL);
  keys = get_keys (fixture, "POST " START);
  g_assert_cmpuint (keys->len, ==, 5);
  g_assert_cmpstr (keys->pdata[3], !=, keys->pdata[0]);
  g_assert_cmpstr (keys->pdata[4], !=, keys->pdata[3]);
}

static void
lose_resend (Fixture *fixture, SiChannel channel)
{
  g_autoptr (GError) error = NULL;

  expect_lost (fixture, "POST", PATH "/resend", 3);
  g_assert_false (resend (fixture, channel, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_OFFLINE);
}

static void
resend_well (Fixture *fixture, SiChannel channel)
{
  g_autofree char   *queued = vary_state (SI_EXAMPLE_CALL, "queued", 3);
  g_autoptr (GError) error = NULL;

  expect (fixture, "POST", PATH "/resend", 202, queued);
  expect_wait (fixture, queued);
  g_assert_true (resend (fixture, channel, &error));
  g_assert_no_error (error);
  g_assert_cmpint (state (fixture), ==, SI_VERIFICATION_STATE_QUEUED);
  si_test_wait_until (si_scripted_server_get_n_unanswered (fixture->server) == 2);
}

/* "Call Again" until an answer comes: one call; pressed after that: another. */
static void
test_resend_keys (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) keys = NULL;

  begin (fixture, SI_EXAMPLE_CALL);
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
test_resend_arrived (Fixture *fixture, gconstpointer data)
{
  g_autofree char      *failed = vary_state (SI_EXAMPLE_CALL, "attemptFailed", 3);
  g_autofree char      *failed_again = vary_state (SI_EXAMPLE_CALL, "attemptFailed", 3);
  g_autoptr (GPtrArray) keys = NULL;
  SiReply              *reply = expect (fixture, "POST", START, 201, SI_EXAMPLE_CALL);
  g_autoptr (GError)    error = NULL;

  si_reply_set_header (reply, "ETag", "\"v-0\"");
  expect_wait (fixture, failed);
  g_assert_true (press_next (fixture, &error));
  wait_for_wait (fixture);
  lose_resend (fixture, SI_CHANNEL_CALL);
  end_wait (fixture, failed_again);
  g_assert_cmpint (state (fixture), ==, SI_VERIFICATION_STATE_ATTEMPT_FAILED);
  lose_resend (fixture, SI_CHANNEL_CALL);

  keys = get_keys (fixture, "POST " PATH "/resend");
  g_assert_cmpuint (keys->len, ==, 6);
  g_assert_cmpstr (keys->pdata[2], ==, keys->pdata[0]);
  g_assert_cmpstr (keys->pdata[3], !=, keys->pdata[0]);
}

static void
test_code (Fixture *fixture, gconstpointer data)
{
  g_autofree char   *verified = vary_state (SI_EXAMPLE_TEXT, "verified", 4);
  g_autoptr (GError) error = NULL;

  begin (fixture, SI_EXAMPLE_TEXT);
  expect (fixture, "POST", PATH "/code", 422,
          "{\"code\":\"code_incorrect\",\"checksLeft\":4}");
  g_assert_false (submit (fixture, "111111", &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_REJECTED_CODE);
  g_clear_error (&error);

  expect (fixture, "POST", PATH "/code", 200, verified);
  g_assert_true (submit (fixture, "123456", &error));
  g_assert_no_error (error);
  g_assert_cmpint (state (fixture), ==, SI_VERIFICATION_STATE_VERIFIED);
  g_assert_cmpuint (count_lines (fixture, "POST " PATH "/code"), ==, 2);
}

/* A code whose answer was lost is not sent again: it is looked whether it did. */
static void
test_code_lost (Fixture *fixture, gconstpointer data)
{
  g_autofree char   *verified = vary_state (SI_EXAMPLE_TEXT, "verified", 4);
  g_autoptr (GError) error = NULL;

  begin (fixture, SI_EXAMPLE_TEXT);
  expect_lost (fixture, "POST", PATH "/code", 1);
  expect (fixture, "GET", PATH, 304, NULL);
  g_assert_false (submit (fixture, "123456", &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_OFFLINE);
  g_assert_true (si_enrollment_is_open (fixture->self));
  g_clear_error (&error);

  expect_lost (fixture, "POST", PATH "/code", 1);
  expect (fixture, "GET", PATH, 200, verified);
  g_assert_true (submit (fixture, "123456", &error));
  g_assert_no_error (error);
  g_assert_cmpint (state (fixture), ==, SI_VERIFICATION_STATE_VERIFIED);
  g_assert_cmpuint (count_lines (fixture, "POST " PATH "/code"), ==, 2);
}

/* It was canceled while the code was on its way: no answer brings it back. */
static void
test_code_after_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  SiReply                 *reply;

  begin (fixture, SI_EXAMPLE_TEXT);
  reply = expect (fixture, "POST", PATH "/code", 200, SI_EXAMPLE_TEXT);
  si_reply_hold (reply);
  si_enrollment_submit_code_async (fixture->self, "123456", si_test_keep_result, &result);
  si_test_wait_until (si_scripted_server_get_n_unanswered (fixture->server) == 2);

  expect (fixture, "DELETE", PATH, 204, NULL);
  g_assert_true (cancel (fixture, &error));
  si_reply_release (reply);
  si_test_wait_until (result != NULL);
  g_assert_true (si_enrollment_submit_code_finish (fixture->self, result, &error));
  g_assert_null (si_enrollment_get_verification (fixture->self));
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  begin (fixture, SI_EXAMPLE_CALL);
  expect (fixture, "DELETE", PATH, 204, NULL);
  g_assert_true (cancel (fixture, &error));
  g_assert_no_error (error);
  g_assert_null (si_enrollment_get_verification (fixture->self));
  g_assert_false (si_enrollment_is_open (fixture->self));

  /* Nothing is open any more, so nothing is asked. */
  g_assert_true (cancel (fixture, &error));
}

/* The call was approved while the person was canceling: the phone was added, and that is
 * what is said. */
static void
test_cancel_too_late (Fixture *fixture, gconstpointer data)
{
  g_autofree char   *verified = vary_state (SI_EXAMPLE_CALL, "verified", 4);
  g_autoptr (GError) error = NULL;

  begin (fixture, SI_EXAMPLE_CALL);
  expect (fixture, "DELETE", PATH, 409, ENDED ("verified"));
  expect (fixture, "GET", PATH, 200, verified);
  g_assert_true (cancel (fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpint (state (fixture), ==, SI_VERIFICATION_STATE_VERIFIED);
  g_assert_cmpstr (
      si_verification_get_method_id (si_enrollment_get_verification (fixture->self)), ==,
      "m-7");
}

/* And where even that can't be looked up at once, it is said as soon as it can. */
static void
test_cancel_too_late_and_offline (Fixture *fixture, gconstpointer data)
{
  g_autofree char   *verified = vary_state (SI_EXAMPLE_CALL, "verified", 4);
  g_autoptr (GError) error = NULL;

  begin (fixture, SI_EXAMPLE_CALL);
  expect (fixture, "DELETE", PATH, 409, ENDED ("verified"));
  /* Once more than core repeats it: libsoup does so itself on a connection kept alive. */
  expect_lost (fixture, "GET", PATH, 4);
  expect (fixture, "GET", PATH, 200, verified);
  g_assert_false (cancel (fixture, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_OFFLINE);
  si_test_wait_until (!si_enrollment_is_open (fixture->self));
  g_assert_cmpint (state (fixture), ==, SI_VERIFICATION_STATE_VERIFIED);
}

static void
test_cancel_ended_otherwise (Fixture *fixture, gconstpointer data)
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
    SiReply           *reply = expect (fixture, "POST", START, 201, SI_EXAMPLE_CALL);
    guint              unanswered = si_scripted_server_get_n_unanswered (fixture->server);

    si_reply_set_header (reply, "ETag", "\"v-0\"");
    expect_wait (fixture, SI_EXAMPLE_CALL);
    g_assert_true (press_next (fixture, &error));
    si_test_wait_until (si_scripted_server_get_n_unanswered (fixture->server)
                        > unanswered);
    expect (fixture, "DELETE", PATH, rows[i].status, rows[i].body);
    g_assert_true (cancel (fixture, &error));
    g_assert_no_error (error);
    g_assert_null (si_enrollment_get_verification (fixture->self));
  }
}

/* It could not be canceled: it is followed as before. */
static void
test_cancel_fails (Fixture *fixture, gconstpointer data)
{
  g_autofree char   *verified = vary_state (SI_EXAMPLE_CALL, "verified", 4);
  g_autoptr (GError) error = NULL;

  begin (fixture, SI_EXAMPLE_CALL);
  expect_lost (fixture, "DELETE", PATH, 3);
  expect (fixture, "GET", PATH, 200, verified);
  g_assert_false (cancel (fixture, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_OFFLINE);
  si_test_wait_until (!si_enrollment_is_open (fixture->self));
  g_assert_cmpint (state (fixture), ==, SI_VERIFICATION_STATE_VERIFIED);
}

/* The call is just being placed: it is hung up once there is something to hang up. */
static void
test_cancel_while_starting (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerificationRequest) request = make_request ();
  g_autoptr (GAsyncResult)          started = NULL, first = NULL, second = NULL;
  g_autoptr (GError)                error = NULL;
  SiReply *reply = expect (fixture, "POST", START, 201, SI_EXAMPLE_CALL);

  si_reply_hold (reply);
  si_enrollment_start_async (fixture->self, request, FALSE, si_test_keep_result,
                             &started);
  wait_for_wait (fixture);
  si_enrollment_cancel_async (fixture->self, si_test_keep_result, &first);
  si_enrollment_cancel_async (fixture->self, si_test_keep_result, &second);
  si_test_run_for (50);
  g_assert_null (first);
  g_assert_null (second);

  /* Whether the wait goes out before it is stopped is of no interest here. */
  si_reply_repeat (expect (fixture, "DELETE", PATH, 204, NULL));
  si_reply_release (reply);
  si_test_wait_until (started != NULL && first != NULL && second != NULL);
  g_assert_true (si_enrollment_start_finish (fixture->self, started, &error));
  g_assert_true (si_enrollment_cancel_finish (fixture->self, first, &error));
  g_assert_true (si_enrollment_cancel_finish (fixture->self, second, &error));
  g_assert_null (si_enrollment_get_verification (fixture->self));
  g_assert_cmpuint (count_lines (fixture, "DELETE " PATH), >=, 1);
}

static void
test_cancel_while_start_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerificationRequest) request = make_request ();
  g_autoptr (GAsyncResult)          started = NULL, canceled = NULL;
  g_autoptr (GError)                error = NULL;
  SiReply *reply = expect (fixture, "POST", START, 409, "{\"code\":\"number_in_use\"}");

  si_reply_hold (reply);
  si_enrollment_start_async (fixture->self, request, FALSE, si_test_keep_result,
                             &started);
  wait_for_wait (fixture);
  si_enrollment_cancel_async (fixture->self, si_test_keep_result, &canceled);
  si_reply_release (reply);
  si_test_wait_until (started != NULL && canceled != NULL);
  g_assert_false (si_enrollment_start_finish (fixture->self, started, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_INVALID_INPUT);
  g_clear_error (&error);
  g_assert_true (si_enrollment_cancel_finish (fixture->self, canceled, &error));
}

typedef struct {
  Fixture      *fixture;
  GAsyncResult *again;
} Retry;

static void
retry_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Retry                            *retry = user_data;
  g_autoptr (SiVerificationRequest) request = make_request ();

  g_assert_false (si_enrollment_start_finish (SI_ENROLLMENT (source), result, NULL));
  si_enrollment_start_async (SI_ENROLLMENT (source), request, FALSE, si_test_keep_result,
                             &retry->again);
}

/* Started again from the callback, as after a step-up: a cancellation then still waits
 * for it. */
static void
test_cancel_while_starting_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerificationRequest) request = make_request ();
  g_autoptr (GAsyncResult)          canceled = NULL;
  Retry                             retry = { fixture, NULL };
  SiReply                          *reply;

  expect (fixture, "POST", START, 401, "{\"code\":\"step_up_required\"}");
  reply = expect (fixture, "POST", START, 201, SI_EXAMPLE_CALL);
  si_reply_hold (reply);
  si_enrollment_start_async (fixture->self, request, FALSE, retry_cb, &retry);
  wait_for_wait (fixture);
  si_enrollment_cancel_async (fixture->self, si_test_keep_result, &canceled);
  si_test_run_for (50);
  g_assert_null (canceled);

  expect (fixture, "DELETE", PATH, 204, NULL);
  si_reply_release (reply);
  si_test_wait_until (canceled != NULL);
  g_assert_null (si_enrollment_get_verification (fixture->self));
  g_assert_nonnull (retry.again);
  g_clear_object (&retry.again);
}

static void
failed_cb (SiEnrollment *self, const GError *error, GError **copy)
{
  *copy = g_error_copy (error);
}

static void
test_failed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GError) error = NULL;

  g_signal_connect (fixture->self, "failed", G_CALLBACK (failed_cb), &failure);
  expect (fixture, "POST", START, 201, SI_EXAMPLE_CALL);
  expect (fixture, "GET", PATH, 401, "{\"code\":\"invalid_token\"}");
  g_assert_true (press_next (fixture, &error));
  si_test_wait_until (failure != NULL);
  g_assert_error (failure, SI_ERROR, SI_ERROR_SIGN_IN_REQUIRED);
  g_assert_true (si_enrollment_is_open (fixture->self));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, function)                                                              \
  g_test_add ("/enrollment/" name, Fixture, NULL, set_up, function, tear_down)

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
  ADD ("cancel", test_cancel);
  ADD ("cancel-too-late", test_cancel_too_late);
  ADD ("cancel-too-late-and-offline", test_cancel_too_late_and_offline);
  ADD ("cancel-ended-otherwise", test_cancel_ended_otherwise);
  ADD ("cancel-fails", test_cancel_fails);
  ADD ("cancel-while-starting", test_cancel_while_starting);
  ADD ("cancel-while-start-fails", test_cancel_while_start_fails);
  ADD ("cancel-while-starting-again", test_cancel_while_starting_again);
  ADD ("failed", test_failed);

  return g_test_run ();
}
