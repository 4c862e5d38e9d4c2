/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-rest-fixture.h"

static SiVerification *
make_verification (const char *etag)
{
  g_autoptr (JsonObject) object = si_test_parse (SI_EXAMPLE_CALL);

  return si_verification_new_from_json (object, etag, 0, NULL);
}

static void
test_load_info (SiRestFixture *fixture, gconstpointer data)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiSecurityInfo) info = si_rest_fixture_load_first (fixture);
  g_autoptr (SiSecurityInfo) same = NULL, changed = NULL;

  si_rest_fixture_expect (fixture, "GET", INFO_PATH, 304, NULL, "\"i-1\"");
  same = si_rest_fixture_load (fixture, &error);
  g_assert_no_error (error);
  g_assert_true (same == info);

  si_rest_fixture_expect (fixture, "GET", INFO_PATH, 200, INFO_A, "\"i-2\"");
  changed = si_rest_fixture_load (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (si_security_info_get_etag (changed), ==, "\"i-2\"");

  g_assert_null (si_rest_fixture_header (fixture, 0, "If-None-Match"));
  g_assert_cmpstr (si_rest_fixture_header (fixture, 1, "If-None-Match"), ==, "\"i-1\"");
  g_assert_cmpstr (si_rest_fixture_header (fixture, 2, "If-None-Match"), ==, "\"i-1\"");
}

static SiCapabilities *
load_capabilities (SiRestFixture *fixture, GError **error)
{
  g_clear_object (&fixture->result);
  si_provider_load_capabilities_async (fixture->provider, NULL, si_test_keep_result,
                                       &fixture->result);

  return si_provider_load_capabilities_finish (
      fixture->provider, si_rest_fixture_wait_for_result (fixture), error);
}

static void
test_load_capabilities (SiRestFixture *fixture, gconstpointer data)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiCapabilities) first = NULL, same = NULL;

  si_rest_fixture_expect (fixture, "GET", "/v1/capabilities", 200,
                          SI_EXAMPLE_CAPABILITIES, "\"c\"");
  first = load_capabilities (fixture, &error);
  g_assert_no_error (error);

  si_rest_fixture_expect (fixture, "GET", "/v1/capabilities", 304, NULL, "\"c\"");
  same = load_capabilities (fixture, &error);
  g_assert_no_error (error);
  g_assert_true (same == first);
  g_assert_cmpstr (si_rest_fixture_header (fixture, 1, "If-None-Match"), ==, "\"c\"");
}

/* Nothing, a 304 for nothing, and objects that are something else. */
static void
test_load_nonsense (SiRestFixture *fixture, gconstpointer data)
{
  const struct {
    guint       status;
    const char *body;
  } rows[] = {
    { 304, NULL },
    { 204, NULL },
    { 200, "{}" },
    { 200, "{\"methods\": [{}]}" },
    { 200, "{\"methods\": 1}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;

    si_rest_fixture_expect (fixture, "GET", INFO_PATH, rows[i].status, rows[i].body,
                            NULL);
    g_assert_null (si_rest_fixture_load (fixture, &error));
    g_assert_error (error, SI_ERROR, SI_ERROR_PROTOCOL);
    g_assert_nonnull (si_problem_get_request_id (si_error_get_problem (error)));
    g_clear_error (&error);

    si_rest_fixture_expect (fixture, "GET", "/v1/capabilities", rows[i].status,
                            rows[i].body, NULL);
    g_assert_null (load_capabilities (fixture, &error));
    g_assert_error (error, SI_ERROR, SI_ERROR_PROTOCOL);
  }
}

static void
assert_started (SiRestFixture *fixture, SiVerificationRequest *request, const char *body)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiVerification) verification = NULL;

  si_rest_fixture_expect (fixture, "POST", "/v1/me/verifications", 201, SI_EXAMPLE_CALL,
                          "\"v\"");
  g_clear_object (&fixture->result);
  si_provider_start_verification_async (fixture->provider, request, NULL,
                                        si_test_keep_result, &fixture->result);
  verification = si_provider_start_verification_finish (
      fixture->provider, si_rest_fixture_wait_for_result (fixture), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (si_verification_get_etag (verification), ==, "\"v\"");
  g_assert_cmpstr (si_scripted_server_get_body (fixture->server, 0), ==, body);
  g_assert_cmpstr (si_rest_fixture_header (fixture, 0, "Content-Type"), ==,
                   "application/json");
  g_assert_cmpstr (si_rest_fixture_header (fixture, 0, "Idempotency-Key"), ==,
                   si_verification_request_get_idempotency_key (request));
}

static void
test_start_add (SiRestFixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerificationRequest) request = si_verification_request_new_add (
      SI_PHONE_USE_MOBILE, "+46701234567", SI_CHANNEL_CALL);

  assert_started (fixture, request,
                  "{\"purpose\":\"add\",\"type\":\"phone\",\"use\":\"mobile\","
                  "\"number\":\"+46701234567\",\"channel\":\"call\"}");
}

static void
test_start_change (SiRestFixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerificationRequest) request = si_verification_request_new_change (
      "m-1", SI_PHONE_USE_OFFICE, "+46701234567", SI_CHANNEL_TEXT);

  assert_started (fixture, request,
                  "{\"purpose\":\"change\",\"type\":\"phone\",\"methodId\":\"m-1\","
                  "\"use\":\"office\",\"number\":\"+46701234567\","
                  "\"channel\":\"text\"}");
}

static void
test_start_in_progress (SiRestFixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerificationRequest) request = si_verification_request_new_add (
      SI_PHONE_USE_MOBILE, "+46701234567", SI_CHANNEL_CALL);
  g_autoptr (GError) error = NULL;

  si_rest_fixture_expect (
      fixture, "POST", "/v1/me/verifications", 409,
      "{\"code\":\"verification_in_progress\",\"location\":\"" VERIFICATION_PATH "\"}",
      NULL);
  si_provider_start_verification_async (fixture->provider, request, NULL,
                                        si_test_keep_result, &fixture->result);
  g_assert_null (si_provider_start_verification_finish (
      fixture->provider, si_rest_fixture_wait_for_result (fixture), &error));

  g_assert_error (error, SI_ERROR, SI_ERROR_IN_PROGRESS);
  g_assert_cmpstr (si_problem_get_location (si_error_get_problem (error)), ==,
                   VERIFICATION_PATH);
}

static void
test_get_verification (SiRestFixture *fixture, gconstpointer data)
{
  g_autofree char *base = g_uri_to_string (si_scripted_server_get_base (fixture->server));
  g_autofree char *absolute = g_strconcat (base, VERIFICATION_PATH + 1, NULL);
  const char      *locations[] = { VERIFICATION_PATH, absolute };

  for (guint i = 0; i < G_N_ELEMENTS (locations); i++) {
    g_autoptr (GError)         error = NULL;
    g_autoptr (SiVerification) verification = NULL;

    si_rest_fixture_expect (fixture, "GET", VERIFICATION_PATH, 200, SI_EXAMPLE_CALL,
                            "\"v\"");
    g_clear_object (&fixture->result);
    si_provider_get_verification_async (fixture->provider, locations[i], NULL,
                                        si_test_keep_result, &fixture->result);
    verification = si_provider_get_verification_finish (
        fixture->provider, si_rest_fixture_wait_for_result (fixture), &error);
    g_assert_no_error (error);
    g_assert_cmpstr (si_verification_get_id (verification), ==, "v-1");
  }
}

static SiVerification *
poll (SiRestFixture  *fixture,
      SiVerification *verification,
      guint           wait,
      guint          *delay,
      GError        **error)
{
  g_clear_object (&fixture->result);
  si_provider_poll_verification_async (fixture->provider, verification, wait, NULL,
                                       si_test_keep_result, &fixture->result);

  return si_provider_poll_verification_finish (
      fixture->provider, si_rest_fixture_wait_for_result (fixture), delay, error);
}

static void
test_poll (SiRestFixture *fixture, gconstpointer data)
{
  const struct {
    const char *applied;
    const char *retry_after;
    guint       delay;
  } rows[] = {
    { "wait=25", NULL, 0 },
    { "wait=25", "5", 0 },
    { NULL, NULL, 2000 },
    { NULL, "7", 7000 },
    { NULL, "0", 2000 },
    { NULL, "soon", 2000 },
    { "respond-async", NULL, 2000 },
  };
  g_autoptr (SiVerification) seen = make_verification ("\"v\"");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError)         error = NULL;
    g_autoptr (SiVerification) same = NULL;
    guint                      delay = 1;
    SiReply                   *reply
        = si_rest_fixture_expect (fixture, "GET", VERIFICATION_PATH, 304, NULL, "\"v\"");

    if (rows[i].applied != NULL)
      si_reply_set_header (reply, "Preference-Applied", rows[i].applied);
    if (rows[i].retry_after != NULL)
      si_reply_set_header (reply, "Retry-After", rows[i].retry_after);

    same = poll (fixture, seen, 25, &delay, &error);
    g_assert_no_error (error);
    g_assert_true (same == seen);
    g_assert_cmpuint (delay, ==, rows[i].delay);
    g_assert_cmpstr (si_rest_fixture_header (fixture, i, "Prefer"), ==, "wait=25");
    g_assert_cmpstr (si_rest_fixture_header (fixture, i, "If-None-Match"), ==, "\"v\"");
  }
}

static void
test_poll_without_wait (SiRestFixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerification) seen = make_verification (NULL);
  g_autoptr (SiVerification) changed = NULL;
  g_autoptr (GError)         error = NULL;
  guint                      delay;

  si_rest_fixture_expect (fixture, "GET", VERIFICATION_PATH, 200, SI_EXAMPLE_TEXT,
                          "\"v-2\"");
  changed = poll (fixture, seen, 0, &delay, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (si_verification_get_etag (changed), ==, "\"v-2\"");
  g_assert_null (si_rest_fixture_header (fixture, 0, "Prefer"));
  g_assert_null (si_rest_fixture_header (fixture, 0, "If-None-Match"));
}

static void
test_poll_not_repeated (SiRestFixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerification) seen = make_verification ("\"v\"");
  g_autoptr (GError)         error = NULL;
  guint                      delay;

  si_scripted_server_expect_bytes (fixture->server, "GET", VERIFICATION_PATH, "", 0,
                                   SI_AFTERWARDS_CLOSE);
  g_assert_null (poll (fixture, seen, 25, &delay, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_OFFLINE);
  g_assert_cmpuint (si_scripted_server_get_n_requests (fixture->server), ==, 1);
}

static SiVerification *
submit (SiRestFixture *fixture, GError **error)
{
  g_autoptr (SiVerification) verification = make_verification ("\"v\"");

  g_clear_object (&fixture->result);
  si_provider_submit_code_async (fixture->provider, verification, "123456", NULL,
                                 si_test_keep_result, &fixture->result);

  return si_provider_submit_code_finish (
      fixture->provider, si_rest_fixture_wait_for_result (fixture), error);
}

static void
test_submit_code (SiRestFixture *fixture, gconstpointer data)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiVerification) verification = NULL;

  si_rest_fixture_expect (fixture, "POST", VERIFICATION_PATH "/code", 200,
                          SI_EXAMPLE_TEXT, "\"v-2\"");
  verification = submit (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (si_scripted_server_get_body (fixture->server, 0), ==,
                   "{\"code\":\"123456\"}");
  g_assert_null (si_rest_fixture_header (fixture, 0, "Idempotency-Key"));

  si_rest_fixture_expect (
      fixture, "POST", VERIFICATION_PATH "/code", 422,
      "{\"code\":\"code_incorrect\",\"checksLeft\":4,\"detail\":\"123456\"}", NULL);
  g_assert_null (submit (fixture, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_REJECTED_CODE);
  g_assert_cmpint (si_problem_get_checks_left (si_error_get_problem (error)), ==, 4);
  g_assert_null (strstr (error->message, "123456"));
  g_clear_error (&error);

  /* A lost answer: never sent again. */
  si_scripted_server_expect_bytes (fixture->server, "POST", VERIFICATION_PATH "/code", "",
                                   0, SI_AFTERWARDS_CLOSE);
  g_assert_null (submit (fixture, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_OFFLINE);
  g_assert_cmpuint (si_scripted_server_get_n_requests (fixture->server), ==, 3);
}

static void
test_resend (SiRestFixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerification) verification = make_verification ("\"v\"");
  g_autoptr (SiVerification) again = NULL;
  g_autoptr (GError)         error = NULL;

  /* The answer is lost twice, and it is the same press all the time. */
  si_scripted_server_expect_bytes (fixture->server, "POST", VERIFICATION_PATH "/resend",
                                   "", 0, SI_AFTERWARDS_CLOSE);
  si_scripted_server_expect_bytes (fixture->server, "POST", VERIFICATION_PATH "/resend",
                                   "", 0, SI_AFTERWARDS_CLOSE);
  si_rest_fixture_expect (fixture, "POST", VERIFICATION_PATH "/resend", 202,
                          SI_EXAMPLE_TEXT, "\"v-2\"");
  si_provider_resend_async (fixture->provider, verification, SI_CHANNEL_TEXT, "key-1",
                            NULL, si_test_keep_result, &fixture->result);
  again = si_provider_resend_finish (fixture->provider,
                                     si_rest_fixture_wait_for_result (fixture), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (si_verification_get_etag (again), ==, "\"v-2\"");
  for (guint i = 0; i < 3; i++) {
    g_assert_cmpstr (si_rest_fixture_header (fixture, i, "Idempotency-Key"), ==, "key-1");
    g_assert_cmpstr (si_scripted_server_get_body (fixture->server, i), ==,
                     "{\"channel\":\"text\"}");
  }
}

static gboolean
cancel (SiRestFixture *fixture, GError **error)
{
  g_autoptr (SiVerification) verification = make_verification ("\"v\"");

  g_clear_object (&fixture->result);
  si_provider_cancel_verification_async (fixture->provider, verification, NULL,
                                         si_test_keep_result, &fixture->result);

  return si_provider_cancel_verification_finish (
      fixture->provider, si_rest_fixture_wait_for_result (fixture), error);
}

static void
test_cancel (SiRestFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  si_rest_fixture_expect (fixture, "DELETE", VERIFICATION_PATH, 204, NULL, NULL);
  g_assert_true (cancel (fixture, &error));
  g_assert_no_error (error);

  si_rest_fixture_expect (
      fixture, "DELETE", VERIFICATION_PATH, 409,
      "{\"code\":\"verification_ended\",\"state\":\"verified\",\"methodId\":\"m-7\"}",
      NULL);
  g_assert_false (cancel (fixture, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_ENDED);
  g_assert_cmpint (si_problem_get_state (si_error_get_problem (error)), ==,
                   SI_VERIFICATION_STATE_VERIFIED);
  g_assert_cmpstr (si_problem_get_method_id (si_error_get_problem (error)), ==, "m-7");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, function)                                                              \
  g_test_add ("/rest-provider/" name, SiRestFixture, NULL, si_rest_fixture_set_up,       \
              function, si_rest_fixture_tear_down)

  ADD ("load-info", test_load_info);
  ADD ("load-capabilities", test_load_capabilities);
  ADD ("load-nonsense", test_load_nonsense);
  ADD ("start-add", test_start_add);
  ADD ("start-change", test_start_change);
  ADD ("start-in-progress", test_start_in_progress);
  ADD ("get-verification", test_get_verification);
  ADD ("poll", test_poll);
  ADD ("poll-without-wait", test_poll_without_wait);
  ADD ("poll-not-repeated", test_poll_not_repeated);
  ADD ("submit-code", test_submit_code);
  ADD ("resend", test_resend);
  ADD ("cancel", test_cancel);

  return g_test_run ();
}
