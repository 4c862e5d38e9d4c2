/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-default-choice.h"

#include "si-build.h"

/* What a person signs in with by default: a method, and a channel where it has any. */

/**
 * si_default_choice_new:
 * @method_id: a method's id
 * @channel: (nullable): a channel
 *
 * Returns: (transfer full): the choice
 */
SiDefaultChoice *
si_default_choice_new (const char *method_id, const char *channel)
{
  SiDefaultChoice *self = g_new0 (SiDefaultChoice, 1);

  self->method_id = g_strdup (method_id);
  self->channel = g_strdup (channel);

  return self;
}

/**
 * si_default_choice_copy:
 * @self: (nullable): a choice
 *
 * Returns: (transfer full) (nullable): the same
 */
SiDefaultChoice *
si_default_choice_copy (const SiDefaultChoice *self)
{
  return self != NULL ? si_default_choice_new (self->method_id, self->channel) : NULL;
}

void
si_default_choice_free (SiDefaultChoice *self)
{
  g_free (self->method_id);
  g_free (self->channel);
  g_free (self);
}

/**
 * si_default_choice_equal:
 * @a: (nullable): a choice
 * @b: (nullable): another
 *
 * Returns: whether they are the same, or both none
 */
gboolean
si_default_choice_equal (const SiDefaultChoice *a, const SiDefaultChoice *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return g_strcmp0 (a->method_id, b->method_id) == 0
         && g_strcmp0 (a->channel, b->channel) == 0;
}

/**
 * si_default_choice_build:
 * @self: (nullable): a choice
 * @builder: a builder
 * @name: (nullable): the member's name; %NULL where the builder is in an array
 */
void
si_default_choice_build (const SiDefaultChoice *self,
                         JsonBuilder           *builder,
                         const char            *name)
{
  if (name != NULL)
    json_builder_set_member_name (builder, name);

  if (self == NULL) {
    json_builder_add_null_value (builder);
    return;
  }

  json_builder_begin_object (builder);
  si_build_string (builder, "methodId", self->method_id);
  si_build_string (builder, "channel", self->channel);
  json_builder_end_object (builder);
}
