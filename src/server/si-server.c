/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-server.h"

#include <libsoup/soup.h>

#include "si-control-socket.h"
#include "si-listener.h"
#include "si-random.h"
#include "si-registry.h"
#include "si-router.h"
#include "si-services.h"
#include "si-timestamp.h"

/* The reference backend: HTTP on a loopback port, in the main context that it is started
 * in. It owns everything that the server is made of. */
struct _SiServer {
  GObject parent_instance;

  SiServerOptions  *options;
  SiSimulatedPhone *phone;
  SiServices       *services;
  SiControlSocket  *control;
  SoupServer       *soup;
  char             *base_url;
  guint16           port;
};

G_DEFINE_FINAL_TYPE (SiServer, si_server, G_TYPE_OBJECT)

enum {
  COMMITTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A body over the limit is read to its end, so that the client gets to hear of it, but is
 * not kept. */
static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  if (body->length > SI_EXCHANGE_MAX_BODY)
    soup_message_body_set_accumulate (body, FALSE);
}

static void
request_started_cb (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), NULL);
}

static void
request_cb (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  SiServer              *self = user_data;
  SoupMessageBody       *body = soup_server_message_get_request_body (message);
  g_autoptr (SiExchange) exchange = si_exchange_new (message);

  if (body->length > SI_EXCHANGE_MAX_BODY)
    si_exchange_refuse (exchange,
                        &(SiRefusal){ .code = "invalid_request",
                                      .status = SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE });
  else
    si_router_dispatch (self->services, exchange);
}

static void
verified_cb (SiVerifier *verifier, const char *id, gint64 at, SiServer *self)
{
  g_signal_emit (self, signals[COMMITTED], 0, id, at);
  if (self->control != NULL)
    si_control_socket_report_verified (self->control, id, at);
}

static gboolean
listen (SiServer *self, GError **error)
{
  g_autoptr (GSocket)        socket = NULL;
  g_autoptr (GSocketAddress) address = NULL;

  socket = si_listener_new_loopback (self->options->port, error);
  if (socket == NULL || !soup_server_listen_socket (self->soup, socket, 0, error))
    return FALSE;

  address = g_socket_get_local_address (socket, error);
  if (address == NULL)
    return FALSE;

  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  self->base_url = g_strdup_printf ("http://127.0.0.1:%u/", self->port);
  return TRUE;
}

static gboolean
add_method (SiServer *self, const SiMethodRecord *method, const char *channel)
{
  si_database_begin (self->services->database);
  si_registry_add (self->services->database, self->services->policy, method, channel);
  return si_database_commit (self->services->database);
}

static void
si_server_dispose (GObject *object)
{
  SiServer *self = SI_SERVER (object);

  si_server_stop (self);

  G_OBJECT_CLASS (si_server_parent_class)->dispose (object);
}

static void
si_server_finalize (GObject *object)
{
  SiServer *self = SI_SERVER (object);

  g_object_unref (self->phone);
  g_free (self->base_url);
  si_server_options_free (self->options);

  G_OBJECT_CLASS (si_server_parent_class)->finalize (object);
}

static void
si_server_class_init (SiServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = si_server_dispose;
  object_class->finalize = si_server_finalize;

  /**
   * SiServer::committed:
   * @self: the server
   * @verification: the id of a verification that was approved
   * @at: when that was committed, by g_get_monotonic_time()
   */
  signals[COMMITTED]
      = g_signal_new ("committed", SI_TYPE_SERVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);
}

static void
si_server_init (SiServer *self)
{
}

/**
 * si_server_new:
 * @options: (transfer full): how it is to be
 *
 * Returns: (transfer full): a server that is not started yet
 */
SiServer *
si_server_new (SiServerOptions *options)
{
  SiServer *self = g_object_new (SI_TYPE_SERVER, NULL);

  self->options = options;
  self->phone = si_simulated_phone_new (options->dial_time, options->ring_time);

  return self;
}

/**
 * si_server_get_base_url:
 * @self: a server that was started
 *
 * Returns: (transfer none): where it is, with a slash at the end
 */
const char *
si_server_get_base_url (SiServer *self)
{
  return self->base_url;
}

guint16
si_server_get_port (SiServer *self)
{
  return self->port;
}

/**
 * si_server_get_phone:
 * @self: a server
 *
 * Returns: (transfer none): the phone on which its calls ring and its texts arrive
 */
SiSimulatedPhone *
si_server_get_phone (SiServer *self)
{
  return self->phone;
}

/**
 * si_server_start:
 * @self: a server
 * @error: return location for an error
 *
 * Opens the database and listens. Requests are answered by the default main context.
 *
 * Returns: whether it is there now
 */
gboolean
si_server_start (SiServer *self, GError **error)
{
  self->services = si_services_new (self->options, self->phone, error);
  if (self->services == NULL)
    return FALSE;

  g_signal_connect_object (self->services->verifier, "verified", G_CALLBACK (verified_cb),
                           self, 0);

  if (self->options->control_socket != NULL) {
    self->control
        = si_control_socket_new (self->options->control_socket, self->phone, error);
    if (self->control == NULL)
      return FALSE;
  }

  self->soup = soup_server_new (NULL, NULL);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (request_started_cb), NULL);
  soup_server_add_handler (self->soup, NULL, request_cb, self, NULL);

  return listen (self, error);
}

/**
 * si_server_stop:
 * @self: a server
 *
 * Ends every connection. What is stored stays, save in a database in memory.
 */
void
si_server_stop (SiServer *self)
{
  if (self->soup != NULL)
    soup_server_disconnect (self->soup);

  g_clear_object (&self->control);
  g_clear_pointer (&self->services, si_services_free);
  g_clear_object (&self->soup);
  g_clear_pointer (&self->base_url, g_free);
}

gboolean
si_server_has_methods (SiServer *self, const char *account_id)
{
  g_autoptr (GPtrArray) methods
      = si_method_record_list (self->services->database, account_id);

  return methods->len > 0;
}

/**
 * si_server_add_phone:
 * @self: a server that was started
 * @account_id: an account's id
 * @use: `mobile`, `alternate` or `office`
 * @number: a number, E.164
 *
 * Gives an account a phone without a verification, for tests and the example.
 *
 * Returns: (transfer full) (nullable): the method's id, or %NULL where it can't be kept
 */
char *
si_server_add_phone (SiServer   *self,
                     const char *account_id,
                     const char *use,
                     const char *number)
{
  g_autofree char *id = si_random_id ("m");
  SiMethodRecord   method = {
      .id = id,
      .account = (char *) account_id,
      .type = (char *) "phone",
      .use = (char *) use,
      .number = (char *) number,
      .created_at = si_timestamp_now (),
  };

  return add_method (self, &method, "call") ? g_steal_pointer (&id) : NULL;
}

/**
 * si_server_add_other:
 * @self: a server that was started
 * @account_id: an account's id
 * @type: a type of method, such as `authenticatorApp`
 * @label: what the person calls it
 * @detail: (nullable): its `address`, `device`, `model` or `count`
 *
 * Gives an account a method that is no phone, for tests and the example.
 *
 * Returns: (transfer full) (nullable): the method's id, or %NULL where it can't be kept
 */
char *
si_server_add_other (SiServer   *self,
                     const char *account_id,
                     const char *type,
                     const char *label,
                     const char *detail)
{
  g_autofree char *id = si_random_id ("m");
  SiMethodRecord   method = {
      .id = id,
      .account = (char *) account_id,
      .type = (char *) type,
      .label = (char *) label,
      .detail = (char *) detail,
      .created_at = si_timestamp_now (),
  };

  return add_method (self, &method, NULL) ? g_steal_pointer (&id) : NULL;
}

/**
 * si_server_fail_next:
 * @self: a server that was started
 * @code: the code of a problem, such as `maintenance`
 * @retry_after: seconds for Retry-After; 0 leaves that out
 *
 * Refuses the next request, whatever it is.
 */
void
si_server_fail_next (SiServer *self, const char *code, gint retry_after)
{
  g_return_if_fail (si_refusal_is_code (code));

  g_free (self->services->failure);
  self->services->failure = g_strdup (code);
  self->services->failure_retry_after = retry_after;
}
