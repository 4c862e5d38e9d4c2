/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-enums.h"

/* The contract's words as enumerations. A word that is not known here gets the meaning
 * that the contract gives to such words in its first paragraph, never an error. */

typedef struct {
  const char *word;
  int         value;
} Word;

static const Word method_types[] = {
  { "phone", SI_METHOD_TYPE_PHONE },
  { "authenticatorApp", SI_METHOD_TYPE_AUTHENTICATOR_APP },
  { "securityKey", SI_METHOD_TYPE_SECURITY_KEY },
  { "email", SI_METHOD_TYPE_EMAIL },
  { "securityQuestions", SI_METHOD_TYPE_SECURITY_QUESTIONS },
};

static const Word phone_uses[] = {
  { "mobile", SI_PHONE_USE_MOBILE },
  { "alternate", SI_PHONE_USE_ALTERNATE },
  { "office", SI_PHONE_USE_OFFICE },
};

static const Word channels[] = {
  { "call", SI_CHANNEL_CALL },
  { "text", SI_CHANNEL_TEXT },
};

static const Word usable_for[] = {
  { "signIn", SI_USABLE_FOR_SIGN_IN },
  { "passwordReset", SI_USABLE_FOR_PASSWORD_RESET },
};

static const Word unavailable[] = {
  { "policy_disallowed", SI_UNAVAILABLE_POLICY_DISALLOWED },
  { "limit_reached", SI_UNAVAILABLE_LIMIT_REACHED },
  { "needs_mobile", SI_UNAVAILABLE_NEEDS_MOBILE },
  { "not_available", SI_UNAVAILABLE_OTHER },
};

static const Word delete_blocked[] = {
  { "last_method", SI_DELETE_BLOCKED_LAST_METHOD },
  { "minimum_methods", SI_DELETE_BLOCKED_MINIMUM_METHODS },
  { "required_by_alternate", SI_DELETE_BLOCKED_REQUIRED_BY_ALTERNATE },
  { "policy", SI_DELETE_BLOCKED_POLICY },
};

static const Word purposes[] = {
  { "add", SI_PURPOSE_ADD },
  { "change", SI_PURPOSE_CHANGE },
};

static const Word states[] = {
  { "queued", SI_VERIFICATION_STATE_QUEUED },
  { "calling", SI_VERIFICATION_STATE_CALLING },
  { "ringing", SI_VERIFICATION_STATE_RINGING },
  { "answered", SI_VERIFICATION_STATE_ANSWERED },
  { "texted", SI_VERIFICATION_STATE_TEXTED },
  { "attemptFailed", SI_VERIFICATION_STATE_ATTEMPT_FAILED },
  { "verified", SI_VERIFICATION_STATE_VERIFIED },
  { "failed", SI_VERIFICATION_STATE_FAILED },
  { "expired", SI_VERIFICATION_STATE_EXPIRED },
  { "canceled", SI_VERIFICATION_STATE_CANCELED },
  { "blocked", SI_VERIFICATION_STATE_BLOCKED },
};

static const Word reasons[] = {
  { "no_answer", SI_VERIFICATION_REASON_NO_ANSWER },
  { "busy", SI_VERIFICATION_REASON_BUSY },
  { "voicemail", SI_VERIFICATION_REASON_VOICEMAIL },
  { "rejected", SI_VERIFICATION_REASON_REJECTED },
  { "wrong_key", SI_VERIFICATION_REASON_WRONG_KEY },
  { "unreachable", SI_VERIFICATION_REASON_UNREACHABLE },
  { "carrier_error", SI_VERIFICATION_REASON_CARRIER_ERROR },
  { "undeliverable", SI_VERIFICATION_REASON_UNDELIVERABLE },
  { "too_many_attempts", SI_VERIFICATION_REASON_TOO_MANY_ATTEMPTS },
  { "no_sends_left", SI_VERIFICATION_REASON_NO_SENDS_LEFT },
};

static const Word actions[] = {
  { "submitCode", SI_VERIFICATION_ACTION_SUBMIT_CODE },
  { "resend", SI_VERIFICATION_ACTION_RESEND },
  { "switchChannel", SI_VERIFICATION_ACTION_SWITCH_CHANNEL },
  { "cancel", SI_VERIFICATION_ACTION_CANCEL },
};

static int
find_value (const Word *words, gsize n_words, const char *word, int fallback)
{
  for (gsize i = 0; i < n_words; i++) {
    if (g_strcmp0 (words[i].word, word) == 0)
      return words[i].value;
  }

  return fallback;
}

static const char *
find_word (const Word *words, gsize n_words, int value)
{
  for (gsize i = 0; i < n_words; i++) {
    if (words[i].value == value)
      return words[i].word;
  }

  return NULL;
}

static int
find_set (const Word *words, gsize n_words, GStrv names)
{
  int set = 0;

  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    set |= find_value (words, n_words, names[i], 0);

  return set;
}

SiMethodType
si_method_type_from_word (const char *word)
{
  return find_value (method_types, G_N_ELEMENTS (method_types), word,
                     SI_METHOD_TYPE_OTHER);
}

const char *
si_method_type_to_word (SiMethodType type)
{
  return find_word (method_types, G_N_ELEMENTS (method_types), type);
}

SiPhoneUse
si_phone_use_from_word (const char *word)
{
  return find_value (phone_uses, G_N_ELEMENTS (phone_uses), word, SI_PHONE_USE_NONE);
}

const char *
si_phone_use_to_word (SiPhoneUse use)
{
  return find_word (phone_uses, G_N_ELEMENTS (phone_uses), use);
}

SiChannel
si_channel_from_word (const char *word)
{
  return find_value (channels, G_N_ELEMENTS (channels), word, SI_CHANNEL_NONE);
}

const char *
si_channel_to_word (SiChannel channel)
{
  return find_word (channels, G_N_ELEMENTS (channels), channel);
}

SiChannel
si_channels_from_words (GStrv words)
{
  return find_set (channels, G_N_ELEMENTS (channels), words);
}

SiUsableFor
si_usable_for_from_words (GStrv words)
{
  return find_set (usable_for, G_N_ELEMENTS (usable_for), words);
}

/**
 * si_unavailable_from_word:
 * @word: (nullable): why something is not offered, or %NULL where nothing stands against
 * it
 *
 * Returns: the reason, %SI_UNAVAILABLE_OTHER for a word that is not known
 */
SiUnavailable
si_unavailable_from_word (const char *word)
{
  if (word == NULL)
    return SI_UNAVAILABLE_NOT;

  return find_value (unavailable, G_N_ELEMENTS (unavailable), word, SI_UNAVAILABLE_OTHER);
}

/**
 * si_delete_blocked_from_word:
 * @word: (nullable): why a method can't be deleted, or %NULL where it can
 *
 * Returns: the reason, %SI_DELETE_BLOCKED_POLICY for a word that is not known
 */
SiDeleteBlocked
si_delete_blocked_from_word (const char *word)
{
  if (word == NULL)
    return SI_DELETE_BLOCKED_NOT;

  return find_value (delete_blocked, G_N_ELEMENTS (delete_blocked), word,
                     SI_DELETE_BLOCKED_POLICY);
}

SiPurpose
si_purpose_from_word (const char *word)
{
  return find_value (purposes, G_N_ELEMENTS (purposes), word, SI_PURPOSE_ADD);
}

const char *
si_purpose_to_word (SiPurpose purpose)
{
  return find_word (purposes, G_N_ELEMENTS (purposes), purpose);
}

SiApproval
si_approval_from_word (const char *word)
{
  return g_strcmp0 (word, "code") == 0 ? SI_APPROVAL_CODE : SI_APPROVAL_KEYPRESS;
}

SiVerificationState
si_verification_state_from_word (const char *word)
{
  return find_value (states, G_N_ELEMENTS (states), word,
                     SI_VERIFICATION_STATE_IN_PROGRESS);
}

/**
 * si_verification_reason_from_word:
 * @word: (nullable): how an attempt ended, or %NULL where none did
 *
 * Returns: the reason, %SI_VERIFICATION_REASON_OTHER for a word that is not known
 */
SiVerificationReason
si_verification_reason_from_word (const char *word)
{
  if (word == NULL)
    return SI_VERIFICATION_REASON_NONE;

  return find_value (reasons, G_N_ELEMENTS (reasons), word, SI_VERIFICATION_REASON_OTHER);
}

SiVerificationAction
si_verification_actions_from_words (GStrv words)
{
  return find_set (actions, G_N_ELEMENTS (actions), words);
}
