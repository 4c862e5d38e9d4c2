/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-method.h"

#include "si-json.h"

/* One way in which the person proves who they are, as the backend has it. */

struct _SiMethod {
  GObject parent_instance;

  char            *id;
  SiMethodType     type;
  SiPhoneUse       use;
  char            *number;
  char            *label;
  gint64           count;
  SiChannel        channels;
  SiUsableFor      usable_for;
  gboolean         is_default;
  gboolean         can_change;
  gboolean         can_delete;
  SiDeleteBlocked  delete_blocked;
  SiDefaultOption *default_if_deleted;
};

G_DEFINE_FINAL_TYPE (SiMethod, si_method, G_TYPE_OBJECT)

/* The label that a person gave, else what the type itself has to say. */
static const char *
find_label (JsonObject *object)
{
  static const char *const members[] = { "label", "device", "model", "address" };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++) {
    const char *label = si_json_get_string (object, members[i]);

    if (label != NULL && *label != '\0')
      return label;
  }

  return NULL;
}

static void
si_method_finalize (GObject *object)
{
  SiMethod *self = SI_METHOD (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->number, g_free);
  g_clear_pointer (&self->label, g_free);
  g_clear_object (&self->default_if_deleted);

  G_OBJECT_CLASS (si_method_parent_class)->finalize (object);
}

static void
si_method_class_init (SiMethodClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_method_finalize;
}

static void
si_method_init (SiMethod *self)
{
}

/**
 * si_method_new_from_json:
 * @object: an element of "methods" (contract, "GET /v1/me/security-info")
 * @error: return location for a `SI_JSON_ERROR`
 *
 * A type that is not known makes a method of type %SI_METHOD_TYPE_OTHER without actions.
 *
 * Returns: (transfer full): the method, or %NULL with @error set where it has no id or is
 * a phone without a number
 */
SiMethod *
si_method_new_from_json (JsonObject *object, GError **error)
{
  g_autoptr (SiMethod) self = g_object_new (SI_TYPE_METHOD, NULL);
  g_auto (GStrv)       channels = si_json_dup_strings (object, "channels");
  g_auto (GStrv)       usable_for = si_json_dup_strings (object, "usableFor");
  const char          *id = si_json_require_id (object, "id", error);
  const char *type = id != NULL ? si_json_require_string (object, "type", error) : NULL;
  gboolean    known;

  if (id == NULL || type == NULL)
    return NULL;

  self->type = si_method_type_from_word (type);
  known = self->type != SI_METHOD_TYPE_OTHER;

  if (self->type == SI_METHOD_TYPE_PHONE) {
    const char *number = si_json_require_string (object, "number", error);

    if (number == NULL)
      return NULL;

    self->number = g_strdup (number);
  }

  self->id = g_strdup (id);
  self->use = si_phone_use_from_word (si_json_get_string (object, "use"));
  self->label = g_strdup (find_label (object));
  self->count = si_json_get_int (object, "count", 0);
  self->channels = si_channels_from_words (channels);
  self->usable_for = si_usable_for_from_words (usable_for);
  self->is_default = si_json_get_boolean (object, "isDefault", FALSE);
  self->can_change = known && si_json_get_boolean (object, "canChange", FALSE);
  self->can_delete = known && si_json_get_boolean (object, "canDelete", FALSE);
  self->delete_blocked
      = si_delete_blocked_from_word (si_json_get_string (object, "deleteBlocked"));
  self->default_if_deleted
      = si_default_option_new_from_json (si_json_get_object (object, "defaultIfDeleted"));

  return g_steal_pointer (&self);
}

const char *
si_method_get_id (SiMethod *self)
{
  g_return_val_if_fail (SI_IS_METHOD (self), NULL);

  return self->id;
}

SiMethodType
si_method_get_method_type (SiMethod *self)
{
  g_return_val_if_fail (SI_IS_METHOD (self), SI_METHOD_TYPE_OTHER);

  return self->type;
}

SiPhoneUse
si_method_get_use (SiMethod *self)
{
  g_return_val_if_fail (SI_IS_METHOD (self), SI_PHONE_USE_NONE);

  return self->use;
}

/**
 * si_method_get_number:
 * @self: a method
 *
 * Returns: (nullable): a phone's number in E.164, %NULL for other types
 */
const char *
si_method_get_number (SiMethod *self)
{
  g_return_val_if_fail (SI_IS_METHOD (self), NULL);

  return self->number;
}

/**
 * si_method_get_label:
 * @self: a method
 *
 * Returns: (nullable): what tells this method from others of its type: the label, device,
 * model or address, as somebody typed it
 */
const char *
si_method_get_label (SiMethod *self)
{
  g_return_val_if_fail (SI_IS_METHOD (self), NULL);

  return self->label;
}

/**
 * si_method_get_count:
 * @self: a method
 *
 * Returns: how many security questions are answered, 0 for other types
 */
gint64
si_method_get_count (SiMethod *self)
{
  g_return_val_if_fail (SI_IS_METHOD (self), 0);

  return self->count;
}

SiChannel
si_method_get_channels (SiMethod *self)
{
  g_return_val_if_fail (SI_IS_METHOD (self), SI_CHANNEL_NONE);

  return self->channels;
}

SiUsableFor
si_method_get_usable_for (SiMethod *self)
{
  g_return_val_if_fail (SI_IS_METHOD (self), SI_USABLE_FOR_NOTHING);

  return self->usable_for;
}

gboolean
si_method_get_is_default (SiMethod *self)
{
  g_return_val_if_fail (SI_IS_METHOD (self), FALSE);

  return self->is_default;
}

gboolean
si_method_get_can_change (SiMethod *self)
{
  g_return_val_if_fail (SI_IS_METHOD (self), FALSE);

  return self->can_change;
}

gboolean
si_method_get_can_delete (SiMethod *self)
{
  g_return_val_if_fail (SI_IS_METHOD (self), FALSE);

  return self->can_delete;
}

SiDeleteBlocked
si_method_get_delete_blocked (SiMethod *self)
{
  g_return_val_if_fail (SI_IS_METHOD (self), SI_DELETE_BLOCKED_NOT);

  return self->delete_blocked;
}

/**
 * si_method_get_default_if_deleted:
 * @self: a method
 *
 * Returns: (transfer none) (nullable): what the default will be once this method is gone
 */
SiDefaultOption *
si_method_get_default_if_deleted (SiMethod *self)
{
  g_return_val_if_fail (SI_IS_METHOD (self), NULL);

  return self->default_if_deleted;
}
