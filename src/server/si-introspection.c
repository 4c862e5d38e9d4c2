/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-introspection.h"

#include <gio/gio.h>
#include <math.h>

#include "si-json.h"
#include "si-timestamp.h"

/* What an identity provider says of a token (RFC 7662, section 2.2), and what that is
 * worth here. An answer that makes no sense is an error: it is for the provider's
 * administrator to hear of, and not the person's fault. */

/* The last second of the year 9999, beyond which microseconds soon overflow. */
#define LAST_SECOND G_GINT64_CONSTANT (253402300799)
#define MAX_NAME_LENGTH 255

static gboolean
fail (GError **error, const char *member)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               "The answer's “%s” makes no sense", member);
  return FALSE;
}

static JsonNode *
get_member (JsonObject *answer, const char *member)
{
  JsonNode *node = json_object_get_member (answer, member);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

/* Seconds since 1970, with a fraction or not (RFC 7519, section 2), become microseconds;
 * where there are none, @time is as before. */
static gboolean
read_time (JsonObject *answer, const char *member, gint64 *time, GError **error)
{
  JsonNode *node = get_member (answer, member);
  GType     type;
  double    seconds;

  if (node == NULL)
    return TRUE;

  type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;
  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return fail (error, member);

  seconds = type == G_TYPE_INT64 ? (double) json_node_get_int (node)
                                 : json_node_get_double (node);
  if (!isfinite (seconds) || seconds < 0 || seconds > LAST_SECOND)
    return fail (error, member);

  *time = (gint64) seconds * G_USEC_PER_SEC;
  return TRUE;
}

/* Refresh and ID tokens are active as well, and one that is bound to a key is not for
 * whoever bears it (RFC 7800). */
static gboolean
is_bearer_token (JsonObject *answer)
{
  const char *type = si_json_get_string (answer, "token_type");

  if (get_member (answer, "cnf") != NULL)
    return FALSE;
  if (get_member (answer, "token_type") == NULL)
    return TRUE;

  return type != NULL
         && (g_ascii_strcasecmp (type, "Bearer") == 0
             || g_ascii_strcasecmp (type, "access_token") == 0);
}

/* One audience is a string, several are an array of them. */
static gboolean
is_meant_for (JsonObject *answer, const char *audience)
{
  g_auto (GStrv) several = si_json_dup_strings (answer, "aud");

  return audience == NULL || g_strcmp0 (si_json_get_string (answer, "aud"), audience) == 0
         || g_strv_contains ((const char *const *) several, audience);
}

static const char *
get_name (JsonObject *answer, const char *member)
{
  const char *name = si_json_get_string (answer, member);

  return name != NULL && *name != '\0' && strlen (name) <= MAX_NAME_LENGTH ? name : NULL;
}

/* When the person signed in (RFC 9470, section 6.2). A token can be got anew without the
 * person, so that the time at which it was issued is worth less, and counts only where
 * the administrator says so. */
static gboolean
read_sign_in (JsonObject *answer, gboolean trust_iat, gint64 *time, GError **error)
{
  gint64 issued_at = 0, auth_time = -1;

  if (!read_time (answer, "iat", &issued_at, error)
      || !read_time (answer, "auth_time", &auth_time, error))
    return FALSE;

  if (auth_time < 0)
    auth_time = trust_iat ? issued_at : 0;
  *time = MIN (auth_time, si_timestamp_now ());
  return TRUE;
}

static SiGrant *
make_grant (JsonObject *answer, const char *token, gint64 authenticated_at)
{
  const char *id = si_json_get_string (answer, "sub");
  const char *username = get_name (answer, "username");
  const char *name = get_name (answer, "name");

  if (username == NULL)
    username = get_name (answer, "preferred_username");
  if (username == NULL)
    username = name != NULL ? name : id;

  return si_grant_new (token, id, name != NULL ? name : username, username,
                       si_json_get_string (answer, "scope"), authenticated_at);
}

/**
 * si_introspection_read:
 * @answer: what the provider said
 * @token: the token that it was asked about
 * @options: what is expected of the provider
 * @grant: (out) (transfer full) (nullable): what the token stands for, or %NULL where it
 *   is worth nothing (any more)
 * @error: return location for an error
 *
 * Returns: whether the answer makes sense
 */
gboolean
si_introspection_read (JsonObject            *answer,
                       const char            *token,
                       const SiServerOptions *options,
                       SiGrant              **grant,
                       GError               **error)
{
  JsonNode *active = get_member (answer, "active");
  gint64    expires_at = G_MAXINT64, authenticated_at = 0;

  *grant = NULL;
  if (active == NULL || !JSON_NODE_HOLDS_VALUE (active)
      || json_node_get_value_type (active) != G_TYPE_BOOLEAN)
    return fail (error, "active");
  if (!json_node_get_boolean (active))
    return TRUE;

  if (get_member (answer, "sub") != NULL && get_name (answer, "sub") == NULL)
    return fail (error, "sub");
  if (!read_time (answer, "exp", &expires_at, error)
      || !read_sign_in (answer, options->introspect_iat, &authenticated_at, error))
    return FALSE;

  /* Without a subject it is a program's own token, and there is no person. */
  if (get_name (answer, "sub") == NULL || !is_bearer_token (answer)
      || !is_meant_for (answer, options->introspect_audience)
      || expires_at <= si_timestamp_now ())
    return TRUE;

  *grant = make_grant (answer, token, authenticated_at);
  (*grant)->expires_at = expires_at;
  return TRUE;
}
