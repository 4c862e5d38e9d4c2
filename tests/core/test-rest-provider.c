/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-rest-provider.h"

#include "si-error.h"
#include "si-scripted-server.h"
#include "si-test-documents.h"
#include "si-test-loop.h"

#define INFO_PATH "/v1/me/security-info"
#define VERIFICATION_PATH "/v1/me/verifications/v-1"

/* Two phones, so that there is something to choose from. */
#define INFO(default_id, number)                                                         \
  "{\"account\": {\"displayName\": \"Astrid\"}, \"methods\": ["                          \
  "{\"id\": \"m-1\", \"type\": \"phone\", \"use\": \"mobile\","                          \
  " \"number\": \"" number "\", \"channels\": [\"call\", \"text\"],"                     \
  " \"isDefault\": true, \"canDelete\": true},"                                          \
  "{\"id\": \"m-2\", \"type\": \"phone\", \"use\": \"office\","                          \
  " \"number\": \"+4684400000\", \"channels\": [\"call\"], \"canDelete\": true}],"       \
  "\"default\": {\"methodId\": \"" default_id "\", \"channel\": \"call\"},"              \
  "\"defaultOptions\": [{\"methodId\": \"m-1\", \"channel\": \"call\"},"                 \
  "{\"methodId\": \"m-1\", \"channel\": \"text\"},"                                      \
  "{\"methodId\": \"m-2\", \"channel\": \"call\"}]}"
#define INFO_A INFO ("m-1", "+46701234567")

typedef struct {
  SiScriptedServer *server;
  SiProvider       *provider;
  GAsyncResult     *result;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = si_scripted_server_new ();
  fixture->provider
      = si_rest_provider_new (si_scripted_server_get_base (fixture->server), "token");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_true (si_scripted_server_is_done (fixture->server));
  g_clear_object (&fixture->result);
  g_assert_finalize_object (fixture->provider);
  g_clear_object (&fixture->server);
}

static GAsyncResult *
wait_for_result (Fixture *fixture)
{
  si_test_wait_until (fixture->result != NULL);

  return fixture->result;
}

static SiReply *
expect (Fixture    *fixture,
        const char *method,
        const char *path,
        guint       status,
        const char *body,
        const char *etag)
{
  SiReply *reply
      = si_scripted_server_expect (fixture->server, method, path, status, body);

  if (etag != NULL)
    si_reply_set_header (reply, "ETag", etag);

  return reply;
}

static const char *
header (Fixture *fixture, guint index, const char *name)
{
  return si_scripted_server_get_header (fixture->server, index, name);
}

static SiSecurityInfo *
load (Fixture *fixture, GError **error)
{
  g_clear_object (&fixture->result);
  si_provider_load_security_info_async (fixture->provider, NULL, si_test_keep_result,
                                        &fixture->result);

  return si_provider_load_security_info_finish (fixture->provider,
                                                wait_for_result (fixture), error);
}

static SiSecurityInfo *
load_first (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  SiSecurityInfo    *info;

  expect (fixture, "GET", INFO_PATH, 200, INFO_A, "\"i-1\"");
  info = load (fixture, &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->result);

  return info;
}

static SiVerification *
make_verification (const char *etag)
{
  g_autoptr (JsonObject) object = si_test_parse (SI_EXAMPLE_CALL);

  return si_verification_new_from_json (object, etag, 0, NULL);
}

static void
test_load_info (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiSecurityInfo) info = load_first (fixture);
  g_autoptr (SiSecurityInfo) same = NULL, changed = NULL;

  expect (fixture, "GET", INFO_PATH, 304, NULL, "\"i-1\"");
  same = load (fixture, &error);
  g_assert_no_error (error);
  g_assert_true (same == info);

  expect (fixture, "GET", INFO_PATH, 200, INFO_A, "\"i-2\"");
  changed = load (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (si_security_info_get_etag (changed), ==, "\"i-2\"");

  g_assert_null (header (fixture, 0, "If-None-Match"));
  g_assert_cmpstr (header (fixture, 1, "If-None-Match"), ==, "\"i-1\"");
  g_assert_cmpstr (header (fixture, 2, "If-None-Match"), ==, "\"i-1\"");
}

static SiCapabilities *
load_capabilities (Fixture *fixture, GError **error)
{
  g_clear_object (&fixture->result);
  si_provider_load_capabilities_async (fixture->provider, NULL, si_test_keep_result,
                                       &fixture->result);

  return si_provider_load_capabilities_finish (fixture->provider,
                                               wait_for_result (fixture), error);
}

static void
test_load_capabilities (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiCapabilities) first = NULL, same = NULL;

  expect (fixture, "GET", "/v1/capabilities", 200, SI_EXAMPLE_CAPABILITIES, "\"c\"");
  first = load_capabilities (fixture, &error);
  g_assert_no_error (error);

  expect (fixture, "GET", "/v1/capabilities", 304, NULL, "\"c\"");
  same = load_capabilities (fixture, &error);
  g_assert_no_error (error);
  g_assert_true (same == first);
  g_assert_cmpstr (header (fixture, 1, "If-None-Match"), ==, "\"c\"");
}

/* Nothing, a 304 for nothing, and objects that are something else. */
static void
test_load_nonsense (Fixture *fixture, gconstpointer data)
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

    expect (fixture, "GET", INFO_PATH, rows[i].status, rows[i].body, NULL);
    g_assert_null (load (fixture, &error));
    g_assert_error (error, SI_ERROR, SI_ERROR_PROTOCOL);
    g_assert_nonnull (si_problem_get_request_id (si_error_get_problem (error)));
    g_clear_error (&error);

    expect (fixture, "GET", "/v1/capabilities", rows[i].status, rows[i].body, NULL);
    g_assert_null (load_capabilities (fixture, &error));
    g_assert_error (error, SI_ERROR, SI_ERROR_PROTOCOL);
  }
}

static void
assert_started (Fixture *fixture, SiVerificationRequest *request, const char *body)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiVerification) verification = NULL;

  expect (fixture, "POST", "/v1/me/verifications", 201, SI_EXAMPLE_CALL, "\"v\"");
  g_clear_object (&fixture->result);
  si_provider_start_verification_async (fixture->provider, request, NULL,
                                        si_test_keep_result, &fixture->result);
  verification = si_provider_start_verification_finish (
      fixture->provider, wait_for_result (fixture), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (si_verification_get_etag (verification), ==, "\"v\"");
  g_assert_cmpstr (si_scripted_server_get_body (fixture->server, 0), ==, body);
  g_assert_cmpstr (header (fixture, 0, "Content-Type"), ==, "application/json");
  g_assert_cmpstr (header (fixture, 0, "Idempotency-Key"), ==,
                   si_verification_request_get_idempotency_key (request));
}

static void
test_start_add (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerificationRequest) request = si_verification_request_new_add (
      SI_PHONE_USE_MOBILE, "+46701234567", SI_CHANNEL_CALL);

  assert_started (fixture, request,
                  "{\"purpose\":\"add\",\"type\":\"phone\",\"use\":\"mobile\","
                  "\"number\":\"+46701234567\",\"channel\":\"call\"}");
}

static void
test_start_change (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerificationRequest) request = si_verification_request_new_change (
      "m-1", SI_PHONE_USE_OFFICE, "+46701234567", SI_CHANNEL_TEXT);

  assert_started (fixture, request,
                  "{\"purpose\":\"change\",\"type\":\"phone\",\"methodId\":\"m-1\","
                  "\"use\":\"office\",\"number\":\"+46701234567\","
                  "\"channel\":\"text\"}");
}

static void
test_start_in_progress (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerificationRequest) request = si_verification_request_new_add (
      SI_PHONE_USE_MOBILE, "+46701234567", SI_CHANNEL_CALL);
  g_autoptr (GError) error = NULL;

  expect (fixture, "POST", "/v1/me/verifications", 409,
          "{\"code\":\"verification_in_progress\",\"location\":\"" VERIFICATION_PATH
          "\"}",
          NULL);
  si_provider_start_verification_async (fixture->provider, request, NULL,
                                        si_test_keep_result, &fixture->result);
  g_assert_null (si_provider_start_verification_finish (
      fixture->provider, wait_for_result (fixture), &error));

  g_assert_error (error, SI_ERROR, SI_ERROR_IN_PROGRESS);
  g_assert_cmpstr (si_problem_get_location (si_error_get_problem (error)), ==,
                   VERIFICATION_PATH);
}

static void
test_get_verification (Fixture *fixture, gconstpointer data)
{
  g_autofree char *base = g_uri_to_string (si_scripted_server_get_base (fixture->server));
  g_autofree char *absolute = g_strconcat (base, VERIFICATION_PATH + 1, NULL);
  const char      *locations[] = { VERIFICATION_PATH, absolute };

  for (guint i = 0; i < G_N_ELEMENTS (locations); i++) {
    g_autoptr (GError)         error = NULL;
    g_autoptr (SiVerification) verification = NULL;

    expect (fixture, "GET", VERIFICATION_PATH, 200, SI_EXAMPLE_CALL, "\"v\"");
    g_clear_object (&fixture->result);
    si_provider_get_verification_async (fixture->provider, locations[i], NULL,
                                        si_test_keep_result, &fixture->result);
    verification = si_provider_get_verification_finish (
        fixture->provider, wait_for_result (fixture), &error);
    g_assert_no_error (error);
    g_assert_cmpstr (si_verification_get_id (verification), ==, "v-1");
  }
}

static SiVerification *
poll (Fixture        *fixture,
      SiVerification *verification,
      guint           wait,
      guint          *delay,
      GError        **error)
{
  g_clear_object (&fixture->result);
  si_provider_poll_verification_async (fixture->provider, verification, wait, NULL,
                                       si_test_keep_result, &fixture->result);

  return si_provider_poll_verification_finish (fixture->provider,
                                               wait_for_result (fixture), delay, error);
}

static void
test_poll (Fixture *fixture, gconstpointer data)
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
    SiReply *reply = expect (fixture, "GET", VERIFICATION_PATH, 304, NULL, "\"v\"");

    if (rows[i].applied != NULL)
      si_reply_set_header (reply, "Preference-Applied", rows[i].applied);
    if (rows[i].retry_after != NULL)
      si_reply_set_header (reply, "Retry-After", rows[i].retry_after);

    same = poll (fixture, seen, 25, &delay, &error);
    g_assert_no_error (error);
    g_assert_true (same == seen);
    g_assert_cmpuint (delay, ==, rows[i].delay);
    g_assert_cmpstr (header (fixture, i, "Prefer"), ==, "wait=25");
    g_assert_cmpstr (header (fixture, i, "If-None-Match"), ==, "\"v\"");
  }
}

static void
test_poll_without_wait (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerification) seen = make_verification (NULL);
  g_autoptr (SiVerification) changed = NULL;
  g_autoptr (GError)         error = NULL;
  guint                      delay;

  expect (fixture, "GET", VERIFICATION_PATH, 200, SI_EXAMPLE_TEXT, "\"v-2\"");
  changed = poll (fixture, seen, 0, &delay, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (si_verification_get_etag (changed), ==, "\"v-2\"");
  g_assert_null (header (fixture, 0, "Prefer"));
  g_assert_null (header (fixture, 0, "If-None-Match"));
}

static void
test_poll_not_repeated (Fixture *fixture, gconstpointer data)
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
submit (Fixture *fixture, GError **error)
{
  g_autoptr (SiVerification) verification = make_verification ("\"v\"");

  g_clear_object (&fixture->result);
  si_provider_submit_code_async (fixture->provider, verification, "123456", NULL,
                                 si_test_keep_result, &fixture->result);

  return si_provider_submit_code_finish (fixture->provider, wait_for_result (fixture),
                                         error);
}

static void
test_submit_code (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiVerification) verification = NULL;

  expect (fixture, "POST", VERIFICATION_PATH "/code", 200, SI_EXAMPLE_TEXT, "\"v-2\"");
  verification = submit (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (si_scripted_server_get_body (fixture->server, 0), ==,
                   "{\"code\":\"123456\"}");
  g_assert_null (header (fixture, 0, "Idempotency-Key"));

  expect (fixture, "POST", VERIFICATION_PATH "/code", 422,
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
test_resend (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerification) verification = make_verification ("\"v\"");
  g_autoptr (SiVerification) again = NULL;
  g_autoptr (GError)         error = NULL;

  /* The answer is lost twice, and it is the same press all the time. */
  si_scripted_server_expect_bytes (fixture->server, "POST", VERIFICATION_PATH "/resend",
                                   "", 0, SI_AFTERWARDS_CLOSE);
  si_scripted_server_expect_bytes (fixture->server, "POST", VERIFICATION_PATH "/resend",
                                   "", 0, SI_AFTERWARDS_CLOSE);
  expect (fixture, "POST", VERIFICATION_PATH "/resend", 202, SI_EXAMPLE_TEXT, "\"v-2\"");
  si_provider_resend_async (fixture->provider, verification, SI_CHANNEL_TEXT, "key-1",
                            NULL, si_test_keep_result, &fixture->result);
  again
      = si_provider_resend_finish (fixture->provider, wait_for_result (fixture), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (si_verification_get_etag (again), ==, "\"v-2\"");
  for (guint i = 0; i < 3; i++) {
    g_assert_cmpstr (header (fixture, i, "Idempotency-Key"), ==, "key-1");
    g_assert_cmpstr (si_scripted_server_get_body (fixture->server, i), ==,
                     "{\"channel\":\"text\"}");
  }
}

static gboolean
cancel (Fixture *fixture, GError **error)
{
  g_autoptr (SiVerification) verification = make_verification ("\"v\"");

  g_clear_object (&fixture->result);
  si_provider_cancel_verification_async (fixture->provider, verification, NULL,
                                         si_test_keep_result, &fixture->result);

  return si_provider_cancel_verification_finish (fixture->provider,
                                                 wait_for_result (fixture), error);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  expect (fixture, "DELETE", VERIFICATION_PATH, 204, NULL, NULL);
  g_assert_true (cancel (fixture, &error));
  g_assert_no_error (error);

  expect (fixture, "DELETE", VERIFICATION_PATH, 409,
          "{\"code\":\"verification_ended\",\"state\":\"verified\",\"methodId\":\"m-7\"}",
          NULL);
  g_assert_false (cancel (fixture, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_ENDED);
  g_assert_cmpint (si_problem_get_state (si_error_get_problem (error)), ==,
                   SI_VERIFICATION_STATE_VERIFIED);
  g_assert_cmpstr (si_problem_get_method_id (si_error_get_problem (error)), ==, "m-7");
}

static gboolean delete (Fixture        *fixture,
                        SiSecurityInfo *info,
                        const char     *id,
                        GError        **error)
{
  g_clear_object (&fixture->result);
  si_provider_delete_method_async (fixture->provider, info, id, NULL, si_test_keep_result,
                                   &fixture->result);

  return si_provider_delete_method_finish (fixture->provider, wait_for_result (fixture),
                                           error);
}

#define PRECONDITION_FAILED "{\"code\":\"precondition_failed\"}"
#define NOT_FOUND "{\"code\":\"not_found\"}"

static void
test_delete (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiSecurityInfo) info = load_first (fixture);
  g_autoptr (GError)         error = NULL;

  expect (fixture, "DELETE", "/v1/me/methods/m-1", 200,
          "{\"deleted\":\"m-1\",\"defaultChanged\":false,\"newDefault\":null}",
          "\"i-2\"");
  g_assert_true (delete (fixture, info, "m-1", &error));
  g_assert_no_error (error);
  g_assert_cmpstr (header (fixture, 1, "If-Match"), ==, "\"i-1\"");
}

static void
test_delete_gone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiSecurityInfo) info = load_first (fixture);
  g_autoptr (GError)         error = NULL;

  expect (fixture, "DELETE", "/v1/me/methods/m-1", 404, NOT_FOUND, NULL);
  g_assert_true (delete (fixture, info, "m-1", &error));
  g_assert_no_error (error);

  /* A page of some proxy's is no promise that anything is gone. */
  expect (fixture, "DELETE", "/v1/me/methods/m-1", 404, NULL, NULL);
  g_assert_false (delete (fixture, info, "m-1", &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_ENDED);
}

static void
test_delete_lost_answer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiSecurityInfo) info = load_first (fixture);
  g_autoptr (GError)         error = NULL;

  si_scripted_server_expect_bytes (fixture->server, "DELETE", "/v1/me/methods/m-1", "", 0,
                                   SI_AFTERWARDS_CLOSE);
  expect (fixture, "DELETE", "/v1/me/methods/m-1", 404, NOT_FOUND, NULL);
  g_assert_true (delete (fixture, info, "m-1", &error));
  g_assert_no_error (error);
}

static void
test_delete_refused (Fixture *fixture, gconstpointer data)
{
  const char *const codes[]
      = { "last_method", "minimum_methods", "required_by_alternate" };
  g_autoptr (SiSecurityInfo) info = load_first (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autofree char   *body = g_strdup_printf ("{\"code\":\"%s\"}", codes[i]);
    g_autoptr (GError) error = NULL;

    expect (fixture, "DELETE", "/v1/me/methods/m-1", 409, body, NULL);
    g_assert_false (delete (fixture, info, "m-1", &error));
    g_assert_error (error, SI_ERROR, SI_ERROR_NOT_ALLOWED);
  }
}

/* 412, the method is as it was seen: once more, with the new entity tag. */
static void
test_delete_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiSecurityInfo) info = load_first (fixture);
  g_autoptr (GError)         error = NULL;

  expect (fixture, "DELETE", "/v1/me/methods/m-1", 412, PRECONDITION_FAILED, NULL);
  expect (fixture, "GET", INFO_PATH, 200, INFO_A, "\"i-2\"");
  expect (fixture, "DELETE", "/v1/me/methods/m-1", 200, "{}", "\"i-3\"");
  g_assert_true (delete (fixture, info, "m-1", &error));
  g_assert_no_error (error);
  g_assert_cmpstr (header (fixture, 1, "If-Match"), ==, "\"i-1\"");
  g_assert_cmpstr (header (fixture, 3, "If-Match"), ==, "\"i-2\"");
}

/* 412 again and again: the person decides, not the app. */
static void
test_delete_again_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiSecurityInfo) info = load_first (fixture);
  g_autoptr (GError)         error = NULL;

  expect (fixture, "DELETE", "/v1/me/methods/m-1", 412, PRECONDITION_FAILED, NULL);
  expect (fixture, "GET", INFO_PATH, 200, INFO_A, "\"i-2\"");
  expect (fixture, "DELETE", "/v1/me/methods/m-1", 412, PRECONDITION_FAILED, NULL);
  g_assert_false (delete (fixture, info, "m-1", &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_CHANGED);
}

/* 412, and it is not what the person saw any more, or it is gone. */
static void
test_delete_changed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *not_default = si_test_vary (
      INFO_A, "methods",
      "[{\"id\":\"m-1\",\"type\":\"phone\",\"number\":\"+46701234567\"}]", NULL);
  const struct {
    const char *body;
    gboolean    done;
  } rows[] = {
    { INFO ("m-1", "+46709999999"), FALSE },
    { not_default, FALSE },
    { "{\"methods\":[]}", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (SiSecurityInfo) info = load_first (fixture);
    g_autoptr (GError)         error = NULL;

    expect (fixture, "DELETE", "/v1/me/methods/m-1", 412, PRECONDITION_FAILED, NULL);
    expect (fixture, "GET", INFO_PATH, 200, rows[i].body, "\"i-2\"");
    g_assert_true (delete (fixture, info, "m-1", &error) == rows[i].done);
    if (rows[i].done)
      g_assert_no_error (error);
    else
      g_assert_error (error, SI_ERROR, SI_ERROR_CHANGED);
  }
}

static void
test_delete_odd_id (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) object
      = si_test_parse ("{\"methods\":[{\"id\":\"a/b?c#d:é\",\"type\":\"email\"}]}");
  g_autoptr (SiSecurityInfo) info
      = si_security_info_new_from_json (object, "\"i-1\"", NULL);
  g_autoptr (GError) error = NULL;

  expect (fixture, "DELETE", "/v1/me/methods/a/b?c#d:é", 200, "{}", NULL);
  g_assert_true (delete (fixture, info, "a/b?c#d:é", &error));
  g_assert_no_error (error);
}

static SiSecurityInfo *
set_default (Fixture *fixture, SiSecurityInfo *info, const char *id, GError **error)
{
  g_autoptr (SiDefaultOption) option = si_default_option_new (id, SI_CHANNEL_CALL);

  g_clear_object (&fixture->result);
  si_provider_set_default_async (fixture->provider, info, option, NULL,
                                 si_test_keep_result, &fixture->result);

  return si_provider_set_default_finish (fixture->provider, wait_for_result (fixture),
                                         error);
}

static void
test_set_default (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiSecurityInfo) info = load_first (fixture);
  g_autoptr (SiSecurityInfo) changed = NULL;
  g_autoptr (GError)         error = NULL;

  expect (fixture, "PUT", "/v1/me/default", 200, INFO ("m-2", "+46701234567"), "\"i-2\"");
  changed = set_default (fixture, info, "m-2", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (si_security_info_get_etag (changed), ==, "\"i-2\"");
  g_assert_cmpstr (header (fixture, 1, "If-Match"), ==, "\"i-1\"");
  g_assert_cmpstr (si_scripted_server_get_body (fixture->server, 1), ==,
                   "{\"methodId\":\"m-2\",\"channel\":\"call\"}");
}

static void
test_set_default_without_channel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiSecurityInfo)  info = load_first (fixture);
  g_autoptr (SiDefaultOption) option = si_default_option_new ("m-3", SI_CHANNEL_NONE);
  g_autoptr (GError)          error = NULL;

  expect (fixture, "PUT", "/v1/me/default", 422, "{\"code\":\"invalid_request\"}", NULL);
  si_provider_set_default_async (fixture->provider, info, option, NULL,
                                 si_test_keep_result, &fixture->result);
  g_assert_null (si_provider_set_default_finish (fixture->provider,
                                                 wait_for_result (fixture), &error));
  g_assert_cmpstr (si_scripted_server_get_body (fixture->server, 1), ==,
                   "{\"methodId\":\"m-3\",\"channel\":null}");
}

/* A PUT whose answer was lost comes back as 412, since it changed the entity tag. */
static void
test_set_default_lost_answer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiSecurityInfo) info = load_first (fixture);
  g_autoptr (SiSecurityInfo) changed = NULL;
  g_autoptr (GError)         error = NULL;

  si_scripted_server_expect_bytes (fixture->server, "PUT", "/v1/me/default", "", 0,
                                   SI_AFTERWARDS_CLOSE);
  expect (fixture, "PUT", "/v1/me/default", 412, PRECONDITION_FAILED, NULL);
  expect (fixture, "GET", INFO_PATH, 200, INFO ("m-2", "+46701234567"), "\"i-2\"");
  changed = set_default (fixture, info, "m-2", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (si_security_info_get_etag (changed), ==, "\"i-2\"");
}

static void
test_set_default_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiSecurityInfo) info = load_first (fixture);
  g_autoptr (SiSecurityInfo) changed = NULL;
  g_autoptr (GError)         error = NULL;

  expect (fixture, "PUT", "/v1/me/default", 412, PRECONDITION_FAILED, NULL);
  expect (fixture, "GET", INFO_PATH, 200, INFO_A, "\"i-2\"");
  expect (fixture, "PUT", "/v1/me/default", 200, INFO ("m-2", "+46701234567"), "\"i-3\"");
  changed = set_default (fixture, info, "m-2", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (header (fixture, 3, "If-Match"), ==, "\"i-2\"");
}

/* The option's number is another by now, the option is gone, the default was moved. */
static void
test_set_default_changed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other_number
      = si_test_vary (INFO_A, "methods",
                      "[{\"id\":\"m-1\",\"type\":\"phone\",\"number\":\"+46701234567\"},"
                      "{\"id\":\"m-2\",\"type\":\"phone\",\"number\":\"+46709999999\"}]",
                      NULL);
  g_autofree char *no_option = si_test_vary (INFO_A, "defaultOptions", "[]", NULL);
  g_autofree char *other_default = si_test_vary (
      INFO_A, "default", "{\"methodId\":\"m-1\",\"channel\":\"text\"}", NULL);
  const char *const bodies[] = { other_number, no_option, other_default };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_autoptr (SiSecurityInfo) info = load_first (fixture);
    g_autoptr (GError)         error = NULL;

    expect (fixture, "PUT", "/v1/me/default", 412, PRECONDITION_FAILED, NULL);
    expect (fixture, "GET", INFO_PATH, 200, bodies[i], "\"i-2\"");
    g_assert_null (set_default (fixture, info, "m-2", &error));
    g_assert_error (error, SI_ERROR, SI_ERROR_CHANGED);
  }
}

static void
test_set_default_not_modified (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiSecurityInfo) info = load_first (fixture);
  g_autoptr (GError)         error = NULL;

  expect (fixture, "PUT", "/v1/me/default", 304, NULL, NULL);
  g_assert_null (set_default (fixture, info, "m-2", &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_PROTOCOL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, function)                                                              \
  g_test_add ("/rest-provider/" name, Fixture, NULL, set_up, function, tear_down)

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
  ADD ("delete", test_delete);
  ADD ("delete-gone", test_delete_gone);
  ADD ("delete-lost-answer", test_delete_lost_answer);
  ADD ("delete-refused", test_delete_refused);
  ADD ("delete-again", test_delete_again);
  ADD ("delete-again-once", test_delete_again_once);
  ADD ("delete-changed", test_delete_changed);
  ADD ("delete-odd-id", test_delete_odd_id);
  ADD ("set-default", test_set_default);
  ADD ("set-default-without-channel", test_set_default_without_channel);
  ADD ("set-default-lost-answer", test_set_default_lost_answer);
  ADD ("set-default-again", test_set_default_again);
  ADD ("set-default-changed", test_set_default_changed);
  ADD ("set-default-not-modified", test_set_default_not_modified);

  return g_test_run ();
}
