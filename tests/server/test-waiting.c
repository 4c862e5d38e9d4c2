/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-test-client.h"
#include "si-test-server.h"

/* Waiting for a verification to go on: held requests, and polling where they are not. */

#define MOBILE "+46701740605"

/* Far more than it takes, far less than a wait: in milliseconds. */
#define PROMPT 1000

typedef struct {
  SiServer     *server;
  SiTestClient *client;
  char         *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  SiServerOptions *options = si_test_server_options_new ();

  options->long_poll = GPOINTER_TO_INT (data);
  options->retry_after = 7;
  fixture->server = si_test_server_start (options);
  fixture->client = si_test_client_new (fixture->server, SI_TEST_TOKEN);
  fixture->path = si_test_client_begin (fixture->client, "mobile", MOBILE, "call");
  si_test_server_wait_for_call (fixture->server, SI_SIMULATED_CALL_RINGING);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->client, si_test_client_free);
  g_clear_object (&fixture->server);
  g_clear_pointer (&fixture->path, g_free);
}

/* Asks for what comes after the present state. */
static SiTestCall *
wait_for_change (Fixture *fixture, guint seconds)
{
  g_autoptr (SiTestCall) now = si_test_client_get (fixture->client, fixture->path);
  g_autofree char       *headers
      = g_strdup_printf ("Prefer: respond-async, wait=%u\nIf-None-Match: %s", seconds,
                         si_test_call_get_header (now, "ETag"));

  return si_test_client_send (fixture->client, "GET", fixture->path, NULL, headers);
}

/* A request that comes after has been answered: so this one has been read. */
static void
let_it_arrive (Fixture *fixture, SiTestCall *call)
{
  for (guint i = 0; i < 3; i++)
    si_test_call_free (si_test_client_get (fixture->client, fixture->path));
  g_assert_false (si_test_call_is_done (call));
}

static void
committed_cb (SiServer *server, const char *id, gint64 at, gint64 *committed_at)
{
  *committed_at = at;
}

static void
test_woken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiTestCall) call = wait_for_change (fixture, 25);
  gint64                 committed_at = 0;
  gint64                 answered_at;

  g_signal_connect (fixture->server, "committed", G_CALLBACK (committed_cb),
                    &committed_at);
  let_it_arrive (fixture, call);
  g_assert_true (si_simulated_phone_answer (
      si_server_get_phone (fixture->server),
      si_simulated_call_get_id (
          si_simulated_phone_get_ringing (si_server_get_phone (fixture->server))),
      NULL));
  si_test_call_wait (call);
  g_assert_cmpstr (si_test_call_get_string (call, "state"), ==, "answered");
  g_assert_cmpstr (si_test_call_get_header (call, "Preference-Applied"), ==, "wait=25");
  si_test_call_free (g_steal_pointer (&call));

  call = wait_for_change (fixture, 25);
  let_it_arrive (fixture, call);
  si_simulated_phone_press (si_server_get_phone (fixture->server), "c-1", '#', NULL);
  si_test_call_wait (call);
  answered_at = g_get_monotonic_time ();
  g_assert_cmpstr (si_test_call_get_string (call, "state"), ==, "verified");
  g_assert_cmpint (committed_at, >, 0);
  g_assert_cmpint (answered_at - committed_at, <, PROMPT * 1000);
  g_test_message ("%" G_GINT64_FORMAT " µs from commit to answer",
                  answered_at - committed_at);
}

static void
test_time_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiTestCall) call = wait_for_change (fixture, 1);

  si_test_call_wait (call);
  g_assert_cmpuint (si_test_call_get_status (call), ==, 304);
  g_assert_cmpstr (si_test_call_get_header (call, "Preference-Applied"), ==, "wait=1");
  g_assert_nonnull (si_test_call_get_header (call, "ETag"));
}

static void
test_newer_ends_older (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiTestCall) older = wait_for_change (fixture, 25);
  g_autoptr (SiTestCall) newer = NULL;

  let_it_arrive (fixture, older);
  newer = wait_for_change (fixture, 25);
  si_test_call_wait (older);
  g_assert_cmpuint (si_test_call_get_status (older), ==, 304);
  g_assert_false (si_test_call_is_done (newer));

  si_test_server_approve (fixture->server);
  si_test_call_wait (newer);
  g_assert_cmpuint (si_test_call_get_status (newer), ==, 200);
}

/* What has changed since is told at once. */
static void
test_changed_before (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiTestCall) call
      = si_test_client_call (fixture->client, "GET", fixture->path, NULL,
                             "Prefer: wait=25\nIf-None-Match: \"old\"");

  g_assert_cmpuint (si_test_call_get_status (call), ==, 200);
  g_assert_cmpstr (si_test_call_get_header (call, "Preference-Applied"), ==, "wait=25");
}

static void
test_canceled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiTestCall) call = wait_for_change (fixture, 25);

  let_it_arrive (fixture, call);
  si_test_call_free (
      si_test_client_call (fixture->client, "DELETE", fixture->path, NULL, NULL));
  si_test_call_wait (call);
  g_assert_cmpstr (si_test_call_get_string (call, "state"), ==, "canceled");
}

/* A client that has left is noticed at the latest when its wait is over. */
static void
test_client_leaves (Fixture *fixture, gconstpointer data)
{
  SiTestClient          *other = si_test_client_new (fixture->server, SI_TEST_TOKEN);
  g_autoptr (SiTestCall) now = si_test_client_get (fixture->client, fixture->path);
  g_autofree char       *text = g_strdup_printf (
            "GET /%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " SI_TEST_TOKEN "\r\n"
                  "Prefer: wait=25\r\nIf-None-Match: %s\r\n\r\n",
            fixture->path, si_test_call_get_header (now, "ETag"));
  g_autoptr (GSocketClient)     raw = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;

  g_socket_client_set_enable_proxy (raw, FALSE);
  connection = g_socket_client_connect_to_host (
      raw, "127.0.0.1", si_server_get_port (fixture->server), NULL, NULL);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                             text, strlen (text), NULL, NULL, NULL);
  for (guint i = 0; i < 3; i++)
    si_test_call_free (si_test_client_get (other, fixture->path));
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);

  si_test_server_approve (fixture->server);
  si_test_call_free (g_steal_pointer (&now));
  now = si_test_client_get (other, fixture->path);
  g_assert_cmpstr (si_test_call_get_string (now, "state"), ==, "verified");
  si_test_client_free (other);
}

static void
test_no_wait (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiTestCall) call = wait_for_change (fixture, 25);

  si_test_call_wait (call);
  g_assert_cmpuint (si_test_call_get_status (call), ==, 304);
  g_assert_null (si_test_call_get_header (call, "Preference-Applied"));
  g_assert_cmpstr (si_test_call_get_header (call, "Retry-After"), ==, "7");
}

int
main (int argc, char **argv)
{
  const struct {
    const char *name;
    gboolean    long_poll;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/waiting/woken", TRUE, test_woken },
    { "/waiting/time-up", TRUE, test_time_up },
    { "/waiting/newer-ends-older", TRUE, test_newer_ends_older },
    { "/waiting/changed-before", TRUE, test_changed_before },
    { "/waiting/canceled", TRUE, test_canceled },
    { "/waiting/client-leaves", TRUE, test_client_leaves },
    { "/waiting/no-wait", FALSE, test_no_wait },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, GINT_TO_POINTER (tests[i].long_poll), set_up,
                tests[i].test, tear_down);

  return g_test_run ();
}
