/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-verification.h"

#include "si-json.h"

/* One attempt to prove that a phone is the person's, as the backend said it last. Its
 * deadlines are kept on this machine's own clock, reckoned from the backend's, so that a
 * wall clock that is off changes nothing. */

struct _SiVerification {
  GObject parent_instance;

  char                *id;
  char                *etag;
  SiPurpose            purpose;
  SiPhoneUse           use;
  char                *target;
  char                *method_id;
  SiVerificationState  state;
  SiVerificationReason reason;
  SiChannel            channel;
  SiApproval           approval;
  int                  code_length;
  int                  sends_left;
  int                  checks_left;
  SiDefaultOption     *new_default;
  SiVerificationAction allowed;
  gint64 expires_at; /* on si_clock_get_time()'s clock, G_MAXINT64 where not known */
  gint64 resend_at;  /* likewise, 0 where not known */
};

G_DEFINE_FINAL_TYPE (SiVerification, si_verification, G_TYPE_OBJECT)

static gint64
read_deadline (JsonObject *object,
               const char *member,
               gint64      received_at,
               gint64      fallback)
{
  g_autoptr (GDateTime) server_time = si_json_dup_time (object, "serverTime");
  g_autoptr (GDateTime) time = si_json_dup_time (object, member);

  if (server_time == NULL || time == NULL)
    return fallback;

  return received_at + g_date_time_difference (time, server_time);
}

static int
seconds_until (gint64 deadline, gint64 now)
{
  if (deadline <= now)
    return 0;

  return MIN ((deadline - now - 1) / G_USEC_PER_SEC + 1, G_MAXINT);
}

static void
read_members (SiVerification *self, JsonObject *object, gint64 received_at)
{
  g_auto (GStrv) allowed = si_json_dup_strings (object, "allowed");

  self->purpose = si_purpose_from_word (si_json_get_string (object, "purpose"));
  self->use = si_phone_use_from_word (si_json_get_string (object, "use"));
  self->target = g_strdup (si_json_get_string (object, "target"));
  self->method_id = g_strdup (si_json_get_string (object, "methodId"));
  self->reason = si_verification_reason_from_word (si_json_get_string (object, "reason"));
  self->channel = si_channel_from_word (si_json_get_string (object, "channel"));
  self->approval = si_approval_from_word (si_json_get_string (object, "approval"));
  self->code_length = CLAMP (si_json_get_int (object, "codeLength", 6), 1, 32);
  self->sends_left = CLAMP (si_json_get_int (object, "sendsLeft", -1), -1, G_MAXINT);
  self->checks_left = CLAMP (si_json_get_int (object, "checksLeft", -1), -1, G_MAXINT);
  self->new_default
      = si_default_option_new_from_json (si_json_get_object (object, "newDefault"));
  self->allowed = si_verification_actions_from_words (allowed);
  self->expires_at = read_deadline (object, "expiresAt", received_at, G_MAXINT64);
  self->resend_at = read_deadline (object, "resendAt", received_at, 0);
}

static void
si_verification_finalize (GObject *object)
{
  SiVerification *self = SI_VERIFICATION (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->etag, g_free);
  g_clear_pointer (&self->target, g_free);
  g_clear_pointer (&self->method_id, g_free);
  g_clear_object (&self->new_default);

  G_OBJECT_CLASS (si_verification_parent_class)->finalize (object);
}

static void
si_verification_class_init (SiVerificationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_verification_finalize;
}

static void
si_verification_init (SiVerification *self)
{
}

/**
 * si_verification_new_from_json:
 * @object: a verification (contract, "GET /v1/me/verifications/{id}")
 * @etag: (nullable): its entity tag
 * @received_at: when the answer came, on si_clock_get_time()'s clock
 * @error: return location for a `SI_JSON_ERROR`
 *
 * Returns: (transfer full): the verification, or %NULL with @error set where it has no
 * id, target or state
 */
SiVerification *
si_verification_new_from_json (JsonObject *object,
                               const char *etag,
                               gint64      received_at,
                               GError    **error)
{
  g_autoptr (SiVerification) self = g_object_new (SI_TYPE_VERIFICATION, NULL);
  const char                *id = si_json_require_id (object, "id", error);
  const char *state = id != NULL ? si_json_require_string (object, "state", error) : NULL;

  if (state == NULL || si_json_require_string (object, "target", error) == NULL)
    return NULL;

  self->id = g_strdup (id);
  self->etag = g_strdup (etag);
  self->state = si_verification_state_from_word (state);
  read_members (self, object, received_at);

  return g_steal_pointer (&self);
}

/**
 * si_verification_get_code_length:
 * @self: a verification
 *
 * Returns: how many digits the code has
 */
int
si_verification_get_code_length (SiVerification *self)
{
  g_return_val_if_fail (SI_IS_VERIFICATION (self), 0);

  return self->code_length;
}

/**
 * si_verification_get_method_id:
 * @self: a verification
 *
 * Returns: (nullable): the method that was added or is being changed
 */
const char *
si_verification_get_method_id (SiVerification *self)
{
  g_return_val_if_fail (SI_IS_VERIFICATION (self), NULL);

  return self->method_id;
}

/**
 * si_verification_get_new_default:
 * @self: a verification
 *
 * Returns: (transfer none) (nullable): the default, where being verified changed it
 */
SiDefaultOption *
si_verification_get_new_default (SiVerification *self)
{
  g_return_val_if_fail (SI_IS_VERIFICATION (self), NULL);

  return self->new_default;
}

gboolean
si_verification_allows (SiVerification *self, SiVerificationAction action)
{
  g_return_val_if_fail (SI_IS_VERIFICATION (self), FALSE);

  return (self->allowed & action) != 0;
}

/**
 * si_verification_has_ended:
 * @self: a verification
 *
 * Returns: whether its state is one that never changes again
 */
gboolean
si_verification_has_ended (SiVerification *self)
{
  g_return_val_if_fail (SI_IS_VERIFICATION (self), TRUE);

  return self->state >= SI_VERIFICATION_STATE_VERIFIED;
}

/**
 * si_verification_get_seconds_left:
 * @self: a verification
 * @now: the time on si_clock_get_time()'s clock
 *
 * Returns: whole seconds until it expires, rounded up; %G_MAXINT where the backend names
 * no time
 */
int
si_verification_get_seconds_left (SiVerification *self, gint64 now)
{
  g_return_val_if_fail (SI_IS_VERIFICATION (self), 0);

  return seconds_until (self->expires_at, now);
}

/**
 * si_verification_get_seconds_to_resend:
 * @self: a verification
 * @now: the time on si_clock_get_time()'s clock
 *
 * Returns: whole seconds until the same channel may be used again, rounded up
 */
int
si_verification_get_seconds_to_resend (SiVerification *self, gint64 now)
{
  g_return_val_if_fail (SI_IS_VERIFICATION (self), 0);

  return seconds_until (self->resend_at, now);
}

/**
 * si_verification_answers:
 * @self: a verification that was found open
 * @request: what the person asks for
 *
 * Returns: whether @self is what @request would begin: the same purpose, target, use and
 * channel (contract, "POST /v1/me/verifications")
 */
gboolean
si_verification_answers (SiVerification *self, SiVerificationRequest *request)
{
  g_return_val_if_fail (SI_IS_VERIFICATION (self), FALSE);

  return self->purpose == si_verification_request_get_purpose (request)
         && self->use == si_verification_request_get_use (request)
         && self->channel == si_verification_request_get_channel (request)
         && g_strcmp0 (self->target, si_verification_request_get_number (request)) == 0;
}

const char *
si_verification_get_id (SiVerification *self)
{
  g_return_val_if_fail (SI_IS_VERIFICATION (self), NULL);

  return self->id;
}

const char *
si_verification_get_etag (SiVerification *self)
{
  g_return_val_if_fail (SI_IS_VERIFICATION (self), NULL);

  return self->etag;
}

SiPurpose
si_verification_get_purpose (SiVerification *self)
{
  g_return_val_if_fail (SI_IS_VERIFICATION (self), SI_PURPOSE_ADD);

  return self->purpose;
}

SiPhoneUse
si_verification_get_use (SiVerification *self)
{
  g_return_val_if_fail (SI_IS_VERIFICATION (self), SI_PHONE_USE_NONE);

  return self->use;
}

const char *
si_verification_get_target (SiVerification *self)
{
  g_return_val_if_fail (SI_IS_VERIFICATION (self), NULL);

  return self->target;
}

SiVerificationState
si_verification_get_state (SiVerification *self)
{
  g_return_val_if_fail (SI_IS_VERIFICATION (self), SI_VERIFICATION_STATE_IN_PROGRESS);

  return self->state;
}

SiVerificationReason
si_verification_get_reason (SiVerification *self)
{
  g_return_val_if_fail (SI_IS_VERIFICATION (self), SI_VERIFICATION_REASON_NONE);

  return self->reason;
}

SiChannel
si_verification_get_channel (SiVerification *self)
{
  g_return_val_if_fail (SI_IS_VERIFICATION (self), SI_CHANNEL_NONE);

  return self->channel;
}

SiApproval
si_verification_get_approval (SiVerification *self)
{
  g_return_val_if_fail (SI_IS_VERIFICATION (self), SI_APPROVAL_KEYPRESS);

  return self->approval;
}

int
si_verification_get_sends_left (SiVerification *self)
{
  g_return_val_if_fail (SI_IS_VERIFICATION (self), -1);

  return self->sends_left;
}

int
si_verification_get_checks_left (SiVerification *self)
{
  g_return_val_if_fail (SI_IS_VERIFICATION (self), -1);

  return self->checks_left;
}
