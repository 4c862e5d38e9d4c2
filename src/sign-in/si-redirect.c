/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-redirect.h"

#include <string.h>

#include "si-error.h"
#include "si-secret.h"
#include "si-token-response.h"

/* What a redirect brings from the browser (RFC 6749, section 4.1.2; RFC 9207). Any web
 * page can send the browser here: nothing is believed before the state is right. */

#define PREFIX "/?"
#define MAX_CODE_LENGTH 4096

typedef struct {
  char *code;
  char *state;
  char *issuer;
  char *error;
} Parameters;

static void
parameters_clear (Parameters *parameters)
{
  g_clear_pointer (&parameters->code, si_secret_free);
  g_clear_pointer (&parameters->state, si_secret_free);
  g_clear_pointer (&parameters->issuer, g_free);
  g_clear_pointer (&parameters->error, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parameters, parameters_clear)

/* Returns: (nullable): where the parameter is kept, %NULL for those that mean nothing */
static char **
find_place (Parameters *parameters, const char *name)
{
  if (strcmp (name, "code") == 0)
    return &parameters->code;
  if (strcmp (name, "state") == 0)
    return &parameters->state;
  if (strcmp (name, "iss") == 0)
    return &parameters->issuer;
  if (strcmp (name, "error") == 0)
    return &parameters->error;

  return NULL;
}

/* A parameter must not come twice (RFC 6749, section 3.1): two programs that each pick
 * another one of them can be played off against each other. For the same reason nothing
 * is made of what can't be read to its end, or has one before: no browser sends a
 * fragment. */
static gboolean
parse (Parameters *parameters, const char *query)
{
  g_autoptr (GError) error = NULL;
  GUriParamsIter     iter;
  char              *name, *value;

  if (strchr (query, '#') != NULL)
    return FALSE;

  g_uri_params_iter_init (&iter, query, -1, "&", G_URI_PARAMS_WWW_FORM);
  while (g_uri_params_iter_next (&iter, &name, &value, &error)) {
    char   **place = find_place (parameters, name);
    gboolean repeated = place != NULL && *place != NULL;

    g_free (name);
    if (place != NULL && !repeated)
      *place = value;
    else
      si_secret_free (value);
    if (repeated)
      return FALSE;
  }

  return error == NULL;
}

static gboolean
is_code (const char *code)
{
  gsize length = strlen (code);

  return length > 0 && length <= MAX_CODE_LENGTH;
}

/* Returns: (nullable): what is wrong with it, a #SiProblemCode, 0 where nothing is */
static SiProblemCode
check (Parameters *parameters,
       const char *state,
       const char *issuer,
       gboolean    names_issuer)
{
  if (!si_secret_equal (state, parameters->state))
    return SI_PROBLEM_REDIRECT_MISMATCH;

  /* RFC 9207, section 2.4: of errors, too. */
  if (parameters->issuer != NULL ? strcmp (parameters->issuer, issuer) != 0
                                 : names_issuer)
    return SI_PROBLEM_ISSUER_MISMATCH;

  if ((parameters->code == NULL) == (parameters->error == NULL)
      || (parameters->code != NULL && !is_code (parameters->code)))
    return SI_PROBLEM_REDIRECT_MISMATCH;

  return SI_PROBLEM_UNKNOWN;
}

/**
 * si_redirect_is_answer:
 * @target: what a browser asked for, as it stands in the request
 *
 * Returns: whether it is an answer at all, a good one or not: browsers ask for more, such
 *   as an icon
 */
gboolean
si_redirect_is_answer (const char *target)
{
  return g_str_has_prefix (target, PREFIX);
}

/**
 * si_redirect_dup_code:
 * @target: a request's target that is an answer
 * @state: what the sign-in was begun with
 * @issuer: whose answer it has to be
 * @names_issuer: whether the issuer always says whose answer it is
 * @error: return location for a `SI_ERROR`
 *
 * Returns: (transfer full): the authorization code, to be freed with si_secret_free(), or
 *   %NULL with @error set
 */
char *
si_redirect_dup_code (const char *target,
                      const char *state,
                      const char *issuer,
                      gboolean    names_issuer,
                      GError    **error)
{
  g_auto (Parameters) parameters = { NULL };
  SiProblemCode       code = SI_PROBLEM_REDIRECT_MISMATCH;

  if (parse (&parameters, target + strlen (PREFIX)))
    code = check (&parameters, state, issuer, names_issuer);

  if (code != SI_PROBLEM_UNKNOWN)
    g_propagate_error (error, si_error_new_local (code, NULL));
  else if (parameters.error != NULL)
    g_propagate_error (error, si_token_response_new_error (parameters.error, NULL));
  else
    return g_steal_pointer (&parameters.code);

  return NULL;
}
