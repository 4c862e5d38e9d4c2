/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-raw-client.h"

#include <string.h>
#include <sys/socket.h>

#include "si-test-loop.h"

/* One connection to a server in the test's own main context, which says what a test tells
 * it to, byte for byte, and keeps what comes back. */

struct _SiRawClient {
  GSocketConnection *connection;
  GCancellable      *cancellable;
  GString           *answer;
  gboolean           ended;
};

static void read_more (SiRawClient *self);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SiRawClient       *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes
      = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->ended = bytes == NULL || g_bytes_get_size (bytes) == 0;
  if (self->ended)
    return;

  g_string_append_len (self->answer, g_bytes_get_data (bytes, NULL),
                       g_bytes_get_size (bytes));
  read_more (self);
}

static void
read_more (SiRawClient *self)
{
  g_input_stream_read_bytes_async (
      g_io_stream_get_input_stream (G_IO_STREAM (self->connection)), 4096,
      G_PRIORITY_DEFAULT, self->cancellable, read_cb, self);
}

/**
 * si_raw_client_new:
 * @address: where to connect to
 * @port: on which port
 *
 * Returns: (transfer full) (nullable): a connection, %NULL where it is refused
 */
SiRawClient *
si_raw_client_new (const char *address, guint16 port)
{
  g_autoptr (GSocketClient)  client = g_socket_client_new ();
  g_autoptr (GSocketAddress) where
      = g_inet_socket_address_new_from_string (address, port);
  g_autoptr (GError)            error = NULL;
  g_autoptr (GSocketConnection) connection
      = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (where), NULL, &error);
  SiRawClient *self;

  if (connection == NULL) {
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
    return NULL;
  }

  self = g_new0 (SiRawClient, 1);
  self->connection = g_steal_pointer (&connection);
  self->cancellable = g_cancellable_new ();
  self->answer = g_string_new (NULL);
  read_more (self);

  return self;
}

void
si_raw_client_free (SiRawClient *self)
{
  g_cancellable_cancel (self->cancellable);
  g_io_stream_close (G_IO_STREAM (self->connection), NULL, NULL);
  g_object_unref (self->cancellable);
  g_object_unref (self->connection);
  g_string_free (self->answer, TRUE);
  g_free (self);
}

/**
 * si_raw_client_send:
 * @self: a connection
 * @bytes: what to say
 * @length: its length, -1 for a string
 *
 * Says it, whether or not the other end still listens.
 */
void
si_raw_client_send (SiRawClient *self, const void *bytes, gssize length)
{
  g_output_stream_write_all (
      g_io_stream_get_output_stream (G_IO_STREAM (self->connection)), bytes,
      length >= 0 ? (gsize) length : strlen (bytes), NULL, NULL, NULL);
}

/**
 * si_raw_client_end:
 * @self: a connection
 *
 * Has nothing more to say, but listens.
 */
void
si_raw_client_end (SiRawClient *self)
{
  g_socket_shutdown (g_socket_connection_get_socket (self->connection), FALSE, TRUE,
                     NULL);
}

/**
 * si_raw_client_reset:
 * @self: a connection
 *
 * Breaks it off.
 */
void
si_raw_client_reset (SiRawClient *self)
{
  struct linger now = { .l_onoff = 1, .l_linger = 0 };
  GSocket      *socket = g_socket_connection_get_socket (self->connection);

  g_cancellable_cancel (self->cancellable);
  setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &now, sizeof now);
  g_socket_close (socket, NULL);
}

gboolean
si_raw_client_has_ended (SiRawClient *self)
{
  return self->ended;
}

const char *
si_raw_client_get_answer (SiRawClient *self)
{
  return self->answer->str;
}

/**
 * si_raw_client_wait:
 * @self: a connection
 *
 * Waits until the other end closes it.
 *
 * Returns: all that came
 */
const char *
si_raw_client_wait (SiRawClient *self)
{
  si_test_wait_until (self->ended);

  return self->answer->str;
}

/**
 * si_raw_client_browse:
 * @uri: an address of this machine
 *
 * Plays a browser that is sent there.
 *
 * Returns: (transfer full) (nullable): the whole answer, %NULL where there is nobody
 */
char *
si_raw_client_browse (const char *uri)
{
  g_autoptr (GUri)        parsed = g_uri_parse (uri, G_URI_FLAGS_ENCODED, NULL);
  const char             *query = g_uri_get_query (parsed);
  const char             *host = g_uri_get_host (parsed);
  g_autoptr (SiRawClient) self = NULL;
  g_autofree char        *request = NULL;

  self = si_raw_client_new (strcmp (host, "localhost") == 0 ? "127.0.0.1" : host,
                            g_uri_get_port (parsed));
  if (self == NULL)
    return NULL;

  request = g_strdup_printf ("GET %s%s%s HTTP/1.1\r\nHost: %s:%d\r\n"
                             "Accept: text/html\r\nAccept-Encoding: gzip\r\n\r\n",
                             g_uri_get_path (parsed), query != NULL ? "?" : "",
                             query != NULL ? query : "", host, g_uri_get_port (parsed));
  si_raw_client_send (self, request, -1);

  return g_strdup (si_raw_client_wait (self));
}
