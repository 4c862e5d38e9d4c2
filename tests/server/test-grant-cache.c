/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>

#include "si-grant-cache.h"
#include "si-timestamp.h"

/* However many tokens come, no more than so many are kept. */

static SiGrant *
add (SiGrantCache *cache, guint number)
{
  g_autofree char    *token = g_strdup_printf ("token-%u", number);
  g_autoptr (SiGrant) grant = si_grant_new (token, "u-1", "A", "a", NULL, 0);

  si_grant_cache_add (cache, grant);
  return si_grant_cache_find (cache, grant->digest);
}

static guint
count (SiGrantCache *cache, guint n_added)
{
  guint found = 0;

  for (guint i = 0; i < n_added; i++) {
    g_autofree char *token = g_strdup_printf ("token-%u", i);
    g_autofree char *digest = si_grant_dup_digest (token);

    found += si_grant_cache_find (cache, digest) != NULL;
  }

  return found;
}

static void
test_bounded (void)
{
  g_autoptr (SiGrantCache) cache = si_grant_cache_new (30);

  for (guint i = 0; i < 3 * SI_GRANT_CACHE_SIZE; i++)
    g_assert_nonnull (add (cache, i));

  g_assert_cmpuint (count (cache, 3 * SI_GRANT_CACHE_SIZE), ==, SI_GRANT_CACHE_SIZE);
}

static void
test_replaced (void)
{
  g_autoptr (SiGrantCache) cache = si_grant_cache_new (30);
  SiGrant                 *first = add (cache, 0);
  SiGrant                 *second = add (cache, 0);

  g_assert_nonnull (second);
  g_assert_true (first != second);
  g_assert_cmpstr (second->account_id, ==, "u-1");
}

static void
test_nothing_kept (void)
{
  g_autoptr (SiGrantCache) cache = si_grant_cache_new (0);
  g_autoptr (SiGrantCache) other = si_grant_cache_new (30);
  g_autoptr (SiGrant)      expired = si_grant_new ("token", "u-1", "A", "a", NULL, 0);

  g_assert_null (add (cache, 0));
  expired->expires_at = si_timestamp_now ();
  si_grant_cache_add (other, expired);
  g_assert_null (si_grant_cache_find (other, expired->digest));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/grant-cache/bounded", test_bounded);
  g_test_add_func ("/grant-cache/replaced", test_replaced);
  g_test_add_func ("/grant-cache/nothing-kept", test_nothing_kept);

  return g_test_run ();
}
