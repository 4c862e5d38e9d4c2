/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-grant-cache.h"

#include "si-clock.h"
#include "si-timestamp.h"

/* Grants that an identity provider vouched for a moment ago, by their tokens' digests.
 * There are never many: where one more would be too many, the oldest goes. */
struct _SiGrantCache {
  GHashTable *entries;
  gint64      lifetime; /* microseconds */
};

typedef struct {
  SiGrant *grant;
  gint64   until; /* on si_clock_get_time()'s clock */
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  si_grant_unref (entry->grant);
  g_free (entry);
}

static gboolean
is_over (gpointer key, gpointer value, gpointer user_data)
{
  Entry *entry = value;

  return entry->until <= *(gint64 *) user_data;
}

static void
make_room (SiGrantCache *self, gint64 now)
{
  GHashTableIter iter;
  gpointer       key, value;
  const char    *oldest = NULL;
  gint64         until = G_MAXINT64;

  g_hash_table_foreach_remove (self->entries, is_over, &now);
  if (g_hash_table_size (self->entries) < SI_GRANT_CACHE_SIZE)
    return;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &key, &value)) {
    Entry *entry = value;

    if (entry->until < until) {
      oldest = key;
      until = entry->until;
    }
  }
  g_hash_table_remove (self->entries, oldest);
}

/**
 * si_grant_cache_new:
 * @seconds: how long a grant is kept at most; 0 keeps none
 *
 * Returns: (transfer full): an empty cache
 */
SiGrantCache *
si_grant_cache_new (double seconds)
{
  SiGrantCache *self = g_new0 (SiGrantCache, 1);

  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
  self->lifetime = (gint64) (seconds * G_USEC_PER_SEC);

  return self;
}

void
si_grant_cache_free (SiGrantCache *self)
{
  g_hash_table_unref (self->entries);
  g_free (self);
}

/**
 * si_grant_cache_add:
 * @self: a cache
 * @grant: what the provider has just said
 *
 * Keeps @grant for a while, but never longer than its token is good for.
 */
void
si_grant_cache_add (SiGrantCache *self, SiGrant *grant)
{
  gint64 now = si_clock_get_time ();
  gint64 lifetime = MIN (self->lifetime, grant->expires_at - si_timestamp_now ());
  Entry *entry;

  if (lifetime <= 0)
    return;

  make_room (self, now);
  entry = g_new0 (Entry, 1);
  entry->grant = si_grant_ref (grant);
  entry->until = now + lifetime;
  g_hash_table_replace (self->entries, grant->digest, entry);
}

/**
 * si_grant_cache_find:
 * @self: a cache
 * @digest: what si_grant_dup_digest() made of a token
 *
 * Returns: (transfer none) (nullable): what the token stands for, where that is known
 */
SiGrant *
si_grant_cache_find (SiGrantCache *self, const char *digest)
{
  Entry *entry = g_hash_table_lookup (self->entries, digest);

  return entry != NULL && entry->until > si_clock_get_time () ? entry->grant : NULL;
}
