/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-challenge.h"

static const struct {
  const char *header;
  gboolean    is_challenge;
  int         max_age;
  const char *acr_values;
  const char *claims;
} rows[] = {
  { NULL, FALSE },
  { "", FALSE },
  { "Bearer", FALSE },
  { "Bearer error=\"invalid_token\"", FALSE },
  { "Basic error=\"insufficient_user_authentication\"", FALSE },
  /* RFC 9470, section 3 */
  { "Bearer error=\"insufficient_user_authentication\","
    " error_description=\"A different authentication level is required\","
    " acr_values=\"myACR\"",
    TRUE, -1, "myACR", NULL },
  { "bearer error=insufficient_user_authentication, max_age=\"5\"", TRUE, 5, NULL, NULL },
  { "Bearer error=\"insufficient_user_authentication\", max_age=0, acr_values=\"a b\"",
    TRUE, 0, "a b", NULL },
  { "Bearer error=\"insufficient_user_authentication\", max_age=-7", TRUE, -1, NULL,
    NULL },
  { "Bearer error=\"insufficient_user_authentication\", max_age=99999999999999", TRUE, -1,
    NULL, NULL },
  { "Bearer realm=\"\", error=\"insufficient_claims\","
    " claims=\"eyJhY2Nlc3NfdG9rZW4iOnt9fQ==\"",
    TRUE, -1, NULL, "{\"access_token\":{}}" },
  { "Bearer error=\"insufficient_claims\", claims=\"\xff\xfe\"", TRUE, -1, NULL, NULL },
};

static void
test_header (gconstpointer data)
{
  gsize                   i = GPOINTER_TO_SIZE (data);
  g_autoptr (SiChallenge) challenge = si_challenge_new_from_header (rows[i].header);

  if (!rows[i].is_challenge) {
    g_assert_null (challenge);
    return;
  }

  g_assert_nonnull (challenge);
  g_assert_cmpint (si_challenge_get_max_age (challenge), ==, rows[i].max_age);
  g_assert_cmpstr (si_challenge_get_acr_values (challenge), ==, rows[i].acr_values);
  g_assert_cmpstr (si_challenge_get_claims (challenge), ==, rows[i].claims);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/challenge/header/%zu", i);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_header);
  }

  return g_test_run ();
}
