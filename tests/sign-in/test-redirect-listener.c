/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-redirect-listener.h"

#include <string.h>

#include "si-raw-client.h"
#include "si-test-loop.h"

/* Browsers, and other programs of this machine, at the place where the browser comes
 * back. */

#define ANSWER "/?code=c-1&state=st-1"
#define GET "GET " ANSWER " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
#define SUCCESS "<!DOCTYPE html><title>Good</title>"
#define FAILURE "<!DOCTYPE html><title>Bad</title>"
#define MAX_CONNECTIONS 8
#define SHORT_MS 150
#define DRIP_MS 10

typedef struct {
  SiRedirectListener *listener;
  guint16             port;
  gboolean            refuses; /* what comes is no good answer */
  guint               n_answers;
  char               *target;
} Fixture;

static gboolean
answered_cb (Fixture *fixture, const char *target)
{
  fixture->n_answers++;
  g_free (fixture->target);
  fixture->target = g_strdup (target);

  return !fixture->refuses;
}

static void
listen_on (Fixture *fixture, const char *host, const guint16 *ports, gsize n_ports)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri)   uri = NULL;

  fixture->listener = si_redirect_listener_new (host, ports, n_ports, &error);
  g_assert_no_error (error);
  si_redirect_listener_set_pages (fixture->listener, SUCCESS, FAILURE);
  g_signal_connect_swapped (fixture->listener, "answered", G_CALLBACK (answered_cb),
                            fixture);

  uri = g_uri_parse (si_redirect_listener_get_uri (fixture->listener), G_URI_FLAGS_NONE,
                     NULL);
  g_assert_cmpstr (g_uri_get_host (uri), ==, host);
  g_assert_cmpstr (g_uri_get_path (uri), ==, "/");
  fixture->port = g_uri_get_port (uri);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  listen_on (fixture, "127.0.0.1", NULL, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->listener != NULL)
    g_signal_handlers_disconnect_by_data (fixture->listener, fixture);
  g_clear_object (&fixture->listener);
  g_free (fixture->target);
}

static SiRawClient *
connect_to (Fixture *fixture)
{
  return si_raw_client_new ("127.0.0.1", fixture->port);
}

/* Returns: (transfer full): the whole answer */
static char *
say (Fixture *fixture, const void *bytes, gssize length)
{
  g_autoptr (SiRawClient) client = connect_to (fixture);

  g_assert_nonnull (client);
  si_raw_client_send (client, bytes, length);

  return g_strdup (si_raw_client_wait (client));
}

static void
assert_status (const char *answer, const char *status)
{
  g_autofree char *line = g_strdup_printf ("HTTP/1.1 %s\r\n", status);

  g_assert_cmpstr (answer, !=, NULL);
  g_assert_true (g_str_has_prefix (answer, line));
  g_assert_nonnull (strstr (answer, "\r\n\r\n"));
}

/* Whatever was before, the browser is heard. */
static void
assert_still_waits (Fixture *fixture)
{
  g_autofree char *answer = NULL;

  g_assert_cmpuint (fixture->n_answers, ==, 0);
  answer = say (fixture, GET, -1);
  assert_status (answer, "200 OK");
  g_assert_cmpuint (fixture->n_answers, ==, 1);
  g_assert_cmpstr (fixture->target, ==, ANSWER);
}

/* Nothing of the page or of its address is to be kept or sent on. */
static void
assert_headers (const char *answer, const char *page)
{
  g_autofree char *length
      = g_strdup_printf ("\r\nContent-Length: %zu\r\n", strlen (page));
  const char *const headers[] = {
    "\r\nContent-Type: text/html; charset=utf-8\r\n",
    "\r\nCache-Control: no-store\r\n",
    "\r\nContent-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\n",
    "\r\nReferrer-Policy: no-referrer\r\n",
    "\r\nX-Content-Type-Options: nosniff\r\n",
    "\r\nConnection: close\r\n",
    length,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    g_assert_nonnull (strstr (answer, headers[i]));
  g_assert_cmpstr (strstr (answer, "\r\n\r\n") + 4, ==, page);
}

static void
test_success (Fixture *fixture, gconstpointer data)
{
  g_autofree char *answer = say (fixture, GET, -1);

  assert_status (answer, "200 OK");
  assert_headers (answer, SUCCESS);
  g_assert_null (strstr (answer, "c-1"));
  g_assert_null (strstr (answer, "st-1"));
  g_assert_cmpstr (fixture->target, ==, ANSWER);
}

static void
test_failure (Fixture *fixture, gconstpointer data)
{
  g_autofree char *answer = NULL;

  fixture->refuses = TRUE;
  answer = say (fixture, GET, -1);
  assert_status (answer, "400 Bad Request");
  assert_headers (answer, FAILURE);
}

static void
test_no_pages (Fixture *fixture, gconstpointer data)
{
  g_autofree char *answer = NULL;

  si_redirect_listener_set_pages (fixture->listener, NULL, NULL);
  answer = say (fixture, GET, -1);
  assert_status (answer, "200 OK");
  assert_headers (answer, "");
}

static void
test_bytewise (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiRawClient) client = connect_to (fixture);

  for (const char *c = GET; *c != '\0'; c++) {
    si_raw_client_send (client, c, 1);
    g_main_context_iteration (NULL, FALSE);
  }
  assert_status (si_raw_client_wait (client), "200 OK");
  g_assert_cmpstr (fixture->target, ==, ANSWER);
}

typedef struct {
  const char *name;
  const char *bytes;
  gssize      length; /* -1 for a string */
  const char *status;
} Other;

static const Other others[] = {
  { "icon", "GET /favicon.ico HTTP/1.1\r\n\r\n", -1, "404 Not Found" },
  { "root", "GET / HTTP/1.1\r\n\r\n", -1, "404 Not Found" },
  { "two-slashes", "GET /" ANSWER " HTTP/1.1\r\n\r\n", -1, "404 Not Found" },
  { "path", "GET /x?code=c-1 HTTP/1.1\r\n\r\n", -1, "404 Not Found" },
  { "absolute", "GET http://127.0.0.1" ANSWER " HTTP/1.1\r\n\r\n", -1, "404 Not Found" },
  { "post", "POST " ANSWER " HTTP/1.1\r\nContent-Length: 0\r\n\r\n", -1,
    "400 Bad Request" },
  { "head", "HEAD " ANSWER " HTTP/1.1\r\n\r\n", -1, "400 Bad Request" },
  { "options", "OPTIONS * HTTP/1.1\r\n\r\n", -1, "400 Bad Request" },
  { "connect", "CONNECT 127.0.0.1:1 HTTP/1.1\r\n\r\n", -1, "400 Bad Request" },
  { "lower-case", "get " ANSWER " HTTP/1.1\r\n\r\n", -1, "400 Bad Request" },
  { "no-version", "GET " ANSWER "\r\n\r\n", -1, "400 Bad Request" },
  { "no-target", "GET \r\n\r\n", -1, "400 Bad Request" },
  { "method-alone", "GET\r\n\r\n", -1, "400 Bad Request" },
  { "empty-target", "GET  HTTP/1.1\r\n\r\n", -1, "404 Not Found" },
  { "newlines", "\r\n\r\n", -1, "400 Bad Request" },
  { "late", "\r\nGET " ANSWER " HTTP/1.1\r\n\r\n", -1, "400 Bad Request" },
  { "nul", "GET /?code=\0&state=st-1 HTTP/1.1\r\n\r\n", 37, "400 Bad Request" },
  { "nuls", "\0\0\0\0\n\n", 6, "400 Bad Request" },
  { "tls", "\x16\x03\x01\x02\x00\x01\x00\n\n", 9, "400 Bad Request" },
  { "http-2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", -1, "400 Bad Request" },
  { "bytes", "\xff\xfe\xfd\n\n", -1, "400 Bad Request" },
};

static void
test_other (Fixture *fixture, gconstpointer data)
{
  const Other     *row = data;
  g_autofree char *answer = say (fixture, row->bytes, row->length);

  assert_status (answer, row->status);
  assert_headers (answer, "");
  assert_still_waits (fixture);
}

static void
test_long_line (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = g_strnfill (8192, 'c');
  g_autofree char *request
      = g_strdup_printf ("GET /?state=st-1&code=%s HTTP/1.1\r\n\r\n", code);
  g_autofree char *answer = say (fixture, request, -1);

  assert_status (answer, "400 Bad Request");
  assert_still_waits (fixture);
}

/* Cookies of other programs of this machine make a head long. */
static void
test_long_head (Fixture *fixture, gconstpointer data)
{
  g_autofree char *cookie = g_strnfill (32 * 1024, 'c');
  g_autofree char *request
      = g_strdup_printf ("GET " ANSWER " HTTP/1.1\r\nCookie: %s\r\n\r\n", cookie);
  g_autofree char *answer = say (fixture, request, -1);

  assert_status (answer, "200 OK");
}

static void
test_endless_head (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiRawClient) client = connect_to (fixture);
  g_autofree char        *bytes = g_strnfill (80 * 1024, 'x');

  si_raw_client_send (client, bytes, -1);
  si_raw_client_wait (client);
  assert_still_waits (fixture);
}

/* Connections that come to nothing. */
static void
test_half (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiRawClient) nothing = connect_to (fixture);
  g_autoptr (SiRawClient) half = connect_to (fixture);
  g_autoptr (SiRawClient) reset = connect_to (fixture);
  g_autoptr (SiRawClient) gone = connect_to (fixture);

  si_raw_client_end (nothing);
  si_raw_client_send (half, "GET " ANSWER " HTTP/1.1\r\n", -1);
  si_raw_client_end (half);
  si_raw_client_send (reset, "GET /?", -1);
  si_raw_client_reset (reset);
  si_raw_client_send (gone, "GET /favicon.ico HTTP/1.1\r\n\r\n", -1);
  si_raw_client_reset (gone);
  g_assert_cmpstr (si_raw_client_wait (nothing), ==, "");
  g_assert_cmpstr (si_raw_client_wait (half), ==, "");
  assert_still_waits (fixture);
}

/* Who asks and does not listen takes nothing away from the answer. */
static void
test_answer_reset (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiRawClient) client = connect_to (fixture);

  si_raw_client_send (client, GET, -1);
  si_raw_client_reset (client);
  si_test_run_for (SHORT_MS);
  g_assert_cmpuint (fixture->n_answers, <=, 1);
}

static gboolean
drip_cb (gpointer user_data)
{
  si_raw_client_send (user_data, "x", 1);

  return G_SOURCE_CONTINUE;
}

/* However slowly it comes: each connection has its time, and no more. */
static void
test_drip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiRawClient) client = NULL;
  guint                   drip_id;

  si_redirect_listener_set_timeout (fixture->listener, SHORT_MS);
  client = connect_to (fixture);
  drip_id = g_timeout_add (DRIP_MS, drip_cb, client);
  si_raw_client_wait (client);
  g_source_remove (drip_id);
  assert_still_waits (fixture);
}

/* So many at a time, and then the next ones. */
static void
test_crowd (Fixture *fixture, gconstpointer data)
{
  SiRawClient            *crowd[MAX_CONNECTIONS];
  g_autoptr (SiRawClient) one_more = NULL;

  si_redirect_listener_set_timeout (fixture->listener, SHORT_MS);
  for (guint i = 0; i < MAX_CONNECTIONS; i++)
    crowd[i] = connect_to (fixture);
  one_more = connect_to (fixture);
  si_raw_client_send (one_more, GET, -1);
  g_assert_cmpstr (si_raw_client_wait (one_more), ==, "");

  for (guint i = 0; i < MAX_CONNECTIONS; i++) {
    si_raw_client_wait (crowd[i]);
    si_raw_client_free (crowd[i]);
  }
  assert_still_waits (fixture);
}

/* The first answer is the only one, from whatever connection the next comes. */
static void
test_second_answer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiRawClient) early = connect_to (fixture);
  g_autofree char        *answer = NULL;

  /* It is accepted before the other one. */
  si_raw_client_send (early, "GET ", -1);
  fixture->refuses = TRUE;
  answer = say (fixture, GET, -1);
  assert_status (answer, "400 Bad Request");

  fixture->refuses = FALSE;
  si_raw_client_send (early, ANSWER " HTTP/1.1\r\n\r\n", -1);
  assert_status (si_raw_client_wait (early), "404 Not Found");
  g_assert_null (connect_to (fixture));
  g_assert_cmpuint (fixture->n_answers, ==, 1);
}

static void
test_pipelined (Fixture *fixture, gconstpointer data)
{
  g_autofree char *answer = say (fixture, GET GET, -1);

  assert_status (answer, "200 OK");
  g_assert_cmpuint (fixture->n_answers, ==, 1);
  g_assert_null (strstr (answer + 1, "HTTP/1.1"));
}

static void
test_stopped (Fixture *fixture, gconstpointer data)
{
  si_redirect_listener_stop (fixture->listener);
  g_assert_null (connect_to (fixture));
  si_redirect_listener_stop (fixture->listener);
}

static void
test_dropped (Fixture *fixture, gconstpointer data)
{
  tear_down (fixture, NULL);
  fixture->target = NULL;
  g_assert_null (connect_to (fixture));
}

/* Who hears the answer may have no more use for the listener. */
static gboolean
drop_cb (Fixture *fixture, const char *target)
{
  g_clear_object (&fixture->listener);

  return TRUE;
}

static void
test_dropped_by_the_answer (Fixture *fixture, gconstpointer data)
{
  g_autofree char *answer = NULL;

  g_signal_handlers_disconnect_by_data (fixture->listener, fixture);
  g_signal_connect_swapped (fixture->listener, "answered", G_CALLBACK (drop_cb), fixture);
  answer = say (fixture, GET, -1);
  assert_status (answer, "200 OK");
  assert_headers (answer, SUCCESS);
}

/* Takes a port that is free, on one of the addresses. */
static GSocketListener *
take_port (GSocketFamily family, guint16 *port)
{
  g_autoptr (GSocketListener) taker = g_socket_listener_new ();
  g_autoptr (GInetAddress)    address = g_inet_address_new_loopback (family);
  g_autoptr (GSocketAddress)  wanted = g_inet_socket_address_new (address, *port);
  g_autoptr (GSocketAddress)  got = NULL;

  if (!g_socket_listener_add_address (taker, wanted, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &got, NULL))
    return NULL;

  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got));

  return g_steal_pointer (&taker);
}

/* In the order in which they are configured. */
static void
test_ports (Fixture *fixture, gconstpointer data)
{
  guint16                     ports[] = { 0, 0, 0 };
  g_autoptr (GSocketListener) first = take_port (G_SOCKET_FAMILY_IPV4, &ports[0]);
  g_autoptr (GSocketListener) second = take_port (G_SOCKET_FAMILY_IPV4, &ports[1]);
  g_autoptr (GSocketListener) third = take_port (G_SOCKET_FAMILY_IPV4, &ports[2]);
  g_autoptr (GError)          error = NULL;

  fixture->listener = si_redirect_listener_new ("127.0.0.1", ports, 3, &error);
  g_assert_null (fixture->listener);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);

  g_socket_listener_close (third);
  listen_on (fixture, "127.0.0.1", ports, 3);
  g_assert_cmpuint (fixture->port, ==, ports[2]);
  g_clear_object (&fixture->listener);

  g_socket_listener_close (second);
  listen_on (fixture, "127.0.0.1", ports, 3);
  g_assert_cmpuint (fixture->port, ==, ports[1]);
}

static gboolean
skip_without_ipv6 (void)
{
  guint16                     port = 0;
  g_autoptr (GSocketListener) taker = take_port (G_SOCKET_FAMILY_IPV6, &port);

  if (taker == NULL)
    g_test_skip ("This machine has no IPv6");

  return taker == NULL;
}

/* A browser takes the name for either address. */
static void
test_localhost (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiRawClient) other = NULL;

  if (skip_without_ipv6 ())
    return;

  listen_on (fixture, "localhost", NULL, 0);
  other = si_raw_client_new ("::1", fixture->port);
  g_assert_nonnull (other);
  si_raw_client_send (other, "GET /favicon.ico HTTP/1.1\r\n\r\n", -1);
  assert_status (si_raw_client_wait (other), "404 Not Found");
  assert_still_waits (fixture);
  g_assert_null (si_raw_client_new ("::1", fixture->port));
}

/* Where the name leads to another program, too, the answer may go there. */
static void
test_localhost_taken (Fixture *fixture, gconstpointer data)
{
  guint16                     ports[] = { 0, 0 };
  g_autoptr (GSocketListener) first = NULL;
  g_autoptr (GSocketListener) second = NULL;
  g_autoptr (GError)          error = NULL;

  if (skip_without_ipv6 ())
    return;

  first = take_port (G_SOCKET_FAMILY_IPV6, &ports[0]);
  second = take_port (G_SOCKET_FAMILY_IPV6, &ports[1]);
  fixture->listener = si_redirect_listener_new ("localhost", ports, 2, &error);
  g_assert_null (fixture->listener);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);

  g_socket_listener_close (second);
  listen_on (fixture, "localhost", ports, 2);
  g_assert_cmpuint (fixture->port, ==, ports[1]);
  /* The first one was let go of again. */
  g_assert_null (si_raw_client_new ("127.0.0.1", ports[0]));
}

#define ADD(name, test)                                                                  \
  g_test_add ("/redirect-listener/" name, Fixture, NULL, set_up, test, tear_down)
#define ADD_BARE(name, test)                                                             \
  g_test_add ("/redirect-listener/" name, Fixture, NULL, NULL, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("success", test_success);
  ADD ("failure", test_failure);
  ADD ("no-pages", test_no_pages);
  ADD ("bytewise", test_bytewise);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++) {
    g_autofree char *path
        = g_strdup_printf ("/redirect-listener/other/%s", others[i].name);

    g_test_add (path, Fixture, &others[i], set_up, test_other, tear_down);
  }
  ADD ("long-line", test_long_line);
  ADD ("long-head", test_long_head);
  ADD ("endless-head", test_endless_head);
  ADD ("half", test_half);
  ADD ("answer-reset", test_answer_reset);
  ADD ("drip", test_drip);
  ADD ("crowd", test_crowd);
  ADD ("second-answer", test_second_answer);
  ADD ("pipelined", test_pipelined);
  ADD ("stopped", test_stopped);
  ADD ("dropped", test_dropped);
  ADD ("dropped-by-the-answer", test_dropped_by_the_answer);
  ADD_BARE ("ports", test_ports);
  ADD_BARE ("localhost", test_localhost);
  ADD_BARE ("localhost-taken", test_localhost_taken);

  return g_test_run ();
}
