/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-http-request.h"

#include <string.h>

#include "si-json.h"

/* One request as it is meant: it can be sent more than once, as a new message each time.
 */

#define TIMEOUT_SECONDS 15

struct _SiHttpRequest {
  GObject parent_instance;

  char               *method;
  char               *path;
  SoupMessageHeaders *headers;
  GBytes             *body;
  const char         *content_type;
  guint               timeout;
  gboolean            may_repeat;
  gboolean            accept_any;
};

G_DEFINE_FINAL_TYPE (SiHttpRequest, si_http_request, G_TYPE_OBJECT)

/* libsoup sends a request again by itself when the connection that it had kept is gone.
 * Until 3.6.6 it may then end that request twice, and free it twice, or ask after what it
 * has freed (3.2.3): there, no connection is kept. */
static SoupMessageFlags
get_connection_flags (void)
{
  return soup_check_version (3, 6, 6) ? 0 : SOUP_MESSAGE_NEW_CONNECTION;
}

static void
append_header (const char *name, const char *value, gpointer user_data)
{
  soup_message_headers_append (user_data, name, value);
}

static void
si_http_request_finalize (GObject *object)
{
  SiHttpRequest *self = SI_HTTP_REQUEST (object);

  g_clear_pointer (&self->method, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  g_clear_pointer (&self->body, g_bytes_unref);

  G_OBJECT_CLASS (si_http_request_parent_class)->finalize (object);
}

static void
si_http_request_class_init (SiHttpRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_http_request_finalize;
}

static void
si_http_request_init (SiHttpRequest *self)
{
  self->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  self->timeout = TIMEOUT_SECONDS;
}

/**
 * si_http_request_new:
 * @method: an HTTP method
 * @path: a path of the contract, or a location that the backend named
 *
 * Returns: (transfer full): the request
 */
SiHttpRequest *
si_http_request_new (const char *method, const char *path)
{
  SiHttpRequest *self = g_object_new (SI_TYPE_HTTP_REQUEST, NULL);

  self->method = g_strdup (method);
  self->path = g_strdup (path);
  self->may_repeat = strcmp (method, SOUP_METHOD_POST) != 0; /* RFC 9110, section 9.2.2 */

  return self;
}

const char *
si_http_request_get_path (SiHttpRequest *self)
{
  g_return_val_if_fail (SI_IS_HTTP_REQUEST (self), NULL);

  return self->path;
}

/**
 * si_http_request_get_timeout:
 * @self: a request
 *
 * Returns: how many seconds its answer may take
 */
guint
si_http_request_get_timeout (SiHttpRequest *self)
{
  g_return_val_if_fail (SI_IS_HTTP_REQUEST (self), 0);

  return self->timeout;
}

/**
 * si_http_request_may_repeat:
 * @self: a request
 *
 * Returns: whether sending it again after a lost answer changes nothing more
 */
gboolean
si_http_request_may_repeat (SiHttpRequest *self)
{
  g_return_val_if_fail (SI_IS_HTTP_REQUEST (self), FALSE);

  return self->may_repeat;
}

/**
 * si_http_request_is_safe:
 * @self: a request
 *
 * Returns: whether it only looks (RFC 9110, section 9.2.1)
 */
gboolean
si_http_request_is_safe (SiHttpRequest *self)
{
  g_return_val_if_fail (SI_IS_HTTP_REQUEST (self), TRUE);

  return strcmp (self->method, SOUP_METHOD_GET) == 0;
}

/**
 * si_http_request_set_accept_any:
 * @self: a request
 *
 * Makes a refusal (4xx) with a JSON object an answer instead of an error, for OAuth says
 * in it what is wrong (RFC 6749, section 5.2), and so a success without one (RFC 7009,
 * section 2.2).
 */
void
si_http_request_set_accept_any (SiHttpRequest *self)
{
  g_return_if_fail (SI_IS_HTTP_REQUEST (self));

  self->accept_any = TRUE;
}

gboolean
si_http_request_get_accept_any (SiHttpRequest *self)
{
  g_return_val_if_fail (SI_IS_HTTP_REQUEST (self), FALSE);

  return self->accept_any;
}

/**
 * si_http_request_set_body:
 * @self: a request
 * @builder: a builder with a finished object
 *
 * Makes the object the request's body.
 */
void
si_http_request_set_body (SiHttpRequest *self, JsonBuilder *builder)
{
  g_autoptr (JsonNode) node = json_builder_get_root (builder);
  char                *text = si_json_to_text (node);

  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = g_bytes_new_take (text, strlen (text));
  self->content_type = "application/json";
}

/**
 * si_http_request_set_form:
 * @self: a request
 * @form: (transfer full): what to send
 *
 * Makes a form the request's body. It is wiped with the request.
 */
void
si_http_request_set_form (SiHttpRequest *self, SiForm *form)
{
  g_return_if_fail (SI_IS_HTTP_REQUEST (self));

  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = si_form_free_to_bytes (form);
  self->content_type = "application/x-www-form-urlencoded";
}

/**
 * si_http_request_set_header:
 * @self: a request
 * @name: a header's name
 * @value: (nullable): its value; with %NULL nothing happens
 */
void
si_http_request_set_header (SiHttpRequest *self, const char *name, const char *value)
{
  g_return_if_fail (SI_IS_HTTP_REQUEST (self));

  if (value != NULL)
    soup_message_headers_replace (self->headers, name, value);
}

/**
 * si_http_request_set_idempotency_key:
 * @self: a request
 * @key: the key (contract, "Idempotency")
 *
 * With a key the request may be repeated.
 */
void
si_http_request_set_idempotency_key (SiHttpRequest *self, const char *key)
{
  si_http_request_set_header (self, "Idempotency-Key", key);
  self->may_repeat = TRUE;
}

/**
 * si_http_request_set_wait:
 * @self: a request
 * @seconds: how long the backend may hold the answer back (contract, "Waiting")
 *
 * A wait is never repeated by itself: who waits knows best what to do next.
 */
void
si_http_request_set_wait (SiHttpRequest *self, guint seconds)
{
  g_autofree char *prefer = g_strdup_printf ("wait=%u", seconds);

  si_http_request_set_header (self, "Prefer", prefer);
  self->timeout = seconds + TIMEOUT_SECONDS;
  self->may_repeat = FALSE;
}

/**
 * si_http_request_new_message:
 * @self: a request
 * @uri: where it goes
 * @request_id: the id of this sending
 *
 * Returns: (transfer full): a message that follows no redirect
 */
SoupMessage *
si_http_request_new_message (SiHttpRequest *self, GUri *uri, const char *request_id)
{
  SoupMessage        *message = soup_message_new_from_uri (self->method, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | get_connection_flags ());
  soup_message_headers_foreach (self->headers, append_header, headers);
  soup_message_headers_replace (headers, "Accept",
                                "application/json, application/problem+json");
  soup_message_headers_replace (headers, "X-Request-Id", request_id);
  if (self->body != NULL)
    soup_message_set_request_body_from_bytes (message, self->content_type, self->body);

  return message;
}
