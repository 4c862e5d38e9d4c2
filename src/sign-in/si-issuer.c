/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-issuer.h"

#include <string.h>

#include "si-error.h"
#include "si-json.h"
#include "si-uri.h"

/* An OpenID Provider as it describes itself (OpenID Connect Discovery, section 3): where
 * to send whom. Nothing of a description is used that is not the configured issuer's. */

#define WELL_KNOWN "/.well-known/openid-configuration"

struct _SiIssuer {
  GObject parent_instance;

  char    *name;
  char    *authorization_endpoint;
  char    *token_endpoint;
  char    *device_authorization_endpoint;
  char    *revocation_endpoint;
  gboolean names_itself;
};

G_DEFINE_FINAL_TYPE (SiIssuer, si_issuer, G_TYPE_OBJECT)

/* Returns: (transfer full) (nullable): the address, where it is one to be used */
static char *
dup_endpoint (JsonObject *object, const char *member)
{
  const char      *text = si_json_get_string (object, member);
  g_autoptr (GUri) uri = si_uri_parse_endpoint (text, NULL);

  return uri != NULL ? g_strdup (text) : NULL;
}

/* A provider that lists the methods that it knows, and not the safe one, is of no use. */
static gboolean
knows_s256 (JsonObject *object)
{
  g_auto (GStrv) methods
      = si_json_dup_strings (object, "code_challenge_methods_supported");

  return methods == NULL || methods[0] == NULL
         || g_strv_contains ((const char *const *) methods, "S256");
}

static void
si_issuer_finalize (GObject *object)
{
  SiIssuer *self = SI_ISSUER (object);

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->authorization_endpoint, g_free);
  g_clear_pointer (&self->token_endpoint, g_free);
  g_clear_pointer (&self->device_authorization_endpoint, g_free);
  g_clear_pointer (&self->revocation_endpoint, g_free);

  G_OBJECT_CLASS (si_issuer_parent_class)->finalize (object);
}

static void
si_issuer_class_init (SiIssuerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_issuer_finalize;
}

static void
si_issuer_init (SiIssuer *self)
{
}

/**
 * si_issuer_new_from_json:
 * @object: a provider's description of itself
 * @issuer: the issuer as it was configured
 * @error: return location for a `SI_ERROR`
 *
 * Returns: (transfer full): the provider, or %NULL with @error set where it is another
 *   one or can't be used
 */
SiIssuer *
si_issuer_new_from_json (JsonObject *object, const char *issuer, GError **error)
{
  g_autoptr (SiIssuer) self = g_object_new (SI_TYPE_ISSUER, NULL);

  /* Discovery, section 4.3: exactly, to the last slash. */
  if (g_strcmp0 (si_json_get_string (object, "issuer"), issuer) != 0) {
    g_propagate_error (error, si_error_new_local (SI_PROBLEM_ISSUER_MISMATCH, NULL));
    return NULL;
  }

  self->name = g_strdup (issuer);
  self->authorization_endpoint = dup_endpoint (object, "authorization_endpoint");
  self->token_endpoint = dup_endpoint (object, "token_endpoint");
  self->device_authorization_endpoint
      = dup_endpoint (object, "device_authorization_endpoint");
  self->revocation_endpoint = dup_endpoint (object, "revocation_endpoint");
  self->names_itself = si_json_get_boolean (
      object, "authorization_response_iss_parameter_supported", FALSE);

  if (self->authorization_endpoint == NULL || self->token_endpoint == NULL
      || !knows_s256 (object)) {
    g_set_error (error, SI_ERROR, SI_ERROR_PROTOCOL,
                 "The issuer has no endpoint that can be used");
    return NULL;
  }

  return g_steal_pointer (&self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)          task = user_data;
  GError                    *error = NULL;
  SiIssuer                  *issuer;
  g_autoptr (SiHttpResponse) response
      = si_http_send_finish (SI_HTTP (source), result, &error);

  if (response == NULL) {
    /* There is no such issuer: what is configured, or what answers, is wrong. */
    if (si_error_was_answered (error)
        && !g_error_matches (error, SI_ERROR, SI_ERROR_RATE_LIMITED))
      error->code = SI_ERROR_PROTOCOL;
    g_task_return_error (task, error);
    return;
  }

  issuer = si_issuer_new_from_json (si_http_response_get_object (response),
                                    g_task_get_task_data (task), &error);
  if (issuer != NULL)
    g_task_return_pointer (task, issuer, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * si_issuer_load_async:
 * @http: a connection without a base, which sends no token
 * @issuer: the issuer as it was configured
 * @cancellable: (nullable): cancels it
 * @callback: called with the provider, si_issuer_load_finish()
 * @user_data: data for @callback
 *
 * Asks a provider to describe itself.
 */
void
si_issuer_load_async (SiHttp             *http,
                      const char         *issuer,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  g_autoptr (GTask)         task = g_task_new (http, cancellable, callback, user_data);
  g_autoptr (SiHttpRequest) request = NULL;
  g_autoptr (GUri)          uri = NULL;
  g_autoptr (GError)        error = NULL;
  g_autofree char          *base = NULL;
  g_autofree char          *address = NULL;

  g_task_set_source_tag (task, si_issuer_load_async);
  uri = si_uri_parse_base (issuer, &error);
  if (uri == NULL) {
    g_task_return_error (task, si_error_new_from_transport (error, NULL));
    return;
  }

  g_task_set_task_data (task, g_strdup (issuer), g_free);
  base = g_strndup (issuer, strlen (issuer) - (g_str_has_suffix (issuer, "/") ? 1 : 0));
  address = g_strconcat (base, WELL_KNOWN, NULL);
  request = si_http_request_new (SOUP_METHOD_GET, address);
  si_http_send_async (http, request, cancellable, loaded_cb, g_steal_pointer (&task));
}

/**
 * si_issuer_load_finish:
 * @result: what the callback was given
 * @error: return location for a `SI_ERROR`, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the provider, or %NULL with @error set
 */
SiIssuer *
si_issuer_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
si_issuer_get_name (SiIssuer *self)
{
  g_return_val_if_fail (SI_IS_ISSUER (self), NULL);

  return self->name;
}

const char *
si_issuer_get_authorization_endpoint (SiIssuer *self)
{
  g_return_val_if_fail (SI_IS_ISSUER (self), NULL);

  return self->authorization_endpoint;
}

const char *
si_issuer_get_token_endpoint (SiIssuer *self)
{
  g_return_val_if_fail (SI_IS_ISSUER (self), NULL);

  return self->token_endpoint;
}

/**
 * si_issuer_get_device_authorization_endpoint:
 * @self: a provider
 *
 * Returns: (nullable): where a code to type elsewhere is got (RFC 8628), %NULL where
 * there is none
 */
const char *
si_issuer_get_device_authorization_endpoint (SiIssuer *self)
{
  g_return_val_if_fail (SI_IS_ISSUER (self), NULL);

  return self->device_authorization_endpoint;
}

/**
 * si_issuer_get_revocation_endpoint:
 * @self: a provider
 *
 * Returns: (nullable): where tokens are given back (RFC 7009), %NULL where they can't be
 */
const char *
si_issuer_get_revocation_endpoint (SiIssuer *self)
{
  g_return_val_if_fail (SI_IS_ISSUER (self), NULL);

  return self->revocation_endpoint;
}

/**
 * si_issuer_names_itself:
 * @self: a provider
 *
 * Returns: whether each of its redirects says whose it is (RFC 9207, section 3)
 */
gboolean
si_issuer_names_itself (SiIssuer *self)
{
  g_return_val_if_fail (SI_IS_ISSUER (self), FALSE);

  return self->names_itself;
}
