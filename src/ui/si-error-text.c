/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-error-text.h"

#include <glib/gi18n.h>

#include "si-method-text.h"
#include "si-text.h"

/* The one place that turns errors into sentences: what happened, and what to do about it.
 */

/* For what the help desk alone can mend. */
static char *
join_help_desk (const char *sentence, SiCapabilities *capabilities)
{
  g_autofree char *help_desk = si_method_text_dup_help_desk (capabilities);

  return si_text_join_sentences (sentence, help_desk);
}

static char *
describe_wait (SiProblem *problem)
{
  int seconds = si_problem_get_retry_after (problem);

  if (seconds <= 0)
    return g_strdup (_ ("Too many attempts. Wait a while, then try again."));

  if (seconds < 60)
    /* Translators: how long to wait, less than a minute */
    return g_strdup_printf (ngettext ("Too many attempts. Try again in %d second.",
                                      "Too many attempts. Try again in %d seconds.",
                                      seconds),
                            seconds);

  /* Translators: how long to wait, rounded up */
  return g_strdup_printf (ngettext ("Too many attempts. Try again in %d minute.",
                                    "Too many attempts. Try again in %d minutes.",
                                    (seconds + 59) / 60),
                          (seconds + 59) / 60);
}

static char *
describe_resend_wait (SiProblem *problem)
{
  int seconds = MAX (si_problem_get_retry_after (problem), 1);

  /* Translators: how long to wait before another call or text */
  return g_strdup_printf (ngettext ("It is too soon to try again. Wait %d second.",
                                    "It is too soon to try again. Wait %d seconds.",
                                    seconds),
                          seconds);
}

static char *
describe_wrong_code (SiProblem *problem)
{
  int left = si_problem_get_checks_left (problem);

  if (left < 0)
    return g_strdup (
        _ ("That code is not right. Check the latest message and type the code again."));

  /* Translators: how many more times a code may be typed */
  return g_strdup_printf (ngettext ("That code is not right. You have %d attempt left.",
                                    "That code is not right. You have %d attempts left.",
                                    left),
                          left);
}

static char *
describe_unknown (SiProblem *problem, SiCapabilities *capabilities)
{
  g_autofree char *detail = NULL;
  g_autofree char *sentence = NULL;

  if (si_problem_get_detail (problem) == NULL)
    return join_help_desk (_ ("The service refused the request."), capabilities);

  detail = si_text_shorten (si_problem_get_detail (problem));

  /* Translators: what the service said, in its own words and often in English */
  sentence = g_strdup_printf (_ ("The service refused the request: “%s”"), detail);

  return join_help_desk (sentence, capabilities);
}

static char *
describe_problem (SiProblem *problem, SiCapabilities *capabilities)
{
  switch (si_problem_get_code (problem)) {
  case SI_PROBLEM_NUMBER_UNPARSEABLE:
    return g_strdup (_ ("This is not a phone number that can be reached. Check the "
                        "number and its country or region."));
  case SI_PROBLEM_NUMBER_TYPE_NOT_ALLOWED:
    return g_strdup (
        /* Translators: a kind of number: a landline, say, or a premium-rate number */
        _ ("Your organization does not allow this kind of number. Use another "
           "number."));
  case SI_PROBLEM_COUNTRY_NOT_ALLOWED:
    return g_strdup (
        _ ("Your organization does not allow numbers from this country or region. "
           "Use another number."));
  case SI_PROBLEM_CHANNEL_NOT_AVAILABLE:
    /* Translators: a way: a call or a text message */
    return g_strdup (_ ("This number can’t be reached this way. Choose another way, or "
                        "use another number."));
  case SI_PROBLEM_NUMBER_IN_USE:
    return g_strdup (
        _ ("This number is already one of your methods. Use another number."));
  case SI_PROBLEM_CODE_INCORRECT:
    return describe_wrong_code (problem);
  case SI_PROBLEM_INVALID_TOKEN:
    return g_strdup (_ ("You are no longer signed in. Sign in again to continue."));
  case SI_PROBLEM_STEP_UP_REQUIRED:
    return g_strdup (
        _ ("To protect your account, sign in again before you make this change."));
  case SI_PROBLEM_POLICY_DISALLOWED:
    return join_help_desk (
        /* Translators: what the person wanted to do, such as to add a phone */
        _ ("Your organization does not allow this. Choose another way."), capabilities);
  case SI_PROBLEM_TELEPHONY_BLOCKED:
    return join_help_desk (
        _ ("Calls and text messages to this number are blocked. Use another number."),
        capabilities);
  case SI_PROBLEM_ACCOUNT_MISMATCH:
    return g_strdup (
        _ ("You are signed in with another account. Sign out, then sign in with "
           "the right one."));
  case SI_PROBLEM_INSUFFICIENT_SCOPE:
    return join_help_desk (
        _ ("This app was not given permission to do that when you signed in. Sign out, "
           "sign in again, and allow what the app asks for."),
        capabilities);
  case SI_PROBLEM_NOT_FOUND:
  case SI_PROBLEM_VERIFICATION_ENDED:
    return g_strdup (_ ("This verification has ended. Start over."));
  case SI_PROBLEM_METHOD_LIMIT_REACHED:
    return g_strdup (
        /* Translators: a kind of phone: a mobile, alternate or office phone */
        _ ("You have as many phones of this kind as your organization allows. "
           "Delete one first, or change its number."));
  case SI_PROBLEM_MOBILE_REQUIRED_FIRST:
    /* Translators: “this one” is an alternate phone */
    return g_strdup (_ ("Add a mobile phone first. Then you can add this one."));
  case SI_PROBLEM_VERIFICATION_IN_PROGRESS:
    return g_strdup (_ (
        "Another number is being verified. Finish or cancel that verification first."));
  case SI_PROBLEM_LAST_METHOD:
    return g_strdup (si_method_text_get_delete_blocked (SI_DELETE_BLOCKED_LAST_METHOD));
  case SI_PROBLEM_MINIMUM_METHODS:
    return g_strdup (
        si_method_text_get_delete_blocked (SI_DELETE_BLOCKED_MINIMUM_METHODS));
  case SI_PROBLEM_REQUIRED_BY_ALTERNATE:
    return g_strdup (
        si_method_text_get_delete_blocked (SI_DELETE_BLOCKED_REQUIRED_BY_ALTERNATE));
  case SI_PROBLEM_PRECONDITION_FAILED:
    return g_strdup (_ ("Your sign-in methods were changed elsewhere in the meantime. "
                        "Check them and try again."));
  case SI_PROBLEM_RESEND_TOO_SOON:
    return describe_resend_wait (problem);
  case SI_PROBLEM_RATE_LIMITED:
    return describe_wait (problem);
  case SI_PROBLEM_NO_SENDS_LEFT:
    return g_strdup (_ ("This number was called or texted too many times. Start over, or "
                        "use another number."));
  case SI_PROBLEM_MAINTENANCE:
    return g_strdup (_ ("The service is down for maintenance. Try again later."));
  case SI_PROBLEM_INTERNAL:
    return g_strdup (_ ("The service has a problem. Try again later."));
  case SI_PROBLEM_INVALID_REQUEST:
  case SI_PROBLEM_IDEMPOTENCY_MISMATCH:
  case SI_PROBLEM_PRECONDITION_REQUIRED:
    return join_help_desk (_ ("The service refused the request."), capabilities);
  case SI_PROBLEM_UNKNOWN:
  case SI_PROBLEM_SIGN_IN_DENIED:
  case SI_PROBLEM_SIGN_IN_EXPIRED:
  case SI_PROBLEM_SIGN_IN_FAILED:
  case SI_PROBLEM_CLIENT_REJECTED:
  case SI_PROBLEM_ISSUER_MISMATCH:
  case SI_PROBLEM_REDIRECT_MISMATCH:
  case SI_PROBLEM_ID_TOKEN_INVALID:
  case SI_PROBLEM_CLOCK_WRONG:
  case SI_PROBLEM_PORT_TAKEN:
  case SI_PROBLEM_WRONG_ACCOUNT:
  case SI_PROBLEM_CERTIFICATE_EXPIRED:
  case SI_PROBLEM_CERTIFICATE_NOT_YET_VALID:
  case SI_PROBLEM_CERTIFICATE_WRONG_HOST:
  case SI_PROBLEM_CERTIFICATE_SELF_SIGNED:
  case SI_PROBLEM_CERTIFICATE_UNKNOWN_AUTHORITY:
  case SI_PROBLEM_CERTIFICATE_REFUSED:
  default:
    return describe_unknown (problem, capabilities);
  }
}

/* Returns: (nullable): what happened, where this app found it out by itself */
static const char *
get_own_sentence (SiProblemCode code)
{
  switch ((guint) code) {
  case SI_PROBLEM_SIGN_IN_DENIED:
    return _ ("You were not allowed to sign in. Try again, or ask your organization for "
              "access.");
  case SI_PROBLEM_SIGN_IN_EXPIRED:
    return _ ("Signing in took too long. Try again.");
  case SI_PROBLEM_SIGN_IN_FAILED:
    return _ ("The sign-in service could not sign you in. Try again.");
  case SI_PROBLEM_CLIENT_REJECTED:
    return _ ("The sign-in service does not accept this app as it is set up. Tell your "
              "administrator.");
  case SI_PROBLEM_ISSUER_MISMATCH:
    return _ ("The sign-in service is not the one that this app is set up for, so its "
              "answer was not used. Tell your administrator.");
  case SI_PROBLEM_REDIRECT_MISMATCH:
    /* Translators: the answer may come from somebody who wants to deceive */
    return _ ("The sign-in service’s answer does not belong to this sign-in. Try again.");
  case SI_PROBLEM_ID_TOKEN_INVALID:
    return _ ("The sign-in service’s answer does not prove who you are. Try again.");
  case SI_PROBLEM_CLOCK_WRONG:
    return _ ("The clocks of this computer and of the sign-in service differ too much. "
              "Set the date and time of this computer, then try again.");
  case SI_PROBLEM_PORT_TAKEN:
    return _ ("Another program keeps this app from receiving the browser’s answer. Close "
              "other programs and try again, or use a code instead.");
  case SI_PROBLEM_WRONG_ACCOUNT:
    return _ (
        "You signed in with a different account than before, so nothing was changed. Try "
        "again with the account whose methods are shown, or sign out first.");
  case SI_PROBLEM_CERTIFICATE_EXPIRED:
    return _ ("The service’s certificate has expired, so nothing was sent. Check the "
              "date of this computer.");
  case SI_PROBLEM_CERTIFICATE_NOT_YET_VALID:
    return _ ("The service’s certificate is not valid yet, so nothing was sent. Check "
              "the date of this computer.");
  case SI_PROBLEM_CERTIFICATE_WRONG_HOST:
    return _ ("The service’s certificate is for another address, so nothing was sent.");
  case SI_PROBLEM_CERTIFICATE_SELF_SIGNED:
    return _ ("The service’s certificate is self-signed, so nothing was sent.");
  case SI_PROBLEM_CERTIFICATE_UNKNOWN_AUTHORITY:
    return _ ("The service’s certificate comes from an authority that this computer "
              "does not know, so nothing was sent.");
  case SI_PROBLEM_CERTIFICATE_REFUSED:
    return _ ("The service’s certificate can’t be trusted, so nothing was sent.");
  default:
    return NULL;
  }
}

/* Returns: what a problem page is headed with */
const char *
si_error_text_get_title (const GError *error)
{
  if (error->domain != SI_ERROR)
    /* Translators: the heading of a page that says what happened */
    return _ ("Something Went Wrong");

  switch ((SiError) error->code) {
  case SI_ERROR_OFFLINE:
    /* Translators: the heading of a page that says what happened */
    return _ ("Can’t Reach the Service");
  case SI_ERROR_UNTRUSTED:
    /* Translators: the heading of a page that says what happened */
    return _ ("The Connection Is Not Secure");
  case SI_ERROR_SIGN_IN_REQUIRED:
  case SI_ERROR_STEP_UP_REQUIRED:
    /* Translators: a heading */
    return _ ("Sign In Again");
  case SI_ERROR_NOT_ALLOWED:
    /* Translators: the heading of a page that says what happened */
    return _ ("Not Allowed");
  case SI_ERROR_RATE_LIMITED:
    /* Translators: a heading */
    return _ ("Too Many Attempts");
  case SI_ERROR_UNAVAILABLE:
    /* Translators: the heading of a page that says what happened */
    return _ ("The Service Is Not Available");
  case SI_ERROR_PROTOCOL:
    /* Translators: the heading of a page that says what happened: the service’s answer
     * makes no sense */
    return _ ("Unexpected Answer");
  case SI_ERROR_INVALID_INPUT:
  case SI_ERROR_REJECTED_CODE:
  case SI_ERROR_IN_PROGRESS:
  case SI_ERROR_ENDED:
  case SI_ERROR_CHANGED:
  case SI_ERROR_FAILED:
  default:
    return _ ("Something Went Wrong");
  }
}

/* Returns: (transfer full): what happened and what to do, as plain text */
char *
si_error_text_dup_sentence (const GError *error, SiCapabilities *capabilities)
{
  SiProblem  *problem = si_error_get_problem (error);
  const char *own
      = problem != NULL ? get_own_sentence (si_problem_get_code (problem)) : NULL;

  if (own != NULL)
    return g_error_matches (error, SI_ERROR, SI_ERROR_UNTRUSTED)
               ? join_help_desk (own, capabilities)
               : g_strdup (own);
  if (g_error_matches (error, SI_ERROR, SI_ERROR_OFFLINE))
    return g_strdup (
        _ ("The service did not answer. Check your internet connection and try "
           "again."));
  if (g_error_matches (error, SI_ERROR, SI_ERROR_UNTRUSTED))
    return join_help_desk (
        _ ("The service could not prove its identity, so nothing was sent."),
        capabilities);
  if (g_error_matches (error, SI_ERROR, SI_ERROR_PROTOCOL))
    return join_help_desk (
        _ ("The service gave an answer that this app does not understand. Try again."),
        capabilities);
  if (g_error_matches (error, SI_ERROR, SI_ERROR_CHANGED))
    return g_strdup (_ ("Your sign-in methods were changed elsewhere in the meantime. "
                        "Check them and try again."));

  if (problem != NULL
      && (si_problem_get_status (problem) != 0
          || si_problem_get_code (problem) != SI_PROBLEM_UNKNOWN))
    return describe_problem (problem, capabilities);

  return join_help_desk (_ ("Something went wrong. Try again."), capabilities);
}

/* Returns: (transfer full) (nullable): what to quote to the help desk */
char *
si_error_text_dup_reference (const GError *error)
{
  SiProblem       *problem = si_error_get_problem (error);
  g_autofree char *id = NULL;

  if (problem == NULL || si_problem_get_request_id (problem) == NULL)
    return NULL;

  id = si_text_isolate (si_problem_get_request_id (problem));

  /* Translators: an identifier to quote to the help desk */
  return g_strdup_printf (_ ("Reference: %s"), id);
}
