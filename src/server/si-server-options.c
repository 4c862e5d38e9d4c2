/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-server-options.h"

#include <gio/gio.h>

#include "si-grant.h"
#include "si-json.h"
#include "si-secret.h"
#include "si-timestamp.h"

/* Plain data, filled in by the command line or by a test, and by the two files that an
 * administrator writes: who may come with which token, and what the organisation
 * allows. */

#define DEFAULT_RING_TIME 30
#define DEFAULT_INTROSPECT_CACHE 30

static JsonObject *
load_object (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize            length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;

  return si_json_parse_object (text, length, error);
}

static gboolean
add_token_from_json (SiServerOptions *self, JsonObject *object, GError **error)
{
  g_autoptr (GDateTime) at = si_json_dup_time (object, "authenticatedAt");
  g_auto (GStrv)        scopes = si_json_dup_strings (object, "scopes");
  g_autofree char      *joined = g_strjoinv (" ", scopes);
  JsonObject           *account = si_json_require_object (object, "account", error);
  const char           *token;
  const char           *id;

  if (account == NULL || !(token = si_json_require_string (object, "token", error))
      || !(id = si_json_require_string (account, "id", error)))
    return FALSE;

  if (at == NULL
      && g_strcmp0 (si_json_get_string (object, "authenticatedAt"), "now") != 0) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                         "A token's “authenticatedAt” is neither a date nor “now”");
    return FALSE;
  }

  si_server_options_add_token (self, token, id,
                               si_json_get_string (account, "displayName"),
                               si_json_get_string (account, "username"), joined, at);
  return TRUE;
}

SiServerOptions *
si_server_options_new (void)
{
  SiServerOptions *self = g_new0 (SiServerOptions, 1);

  self->database = g_strdup (":memory:");
  self->grants = g_ptr_array_new_with_free_func ((GDestroyNotify) si_grant_unref);
  self->step_up_max_age = -1;
  self->ttl = -1;
  self->resend_after = -1;
  self->ring_time = DEFAULT_RING_TIME;
  self->long_poll = TRUE;
  self->retry_after = 2;
  self->introspect_cache = DEFAULT_INTROSPECT_CACHE;

  return self;
}

void
si_server_options_free (SiServerOptions *self)
{
  g_free (self->database);
  g_clear_pointer (&self->policy, json_object_unref);
  g_ptr_array_unref (self->grants);
  g_free (self->control_socket);
  g_free (self->introspect_url);
  g_free (self->introspect_client);
  g_clear_pointer (&self->introspect_secret, si_secret_free);
  g_free (self->introspect_audience);
  g_free (self);
}

/**
 * si_server_options_add_token:
 * @self: options
 * @token: an access token
 * @account_id: whose it is
 * @display_name: (nullable): the account's name, by default its id
 * @username: (nullable): the account's sign-in name, by default its id
 * @scopes: scopes with spaces between
 * @authenticated_at: (nullable): when the person signed in, by default now
 */
void
si_server_options_add_token (SiServerOptions *self,
                             const char      *token,
                             const char      *account_id,
                             const char      *display_name,
                             const char      *username,
                             const char      *scopes,
                             GDateTime       *authenticated_at)
{
  gint64 at = authenticated_at != NULL
                  ? g_date_time_to_unix (authenticated_at) * G_USEC_PER_SEC
                  : si_timestamp_now ();

  g_ptr_array_add (self->grants,
                   si_grant_new (token, account_id,
                                 display_name != NULL ? display_name : account_id,
                                 username != NULL ? username : account_id, scopes, at));
}

/**
 * si_server_options_load_tokens:
 * @self: options
 * @path: a JSON file: `{"tokens": [{"token": …, "account": {"id": …, "displayName": …,
 *   "username": …}, "scopes": […], "authenticatedAt": RFC 3339 or "now"}]}`
 * @error: return location for an error
 *
 * Returns: whether the file could be read
 */
gboolean
si_server_options_load_tokens (SiServerOptions *self, const char *path, GError **error)
{
  g_autoptr (JsonObject) object = load_object (path, error);
  JsonArray             *tokens;

  if (object == NULL || !(tokens = si_json_require_array (object, "tokens", error)))
    return FALSE;

  for (guint i = 0; i < json_array_get_length (tokens); i++) {
    if (!add_token_from_json (self, si_json_array_get_object (tokens, i), error))
      return FALSE;
  }

  return TRUE;
}

/**
 * si_server_options_load_policy:
 * @self: options
 * @path: a JSON file: the body of capabilities, and `limits`
 * @error: return location for an error
 *
 * Returns: whether the file could be read; what it says is checked when the server starts
 */
gboolean
si_server_options_load_policy (SiServerOptions *self, const char *path, GError **error)
{
  JsonObject *policy = load_object (path, error);

  if (policy == NULL)
    return FALSE;

  g_clear_pointer (&self->policy, json_object_unref);
  self->policy = policy;
  return TRUE;
}
