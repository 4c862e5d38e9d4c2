/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-error-text.h"

#include "si-fake-provider.h"
#include "si-ui-test.h"

#define DETAIL "ORA-00942 <b>table</b>"

static const char *const codes[] = {
  "invalid_request",
  "number_unparseable",
  "number_type_not_allowed",
  "country_not_allowed",
  "channel_not_available",
  "code_incorrect",
  "idempotency_mismatch",
  "invalid_token",
  "step_up_required",
  "policy_disallowed",
  "telephony_blocked",
  "account_mismatch",
  "insufficient_scope",
  "not_found",
  "verification_ended",
  "number_in_use",
  "method_limit_reached",
  "mobile_required_first",
  "verification_in_progress",
  "last_method",
  "minimum_methods",
  "required_by_alternate",
  "precondition_failed",
  "precondition_required",
  "resend_too_soon",
  "rate_limited",
  "no_sends_left",
  "internal",
  "maintenance",
};

static char *
describe (guint status, const char *text)
{
  g_autoptr (GError) error = si_fake_problem (status, text);

  return si_error_text_dup_sentence (error, NULL);
}

static void
assert_is_sentence (const char *text)
{
  g_assert_cmpuint (strlen (text), >, 10);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_true (g_str_has_suffix (text, "."));
  g_assert_null (strstr (text, "(null)"));
  g_assert_null (strstr (text, "SiError"));
}

/* Whatever the backend says of a code that is known, it is said in our own words. */
static void
test_every_code (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autofree char *text
        = g_strdup_printf ("{\"code\": \"%s\", \"detail\": \"" DETAIL "\"}", codes[i]);
    g_autofree char *sentence = describe (422, text);

    g_test_message ("%s: %s", codes[i], sentence);
    assert_is_sentence (sentence);
    g_assert_null (strstr (sentence, "ORA-00942"));
  }
}

static void
test_every_error (void)
{
  for (int code = SI_ERROR_OFFLINE; code <= SI_ERROR_FAILED; code++) {
    g_autoptr (GError) error = g_error_new (SI_ERROR, code, "internal: %s", DETAIL);
    g_autofree char   *sentence = si_error_text_dup_sentence (error, NULL);

    assert_is_sentence (sentence);
    g_assert_null (strstr (sentence, "ORA-00942"));
    g_assert_cmpuint (strlen (si_error_text_get_title (error)), >, 5);
    g_assert_null (si_error_text_dup_reference (error));
  }
}

static void
test_other_domain (void)
{
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, DETAIL);
  g_autofree char   *sentence = si_error_text_dup_sentence (error, NULL);

  assert_is_sentence (sentence);
  g_assert_null (strstr (sentence, "ORA-00942"));
  g_assert_cmpstr (si_error_text_get_title (error), ==, "Something Went Wrong");
}

/* The backend's own words stand for a code that nobody knows, and no longer than fits. */
static void
test_unknown_code (void)
{
  g_autofree char *sentence
      = describe (422, "{\"code\": \"sim_swapped\", \"detail\": \"" DETAIL "\"}");
  g_autofree char *long_detail = g_strnfill (5000, 'x');
  g_autofree char *text
      = g_strdup_printf ("{\"code\": \"new\", \"detail\": \"%s\"}", long_detail);
  g_autofree char *capped = describe (422, text);
  g_autofree char *without = describe (422, "{\"code\": \"sim_swapped\"}");

  g_assert_nonnull (strstr (sentence, DETAIL));
  g_assert_cmpuint (strlen (capped), <, 400);
  assert_is_sentence (without);
  g_assert_null (strstr (without, "sim_swapped"));
}

static void
test_counts (void)
{
  static const struct {
    const char *text;
    const char *part;
  } cases[] = {
    { "{\"code\": \"code_incorrect\", \"checksLeft\": 1}", "1 attempt left." },
    { "{\"code\": \"code_incorrect\", \"checksLeft\": 4}", "4 attempts left." },
    { "{\"code\": \"code_incorrect\"}", "type the code again" },
    { "{\"code\": \"resend_too_soon\", \"retryAfter\": 1}", "Wait 1 second." },
    { "{\"code\": \"resend_too_soon\", \"retryAfter\": 12}", "Wait 12 seconds." },
    { "{\"code\": \"resend_too_soon\"}", "Wait 1 second." },
    { "{\"code\": \"rate_limited\", \"retryAfter\": 59}", "in 59 seconds." },
    { "{\"code\": \"rate_limited\", \"retryAfter\": 60}", "in 1 minute." },
    { "{\"code\": \"rate_limited\", \"retryAfter\": 61}", "in 2 minutes." },
    { "{\"code\": \"rate_limited\"}", "Wait a while" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *sentence = describe (429, cases[i].text);

    g_test_message ("%s", sentence);
    g_assert_nonnull (strstr (sentence, cases[i].part));
  }
}

/* Where the help desk alone can mend it, the sentence says how to reach it. */
static void
test_help_desk (void)
{
  g_autoptr (SiCapabilities) capabilities
      = si_fake_capabilities (SI_EXAMPLE_CAPABILITIES);
  g_autoptr (GError) error = si_fake_problem (403, "{\"code\": \"policy_disallowed\"}");
  g_autofree char   *sentence = si_error_text_dup_sentence (error, capabilities);
  g_autofree char   *unknown = describe (403, "{\"code\": \"policy_disallowed\"}");

  g_assert_nonnull (strstr (sentence, "+46\u00a08\u00a0440\u00a000\u00a000"));
  g_assert_nonnull (strstr (sentence, "help@contoso.example"));
  g_assert_nonnull (strstr (unknown, "help desk"));
}

static void
test_reference (void)
{
  g_autoptr (GError) error = si_fake_problem (500, "{}");
  g_autoptr (GError) offline = si_fake_offline ();
  g_autofree char   *reference = si_error_text_dup_reference (error);
  g_autofree char   *sentence = si_error_text_dup_sentence (offline, NULL);

  g_assert_cmpstr (reference, ==, "Reference: request-1");
  g_assert_nonnull (strstr (sentence, "internet connection"));
}

int
main (int argc, char **argv)
{
  si_ui_test_init (&argc, &argv);

  g_test_add_func ("/error-text/every-code", test_every_code);
  g_test_add_func ("/error-text/every-error", test_every_error);
  g_test_add_func ("/error-text/other-domain", test_other_domain);
  g_test_add_func ("/error-text/unknown-code", test_unknown_code);
  g_test_add_func ("/error-text/counts", test_counts);
  g_test_add_func ("/error-text/help-desk", test_help_desk);
  g_test_add_func ("/error-text/reference", test_reference);

  return g_test_run ();
}
