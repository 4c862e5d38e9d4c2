/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-device-flow.h"

#include "si-error.h"
#include "si-issuer-fixture.h"

/* Signing in with a code that is typed elsewhere, with seconds that are short. */

#define SECOND_MS 2
#define INTERVAL 5

typedef struct {
  SiIssuerFixture issuer;
  SiDeviceFlow   *flow;
  GCancellable   *cancellable;
  GAsyncResult   *result;
  guint           n_ready;
} Fixture;

static void
ready_cb (Fixture *fixture)
{
  fixture->n_ready++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  si_issuer_fixture_set_up (&fixture->issuer, data);
  fixture->cancellable = g_cancellable_new ();
  fixture->flow = si_device_flow_new (fixture->issuer.client);
  si_device_flow_set_second (fixture->flow, SECOND_MS);
  g_signal_connect_swapped (fixture->flow, "ready", G_CALLBACK (ready_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->result);
  g_assert_finalize_object (g_steal_pointer (&fixture->flow));
  g_clear_object (&fixture->cancellable);
  si_issuer_fixture_tear_down (&fixture->issuer, data);
}

static void
run (Fixture *fixture)
{
  si_device_flow_run_async (fixture->flow, fixture->cancellable, si_test_keep_result,
                            &fixture->result);
}

/* The issuer has given a code, and is asked about it. */
static void
start (Fixture *fixture)
{
  si_issuer_fixture_describe (&fixture->issuer, NULL);
  si_issuer_fixture_expect_device_code (&fixture->issuer, INTERVAL);
  run (fixture);
}

static SiTokens *
finish (Fixture *fixture, GError **error)
{
  si_test_wait_until (fixture->result != NULL);

  return si_device_flow_run_finish (fixture->flow, fixture->result, error);
}

static void
assert_tokens (Fixture *fixture)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (SiTokens) tokens = finish (fixture, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (si_tokens_get_access_token (tokens), ==, "at-1");
  g_assert_cmpstr (si_tokens_get_subject (tokens), ==, SUBJECT);
}

static void
assert_problem (Fixture *fixture, SiProblemCode code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (finish (fixture, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (si_error_get_problem (error));
  g_assert_cmpint (si_problem_get_code (si_error_get_problem (error)), ==, code);
}

static void
assert_cancelled (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (finish (fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
expect_tokens (Fixture *fixture)
{
  g_autofree char *id_token
      = si_issuer_fixture_dup_id_token (&fixture->issuer, SUBJECT, NULL);

  si_issuer_fixture_expect_tokens (&fixture->issuer, "at-1", "rt-1", id_token);
}

static guint
count_polls (Fixture *fixture)
{
  return si_issuer_fixture_count (&fixture->issuer, "POST /token");
}

/* Waits until something has been made of the answer to that poll. */
static void
assert_pause (Fixture *fixture, guint n_polls, guint seconds)
{
  si_test_wait_until (count_polls (fixture) == n_polls
                      && si_device_flow_get_pause (fixture->flow) == seconds);
}

static void
test_all (Fixture *fixture, gconstpointer data)
{
  g_assert_null (si_device_flow_get_code (fixture->flow));
  start (fixture);
  si_test_wait_until (fixture->n_ready == 1);
  g_assert_cmpstr (si_device_code_get_user_code (si_device_flow_get_code (fixture->flow)),
                   ==, "WDJB-MJHT");
  g_assert_cmpuint (si_device_flow_get_pause (fixture->flow), ==, INTERVAL);
  g_assert_cmpuint (count_polls (fixture), ==, 0);

  for (guint i = 0; i < 3; i++)
    si_issuer_fixture_refuse (&fixture->issuer, 400, "authorization_pending");
  expect_tokens (fixture);
  assert_tokens (fixture);
  g_assert_cmpuint (count_polls (fixture), ==, 4);
  g_assert_cmpuint (fixture->n_ready, ==, 1);
  si_issuer_fixture_assert_field (&fixture->issuer, 2, "device_code", "device-1");
}

/* No poll comes before its time. */
static void
test_interval (Fixture *fixture, gconstpointer data)
{
  gint64 begun;

  si_device_flow_set_second (fixture->flow, 20);
  start (fixture);
  si_issuer_fixture_refuse (&fixture->issuer, 400, "authorization_pending");
  expect_tokens (fixture);
  si_test_wait_until (fixture->n_ready == 1);
  begun = g_get_monotonic_time ();
  assert_tokens (fixture);
  g_assert_cmpint (g_get_monotonic_time () - begun, >=, 2 * INTERVAL * 20 * 1000 - 5000);
}

/* RFC 8628, section 3.5: five seconds more, for this and all later polls. */
static void
test_slow_down (Fixture *fixture, gconstpointer data)
{
  start (fixture);
  si_issuer_fixture_refuse (&fixture->issuer, 400, "slow_down");
  si_issuer_fixture_refuse (&fixture->issuer, 400, "authorization_pending");
  si_issuer_fixture_refuse (&fixture->issuer, 429, "slow_down");
  si_issuer_fixture_refuse (&fixture->issuer, 400, "authorization_pending");
  expect_tokens (fixture);
  assert_pause (fixture, 1, INTERVAL + 5);
  assert_pause (fixture, 2, INTERVAL + 5);
  assert_pause (fixture, 3, INTERVAL + 10);
  assert_pause (fixture, 4, INTERVAL + 10);
  assert_tokens (fixture);
}

static void
lose (Fixture *fixture)
{
  si_scripted_server_expect_bytes (fixture->issuer.server, "POST", "/token", "", 0,
                                   SI_AFTERWARDS_CLOSE);
}

/* Where no answer comes the pauses get longer, and are as before once one has come. */
static void
test_lost (Fixture *fixture, gconstpointer data)
{
  start (fixture);
  for (guint i = 0; i < 5; i++)
    lose (fixture);
  si_issuer_fixture_refuse (&fixture->issuer, 400, "authorization_pending");
  lose (fixture);
  expect_tokens (fixture);
  assert_pause (fixture, 1, 10);
  assert_pause (fixture, 2, 20);
  assert_pause (fixture, 3, 40);
  assert_pause (fixture, 4, 60);
  assert_pause (fixture, 5, 60);
  assert_pause (fixture, 6, INTERVAL);
  assert_pause (fixture, 7, 10);
  assert_tokens (fixture);
}

/* An issuer that is slow by itself is not asked more often than it wants. */
static void
test_lost_and_slow (Fixture *fixture, gconstpointer data)
{
  si_issuer_fixture_describe (&fixture->issuer, NULL);
  si_issuer_fixture_expect_device_code (&fixture->issuer, 60);
  si_issuer_fixture_refuse (&fixture->issuer, 400, "slow_down");
  lose (fixture);
  expect_tokens (fixture);
  run (fixture);
  assert_pause (fixture, 1, 65);
  assert_pause (fixture, 2, 65);
  assert_tokens (fixture);
}

/* Whoever has no time says when. */
static void
test_busy (Fixture *fixture, gconstpointer data)
{
  SiReply *reply;

  start (fixture);
  si_issuer_fixture_refuse (&fixture->issuer, 503, NULL);
  reply = si_issuer_fixture_refuse (&fixture->issuer, 429, "too_many_requests");
  si_reply_set_header (reply, "Retry-After", "90");
  si_issuer_fixture_refuse (&fixture->issuer, 400, "temporarily_unavailable");
  expect_tokens (fixture);
  assert_pause (fixture, 1, 10);
  assert_pause (fixture, 2, 90);
  assert_pause (fixture, 3, 60);
  assert_tokens (fixture);
}

typedef struct {
  const char   *name;
  guint         status;
  const char   *word;
  SiProblemCode problem;
} End;

static const End ends[] = {
  { "denied", 400, "access_denied", SI_PROBLEM_SIGN_IN_DENIED },
  { "declined", 400, "authorization_declined", SI_PROBLEM_SIGN_IN_DENIED },
  { "expired", 400, "expired_token", SI_PROBLEM_SIGN_IN_EXPIRED },
  { "no-longer-good", 400, "invalid_grant", SI_PROBLEM_SIGN_IN_EXPIRED },
  { "rejected", 400, "unauthorized_client", SI_PROBLEM_CLIENT_REJECTED },
  { "unknown", 400, "what", SI_PROBLEM_SIGN_IN_FAILED },
  { "empty", 400, NULL, SI_PROBLEM_SIGN_IN_FAILED },
};

static void
test_end (Fixture *fixture, gconstpointer data)
{
  const End *row = data;

  start (fixture);
  si_issuer_fixture_refuse (&fixture->issuer, 400, "authorization_pending");
  si_issuer_fixture_refuse (&fixture->issuer, row->status, row->word);
  assert_problem (fixture, row->problem);
  g_assert_cmpuint (count_polls (fixture), ==, 2);
}

/* The issuer does not say so, or is not there to say so. */
static void
test_time_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strdup_printf (
      "{\"device_code\": \"device-1\", \"user_code\": \"WDJB-MJHT\","
      " \"verification_uri\": \"%s/code\", \"expires_in\": 1, \"interval\": 1}",
      fixture->issuer.issuer);

  si_device_flow_set_second (fixture->flow, 50);
  si_issuer_fixture_describe (&fixture->issuer, NULL);
  si_scripted_server_expect (fixture->issuer.server, "POST", "/device", 200, text);
  si_reply_repeat (
      si_issuer_fixture_refuse (&fixture->issuer, 400, "authorization_pending"));
  run (fixture);
  assert_problem (fixture, SI_PROBLEM_SIGN_IN_EXPIRED);
}

static void
test_no_endpoint (Fixture *fixture, gconstpointer data)
{
  const char        *issuer = fixture->issuer.issuer;
  g_autoptr (GError) error = NULL;
  g_autofree char   *text
      = g_strdup_printf ("{\"issuer\": \"%s\", \"authorization_endpoint\": \"%s/auth\","
                         " \"token_endpoint\": \"%s/token\"}",
                         issuer, issuer, issuer);

  si_scripted_server_expect (fixture->issuer.server, "GET", DISCOVERY_PATH, 200, text);
  run (fixture);
  g_assert_null (finish (fixture, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_FAILED);
  g_assert_cmpuint (fixture->n_ready, ==, 0);
}

static void
test_cancelled_while_starting (Fixture *fixture, gconstpointer data)
{
  si_issuer_fixture_describe (&fixture->issuer, NULL);
  si_reply_hold (si_issuer_fixture_expect_device_code (&fixture->issuer, INTERVAL));
  run (fixture);
  si_test_wait_until (si_scripted_server_get_n_unanswered (fixture->issuer.server) == 1);
  g_cancellable_cancel (fixture->cancellable);
  assert_cancelled (fixture);
  g_assert_cmpuint (fixture->n_ready, ==, 0);
}

static void
test_cancelled_while_waiting (Fixture *fixture, gconstpointer data)
{
  si_device_flow_set_second (fixture->flow, 1000);
  start (fixture);
  si_test_wait_until (fixture->n_ready == 1);
  g_cancellable_cancel (fixture->cancellable);
  assert_cancelled (fixture);
  g_assert_cmpuint (count_polls (fixture), ==, 0);
}

static void
test_cancelled_while_polling (Fixture *fixture, gconstpointer data)
{
  start (fixture);
  si_reply_hold (
      si_issuer_fixture_refuse (&fixture->issuer, 400, "authorization_pending"));
  si_test_wait_until (si_scripted_server_get_n_unanswered (fixture->issuer.server) == 1);
  g_cancellable_cancel (fixture->cancellable);
  assert_cancelled (fixture);
  g_assert_cmpuint (count_polls (fixture), ==, 1);
}

static void
cancel_cb (Fixture *fixture)
{
  g_cancellable_cancel (fixture->cancellable);
}

static void
test_cancelled_when_ready (Fixture *fixture, gconstpointer data)
{
  g_signal_connect_swapped (fixture->flow, "ready", G_CALLBACK (cancel_cb), fixture);
  start (fixture);
  assert_cancelled (fixture);
  g_assert_cmpuint (count_polls (fixture), ==, 0);
}

#define ADD(name, test)                                                                  \
  g_test_add ("/device-flow/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("all", test_all);
  ADD ("interval", test_interval);
  ADD ("slow-down", test_slow_down);
  ADD ("lost", test_lost);
  ADD ("lost-and-slow", test_lost_and_slow);
  ADD ("busy", test_busy);
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++) {
    g_autofree char *path = g_strdup_printf ("/device-flow/end/%s", ends[i].name);

    g_test_add (path, Fixture, &ends[i], set_up, test_end, tear_down);
  }
  ADD ("time-up", test_time_up);
  ADD ("no-endpoint", test_no_endpoint);
  ADD ("cancelled-while-starting", test_cancelled_while_starting);
  ADD ("cancelled-while-waiting", test_cancelled_while_waiting);
  ADD ("cancelled-while-polling", test_cancelled_while_polling);
  ADD ("cancelled-when-ready", test_cancelled_when_ready);

  return g_test_run ();
}
