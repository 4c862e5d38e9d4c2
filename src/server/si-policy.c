/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-policy.h"

#include <gio/gio.h>
#include <string.h>

#include "si-json.h"
#include "si-refusal.h"
#include "si-server-resources.h"

/* What the organisation allows: the body of capabilities as an administrator wrote it,
 * and beside it the limits, which the server keeps to itself. */
struct _SiPolicy {
  JsonObject *body;
  JsonObject *limits;
};

static const struct {
  const char *member;
  gint64      fallback;
} VERIFICATION[] = {
  { "ttlSeconds", 300 },
  { "resendAfterSeconds", 30 },
  { "maxSends", 5 },
  { "maxChecks", 5 },
}, LIMITS[] = {
  { "sendsPerNumber", 20 },
  { "windowSeconds", 3600 },
};

static JsonObject *
load_example (void)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (
      si_server_get_resource (), "/si-server/server-policy.json", 0, NULL);
  gsize       length;
  const char *text = g_bytes_get_data (bytes, &length);

  return si_json_parse_object (text, length, NULL);
}

static gboolean
check_use (JsonObject *use, GError **error)
{
  return si_json_require_string (use, "use", error) != NULL
         && si_json_require_array (use, "channels", error) != NULL
         && si_json_require_array (use, "usableFor", error) != NULL;
}

static gboolean
check_method (JsonObject *method, GError **error)
{
  const char *type = si_json_require_string (method, "type", error);
  JsonArray  *uses;

  if (type == NULL)
    return FALSE;
  if (!g_str_equal (type, "phone"))
    return si_json_require_array (method, "usableFor", error) != NULL;

  uses = si_json_require_array (method, "uses", error);
  for (guint i = 0; uses != NULL && i < json_array_get_length (uses); i++) {
    if (!check_use (si_json_array_get_object (uses, i), error))
      return FALSE;
  }

  return uses != NULL;
}

static gboolean
check_body (JsonObject *body, GError **error)
{
  JsonObject *organization = si_json_require_object (body, "organization", error);
  JsonArray  *methods;

  if (organization == NULL || !si_json_require_string (organization, "id", error)
      || !si_json_require_string (organization, "displayName", error)
      || !(methods = si_json_require_array (body, "methods", error)))
    return FALSE;

  for (guint i = 0; i < json_array_get_length (methods); i++) {
    if (!check_method (si_json_array_get_object (methods, i), error))
      return FALSE;
  }

  return TRUE;
}

static gboolean
contains (JsonObject *object, const char *member, const char *value)
{
  g_auto (GStrv) values = si_json_dup_strings (object, member);

  return g_strv_contains ((const char *const *) values, value);
}

/**
 * si_policy_new:
 * @body: (nullable): the body of capabilities, and `limits`; %NULL gives the example
 * @error: return location for an error: something that must be there is missing
 *
 * Returns: (transfer full): the policy, or %NULL with @error set
 */
SiPolicy *
si_policy_new (JsonObject *body, GError **error)
{
  g_autoptr (JsonObject) checked
      = body != NULL ? json_object_ref (body) : load_example ();
  SiPolicy *self;

  if (!check_body (checked, error)) {
    g_prefix_error (error, "The policy cannot be used: ");
    return NULL;
  }

  self = g_new0 (SiPolicy, 1);
  self->limits = si_json_get_object (checked, "limits");
  self->body = g_steal_pointer (&checked);
  return self;
}

void
si_policy_free (SiPolicy *self)
{
  json_object_unref (self->body);
  g_free (self);
}

JsonObject *
si_policy_get_body (SiPolicy *self)
{
  return self->body;
}

const char *
si_policy_get_organization (SiPolicy *self)
{
  return si_json_get_string (si_json_get_object (self->body, "organization"),
                             "displayName");
}

/**
 * si_policy_get_manage_url:
 * @self: a policy
 *
 * Returns: (transfer none) (nullable): where a person does what the app cannot
 */
const char *
si_policy_get_manage_url (SiPolicy *self)
{
  return si_json_get_string (si_json_get_object (self->body, "links"), "manage");
}

const char *
si_policy_get_acr_values (SiPolicy *self)
{
  const char *values = si_json_get_string (self->limits, "acrValues");

  return values != NULL ? values : "mfa";
}

/**
 * si_policy_get_type:
 * @self: a policy
 * @type: a type of method
 *
 * Returns: (transfer none) (nullable): what is said about it, or %NULL where it is not
 *   offered
 */
JsonObject *
si_policy_get_type (SiPolicy *self, const char *type)
{
  JsonArray *methods = si_json_get_array (self->body, "methods");

  for (guint i = 0; i < json_array_get_length (methods); i++) {
    JsonObject *method = si_json_array_get_object (methods, i);

    if (g_str_equal (si_json_get_string (method, "type"), type))
      return method;
  }

  return NULL;
}

/**
 * si_policy_get_uses:
 * @self: a policy
 *
 * Returns: (transfer none) (nullable): the uses of phones, or %NULL where none is offered
 */
JsonArray *
si_policy_get_uses (SiPolicy *self)
{
  return si_json_get_array (si_policy_get_type (self, "phone"), "uses");
}

/**
 * si_policy_get_use:
 * @self: a policy
 * @use: (nullable): a use of phones
 *
 * Returns: (transfer none) (nullable): what is said about it, or %NULL where it is not
 *   offered
 */
JsonObject *
si_policy_get_use (SiPolicy *self, const char *use)
{
  JsonArray *uses = si_policy_get_uses (self);

  for (guint i = 0; uses != NULL && i < json_array_get_length (uses); i++) {
    JsonObject *candidate = si_json_array_get_object (uses, i);

    if (g_strcmp0 (si_json_get_string (candidate, "use"), use) == 0)
      return candidate;
  }

  return NULL;
}

GStrv
si_policy_dup_channels (SiPolicy *self, const char *use)
{
  return si_json_dup_strings (si_policy_get_use (self, use), "channels");
}

/**
 * si_policy_dup_usable_for:
 * @self: a policy
 * @type: a type of method
 * @use: (nullable): the use of a phone
 *
 * Returns: (transfer full): what such a method is good for; empty where it is not offered
 */
GStrv
si_policy_dup_usable_for (SiPolicy *self, const char *type, const char *use)
{
  JsonObject *source
      = use != NULL ? si_policy_get_use (self, use) : si_policy_get_type (self, type);

  return si_json_dup_strings (source, "usableFor");
}

/**
 * si_policy_is_locked:
 * @self: a policy
 * @type: a type of method
 *
 * Returns: whether methods of that type are not the person's to delete
 */
gboolean
si_policy_is_locked (SiPolicy *self, const char *type)
{
  return contains (self->limits, "lockedTypes", type);
}

/**
 * si_policy_allows_country:
 * @self: a policy
 * @region: (nullable): an ISO 3166 code; %NULL where a number belongs to none
 *
 * Returns: whether phones there may be called
 */
gboolean
si_policy_allows_country (SiPolicy *self, const char *region)
{
  JsonObject *countries
      = si_json_get_object (si_policy_get_type (self, "phone"), "countries");

  if (si_json_get_array (countries, "allow") == NULL)
    return TRUE;

  return region != NULL && contains (countries, "allow", region);
}

/**
 * si_policy_get_number_refusal:
 * @self: a policy
 * @number: a number, E.164
 *
 * Returns: (transfer none) (nullable): the code of the problem with it, or %NULL
 */
const char *
si_policy_get_number_refusal (SiPolicy *self, const char *number)
{
  JsonArray *rules = si_json_get_array (self->limits, "refusedNumbers");

  for (guint i = 0; rules != NULL && i < json_array_get_length (rules); i++) {
    JsonObject *rule = si_json_array_get_object (rules, i);
    const char *prefix = si_json_get_string (rule, "prefix");

    if (prefix != NULL && g_str_has_prefix (number, prefix)) {
      const char *code = si_json_get_string (rule, "code");

      return si_refusal_is_code (code) ? code : "policy_disallowed";
    }
  }

  return NULL;
}

/**
 * si_policy_get_verification:
 * @self: a policy
 * @member: a member of `verification`
 *
 * Returns: its value, or the default
 */
gint64
si_policy_get_verification (SiPolicy *self, const char *member)
{
  JsonObject *verification = si_json_get_object (self->body, "verification");
  gint64      fallback = 0;

  for (guint i = 0; i < G_N_ELEMENTS (VERIFICATION); i++) {
    if (g_str_equal (VERIFICATION[i].member, member))
      fallback = VERIFICATION[i].fallback;
  }

  return si_json_get_int (verification, member, fallback);
}

/**
 * si_policy_get_limit:
 * @self: a policy
 * @member: a member of `limits` that is a number
 *
 * Returns: its value, or the default
 */
gint64
si_policy_get_limit (SiPolicy *self, const char *member)
{
  gint64 fallback = 0;

  for (guint i = 0; i < G_N_ELEMENTS (LIMITS); i++) {
    if (g_str_equal (LIMITS[i].member, member))
      fallback = LIMITS[i].fallback;
  }

  return si_json_get_int (self->limits, member, fallback);
}

gint64
si_policy_get_minimum_methods (SiPolicy *self)
{
  return si_json_get_int (si_json_get_object (self->body, "registration"),
                          "minimumMethods", 1);
}

/**
 * si_policy_can_add:
 * @self: a policy
 * @type: a type of method
 *
 * Returns: whether the organisation lets people add such methods
 */
gboolean
si_policy_can_add (SiPolicy *self, const char *type)
{
  return si_json_get_boolean (si_policy_get_type (self, type), "canAdd", FALSE);
}

gboolean
si_policy_chooses_default (SiPolicy *self)
{
  return si_json_get_boolean (self->body, "defaultIsSystemChosen", FALSE);
}
