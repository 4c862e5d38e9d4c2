/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-phone-policy.h"

#include "si-json.h"

/* What the organisation allows for one use of a phone: mobile, alternate or office. */

struct _SiPhonePolicy {
  GObject parent_instance;

  SiPhoneUse    use;
  SiChannel     channels;
  SiUnavailable call_unavailable;
  SiUnavailable text_unavailable;
  guint         max;
  SiUsableFor   usable_for;
  SiPhoneUse    requires;
};

G_DEFINE_FINAL_TYPE (SiPhonePolicy, si_phone_policy, G_TYPE_OBJECT)

static void
read_unavailable_channels (SiPhonePolicy *self, JsonArray *array)
{
  guint length = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < length; i++) {
    JsonObject   *object = si_json_array_get_object (array, i);
    const char   *reason = si_json_get_string (object, "reason");
    SiUnavailable unavailable = si_unavailable_from_word (reason ? reason : "");
    SiChannel     channel = si_channel_from_word (si_json_get_string (object, "channel"));

    if (channel == SI_CHANNEL_CALL)
      self->call_unavailable = unavailable;
    else if (channel == SI_CHANNEL_TEXT)
      self->text_unavailable = unavailable;
  }
}

static void
si_phone_policy_class_init (SiPhonePolicyClass *klass)
{
}

static void
si_phone_policy_init (SiPhonePolicy *self)
{
}

/**
 * si_phone_policy_new_from_json:
 * @object: an element of a phone's "uses" (contract, "GET /v1/capabilities")
 * @error: return location for a `SI_JSON_ERROR`
 *
 * Returns: (transfer full): the policy, or %NULL with @error set where it names no use
 */
SiPhonePolicy *
si_phone_policy_new_from_json (JsonObject *object, GError **error)
{
  g_autoptr (SiPhonePolicy) self = g_object_new (SI_TYPE_PHONE_POLICY, NULL);
  g_auto (GStrv)            channels = si_json_dup_strings (object, "channels");
  g_auto (GStrv)            usable_for = si_json_dup_strings (object, "usableFor");
  const char               *use = si_json_require_string (object, "use", error);

  if (use == NULL)
    return NULL;

  self->use = si_phone_use_from_word (use);
  self->channels = si_channels_from_words (channels);
  self->max = CLAMP (si_json_get_int (object, "max", 1), 0, G_MAXINT);
  self->usable_for = si_usable_for_from_words (usable_for);
  self->requires = si_phone_use_from_word (si_json_get_string (object, "requires"));
  read_unavailable_channels (self, si_json_get_array (object, "unavailableChannels"));

  return g_steal_pointer (&self);
}

/**
 * si_phone_policy_get_use:
 * @self: a policy
 *
 * Returns: the use, %SI_PHONE_USE_NONE for one that this version does not know
 */
SiPhoneUse
si_phone_policy_get_use (SiPhonePolicy *self)
{
  g_return_val_if_fail (SI_IS_PHONE_POLICY (self), SI_PHONE_USE_NONE);

  return self->use;
}

SiChannel
si_phone_policy_get_channels (SiPhonePolicy *self)
{
  g_return_val_if_fail (SI_IS_PHONE_POLICY (self), SI_CHANNEL_NONE);

  return self->channels;
}

/**
 * si_phone_policy_get_channel_unavailable:
 * @self: a policy
 * @channel: one channel
 *
 * Returns: why @channel is not among the channels, where the backend says so
 */
SiUnavailable
si_phone_policy_get_channel_unavailable (SiPhonePolicy *self, SiChannel channel)
{
  g_return_val_if_fail (SI_IS_PHONE_POLICY (self), SI_UNAVAILABLE_NOT);

  return channel == SI_CHANNEL_CALL ? self->call_unavailable : self->text_unavailable;
}

guint
si_phone_policy_get_max (SiPhonePolicy *self)
{
  g_return_val_if_fail (SI_IS_PHONE_POLICY (self), 0);

  return self->max;
}

SiUsableFor
si_phone_policy_get_usable_for (SiPhonePolicy *self)
{
  g_return_val_if_fail (SI_IS_PHONE_POLICY (self), SI_USABLE_FOR_NOTHING);

  return self->usable_for;
}

/**
 * si_phone_policy_get_requires:
 * @self: a policy
 *
 * Returns: which phone must be there first, %SI_PHONE_USE_NONE where none must
 */
SiPhoneUse
si_phone_policy_get_requires (SiPhonePolicy *self)
{
  g_return_val_if_fail (SI_IS_PHONE_POLICY (self), SI_PHONE_USE_NONE);

  return self->requires;
}
