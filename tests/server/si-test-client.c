/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-test-client.h"

#include "si-json.h"
#include "si-test-loop.h"

/* Requests to a server in the same main context, and what it answers. */
struct _SiTestClient {
  SoupSession *session;
  char        *base_url;
  char        *token;
};

struct _SiTestCall {
  SoupMessage *message;
  JsonObject  *body;
  gboolean     done;
};

/* "Name: value" lines. */
static void
add_headers (SoupMessage *message, const char *headers)
{
  g_auto (GStrv) lines = g_strsplit (headers != NULL ? headers : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) parts = g_strsplit (lines[i], ": ", 2);

    if (g_strv_length (parts) == 2)
      soup_message_headers_replace (soup_message_get_request_headers (message), parts[0],
                                    parts[1]);
  }
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SiTestCall        *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes
      = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);

  g_assert_no_error (error);
  if (g_bytes_get_size (bytes) > 0) {
    self->body = si_json_parse_object (g_bytes_get_data (bytes, NULL),
                                       g_bytes_get_size (bytes), &error);
    g_assert_no_error (error);
  }
  self->done = TRUE;
}

SiTestClient *
si_test_client_new (SiServer *server, const char *token)
{
  SiTestClient *self = g_new0 (SiTestClient, 1);

  self->session = soup_session_new_with_options ("max-conns-per-host", 8, NULL);
  self->base_url = g_strdup (si_server_get_base_url (server));
  self->token = g_strdup (token);

  return self;
}

void
si_test_client_free (SiTestClient *self)
{
  soup_session_abort (self->session);
  g_object_unref (self->session);
  g_free (self->base_url);
  g_free (self->token);
  g_free (self);
}

/**
 * si_test_client_send:
 * @self: a client
 * @method: an HTTP method
 * @path: a path without its first slash
 * @body: (nullable): the body
 * @headers: (nullable): `Name: value`, a line each
 *
 * Returns: (transfer full): the call, under way
 */
SiTestCall *
si_test_client_send (SiTestClient *self,
                     const char   *method,
                     const char   *path,
                     const char   *body,
                     const char   *headers)
{
  SiTestCall      *call = g_new0 (SiTestCall, 1);
  g_autofree char *url = g_strconcat (self->base_url, path, NULL);

  call->message = soup_message_new (method, url);
  soup_message_add_flags (call->message, SOUP_MESSAGE_NO_REDIRECT);
  if (self->token != NULL) {
    g_autofree char *value = g_strconcat ("Bearer ", self->token, NULL);

    soup_message_headers_replace (soup_message_get_request_headers (call->message),
                                  "Authorization", value);
  }
  add_headers (call->message, headers);
  if (body != NULL) {
    g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

    soup_message_set_request_body_from_bytes (call->message, "application/json", bytes);
  }

  soup_session_send_and_read_async (self->session, call->message, G_PRIORITY_DEFAULT,
                                    NULL, done_cb, call);
  return call;
}

SiTestCall *
si_test_client_call (SiTestClient *self,
                     const char   *method,
                     const char   *path,
                     const char   *body,
                     const char   *headers)
{
  SiTestCall *call = si_test_client_send (self, method, path, body, headers);

  si_test_call_wait (call);
  return call;
}

SiTestCall *
si_test_client_get (SiTestClient *self, const char *path)
{
  return si_test_client_call (self, "GET", path, NULL, NULL);
}

/**
 * si_test_client_post:
 * @self: a client
 * @path: a path without its first slash
 * @body: the body
 *
 * Returns: (transfer full): the finished call, which went with a key of its own
 */
SiTestCall *
si_test_client_post (SiTestClient *self, const char *path, const char *body)
{
  g_autofree char *key = g_uuid_string_random ();
  g_autofree char *header = g_strconcat ("Idempotency-Key: ", key, NULL);

  return si_test_client_call (self, "POST", path, body, header);
}

/**
 * si_test_client_begin:
 * @self: a client
 * @use: what the phone is to be used as
 * @number: its number
 * @channel: how to reach it
 *
 * Starts a verification, which must be possible.
 *
 * Returns: (transfer full): its path, without the first slash
 */
char *
si_test_client_begin (SiTestClient *self,
                      const char   *use,
                      const char   *number,
                      const char   *channel)
{
  g_autofree char *body
      = g_strdup_printf ("{\"purpose\": \"add\", \"type\": \"phone\", \"use\": \"%s\","
                         " \"number\": \"%s\", \"channel\": \"%s\"}",
                         use, number, channel);
  g_autoptr (SiTestCall) call = si_test_client_post (self, "v1/me/verifications", body);

  g_assert_cmpuint (si_test_call_get_status (call), ==, SOUP_STATUS_CREATED);
  return g_strdup (si_test_call_get_header (call, "Location") + 1);
}

/**
 * si_test_client_dup_etag:
 * @self: a client
 *
 * Returns: (transfer full): the entity tag of security-info
 */
char *
si_test_client_dup_etag (SiTestClient *self)
{
  g_autoptr (SiTestCall) call = si_test_client_get (self, "v1/me/security-info");

  return g_strdup (si_test_call_get_header (call, "ETag"));
}

void
si_test_call_free (SiTestCall *self)
{
  si_test_call_wait (self);
  g_object_unref (self->message);
  g_clear_pointer (&self->body, json_object_unref);
  g_free (self);
}

gboolean
si_test_call_is_done (SiTestCall *self)
{
  return self->done;
}

void
si_test_call_wait (SiTestCall *self)
{
  si_test_wait_until (self->done);
}

guint
si_test_call_get_status (SiTestCall *self)
{
  return soup_message_get_status (self->message);
}

const char *
si_test_call_get_header (SiTestCall *self, const char *name)
{
  return soup_message_headers_get_one (soup_message_get_response_headers (self->message),
                                       name);
}

JsonObject *
si_test_call_get_body (SiTestCall *self)
{
  return self->body;
}

const char *
si_test_call_get_string (SiTestCall *self, const char *member)
{
  return si_json_get_string (self->body, member);
}

gint64
si_test_call_get_int (SiTestCall *self, const char *member)
{
  return si_json_get_int (self->body, member, -1);
}

void
si_test_call_assert_problem (SiTestCall *self, guint status, const char *code)
{
  g_assert_cmpstr (si_test_call_get_string (self, "code"), ==, code);
  g_assert_cmpuint (si_test_call_get_status (self), ==, status);
  g_assert_cmpint (si_test_call_get_int (self, "status"), ==, status);
  g_assert_cmpstr (si_test_call_get_header (self, "Content-Type"), ==,
                   "application/problem+json");
}
