/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-secret.h"

/* RFC 7636, section 4.1: of 43 characters at least, and of these alone. */
static void
test_random (void)
{
  g_autoptr (SiSecret) one = si_secret_new_random ();
  g_autoptr (SiSecret) two = si_secret_new_random ();

  g_assert_cmpuint (strlen (one), ==, 43);
  g_assert_cmpuint (strspn (one, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_"), ==, 43);
  g_assert_cmpstr (one, !=, two);
}

static void
test_equal (void)
{
  g_assert_true (si_secret_equal ("secret", "secret"));
  g_assert_false (si_secret_equal ("secret", "secreT"));
  g_assert_false (si_secret_equal ("secret", "secre"));
  g_assert_false (si_secret_equal ("", "secret"));
  g_assert_false (si_secret_equal (NULL, "secret"));
  g_assert_false (si_secret_equal (NULL, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/secret/random", test_random);
  g_test_add_func ("/secret/equal", test_equal);

  return g_test_run ();
}
