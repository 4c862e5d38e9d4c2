/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-tokens.h"

static void
test_freshness (void)
{
  static const struct {
    int      lifetime;
    gboolean fresh;
  } cases[] = {
    { -1, TRUE }, { 0, FALSE }, { 30, FALSE }, { 60, TRUE }, { G_MAXINT, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (SiTokens) tokens = si_tokens_new ("access", NULL, NULL, cases[i].lifetime);

    g_assert_cmpint (si_tokens_is_fresh (tokens), ==, cases[i].fresh);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/sign-in/tokens/freshness", test_freshness);

  return g_test_run ();
}
