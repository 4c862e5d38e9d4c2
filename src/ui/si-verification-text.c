/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-verification-text.h"

#include <glib/gi18n.h>

#include "si-text.h"

/* The words for each state of a call or a text, and for each way in which it can end. */

static char *
dup_ended_heading (SiVerification *verification)
{
  switch (si_verification_get_state (verification)) {
  case SI_VERIFICATION_STATE_VERIFIED:
    return g_strdup (_ ("Verified"));
  case SI_VERIFICATION_STATE_EXPIRED:
    return g_strdup (_ ("Time Is Up"));
  case SI_VERIFICATION_STATE_CANCELED:
    return g_strdup (_ ("Canceled"));
  case SI_VERIFICATION_STATE_BLOCKED:
    return g_strdup (_ ("This Number Is Blocked"));
  case SI_VERIFICATION_STATE_FAILED:
  case SI_VERIFICATION_STATE_ATTEMPT_FAILED:
  case SI_VERIFICATION_STATE_IN_PROGRESS:
  case SI_VERIFICATION_STATE_QUEUED:
  case SI_VERIFICATION_STATE_CALLING:
  case SI_VERIFICATION_STATE_RINGING:
  case SI_VERIFICATION_STATE_ANSWERED:
  case SI_VERIFICATION_STATE_TEXTED:
  default:
    return g_strdup (_ ("Not Verified"));
  }
}

static const char *
get_failed_heading (SiVerificationReason reason)
{
  switch (reason) {
  case SI_VERIFICATION_REASON_NO_ANSWER:
    return _ ("Nobody Answered");
  case SI_VERIFICATION_REASON_BUSY:
    return _ ("The Line Is Busy");
  case SI_VERIFICATION_REASON_VOICEMAIL:
    return _ ("Voicemail Answered");
  case SI_VERIFICATION_REASON_REJECTED:
    return _ ("The Call Was Declined");
  case SI_VERIFICATION_REASON_WRONG_KEY:
    return _ ("Another Key Was Pressed");
  case SI_VERIFICATION_REASON_UNREACHABLE:
    return _ ("The Phone Can’t Be Reached");
  case SI_VERIFICATION_REASON_CARRIER_ERROR:
    return _ ("The Phone Network Failed");
  case SI_VERIFICATION_REASON_UNDELIVERABLE:
    return _ ("The Text Could Not Be Delivered");
  case SI_VERIFICATION_REASON_TOO_MANY_ATTEMPTS:
  case SI_VERIFICATION_REASON_NO_SENDS_LEFT:
    return _ ("Too Many Attempts");
  case SI_VERIFICATION_REASON_NONE:
  case SI_VERIFICATION_REASON_OTHER:
  default:
    return _ ("That Did Not Work");
  }
}

static const char *
get_failed_body (SiVerificationReason reason)
{
  switch (reason) {
  case SI_VERIFICATION_REASON_NO_ANSWER:
    return _ ("The phone rang, but nobody answered. Have it at hand, then call again.");
  case SI_VERIFICATION_REASON_BUSY:
    return _ ("Somebody is talking on that phone. Hang up, then call again.");
  case SI_VERIFICATION_REASON_VOICEMAIL:
    return _ ("A voicemail can’t approve. Have the phone at hand and call again.");
  case SI_VERIFICATION_REASON_REJECTED:
    return _ (
        "The call was declined, or ended before # was pressed. Call again, answer, and "
        "press #.");
  case SI_VERIFICATION_REASON_WRONG_KEY:
    return _ ("Only # approves. Call again, answer, and press #.");
  case SI_VERIFICATION_REASON_UNREACHABLE:
    return _ (
        "It may be switched off or out of coverage. Check the number and the phone, then "
        "try again.");
  case SI_VERIFICATION_REASON_CARRIER_ERROR:
    return _ ("The call or text did not get through the phone network. Try again, or "
              "choose the "
              "other way.");
  case SI_VERIFICATION_REASON_UNDELIVERABLE:
    return _ (
        "This number can’t receive texts at present. Check the number, or choose a call "
        "instead.");
  case SI_VERIFICATION_REASON_TOO_MANY_ATTEMPTS:
    return _ ("The code was wrong too often. Begin again to get a new one.");
  case SI_VERIFICATION_REASON_NO_SENDS_LEFT:
    return _ ("This number was tried too often. Begin again, or use another number.");
  case SI_VERIFICATION_REASON_NONE:
  case SI_VERIFICATION_REASON_OTHER:
  default:
    return _ ("The phone was not verified. Try again, or use another number.");
  }
}

static char *
dup_open_heading (SiVerification *verification)
{
  g_autofree char *number
      = si_text_format_number (si_verification_get_target (verification));

  if (si_verification_get_channel (verification) != SI_CHANNEL_TEXT)
    /* Translators: a phone number */
    return g_strdup_printf (_ ("Calling %s…"), number);

  if (si_verification_get_state (verification) == SI_VERIFICATION_STATE_TEXTED)
    /* Translators: a phone number */
    return g_strdup_printf (_ ("A Code Was Sent to %s"), number);

  /* Translators: a phone number */
  return g_strdup_printf (_ ("Sending a Text to %s…"), number);
}

/* Returns: (transfer full): the state in a few words */
char *
si_verification_text_dup_heading (SiVerification *verification)
{
  SiVerificationState  state = si_verification_get_state (verification);
  SiVerificationReason reason = si_verification_get_reason (verification);

  if (state == SI_VERIFICATION_STATE_ATTEMPT_FAILED
      || state == SI_VERIFICATION_STATE_FAILED)
    return g_strdup (get_failed_heading (reason));

  if (si_verification_has_ended (verification))
    return dup_ended_heading (verification);

  return dup_open_heading (verification);
}

static const char *
get_open_body (SiVerification *verification)
{
  if (si_verification_get_channel (verification) == SI_CHANNEL_TEXT)
    return _ (
        "Type the code from the text message. It is sent by itself when it is complete.");

  if (si_verification_get_approval (verification) == SI_APPROVAL_CODE)
    return _ ("Answer the call, listen to the code, and type it here.");

  return _ ("Answer and press # to approve");
}

/* Returns: (transfer full): what to do now */
char *
si_verification_text_dup_body (SiVerification *verification)
{
  SiVerificationReason reason = si_verification_get_reason (verification);

  switch (si_verification_get_state (verification)) {
  case SI_VERIFICATION_STATE_ATTEMPT_FAILED:
  case SI_VERIFICATION_STATE_FAILED:
    return g_strdup (get_failed_body (reason));
  case SI_VERIFICATION_STATE_EXPIRED:
    return g_strdup (
        _ ("The phone was not approved in time. Begin again when it is at hand."));
  case SI_VERIFICATION_STATE_CANCELED:
    return g_strdup (
        _ ("This verification was canceled elsewhere. Begin again if you still want "
           "this phone."));
  case SI_VERIFICATION_STATE_BLOCKED:
    return g_strdup (
        _ ("Calls and texts to this number are blocked. Use another number, or ask "
           "your help desk."));
  case SI_VERIFICATION_STATE_VERIFIED:
    return g_strdup ("");
  case SI_VERIFICATION_STATE_IN_PROGRESS:
  case SI_VERIFICATION_STATE_QUEUED:
  case SI_VERIFICATION_STATE_CALLING:
  case SI_VERIFICATION_STATE_RINGING:
  case SI_VERIFICATION_STATE_ANSWERED:
  case SI_VERIFICATION_STATE_TEXTED:
  default:
    return g_strdup (get_open_body (verification));
  }
}

/* Returns: (nullable): how far a call has got, in one word */
const char *
si_verification_text_get_progress (SiVerification *verification)
{
  switch (si_verification_get_state (verification)) {
  case SI_VERIFICATION_STATE_QUEUED:
  case SI_VERIFICATION_STATE_CALLING:
    return C_ ("state of a call", "Calling");
  case SI_VERIFICATION_STATE_RINGING:
    return C_ ("state of a call", "Ringing");
  case SI_VERIFICATION_STATE_ANSWERED:
    return C_ ("state of a call", "Answered");
  case SI_VERIFICATION_STATE_IN_PROGRESS:
  case SI_VERIFICATION_STATE_TEXTED:
  case SI_VERIFICATION_STATE_ATTEMPT_FAILED:
  case SI_VERIFICATION_STATE_VERIFIED:
  case SI_VERIFICATION_STATE_FAILED:
  case SI_VERIFICATION_STATE_EXPIRED:
  case SI_VERIFICATION_STATE_CANCELED:
  case SI_VERIFICATION_STATE_BLOCKED:
  default:
    return NULL;
  }
}
