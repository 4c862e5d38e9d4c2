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
    /* Translators: a heading: the phone has been verified */
    return g_strdup (_ ("Verified"));
  case SI_VERIFICATION_STATE_EXPIRED:
    /* Translators: a heading: the verification took too long */
    return g_strdup (_ ("Time Is Up"));
  case SI_VERIFICATION_STATE_CANCELED:
    /* Translators: a heading: the verification was canceled */
    return g_strdup (_ ("Canceled"));
  case SI_VERIFICATION_STATE_BLOCKED:
    /* Translators: a heading: the number may not be called or texted */
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
    /* Translators: a heading: the phone has not been verified */
    return g_strdup (_ ("Not Verified"));
  }
}

static const char *
get_failed_heading (SiVerificationReason reason)
{
  switch (reason) {
  case SI_VERIFICATION_REASON_NO_ANSWER:
    /* Translators: a heading: how a call ended */
    return _ ("Nobody Answered");
  case SI_VERIFICATION_REASON_BUSY:
    /* Translators: a heading: how a call ended */
    return _ ("The Line Is Busy");
  case SI_VERIFICATION_REASON_VOICEMAIL:
    /* Translators: a heading: how a call ended */
    return _ ("Voicemail Answered");
  case SI_VERIFICATION_REASON_REJECTED:
    /* Translators: a heading: how a call ended */
    return _ ("The Call Was Declined");
  case SI_VERIFICATION_REASON_WRONG_KEY:
    /* Translators: a heading: a key of the phone that was called, other than # */
    return _ ("The Wrong Key Was Pressed");
  case SI_VERIFICATION_REASON_UNREACHABLE:
    /* Translators: a heading: how a call or text message ended */
    return _ ("The Phone Can’t Be Reached");
  case SI_VERIFICATION_REASON_CARRIER_ERROR:
    /* Translators: a heading: how a call or text message ended */
    return _ ("The Phone Network Failed");
  case SI_VERIFICATION_REASON_UNDELIVERABLE:
    return _ ("The Text Message Could Not Be Delivered");
  case SI_VERIFICATION_REASON_TOO_MANY_ATTEMPTS:
  case SI_VERIFICATION_REASON_NO_SENDS_LEFT:
    return _ ("Too Many Attempts");
  case SI_VERIFICATION_REASON_NONE:
  case SI_VERIFICATION_REASON_OTHER:
  default:
    /* Translators: a heading: how a call or text message ended, for a reason that this
     * app does not know */
    return _ ("That Did Not Work");
  }
}

static const char *
get_failed_body (SiVerificationReason reason)
{
  switch (reason) {
  case SI_VERIFICATION_REASON_NO_ANSWER:
    /* Translators: “call again” is what the button Call Again does: the phone is called
     * once more */
    return _ ("The phone rang, but nobody answered. Have it at hand, then call again.");
  case SI_VERIFICATION_REASON_BUSY:
    return _ ("Somebody is talking on that phone. Hang up, then call again.");
  case SI_VERIFICATION_REASON_VOICEMAIL:
    return _ (
        "Voicemail can’t approve the call. Have the phone at hand, then call again.");
  case SI_VERIFICATION_REASON_REJECTED:
    return _ (
        "The call was declined, or ended before # was pressed. Call again, answer, and "
        "press #.");
  case SI_VERIFICATION_REASON_WRONG_KEY:
    return _ ("Only the # key approves. Call again, answer, and press #.");
  case SI_VERIFICATION_REASON_UNREACHABLE:
    return _ ("The phone may be switched off or out of coverage. Check the number and "
              "the phone, then try again.");
  case SI_VERIFICATION_REASON_CARRIER_ERROR:
    /* Translators: a way: a call or a text message */
    return _ ("The call or text message did not get through the phone network. Try "
              "again, or choose another way.");
  case SI_VERIFICATION_REASON_UNDELIVERABLE:
    return _ ("This number can’t receive text messages right now. Check the number, or "
              "choose a call instead.");
  case SI_VERIFICATION_REASON_TOO_MANY_ATTEMPTS:
    return _ ("A wrong code was typed too many times. Start over to get a new one.");
  case SI_VERIFICATION_REASON_NO_SENDS_LEFT:
    return _ ("This number was called or texted too many times. Start over, or use "
              "another number.");
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
  return g_strdup_printf (_ ("Sending a Text Message to %s…"), number);
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
    return _ ("Type the code from the text message. It is submitted automatically when "
              "it is complete.");

  if (si_verification_get_approval (verification) == SI_APPROVAL_CODE)
    return _ ("Answer the call, listen to the code, and type it here.");

  /* Translators: what to do on the phone that is called; # is a key of it */
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
        _ ("The phone was not verified in time. Start over when you have it at hand."));
  case SI_VERIFICATION_STATE_CANCELED:
    return g_strdup (_ ("This verification was canceled elsewhere. Start over if you "
                        "still want to use this phone."));
  case SI_VERIFICATION_STATE_BLOCKED:
    return g_strdup (_ ("Calls and text messages to this number are blocked. Use another "
                        "number, or ask your help desk."));
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
    /* Translators: the number has been dialed, but the phone does not ring yet */
    return C_ ("state of a call", "Calling");
  case SI_VERIFICATION_STATE_RINGING:
    /* Translators: the phone that was called rings */
    return C_ ("state of a call", "Ringing");
  case SI_VERIFICATION_STATE_ANSWERED:
    /* Translators: the phone that was called has been answered */
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

/* Returns: what the button says that tries the same way again */
const char *
si_verification_text_get_again (SiVerification *verification)
{
  if (si_verification_get_channel (verification) == SI_CHANNEL_TEXT)
    /* Translators: a button: sends another text message */
    return _ ("Send Again");

  /* Translators: a button: calls the phone once more */
  return _ ("Call Again");
}

/* Returns: what the button says that takes the other way */
const char *
si_verification_text_get_switch (SiVerification *verification)
{
  if (si_verification_get_channel (verification) == SI_CHANNEL_TEXT)
    /* Translators: a button: a call, not a text message */
    return _ ("Call me instead");

  /* Translators: a button: a text message, not a call */
  return _ ("Text me instead");
}
