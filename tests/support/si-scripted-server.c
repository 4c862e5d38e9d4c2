/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-scripted-server.h"

#include <sys/socket.h>

/* A backend that says what a test tells it to, bad manners included, and remembers what
 * it was asked. It lives in the test's own main context. A request that the test did not
 * announce ends the test. */

struct _SiReply {
  char               *method;
  char               *path;
  guint               status;
  GBytes             *body;
  SoupMessageHeaders *headers;
  gboolean            raw;
  SiAfterwards        afterwards;
  gboolean            hold;
  gboolean            repeat;
  gboolean            used;
  SoupServerMessage  *held;
  GIOStream          *connection;
  GCancellable       *cancellable;
};

typedef struct {
  char               *line;
  SoupMessageHeaders *headers;
  char               *body;
} Request;

struct _SiScriptedServer {
  GObject parent_instance;

  SoupServer *soup;
  GUri       *base;
  GPtrArray  *replies;
  GPtrArray  *requests;
};

G_DEFINE_FINAL_TYPE (SiScriptedServer, si_scripted_server, G_TYPE_OBJECT)

static void
reply_free (SiReply *reply)
{
  g_free (reply->method);
  g_free (reply->path);
  g_bytes_unref (reply->body);
  soup_message_headers_unref (reply->headers);
  g_clear_object (&reply->held);
  g_cancellable_cancel (reply->cancellable);
  g_clear_object (&reply->cancellable);
  if (reply->connection != NULL)
    g_io_stream_close (reply->connection, NULL, NULL);
  g_clear_object (&reply->connection);
  g_free (reply);
}

static void
request_free (Request *request)
{
  g_free (request->line);
  soup_message_headers_unref (request->headers);
  g_free (request->body);
  g_free (request);
}

static void
copy_header (const char *name, const char *value, gpointer user_data)
{
  soup_message_headers_append (user_data, name, value);
}

static void
remember (SiScriptedServer *self, SoupServerMessage *message, const char *path)
{
  Request           *request = g_new0 (Request, 1);
  g_autoptr (GBytes) body
      = soup_message_body_flatten (soup_server_message_get_request_body (message));
  gsize       length;
  const char *bytes = g_bytes_get_data (body, &length);

  request->line
      = g_strdup_printf ("%s %s", soup_server_message_get_method (message), path);
  request->body = g_strndup (bytes != NULL ? bytes : "", length);
  request->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  soup_message_headers_foreach (soup_server_message_get_request_headers (message),
                                copy_header, request->headers);
  g_ptr_array_add (self->requests, request);
}

static SiReply *
find_reply (SiScriptedServer *self, const char *method, const char *path)
{
  for (guint i = 0; i < self->replies->len; i++) {
    SiReply *reply = g_ptr_array_index (self->replies, i);

    if ((!reply->used || reply->repeat) && strcmp (reply->method, method) == 0
        && strcmp (reply->path, path) == 0)
      return reply;
  }

  return NULL;
}

static void
answer (SiReply *reply, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  gsize               length;
  const char         *bytes = g_bytes_get_data (reply->body, &length);

  soup_server_message_set_status (message, reply->status, NULL);
  if (length > 0)
    soup_server_message_set_response (
        message, reply->status < 400 ? "application/json" : "application/problem+json",
        SOUP_MEMORY_COPY, bytes, length);
  soup_message_headers_foreach (reply->headers, copy_header, headers);
}

static void flood (SiReply *reply);

static void
flood_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SiReply *reply = user_data;

  /* Where it was cancelled the reply is gone. */
  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL))
    flood (reply);
}

static void
flood (SiReply *reply)
{
  gsize       length;
  const void *bytes = g_bytes_get_data (reply->body, &length);

  g_output_stream_write_all_async (g_io_stream_get_output_stream (reply->connection),
                                   bytes, length, G_PRIORITY_LOW, reply->cancellable,
                                   flood_cb, reply);
}

static void
reset (GIOStream *connection)
{
  g_autoptr (GSocketConnection) base = NULL;
  struct linger                 now = { .l_onoff = 1, .l_linger = 0 };
  GSocket                      *socket;

  /* What libsoup hands out wraps the connection itself. */
  g_object_get (connection, "base-iostream", &base, NULL);
  socket = g_socket_connection_get_socket (base);
  setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &now, sizeof now);
  g_io_stream_close (connection, NULL, NULL);
}

static void
misbehave (SiReply *reply, SoupServerMessage *message)
{
  g_autoptr (GIOStream) connection = soup_server_message_steal_connection (message);
  gsize                 length;
  const void           *bytes = g_bytes_get_data (reply->body, &length);

  if (length > 0)
    g_output_stream_write_all (g_io_stream_get_output_stream (connection), bytes, length,
                               NULL, NULL, NULL);

  switch (reply->afterwards) {
  case SI_AFTERWARDS_CLOSE:
    g_io_stream_close (connection, NULL, NULL);
    break;
  case SI_AFTERWARDS_RESET:
    reset (connection);
    break;
  case SI_AFTERWARDS_FLOOD:
    g_set_object (&reply->connection, connection);
    flood (reply);
    break;
  case SI_AFTERWARDS_HOLD:
  default:
    g_set_object (&reply->connection, connection);
    break;
  }
}

static void
handle_cb (SoupServer        *soup,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  SiScriptedServer *self = user_data;
  const char       *method = soup_server_message_get_method (message);
  SiReply          *reply = find_reply (self, method, path);

  if (reply == NULL)
    g_error ("Nothing is written about %s %s", method, path);

  remember (self, message, path);
  reply->used = TRUE;
  if (reply->hold) {
    g_set_object (&reply->held, message);
    soup_server_message_pause (message);
  } else if (reply->raw) {
    misbehave (reply, message);
  } else {
    answer (reply, message);
  }
}

static void
si_scripted_server_finalize (GObject *object)
{
  SiScriptedServer *self = SI_SCRIPTED_SERVER (object);

  soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
  g_clear_pointer (&self->base, g_uri_unref);
  g_clear_pointer (&self->replies, g_ptr_array_unref);
  g_clear_pointer (&self->requests, g_ptr_array_unref);

  G_OBJECT_CLASS (si_scripted_server_parent_class)->finalize (object);
}

static void
si_scripted_server_class_init (SiScriptedServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_scripted_server_finalize;
}

static void
si_scripted_server_init (SiScriptedServer *self)
{
  self->replies = g_ptr_array_new_with_free_func ((GDestroyNotify) reply_free);
  self->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) request_free);
  self->soup = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->soup, NULL, handle_cb, self, NULL);
}

static void
start_listening (SiScriptedServer *self, SoupServerListenOptions options)
{
  g_autoptr (GError) error = NULL;
  GSList            *uris;

  soup_server_listen_local (self->soup, 0, SOUP_SERVER_LISTEN_IPV4_ONLY | options,
                            &error);
  g_assert_no_error (error);

  uris = soup_server_get_uris (self->soup);
  self->base = g_uri_ref (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

SiScriptedServer *
si_scripted_server_new (void)
{
  SiScriptedServer *self = g_object_new (SI_TYPE_SCRIPTED_SERVER, NULL);

  start_listening (self, 0);

  return self;
}

/**
 * si_scripted_server_new_with_certificate:
 * @certificate: what it shows, and the key to it
 *
 * Returns: (transfer full): a server for https
 */
SiScriptedServer *
si_scripted_server_new_with_certificate (GTlsCertificate *certificate)
{
  SiScriptedServer *self = g_object_new (SI_TYPE_SCRIPTED_SERVER, NULL);

  soup_server_set_tls_certificate (self->soup, certificate);
  start_listening (self, SOUP_SERVER_LISTEN_HTTPS);

  return self;
}

/**
 * si_scripted_server_get_base:
 * @self: a server
 *
 * Returns: (transfer none): its address, with a path that ends in "/"
 */
GUri *
si_scripted_server_get_base (SiScriptedServer *self)
{
  return self->base;
}

static SiReply *
add_reply (SiScriptedServer *self, const char *method, const char *path, GBytes *body)
{
  SiReply *reply = g_new0 (SiReply, 1);

  reply->method = g_strdup (method);
  reply->path = g_strdup (path);
  reply->body = body;
  reply->cancellable = g_cancellable_new ();
  reply->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  g_ptr_array_add (self->replies, reply);

  return reply;
}

/**
 * si_scripted_server_expect:
 * @self: a server
 * @method: the method of a request to come
 * @path: its path
 * @status: the status of the answer
 * @body: (nullable): its body, JSON
 *
 * Announces one request and its answer. Requests with the same method and path are
 * answered in the order in which they were announced.
 *
 * Returns: (transfer none): the answer
 */
SiReply *
si_scripted_server_expect (SiScriptedServer *self,
                           const char       *method,
                           const char       *path,
                           guint             status,
                           const char       *body)
{
  SiReply *reply = add_reply (self, method, path,
                              g_bytes_new (body, body != NULL ? strlen (body) : 0));

  reply->status = status;

  return reply;
}

/**
 * si_scripted_server_expect_bytes:
 * @self: a server
 * @method: the method of a request to come
 * @path: its path
 * @bytes: what is written to the connection, status line and all
 * @length: its length, -1 for a string
 * @afterwards: what happens then
 *
 * Announces one request that is answered as no decent server would.
 *
 * Returns: (transfer none): the answer
 */
SiReply *
si_scripted_server_expect_bytes (SiScriptedServer *self,
                                 const char       *method,
                                 const char       *path,
                                 const void       *bytes,
                                 gssize            length,
                                 SiAfterwards      afterwards)
{
  SiReply *reply
      = add_reply (self, method, path,
                   g_bytes_new (bytes, length < 0 ? strlen (bytes) : (gsize) length));

  reply->raw = TRUE;
  reply->afterwards = afterwards;

  return reply;
}

void
si_reply_set_header (SiReply *reply, const char *name, const char *value)
{
  soup_message_headers_replace (reply->headers, name, value);
}

/**
 * si_reply_hold:
 * @reply: an answer
 *
 * Makes the answer wait for si_reply_release().
 */
void
si_reply_hold (SiReply *reply)
{
  reply->hold = TRUE;
}

/**
 * si_reply_release:
 * @reply: an answer that is held back, and whose request has come
 */
void
si_reply_release (SiReply *reply)
{
  g_autoptr (SoupServerMessage) message = g_steal_pointer (&reply->held);

  g_assert_nonnull (message);
  if (reply->raw) {
    misbehave (reply, message);
  } else {
    answer (reply, message);
    soup_server_message_unpause (message);
  }
}

/**
 * si_reply_repeat:
 * @reply: an answer
 *
 * Makes it answer any number of requests, one at least.
 */
void
si_reply_repeat (SiReply *reply)
{
  reply->repeat = TRUE;
}

guint
si_scripted_server_get_n_requests (SiScriptedServer *self)
{
  return self->requests->len;
}

/**
 * si_scripted_server_get_n_unanswered:
 * @self: a server
 *
 * Returns: how many requests came whose answer is still held back
 */
guint
si_scripted_server_get_n_unanswered (SiScriptedServer *self)
{
  guint count = 0;

  for (guint i = 0; i < self->replies->len; i++) {
    SiReply *reply = g_ptr_array_index (self->replies, i);

    count += reply->held != NULL;
  }

  return count;
}

/**
 * si_scripted_server_is_done:
 * @self: a server
 *
 * Returns: whether every request that was announced has come
 */
gboolean
si_scripted_server_is_done (SiScriptedServer *self)
{
  for (guint i = 0; i < self->replies->len; i++) {
    SiReply *reply = g_ptr_array_index (self->replies, i);

    if (!reply->used)
      return FALSE;
  }

  return TRUE;
}

static Request *
get_request (SiScriptedServer *self, guint index)
{
  g_assert_cmpuint (index, <, self->requests->len);

  return g_ptr_array_index (self->requests, index);
}

/**
 * si_scripted_server_get_line:
 * @self: a server
 * @index: which request, in the order in which they came
 *
 * Returns: its method and path, for example "GET /v1/capabilities"
 */
const char *
si_scripted_server_get_line (SiScriptedServer *self, guint index)
{
  return get_request (self, index)->line;
}

const char *
si_scripted_server_get_header (SiScriptedServer *self, guint index, const char *name)
{
  return soup_message_headers_get_list (get_request (self, index)->headers, name);
}

const char *
si_scripted_server_get_body (SiScriptedServer *self, guint index)
{
  return get_request (self, index)->body;
}
