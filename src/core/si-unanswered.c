/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-unanswered.h"

#include "si-error.h"

/* What was sent without an answer coming back. Whoever presses the button again after
 * that sends the same again, under the same idempotency key, so that no second call is
 * placed (contract, "Idempotency"). */

struct _SiUnanswered {
  GObject parent_instance;

  SiVerificationRequest *request;
  char                  *key;
  SiChannel              channel;
  int                    sends_left; /* before it was sent */
};

G_DEFINE_FINAL_TYPE (SiUnanswered, si_unanswered, G_TYPE_OBJECT)

static void
si_unanswered_dispose (GObject *object)
{
  si_unanswered_forget (SI_UNANSWERED (object));

  G_OBJECT_CLASS (si_unanswered_parent_class)->dispose (object);
}

static void
si_unanswered_class_init (SiUnansweredClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = si_unanswered_dispose;
}

static void
si_unanswered_init (SiUnanswered *self)
{
}

SiUnanswered *
si_unanswered_new (void)
{
  return g_object_new (SI_TYPE_UNANSWERED, NULL);
}

/**
 * si_unanswered_prepare_start:
 * @self: what is unanswered
 * @request: what is asked for now
 *
 * Returns: (transfer none): what to send: the earlier request where that asked for the
 *   same, else @request
 */
SiVerificationRequest *
si_unanswered_prepare_start (SiUnanswered *self, SiVerificationRequest *request)
{
  g_return_val_if_fail (SI_IS_UNANSWERED (self), NULL);

  if (self->request == NULL || !si_verification_request_equal (self->request, request))
    g_set_object (&self->request, request);

  return self->request;
}

/**
 * si_unanswered_prepare_resend:
 * @self: what is unanswered
 * @verification: what is sent again
 * @channel: how
 *
 * Returns: (transfer none): the idempotency key to send it under
 */
const char *
si_unanswered_prepare_resend (SiUnanswered   *self,
                              SiVerification *verification,
                              SiChannel       channel)
{
  g_return_val_if_fail (SI_IS_UNANSWERED (self), NULL);

  if (self->key == NULL || self->channel != channel) {
    g_free (self->key);
    self->key = g_uuid_string_random ();
    self->channel = channel;
    self->sends_left = si_verification_get_sends_left (verification);
  }

  return self->key;
}

/**
 * si_unanswered_settle:
 * @self: what is unanswered
 * @error: (nullable): why it failed, %NULL where it succeeded
 *
 * Forgets what was sent, if that was an answer.
 */
void
si_unanswered_settle (SiUnanswered *self, const GError *error)
{
  if (error == NULL || si_error_was_answered (error))
    si_unanswered_forget (self);
}

/**
 * si_unanswered_see:
 * @self: what is unanswered
 * @verification: the verification as it is now
 *
 * Forgets the key once the verification shows that what was sent under it has arrived:
 * the next press means another call.
 */
void
si_unanswered_see (SiUnanswered *self, SiVerification *verification)
{
  int sends_left = si_verification_get_sends_left (verification);

  g_return_if_fail (SI_IS_UNANSWERED (self));

  if (sends_left < self->sends_left
      || (sends_left < 0
          && si_verification_get_state (verification) == SI_VERIFICATION_STATE_QUEUED))
    g_clear_pointer (&self->key, g_free);
}

void
si_unanswered_forget (SiUnanswered *self)
{
  g_return_if_fail (SI_IS_UNANSWERED (self));

  g_clear_object (&self->request);
  g_clear_pointer (&self->key, g_free);
}
