/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-http.h"

#include "si-clock.h"
#include "si-error.h"
#include "si-fixed-token.h"
#include "si-scripted-server.h"
#include "si-test-loop.h"

/* Backends that never come to the end: a request takes fifteen seconds and no more,
 * however much of its answer dribbles in. They all run side by side. */

#define TIMEOUT (15 * G_USEC_PER_SEC)

static const struct {
  const char *path;
  const char *bytes; /* NULL where not even the request is taken note of */
} rows[] = {
  { "/v1/silent", NULL },
  { "/v1/nothing", "" },
  { "/v1/headers", "HTTP/1.1 200 OK\r\n" },
  { "/v1/body", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                "Content-Length: 100\r\n\r\n{" },
  { "/v1/chunk", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                 "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n" },
};

static void
test_timeout (void)
{
  g_autoptr (SiScriptedServer) server = si_scripted_server_new ();
  g_autoptr (SiTokenSource)    tokens = si_fixed_token_new ("token");
  g_autoptr (SiHttp) http = si_http_new (si_scripted_server_get_base (server), tokens);
  GAsyncResult      *results[G_N_ELEMENTS (rows)] = { NULL };
  gint64             begun = si_clock_get_time ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (SiHttpRequest) request = si_http_request_new ("GET", rows[i].path);

    if (rows[i].bytes == NULL)
      si_reply_hold (si_scripted_server_expect (server, "GET", rows[i].path, 200, "{}"));
    else
      si_scripted_server_expect_bytes (server, "GET", rows[i].path, rows[i].bytes, -1,
                                       SI_AFTERWARDS_HOLD);
    si_http_send_async (http, request, NULL, si_test_keep_result, &results[i]);
  }

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;

    si_test_wait_until (results[i] != NULL);
    g_assert_null (si_http_send_finish (http, results[i], &error));
    g_assert_error (error, SI_ERROR, SI_ERROR_OFFLINE);
    g_clear_object (&results[i]);
  }

  g_assert_cmpint (si_clock_get_time () - begun, >=, TIMEOUT - G_USEC_PER_SEC / 10);
  g_assert_cmpint (si_clock_get_time () - begun, <, TIMEOUT + 5 * G_USEC_PER_SEC);
  g_assert_cmpuint (si_scripted_server_get_n_requests (server), ==, G_N_ELEMENTS (rows));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/http-timeout/all", test_timeout);

  return g_test_run ();
}
