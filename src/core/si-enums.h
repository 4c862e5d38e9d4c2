/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  SI_METHOD_TYPE_OTHER,
  SI_METHOD_TYPE_PHONE,
  SI_METHOD_TYPE_AUTHENTICATOR_APP,
  SI_METHOD_TYPE_SECURITY_KEY,
  SI_METHOD_TYPE_EMAIL,
  SI_METHOD_TYPE_SECURITY_QUESTIONS,
} SiMethodType;

typedef enum {
  SI_PHONE_USE_NONE,
  SI_PHONE_USE_MOBILE,
  SI_PHONE_USE_ALTERNATE,
  SI_PHONE_USE_OFFICE,
} SiPhoneUse;

/* One channel, or several of them as a set. */
typedef enum {
  SI_CHANNEL_NONE = 0,
  SI_CHANNEL_CALL = 1 << 0,
  SI_CHANNEL_TEXT = 1 << 1,
} SiChannel;

typedef enum {
  SI_USABLE_FOR_NOTHING = 0,
  SI_USABLE_FOR_SIGN_IN = 1 << 0,
  SI_USABLE_FOR_PASSWORD_RESET = 1 << 1,
} SiUsableFor;

typedef enum {
  SI_UNAVAILABLE_NOT = 0,
  SI_UNAVAILABLE_POLICY_DISALLOWED,
  SI_UNAVAILABLE_LIMIT_REACHED,
  SI_UNAVAILABLE_NEEDS_MOBILE,
  SI_UNAVAILABLE_OTHER,
} SiUnavailable;

typedef enum {
  SI_DELETE_BLOCKED_NOT = 0,
  SI_DELETE_BLOCKED_LAST_METHOD,
  SI_DELETE_BLOCKED_MINIMUM_METHODS,
  SI_DELETE_BLOCKED_REQUIRED_BY_ALTERNATE,
  SI_DELETE_BLOCKED_POLICY,
} SiDeleteBlocked;

typedef enum {
  SI_PURPOSE_ADD,
  SI_PURPOSE_CHANGE,
} SiPurpose;

typedef enum {
  SI_APPROVAL_KEYPRESS,
  SI_APPROVAL_CODE,
} SiApproval;

typedef enum {
  SI_VERIFICATION_STATE_IN_PROGRESS,
  SI_VERIFICATION_STATE_QUEUED,
  SI_VERIFICATION_STATE_CALLING,
  SI_VERIFICATION_STATE_RINGING,
  SI_VERIFICATION_STATE_ANSWERED,
  SI_VERIFICATION_STATE_TEXTED,
  SI_VERIFICATION_STATE_ATTEMPT_FAILED,
  SI_VERIFICATION_STATE_VERIFIED,
  SI_VERIFICATION_STATE_FAILED,
  SI_VERIFICATION_STATE_EXPIRED,
  SI_VERIFICATION_STATE_CANCELED,
  SI_VERIFICATION_STATE_BLOCKED,
} SiVerificationState;

typedef enum {
  SI_VERIFICATION_REASON_NONE,
  SI_VERIFICATION_REASON_OTHER,
  SI_VERIFICATION_REASON_NO_ANSWER,
  SI_VERIFICATION_REASON_BUSY,
  SI_VERIFICATION_REASON_VOICEMAIL,
  SI_VERIFICATION_REASON_REJECTED,
  SI_VERIFICATION_REASON_WRONG_KEY,
  SI_VERIFICATION_REASON_UNREACHABLE,
  SI_VERIFICATION_REASON_CARRIER_ERROR,
  SI_VERIFICATION_REASON_UNDELIVERABLE,
  SI_VERIFICATION_REASON_TOO_MANY_ATTEMPTS,
  SI_VERIFICATION_REASON_NO_SENDS_LEFT,
} SiVerificationReason;

typedef enum {
  SI_VERIFICATION_ACTION_NONE = 0,
  SI_VERIFICATION_ACTION_SUBMIT_CODE = 1 << 0,
  SI_VERIFICATION_ACTION_RESEND = 1 << 1,
  SI_VERIFICATION_ACTION_SWITCH_CHANNEL = 1 << 2,
  SI_VERIFICATION_ACTION_CANCEL = 1 << 3,
} SiVerificationAction;

SiMethodType         si_method_type_from_word (const char *word);
const char          *si_method_type_to_word (SiMethodType type);
SiPhoneUse           si_phone_use_from_word (const char *word);
const char          *si_phone_use_to_word (SiPhoneUse use);
SiChannel            si_channel_from_word (const char *word);
const char          *si_channel_to_word (SiChannel channel);
SiChannel            si_channels_from_words (GStrv words);
SiUsableFor          si_usable_for_from_words (GStrv words);
SiUnavailable        si_unavailable_from_word (const char *word);
SiDeleteBlocked      si_delete_blocked_from_word (const char *word);
SiPurpose            si_purpose_from_word (const char *word);
const char          *si_purpose_to_word (SiPurpose purpose);
SiApproval           si_approval_from_word (const char *word);
SiVerificationState  si_verification_state_from_word (const char *word);
SiVerificationReason si_verification_reason_from_word (const char *word);
SiVerificationAction si_verification_actions_from_words (GStrv words);

G_END_DECLS
