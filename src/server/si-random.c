/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-random.h"

#include <errno.h>
#include <sys/random.h>

/* What nobody may guess: ids in URLs, and codes. Straight from the kernel, since GLib's
 * generator is predictable. */

#define ID_BYTES 15

static void
fill (guint8 *bytes, gsize length)
{
  gsize filled = 0;

  while (filled < length) {
    gssize n = getrandom (bytes + filled, length - filled, 0);

    if (n > 0)
      filled += n;
    else if (errno != EINTR)
      g_error ("The kernel gives no random numbers: %s", g_strerror (errno));
  }
}

/**
 * si_random_id:
 * @prefix: what kind of thing it names, such as `m`
 *
 * Returns: (transfer full): an id that nobody can guess
 */
char *
si_random_id (const char *prefix)
{
  guint8   bytes[ID_BYTES];
  GString *id = g_string_new (prefix);

  fill (bytes, sizeof bytes);
  g_string_append_c (id, '-');
  for (gsize i = 0; i < sizeof bytes; i++)
    g_string_append_printf (id, "%02x", bytes[i]);

  return g_string_free (id, FALSE);
}

/**
 * si_random_code:
 *
 * Returns: (transfer full): %SI_RANDOM_CODE_LENGTH digits, every code as likely as the
 * next
 */
char *
si_random_code (void)
{
  const guint32 end = 1000000;
  guint32       value;

  /* The topmost numbers would make some codes likelier. */
  do
    fill ((guint8 *) &value, sizeof value);
  while (value >= G_MAXUINT32 - G_MAXUINT32 % end);

  return g_strdup_printf ("%0*u", SI_RANDOM_CODE_LENGTH, value % end);
}
