/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "si-http.h"
#include "si-test-loop.h"

/* What becomes of a request when the connection that was kept for it goes away just as it
 * is sent, while another one is still there. */

#define ANSWER                                                                           \
  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"

/* Answers what comes, once enough of it has come, and keeps the connections. */
typedef struct {
  GSocketService *service;
  guint16         port;
  GPtrArray      *connections;
  guint           n_waited_for; /* requests that are to come before any is answered */
  guint           n_waiting;
  int             to_close; /* the connection that goes away, -1: none */
} Server;

typedef struct {
  Server    *server;
  GIOStream *stream;
  char       buffer[4096];
} Connection;

static void
answer (Connection *connection)
{
  g_output_stream_write (g_io_stream_get_output_stream (connection->stream), ANSWER,
                         strlen (ANSWER), NULL, NULL);
}

static void read_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
read_on (Connection *connection)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (connection->stream),
                             connection->buffer, sizeof connection->buffer,
                             G_PRIORITY_DEFAULT, NULL, read_cb, connection);
}

static void
connection_free (Connection *connection)
{
  g_object_unref (connection->stream);
  g_free (connection);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Connection *connection = user_data;
  Server     *server = connection->server;
  gssize      length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (length <= 0) {
    connection_free (connection);
    return;
  }

  server->n_waiting++;
  if (server->n_waited_for == 0)
    answer (connection);
  for (guint i = 0; server->n_waiting == server->n_waited_for && i < server->n_waiting;
       i++)
    answer (g_ptr_array_index (server->connections, i));
  read_on (connection);
}

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *stream,
             GObject           *object,
             gpointer           user_data)
{
  Server     *server = user_data;
  Connection *connection = g_new0 (Connection, 1);

  connection->server = server;
  connection->stream = g_object_ref (G_IO_STREAM (stream));
  g_ptr_array_add (server->connections, connection);
  read_on (connection);

  return TRUE;
}

/* The connection is chosen, and nothing was written yet. */
static gboolean
starting_cb (GSignalInvocationHint *hint,
             guint                  n_values,
             const GValue          *values,
             gpointer               user_data)
{
  Server     *server = user_data;
  Connection *connection;

  if (server->to_close < 0)
    return TRUE;

  connection = g_ptr_array_index (server->connections, server->to_close);
  server->to_close = -1;
  g_socket_shutdown (
      g_socket_connection_get_socket (G_SOCKET_CONNECTION (connection->stream)), TRUE,
      TRUE, NULL);

  return TRUE;
}

static void
send_one (SiHttp *http, GAsyncResult **result)
{
  g_autoptr (SiHttpRequest) request = si_http_request_new ("GET", "v1/x");

  si_http_send_async (http, request, NULL, si_test_keep_result, result);
}

static void
expect_success (SiHttp *http, GAsyncResult **result)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiHttpResponse) response = NULL;

  si_test_wait_until (*result != NULL);
  response = si_http_send_finish (http, *result, &error);
  g_assert_no_error (error);
  g_clear_object (result);
}

static void
test_gone (gconstpointer data)
{
  Server           server = { .n_waited_for = 2, .to_close = -1 };
  g_autofree char *address = NULL;
  g_autoptr (GUri) base = NULL;
  SiHttp          *http;
  GAsyncResult    *one = NULL, *two = NULL;
  gulong           hook;

  server.service = g_socket_service_new ();
  server.connections = g_ptr_array_new ();
  server.port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (server.service),
                                                     NULL, NULL);
  g_signal_connect (server.service, "incoming", G_CALLBACK (incoming_cb), &server);
  hook = g_signal_add_emission_hook (g_signal_lookup ("starting", SOUP_TYPE_MESSAGE), 0,
                                     starting_cb, &server, NULL);
  address = g_strdup_printf ("http://127.0.0.1:%u/", server.port);
  base = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  http = si_http_new (base, NULL);

  send_one (http, &one);
  send_one (http, &two);
  expect_success (http, &one);
  expect_success (http, &two);

  server.n_waited_for = 0;
  server.to_close = GPOINTER_TO_INT (data);
  send_one (http, &one);
  expect_success (http, &one);
  send_one (http, &one);
  expect_success (http, &one);

  g_assert_finalize_object (http);
  g_signal_remove_emission_hook (g_signal_lookup ("starting", SOUP_TYPE_MESSAGE), hook);
  g_socket_service_stop (server.service);
  si_test_run_for (50);
  g_ptr_array_unref (server.connections);
  g_object_unref (server.service);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_type_class_unref (g_type_class_ref (SOUP_TYPE_MESSAGE));

  g_test_add_data_func ("/http-connections/first-gone", GINT_TO_POINTER (0), test_gone);
  g_test_add_data_func ("/http-connections/second-gone", GINT_TO_POINTER (1), test_gone);

  return g_test_run ();
}
