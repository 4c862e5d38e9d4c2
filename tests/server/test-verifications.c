/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-json.h"
#include "si-test-client.h"
#include "si-test-server.h"

/* Verifications, from the first call or text to each of their ends. */

#define MOBILE "+46701740605"
#define OTHER "+46701740606"

typedef struct {
  SiServer         *server;
  SiSimulatedPhone *phone;
  SiTestClient     *client;
} Fixture;

typedef struct {
  gboolean spoken_code;
  gint64   max_sends;
  double   ttl;
} Setting;

static const Setting USUAL = { FALSE, 5, -1 };
static const Setting SPOKEN = { TRUE, 5, -1 };
static const Setting ONCE = { FALSE, 1, -1 };
static const Setting SHORT = { FALSE, 5, 0.2 };

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const Setting   *setting = data;
  SiServerOptions *options = si_test_server_options_new ();

  options->policy = si_test_server_policy_new ();
  json_object_set_int_member (si_json_get_object (options->policy, "verification"),
                              "maxSends", setting->max_sends);
  options->spoken_code = setting->spoken_code;
  options->ttl = setting->ttl;
  fixture->server = si_test_server_start (options);
  fixture->phone = si_server_get_phone (fixture->server);
  fixture->client = si_test_client_new (fixture->server, SI_TEST_TOKEN);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->client, si_test_client_free);
  g_clear_object (&fixture->server);
}

static void
assert_state (Fixture *fixture, const char *path, const char *state, const char *reason)
{
  g_autoptr (SiTestCall) got = si_test_client_get (fixture->client, path);

  g_assert_cmpstr (si_test_call_get_string (got, "state"), ==, state);
  g_assert_cmpstr (si_test_call_get_string (got, "reason"), ==, reason);
}

static void
assert_allowed (SiTestCall *call, const char *expected)
{
  g_auto (GStrv) allowed = si_json_dup_strings (si_test_call_get_body (call), "allowed");
  g_autofree char *joined = g_strjoinv (" ", allowed);

  g_assert_cmpstr (joined, ==, expected);
}

/* Returns the call's id, once it rings. */
static char *
wait_until_it_rings (Fixture *fixture)
{
  si_test_server_wait_for_call (fixture->server, SI_SIMULATED_CALL_RINGING);
  return g_strdup (
      si_simulated_call_get_id (si_simulated_phone_get_ringing (fixture->phone)));
}

static SiTestCall *
submit (Fixture *fixture, const char *path, const char *code)
{
  g_autofree char *target = g_strconcat (path, "/code", NULL);
  g_autofree char *body = g_strdup_printf ("{\"code\": \"%s\"}", code);

  return si_test_client_call (fixture->client, "POST", target, body, NULL);
}

static SiTestCall *
resend (Fixture *fixture, const char *path, const char *body)
{
  g_autofree char *target = g_strconcat (path, "/resend", NULL);

  return si_test_client_post (fixture->client, target, body);
}

static char *
spoil (const char *code)
{
  char *wrong = g_strdup (code);

  wrong[5] = wrong[5] == '9' ? '0' : wrong[5] + 1;
  return wrong;
}

static guint
count_calls (Fixture *fixture)
{
  return g_list_model_get_n_items (si_simulated_phone_get_calls (fixture->phone));
}

static void
test_call (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path
      = si_test_client_begin (fixture->client, "mobile", MOBILE, "call");
  g_autofree char       *id = wait_until_it_rings (fixture);
  g_autoptr (SiTestCall) ringing = si_test_client_get (fixture->client, path);
  g_autoptr (SiTestCall) verified = NULL;

  g_assert_cmpstr (si_test_call_get_string (ringing, "state"), ==, "ringing");
  g_assert_cmpstr (si_test_call_get_string (ringing, "approval"), ==, "keypress");
  g_assert_cmpint (si_test_call_get_int (ringing, "sendsLeft"), ==, 4);
  assert_allowed (ringing, "resend switchChannel cancel");

  si_simulated_phone_answer (fixture->phone, id, NULL);
  assert_state (fixture, path, "answered", NULL);
  si_simulated_phone_press (fixture->phone, id, '#', NULL);

  verified = si_test_client_get (fixture->client, path);
  g_assert_cmpstr (si_test_call_get_string (verified, "state"), ==, "verified");
  g_assert_cmpstr (
      si_json_get_string (
          si_json_get_object (si_test_call_get_body (verified), "newDefault"),
          "methodId"),
      ==, si_test_call_get_string (verified, "methodId"));
  assert_allowed (verified, "");
}

static void
test_text (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path
      = si_test_client_begin (fixture->client, "mobile", MOBILE, "text");
  g_autofree char       *code = si_test_server_wait_for_code (fixture->server);
  g_autofree char       *wrong = spoil (code);
  g_autoptr (SiTestCall) texted = si_test_client_get (fixture->client, path);
  g_autoptr (SiTestCall) refused = submit (fixture, path, wrong);
  g_autoptr (SiTestCall) verified = submit (fixture, path, code);
  g_autoptr (SiTestCall) again = submit (fixture, path, wrong);

  g_assert_cmpstr (si_test_call_get_string (texted, "state"), ==, "texted");
  g_assert_cmpint (si_test_call_get_int (texted, "codeLength"), ==, 6);
  assert_allowed (texted, "submitCode resend switchChannel cancel");
  si_test_call_assert_problem (refused, 422, "code_incorrect");
  g_assert_cmpint (si_test_call_get_int (refused, "checksLeft"), ==, 4);
  g_assert_cmpstr (si_test_call_get_string (verified, "state"), ==, "verified");
  g_assert_cmpuint (si_test_call_get_status (again), ==, 200);
}

static void
test_too_many_checks (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path
      = si_test_client_begin (fixture->client, "mobile", MOBILE, "text");
  g_autofree char       *code = si_test_server_wait_for_code (fixture->server);
  g_autofree char       *wrong = spoil (code);
  g_autoptr (SiTestCall) late = NULL;

  for (gint left = 4; left >= 0; left--) {
    g_autoptr (SiTestCall) refused = submit (fixture, path, wrong);

    si_test_call_assert_problem (refused, 422, "code_incorrect");
    g_assert_cmpint (si_test_call_get_int (refused, "checksLeft"), ==, left);
  }

  assert_state (fixture, path, "failed", "too_many_attempts");
  late = submit (fixture, path, code);
  si_test_call_assert_problem (late, 409, "verification_ended");
  g_assert_cmpstr (si_test_call_get_string (late, "state"), ==, "failed");
}

static void
test_spoken_code (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path
      = si_test_client_begin (fixture->client, "mobile", MOBILE, "call");
  g_autofree char       *id = wait_until_it_rings (fixture);
  SiSimulatedCall       *call = si_simulated_phone_get_ringing (fixture->phone);
  g_autofree char       *code = g_strdup (si_simulated_call_get_code (call));
  g_autoptr (SiTestCall) answered = NULL;
  g_autoptr (SiTestCall) verified = NULL;

  g_assert_false (si_simulated_phone_press (fixture->phone, id, '#', NULL));
  si_simulated_phone_answer (fixture->phone, id, NULL);
  g_assert_false (si_simulated_phone_press (fixture->phone, id, '#', NULL));
  si_simulated_phone_hang_up (fixture->phone, id, NULL);

  answered = si_test_client_get (fixture->client, path);
  g_assert_cmpstr (si_test_call_get_string (answered, "state"), ==, "answered");
  g_assert_cmpstr (si_test_call_get_string (answered, "approval"), ==, "code");
  assert_allowed (answered, "submitCode resend switchChannel cancel");

  verified = submit (fixture, path, code);
  g_assert_cmpstr (si_test_call_get_string (verified, "state"), ==, "verified");
}

/* Each way in which a person ends a call, and what it is called. */
static void
test_call_ends (Fixture *fixture, gconstpointer data)
{
  const struct {
    gboolean (*act) (SiSimulatedPhone *phone, const char *id, GError **error);
    const char *reason;
  } ends[] = {
    { si_simulated_phone_decline, "rejected" },
    { si_simulated_phone_voicemail, "voicemail" },
    { si_simulated_phone_ignore, "no_answer" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    g_autofree char *path
        = si_test_client_begin (fixture->client, "mobile", MOBILE, "call");
    g_autofree char       *id = wait_until_it_rings (fixture);
    g_autoptr (SiTestCall) canceled = NULL;

    g_assert_true (ends[i].act (fixture->phone, id, NULL));
    assert_state (fixture, path, "attemptFailed", ends[i].reason);
    canceled = si_test_client_call (fixture->client, "DELETE", path, NULL, NULL);
    g_assert_cmpuint (si_test_call_get_status (canceled), ==, 204);
    assert_state (fixture, path, "canceled", NULL);
  }
}

static void
test_wrong_key (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path
      = si_test_client_begin (fixture->client, "mobile", MOBILE, "call");
  g_autofree char *id = wait_until_it_rings (fixture);

  si_simulated_phone_answer (fixture->phone, id, NULL);
  si_simulated_phone_press (fixture->phone, id, '5', NULL);
  assert_state (fixture, path, "attemptFailed", "wrong_key");
}

static void
test_undelivered (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autofree char *code = NULL;

  g_assert_false (si_simulated_phone_set_next (fixture->phone, "eaten", NULL));
  g_assert_true (si_simulated_phone_set_next (fixture->phone, "undeliverable", NULL));
  path = si_test_client_begin (fixture->client, "mobile", MOBILE, "text");
  assert_state (fixture, path, "attemptFailed", "undeliverable");
}

static void
test_no_sends_left (Fixture *fixture, gconstpointer data)
{
  g_autofree char       *path = NULL;
  g_autoptr (SiTestCall) refused = NULL;
  g_autofree char       *id = NULL;

  path = si_test_client_begin (fixture->client, "mobile", MOBILE, "call");
  refused = resend (fixture, path, "{\"channel\": \"text\"}");
  si_test_call_assert_problem (refused, 429, "no_sends_left");

  id = wait_until_it_rings (fixture);
  si_simulated_phone_decline (fixture->phone, id, NULL);
  assert_state (fixture, path, "failed", "no_sends_left");
}

static void
test_switch_channel (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path
      = si_test_client_begin (fixture->client, "mobile", MOBILE, "call");
  g_autofree char            *id = wait_until_it_rings (fixture);
  g_autoptr (SiSimulatedCall) call
      = g_object_ref (si_simulated_phone_get_ringing (fixture->phone));
  g_autoptr (SiTestCall) soon = resend (fixture, path, "{}");
  g_autoptr (SiTestCall) switched = resend (fixture, path, "{\"channel\": \"text\"}");
  g_autofree char       *code = si_test_server_wait_for_code (fixture->server);
  g_autoptr (SiTestCall) verified = submit (fixture, path, code);

  si_test_call_assert_problem (soon, 429, "resend_too_soon");
  g_assert_cmpint (si_test_call_get_int (soon, "retryAfter"), >, 0);
  g_assert_cmpuint (si_test_call_get_status (switched), ==, 202);
  g_assert_cmpstr (si_test_call_get_string (switched, "state"), ==, "queued");
  g_assert_cmpint (si_simulated_call_get_state (call), ==, SI_SIMULATED_CALL_ENDED);
  g_assert_null (si_simulated_call_get_reason (call));
  g_assert_cmpstr (si_test_call_get_string (verified, "state"), ==, "verified");
}

static void
test_cancel_hangs_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path
      = si_test_client_begin (fixture->client, "mobile", MOBILE, "call");
  g_autofree char       *id = wait_until_it_rings (fixture);
  g_autoptr (SiTestCall) canceled
      = si_test_client_call (fixture->client, "DELETE", path, NULL, NULL);

  g_assert_cmpuint (si_test_call_get_status (canceled), ==, 204);
  g_assert_null (si_simulated_phone_get_ringing (fixture->phone));
  g_assert_false (si_simulated_phone_answer (fixture->phone, id, NULL));
  assert_state (fixture, path, "canceled", NULL);
}

/* Canceled before it was dialled, it never rings. */
static void
test_cancel_at_once (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  guint            n_calls;

  first = si_test_client_begin (fixture->client, "mobile", MOBILE, "call");
  si_test_call_free (si_test_client_call (fixture->client, "DELETE", first, NULL, NULL));
  n_calls = count_calls (fixture);

  second = si_test_client_begin (fixture->client, "mobile", OTHER, "call");
  g_free (wait_until_it_rings (fixture));
  g_assert_cmpuint (count_calls (fixture), ==, n_calls + 1);
  assert_state (fixture, first, "canceled", NULL);
}

static void
test_expires (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path
      = si_test_client_begin (fixture->client, "mobile", MOBILE, "text");
  g_autofree char       *code = si_test_server_wait_for_code (fixture->server);
  g_autoptr (SiTestCall) texted = si_test_client_get (fixture->client, path);
  g_autofree char       *headers = g_strconcat (
            "Prefer: wait=20\nIf-None-Match: ", si_test_call_get_header (texted, "ETag"), NULL);
  g_autoptr (SiTestCall) woken
      = si_test_client_call (fixture->client, "GET", path, NULL, headers);
  g_autoptr (SiTestCall) late = submit (fixture, path, code);
  g_autofree char       *next = NULL;

  g_assert_cmpstr (si_test_call_get_string (woken, "state"), ==, "expired");
  g_assert_cmpstr (si_test_call_get_string (woken, "serverTime"), >=,
                   si_test_call_get_string (woken, "expiresAt"));
  si_test_call_assert_problem (late, 409, "verification_ended");

  /* It is in nobody's way any more. */
  next = si_test_client_begin (fixture->client, "mobile", OTHER, "text");
}

static void
test_one_at_a_time (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path
      = si_test_client_begin (fixture->client, "mobile", MOBILE, "call");
  g_autofree char       *location = g_strconcat ("/", path, NULL);
  g_autoptr (SiTestCall) refused = si_test_client_post (
      fixture->client, "v1/me/verifications",
      "{\"purpose\": \"add\", \"type\": \"phone\", \"use\": \"office\","
      " \"number\": \"+4684400000\", \"channel\": \"call\"}");
  g_autoptr (SiTestCall) info
      = si_test_client_get (fixture->client, "v1/me/security-info");

  si_test_call_assert_problem (refused, 409, "verification_in_progress");
  g_assert_cmpstr (si_test_call_get_string (refused, "location"), ==, location);
  g_assert_cmpstr (
      si_json_get_string (
          si_json_get_object (si_test_call_get_body (info), "verification"), "location"),
      ==, location);
}

/* The same request twice, as after a lost answer: one call. */
static void
test_idempotency (Fixture *fixture, gconstpointer data)
{
  const char *body = "{\"purpose\": \"add\", \"type\": \"phone\", \"use\": \"mobile\","
                     " \"number\": \"" MOBILE "\", \"channel\": \"call\"}";
  const char *path = "v1/me/verifications";
  g_autoptr (SiTestCall) first
      = si_test_client_send (fixture->client, "POST", path, body, "Idempotency-Key: k");
  g_autoptr (SiTestCall) second
      = si_test_client_call (fixture->client, "POST", path, body, "Idempotency-Key: k");

  si_test_call_wait (first);
  g_assert_cmpuint (si_test_call_get_status (first), ==, 201);
  g_assert_cmpuint (si_test_call_get_status (second), ==, 201);
  g_assert_cmpstr (si_test_call_get_string (first, "id"), ==,
                   si_test_call_get_string (second, "id"));
  g_free (wait_until_it_rings (fixture));
  g_assert_cmpuint (count_calls (fixture), ==, 1);
}

static void
test_change (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id
      = si_server_add_phone (fixture->server, SI_TEST_ACCOUNT, "mobile", MOBILE);
  g_autofree char *body = g_strdup_printf (
      "{\"purpose\": \"change\", \"type\": \"phone\", \"use\": \"mobile\","
      " \"number\": \"" OTHER "\", \"channel\": \"text\","
      " \"methodId\": \"%s\"}",
      id);
  g_autoptr (SiTestCall) started
      = si_test_client_post (fixture->client, "v1/me/verifications", body);
  const char            *path = si_test_call_get_header (started, "Location") + 1;
  g_autofree char       *code = si_test_server_wait_for_code (fixture->server);
  g_autoptr (SiTestCall) verified = submit (fixture, path, code);
  g_autoptr (SiTestCall) info
      = si_test_client_get (fixture->client, "v1/me/security-info");
  JsonArray *methods = si_json_get_array (si_test_call_get_body (info), "methods");

  g_assert_cmpstr (si_test_call_get_string (started, "methodId"), ==, id);
  g_assert_cmpstr (si_test_call_get_string (verified, "methodId"), ==, id);
  g_assert_true (
      json_object_get_null_member (si_test_call_get_body (verified), "newDefault"));
  g_assert_cmpuint (json_array_get_length (methods), ==, 1);
  g_assert_cmpstr (si_json_get_string (si_json_array_get_object (methods, 0), "number"),
                   ==, OTHER);
}

/* The account may change between the call and its approval. */
static void
test_blocked (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path
      = si_test_client_begin (fixture->client, "mobile", MOBILE, "call");

  g_free (si_server_add_phone (fixture->server, SI_TEST_ACCOUNT, "mobile", OTHER));
  si_test_server_approve (fixture->server);
  assert_state (fixture, path, "blocked", NULL);
}

static void
test_language (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiTestCall) started = si_test_client_call (
      fixture->client, "POST", "v1/me/verifications",
      "{\"purpose\": \"add\", \"type\": \"phone\", \"use\": \"mobile\","
      " \"number\": \"" MOBILE "\", \"channel\": \"call\"}",
      "Idempotency-Key: k\nAccept-Language: fi, sv-SE;q=0.8, en;q=0.5");
  g_autofree char *id = wait_until_it_rings (fixture);
  SiSimulatedCall *call = si_simulated_phone_get_ringing (fixture->phone);

  g_assert_cmpstr (si_simulated_call_get_language (call), ==, "sv");
  g_assert_nonnull (strstr (si_simulated_call_get_says (call), "Contoso AB"));
  g_assert_nonnull (strstr (si_simulated_call_get_says (call), "fyrkant"));
}

int
main (int argc, char **argv)
{
  const struct {
    const char    *name;
    const Setting *setting;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/verifications/call", &USUAL, test_call },
    { "/verifications/text", &USUAL, test_text },
    { "/verifications/too-many-checks", &USUAL, test_too_many_checks },
    { "/verifications/spoken-code", &SPOKEN, test_spoken_code },
    { "/verifications/call-ends", &USUAL, test_call_ends },
    { "/verifications/wrong-key", &USUAL, test_wrong_key },
    { "/verifications/undelivered", &USUAL, test_undelivered },
    { "/verifications/no-sends-left", &ONCE, test_no_sends_left },
    { "/verifications/switch-channel", &USUAL, test_switch_channel },
    { "/verifications/cancel-hangs-up", &USUAL, test_cancel_hangs_up },
    { "/verifications/cancel-at-once", &USUAL, test_cancel_at_once },
    { "/verifications/expires", &SHORT, test_expires },
    { "/verifications/one-at-a-time", &USUAL, test_one_at_a_time },
    { "/verifications/idempotency", &USUAL, test_idempotency },
    { "/verifications/change", &USUAL, test_change },
    { "/verifications/blocked", &USUAL, test_blocked },
    { "/verifications/language", &USUAL, test_language },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, tests[i].setting, set_up, tests[i].test,
                tear_down);

  return g_test_run ();
}
