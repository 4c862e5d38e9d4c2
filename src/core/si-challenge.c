/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-challenge.h"

#include <libsoup/soup.h>
#include <string.h>

/* What a backend asks of a new sign-in before it goes on (RFC 9470, section 3): how long
 * ago it may be, how strong it has to be, or the claims that it must bring. */

#define SCHEME "Bearer "
#define MAX_TEXT_LENGTH 4096

struct _SiChallenge {
  GObject parent_instance;

  int   max_age;
  char *acr_values;
  char *claims;
};

G_DEFINE_FINAL_TYPE (SiChallenge, si_challenge, G_TYPE_OBJECT)

static char *
dup_text (const char *text)
{
  return text != NULL && *text != '\0' && strlen (text) <= MAX_TEXT_LENGTH
                 && g_utf8_validate (text, -1, NULL)
             ? g_strdup (text)
             : NULL;
}

/* Services that send claims do so in base64. */
static char *
dup_claims (const char *text)
{
  g_autofree guchar *bytes = NULL;
  g_autofree char   *decoded = NULL;
  gsize              length;

  if (text == NULL || *text == '{')
    return dup_text (text);

  bytes = g_base64_decode (text, &length);
  decoded = g_strndup ((char *) bytes, length);

  return *decoded == '{' ? dup_text (decoded) : NULL;
}

static int
parse_max_age (const char *text)
{
  guint64 seconds;

  return text != NULL
                 && g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &seconds, NULL)
             ? (int) seconds
             : -1;
}

static void
si_challenge_finalize (GObject *object)
{
  SiChallenge *self = SI_CHALLENGE (object);

  g_clear_pointer (&self->acr_values, g_free);
  g_clear_pointer (&self->claims, g_free);

  G_OBJECT_CLASS (si_challenge_parent_class)->finalize (object);
}

static void
si_challenge_class_init (SiChallengeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_challenge_finalize;
}

static void
si_challenge_init (SiChallenge *self)
{
}

/**
 * si_challenge_new:
 * @max_age: how many seconds ago the person may have signed in, -1 where it is not said
 * @acr_values: (nullable): the ways of signing in that are strong enough, with spaces
 *   between
 * @claims: (nullable): a claims request, JSON (OpenID Connect Core, section 5.5)
 *
 * Returns: (transfer full): the challenge
 */
SiChallenge *
si_challenge_new (int max_age, const char *acr_values, const char *claims)
{
  SiChallenge *self = g_object_new (SI_TYPE_CHALLENGE, NULL);

  self->max_age = max_age;
  self->acr_values = dup_text (acr_values);
  self->claims = dup_claims (claims);

  return self;
}

/**
 * si_challenge_new_from_header:
 * @header: (nullable): the value of `WWW-Authenticate`
 *
 * Returns: (transfer full) (nullable): what it asks for; %NULL where it asks for no new
 *   sign-in
 */
SiChallenge *
si_challenge_new_from_header (const char *header)
{
  GHashTable  *parameters;
  const char  *error, *max_age;
  SiChallenge *self = NULL;

  if (header == NULL || g_ascii_strncasecmp (header, SCHEME, strlen (SCHEME)) != 0)
    return NULL;

  parameters = soup_header_parse_param_list (header + strlen (SCHEME));
  if (parameters == NULL)
    return NULL;

  error = g_hash_table_lookup (parameters, "error");
  max_age = g_hash_table_lookup (parameters, "max_age");
  if (g_strcmp0 (error, "insufficient_user_authentication") == 0
      || g_strcmp0 (error, "insufficient_claims") == 0)
    self = si_challenge_new (parse_max_age (max_age),
                             g_hash_table_lookup (parameters, "acr_values"),
                             g_hash_table_lookup (parameters, "claims"));
  soup_header_free_param_list (parameters);

  return self;
}

int
si_challenge_get_max_age (SiChallenge *self)
{
  g_return_val_if_fail (SI_IS_CHALLENGE (self), -1);

  return self->max_age;
}

const char *
si_challenge_get_acr_values (SiChallenge *self)
{
  g_return_val_if_fail (SI_IS_CHALLENGE (self), NULL);

  return self->acr_values;
}

const char *
si_challenge_get_claims (SiChallenge *self)
{
  g_return_val_if_fail (SI_IS_CHALLENGE (self), NULL);

  return self->claims;
}
