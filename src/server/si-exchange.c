/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-exchange.h"

#include <string.h>

#include "si-build.h"
#include "si-json.h"
#include "si-sentences.h"

/* One request and its answer. It knows HTTP and the shape of answers, and nothing of what
 * they are about. */
struct _SiExchange {
  GObject parent_instance;

  SoupServerMessage *message;
  SiGrant           *grant;
  char              *id;
  gboolean           paused;
  gboolean           gone;
};

G_DEFINE_FINAL_TYPE (SiExchange, si_exchange, G_TYPE_OBJECT)

#define MAX_REQUEST_ID 64

static gboolean
is_request_id (const char *id)
{
  gsize length = strspn (id, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_");

  return length > 0 && length <= MAX_REQUEST_ID && id[length] == '\0';
}

/* What comes back is what the client sent, so that both logs name the request alike. */
static void
set_request_id (SiExchange *self)
{
  const char      *given = si_exchange_get_header (self, "X-Request-Id");
  g_autofree char *own = NULL;

  if (given == NULL || !is_request_id (given))
    given = own = g_uuid_string_random ();

  si_exchange_set_header (self, "X-Request-Id", given);
}

static void
finish (SiExchange *self, guint status)
{
  soup_server_message_set_status (self->message, status, NULL);
  if (self->paused) {
    self->paused = FALSE;
    soup_server_message_unpause (self->message);
  }
}

/* The client left, or the server stopped: there is nobody to answer any more. */
static void
gone_cb (SoupServerMessage *message, SiExchange *self)
{
  self->paused = FALSE;
  self->gone = TRUE;
}

static void
set_body (SiExchange *self, JsonNode *body, const char *type)
{
  SoupMessageBody *sent = soup_server_message_get_response_body (self->message);
  char            *text = si_json_to_text (body);

  /* A second answer takes the first one's place. */
  soup_message_body_truncate (sent);
  soup_server_message_set_response (self->message, type, SOUP_MEMORY_TAKE, text,
                                    strlen (text));
}

static void
build_refusal (SiExchange *self, const SiRefusal *refusal, JsonBuilder *builder)
{
  g_autofree char *type = g_strconcat ("urn:security-info:problem:", refusal->code, NULL);
  const struct {
    const char *name;
    const char *value;
  } members[] = {
    { "type", type },
    { "title", si_refusal_get_title (refusal) },
    { "detail", si_refusal_get_detail (refusal, si_exchange_get_language (self)) },
    { "code", refusal->code },
    { "field", refusal->field },
    { "location", refusal->location },
    { "state", refusal->state },
    { "methodId", refusal->method_id },
    { "manageUrl", refusal->manage_url },
  };

  si_build_int (builder, "status", si_refusal_get_status (refusal));
  for (guint i = 0; i < G_N_ELEMENTS (members); i++) {
    if (members[i].value != NULL)
      si_build_string (builder, members[i].name, members[i].value);
  }
  if (refusal->has_checks_left)
    si_build_int (builder, "checksLeft", refusal->checks_left);
  if (refusal->retry_after > 0)
    si_build_int (builder, "retryAfter", refusal->retry_after);
}

static void
si_exchange_finalize (GObject *object)
{
  SiExchange *self = SI_EXCHANGE (object);

  g_object_unref (self->message);
  g_clear_pointer (&self->grant, si_grant_unref);
  g_free (self->id);

  G_OBJECT_CLASS (si_exchange_parent_class)->finalize (object);
}

static void
si_exchange_class_init (SiExchangeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_exchange_finalize;
}

static void
si_exchange_init (SiExchange *self)
{
}

SiExchange *
si_exchange_new (SoupServerMessage *message)
{
  SiExchange *self = g_object_new (SI_TYPE_EXCHANGE, NULL);

  self->message = g_object_ref (message);
  set_request_id (self);
  /* Phone numbers are in nearly every answer. */
  si_exchange_set_header (self, "Cache-Control", "no-store");

  return self;
}

const char *
si_exchange_get_method (SiExchange *self)
{
  return soup_server_message_get_method (self->message);
}

const char *
si_exchange_get_path (SiExchange *self)
{
  return g_uri_get_path (soup_server_message_get_uri (self->message));
}

/**
 * si_exchange_get_header:
 * @self: an exchange
 * @name: a request header's name
 *
 * Returns: (transfer none) (nullable): its value
 */
const char *
si_exchange_get_header (SiExchange *self, const char *name)
{
  return soup_message_headers_get_one (
      soup_server_message_get_request_headers (self->message), name);
}

/**
 * si_exchange_dup_query:
 * @self: an exchange
 * @name: a parameter in the URL
 *
 * Returns: (transfer full) (nullable): its value
 */
char *
si_exchange_dup_query (SiExchange *self, const char *name)
{
  const char *query = g_uri_get_query (soup_server_message_get_uri (self->message));
  g_autoptr (GHashTable) parameters = query != NULL ? soup_form_decode (query) : NULL;

  return parameters != NULL ? g_strdup (g_hash_table_lookup (parameters, name)) : NULL;
}

const char *
si_exchange_get_language (SiExchange *self)
{
  return si_sentences_pick_language (si_exchange_get_header (self, "Accept-Language"));
}

const SiGrant *
si_exchange_get_grant (SiExchange *self)
{
  return self->grant;
}

const char *
si_exchange_get_account (SiExchange *self)
{
  return self->grant->account_id;
}

/**
 * si_exchange_get_id:
 * @self: an exchange
 *
 * Returns: (transfer none) (nullable): the id in the path of what the request is about
 */
const char *
si_exchange_get_id (SiExchange *self)
{
  return self->id;
}

/**
 * si_exchange_dup_fingerprint:
 * @self: an exchange
 *
 * Returns: (transfer full): what is the same for two requests only if their methods,
 * paths and bodies are
 */
char *
si_exchange_dup_fingerprint (SiExchange *self)
{
  SoupMessageBody      *body = soup_server_message_get_request_body (self->message);
  g_autoptr (GBytes)    bytes = soup_message_body_flatten (body);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize                 length;
  const guchar         *data = g_bytes_get_data (bytes, &length);

  g_checksum_update (checksum, (const guchar *) si_exchange_get_method (self), -1);
  g_checksum_update (checksum, (const guchar *) " ", 1);
  g_checksum_update (checksum, (const guchar *) si_exchange_get_path (self), -1);
  g_checksum_update (checksum, (const guchar *) "\n", 1);
  g_checksum_update (checksum, data, length);

  return g_strdup (g_checksum_get_string (checksum));
}

/**
 * si_exchange_matches:
 * @self: an exchange
 * @header: `If-Match` or `If-None-Match`
 * @etag: the entity tag of what is there
 *
 * Returns: whether the header is there and names @etag
 */
gboolean
si_exchange_matches (SiExchange *self, const char *header, const char *etag)
{
  const char *value = si_exchange_get_header (self, header);
  GSList     *tags;
  gboolean    matches = FALSE;

  if (value == NULL)
    return FALSE;

  tags = soup_header_parse_list (value);
  for (GSList *l = tags; l != NULL; l = l->next)
    matches |= g_str_equal (l->data, "*") || g_str_equal (l->data, etag);

  soup_header_free_list (tags);
  return matches;
}

/**
 * si_exchange_set_grant:
 * @self: an exchange
 * @grant: who sent the request
 */
void
si_exchange_set_grant (SiExchange *self, SiGrant *grant)
{
  g_clear_pointer (&self->grant, si_grant_unref);
  self->grant = si_grant_ref (grant);
}

void
si_exchange_set_id (SiExchange *self, const char *id)
{
  g_free (self->id);
  self->id = g_strdup (id);
}

void
si_exchange_set_header (SiExchange *self, const char *name, const char *value)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (self->message),
                                name, value);
}

/**
 * si_exchange_parse_body:
 * @self: an exchange
 *
 * Returns: (transfer full) (nullable): the object in the body, or %NULL where there is
 *   none, and the request is refused
 */
JsonObject *
si_exchange_parse_body (SiExchange *self)
{
  SoupMessageBody   *body = soup_server_message_get_request_body (self->message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  gsize              length;
  const char        *text = g_bytes_get_data (bytes, &length);
  JsonObject *object = length > 0 ? si_json_parse_object (text, length, NULL) : NULL;

  if (object == NULL)
    si_exchange_refuse_code (self, "invalid_request");

  return object;
}

/**
 * si_exchange_parse_optional_body:
 * @self: an exchange
 *
 * Returns: (transfer full) (nullable): the object in the body, an empty one where there
 * is no body, or %NULL where it is something else, and the request is refused
 */
JsonObject *
si_exchange_parse_optional_body (SiExchange *self)
{
  SoupMessageBody *body = soup_server_message_get_request_body (self->message);

  return body->length > 0 ? si_exchange_parse_body (self) : json_object_new ();
}

/**
 * si_exchange_pause:
 * @self: an exchange
 *
 * Keeps the connection open until it is answered, after the handler has returned.
 */
void
si_exchange_pause (SiExchange *self)
{
  if (self->paused || self->gone)
    return;

  self->paused = TRUE;
  g_signal_connect_object (self->message, "finished", G_CALLBACK (gone_cb), self, 0);
  g_signal_connect_object (self->message, "disconnected", G_CALLBACK (gone_cb), self, 0);
  soup_server_message_pause (self->message);
}

/**
 * si_exchange_is_gone:
 * @self: an exchange that was paused
 *
 * Returns: whether its client was seen to leave: nobody would get the answer
 */
gboolean
si_exchange_is_gone (SiExchange *self)
{
  return self->gone;
}

/**
 * si_exchange_answer:
 * @self: an exchange
 * @status: the status
 * @body: the body
 * @etag: (nullable): the entity tag of the resource
 */
void
si_exchange_answer (SiExchange *self, guint status, JsonNode *body, const char *etag)
{
  if (etag != NULL)
    si_exchange_set_header (self, "ETag", etag);
  set_body (self, body, "application/json");
  finish (self, status);
}

void
si_exchange_answer_empty (SiExchange *self, guint status)
{
  finish (self, status);
}

/**
 * si_exchange_answer_cached:
 * @self: an exchange
 * @body: the body
 * @etag: the entity tag of the resource
 *
 * Answers a GET, with 304 and no body where the client has this version.
 */
void
si_exchange_answer_cached (SiExchange *self, JsonNode *body, const char *etag)
{
  if (!si_exchange_matches (self, "If-None-Match", etag)) {
    si_exchange_answer (self, SOUP_STATUS_OK, body, etag);
    return;
  }

  si_exchange_set_header (self, "ETag", etag);
  finish (self, SOUP_STATUS_NOT_MODIFIED);
}

/**
 * si_exchange_refuse:
 * @self: an exchange
 * @refusal: why
 *
 * Answers with a problem (RFC 9457).
 */
void
si_exchange_refuse (SiExchange *self, const SiRefusal *refusal)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode)    node = NULL;

  soup_message_headers_remove (soup_server_message_get_response_headers (self->message),
                               "ETag");
  json_builder_begin_object (builder);
  build_refusal (self, refusal, builder);
  node = si_build_end (builder);

  if (refusal->retry_after > 0) {
    g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, refusal->retry_after);

    si_exchange_set_header (self, "Retry-After", text);
  }

  set_body (self, node, "application/problem+json");
  finish (self, si_refusal_get_status (refusal));
}

void
si_exchange_refuse_code (SiExchange *self, const char *code)
{
  si_exchange_refuse (self, &(SiRefusal){ .code = code });
}

void
si_exchange_refuse_field (SiExchange *self, const char *code, const char *field)
{
  si_exchange_refuse (self, &(SiRefusal){ .code = code, .field = field });
}
