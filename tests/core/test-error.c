/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-error.h"

#include <libsoup/soup.h>

#include "si-json.h"

/* Every code of the contract with the status that it comes with. */
static const struct {
  guint         status;
  const char   *word;
  SiProblemCode code;
  SiError       error;
} problems[] = {
  { 400, "invalid_request", SI_PROBLEM_INVALID_REQUEST, SI_ERROR_FAILED },
  { 422, "number_unparseable", SI_PROBLEM_NUMBER_UNPARSEABLE, SI_ERROR_INVALID_INPUT },
  { 422, "number_type_not_allowed", SI_PROBLEM_NUMBER_TYPE_NOT_ALLOWED,
    SI_ERROR_INVALID_INPUT },
  { 422, "country_not_allowed", SI_PROBLEM_COUNTRY_NOT_ALLOWED, SI_ERROR_INVALID_INPUT },
  { 422, "channel_not_available", SI_PROBLEM_CHANNEL_NOT_AVAILABLE,
    SI_ERROR_INVALID_INPUT },
  { 422, "code_incorrect", SI_PROBLEM_CODE_INCORRECT, SI_ERROR_REJECTED_CODE },
  { 422, "idempotency_mismatch", SI_PROBLEM_IDEMPOTENCY_MISMATCH, SI_ERROR_FAILED },
  { 401, "invalid_token", SI_PROBLEM_INVALID_TOKEN, SI_ERROR_SIGN_IN_REQUIRED },
  { 401, "step_up_required", SI_PROBLEM_STEP_UP_REQUIRED, SI_ERROR_STEP_UP_REQUIRED },
  { 401, "no_such_code", SI_PROBLEM_INVALID_TOKEN, SI_ERROR_SIGN_IN_REQUIRED },
  { 403, "policy_disallowed", SI_PROBLEM_POLICY_DISALLOWED, SI_ERROR_NOT_ALLOWED },
  { 403, "telephony_blocked", SI_PROBLEM_TELEPHONY_BLOCKED, SI_ERROR_NOT_ALLOWED },
  { 403, "account_mismatch", SI_PROBLEM_ACCOUNT_MISMATCH, SI_ERROR_NOT_ALLOWED },
  { 403, "insufficient_scope", SI_PROBLEM_INSUFFICIENT_SCOPE, SI_ERROR_NOT_ALLOWED },
  { 404, "not_found", SI_PROBLEM_NOT_FOUND, SI_ERROR_ENDED },
  { 410, "verification_ended", SI_PROBLEM_VERIFICATION_ENDED, SI_ERROR_ENDED },
  { 409, "number_in_use", SI_PROBLEM_NUMBER_IN_USE, SI_ERROR_INVALID_INPUT },
  { 409, "method_limit_reached", SI_PROBLEM_METHOD_LIMIT_REACHED, SI_ERROR_NOT_ALLOWED },
  { 409, "mobile_required_first", SI_PROBLEM_MOBILE_REQUIRED_FIRST,
    SI_ERROR_NOT_ALLOWED },
  { 409, "verification_in_progress", SI_PROBLEM_VERIFICATION_IN_PROGRESS,
    SI_ERROR_IN_PROGRESS },
  { 409, "verification_ended", SI_PROBLEM_VERIFICATION_ENDED, SI_ERROR_ENDED },
  { 409, "last_method", SI_PROBLEM_LAST_METHOD, SI_ERROR_NOT_ALLOWED },
  { 409, "minimum_methods", SI_PROBLEM_MINIMUM_METHODS, SI_ERROR_NOT_ALLOWED },
  { 409, "required_by_alternate", SI_PROBLEM_REQUIRED_BY_ALTERNATE,
    SI_ERROR_NOT_ALLOWED },
  { 412, "precondition_failed", SI_PROBLEM_PRECONDITION_FAILED, SI_ERROR_CHANGED },
  { 428, "precondition_required", SI_PROBLEM_PRECONDITION_REQUIRED, SI_ERROR_FAILED },
  { 429, "resend_too_soon", SI_PROBLEM_RESEND_TOO_SOON, SI_ERROR_RATE_LIMITED },
  { 429, "rate_limited", SI_PROBLEM_RATE_LIMITED, SI_ERROR_RATE_LIMITED },
  { 429, "no_sends_left", SI_PROBLEM_NO_SENDS_LEFT, SI_ERROR_ENDED },
  { 500, "internal", SI_PROBLEM_INTERNAL, SI_ERROR_UNAVAILABLE },
  { 503, "maintenance", SI_PROBLEM_MAINTENANCE, SI_ERROR_UNAVAILABLE },
  { 503, "no_such_code", SI_PROBLEM_MAINTENANCE, SI_ERROR_UNAVAILABLE },
  { 409, "no_such_code", SI_PROBLEM_UNKNOWN, SI_ERROR_FAILED },
  { 403, "no_such_code", SI_PROBLEM_UNKNOWN, SI_ERROR_FAILED },
};

static void
test_problems (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (problems); i++) {
    g_autoptr (JsonObject) object = json_object_new ();
    g_autoptr (SiProblem)  problem = NULL;
    g_autoptr (GError)     error = NULL;

    json_object_set_string_member (object, "code", problems[i].word);
    json_object_set_string_member (object, "detail", "secret");
    problem = si_problem_new (problems[i].status, object, -1, "request-1");
    error = si_error_new_from_problem (problem);

    g_assert_cmpint (si_problem_get_code (problem), ==, problems[i].code);
    g_assert_error (error, SI_ERROR, (int) problems[i].error);
    g_assert_true (si_error_get_problem (error) == problem);
    g_assert_null (strstr (error->message, "secret"));
  }
}

static void
test_transport (void)
{
  const struct {
    GQuark  domain;
    int     code;
    SiError error;
  } rows[] = {
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, SI_ERROR_OFFLINE },
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, SI_ERROR_OFFLINE },
    { G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, SI_ERROR_OFFLINE },
    { G_IO_ERROR, G_IO_ERROR_TIMED_OUT, SI_ERROR_OFFLINE },
    { G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE, SI_ERROR_OFFLINE },
    { G_IO_ERROR, G_IO_ERROR_PROXY_FAILED, SI_ERROR_OFFLINE },
    { G_IO_ERROR, G_IO_ERROR_INVALID_DATA, SI_ERROR_PROTOCOL },
    { G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, SI_ERROR_PROTOCOL },
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, SI_ERROR_OFFLINE },
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE, SI_ERROR_OFFLINE },
    { G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, SI_ERROR_UNTRUSTED },
    { G_TLS_ERROR, G_TLS_ERROR_NOT_TLS, SI_ERROR_UNTRUSTED },
    { G_TLS_ERROR, G_TLS_ERROR_EOF, SI_ERROR_OFFLINE },
    { SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_PARSING, SI_ERROR_PROTOCOL },
    { SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_ENCODING, SI_ERROR_PROTOCOL },
    { SI_JSON_ERROR, SI_JSON_ERROR_TOO_DEEP, SI_ERROR_PROTOCOL },
    { SI_JSON_ERROR, SI_JSON_ERROR_MEMBER, SI_ERROR_PROTOCOL },
    { G_URI_ERROR, G_URI_ERROR_BAD_HOST, SI_ERROR_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) cause
        = g_error_new_literal (rows[i].domain, rows[i].code, "secret");
    g_autoptr (GError) error = si_error_new_from_transport (cause, "request-1");
    SiProblem         *problem = si_error_get_problem (error);

    g_assert_error (error, SI_ERROR, (int) rows[i].error);
    g_assert_nonnull (problem);
    g_assert_cmpuint (si_problem_get_status (problem), ==, 0);
    g_assert_cmpstr (si_problem_get_request_id (problem), ==, "request-1");
    g_assert_null (strstr (error->message, "secret"));
  }
}

static void
test_passed_on (void)
{
  g_autoptr (SiProblem) problem = si_problem_new (412, NULL, -1, "request-1");
  g_autoptr (GError)    ours = si_error_new_from_problem (problem);
  g_autoptr (GError)    copy = si_error_new_from_transport (ours, "request-2");
  g_autoptr (GError)    cancelled
      = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Stop");
  g_autoptr (GError) passed = si_error_new_from_transport (cancelled, "request-3");

  g_assert_error (copy, SI_ERROR, SI_ERROR_CHANGED);
  g_assert_true (si_error_get_problem (copy) == problem);
  g_assert_error (passed, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Also an error of this domain that was made without details, and one of another. */
static void
test_no_problem (void)
{
  g_autoptr (GError) plain = g_error_new_literal (SI_ERROR, SI_ERROR_CHANGED, "Changed");
  g_autoptr (GError) copy = g_error_copy (plain);
  g_autoptr (GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "No");

  g_assert_null (si_error_get_problem (plain));
  g_assert_null (si_error_get_problem (copy));
  g_assert_null (si_error_get_problem (other));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/error/problems", test_problems);
  g_test_add_func ("/error/transport", test_transport);
  g_test_add_func ("/error/passed-on", test_passed_on);
  g_test_add_func ("/error/no-problem", test_no_problem);

  return g_test_run ();
}
