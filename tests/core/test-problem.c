/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-problem.h"

#include "si-json.h"

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonObject        *object = si_json_parse_object (text, strlen (text), &error);

  g_assert_no_error (error);

  return object;
}

static void
test_everything (void)
{
  g_autoptr (JsonObject) object
      = parse ("{\"type\":\"about:blank\",\"title\":\"No\",\"status\":200,"
               "\"detail\":\"Because.\",\"code\":\"code_incorrect\",\"field\":\"code\","
               "\"checksLeft\":3,\"retryAfter\":7,"
               "\"location\":\"/v1/me/verifications/v-1\",\"state\":\"verified\","
               "\"methodId\":\"m-1\",\"manageUrl\":\"https://manage.example/\"}");
  g_autoptr (SiProblem) problem = si_problem_new (422, object, -1, "request-1");

  /* The status is the answer's: the one in the body is advisory. */
  g_assert_cmpuint (si_problem_get_status (problem), ==, 422);
  g_assert_cmpint (si_problem_get_code (problem), ==, SI_PROBLEM_CODE_INCORRECT);
  g_assert_cmpstr (si_problem_get_code_word (problem), ==, "code_incorrect");
  g_assert_cmpstr (si_problem_get_detail (problem), ==, "Because.");
  g_assert_cmpstr (si_problem_get_field (problem), ==, "code");
  g_assert_cmpint (si_problem_get_checks_left (problem), ==, 3);
  g_assert_cmpint (si_problem_get_retry_after (problem), ==, 7);
  g_assert_cmpstr (si_problem_get_location (problem), ==, "/v1/me/verifications/v-1");
  g_assert_cmpint (si_problem_get_state (problem), ==, SI_VERIFICATION_STATE_VERIFIED);
  g_assert_cmpstr (si_problem_get_method_id (problem), ==, "m-1");
  g_assert_cmpstr (si_problem_get_manage_url (problem), ==, "https://manage.example/");
  g_assert_cmpstr (si_problem_get_request_id (problem), ==, "request-1");
}

static void
assert_says_nothing (SiProblem *problem)
{
  g_assert_null (si_problem_get_code_word (problem));
  g_assert_null (si_problem_get_detail (problem));
  g_assert_null (si_problem_get_field (problem));
  g_assert_cmpint (si_problem_get_checks_left (problem), ==, -1);
  g_assert_cmpint (si_problem_get_retry_after (problem), ==, -1);
  g_assert_null (si_problem_get_location (problem));
  g_assert_cmpint (si_problem_get_state (problem), ==, SI_VERIFICATION_STATE_IN_PROGRESS);
  g_assert_null (si_problem_get_method_id (problem));
  g_assert_null (si_problem_get_manage_url (problem));
}

static void
test_nothing (void)
{
  g_autoptr (SiProblem) problem = si_problem_new (0, NULL, -1, NULL);

  assert_says_nothing (problem);
  g_assert_cmpint (si_problem_get_code (problem), ==, SI_PROBLEM_UNKNOWN);
  g_assert_null (si_problem_get_request_id (problem));
}

static void
test_wrong_types (void)
{
  g_autoptr (JsonObject) object
      = parse ("{\"detail\":1,\"code\":[],\"field\":{},\"checksLeft\":\"3\","
               "\"retryAfter\":{},\"location\":null,\"state\":7,\"methodId\":true,"
               "\"manageUrl\":[\"https://manage.example/\"]}");
  g_autoptr (SiProblem) problem = si_problem_new (409, object, -1, NULL);

  assert_says_nothing (problem);
}

static void
test_hostile_values (void)
{
  g_autofree char *long_word = g_strnfill (5000, 'x');
  g_autofree char *text = g_strdup_printf (
      "{\"detail\":\"%s\",\"checksLeft\":99999999999,\"retryAfter\":99999999999,"
      "\"manageUrl\":\"javascript:alert(1)\",\"code\":\"no_such_code\"}",
      long_word);
  g_autoptr (JsonObject) object = parse (text);
  g_autoptr (SiProblem)  problem = si_problem_new (409, object, -1, NULL);

  g_assert_cmpint (strlen (si_problem_get_detail (problem)), ==, 300);
  g_assert_cmpint (si_problem_get_checks_left (problem), ==, G_MAXINT);
  g_assert_cmpint (si_problem_get_retry_after (problem), ==, 900);
  g_assert_null (si_problem_get_manage_url (problem));
  g_assert_cmpint (si_problem_get_code (problem), ==, SI_PROBLEM_UNKNOWN);
  g_assert_cmpstr (si_problem_get_code_word (problem), ==, "no_such_code");
}

static void
test_header_counts_before_body (void)
{
  g_autoptr (JsonObject) object = parse ("{\"retryAfter\":7}");
  g_autoptr (SiProblem)  problem = si_problem_new (429, object, 9, NULL);

  g_assert_cmpint (si_problem_get_retry_after (problem), ==, 9);
}

static void
test_status_alone (void)
{
  const struct {
    guint         status;
    SiProblemCode code;
  } rows[] = {
    { 400, SI_PROBLEM_UNKNOWN },     { 401, SI_PROBLEM_INVALID_TOKEN },
    { 403, SI_PROBLEM_UNKNOWN },     { 404, SI_PROBLEM_NOT_FOUND },
    { 408, SI_PROBLEM_INTERNAL },    { 409, SI_PROBLEM_UNKNOWN },
    { 410, SI_PROBLEM_NOT_FOUND },   { 412, SI_PROBLEM_PRECONDITION_FAILED },
    { 422, SI_PROBLEM_UNKNOWN },     { 429, SI_PROBLEM_RATE_LIMITED },
    { 500, SI_PROBLEM_INTERNAL },    { 502, SI_PROBLEM_INTERNAL },
    { 503, SI_PROBLEM_MAINTENANCE }, { 504, SI_PROBLEM_INTERNAL },
    { 511, SI_PROBLEM_INTERNAL },    { 999, SI_PROBLEM_INTERNAL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (SiProblem) problem = si_problem_new (rows[i].status, NULL, -1, NULL);

    g_assert_cmpint (si_problem_get_code (problem), ==, rows[i].code);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/problem/everything", test_everything);
  g_test_add_func ("/problem/nothing", test_nothing);
  g_test_add_func ("/problem/wrong-types", test_wrong_types);
  g_test_add_func ("/problem/hostile-values", test_hostile_values);
  g_test_add_func ("/problem/header-counts-before-body", test_header_counts_before_body);
  g_test_add_func ("/problem/status-alone", test_status_alone);

  return g_test_run ();
}
