/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-uri.h"

/* Which addresses are talked to, and which are opened for the user. */

#define MAX_URI_LENGTH 2048
/* With a path that is kept as it was written, and no port where it is the usual one. */
#define URI_FLAGS (G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE)

static gboolean
is_clean (const char *text)
{
  if (text == NULL || strlen (text) > MAX_URI_LENGTH)
    return FALSE;

  for (const char *c = text; *c != '\0'; c++) {
    if ((guchar) *c <= ' ' || *c == 0x7f || *c == '\\')
      return FALSE;
  }

  return TRUE;
}

/* GUri decodes a host, and what comes out of that goes into a request's header. */
static gboolean
host_is_clean (const char *host)
{
  if (host == NULL || *host == '\0')
    return FALSE;

  for (const char *c = host; *c != '\0'; c++) {
    if (!g_ascii_isalnum (*c) && strchr ("-._:", *c) == NULL && (guchar) *c < 0x80)
      return FALSE;
  }

  return TRUE;
}

static gboolean
same_origin (GUri *a, GUri *b)
{
  return g_strcmp0 (g_uri_get_scheme (a), g_uri_get_scheme (b)) == 0
         && g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0
         && g_uri_get_port (a) == g_uri_get_port (b);
}

/**
 * si_uri_is_loopback:
 * @uri: an address with a host
 *
 * Returns: whether the host is this machine itself: 127.0.0.0/8, ::1 or localhost
 * (contract, "Transport")
 */
gboolean
si_uri_is_loopback (GUri *uri)
{
  const char              *host = g_uri_get_host (uri);
  g_autoptr (GInetAddress) address = NULL;

  if (host == NULL)
    return FALSE;

  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;

  address = g_inet_address_new_from_string (host);
  return address != NULL && g_inet_address_get_is_loopback (address);
}

static gboolean
check_address (GUri *uri, GError **error)
{
  const char *scheme = g_uri_get_scheme (uri);

  if (!host_is_clean (g_uri_get_host (uri)) || g_uri_get_userinfo (uri) != NULL
      || g_uri_get_fragment (uri) != NULL) {
    g_set_error (error, G_URI_ERROR, G_URI_ERROR_FAILED,
                 "The address needs a host, and no user name or fragment");
    return FALSE;
  }

  if (strcmp (scheme, "https") != 0
      && !(strcmp (scheme, "http") == 0 && si_uri_is_loopback (uri))) {
    g_set_error (error, G_URI_ERROR, G_URI_ERROR_BAD_SCHEME, "The address is not https");
    return FALSE;
  }

  return TRUE;
}

/**
 * si_uri_parse_base:
 * @text: (nullable): the backend's address as it was configured
 * @error: return location for a `G_URI_ERROR`
 *
 * Accepts https, and http for loopback hosts alone; no user name, query or fragment.
 *
 * Returns: (transfer full): the address, its path ending in "/", or %NULL with @error set
 */
GUri *
si_uri_parse_base (const char *text, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  g_autofree char *folder = NULL;

  if (!is_clean (text)) {
    g_set_error (error, G_URI_ERROR, G_URI_ERROR_FAILED, "The address is not a URL");
    return NULL;
  }

  folder = g_strconcat (text, g_str_has_suffix (text, "/") ? NULL : "/", NULL);
  uri = g_uri_parse (folder, URI_FLAGS, error);
  if (uri == NULL)
    return NULL;

  if (g_uri_get_query (uri) != NULL) {
    g_set_error (error, G_URI_ERROR, G_URI_ERROR_BAD_QUERY,
                 "The address needs to be one without a query");
    return NULL;
  }

  return check_address (uri, error) ? g_steal_pointer (&uri) : NULL;
}

/**
 * si_uri_parse_endpoint:
 * @text: (nullable): an address that a service named
 * @error: return location for a `G_URI_ERROR`
 *
 * Accepts https, and http for loopback hosts alone; no user name or fragment (RFC 6749,
 * section 3.1).
 *
 * Returns: (transfer full): the address, or %NULL with @error set
 */
GUri *
si_uri_parse_endpoint (const char *text, GError **error)
{
  g_autoptr (GUri) uri = NULL;

  if (!is_clean (text)) {
    g_set_error (error, G_URI_ERROR, G_URI_ERROR_FAILED, "The address is not a URL");
    return NULL;
  }

  uri = g_uri_parse (text, URI_FLAGS, error);

  return uri != NULL && check_address (uri, error) ? g_steal_pointer (&uri) : NULL;
}

/**
 * si_uri_join:
 * @base: the backend's address, from si_uri_parse_base()
 * @path: a path of the contract ("/v1/…", relative to @base), or a `Location`
 * @error: return location for a `G_URI_ERROR`
 *
 * Returns: (transfer full): the full address, or %NULL with @error set where it would
 * leave the backend's origin
 */
char *
si_uri_join (GUri *base, const char *path, GError **error)
{
  g_autoptr (GUri) uri = NULL;

  if (!is_clean (path)) {
    g_set_error (error, G_URI_ERROR, G_URI_ERROR_BAD_PATH, "The location is not a URL");
    return NULL;
  }

  if (g_str_has_prefix (path, "/v1/"))
    path++;

  uri = g_uri_parse_relative (base, path, URI_FLAGS, error);
  if (uri == NULL)
    return NULL;

  if (!same_origin (base, uri) || g_uri_get_userinfo (uri) != NULL) {
    g_set_error (error, G_URI_ERROR, G_URI_ERROR_BAD_HOST,
                 "The location is on another server");
    return NULL;
  }

  return g_uri_to_string (uri);
}

/**
 * si_uri_may_open:
 * @text: (nullable): an address from the backend
 *
 * Returns: whether it may be handed to the desktop: https, tel and mailto may (contract,
 *   "Transport")
 */
gboolean
si_uri_may_open (const char *text)
{
  g_autoptr (GUri) uri
      = is_clean (text) ? g_uri_parse (text, G_URI_FLAGS_NONE, NULL) : NULL;
  const char *scheme, *host;

  if (uri == NULL)
    return FALSE;

  scheme = g_uri_get_scheme (uri);
  host = g_uri_get_host (uri);
  if (strcmp (scheme, "https") == 0)
    return host != NULL && *host != '\0';

  return strcmp (scheme, "tel") == 0 || strcmp (scheme, "mailto") == 0;
}
