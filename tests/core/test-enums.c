/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-enums.h"

/* Every word of the contract, and words that it does not have. */

static void
test_method_types (void)
{
  const char *const words[]
      = { "phone", "authenticatorApp", "securityKey", "email", "securityQuestions" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    SiMethodType type = si_method_type_from_word (words[i]);

    g_assert_cmpint (type, !=, SI_METHOD_TYPE_OTHER);
    g_assert_cmpstr (si_method_type_to_word (type), ==, words[i]);
  }

  g_assert_cmpint (si_method_type_from_word ("passkey"), ==, SI_METHOD_TYPE_OTHER);
  g_assert_cmpint (si_method_type_from_word ("Phone"), ==, SI_METHOD_TYPE_OTHER);
  g_assert_cmpint (si_method_type_from_word (NULL), ==, SI_METHOD_TYPE_OTHER);
  g_assert_null (si_method_type_to_word (SI_METHOD_TYPE_OTHER));
}

static void
test_phone_uses (void)
{
  const char *const words[] = { "mobile", "alternate", "office" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    SiPhoneUse use = si_phone_use_from_word (words[i]);

    g_assert_cmpint (use, !=, SI_PHONE_USE_NONE);
    g_assert_cmpstr (si_phone_use_to_word (use), ==, words[i]);
  }

  g_assert_cmpint (si_phone_use_from_word ("pager"), ==, SI_PHONE_USE_NONE);
  g_assert_cmpint (si_phone_use_from_word (NULL), ==, SI_PHONE_USE_NONE);
  g_assert_null (si_phone_use_to_word (SI_PHONE_USE_NONE));
}

static void
test_channels (void)
{
  const char *both[] = { "text", "fax", "call", "", NULL };

  g_assert_cmpint (si_channel_from_word ("call"), ==, SI_CHANNEL_CALL);
  g_assert_cmpint (si_channel_from_word ("text"), ==, SI_CHANNEL_TEXT);
  g_assert_cmpint (si_channel_from_word ("fax"), ==, SI_CHANNEL_NONE);
  g_assert_cmpint (si_channel_from_word (NULL), ==, SI_CHANNEL_NONE);
  g_assert_cmpstr (si_channel_to_word (SI_CHANNEL_CALL), ==, "call");
  g_assert_cmpstr (si_channel_to_word (SI_CHANNEL_TEXT), ==, "text");
  g_assert_null (si_channel_to_word (SI_CHANNEL_NONE));
  g_assert_null (si_channel_to_word (SI_CHANNEL_CALL | SI_CHANNEL_TEXT));
  g_assert_cmpint (si_channels_from_words ((GStrv) both), ==,
                   SI_CHANNEL_CALL | SI_CHANNEL_TEXT);
  g_assert_cmpint (si_channels_from_words (NULL), ==, SI_CHANNEL_NONE);
}

static void
test_usable_for (void)
{
  const char *words[] = { "signIn", "passwordReset", "signin", NULL };

  g_assert_cmpint (si_usable_for_from_words ((GStrv) words), ==,
                   SI_USABLE_FOR_SIGN_IN | SI_USABLE_FOR_PASSWORD_RESET);
  g_assert_cmpint (si_usable_for_from_words ((GStrv) (words + 2)), ==,
                   SI_USABLE_FOR_NOTHING);
}

static void
test_reasons_not_offered (void)
{
  g_assert_cmpint (si_unavailable_from_word (NULL), ==, SI_UNAVAILABLE_NOT);
  g_assert_cmpint (si_unavailable_from_word ("policy_disallowed"), ==,
                   SI_UNAVAILABLE_POLICY_DISALLOWED);
  g_assert_cmpint (si_unavailable_from_word ("limit_reached"), ==,
                   SI_UNAVAILABLE_LIMIT_REACHED);
  g_assert_cmpint (si_unavailable_from_word ("needs_mobile"), ==,
                   SI_UNAVAILABLE_NEEDS_MOBILE);
  g_assert_cmpint (si_unavailable_from_word ("not_available"), ==, SI_UNAVAILABLE_OTHER);
  g_assert_cmpint (si_unavailable_from_word ("full_moon"), ==, SI_UNAVAILABLE_OTHER);
}

static void
test_delete_blocked (void)
{
  g_assert_cmpint (si_delete_blocked_from_word (NULL), ==, SI_DELETE_BLOCKED_NOT);
  g_assert_cmpint (si_delete_blocked_from_word ("last_method"), ==,
                   SI_DELETE_BLOCKED_LAST_METHOD);
  g_assert_cmpint (si_delete_blocked_from_word ("minimum_methods"), ==,
                   SI_DELETE_BLOCKED_MINIMUM_METHODS);
  g_assert_cmpint (si_delete_blocked_from_word ("required_by_alternate"), ==,
                   SI_DELETE_BLOCKED_REQUIRED_BY_ALTERNATE);
  g_assert_cmpint (si_delete_blocked_from_word ("policy"), ==, SI_DELETE_BLOCKED_POLICY);
  g_assert_cmpint (si_delete_blocked_from_word ("full_moon"), ==,
                   SI_DELETE_BLOCKED_POLICY);
}

static void
test_purpose_and_approval (void)
{
  g_assert_cmpint (si_purpose_from_word ("add"), ==, SI_PURPOSE_ADD);
  g_assert_cmpint (si_purpose_from_word ("change"), ==, SI_PURPOSE_CHANGE);
  g_assert_cmpstr (si_purpose_to_word (SI_PURPOSE_ADD), ==, "add");
  g_assert_cmpstr (si_purpose_to_word (SI_PURPOSE_CHANGE), ==, "change");
  g_assert_cmpint (si_approval_from_word ("keypress"), ==, SI_APPROVAL_KEYPRESS);
  g_assert_cmpint (si_approval_from_word ("code"), ==, SI_APPROVAL_CODE);
  g_assert_cmpint (si_approval_from_word (NULL), ==, SI_APPROVAL_KEYPRESS);
}

static void
test_states (void)
{
  const struct {
    const char         *word;
    SiVerificationState state;
  } rows[] = {
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
    { "dreaming", SI_VERIFICATION_STATE_IN_PROGRESS },
    { "Verified", SI_VERIFICATION_STATE_IN_PROGRESS },
    { "", SI_VERIFICATION_STATE_IN_PROGRESS },
    { NULL, SI_VERIFICATION_STATE_IN_PROGRESS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (si_verification_state_from_word (rows[i].word), ==, rows[i].state);
}

static void
test_reasons (void)
{
  const struct {
    const char          *word;
    SiVerificationReason reason;
  } rows[] = {
    { NULL, SI_VERIFICATION_REASON_NONE },
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
    { "full_moon", SI_VERIFICATION_REASON_OTHER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (si_verification_reason_from_word (rows[i].word), ==, rows[i].reason);
}

static void
test_actions (void)
{
  const char *words[]
      = { "submitCode", "resend", "switchChannel", "cancel", "teleport", NULL };

  g_assert_cmpint (si_verification_actions_from_words ((GStrv) words), ==,
                   SI_VERIFICATION_ACTION_SUBMIT_CODE | SI_VERIFICATION_ACTION_RESEND
                       | SI_VERIFICATION_ACTION_SWITCH_CHANNEL
                       | SI_VERIFICATION_ACTION_CANCEL);
  g_assert_cmpint (si_verification_actions_from_words (NULL), ==,
                   SI_VERIFICATION_ACTION_NONE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/enums/method-types", test_method_types);
  g_test_add_func ("/enums/phone-uses", test_phone_uses);
  g_test_add_func ("/enums/channels", test_channels);
  g_test_add_func ("/enums/usable-for", test_usable_for);
  g_test_add_func ("/enums/reasons-not-offered", test_reasons_not_offered);
  g_test_add_func ("/enums/delete-blocked", test_delete_blocked);
  g_test_add_func ("/enums/purpose-and-approval", test_purpose_and_approval);
  g_test_add_func ("/enums/states", test_states);
  g_test_add_func ("/enums/reasons", test_reasons);
  g_test_add_func ("/enums/actions", test_actions);

  return g_test_run ();
}
