/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-http-fixture.h"

static void
test_success (SiHttpFixture *fixture, gconstpointer data)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiHttpResponse) response = NULL;
  SiReply                   *reply
      = si_scripted_server_expect (fixture->server, "GET", "/v1/x", 200, "{\"a\":1}");

  si_reply_set_header (reply, "ETag", "\"7\"");
  response = si_http_fixture_get (fixture, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (si_http_response_get_status (response), ==, 200);
  g_assert_cmpint (si_json_get_int (si_http_response_get_object (response), "a", 0), ==,
                   1);
  g_assert_cmpstr (si_http_response_get_header (response, "etag"), ==, "\"7\"");
  g_assert_cmpint (si_http_response_get_retry_after (response), ==, -1);
  g_assert_cmpint (si_http_response_get_received_at (response), >, 0);
}

static void
test_request_headers (SiHttpFixture *fixture, gconstpointer data)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiHttpResponse) first = NULL, second = NULL;
  const char                *ids[2];

  si_scripted_server_expect (fixture->server, "GET", "/v1/x", 200, "{}");
  si_scripted_server_expect (fixture->server, "GET", "/v1/x", 200, "{}");
  first = si_http_fixture_get (fixture, &error);
  second = si_http_fixture_get (fixture, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < 2; i++) {
    SiScriptedServer *server = fixture->server;

    g_assert_cmpstr (si_scripted_server_get_header (server, i, "Authorization"), ==,
                     "Bearer " TOKEN);
    g_assert_cmpstr (si_scripted_server_get_header (server, i, "Accept"), ==,
                     "application/json, application/problem+json");
    g_assert_nonnull (si_scripted_server_get_header (server, i, "Accept-Language"));
    g_assert_null (si_scripted_server_get_header (server, i, "Cookie"));
    g_assert_null (si_scripted_server_get_header (server, i, "Idempotency-Key"));
    ids[i] = si_scripted_server_get_header (server, i, "X-Request-Id");
    g_assert_true (g_uuid_string_is_valid (ids[i]));
  }
  g_assert_cmpstr (ids[0], !=, ids[1]);
}

static void
test_case_of_content_type (SiHttpFixture *fixture, gconstpointer data)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiHttpResponse) response = NULL;

  si_scripted_server_expect_bytes (
      fixture->server, "GET", "/v1/x",
      "HTTP/1.1 200 OK\r\nContent-Type: Application/JSON; charset=UTF-8\r\n"
      "Content-Length: 2\r\n\r\n{}",
      -1, SI_AFTERWARDS_CLOSE);
  response = si_http_fixture_get (fixture, &error);
  g_assert_no_error (error);
}

/* Which requests are sent again after a lost answer. */
static void
test_repeat (SiHttpFixture *fixture, gconstpointer data)
{
  const struct {
    const char *method;
    const char *key;
    guint       wait;
    guint       n_requests;
  } rows[] = {
    { "GET", NULL, 0, 3 },  { "PUT", NULL, 0, 3 },   { "DELETE", NULL, 0, 3 },
    { "POST", NULL, 0, 1 }, { "POST", "k-1", 0, 3 }, { "GET", NULL, 25, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char          *path = g_strdup_printf ("/v1/%u", i);
    g_autoptr (SiHttpRequest) request = si_http_request_new (rows[i].method, path);
    g_autoptr (GError)        error = NULL;
    guint before = si_scripted_server_get_n_requests (fixture->server);

    if (rows[i].key != NULL)
      si_http_request_set_idempotency_key (request, rows[i].key);
    if (rows[i].wait > 0)
      si_http_request_set_wait (request, rows[i].wait);
    si_reply_repeat (si_scripted_server_expect_bytes (fixture->server, rows[i].method,
                                                      path, "", 0, SI_AFTERWARDS_CLOSE));

    g_assert_null (si_http_fixture_send (fixture, request, &error));
    g_assert_error (error, SI_ERROR, SI_ERROR_OFFLINE);
    g_assert_cmpuint (si_scripted_server_get_n_requests (fixture->server) - before, ==,
                      rows[i].n_requests);
    for (guint n = before; n < si_scripted_server_get_n_requests (fixture->server); n++)
      g_assert_cmpstr (
          si_scripted_server_get_header (fixture->server, n, "Idempotency-Key"), ==,
          rows[i].key);
  }
}

/* A connection that was kept alive and is closed as soon as it is used again: libsoup
 * must not send on its own what may not be repeated. */
static void
test_repeat_on_old_connection (SiHttpFixture *fixture, gconstpointer data)
{
  g_autoptr (SiHttpRequest)  request = si_http_request_new ("POST", "/v1/y");
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiHttpResponse) response = NULL;

  si_scripted_server_expect (fixture->server, "GET", "/v1/x", 200, "{}");
  response = si_http_fixture_get (fixture, &error);
  g_assert_no_error (error);

  si_reply_repeat (si_scripted_server_expect_bytes (fixture->server, "POST", "/v1/y", "",
                                                    0, SI_AFTERWARDS_CLOSE));
  g_assert_null (si_http_fixture_send (fixture, request, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_OFFLINE);
  g_assert_cmpuint (si_scripted_server_get_n_requests (fixture->server), ==, 2);
}

static void
test_repeat_succeeds (SiHttpFixture *fixture, gconstpointer data)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiHttpResponse) response = NULL;

  si_scripted_server_expect_bytes (fixture->server, "GET", "/v1/x", "", 0,
                                   SI_AFTERWARDS_CLOSE);
  si_scripted_server_expect_bytes (fixture->server, "GET", "/v1/x",
                                   JSON "Content-Length: 9\r\n\r\n{\"a\":", -1,
                                   SI_AFTERWARDS_CLOSE);
  si_scripted_server_expect (fixture->server, "GET", "/v1/x", 200, "{\"b\":2}");
  response = si_http_fixture_get (fixture, &error);

  g_assert_no_error (error);
  g_assert_cmpint (si_json_get_int (si_http_response_get_object (response), "b", 0), ==,
                   2);
}

static void
test_refused (SiHttpFixture *fixture, gconstpointer data)
{
  g_autoptr (SiScriptedServer) gone = si_scripted_server_new ();
  g_autoptr (GUri)             base = g_uri_ref (si_scripted_server_get_base (gone));
  g_autoptr (SiHttp)           http = si_http_new (base, NULL);
  g_autoptr (SiHttpRequest)    request = si_http_request_new ("GET", "/v1/x");
  g_autoptr (GAsyncResult)     result = NULL;
  g_autoptr (GError)           error = NULL;

  g_clear_object (&gone);
  si_http_send_async (http, request, NULL, si_test_keep_result, &result);
  si_test_wait_until (result != NULL);

  g_assert_null (si_http_send_finish (http, result, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_OFFLINE);
}

static void
test_cancel (SiHttpFixture *fixture, gconstpointer data)
{
  g_autoptr (SiHttpRequest) request = si_http_request_new ("GET", "/v1/x");
  g_autoptr (GCancellable)  cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult)  result = NULL, again = NULL;
  g_autoptr (GError)        error = NULL;

  si_reply_hold (si_scripted_server_expect (fixture->server, "GET", "/v1/x", 200, "{}"));
  si_http_send_async (fixture->http, request, cancellable, si_test_keep_result, &result);
  si_test_wait_until (si_scripted_server_get_n_requests (fixture->server) == 1);
  g_cancellable_cancel (cancellable);
  si_test_wait_until (result != NULL);
  g_assert_null (si_http_send_finish (fixture->http, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  /* And one that was cancelled before it was sent. */
  si_http_send_async (fixture->http, request, cancellable, si_test_keep_result, &again);
  si_test_wait_until (again != NULL);
  g_assert_null (si_http_send_finish (fixture->http, again, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (si_scripted_server_get_n_requests (fixture->server), ==, 1);
}

static void
test_cancel_in_body (SiHttpFixture *fixture, gconstpointer data)
{
  g_autoptr (SiHttpRequest) request = si_http_request_new ("GET", "/v1/x");
  g_autoptr (GCancellable)  cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult)  result = NULL;
  g_autoptr (GError)        error = NULL;

  si_scripted_server_expect_bytes (fixture->server, "GET", "/v1/x",
                                   JSON "Content-Length: 9\r\n\r\n{\"a\":", -1,
                                   SI_AFTERWARDS_HOLD);
  si_http_send_async (fixture->http, request, cancellable, si_test_keep_result, &result);
  si_test_run_for (50);
  g_assert_null (result);
  g_cancellable_cancel (cancellable);
  si_test_wait_until (result != NULL);
  g_assert_null (si_http_send_finish (fixture->http, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_foreign_location (SiHttpFixture *fixture, gconstpointer data)
{
  const char *const locations[]
      = { "http://127.0.0.1:9/v1/x", "//evil.example/", "file:///etc/passwd", "a b" };

  for (guint i = 0; i < G_N_ELEMENTS (locations); i++) {
    g_autoptr (SiHttpRequest) request = si_http_request_new ("GET", locations[i]);
    g_autoptr (GError)        error = NULL;

    g_assert_null (si_http_fixture_send (fixture, request, &error));
    g_assert_error (error, SI_ERROR, SI_ERROR_PROTOCOL);
  }
  g_assert_cmpuint (si_scripted_server_get_n_requests (fixture->server), ==, 0);
}

static void
test_retry_after (SiHttpFixture *fixture, gconstpointer data)
{
  const struct {
    const char *value;
    const char *date;
    int         seconds;
  } rows[] = {
    { "7", NULL, 7 },
    { "0", NULL, 0 },
    { "86400", NULL, 900 },
    { "-5", NULL, -1 },
    { "1.5", NULL, -1 },
    { "soon", NULL, -1 },
    { "99999999999999999999999", NULL, -1 },
    /* A date counts from the backend's clock, ten years off or not. */
    { "Mon, 23 Nov 2015 12:00:30 GMT", "Mon, 23 Nov 2015 12:00:00 GMT", 30 },
    { "Mon, 23 Nov 2015 12:00:00 GMT", "Mon, 23 Nov 2015 12:00:30 GMT", 1 },
    { "Mon, 23 Nov 2015 13:00:00 GMT", "Mon, 23 Nov 2015 12:00:00 GMT", 900 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    SiReply *reply = si_scripted_server_expect (fixture->server, "GET", "/v1/x", 429,
                                                "{\"code\":\"rate_limited\"}");

    si_reply_set_header (reply, "Retry-After", rows[i].value);
    if (rows[i].date != NULL)
      si_reply_set_header (reply, "Date", rows[i].date);
    g_assert_null (si_http_fixture_get (fixture, &error));
    g_assert_error (error, SI_ERROR, SI_ERROR_RATE_LIMITED);
    g_assert_cmpint (si_problem_get_retry_after (si_error_get_problem (error)), ==,
                     rows[i].seconds);
  }
}

/* Whatever the backend echoes, no message repeats it, nor the token. */
static void
test_says_no_secrets (SiHttpFixture *fixture, gconstpointer data)
{
  const struct {
    guint       status;
    const char *body;
  } rows[] = {
    { 422,
      "{\"code\":\"" SECRET "\",\"detail\":\"" SECRET "\",\"field\":\"" SECRET "\"}" },
    { 200, "{\"code\": " SECRET "}" },
    { 500, TOKEN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (SiHttpRequest) request = si_http_request_new ("GET", "/v1/" SECRET);
    g_autoptr (GError)        error = NULL;

    si_scripted_server_expect (fixture->server, "GET", "/v1/" SECRET, rows[i].status,
                               rows[i].body);
    g_assert_null (si_http_fixture_send (fixture, request, &error));
    g_assert_nonnull (error);
    g_assert_null (strstr (error->message, SECRET));
    g_assert_null (strstr (error->message, TOKEN));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, function)                                                              \
  g_test_add ("/http/" name, SiHttpFixture, NULL, si_http_fixture_set_up, function,      \
              si_http_fixture_tear_down)

  ADD ("success", test_success);
  ADD ("request-headers", test_request_headers);
  ADD ("case-of-content-type", test_case_of_content_type);
  ADD ("repeat", test_repeat);
  ADD ("repeat-on-old-connection", test_repeat_on_old_connection);
  ADD ("repeat-succeeds", test_repeat_succeeds);
  ADD ("refused", test_refused);
  ADD ("cancel", test_cancel);
  ADD ("cancel-in-body", test_cancel_in_body);
  ADD ("foreign-location", test_foreign_location);
  ADD ("retry-after", test_retry_after);
  ADD ("says-no-secrets", test_says_no_secrets);

  return g_test_run ();
}
