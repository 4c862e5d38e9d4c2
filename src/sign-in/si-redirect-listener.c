/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-redirect-listener.h"

#include <string.h>

#include "si-redirect.h"
#include "si-timed-cancellable.h"

/* Waits on this machine for the one redirect that ends a sign-in in the browser (RFC
 * 8252, section 7.3). Every program here can connect to it: it reads one line of a
 * bounded length in a bounded time, answers with a page of its own, and is gone after the
 * first answer. */

#define MAX_LINE_BYTES 8192
#define MAX_HEAD_BYTES (64 * 1024)
#define MAX_CONNECTIONS 8
#define TIMEOUT_MS (5 * 1000)

#define HEAD                                                                             \
  "HTTP/1.1 %s\r\n"                                                                      \
  "Content-Type: text/html; charset=utf-8\r\n"                                           \
  "Content-Length: %" G_GSIZE_FORMAT "\r\n"                                              \
  "Cache-Control: no-store\r\n"                                                          \
  "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\n"           \
  "Referrer-Policy: no-referrer\r\n"                                                     \
  "X-Content-Type-Options: nosniff\r\n"                                                  \
  "Connection: close\r\n\r\n"

struct _SiRedirectListener {
  GObject parent_instance;

  GSocketService *service;
  char           *uri;
  char           *success;
  char           *failure;
  guint           timeout; /* milliseconds for one connection */
  guint           n_connections;
};

G_DEFINE_FINAL_TYPE (SiRedirectListener, si_redirect_listener, G_TYPE_OBJECT)

enum {
  ANSWERED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef struct {
  SiRedirectListener *self;
  GIOStream          *stream;
  GCancellable       *cancellable; /* when its time is up */
  GByteArray         *head;
  char               *answer;
} Connection;

static void
connection_free (Connection *connection)
{
  connection->self->n_connections--;
  g_object_unref (connection->self);
  g_object_unref (connection->stream);
  g_object_unref (connection->cancellable);
  if (connection->head->len > 0)
    explicit_bzero (connection->head->data, connection->head->len);
  g_byte_array_unref (connection->head);
  g_free (connection->answer);
  g_free (connection);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_io_stream_close_finish (G_IO_STREAM (source), result, NULL);
  connection_free (user_data);
}

static void
close_connection (Connection *connection)
{
  g_io_stream_close_async (connection->stream, G_PRIORITY_DEFAULT, NULL, closed_cb,
                           connection);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  close_connection (user_data);
}

static void
answer (Connection *connection, const char *status, const char *page)
{
  const char      *body = page != NULL ? page : "";
  g_autofree char *head = g_strdup_printf (HEAD, status, strlen (body));

  connection->answer = g_strconcat (head, body, NULL);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (connection->stream),
                                   connection->answer, strlen (connection->answer),
                                   G_PRIORITY_DEFAULT, connection->cancellable,
                                   written_cb, connection);
}

/* Returns: (transfer full) (nullable): what a GET line asks for */
static char *
dup_target (GByteArray *head)
{
  static const char method[] = "GET ";
  const char       *line = (const char *) head->data;
  const char       *end = memchr (line, '\n', MIN (head->len, MAX_LINE_BYTES));
  const char       *space;

  if (end == NULL || (gsize) (end - line) < strlen (method)
      || memcmp (line, method, strlen (method)) != 0)
    return NULL;

  line += strlen (method);
  space = memchr (line, ' ', end - line);

  return space != NULL && memchr (line, '\0', space - line) == NULL
             ? g_strndup (line, space - line)
             : NULL;
}

static void
handle (Connection *connection)
{
  SiRedirectListener *self = connection->self;
  g_autofree char    *target = dup_target (connection->head);
  gboolean            is_good = FALSE;

  if (target == NULL) {
    answer (connection, "400 Bad Request", NULL);
    return;
  }

  /* What comes after the first answer is none. */
  if (!si_redirect_is_answer (target) || !g_socket_service_is_active (self->service)) {
    answer (connection, "404 Not Found", NULL);
    return;
  }

  si_redirect_listener_stop (self);
  g_signal_emit (self, signals[ANSWERED], 0, target, &is_good);
  explicit_bzero (target, strlen (target));
  if (is_good)
    answer (connection, "200 OK", self->success);
  else
    answer (connection, "400 Bad Request", self->failure);
}

static void read_more (Connection *connection);

/* It ends with an empty line; there may be a NUL before. */
static gboolean
head_is_complete (GByteArray *head)
{
  gboolean is_empty = TRUE;

  for (gsize i = 0; i < head->len; i++) {
    if (head->data[i] == '\n' && is_empty)
      return TRUE;
    if (head->data[i] != '\r')
      is_empty = head->data[i] == '\n';
  }

  return FALSE;
}

/* The whole head is read, although its first line says everything: a connection that is
 * closed with something unread takes the answer with it. */
static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Connection        *connection = user_data;
  g_autoptr (GBytes) chunk
      = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);

  if (chunk == NULL || g_bytes_get_size (chunk) == 0) {
    close_connection (connection);
    return;
  }

  g_byte_array_append (connection->head, g_bytes_get_data (chunk, NULL),
                       g_bytes_get_size (chunk));
  if (head_is_complete (connection->head) || connection->head->len >= MAX_HEAD_BYTES)
    handle (connection);
  else
    read_more (connection);
}

static void
read_more (Connection *connection)
{
  g_input_stream_read_bytes_async (g_io_stream_get_input_stream (connection->stream),
                                   MAX_LINE_BYTES, G_PRIORITY_DEFAULT,
                                   connection->cancellable, read_cb, connection);
}

static gboolean
incoming_cb (SiRedirectListener *self, GSocketConnection *stream, GObject *source)
{
  Connection *connection;

  if (self->n_connections == MAX_CONNECTIONS)
    return TRUE;

  connection = g_new0 (Connection, 1);
  connection->self = g_object_ref (self);
  connection->stream = g_object_ref (G_IO_STREAM (stream));
  connection->cancellable = si_timed_cancellable_new (self->timeout);
  connection->head = g_byte_array_new ();
  self->n_connections++;
  read_more (connection);

  return TRUE;
}

/* Returns: the port, 0 with @error set where it can't be had */
static guint16
add_address (GSocketService *service, GSocketFamily family, guint16 port, GError **error)
{
  g_autoptr (GInetAddress)   address = g_inet_address_new_loopback (family);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (address, port);
  g_autoptr (GSocketAddress) got = NULL;

  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (service), wanted,
                                      G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                      &got, error))
    return 0;

  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got));
}

/* A browser may take the name for either address: if the port is another program's on the
 * second one, the answer may go there. That address may not exist here. */
static guint16
listen_on (SiRedirectListener *self, const char *host, guint16 wanted, GError **error)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  g_autoptr (GError)         other_error = NULL;
  guint16                    port;

  /* It is active to begin with, and then lets go of no port at once. */
  g_socket_service_stop (service);
  port = add_address (service, G_SOCKET_FAMILY_IPV4, wanted, error);
  if (port == 0)
    return 0;

  if (strcmp (host, "localhost") == 0
      && add_address (service, G_SOCKET_FAMILY_IPV6, port, &other_error) == 0
      && g_error_matches (other_error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE)) {
    g_propagate_error (error, g_steal_pointer (&other_error));
    return 0;
  }

  self->service = g_steal_pointer (&service);
  g_signal_connect_object (self->service, "incoming", G_CALLBACK (incoming_cb), self,
                           G_CONNECT_SWAPPED);

  return port;
}

static guint16
listen_on_first (SiRedirectListener *self,
                 const char         *host,
                 const guint16      *ports,
                 gsize               n_ports,
                 GError            **error)
{
  /* What is free on the one address may not be on the other. */
  static const guint16 any[] = { 0, 0, 0 };
  guint16              port = 0;

  if (n_ports == 0) {
    ports = any;
    n_ports = G_N_ELEMENTS (any);
  }

  for (gsize i = 0; i < n_ports && port == 0; i++) {
    g_clear_error (error);
    port = listen_on (self, host, ports[i], error);
  }

  return port;
}

static void
si_redirect_listener_finalize (GObject *object)
{
  SiRedirectListener *self = SI_REDIRECT_LISTENER (object);

  if (self->service != NULL)
    si_redirect_listener_stop (self);
  g_clear_object (&self->service);
  g_clear_pointer (&self->uri, g_free);
  g_clear_pointer (&self->success, g_free);
  g_clear_pointer (&self->failure, g_free);

  G_OBJECT_CLASS (si_redirect_listener_parent_class)->finalize (object);
}

static void
si_redirect_listener_class_init (SiRedirectListenerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_redirect_listener_finalize;

  /**
   * SiRedirectListener::answered:
   * @self: the listener
   * @target: what the browser asked for, with the parameters of the answer
   *
   * Emitted once, when the browser comes with an answer.
   *
   * Returns: whether it is a good one, which the browser's page then says
   */
  signals[ANSWERED] = g_signal_new ("answered", G_TYPE_FROM_CLASS (klass),
                                    G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_first_wins,
                                    NULL, NULL, G_TYPE_BOOLEAN, 1, G_TYPE_STRING);
}

static void
si_redirect_listener_init (SiRedirectListener *self)
{
  self->timeout = TIMEOUT_MS;
}

/**
 * si_redirect_listener_new:
 * @host: `127.0.0.1` or `localhost`, as the issuer knows it
 * @ports: (array length=n_ports): the ports that the issuer knows, in the order in which
 *   they are tried
 * @n_ports: how many there are; with none, any free one will do
 * @error: return location for a `G_IO_ERROR`
 *
 * Returns: (transfer full): a listener that waits already, or %NULL with @error set
 */
SiRedirectListener *
si_redirect_listener_new (const char    *host,
                          const guint16 *ports,
                          gsize          n_ports,
                          GError       **error)
{
  g_autoptr (SiRedirectListener) self = g_object_new (SI_TYPE_REDIRECT_LISTENER, NULL);
  guint16 port = listen_on_first (self, host, ports, n_ports, error);

  if (port == 0)
    return NULL;

  self->uri = g_strdup_printf ("http://%s:%u/", host, port);
  g_socket_service_start (self->service);

  return g_steal_pointer (&self);
}

/**
 * si_redirect_listener_get_uri:
 * @self: a listener
 *
 * Returns: the redirect URI
 */
const char *
si_redirect_listener_get_uri (SiRedirectListener *self)
{
  g_return_val_if_fail (SI_IS_REDIRECT_LISTENER (self), NULL);

  return self->uri;
}

/**
 * si_redirect_listener_set_pages:
 * @self: a listener
 * @success: (nullable): the HTML page that the browser shows after a good answer
 * @failure: (nullable): the one after an answer that is refused
 */
void
si_redirect_listener_set_pages (SiRedirectListener *self,
                                const char         *success,
                                const char         *failure)
{
  g_return_if_fail (SI_IS_REDIRECT_LISTENER (self));

  g_free (self->success);
  self->success = g_strdup (success);
  g_free (self->failure);
  self->failure = g_strdup (failure);
}

/**
 * si_redirect_listener_set_timeout:
 * @self: a listener
 * @milliseconds: how long a connection may take from now on, 5 seconds where it is not
 *   set
 */
void
si_redirect_listener_set_timeout (SiRedirectListener *self, guint milliseconds)
{
  g_return_if_fail (SI_IS_REDIRECT_LISTENER (self));

  self->timeout = milliseconds;
}

/**
 * si_redirect_listener_stop:
 * @self: a listener
 *
 * Waits no longer. A page that is being sent goes on its way.
 */
void
si_redirect_listener_stop (SiRedirectListener *self)
{
  g_return_if_fail (SI_IS_REDIRECT_LISTENER (self));

  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
}
