/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-id-token.h"

#include <string.h>

#include "si-error.h"
#include "si-json.h"
#include "si-secret.h"

/* What an issuer says about who signed in (OpenID Connect Core, section 3.1.3.7). It
 * comes from the token endpoint itself over TLS, which stands in for its signature (item
 * 6). How fresh and how strong the sign-in was is for the backend to judge, which asks
 * for it. */

/* Clocks are off by that much at the most. */
#define MAX_SKEW_SECONDS 600
#define MAX_LENGTH (64 * 1024)
#define MAX_SUBJECT_LENGTH 255

/* GLib skips what is no base64. */
static gboolean
is_base64url (const char *text)
{
  gsize length = strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_");

  return text[length] == '\0' && length % 4 != 1;
}

/* The second of the three parts that the dots part. */
static JsonObject *
parse_claims (const char *text)
{
  static const char *const padding[] = { "", "", "==", "=" };
  g_auto (GStrv)           parts = NULL;
  g_autofree char         *padded = NULL;
  g_autofree guchar       *bytes = NULL;
  gsize                    length;

  if (strlen (text) <= MAX_LENGTH)
    parts = g_strsplit (text, ".", 4);
  if (parts == NULL || g_strv_length (parts) != 3 || !is_base64url (parts[1]))
    return NULL;

  g_strdelimit (parts[1], "-", '+');
  g_strdelimit (parts[1], "_", '/');
  padded = g_strconcat (parts[1], padding[strlen (parts[1]) % 4], NULL);
  bytes = g_base64_decode (padded, &length);

  return si_json_parse_object ((char *) bytes, length, NULL);
}

/* `aud` is one name or a list of them; `azp`, where it is there, the one who asked. */
static gboolean
is_for (JsonObject *claims, const char *client_id)
{
  const char    *audience = si_json_get_string (claims, "aud");
  const char    *party = si_json_get_string (claims, "azp");
  g_auto (GStrv) audiences = si_json_dup_strings (claims, "aud");

  if (party != NULL && !g_str_equal (party, client_id))
    return FALSE;

  return g_strcmp0 (audience, client_id) == 0
         || g_strv_contains ((const char *const *) audiences, client_id);
}

/* Nobody sees it, but it is kept. */
static gboolean
is_subject (const char *subject)
{
  if (subject == NULL || *subject == '\0' || strlen (subject) > MAX_SUBJECT_LENGTH)
    return FALSE;

  for (const char *c = subject; *c != '\0'; c++) {
    if (g_ascii_iscntrl (*c))
      return FALSE;
  }

  return TRUE;
}

/* Without the issuer's clock there is this machine's, which may be the one that is wrong.
 */
static SiProblemCode
check_expiry (JsonObject *claims, gint64 now)
{
  gint64 reference = now >= 0 ? now : g_get_real_time () / G_USEC_PER_SEC;
  gint64 expiry = si_json_get_int (claims, "exp", 0);

  if (expiry >= reference - MAX_SKEW_SECONDS)
    return SI_PROBLEM_UNKNOWN;

  return now >= 0 || expiry <= 0 ? SI_PROBLEM_ID_TOKEN_INVALID : SI_PROBLEM_CLOCK_WRONG;
}

static SiProblemCode
check_claims (JsonObject *claims,
              const char *issuer,
              const char *client_id,
              const char *nonce,
              gint64      now)
{
  if (g_strcmp0 (si_json_get_string (claims, "iss"), issuer) != 0)
    return SI_PROBLEM_ISSUER_MISMATCH;

  if (!is_subject (si_json_get_string (claims, "sub")) || !is_for (claims, client_id)
      || (nonce != NULL
          && !si_secret_equal (nonce, si_json_get_string (claims, "nonce"))))
    return SI_PROBLEM_ID_TOKEN_INVALID;

  return check_expiry (claims, now);
}

/**
 * si_id_token_dup_subject:
 * @text: an ID token, as it came from the token endpoint
 * @issuer: whose it has to be
 * @client_id: for whom it has to be
 * @nonce: (nullable): what the sign-in was begun with, %NULL where it was a refresh
 * @now: the time by the issuer's clock, in seconds since 1970, -1 where it did not say
 * @error: return location for a `SI_ERROR`
 *
 * Returns: (transfer full): who signed in (`sub`), or %NULL with @error set where that
 *   isn't said in a usable way
 */
char *
si_id_token_dup_subject (const char *text,
                         const char *issuer,
                         const char *client_id,
                         const char *nonce,
                         gint64      now,
                         GError    **error)
{
  g_autoptr (JsonObject) claims = parse_claims (text);
  SiProblemCode          code = SI_PROBLEM_ID_TOKEN_INVALID;

  if (claims != NULL)
    code = check_claims (claims, issuer, client_id, nonce, now);
  if (code == SI_PROBLEM_UNKNOWN)
    return g_strdup (si_json_get_string (claims, "sub"));

  g_propagate_error (error, si_error_new_local (code, NULL));

  return NULL;
}
