/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-secret.h"

#include <string.h>
#include <sys/random.h>

/* Text that is to be in memory no longer than it is needed, and that nobody may guess. */

/* As many as a SHA-256 digest has. */
#define RANDOM_BYTES 32

static char *
encode_base64url (const guint8 *bytes, gsize length)
{
  char *text = g_base64_encode (bytes, length);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';

  return text;
}

/**
 * si_secret_new_random:
 *
 * 256 bits from the kernel, as much as RFC 7636, section 7.1, wants for a verifier.
 *
 * Returns: (transfer full): 43 characters of base64url, to be freed with si_secret_free()
 */
char *
si_secret_new_random (void)
{
  guint8 bytes[RANDOM_BYTES];
  char  *secret;

  /* Requests of this size are never cut short, and nothing can go on without one. */
  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    g_error ("The kernel gives no random bytes");

  secret = encode_base64url (bytes, sizeof bytes);
  explicit_bzero (bytes, sizeof bytes);

  return secret;
}

/**
 * si_secret_dup_code_challenge:
 * @verifier: what si_secret_new_random() made
 *
 * Returns: (transfer full): the code challenge for it (RFC 7636, section 4.2, "S256"),
 *   which is no secret
 */
char *
si_secret_dup_code_challenge (const char *verifier)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8                digest[RANDOM_BYTES];
  gsize                 length = sizeof digest;

  g_checksum_update (checksum, (const guchar *) verifier, -1);
  g_checksum_get_digest (checksum, digest, &length);

  return encode_base64url (digest, length);
}

/**
 * si_secret_free:
 * @secret: (nullable): text of which nothing is to stay in memory
 */
void
si_secret_free (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/**
 * si_secret_equal:
 * @a: (nullable): what was expected
 * @b: (nullable): what came
 *
 * Compares in a time that tells nothing but the lengths.
 *
 * Returns: whether both are there and the same
 */
gboolean
si_secret_equal (const char *a, const char *b)
{
  gsize           length;
  volatile guint8 difference = 0;

  if (a == NULL || b == NULL)
    return FALSE;

  length = strlen (a);
  if (strlen (b) != length)
    return FALSE;

  for (gsize i = 0; i < length; i++)
    difference |= (guint8) a[i] ^ (guint8) b[i];

  return difference == 0;
}
