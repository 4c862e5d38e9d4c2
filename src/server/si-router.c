/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-router.h"

#include <string.h>

#include "si-capabilities-handler.h"
#include "si-default-handler.h"
#include "si-events-handler.h"
#include "si-method-handler.h"
#include "si-security-info-handler.h"
#include "si-timestamp.h"
#include "si-verification-handler.h"
#include "si-verification-start-handler.h"

/* From a request to its handler: which resource, who asks, and whether that person may.
 */

typedef struct {
  const char *method;
  const char *path; /* "*" stands for an id */
  SiScope     scope;
  gboolean    fresh; /* whether the person must have signed in lately */
  void (*handle) (SiServices *services, SiExchange *exchange);
} Route;

/* A request that waits to hear what its token is worth. */
typedef struct {
  SiServices  *services;
  SiExchange  *exchange;
  const Route *route;
} Check;

static void
check_free (Check *check)
{
  g_object_unref (check->exchange);
  g_free (check);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Check, check_free)

#define BEARER "Bearer "
/* When to ask again where the identity provider has nothing to say, in seconds. */
#define PROVIDER_RETRY_AFTER 5

#define VERIFICATION "/v1/me/verifications/*"

/* Giving up a verification needs no new sign-in: it leaves everything as it was. */
static const Route ROUTES[] = {
  { "GET", "/v1/capabilities", SI_SCOPE_READ, FALSE, si_capabilities_handler_get },
  { "GET", "/v1/me/security-info", SI_SCOPE_READ, FALSE, si_security_info_handler_get },
  { "POST", "/v1/me/verifications", SI_SCOPE_MANAGE, TRUE,
    si_verification_start_handler_post },
  { "GET", VERIFICATION, SI_SCOPE_READ, FALSE, si_verification_handler_get },
  { "DELETE", VERIFICATION, SI_SCOPE_MANAGE, FALSE, si_verification_handler_delete },
  { "POST", VERIFICATION "/code", SI_SCOPE_MANAGE, TRUE, si_verification_handler_code },
  { "POST", VERIFICATION "/resend", SI_SCOPE_MANAGE, TRUE,
    si_verification_start_handler_resend },
  { "DELETE", "/v1/me/methods/*", SI_SCOPE_MANAGE, TRUE, si_method_handler_delete },
  { "PUT", "/v1/me/default", SI_SCOPE_MANAGE, TRUE, si_default_handler_put },
  { "GET", "/v1/me/events", SI_SCOPE_READ, FALSE, si_events_handler_get },
};

/* Whatever name leads here must be one of this machine's own: a web page whose name was
 * rebound to 127.0.0.1 still sends its own. */
static gboolean
is_loopback (SiExchange *exchange)
{
  const char              *host = si_exchange_get_header (exchange, "Host");
  g_autofree char         *url = g_strconcat ("http://", host != NULL ? host : "", NULL);
  g_autoptr (GUri)         uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GInetAddress) address = NULL;
  const char              *name = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (name == NULL)
    return FALSE;
  if (g_ascii_strcasecmp (name, "localhost") == 0)
    return TRUE;

  address = g_inet_address_new_from_string (name);
  return address != NULL && g_inet_address_get_is_loopback (address);
}

static gboolean
match_path (const char *pattern, const char *path, char **id)
{
  g_auto (GStrv) wanted = g_strsplit (pattern, "/", -1);
  g_auto (GStrv) given = g_strsplit (path, "/", -1);

  g_clear_pointer (id, g_free);
  if (g_strv_length (wanted) != g_strv_length (given))
    return FALSE;

  for (guint i = 0; wanted[i] != NULL; i++) {
    if (g_str_equal (wanted[i], "*") && given[i][0] != '\0') {
      g_free (*id);
      *id = g_strdup (given[i]);
    } else if (!g_str_equal (wanted[i], given[i])) {
      return FALSE;
    }
  }

  return TRUE;
}

static void
refuse_method (SiExchange *exchange, const char *allow)
{
  si_exchange_set_header (exchange, "Allow", allow);
  si_exchange_refuse (exchange, &(SiRefusal){ .code = "invalid_request",
                                              .status = SOUP_STATUS_METHOD_NOT_ALLOWED });
}

static const Route *
find_route (SiExchange *exchange)
{
  g_autofree char    *id = NULL;
  g_autoptr (GString) allow = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ROUTES); i++) {
    if (!match_path (ROUTES[i].path, si_exchange_get_path (exchange), &id))
      continue;

    if (g_str_equal (ROUTES[i].method, si_exchange_get_method (exchange))) {
      si_exchange_set_id (exchange, id);
      return &ROUTES[i];
    }
    g_string_append_printf (allow, "%s%s", allow->len > 0 ? ", " : "", ROUTES[i].method);
  }

  if (allow->len > 0)
    refuse_method (exchange, allow->str);
  else
    si_exchange_refuse_code (exchange, "not_found");
  return NULL;
}

static const char *
get_token (SiExchange *exchange)
{
  const char *value = si_exchange_get_header (exchange, "Authorization");

  if (value == NULL || g_ascii_strncasecmp (value, BEARER, strlen (BEARER)) != 0)
    return NULL;

  return value + strlen (BEARER);
}

static void
refuse_token (SiExchange *exchange)
{
  const char *value = si_exchange_get_header (exchange, "Authorization");

  si_exchange_set_header (exchange, "WWW-Authenticate",
                          value != NULL ? "Bearer error=\"invalid_token\"" : "Bearer");
  si_exchange_refuse_code (exchange, "invalid_token");
}

static gboolean
check_scope (SiExchange *exchange, const SiGrant *grant, SiScope scope)
{
  if ((grant->scopes & scope) != 0)
    return TRUE;

  si_exchange_set_header (exchange, "WWW-Authenticate",
                          scope == SI_SCOPE_MANAGE
                              ? "Bearer error=\"insufficient_scope\","
                                " scope=\"securityinfo.manage\""
                              : "Bearer error=\"insufficient_scope\","
                                " scope=\"securityinfo.read\"");
  si_exchange_refuse_code (exchange, "insufficient_scope");
  return FALSE;
}

static gboolean
check_fresh (SiServices *services, SiExchange *exchange, const SiGrant *grant)
{
  gint             max_age = services->options->step_up_max_age;
  gint64           oldest = si_timestamp_now () - max_age * G_USEC_PER_SEC;
  g_autofree char *challenge = NULL;

  if (max_age < 0 || grant->authenticated_at >= oldest)
    return TRUE;

  challenge = g_strdup_printf ("Bearer error=\"insufficient_user_authentication\","
                               " max_age=\"%d\", acr_values=\"%s\"",
                               max_age, si_policy_get_acr_values (services->policy));
  si_exchange_set_header (exchange, "WWW-Authenticate", challenge);
  si_exchange_refuse_code (exchange, "step_up_required");
  return FALSE;
}

static gboolean
refuse_outright (SiServices *services, SiExchange *exchange)
{
  g_autofree char *failure = NULL;

  if (!is_loopback (exchange)) {
    si_exchange_refuse_field (exchange, "invalid_request", "Host");
    return TRUE;
  }

  if (services->failure == NULL)
    return FALSE;

  failure = g_steal_pointer (&services->failure);
  si_exchange_refuse (
      exchange,
      &(SiRefusal){ .code = failure, .retry_after = services->failure_retry_after });
  return TRUE;
}

static void
serve (SiServices *services, SiExchange *exchange, const Route *route, SiGrant *grant)
{
  if (!check_scope (exchange, grant, route->scope)
      || (route->fresh && !check_fresh (services, exchange, grant)))
    return;

  si_database_take_failure (services->database);
  si_verifier_settle (services->verifier, grant->account_id);
  si_exchange_set_grant (exchange, grant);
  route->handle (services, exchange);

  /* What could not be read looks as if it were not there: no such answer goes out. */
  if (si_database_take_failure (services->database))
    si_exchange_refuse_code (exchange, "internal");
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Check)   check = user_data;
  g_autoptr (SiGrant) grant = NULL;
  g_autoptr (GError)  error = NULL;
  gboolean            known
      = si_introspector_check_finish (SI_INTROSPECTOR (source), result, &grant, &error);

  /* The server has stopped, and its parts are no more; or there is nobody to answer. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || si_exchange_is_gone (check->exchange))
    return;

  if (!known)
    si_exchange_refuse (
        check->exchange,
        &(SiRefusal){ .code = "maintenance", .retry_after = PROVIDER_RETRY_AFTER });
  else if (grant == NULL)
    refuse_token (check->exchange);
  else
    serve (check->services, check->exchange, check->route, grant);
}

static void
ask_provider (SiServices  *services,
              SiExchange  *exchange,
              const Route *route,
              const char  *token)
{
  Check *check = g_new0 (Check, 1);

  check->services = services;
  check->exchange = g_object_ref (exchange);
  check->route = route;
  si_exchange_pause (exchange);
  si_introspector_check_async (services->introspector, token, checked_cb, check);
}

/**
 * si_router_dispatch:
 * @services: the server's parts
 * @exchange: a request that has come in whole
 *
 * Answers the request, now or, where it waits for something, later.
 */
void
si_router_dispatch (SiServices *services, SiExchange *exchange)
{
  const char  *token = get_token (exchange);
  const Route *route;
  SiGrant     *grant;

  if (refuse_outright (services, exchange))
    return;

  route = find_route (exchange);
  if (route == NULL)
    return;

  grant = token != NULL ? si_grant_find (services->options->grants, token) : NULL;
  if (grant != NULL)
    serve (services, exchange, route, grant);
  else if (token != NULL && services->introspector != NULL)
    ask_provider (services, exchange, route, token);
  else
    refuse_token (exchange);
}
