/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-verification-text.h"

#include "si-fake-provider.h"
#include "si-ui-test.h"

static const char *const states[] = {
  "queued", "calling", "ringing",  "answered", "texted",   "attemptFailed",
  "failed", "expired", "canceled", "blocked",  "verified", "somethingNew",
};

static const char *const reasons[] = {
  "null",
  "\"no_answer\"",
  "\"busy\"",
  "\"voicemail\"",
  "\"rejected\"",
  "\"wrong_key\"",
  "\"unreachable\"",
  "\"carrier_error\"",
  "\"undeliverable\"",
  "\"too_many_attempts\"",
  "\"no_sends_left\"",
  "\"something_new\"",
};

static SiVerification *
make (const char *example, const char *state, const char *reason)
{
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", state);
  g_autofree char *text = si_test_vary (example, "state", quoted, "reason", reason, NULL);

  return si_fake_verification (text);
}

static void
check (const char *example, const char *state, const char *reason)
{
  g_autoptr (SiVerification) verification = make (example, state, reason);
  g_autofree char           *heading = si_verification_text_dup_heading (verification);
  g_autofree char           *body = si_verification_text_dup_body (verification);

  g_test_message ("%s %s: %s / %s", state, reason, heading, body);
  g_assert_cmpuint (strlen (heading), >, 3);
  if (strcmp (state, "verified") != 0)
    g_assert_cmpuint (strlen (body), >, 10);
  g_assert_null (strchr (heading, '_'));
  g_assert_null (strchr (body, '_'));
}

static void
test_every_state (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (reasons); j++) {
      check (SI_EXAMPLE_CALL, states[i], reasons[j]);
      check (SI_EXAMPLE_TEXT, states[i], reasons[j]);
    }
  }
}

/* Each way that a call can end has words of its own. */
static void
test_reasons_differ (void)
{
  g_autoptr (GHashTable) bodies
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 1; i + 1 < G_N_ELEMENTS (reasons); i++) {
    g_autoptr (SiVerification) verification
        = make (SI_EXAMPLE_CALL, "attemptFailed", reasons[i]);

    g_assert_true (
        g_hash_table_add (bodies, si_verification_text_dup_body (verification)));
  }
}

static void
test_open (void)
{
  static const struct {
    const char *example;
    const char *state;
    const char *heading;
    const char *progress;
  } cases[] = {
    { SI_EXAMPLE_CALL, "queued", "Calling +46 70 123 45 67…", "Calling" },
    { SI_EXAMPLE_CALL, "calling", "Calling +46 70 123 45 67…", "Calling" },
    { SI_EXAMPLE_CALL, "ringing", "Calling +46 70 123 45 67…", "Ringing" },
    { SI_EXAMPLE_CALL, "answered", "Calling +46 70 123 45 67…", "Answered" },
    { SI_EXAMPLE_CALL, "somethingNew", "Calling +46 70 123 45 67…", NULL },
    { SI_EXAMPLE_TEXT, "queued", "Sending a Text Message to +46 70 123 45 67…", NULL },
    { SI_EXAMPLE_TEXT, "texted", "A Code Was Sent to +46 70 123 45 67", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (SiVerification) verification
        = make (cases[i].example, cases[i].state, "null");
    g_autofree char *heading = si_verification_text_dup_heading (verification);

    si_ui_test_assert_text (heading, cases[i].heading);
    if (cases[i].example[0] != '\0' && strstr (cases[i].heading, "Calling") != NULL)
      g_assert_cmpstr (si_verification_text_get_progress (verification), ==,
                       cases[i].progress);
  }
}

static void
test_what_to_do (void)
{
  g_autofree char *spoken_text
      = si_test_vary (SI_EXAMPLE_CALL, "approval", "\"code\"", NULL);
  g_autoptr (SiVerification) spoken = si_fake_verification (spoken_text);
  g_autoptr (SiVerification) call = make (SI_EXAMPLE_CALL, "ringing", "null");
  g_autoptr (SiVerification) text = make (SI_EXAMPLE_TEXT, "texted", "null");
  g_autofree char           *spoken_body = si_verification_text_dup_body (spoken);
  g_autofree char           *call_body = si_verification_text_dup_body (call);
  g_autofree char           *text_body = si_verification_text_dup_body (text);

  g_assert_cmpstr (call_body, ==, "Answer and press # to approve");
  g_assert_nonnull (strstr (spoken_body, "listen to the code"));
  g_assert_nonnull (strstr (text_body, "Type the code"));
}

int
main (int argc, char **argv)
{
  si_ui_test_init (&argc, &argv);

  g_test_add_func ("/verification-text/every-state", test_every_state);
  g_test_add_func ("/verification-text/reasons-differ", test_reasons_differ);
  g_test_add_func ("/verification-text/open", test_open);
  g_test_add_func ("/verification-text/what-to-do", test_what_to_do);

  return g_test_run ();
}
