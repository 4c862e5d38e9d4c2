/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-security-info.h"

#include "si-json.h"

/* What the person has: account, methods, default, and the verification that is open. */

struct _SiSecurityInfo {
  GObject parent_instance;

  char            *etag;
  char            *account_name;
  char            *account_username;
  GListStore      *methods;
  SiDefaultOption *default_option;
  GListStore      *default_options;
  char            *open_verification;
};

G_DEFINE_FINAL_TYPE (SiSecurityInfo, si_security_info, G_TYPE_OBJECT)

static gboolean
read_methods (SiSecurityInfo *self, JsonArray *array, GError **error)
{
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject          *object = si_json_array_get_object (array, i);
    g_autoptr (SiMethod) method = NULL;

    if (object == NULL) {
      g_set_error (error, SI_JSON_ERROR, SI_JSON_ERROR_MEMBER,
                   "A method is not an object");
      return FALSE;
    }

    method = si_method_new_from_json (object, error);
    if (method == NULL)
      return FALSE;

    g_list_store_append (self->methods, method);
  }

  return TRUE;
}

/* One of a method that is not listed, or over a channel that is not known, can't be put
 * into words. */
static gboolean
is_presentable (SiSecurityInfo *self, JsonObject *object)
{
  const char *channel = si_json_get_string (object, "channel");

  if (si_security_info_find_method (self, si_json_get_string (object, "methodId"))
      == NULL)
    return FALSE;

  return channel == NULL || si_channel_from_word (channel) != SI_CHANNEL_NONE;
}

static void
read_default_options (SiSecurityInfo *self, JsonArray *array)
{
  guint length = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < length; i++) {
    JsonObject                 *object = si_json_array_get_object (array, i);
    g_autoptr (SiDefaultOption) option = si_default_option_new_from_json (object);

    if (option != NULL && is_presentable (self, object))
      g_list_store_append (self->default_options, option);
  }
}

static void
si_security_info_finalize (GObject *object)
{
  SiSecurityInfo *self = SI_SECURITY_INFO (object);

  g_clear_pointer (&self->etag, g_free);
  g_clear_pointer (&self->account_name, g_free);
  g_clear_pointer (&self->account_username, g_free);
  g_clear_object (&self->methods);
  g_clear_object (&self->default_option);
  g_clear_object (&self->default_options);
  g_clear_pointer (&self->open_verification, g_free);

  G_OBJECT_CLASS (si_security_info_parent_class)->finalize (object);
}

static void
si_security_info_class_init (SiSecurityInfoClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_security_info_finalize;
}

static void
si_security_info_init (SiSecurityInfo *self)
{
  self->methods = g_list_store_new (SI_TYPE_METHOD);
  self->default_options = g_list_store_new (SI_TYPE_DEFAULT_OPTION);
}

/**
 * si_security_info_new_from_json:
 * @object: the body of "GET /v1/me/security-info" (contract)
 * @etag: (nullable): its entity tag
 * @error: return location for a `SI_JSON_ERROR`
 *
 * Returns: (transfer full): the security info, or %NULL with @error set
 */
SiSecurityInfo *
si_security_info_new_from_json (JsonObject *object, const char *etag, GError **error)
{
  g_autoptr (SiSecurityInfo) self = g_object_new (SI_TYPE_SECURITY_INFO, NULL);
  JsonArray                 *methods = si_json_require_array (object, "methods", error);
  JsonObject                *account = si_json_get_object (object, "account");
  JsonObject                *open = si_json_get_object (object, "verification");

  if (methods == NULL || !read_methods (self, methods, error))
    return NULL;

  self->etag = g_strdup (etag);
  self->account_name = g_strdup (si_json_get_string (account, "displayName"));
  self->account_username = g_strdup (si_json_get_string (account, "username"));
  self->default_option
      = si_default_option_new_from_json (si_json_get_object (object, "default"));
  self->open_verification = g_strdup (si_json_get_string (open, "location"));
  read_default_options (self, si_json_get_array (object, "defaultOptions"));

  return g_steal_pointer (&self);
}

/**
 * si_security_info_get_etag:
 * @self: a security info
 *
 * Returns: (nullable): the entity tag that a change must name
 */
const char *
si_security_info_get_etag (SiSecurityInfo *self)
{
  g_return_val_if_fail (SI_IS_SECURITY_INFO (self), NULL);

  return self->etag;
}

/**
 * si_security_info_get_account_name:
 * @self: a security info
 *
 * Returns: (nullable): the person's name
 */
const char *
si_security_info_get_account_name (SiSecurityInfo *self)
{
  g_return_val_if_fail (SI_IS_SECURITY_INFO (self), NULL);

  return self->account_name;
}

/**
 * si_security_info_get_account_username:
 * @self: a security info
 *
 * Returns: (nullable): the name that the person signs in with
 */
const char *
si_security_info_get_account_username (SiSecurityInfo *self)
{
  g_return_val_if_fail (SI_IS_SECURITY_INFO (self), NULL);

  return self->account_username;
}

/**
 * si_security_info_get_methods:
 * @self: a security info
 *
 * Returns: (transfer none): the methods, a list of #SiMethod in the backend's order
 */
GListModel *
si_security_info_get_methods (SiSecurityInfo *self)
{
  g_return_val_if_fail (SI_IS_SECURITY_INFO (self), NULL);

  return G_LIST_MODEL (self->methods);
}

/**
 * si_security_info_find_method:
 * @self: a security info
 * @method_id: (nullable): a method's id
 *
 * Returns: (transfer none) (nullable): the method of that id
 */
SiMethod *
si_security_info_find_method (SiSecurityInfo *self, const char *method_id)
{
  GListModel *methods;

  g_return_val_if_fail (SI_IS_SECURITY_INFO (self), NULL);

  methods = G_LIST_MODEL (self->methods);
  for (guint i = 0; i < g_list_model_get_n_items (methods); i++) {
    g_autoptr (SiMethod) method = g_list_model_get_item (methods, i);

    /* The list keeps the method alive for the caller. */
    if (g_strcmp0 (si_method_get_id (method), method_id) == 0)
      return method;
  }

  return NULL;
}

/**
 * si_security_info_count_phones:
 * @self: a security info
 * @use: which phone
 *
 * Returns: how many phones the person has for @use
 */
guint
si_security_info_count_phones (SiSecurityInfo *self, SiPhoneUse use)
{
  GListModel *methods;
  guint       count = 0;

  g_return_val_if_fail (SI_IS_SECURITY_INFO (self), 0);

  methods = G_LIST_MODEL (self->methods);
  for (guint i = 0; i < g_list_model_get_n_items (methods); i++) {
    g_autoptr (SiMethod) method = g_list_model_get_item (methods, i);

    if (si_method_get_method_type (method) == SI_METHOD_TYPE_PHONE
        && si_method_get_use (method) == use)
      count++;
  }

  return count;
}

/**
 * si_security_info_get_default:
 * @self: a security info
 *
 * Returns: (transfer none) (nullable): the default sign-in method, %NULL where none is
 * set
 */
SiDefaultOption *
si_security_info_get_default (SiSecurityInfo *self)
{
  g_return_val_if_fail (SI_IS_SECURITY_INFO (self), NULL);

  return self->default_option;
}

/**
 * si_security_info_get_default_options:
 * @self: a security info
 *
 * Returns: (transfer none): a list of #SiDefaultOption, each of a method in the list
 */
GListModel *
si_security_info_get_default_options (SiSecurityInfo *self)
{
  g_return_val_if_fail (SI_IS_SECURITY_INFO (self), NULL);

  return G_LIST_MODEL (self->default_options);
}

/**
 * si_security_info_has_default_option:
 * @self: a security info
 * @option: a method and channel
 *
 * Returns: whether @option can be the default
 */
gboolean
si_security_info_has_default_option (SiSecurityInfo *self, SiDefaultOption *option)
{
  GListModel *options;

  g_return_val_if_fail (SI_IS_SECURITY_INFO (self), FALSE);

  options = G_LIST_MODEL (self->default_options);
  for (guint i = 0; i < g_list_model_get_n_items (options); i++) {
    g_autoptr (SiDefaultOption) candidate = g_list_model_get_item (options, i);

    if (si_default_option_equal (candidate, option))
      return TRUE;
  }

  return FALSE;
}

/**
 * si_security_info_get_open_verification:
 * @self: a security info
 *
 * Returns: (nullable): the location of the verification that is open, for
 *   si_provider_get_verification_async()
 */
const char *
si_security_info_get_open_verification (SiSecurityInfo *self)
{
  g_return_val_if_fail (SI_IS_SECURITY_INFO (self), NULL);

  return self->open_verification;
}
