/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-http-response.h"

#include "si-clock.h"
#include "si-error.h"
#include "si-json.h"

/* One answer that makes sense: a success with its body, or "not modified". Every other
 * answer is an error instead. */

#define MAX_RETRY_AFTER 900

struct _SiHttpResponse {
  GObject parent_instance;

  guint               status;
  SoupMessageHeaders *headers;
  JsonObject         *object;
  gint64              received_at;
  char               *request_id;
};

G_DEFINE_FINAL_TYPE (SiHttpResponse, si_http_response, G_TYPE_OBJECT)

static gboolean
is_json (SoupMessageHeaders *headers)
{
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  return type != NULL
         && (g_ascii_strcasecmp (type, "application/json") == 0
             || g_ascii_strcasecmp (type, "application/problem+json") == 0);
}

static GDateTime *
dup_date (const char *value)
{
  return value != NULL ? soup_date_time_new_from_http_string (value) : NULL;
}

/* RFC 9110, section 10.2.3: seconds, or a date, which means something beside the date of
 * the answer alone, since this machine's clock may be off. */
static int
parse_retry_after (const char *value, const char *sent)
{
  g_autoptr (GDateTime) date = NULL;
  g_autoptr (GDateTime) now = NULL;
  guint64               seconds;

  if (value == NULL)
    return -1;

  if (g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT32, &seconds, NULL))
    return MIN (seconds, MAX_RETRY_AFTER);

  date = dup_date (value);
  now = dup_date (sent);
  if (date == NULL || now == NULL)
    return -1;

  return CLAMP (g_date_time_difference (date, now) / G_USEC_PER_SEC, 1, MAX_RETRY_AFTER);
}

/* Whoever did not ask has nothing that could be unmodified. */
static gboolean
is_not_modified (SoupMessage *message)
{
  SoupMessageHeaders *asked = soup_message_get_request_headers (message);

  return soup_message_get_status (message) == SOUP_STATUS_NOT_MODIFIED
         && soup_message_headers_get_one (asked, "If-None-Match") != NULL;
}

static gboolean
is_accepted (guint status, JsonObject *object)
{
  return (status >= 200 && status < 300)
         || (object != NULL && status >= 400 && status < 500);
}

static JsonObject *
parse_body (SoupMessageHeaders *headers, GBytes *body, GError **error)
{
  gsize       length;
  const char *text = g_bytes_get_data (body, &length);

  if (!is_json (headers)) {
    g_set_error (error, SI_JSON_ERROR, SI_JSON_ERROR_INVALID, "The answer is not JSON");
    return NULL;
  }

  return si_json_parse_object (text, length, error);
}

static void
si_http_response_finalize (GObject *object)
{
  SiHttpResponse *self = SI_HTTP_RESPONSE (object);

  g_clear_pointer (&self->headers, soup_message_headers_unref);
  g_clear_pointer (&self->object, json_object_unref);
  g_clear_pointer (&self->request_id, g_free);

  G_OBJECT_CLASS (si_http_response_parent_class)->finalize (object);
}

static void
si_http_response_class_init (SiHttpResponseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_http_response_finalize;
}

static void
si_http_response_init (SiHttpResponse *self)
{
}

/**
 * si_http_response_new:
 * @message: a message whose answer was read
 * @body: the whole body
 * @request_id: the request's id
 * @accept_any: as in si_http_request_set_accept_any()
 * @error: return location for a `SI_ERROR`
 *
 * Returns: (transfer full): the answer, or %NULL with @error set where the backend
 * refused or its answer makes no sense
 */
SiHttpResponse *
si_http_response_new (SoupMessage *message,
                      GBytes      *body,
                      const char  *request_id,
                      gboolean     accept_any,
                      GError     **error)
{
  g_autoptr (SiHttpResponse) self = g_object_new (SI_TYPE_HTTP_RESPONSE, NULL);
  g_autoptr (GError)         parse_error = NULL;

  self->received_at = si_clock_get_time ();
  self->request_id = g_strdup (request_id);
  self->status = soup_message_get_status (message);
  self->headers = soup_message_headers_ref (soup_message_get_response_headers (message));

  if (self->status == SOUP_STATUS_NO_CONTENT || is_not_modified (message))
    return g_steal_pointer (&self);

  self->object = parse_body (self->headers, body, &parse_error);

  if (accept_any && is_accepted (self->status, self->object))
    return g_steal_pointer (&self);

  if (self->status >= 400) {
    g_autoptr (SiProblem) problem = si_problem_new (
        self->status, self->object, si_http_response_get_retry_after (self), request_id);
    g_autoptr (SiChallenge) challenge = si_challenge_new_from_header (
        si_http_response_get_header (self, "WWW-Authenticate"));

    if (challenge != NULL)
      si_problem_set_challenge (problem, challenge);
    g_propagate_error (error, si_error_new_from_problem (problem));
    return NULL;
  }

  if (self->status < 200 || self->status >= 300) {
    g_clear_error (&parse_error);
    g_set_error (&parse_error, SI_JSON_ERROR, SI_JSON_ERROR_INVALID,
                 "The backend answered with status %u", self->status);
  }

  if (parse_error != NULL) {
    g_propagate_error (error, si_error_new_from_transport (parse_error, request_id));
    return NULL;
  }

  return g_steal_pointer (&self);
}

guint
si_http_response_get_status (SiHttpResponse *self)
{
  g_return_val_if_fail (SI_IS_HTTP_RESPONSE (self), 0);

  return self->status;
}

/**
 * si_http_response_get_object:
 * @self: an answer
 *
 * Returns: (transfer none) (nullable): the body, %NULL for statuses that have none
 */
JsonObject *
si_http_response_get_object (SiHttpResponse *self)
{
  g_return_val_if_fail (SI_IS_HTTP_RESPONSE (self), NULL);

  return self->object;
}

const char *
si_http_response_get_header (SiHttpResponse *self, const char *name)
{
  g_return_val_if_fail (SI_IS_HTTP_RESPONSE (self), NULL);

  return soup_message_headers_get_one (self->headers, name);
}

const char *
si_http_response_get_request_id (SiHttpResponse *self)
{
  g_return_val_if_fail (SI_IS_HTTP_RESPONSE (self), NULL);

  return self->request_id;
}

/**
 * si_http_response_get_retry_after:
 * @self: an answer
 *
 * Returns: the seconds of `Retry-After`, at most 15 minutes, -1 where there is none
 */
int
si_http_response_get_retry_after (SiHttpResponse *self)
{
  return parse_retry_after (si_http_response_get_header (self, "Retry-After"),
                            si_http_response_get_header (self, "Date"));
}

/**
 * si_http_response_get_date:
 * @self: an answer
 *
 * Returns: when it was sent by the clock of whoever sent it, in seconds since 1970, -1
 *   where that is not said
 */
gint64
si_http_response_get_date (SiHttpResponse *self)
{
  g_autoptr (GDateTime) date = dup_date (si_http_response_get_header (self, "Date"));

  return date != NULL ? g_date_time_to_unix (date) : -1;
}

/**
 * si_http_response_get_received_at:
 * @self: an answer
 *
 * Returns: when the answer had come, on si_clock_get_time()'s clock
 */
gint64
si_http_response_get_received_at (SiHttpResponse *self)
{
  g_return_val_if_fail (SI_IS_HTTP_RESPONSE (self), 0);

  return self->received_at;
}
