/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-method-policy.h"

#include "si-json.h"

/* What the organisation allows for one type of method. */

struct _SiMethodPolicy {
  GObject parent_instance;

  SiMethodType  type;
  gboolean      can_add;
  SiUnavailable unavailable;
  SiUsableFor   usable_for;
  GListStore   *phones;
  GStrv         countries; /* NULL allows every country */
  char         *default_country;
};

G_DEFINE_FINAL_TYPE (SiMethodPolicy, si_method_policy, G_TYPE_OBJECT)

static gboolean
read_phones (SiMethodPolicy *self, JsonArray *array, GError **error)
{
  guint length = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < length; i++) {
    g_autoptr (SiPhonePolicy) phone
        = si_phone_policy_new_from_json (si_json_array_get_object (array, i), error);

    if (phone == NULL)
      return FALSE;

    if (si_phone_policy_get_use (phone) == SI_PHONE_USE_NONE)
      continue;

    self->usable_for |= si_phone_policy_get_usable_for (phone);
    g_list_store_append (self->phones, phone);
  }

  return TRUE;
}

static void
si_method_policy_finalize (GObject *object)
{
  SiMethodPolicy *self = SI_METHOD_POLICY (object);

  g_clear_object (&self->phones);
  g_clear_pointer (&self->countries, g_strfreev);
  g_clear_pointer (&self->default_country, g_free);

  G_OBJECT_CLASS (si_method_policy_parent_class)->finalize (object);
}

static void
si_method_policy_class_init (SiMethodPolicyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_method_policy_finalize;
}

static void
si_method_policy_init (SiMethodPolicy *self)
{
  self->phones = g_list_store_new (SI_TYPE_PHONE_POLICY);
}

/**
 * si_method_policy_new_from_json:
 * @object: an element of "methods" (contract, "GET /v1/capabilities")
 * @error: return location for a `SI_JSON_ERROR`
 *
 * Returns: (transfer full): the policy, or %NULL with @error set
 */
SiMethodPolicy *
si_method_policy_new_from_json (JsonObject *object, GError **error)
{
  g_autoptr (SiMethodPolicy) self = g_object_new (SI_TYPE_METHOD_POLICY, NULL);
  g_auto (GStrv)             usable_for = si_json_dup_strings (object, "usableFor");
  JsonObject                *countries = si_json_get_object (object, "countries");
  const char                *type = si_json_require_string (object, "type", error);

  if (type == NULL)
    return NULL;

  self->type = si_method_type_from_word (type);
  self->can_add = self->type != SI_METHOD_TYPE_OTHER
                  && si_json_get_boolean (object, "canAdd", FALSE);
  self->unavailable = si_unavailable_from_word (si_json_get_string (object, "reason"));
  if (!self->can_add && self->unavailable == SI_UNAVAILABLE_NOT)
    self->unavailable = SI_UNAVAILABLE_OTHER;
  self->usable_for = si_usable_for_from_words (usable_for);
  self->default_country = g_strdup (si_json_get_string (countries, "default"));
  if (si_json_get_array (countries, "allow") != NULL)
    self->countries = si_json_dup_strings (countries, "allow");

  if (!read_phones (self, si_json_get_array (object, "uses"), error))
    return NULL;

  return g_steal_pointer (&self);
}

SiMethodType
si_method_policy_get_method_type (SiMethodPolicy *self)
{
  g_return_val_if_fail (SI_IS_METHOD_POLICY (self), SI_METHOD_TYPE_OTHER);

  return self->type;
}

gboolean
si_method_policy_get_can_add (SiMethodPolicy *self)
{
  g_return_val_if_fail (SI_IS_METHOD_POLICY (self), FALSE);

  return self->can_add;
}

/**
 * si_method_policy_get_unavailable:
 * @self: a policy
 *
 * Returns: why this type can't be added, where it can't
 */
SiUnavailable
si_method_policy_get_unavailable (SiMethodPolicy *self)
{
  g_return_val_if_fail (SI_IS_METHOD_POLICY (self), SI_UNAVAILABLE_NOT);

  return self->unavailable;
}

/**
 * si_method_policy_get_usable_for:
 * @self: a policy
 *
 * Returns: what a method of this type can be used for, with phones the sum of their uses
 */
SiUsableFor
si_method_policy_get_usable_for (SiMethodPolicy *self)
{
  g_return_val_if_fail (SI_IS_METHOD_POLICY (self), SI_USABLE_FOR_NOTHING);

  return self->usable_for;
}

/**
 * si_method_policy_get_phones:
 * @self: a policy
 *
 * Returns: (transfer none): a list of #SiPhonePolicy, empty for other types than phone
 */
GListModel *
si_method_policy_get_phones (SiMethodPolicy *self)
{
  g_return_val_if_fail (SI_IS_METHOD_POLICY (self), NULL);

  return G_LIST_MODEL (self->phones);
}

/**
 * si_method_policy_find_phone:
 * @self: a policy
 * @use: which phone
 *
 * Returns: (transfer none) (nullable): what is allowed for @use
 */
SiPhonePolicy *
si_method_policy_find_phone (SiMethodPolicy *self, SiPhoneUse use)
{
  GListModel *phones;

  g_return_val_if_fail (SI_IS_METHOD_POLICY (self), NULL);

  phones = G_LIST_MODEL (self->phones);
  for (guint i = 0; i < g_list_model_get_n_items (phones); i++) {
    g_autoptr (SiPhonePolicy) phone = g_list_model_get_item (phones, i);

    /* The list keeps it alive for the caller. */
    if (si_phone_policy_get_use (phone) == use)
      return phone;
  }

  return NULL;
}

/**
 * si_method_policy_allows_country:
 * @self: a policy
 * @region: an ISO 3166-1 alpha-2 code
 *
 * Returns: whether numbers of @region are allowed
 */
gboolean
si_method_policy_allows_country (SiMethodPolicy *self, const char *region)
{
  g_return_val_if_fail (SI_IS_METHOD_POLICY (self), FALSE);

  return self->countries == NULL
         || g_strv_contains ((const char *const *) self->countries, region);
}

/**
 * si_method_policy_get_default_country:
 * @self: a policy
 *
 * Returns: (nullable): the region to begin with, where the organisation names one
 */
const char *
si_method_policy_get_default_country (SiMethodPolicy *self)
{
  g_return_val_if_fail (SI_IS_METHOD_POLICY (self), NULL);

  return self->default_country;
}
