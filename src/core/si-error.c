/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-error.h"

#include <libsoup/soup.h>

#include "si-json.h"

/* The one error domain of core. Each error carries the problem that it was made of, so
 * that the words for it can be exact; its own message is for logs and quotes nothing from
 * the wire. */

typedef struct {
  SiProblem *problem;
} SiErrorPrivate;

static void
si_error_private_init (SiErrorPrivate *priv)
{
}

static void
si_error_private_copy (const SiErrorPrivate *source, SiErrorPrivate *copy)
{
  g_set_object (&copy->problem, source->problem);
}

static void
si_error_private_clear (SiErrorPrivate *priv)
{
  g_clear_object (&priv->problem);
}

G_DEFINE_EXTENDED_ERROR (SiError, si_error)

static SiError
map_code (SiProblemCode code)
{
  switch (code) {
  case SI_PROBLEM_NUMBER_UNPARSEABLE:
  case SI_PROBLEM_NUMBER_TYPE_NOT_ALLOWED:
  case SI_PROBLEM_COUNTRY_NOT_ALLOWED:
  case SI_PROBLEM_CHANNEL_NOT_AVAILABLE:
  case SI_PROBLEM_NUMBER_IN_USE:
    return SI_ERROR_INVALID_INPUT;
  case SI_PROBLEM_CODE_INCORRECT:
    return SI_ERROR_REJECTED_CODE;
  case SI_PROBLEM_INVALID_TOKEN:
    return SI_ERROR_SIGN_IN_REQUIRED;
  case SI_PROBLEM_STEP_UP_REQUIRED:
    return SI_ERROR_STEP_UP_REQUIRED;
  case SI_PROBLEM_POLICY_DISALLOWED:
  case SI_PROBLEM_TELEPHONY_BLOCKED:
  case SI_PROBLEM_ACCOUNT_MISMATCH:
  case SI_PROBLEM_INSUFFICIENT_SCOPE:
  case SI_PROBLEM_METHOD_LIMIT_REACHED:
  case SI_PROBLEM_MOBILE_REQUIRED_FIRST:
  case SI_PROBLEM_LAST_METHOD:
  case SI_PROBLEM_MINIMUM_METHODS:
  case SI_PROBLEM_REQUIRED_BY_ALTERNATE:
    return SI_ERROR_NOT_ALLOWED;
  case SI_PROBLEM_NOT_FOUND:
  case SI_PROBLEM_VERIFICATION_ENDED:
  case SI_PROBLEM_NO_SENDS_LEFT:
    return SI_ERROR_ENDED;
  case SI_PROBLEM_VERIFICATION_IN_PROGRESS:
    return SI_ERROR_IN_PROGRESS;
  case SI_PROBLEM_PRECONDITION_FAILED:
    return SI_ERROR_CHANGED;
  case SI_PROBLEM_RESEND_TOO_SOON:
  case SI_PROBLEM_RATE_LIMITED:
    return SI_ERROR_RATE_LIMITED;
  case SI_PROBLEM_SIGN_IN_EXPIRED:
    return SI_ERROR_ENDED;
  case SI_PROBLEM_SIGN_IN_DENIED:
  case SI_PROBLEM_WRONG_ACCOUNT:
    return SI_ERROR_NOT_ALLOWED;
  case SI_PROBLEM_ISSUER_MISMATCH:
  case SI_PROBLEM_REDIRECT_MISMATCH:
  case SI_PROBLEM_ID_TOKEN_INVALID:
    return SI_ERROR_PROTOCOL;
  case SI_PROBLEM_CERTIFICATE_EXPIRED:
  case SI_PROBLEM_CERTIFICATE_NOT_YET_VALID:
  case SI_PROBLEM_CERTIFICATE_WRONG_HOST:
  case SI_PROBLEM_CERTIFICATE_SELF_SIGNED:
  case SI_PROBLEM_CERTIFICATE_UNKNOWN_AUTHORITY:
  case SI_PROBLEM_CERTIFICATE_REFUSED:
    return SI_ERROR_UNTRUSTED;
  case SI_PROBLEM_INTERNAL:
  case SI_PROBLEM_MAINTENANCE:
    return SI_ERROR_UNAVAILABLE;
  case SI_PROBLEM_UNKNOWN:
  case SI_PROBLEM_INVALID_REQUEST:
  case SI_PROBLEM_IDEMPOTENCY_MISMATCH:
  case SI_PROBLEM_PRECONDITION_REQUIRED:
  case SI_PROBLEM_SIGN_IN_FAILED:
  case SI_PROBLEM_CLIENT_REJECTED:
  case SI_PROBLEM_CLOCK_WRONG:
  case SI_PROBLEM_PORT_TAKEN:
  default:
    return SI_ERROR_FAILED;
  }
}

static SiError
map_transport (const GError *error)
{
  if (error->domain == G_TLS_ERROR)
    return error->code == G_TLS_ERROR_EOF ? SI_ERROR_OFFLINE : SI_ERROR_UNTRUSTED;
  if (error->domain == SI_JSON_ERROR || error->domain == G_URI_ERROR
      || error->domain == SOUP_SESSION_ERROR)
    return SI_ERROR_PROTOCOL;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    return SI_ERROR_PROTOCOL;

  return SI_ERROR_OFFLINE;
}

static GError *
new_with_problem (SiError code, SiProblem *problem, char *message)
{
  GError *error = g_error_new_literal (SI_ERROR, code, message);

  si_error_get_private (error)->problem = g_object_ref (problem);
  g_free (message);

  return error;
}

/**
 * si_error_new_from_problem:
 * @problem: what the backend said
 *
 * Returns: (transfer full): an error of the domain `SI_ERROR` that carries @problem
 */
GError *
si_error_new_from_problem (SiProblem *problem)
{
  return new_with_problem (map_code (si_problem_get_code (problem)), problem,
                           g_strdup_printf ("The backend answered with status %u",
                                            si_problem_get_status (problem)));
}

/**
 * si_error_new_local:
 * @code: what this app found out by itself
 * @request_id: (nullable): the id of the request that it was found out by
 *
 * Returns: (transfer full): an error of the domain `SI_ERROR` that carries such a problem
 */
GError *
si_error_new_local (SiProblemCode code, const char *request_id)
{
  g_autoptr (SiProblem) problem = si_problem_new_local (code, request_id);

  return new_with_problem (map_code (code), problem,
                           g_strdup_printf ("Problem %d was found", code));
}

/**
 * si_error_new_from_transport:
 * @error: what went wrong on the way there or back
 * @request_id: (nullable): the request's id
 *
 * Returns: (transfer full): an error of the domain `SI_ERROR`; an error that is one
 * already, or that says that the operation was cancelled, is copied
 */
GError *
si_error_new_from_transport (const GError *error, const char *request_id)
{
  g_autoptr (SiProblem) problem = NULL;

  if (error->domain == SI_ERROR
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);

  problem = si_problem_new (0, NULL, -1, request_id);

  return new_with_problem (map_transport (error), problem,
                           g_strdup_printf ("No usable answer (%s, code %d)",
                                            g_quark_to_string (error->domain),
                                            error->code));
}

/**
 * si_error_get_problem:
 * @error: an error
 *
 * Returns: (transfer none) (nullable): the details, %NULL where @error is not of this
 * domain or has none
 */
SiProblem *
si_error_get_problem (const GError *error)
{
  return error->domain == SI_ERROR ? si_error_get_private (error)->problem : NULL;
}

/**
 * si_error_was_answered:
 * @error: an error
 *
 * Returns: whether the backend refused. If not, the answer was lost on the way, or was
 *   that of something which stood between and gave up: what was asked for may have been
 *   done
 */
gboolean
si_error_was_answered (const GError *error)
{
  SiProblem *problem = si_error_get_problem (error);
  guint      status = problem != NULL ? si_problem_get_status (problem) : 0;

  return status >= 400 && status < 500 && status != 408;
}
