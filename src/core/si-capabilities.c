/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-capabilities.h"

#include "si-json.h"
#include "si-uri.h"

/* What the organisation allows, whom to ask for help, and where else to go: known before
 * the person tries. Addresses that may not be opened are left out when this is read. */

struct _SiCapabilities {
  GObject parent_instance;

  char       *etag;
  char       *organization;
  char       *support_url;
  char       *support_phone;
  char       *support_email;
  char       *password_reset_url;
  char       *sign_in_help_url;
  char       *manage_url;
  GListStore *policies;
  gboolean    registration_required;
  gboolean    default_is_system_chosen;
};

G_DEFINE_FINAL_TYPE (SiCapabilities, si_capabilities, G_TYPE_OBJECT)

static char *
dup_url (JsonObject *object, const char *member)
{
  const char *url = si_json_get_string (object, member);

  return si_uri_may_open (url) ? g_strdup (url) : NULL;
}

static gboolean
read_policies (SiCapabilities *self, JsonArray *array, GError **error)
{
  for (guint i = 0; i < json_array_get_length (array); i++) {
    g_autoptr (SiMethodPolicy) policy
        = si_method_policy_new_from_json (si_json_array_get_object (array, i), error);

    if (policy == NULL)
      return FALSE;

    g_list_store_append (self->policies, policy);
  }

  return TRUE;
}

static void
si_capabilities_finalize (GObject *object)
{
  SiCapabilities *self = SI_CAPABILITIES (object);

  g_clear_pointer (&self->etag, g_free);
  g_clear_pointer (&self->organization, g_free);
  g_clear_pointer (&self->support_url, g_free);
  g_clear_pointer (&self->support_phone, g_free);
  g_clear_pointer (&self->support_email, g_free);
  g_clear_pointer (&self->password_reset_url, g_free);
  g_clear_pointer (&self->sign_in_help_url, g_free);
  g_clear_pointer (&self->manage_url, g_free);
  g_clear_object (&self->policies);

  G_OBJECT_CLASS (si_capabilities_parent_class)->finalize (object);
}

static void
si_capabilities_class_init (SiCapabilitiesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_capabilities_finalize;
}

static void
si_capabilities_init (SiCapabilities *self)
{
  self->policies = g_list_store_new (SI_TYPE_METHOD_POLICY);
}

/**
 * si_capabilities_new_from_json:
 * @object: the body of "GET /v1/capabilities" (contract)
 * @etag: (nullable): its entity tag
 * @error: return location for a `SI_JSON_ERROR`
 *
 * Returns: (transfer full): the capabilities, or %NULL with @error set
 */
SiCapabilities *
si_capabilities_new_from_json (JsonObject *object, const char *etag, GError **error)
{
  g_autoptr (SiCapabilities) self = g_object_new (SI_TYPE_CAPABILITIES, NULL);
  JsonArray                 *methods = si_json_require_array (object, "methods", error);
  JsonObject                *support = si_json_get_object (object, "support");
  JsonObject                *links = si_json_get_object (object, "links");
  JsonObject                *registration = si_json_get_object (object, "registration");

  if (methods == NULL || !read_policies (self, methods, error))
    return NULL;

  self->etag = g_strdup (etag);
  self->organization = g_strdup (
      si_json_get_string (si_json_get_object (object, "organization"), "displayName"));
  self->support_url = dup_url (support, "url");
  self->support_phone = g_strdup (si_json_get_string (support, "phone"));
  self->support_email = g_strdup (si_json_get_string (support, "email"));
  self->password_reset_url = dup_url (links, "passwordReset");
  self->sign_in_help_url = dup_url (links, "signInHelp");
  self->manage_url = dup_url (links, "manage");
  self->registration_required = si_json_get_boolean (registration, "required", FALSE);
  self->default_is_system_chosen
      = si_json_get_boolean (object, "defaultIsSystemChosen", FALSE);

  return g_steal_pointer (&self);
}

/**
 * si_capabilities_find_policy:
 * @self: some capabilities
 * @type: a type of method
 *
 * Returns: (transfer none) (nullable): what is allowed for @type, %NULL where it is not
 * offered
 */
SiMethodPolicy *
si_capabilities_find_policy (SiCapabilities *self, SiMethodType type)
{
  GListModel *policies;

  g_return_val_if_fail (SI_IS_CAPABILITIES (self), NULL);

  policies = G_LIST_MODEL (self->policies);
  for (guint i = 0; i < g_list_model_get_n_items (policies); i++) {
    g_autoptr (SiMethodPolicy) policy = g_list_model_get_item (policies, i);

    /* The list keeps it alive for the caller. */
    if (si_method_policy_get_method_type (policy) == type)
      return policy;
  }

  return NULL;
}

/**
 * si_capabilities_get_policies:
 * @self: some capabilities
 *
 * Returns: (transfer none): a list of #SiMethodPolicy in the backend's order
 */
GListModel *
si_capabilities_get_policies (SiCapabilities *self)
{
  g_return_val_if_fail (SI_IS_CAPABILITIES (self), NULL);

  return G_LIST_MODEL (self->policies);
}

const char *
si_capabilities_get_etag (SiCapabilities *self)
{
  g_return_val_if_fail (SI_IS_CAPABILITIES (self), NULL);

  return self->etag;
}

const char *
si_capabilities_get_organization (SiCapabilities *self)
{
  g_return_val_if_fail (SI_IS_CAPABILITIES (self), NULL);

  return self->organization;
}

const char *
si_capabilities_get_support_url (SiCapabilities *self)
{
  g_return_val_if_fail (SI_IS_CAPABILITIES (self), NULL);

  return self->support_url;
}

const char *
si_capabilities_get_support_phone (SiCapabilities *self)
{
  g_return_val_if_fail (SI_IS_CAPABILITIES (self), NULL);

  return self->support_phone;
}

const char *
si_capabilities_get_support_email (SiCapabilities *self)
{
  g_return_val_if_fail (SI_IS_CAPABILITIES (self), NULL);

  return self->support_email;
}

const char *
si_capabilities_get_password_reset_url (SiCapabilities *self)
{
  g_return_val_if_fail (SI_IS_CAPABILITIES (self), NULL);

  return self->password_reset_url;
}

const char *
si_capabilities_get_sign_in_help_url (SiCapabilities *self)
{
  g_return_val_if_fail (SI_IS_CAPABILITIES (self), NULL);

  return self->sign_in_help_url;
}

const char *
si_capabilities_get_manage_url (SiCapabilities *self)
{
  g_return_val_if_fail (SI_IS_CAPABILITIES (self), NULL);

  return self->manage_url;
}

gboolean
si_capabilities_get_registration_required (SiCapabilities *self)
{
  g_return_val_if_fail (SI_IS_CAPABILITIES (self), FALSE);

  return self->registration_required;
}

gboolean
si_capabilities_get_default_is_system_chosen (SiCapabilities *self)
{
  g_return_val_if_fail (SI_IS_CAPABILITIES (self), FALSE);

  return self->default_is_system_chosen;
}
