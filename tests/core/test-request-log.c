/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-http-fixture.h"

/* What a help desk gets to see of the last requests. */

static void
send (SiHttpFixture *fixture, SiRequestLog *log)
{
  g_autoptr (SiHttpResponse) response = NULL;
  g_autoptr (SiHttpRequest)  request
      = si_http_request_new ("GET", "/v1/x?number=%2B46701740605");
  g_autoptr (GError) error = NULL;

  si_http_set_log (fixture->http, log);
  response = si_http_fixture_send (fixture, request, &error);
}

static void
expect (SiHttpFixture *fixture, guint status, const char *body)
{
  si_scripted_server_expect (fixture->server, "GET", "/v1/x", status, body);
}

static void
test_entries (SiHttpFixture *fixture, gconstpointer data)
{
  g_autoptr (SiRequestLog) log = si_request_log_new ();
  g_autofree char         *text = NULL;
  g_auto (GStrv)           lines = NULL;

  expect (fixture, 200, "{}");
  send (fixture, log);
  expect (fixture, 403, "{\"code\": \"policy_disallowed\", \"detail\": \"Astrid\"}");
  send (fixture, log);
  expect (fixture, 403, "{\"code\": \"" TOKEN "\"}");
  send (fixture, log);
  si_scripted_server_expect_bytes (fixture->server, "GET", "/v1/x", "no", -1,
                                   SI_AFTERWARDS_CLOSE);
  send (fixture, log);

  text = si_request_log_dup_text (log);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 5);
  g_assert_true (g_str_has_suffix (lines[0], " status 200"));
  g_assert_nonnull (strstr (
      lines[0], si_scripted_server_get_header (fixture->server, 0, "X-Request-Id")));
  g_assert_true (g_str_has_suffix (lines[1], " policy_disallowed"));
  g_assert_true (g_str_has_suffix (lines[2], " other"));
  g_assert_nonnull (strstr (lines[3], " status 0, "));

  /* Neither what was sent nor what came, but for what is known. */
  g_assert_null (strstr (text, TOKEN));
  g_assert_null (strstr (text, "4670"));
  g_assert_null (strstr (text, "Astrid"));
  g_assert_null (strstr (text, "/v1"));
}

static void
test_length (SiHttpFixture *fixture, gconstpointer data)
{
  g_autoptr (SiRequestLog) log = si_request_log_new ();
  g_autofree char         *text = NULL;
  g_auto (GStrv)           lines = NULL;

  for (guint i = 0; i < 12; i++) {
    g_autofree char *id = g_strdup_printf ("request-%u", i);

    si_request_log_add (log, id, 200, NULL);
  }

  text = si_request_log_dup_text (log);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 11);
  g_assert_nonnull (strstr (lines[0], "request-2 "));
  g_assert_nonnull (strstr (lines[9], "request-11 "));
}

#define ADD(name, test)                                                                  \
  g_test_add ("/request-log/" name, SiHttpFixture, NULL, si_http_fixture_set_up, test,   \
              si_http_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("entries", test_entries);
  ADD ("length", test_length);

  return g_test_run ();
}
