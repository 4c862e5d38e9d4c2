/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-default-option.h"

#include "si-json.h"

/* What signing in asks for first: a method and, where its type has channels, one of them.
 */

struct _SiDefaultOption {
  GObject parent_instance;

  char     *method_id;
  SiChannel channel;
};

G_DEFINE_FINAL_TYPE (SiDefaultOption, si_default_option, G_TYPE_OBJECT)

static void
si_default_option_finalize (GObject *object)
{
  SiDefaultOption *self = SI_DEFAULT_OPTION (object);

  g_clear_pointer (&self->method_id, g_free);

  G_OBJECT_CLASS (si_default_option_parent_class)->finalize (object);
}

static void
si_default_option_class_init (SiDefaultOptionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_default_option_finalize;
}

static void
si_default_option_init (SiDefaultOption *self)
{
}

SiDefaultOption *
si_default_option_new (const char *method_id, SiChannel channel)
{
  SiDefaultOption *self = g_object_new (SI_TYPE_DEFAULT_OPTION, NULL);

  self->method_id = g_strdup (method_id);
  self->channel = channel;

  return self;
}

/**
 * si_default_option_new_from_json:
 * @object: (nullable): a member such as "default" (contract, "GET /v1/me/security-info")
 *
 * Returns: (transfer full) (nullable): the option, or %NULL where none is named
 */
SiDefaultOption *
si_default_option_new_from_json (JsonObject *object)
{
  const char *method_id = si_json_get_string (object, "methodId");

  if (method_id == NULL)
    return NULL;

  return si_default_option_new (
      method_id, si_channel_from_word (si_json_get_string (object, "channel")));
}

const char *
si_default_option_get_method_id (SiDefaultOption *self)
{
  g_return_val_if_fail (SI_IS_DEFAULT_OPTION (self), NULL);

  return self->method_id;
}

/**
 * si_default_option_get_channel:
 * @self: an option
 *
 * Returns: the channel, %SI_CHANNEL_NONE for methods that have none
 */
SiChannel
si_default_option_get_channel (SiDefaultOption *self)
{
  g_return_val_if_fail (SI_IS_DEFAULT_OPTION (self), SI_CHANNEL_NONE);

  return self->channel;
}

/**
 * si_default_option_equal:
 * @self: (nullable): an option
 * @other: (nullable): another
 *
 * Returns: whether both name the same method and channel, or both are %NULL
 */
gboolean
si_default_option_equal (SiDefaultOption *self, SiDefaultOption *other)
{
  if (self == NULL || other == NULL)
    return self == other;

  return self->channel == other->channel
         && strcmp (self->method_id, other->method_id) == 0;
}
