/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-verification-request.h"

/* What one press of "Next" asks for. It has one idempotency key for all its life, so that
 * sending it again after a lost answer never places a second call (contract,
 * "Idempotency"). */

struct _SiVerificationRequest {
  GObject parent_instance;

  SiPurpose  purpose;
  char      *method_id;
  SiPhoneUse use;
  char      *number;
  SiChannel  channel;
  char      *idempotency_key;
};

G_DEFINE_FINAL_TYPE (SiVerificationRequest, si_verification_request, G_TYPE_OBJECT)

static void
si_verification_request_finalize (GObject *object)
{
  SiVerificationRequest *self = SI_VERIFICATION_REQUEST (object);

  g_clear_pointer (&self->method_id, g_free);
  g_clear_pointer (&self->number, g_free);
  g_clear_pointer (&self->idempotency_key, g_free);

  G_OBJECT_CLASS (si_verification_request_parent_class)->finalize (object);
}

static void
si_verification_request_class_init (SiVerificationRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_verification_request_finalize;
}

static void
si_verification_request_init (SiVerificationRequest *self)
{
  self->idempotency_key = g_uuid_string_random ();
}

/**
 * si_verification_request_new_add:
 * @use: which phone
 * @number: the number in E.164
 * @channel: call or text
 *
 * Returns: (transfer full): a request to add a phone, with a new idempotency key
 */
SiVerificationRequest *
si_verification_request_new_add (SiPhoneUse use, const char *number, SiChannel channel)
{
  SiVerificationRequest *self = g_object_new (SI_TYPE_VERIFICATION_REQUEST, NULL);

  self->purpose = SI_PURPOSE_ADD;
  self->use = use;
  self->number = g_strdup (number);
  self->channel = channel;

  return self;
}

/**
 * si_verification_request_new_change:
 * @method_id: the phone whose number changes
 * @use: which phone it is
 * @number: the new number in E.164
 * @channel: call or text
 *
 * Returns: (transfer full): a request to change a number, with a new idempotency key
 */
SiVerificationRequest *
si_verification_request_new_change (const char *method_id,
                                    SiPhoneUse  use,
                                    const char *number,
                                    SiChannel   channel)
{
  SiVerificationRequest *self = si_verification_request_new_add (use, number, channel);

  self->purpose = SI_PURPOSE_CHANGE;
  self->method_id = g_strdup (method_id);

  return self;
}

SiPurpose
si_verification_request_get_purpose (SiVerificationRequest *self)
{
  g_return_val_if_fail (SI_IS_VERIFICATION_REQUEST (self), SI_PURPOSE_ADD);

  return self->purpose;
}

const char *
si_verification_request_get_method_id (SiVerificationRequest *self)
{
  g_return_val_if_fail (SI_IS_VERIFICATION_REQUEST (self), NULL);

  return self->method_id;
}

SiPhoneUse
si_verification_request_get_use (SiVerificationRequest *self)
{
  g_return_val_if_fail (SI_IS_VERIFICATION_REQUEST (self), SI_PHONE_USE_NONE);

  return self->use;
}

const char *
si_verification_request_get_number (SiVerificationRequest *self)
{
  g_return_val_if_fail (SI_IS_VERIFICATION_REQUEST (self), NULL);

  return self->number;
}

SiChannel
si_verification_request_get_channel (SiVerificationRequest *self)
{
  g_return_val_if_fail (SI_IS_VERIFICATION_REQUEST (self), SI_CHANNEL_NONE);

  return self->channel;
}

const char *
si_verification_request_get_idempotency_key (SiVerificationRequest *self)
{
  g_return_val_if_fail (SI_IS_VERIFICATION_REQUEST (self), NULL);

  return self->idempotency_key;
}

/**
 * si_verification_request_equal:
 * @self: a request
 * @other: another
 *
 * Returns: whether both ask for the same, if under different keys
 */
gboolean
si_verification_request_equal (SiVerificationRequest *self, SiVerificationRequest *other)
{
  g_return_val_if_fail (SI_IS_VERIFICATION_REQUEST (self), FALSE);
  g_return_val_if_fail (SI_IS_VERIFICATION_REQUEST (other), FALSE);

  return self->purpose == other->purpose && self->use == other->use
         && self->channel == other->channel
         && g_strcmp0 (self->number, other->number) == 0
         && g_strcmp0 (self->method_id, other->method_id) == 0;
}
