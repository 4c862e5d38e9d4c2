/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-http-fixture.h"

/* Answers that make no sense, and what is said of them: the same for each of the request
 * methods, and each time after one request alone unless the answer was lost. */
typedef struct {
  const char  *name;
  const char  *bytes;
  gssize       length; /* -1 for a string */
  SiAfterwards afterwards;
  SiError      error;
  guint        n_requests;
} Nonsense;

static const Nonsense nonsense[] = {
  { "no-answer", "", 0, SI_AFTERWARDS_CLOSE, SI_ERROR_OFFLINE, 3 },
  { "reset", "", 0, SI_AFTERWARDS_RESET, SI_ERROR_OFFLINE, 3 },
  { "half-a-status-line", "HTTP/1.1 20", -1, SI_AFTERWARDS_CLOSE, SI_ERROR_PROTOCOL, 1 },
  { "half-the-headers", JSON, -1, SI_AFTERWARDS_CLOSE, SI_ERROR_PROTOCOL, 1 },
  { "reset-in-the-headers", JSON, -1, SI_AFTERWARDS_RESET, SI_ERROR_OFFLINE, 3 },
  { "truncated-body", JSON "Content-Length: 100\r\n\r\n{\"a\":", -1, SI_AFTERWARDS_CLOSE,
    SI_ERROR_OFFLINE, 3 },
  { "truncated-chunk", JSON "Transfer-Encoding: chunked\r\n\r\n64\r\n{\"a\":", -1,
    SI_AFTERWARDS_CLOSE, SI_ERROR_OFFLINE, 3 },
  { "no-last-chunk", JSON "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n", -1,
    SI_AFTERWARDS_CLOSE, SI_ERROR_PROTOCOL, 1 },
  { "bad-chunk-size", JSON "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n", -1,
    SI_AFTERWARDS_CLOSE, SI_ERROR_PROTOCOL, 1 },
  { "not-http", "SSH-2.0-OpenSSH_9.2\r\n\r\n", -1, SI_AFTERWARDS_CLOSE, SI_ERROR_PROTOCOL,
    1 },
  { "binary", "\x15\x03\x01\x00\x02\x02\x46\r\n\r\n", 11, SI_AFTERWARDS_CLOSE,
    SI_ERROR_PROTOCOL, 1 },
  { "text", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}",
    -1, SI_AFTERWARDS_CLOSE, SI_ERROR_PROTOCOL, 1 },
  { "no-type", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", -1, SI_AFTERWARDS_CLOSE,
    SI_ERROR_PROTOCOL, 1 },
  { "captive-portal",
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 19\r\n\r\n"
    "<html>Sign in</html>",
    -1, SI_AFTERWARDS_CLOSE, SI_ERROR_PROTOCOL, 1 },
  { "not-json", JSON "Content-Length: 15\r\n\r\n<html>no</html>", -1, SI_AFTERWARDS_CLOSE,
    SI_ERROR_PROTOCOL, 1 },
  { "empty", JSON "Content-Length: 0\r\n\r\n", -1, SI_AFTERWARDS_CLOSE, SI_ERROR_PROTOCOL,
    1 },
  { "array", JSON "Content-Length: 2\r\n\r\n[]", -1, SI_AFTERWARDS_CLOSE,
    SI_ERROR_PROTOCOL, 1 },
  { "null", JSON "Content-Length: 4\r\n\r\nnull", -1, SI_AFTERWARDS_CLOSE,
    SI_ERROR_PROTOCOL, 1 },
  { "cut-short", JSON "Content-Length: 5\r\n\r\n{\"a\":", -1, SI_AFTERWARDS_CLOSE,
    SI_ERROR_PROTOCOL, 1 },
  { "nul-bytes", JSON "Content-Length: 9\r\n\r\n{\"a\":\"\0\"}", sizeof JSON - 1 + 21 + 9,
    SI_AFTERWARDS_CLOSE, SI_ERROR_PROTOCOL, 1 },
  { "nul-in-a-header", "HTTP/1.1 200 OK\r\nETag: \"a\0b\"\r\n\r\n{}", 34,
    SI_AFTERWARDS_CLOSE, SI_ERROR_PROTOCOL, 1 },
  { "invalid-utf-8", JSON "Content-Length: 9\r\n\r\n{\"a\":\"\xff\"}", -1,
    SI_AFTERWARDS_CLOSE, SI_ERROR_PROTOCOL, 1 },
  { "too-large-by-far", JSON "Content-Length: 9999999999\r\n\r\n{          ", -1,
    SI_AFTERWARDS_FLOOD, SI_ERROR_PROTOCOL, 1 },
  { "negative-length", JSON "Content-Length: -1\r\n\r\n{}", -1, SI_AFTERWARDS_CLOSE,
    SI_ERROR_OFFLINE, 3 },
  { "redirect", "HTTP/1.1 302 Found\r\nLocation: /v1/y\r\nContent-Length: 0\r\n\r\n", -1,
    SI_AFTERWARDS_CLOSE, SI_ERROR_PROTOCOL, 1 },
  { "redirect-away",
    "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.2:9/\r\n"
    "Content-Length: 0\r\n\r\n",
    -1, SI_AFTERWARDS_CLOSE, SI_ERROR_PROTOCOL, 1 },
  { "redirect-to-nowhere", "HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n\r\n", -1,
    SI_AFTERWARDS_CLOSE, SI_ERROR_PROTOCOL, 1 },
  { "redirect-with-json",
    "HTTP/1.1 303 See Other\r\nLocation: /v1/y\r\nContent-Type: application/json\r\n"
    "Content-Length: 2\r\n\r\n{}",
    -1, SI_AFTERWARDS_CLOSE, SI_ERROR_PROTOCOL, 1 },
  { "not-modified-unasked", "HTTP/1.1 304 Not Modified\r\n\r\n", -1, SI_AFTERWARDS_CLOSE,
    SI_ERROR_PROTOCOL, 1 },
  { "unknown-encoding",
    JSON "Content-Encoding: zstd\r\nContent-Length: 4\r\n\r\n\x28\xb5\x2f\xfd", -1,
    SI_AFTERWARDS_CLOSE, SI_ERROR_PROTOCOL, 1 },
  { "broken-gzip",
    JSON "Content-Encoding: gzip\r\nContent-Length: 12\r\n\r\n"
         "\x1f\x8b\x08\x02\xff\xff\xff\xff\xff\xff\xff\xff",
    -1, SI_AFTERWARDS_CLOSE, SI_ERROR_PROTOCOL, 1 },
  { "error-page",
    "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\n"
    "<p>no</p>",
    -1, SI_AFTERWARDS_CLOSE, SI_ERROR_UNAVAILABLE, 1 },
  { "error-without-body", "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", -1,
    SI_AFTERWARDS_CLOSE, SI_ERROR_UNAVAILABLE, 1 },
  { "problem-that-is-none",
    "HTTP/1.1 409 Conflict\r\nContent-Type: application/problem+json\r\n"
    "Content-Length: 2\r\n\r\n[]",
    -1, SI_AFTERWARDS_CLOSE, SI_ERROR_FAILED, 1 },
  { "proxy-wants-password",
    "HTTP/1.1 407 Proxy Authentication Required\r\n"
    "Proxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n",
    -1, SI_AFTERWARDS_CLOSE, SI_ERROR_FAILED, 1 },
  { "malformed-challenge",
    "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest \r\n"
    "WWW-Authenticate: NTLM ====\r\nContent-Length: 0\r\n\r\n",
    -1, SI_AFTERWARDS_CLOSE, SI_ERROR_SIGN_IN_REQUIRED, 1 },
};

/* Later releases of libsoup than Debian 12's take a missing last chunk for what it most
 * likely is, an answer that was lost on the way. */
static Nonsense
adapt_row (const Nonsense *row)
{
  Nonsense adapted = *row;

  if (g_str_equal (row->name, "no-last-chunk") && soup_get_minor_version () > 2) {
    adapted.error = SI_ERROR_OFFLINE;
    adapted.n_requests = 3;
  }

  return adapted;
}

static void
test_nonsense (SiHttpFixture *fixture, gconstpointer data)
{
  const Nonsense             adapted = adapt_row (data);
  const Nonsense            *row = &adapted;
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiHttpResponse) response = NULL;

  si_reply_repeat (si_scripted_server_expect_bytes (
      fixture->server, "GET", "/v1/x", row->bytes, row->length, row->afterwards));
  response = si_http_fixture_get (fixture, &error);

  g_assert_error (error, SI_ERROR, (int) row->error);
  g_assert_null (response);
  g_assert_cmpuint (si_scripted_server_get_n_requests (fixture->server), ==,
                    row->n_requests);
  g_assert_true (
      g_uuid_string_is_valid (si_problem_get_request_id (si_error_get_problem (error))));
}

static char *
make_json_of_size (gsize size)
{
  char *text = g_strnfill (size, ' ');

  memcpy (text, "{\"a\":1", 6);
  text[size - 1] = '}';

  return text;
}

static void
test_size (SiHttpFixture *fixture, gconstpointer data)
{
  g_autofree char           *largest = make_json_of_size (SI_JSON_MAX_BYTES);
  g_autofree char           *larger = make_json_of_size (SI_JSON_MAX_BYTES + 1);
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiHttpResponse) response = NULL;

  si_scripted_server_expect (fixture->server, "GET", "/v1/x", 200, largest);
  response = si_http_fixture_get (fixture, &error);
  g_assert_no_error (error);
  g_assert_nonnull (response);

  si_scripted_server_expect (fixture->server, "GET", "/v1/x", 200, larger);
  g_assert_null (si_http_fixture_get (fixture, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_PROTOCOL);
}

static char *
make_json_of_depth (guint depth)
{
  g_autofree char *open = g_strnfill (depth - 1, '[');
  g_autofree char *close = g_strnfill (depth - 1, ']');

  return g_strconcat ("{\"a\":", open, close, "}", NULL);
}

static void
test_depth (SiHttpFixture *fixture, gconstpointer data)
{
  g_autofree char           *deepest = make_json_of_depth (SI_JSON_MAX_DEPTH);
  g_autofree char           *deeper = make_json_of_depth (SI_JSON_MAX_DEPTH + 1);
  g_autofree char           *bomb = make_json_of_depth (100000);
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiHttpResponse) response = NULL;

  si_scripted_server_expect (fixture->server, "GET", "/v1/x", 200, deepest);
  response = si_http_fixture_get (fixture, &error);
  g_assert_no_error (error);

  si_scripted_server_expect (fixture->server, "GET", "/v1/x", 200, deeper);
  g_assert_null (si_http_fixture_get (fixture, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_PROTOCOL);
  g_clear_error (&error);

  si_scripted_server_expect (fixture->server, "GET", "/v1/x", 200, bomb);
  g_assert_null (si_http_fixture_get (fixture, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_PROTOCOL);
}

static GBytes *
compress (gsize size)
{
  g_autoptr (GConverter) gzip
      = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, gzip);
  g_autofree char          *text = make_json_of_size (size);

  g_output_stream_write_all (stream, text, size, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
expect_compressed (SiHttpFixture *fixture, gsize size)
{
  g_autoptr (GBytes)     body = compress (size);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char       *head
      = g_strdup_printf (JSON "Content-Encoding: gzip\r\nContent-Length: %zu\r\n\r\n",
                         g_bytes_get_size (body));

  g_byte_array_append (bytes, (guint8 *) head, strlen (head));
  g_byte_array_append (bytes, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  si_scripted_server_expect_bytes (fixture->server, "GET", "/v1/x", bytes->data,
                                   bytes->len, SI_AFTERWARDS_CLOSE);
}

static void
test_gzip (SiHttpFixture *fixture, gconstpointer data)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiHttpResponse) response = NULL;

  expect_compressed (fixture, 5000);
  response = si_http_fixture_get (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpint (si_json_get_int (si_http_response_get_object (response), "a", 0), ==,
                   1);

  /* 64 MiB in 64 KiB. */
  expect_compressed (fixture, 64 * 1024 * 1024);
  g_assert_null (si_http_fixture_get (fixture, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_PROTOCOL);
}

static void
test_hostile_headers (SiHttpFixture *fixture, gconstpointer data)
{
  g_autofree char           *long_value = g_strnfill (500000, 'x');
  g_autofree char           *large = g_strconcat (JSON "X-Long: ", long_value,
                                                  "\r\nContent-Length: 2\r\n\r\n{}", NULL);
  g_autoptr (SiHttpRequest)  request = si_http_request_new ("GET", "/v1/y");
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiHttpResponse) response = NULL, second = NULL;

  si_reply_repeat (si_scripted_server_expect_bytes (fixture->server, "GET", "/v1/x",
                                                    large, -1, SI_AFTERWARDS_CLOSE));
  g_assert_null (si_http_fixture_get (fixture, &error));
  g_assert_true (error->domain == SI_ERROR);
  g_clear_error (&error);

  /* An entity tag that can't stand in a request must not break the next one. */
  si_scripted_server_expect_bytes (
      fixture->server, "GET", "/v1/y",
      JSON "ETag: \"\xff\x01\t\xc3\xa5\"\r\nContent-Length: 2\r\n\r\n{}", -1,
      SI_AFTERWARDS_CLOSE);
  response = si_http_fixture_send (fixture, request, &error);
  if (response != NULL) {
    si_http_request_set_header (request, "If-None-Match",
                                si_http_response_get_header (response, "ETag"));
    si_scripted_server_expect (fixture->server, "GET", "/v1/y", 200, "{}");
    second = si_http_fixture_send (fixture, request, &error);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, function)                                                              \
  g_test_add ("/http-nonsense/" name, SiHttpFixture, NULL, si_http_fixture_set_up,       \
              function, si_http_fixture_tear_down)

  ADD ("size", test_size);
  ADD ("depth", test_depth);
  ADD ("gzip", test_gzip);
  ADD ("hostile-headers", test_hostile_headers);
  for (guint i = 0; i < G_N_ELEMENTS (nonsense); i++) {
    g_autofree char *path = g_strdup_printf ("/http/nonsense/%s", nonsense[i].name);

    g_test_add (path, SiHttpFixture, &nonsense[i], si_http_fixture_set_up, test_nonsense,
                si_http_fixture_tear_down);
  }

  return g_test_run ();
}
