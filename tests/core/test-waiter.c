/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-waiter.h"

#include "si-clock.h"
#include "si-error.h"
#include "si-fixed-token.h"
#include "si-rest-provider.h"
#include "si-scripted-server.h"
#include "si-test-documents.h"
#include "si-test-loop.h"

#define PATH "/v1/me/verifications/v-1"
#define MS ((gint64) 1000)

typedef struct {
  SiScriptedServer *server;
  SiProvider       *provider;
  SiWaiter         *waiter;
  guint             n_changes;
  guint             n_notifies;
  GError           *error;
} Fixture;

static void
changed_cb (Fixture *fixture)
{
  fixture->n_changes++;
}

static void
failed_cb (Fixture *fixture, const GError *error)
{
  g_assert_null (fixture->error);
  fixture->error = g_error_copy (error);
}

static void
connected_cb (Fixture *fixture)
{
  fixture->n_notifies++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiTokenSource) tokens = si_fixed_token_new ("token");
  g_autoptr (SiHttp)        http = NULL;

  fixture->server = si_scripted_server_new ();
  http = si_http_new (si_scripted_server_get_base (fixture->server), tokens);
  fixture->provider = si_rest_provider_new (http);
  fixture->waiter = si_waiter_new (fixture->provider);
  g_signal_connect_swapped (fixture->waiter, "changed", G_CALLBACK (changed_cb), fixture);
  g_signal_connect_swapped (fixture->waiter, "failed", G_CALLBACK (failed_cb), fixture);
  g_signal_connect_swapped (fixture->waiter, "notify::connected",
                            G_CALLBACK (connected_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_true (si_scripted_server_is_done (fixture->server));
  si_waiter_stop (fixture->waiter);
  si_test_run_for (20);
  g_assert_finalize_object (fixture->waiter);
  g_assert_finalize_object (fixture->provider);
  g_clear_object (&fixture->server);
  g_clear_error (&fixture->error);
}

static char *
in_state (const char *word)
{
  g_autofree char *state = g_strdup_printf ("\"%s\"", word);

  return si_test_vary (SI_EXAMPLE_CALL, "state", state, NULL);
}

static SiVerification *
make (const char *text, const char *etag)
{
  g_autoptr (JsonObject) object = si_test_parse (text);

  return si_verification_new_from_json (object, etag, si_clock_get_time (), NULL);
}

static SiVerification *
make_with_seconds_left (guint seconds)
{
  g_autofree char *expires = g_strdup_printf ("\"2026-11-23T12:00:%02uZ\"", 3 + seconds);
  g_autofree char *text = si_test_vary (SI_EXAMPLE_CALL, "expiresAt", expires, NULL);

  return make (text, "\"v-0\"");
}

static SiReply *
expect (Fixture *fixture, guint status, const char *body, const char *etag, gboolean wait)
{
  SiReply *reply = si_scripted_server_expect (fixture->server, "GET", PATH, status, body);

  if (etag != NULL)
    si_reply_set_header (reply, "ETag", etag);
  if (wait)
    si_reply_set_header (reply, "Preference-Applied", "wait=25");

  return reply;
}

static SiReply *
expect_held (Fixture *fixture, guint status, const char *body, const char *etag)
{
  SiReply *reply = expect (fixture, status, body, etag, TRUE);

  si_reply_hold (reply);

  return reply;
}

static void
watch (Fixture *fixture)
{
  g_autoptr (SiVerification) verification = make (SI_EXAMPLE_CALL, "\"v-0\"");

  si_waiter_watch (fixture->waiter, verification);
}

static guint
count (Fixture *fixture)
{
  return si_scripted_server_get_n_requests (fixture->server);
}

/* Waits for request number @n, and returns how long that took. */
static gint64
time_to_request (Fixture *fixture, guint n)
{
  gint64 begun = si_clock_get_time ();

  g_assert_cmpuint (count (fixture), <, n);
  si_test_wait_until (count (fixture) == n);

  return si_clock_get_time () - begun;
}

static void
assert_between (gint64 time, gint64 least, gint64 most)
{
  g_assert_cmpint (time, >=, least);
  g_assert_cmpint (time, <=, most);
}

static void
assert_quiet (Fixture *fixture, guint milliseconds)
{
  guint before = count (fixture);

  si_test_run_for (milliseconds);
  g_assert_cmpuint (count (fixture), ==, before);
}

/* One request for each change of state, and not one more. */
static void
test_long_poll (Fixture *fixture, gconstpointer data)
{
  const char *const words[]
      = { "calling", "ringing", "dreaming", "answered", "verified" };

  watch (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    g_autofree char *text = in_state (words[i]);
    g_autofree char *etag = g_strdup_printf ("\"v-%u\"", i + 1);
    g_autofree char *seen = g_strdup_printf ("\"v-%u\"", i);
    SiReply         *reply = expect_held (fixture, 200, text, etag);

    si_test_wait_until (si_scripted_server_get_n_unanswered (fixture->server) == 1);
    g_assert_cmpstr (si_scripted_server_get_header (fixture->server, i, "Prefer"), ==,
                     "wait=25");
    g_assert_cmpstr (si_scripted_server_get_header (fixture->server, i, "If-None-Match"),
                     ==, seen);
    si_reply_release (reply);
    si_test_wait_until (fixture->n_changes == i + 1);
  }

  assert_quiet (fixture, 100);
  g_assert_cmpuint (count (fixture), ==, 5);
  g_assert_true (
      si_verification_has_ended (si_waiter_get_verification (fixture->waiter)));
  g_assert_cmpuint (fixture->n_notifies, ==, 0);
  g_assert_no_error (fixture->error);
}

/* A wait that was held back for its time and brought nothing is followed by the next at
 * once; it is never asked for past the deadline. */
static void
test_wait_without_change (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerification) verification = make_with_seconds_left (2);
  SiReply                   *reply = expect_held (fixture, 304, NULL, "\"v-0\"");

  si_waiter_watch (fixture->waiter, verification);
  si_test_wait_until (si_scripted_server_get_n_unanswered (fixture->server) == 1);
  g_assert_cmpstr (si_scripted_server_get_header (fixture->server, 0, "Prefer"), ==,
                   "wait=2");
  si_test_run_for (1200);
  expect_held (fixture, 304, NULL, "\"v-0\"");
  si_reply_release (reply);
  assert_between (time_to_request (fixture, 2), 0, 200 * MS);
  g_assert_cmpstr (si_scripted_server_get_header (fixture->server, 1, "Prefer"), ==,
                   "wait=1");
  g_assert_cmpuint (fixture->n_changes, ==, 0);
}

/* Another app waits for the same, and ends this one's waits: no storm. */
static void
test_ended_early (Fixture *fixture, gconstpointer data)
{
  si_reply_repeat (expect (fixture, 304, NULL, "\"v-0\"", TRUE));
  watch (fixture);
  si_test_wait_until (count (fixture) == 1);
  assert_between (time_to_request (fixture, 2), 1950 * MS, 2600 * MS);
}

/* Nor with a backend whose entity tag is new each time. */
static void
test_new_tag_each_time (Fixture *fixture, gconstpointer data)
{
  si_reply_repeat (expect (fixture, 200, SI_EXAMPLE_CALL, NULL, TRUE));
  watch (fixture);
  si_test_wait_until (count (fixture) == 1);
  assert_quiet (fixture, 1900);
}

static void
test_poll (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = in_state ("verified");
  SiReply         *first = expect (fixture, 304, NULL, "\"v-0\"", FALSE);
  SiReply         *second = expect (fixture, 304, NULL, "\"v-0\"", FALSE);

  si_reply_set_header (first, "Retry-After", "1");
  si_reply_set_header (second, "Retry-After", "3");
  watch (fixture);
  si_test_wait_until (count (fixture) == 1);
  assert_between (time_to_request (fixture, 2), 980 * MS, 1300 * MS);
  expect (fixture, 200, text, "\"v-1\"", FALSE);
  assert_between (time_to_request (fixture, 3), 2980 * MS, 3700 * MS);
  si_test_wait_until (fixture->n_changes == 1);
}

static void
test_poll_by_default (Fixture *fixture, gconstpointer data)
{
  si_reply_repeat (expect (fixture, 304, NULL, "\"v-0\"", FALSE));
  watch (fixture);
  si_test_wait_until (count (fixture) == 1);
  assert_between (time_to_request (fixture, 2), 1980 * MS, 2500 * MS);
}

static void
test_wait_out (Fixture *fixture, gconstpointer data)
{
  SiReply *limited = expect (fixture, 429, "{\"code\":\"rate_limited\"}", NULL, FALSE);
  SiReply *down = expect (fixture, 503, "{\"code\":\"maintenance\"}", NULL, FALSE);

  si_reply_set_header (limited, "Retry-After", "1");
  si_reply_set_header (down, "Retry-After", "2");
  watch (fixture);
  si_test_wait_until (count (fixture) == 1);
  assert_between (time_to_request (fixture, 2), 980 * MS, 1300 * MS);
  g_assert_true (si_waiter_get_connected (fixture->waiter));
  expect_held (fixture, 304, NULL, "\"v-0\"");
  assert_between (time_to_request (fixture, 3), 1950 * MS, 2500 * MS);
  g_assert_false (si_waiter_get_connected (fixture->waiter));
  g_assert_no_error (fixture->error);
}

/* Without a network: after one second, then two, and so on; and no repeat in between. */
static void
test_offline (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = in_state ("verified");

  si_scripted_server_expect_bytes (fixture->server, "GET", PATH, "", 0,
                                   SI_AFTERWARDS_CLOSE);
  si_scripted_server_expect_bytes (fixture->server, "GET", PATH, "", 0,
                                   SI_AFTERWARDS_RESET);
  watch (fixture);
  si_test_wait_until (count (fixture) == 1);
  assert_between (time_to_request (fixture, 2), 980 * MS, 1400 * MS);
  g_assert_false (si_waiter_get_connected (fixture->waiter));
  expect (fixture, 200, text, "\"v-1\"", TRUE);
  assert_between (time_to_request (fixture, 3), 1980 * MS, 2600 * MS);
  si_test_wait_until (fixture->n_changes == 1);
  g_assert_true (si_waiter_get_connected (fixture->waiter));
  g_assert_cmpuint (fixture->n_notifies, ==, 2);
}

static void
stop_cb (SiWaiter *waiter)
{
  si_waiter_stop (waiter);
}

/* Whoever stops it on hearing that the network is gone has stopped it. */
static void
test_stop_when_offline (Fixture *fixture, gconstpointer data)
{
  g_signal_connect (fixture->waiter, "notify::connected", G_CALLBACK (stop_cb), NULL);
  si_scripted_server_expect_bytes (fixture->server, "GET", PATH, "", 0,
                                   SI_AFTERWARDS_CLOSE);
  watch (fixture);
  si_test_wait_until (fixture->n_notifies == 1);
  assert_quiet (fixture, 1500);
}

/* When the time is up it is asked once more, without waiting: the backend decides. */
static void
test_deadline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerification) verification = make_with_seconds_left (1);
  g_autofree char           *text = in_state ("expired");
  SiReply                   *reply = expect_held (fixture, 304, NULL, "\"v-0\"");

  si_waiter_watch (fixture->waiter, verification);
  si_test_wait_until (si_scripted_server_get_n_unanswered (fixture->server) == 1);
  si_test_run_for (1020);
  expect (fixture, 200, text, "\"v-1\"", FALSE);
  si_reply_release (reply);
  si_test_wait_until (fixture->n_changes == 1);
  assert_quiet (fixture, 100);
  g_assert_cmpuint (count (fixture), ==, 2);
  g_assert_null (si_scripted_server_get_header (fixture->server, 1, "Prefer"));
}

/* And where it says that it goes on, it goes on. */
static void
test_deadline_passed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerification) verification = make_with_seconds_left (0);

  expect (fixture, 304, NULL, "\"v-0\"", FALSE);
  si_waiter_watch (fixture->waiter, verification);
  si_test_wait_until (count (fixture) == 1);
  g_assert_null (si_scripted_server_get_header (fixture->server, 0, "Prefer"));
  expect_held (fixture, 304, NULL, "\"v-0\"");
  assert_between (time_to_request (fixture, 2), 1980 * MS, 2600 * MS);
  g_assert_cmpstr (si_scripted_server_get_header (fixture->server, 1, "Prefer"), ==,
                   "wait=25");
}

/* Answers that make no sense are asked for again, but not for ever. */
static void
test_nonsense (Fixture *fixture, gconstpointer data)
{
  si_reply_repeat (expect (fixture, 200, "{\"id\": 1}", NULL, TRUE));
  watch (fixture);
  si_test_wait_until (fixture->error != NULL);
  g_assert_error (fixture->error, SI_ERROR, SI_ERROR_PROTOCOL);
  g_assert_cmpuint (count (fixture), ==, 3);
  assert_quiet (fixture, 100);
}

static void
test_fails_at_once (Fixture *fixture, gconstpointer data)
{
  const struct {
    guint       status;
    const char *code;
    int         error;
  } rows[] = {
    { 401, "invalid_token", SI_ERROR_SIGN_IN_REQUIRED },
    { 401, "step_up_required", SI_ERROR_STEP_UP_REQUIRED },
    { 403, "account_mismatch", SI_ERROR_NOT_ALLOWED },
    { 404, "not_found", SI_ERROR_ENDED },
    { 410, "verification_ended", SI_ERROR_ENDED },
    { 400, "invalid_request", SI_ERROR_FAILED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *body = g_strdup_printf ("{\"code\":\"%s\"}", rows[i].code);

    expect (fixture, rows[i].status, body, NULL, FALSE);
    watch (fixture);
    si_test_wait_until (fixture->error != NULL);
    g_assert_error (fixture->error, SI_ERROR, rows[i].error);
    g_clear_error (&fixture->error);
    assert_quiet (fixture, 20);
  }
  g_assert_cmpuint (count (fixture), ==, G_N_ELEMENTS (rows));
}

/* What is not watched any more is not heard of any more. */
static void
test_watch_another (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other_text = si_test_vary (SI_EXAMPLE_CALL, "id", "\"v-2\"", NULL);
  g_autoptr (SiVerification) other = make (other_text, "\"o-1\"");
  g_autofree char           *verified = in_state ("verified");
  SiReply                   *reply = expect_held (fixture, 200, verified, "\"v-1\"");

  si_reply_hold (si_scripted_server_expect (fixture->server, "GET",
                                            "/v1/me/verifications/v-2", 304, NULL));
  watch (fixture);
  si_test_wait_until (count (fixture) == 1);
  si_waiter_watch (fixture->waiter, other);
  si_reply_release (reply);
  si_test_wait_until (count (fixture) == 2);
  si_test_run_for (50);
  g_assert_cmpuint (fixture->n_changes, ==, 0);
  g_assert_true (si_waiter_get_verification (fixture->waiter) == other);

  si_waiter_stop (fixture->waiter);
  assert_quiet (fixture, 100);
}

static void
test_ended_already (Fixture *fixture, gconstpointer data)
{
  g_autofree char           *text = in_state ("expired");
  g_autoptr (SiVerification) verification = make (text, NULL);

  si_waiter_watch (fixture->waiter, verification);
  assert_quiet (fixture, 50);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, function)                                                              \
  g_test_add ("/waiter/" name, Fixture, NULL, set_up, function, tear_down)

  ADD ("long-poll", test_long_poll);
  ADD ("wait-without-change", test_wait_without_change);
  ADD ("ended-early", test_ended_early);
  ADD ("new-tag-each-time", test_new_tag_each_time);
  ADD ("poll", test_poll);
  ADD ("poll-by-default", test_poll_by_default);
  ADD ("wait-out", test_wait_out);
  ADD ("offline", test_offline);
  ADD ("stop-when-offline", test_stop_when_offline);
  ADD ("deadline", test_deadline);
  ADD ("deadline-passed", test_deadline_passed);
  ADD ("nonsense", test_nonsense);
  ADD ("fails-at-once", test_fails_at_once);
  ADD ("watch-another", test_watch_another);
  ADD ("ended-already", test_ended_already);

  return g_test_run ();
}
