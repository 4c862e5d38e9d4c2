/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-json.h"
#include "si-scripted-server.h"
#include "si-test-client.h"
#include "si-test-loop.h"
#include "si-test-server.h"
#include "si-timestamp.h"

/* Tokens that the server itself knows nothing about, and an identity provider that says
 * what a test tells it to. */

#define INFO "v1/me/security-info"
#define START "v1/me/verifications"
#define PHONE                                                                            \
  "{\"purpose\": \"add\", \"type\": \"phone\", \"use\": \"mobile\","                     \
  " \"number\": \"+46701740605\", \"channel\": \"call\"}"

#define TOKEN "eyJ0eXAi.eyJzdWIi.c2ln_-~+/=="
#define SCOPES "\"scope\": \"openid securityinfo.read securityinfo.manage\""
#define WHO "\"active\": true, \"sub\": \"u-1\", \"username\": \"astrid\""
#define ACTIVE "{" WHO ", " SCOPES "}"
#define INACTIVE "{\"active\": false}"
#define NO_ANSWER "*does not say what a token is worth*"
#define JSON "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

typedef struct {
  SiScriptedServer *provider;
  SiServerOptions  *options;
  SiServer         *server;
  SiTestClient     *client;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *base = NULL;

  fixture->provider = si_scripted_server_new ();
  base = g_uri_to_string (si_scripted_server_get_base (fixture->provider));
  fixture->options = si_test_server_options_new ();
  fixture->options->introspect_url = g_strconcat (base, "introspect", NULL);
  fixture->options->introspect_client = g_strdup ("back end");
  fixture->options->introspect_secret = g_strdup ("s:e/c%ret");
}

/* The options are as the test wants them now. */
static void
start (Fixture *fixture)
{
  fixture->server = si_test_server_start (fixture->options);
  fixture->client = si_test_client_new (fixture->server, TOKEN);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->provider != NULL)
    g_assert_true (si_scripted_server_is_done (fixture->provider));

  g_clear_pointer (&fixture->client, si_test_client_free);
  g_clear_object (&fixture->server);
  g_clear_object (&fixture->provider);
}

static SiReply *
expect (Fixture *fixture, const char *answer)
{
  return si_scripted_server_expect (fixture->provider, "POST", "/introspect", 200,
                                    answer);
}

static guint
count_questions (Fixture *fixture)
{
  return si_scripted_server_get_n_requests (fixture->provider);
}

static gint64
now_in_seconds (void)
{
  return si_timestamp_now () / G_USEC_PER_SEC;
}

static guint
get_status (SiTestClient *client)
{
  g_autoptr (SiTestCall) call = si_test_client_get (client, INFO);

  return si_test_call_get_status (call);
}

static void
test_active (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiTestCall) call = NULL;
  JsonObject            *account;

  start (fixture);
  expect (fixture, ACTIVE);
  call = si_test_client_get (fixture->client, INFO);

  g_assert_cmpuint (si_test_call_get_status (call), ==, 200);
  account = si_json_get_object (si_test_call_get_body (call), "account");
  g_assert_cmpstr (si_json_get_string (account, "id"), ==, "u-1");
  g_assert_cmpstr (si_json_get_string (account, "username"), ==, "astrid");
  g_assert_cmpstr (si_json_get_string (account, "displayName"), ==, "astrid");

  g_assert_cmpstr (si_scripted_server_get_body (fixture->provider, 0), ==,
                   "token=eyJ0eXAi.eyJzdWIi.c2ln_-~%2B%2F%3D%3D"
                   "&token_type_hint=access_token");
  /* back%20end:s%3Ae%2Fc%25ret */
  g_assert_cmpstr (si_scripted_server_get_header (fixture->provider, 0, "Authorization"),
                   ==, "Basic YmFjayUyMGVuZDpzJTNBZSUyRmMlMjVyZXQ=");
  g_assert_cmpstr (si_scripted_server_get_header (fixture->provider, 0, "Content-Type"),
                   ==, "application/x-www-form-urlencoded");
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  const struct {
    const char *members;
    const char *username;
    const char *display_name;
  } cases[] = {
    { "", "u-1", "u-1" },
    { ", \"username\": \"astrid\", \"name\": \"Astrid Lind\"", "astrid", "Astrid Lind" },
    { ", \"preferred_username\": \"astrid\"", "astrid", "astrid" },
    { ", \"name\": \"Astrid Lind\"", "Astrid Lind", "Astrid Lind" },
    { ", \"username\": 7, \"name\": []", "u-1", "u-1" },
    { ", \"username\": \"\", \"name\": null", "u-1", "u-1" },
  };

  fixture->options->introspect_cache = 0;
  start (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *answer = g_strdup_printf (
        "{\"active\": true, \"sub\": \"u-1\", " SCOPES "%s}", cases[i].members);
    g_autoptr (SiTestCall) call = NULL;
    JsonObject            *account;

    expect (fixture, answer);
    call = si_test_client_get (fixture->client, INFO);
    account = si_json_get_object (si_test_call_get_body (call), "account");
    g_assert_cmpstr (si_json_get_string (account, "username"), ==, cases[i].username);
    g_assert_cmpstr (si_json_get_string (account, "displayName"), ==,
                     cases[i].display_name);
  }
}

/* None of these is, or is any longer, a token of a person for this server. */
static void
test_worthless (Fixture *fixture, gconstpointer data)
{
  const char *const answers[] = {
    INACTIVE,
    "{\"active\": false, \"sub\": 7, \"exp\": \"x\"}",
    "{" WHO ", " SCOPES ", \"exp\": 1000000000, \"aud\": \"security-info\"}",
    "{\"active\": true, " SCOPES ", \"aud\": \"security-info\"}",
    "{" WHO ", " SCOPES
    ", \"aud\": \"security-info\", \"token_type\": \"refresh_token\"}",
    "{" WHO ", " SCOPES ", \"aud\": \"security-info\", \"token_type\": \"DPoP\"}",
    "{" WHO ", " SCOPES ", \"aud\": \"security-info\", \"token_type\": 7}",
    "{" WHO ", " SCOPES ", \"aud\": \"security-info\", \"cnf\": {\"jkt\": \"x\"}}",
    "{" WHO ", " SCOPES ", \"aud\": \"another\"}",
    "{" WHO ", " SCOPES ", \"aud\": [\"another\", 7, \"security\"]}",
    "{" WHO ", " SCOPES ", \"aud\": {\"security-info\": true}}",
    ACTIVE, /* for nobody in particular */
  };

  fixture->options->introspect_audience = g_strdup ("security-info");
  start (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_autoptr (SiTestCall) call = NULL;

    expect (fixture, answers[i]);
    call = si_test_client_get (fixture->client, INFO);
    si_test_call_assert_problem (call, 401, "invalid_token");
    g_assert_cmpstr (si_test_call_get_header (call, "WWW-Authenticate"), ==,
                     "Bearer error=\"invalid_token\"");
  }
}

static void
test_audience (Fixture *fixture, gconstpointer data)
{
  const char *const answers[] = {
    "{" WHO ", " SCOPES ", \"aud\": \"security-info\", \"token_type\": \"bearer\"}",
    "{" WHO ", " SCOPES ", \"aud\": [\"another\", \"security-info\"]}",
  };

  fixture->options->introspect_audience = g_strdup ("security-info");
  fixture->options->introspect_cache = 0;
  start (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    expect (fixture, answers[i]);
    g_assert_cmpuint (get_status (fixture->client), ==, 200);
  }
}

static void
test_scopes (Fixture *fixture, gconstpointer data)
{
  const char *const none[] = {
    "{" WHO "}",
    "{" WHO ", \"scope\": [\"securityinfo.read\"]}",
    "{" WHO ", \"scope\": \"securityinfo.readsecurityinfo.read\"}",
  };
  g_autoptr (SiTestCall) call = NULL;

  fixture->options->introspect_cache = 0;
  start (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (none); i++) {
    expect (fixture, none[i]);
    g_assert_cmpuint (get_status (fixture->client), ==, 403);
  }

  si_reply_repeat (expect (fixture, "{" WHO ", \"scope\": \"securityinfo.read\"}"));
  g_assert_cmpuint (get_status (fixture->client), ==, 200);
  call = si_test_client_post (fixture->client, START, PHONE);
  si_test_call_assert_problem (call, 403, "insufficient_scope");
  g_assert_nonnull (strstr (si_test_call_get_header (call, "WWW-Authenticate"),
                            "scope=\"securityinfo.manage\""));
}

static void
assert_unknown (Fixture *fixture)
{
  g_autoptr (SiTestCall) call = NULL;

  g_test_expect_message ("si-server", G_LOG_LEVEL_MESSAGE, NO_ANSWER);
  call = si_test_client_get (fixture->client, INFO);
  g_test_assert_expected_messages ();
  si_test_call_assert_problem (call, 503, "maintenance");
  g_assert_cmpstr (si_test_call_get_header (call, "Retry-After"), ==, "5");
  g_assert_null (si_test_call_get_header (call, "WWW-Authenticate"));
}

/* Nobody gets in by them, and nobody is told to sign in again because of them. */
static void
test_nonsense (Fixture *fixture, gconstpointer data)
{
  const char *const answers[] = {
    "{}",
    "{\"active\": \"true\"}",
    "{\"active\": 1}",
    "{\"active\": null, \"sub\": \"u-1\"}",
    "{\"active\": [true]}",
    "{\"active\": true, \"sub\": 7, " SCOPES "}",
    "{\"active\": true, \"sub\": \"\", " SCOPES "}",
    "{\"active\": true, \"sub\": {\"id\": \"u-1\"}, " SCOPES "}",
    "{" WHO ", " SCOPES ", \"exp\": \"never\"}",
    "{" WHO ", " SCOPES ", \"exp\": 1e300}",
    "{" WHO ", " SCOPES ", \"exp\": -1}",
    "{" WHO ", " SCOPES ", \"exp\": 9223372036854775807}",
    "{" WHO ", " SCOPES ", \"exp\": [1]}",
    "{" WHO ", " SCOPES ", \"iat\": true}",
    "{" WHO ", " SCOPES ", \"auth_time\": \"now\"}",
    "{" WHO ", " SCOPES ", \"auth_time\": {}}",
    "[true]",
    "true",
    "<html>",
    NULL,
  };

  start (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    expect (fixture, answers[i]);
    assert_unknown (fixture);
  }
}

static void
test_bad_manners (Fixture *fixture, gconstpointer data)
{
  g_autofree char *deep = g_strnfill (50000, '[');
  g_autofree char *nested
      = g_strdup_printf (JSON "Content-Length: 50000\r\n\r\n%s", deep);
  const struct {
    const char  *bytes;
    SiAfterwards afterwards;
  } answers[] = {
    { "", SI_AFTERWARDS_CLOSE },
    { "SSH-2.0-OpenSSH_9.2\r\n\r\n", SI_AFTERWARDS_CLOSE },
    { JSON "Content-Length: 100\r\n\r\n{\"active\": true", SI_AFTERWARDS_CLOSE },
    { JSON "Content-Length: 9999999999\r\n\r\n{          ", SI_AFTERWARDS_FLOOD },
    { "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 16\r\n\r\n"
      "{\"active\": true}",
      SI_AFTERWARDS_CLOSE },
    { "HTTP/1.1 307 Temporary Redirect\r\nLocation: /elsewhere\r\n"
      "Content-Length: 0\r\n\r\n",
      SI_AFTERWARDS_CLOSE },
    { "HTTP/1.1 204 No Content\r\n\r\n", SI_AFTERWARDS_CLOSE },
    { "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", SI_AFTERWARDS_CLOSE },
    { "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n"
      "Content-Length: 16\r\n\r\n{\"active\": true}",
      SI_AFTERWARDS_CLOSE },
    { "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n",
      SI_AFTERWARDS_CLOSE },
    { nested, SI_AFTERWARDS_CLOSE },
  };

  start (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    si_scripted_server_expect_bytes (fixture->provider, "POST", "/introspect",
                                     answers[i].bytes, -1, answers[i].afterwards);
    assert_unknown (fixture);
  }

  expect (fixture, ACTIVE);
  g_assert_cmpuint (get_status (fixture->client), ==, 200);
}

static void
test_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiTestClient) own = NULL;

  start (fixture);
  g_clear_object (&fixture->provider);
  assert_unknown (fixture);

  own = si_test_client_new (fixture->server, SI_TEST_TOKEN);
  g_assert_cmpuint (get_status (own), ==, 200);
}

/* What can't be a token, or is one of the server's own, is nobody else's business. */
static void
test_not_asked (Fixture *fixture, gconstpointer data)
{
  g_autofree char *long_one = g_strnfill (9000, 'a');
  const char      *tokens[] = { "a b", "å", "a=b", "==", "a\"", "a,b", long_one };
  g_autoptr (SiTestClient) own = NULL;
  g_autoptr (SiTestClient) nobody = NULL;

  start (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++) {
    g_autoptr (SiTestClient) client = si_test_client_new (fixture->server, tokens[i]);

    g_assert_cmpuint (get_status (client), ==, 401);
  }

  own = si_test_client_new (fixture->server, SI_TEST_TOKEN);
  g_assert_cmpuint (get_status (own), ==, 200);
  nobody = si_test_client_new (fixture->server, NULL);
  g_assert_cmpuint (get_status (nobody), ==, 401);
  g_assert_cmpuint (count_questions (fixture), ==, 0);
}

/* Two requests with one token, while the provider thinks about the first one's. */
static void
send_two (Fixture *fixture, SiReply *reply, SiTestCall **first, SiTestCall **second)
{
  g_autoptr (SiTestClient) own = si_test_client_new (fixture->server, SI_TEST_TOKEN);

  si_reply_hold (reply);
  *first = si_test_client_send (fixture->client, "GET", INFO, NULL, NULL);
  *second = si_test_client_send (fixture->client, "GET", INFO, NULL, NULL);
  si_test_wait_until (si_scripted_server_get_n_unanswered (fixture->provider) == 1);

  /* Requests that come after have been answered: so both have been read. */
  for (guint i = 0; i < 5; i++)
    g_assert_cmpuint (get_status (own), ==, 200);
  g_assert_false (si_test_call_is_done (*first) || si_test_call_is_done (*second));
  si_reply_release (reply);
}

static void
test_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiTestCall) first = NULL;
  g_autoptr (SiTestCall) second = NULL;

  fixture->options->introspect_cache = 0;
  start (fixture);
  send_two (fixture, expect (fixture, ACTIVE), &first, &second);
  si_test_call_wait (first);
  si_test_call_wait (second);
  g_assert_cmpuint (si_test_call_get_status (first), ==, 200);
  g_assert_cmpuint (si_test_call_get_status (second), ==, 200);
  g_assert_cmpuint (count_questions (fixture), ==, 1);
}

static void
test_at_once_in_vain (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiTestCall) first = NULL;
  g_autoptr (SiTestCall) second = NULL;

  start (fixture);
  g_test_expect_message ("si-server", G_LOG_LEVEL_MESSAGE, NO_ANSWER);
  send_two (fixture, expect (fixture, "{}"), &first, &second);
  si_test_call_wait (first);
  si_test_call_wait (second);
  g_test_assert_expected_messages ();
  si_test_call_assert_problem (first, 503, "maintenance");
  si_test_call_assert_problem (second, 503, "maintenance");
}

static void
test_cached (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiTestClient) other = NULL;

  start (fixture);
  other = si_test_client_new (fixture->server, "another");
  expect (fixture, ACTIVE);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (get_status (fixture->client), ==, 200);
  g_assert_cmpuint (count_questions (fixture), ==, 1);

  /* What is worth nothing may be worth something a moment later. */
  expect (fixture, INACTIVE);
  g_assert_cmpuint (get_status (other), ==, 401);
  expect (fixture, ACTIVE);
  g_assert_cmpuint (get_status (other), ==, 200);
  g_assert_cmpuint (count_questions (fixture), ==, 3);
}

static void
test_not_cached (Fixture *fixture, gconstpointer data)
{
  fixture->options->introspect_cache = 0;
  start (fixture);
  expect (fixture, ACTIVE);
  expect (fixture, INACTIVE);
  g_assert_cmpuint (get_status (fixture->client), ==, 200);
  g_assert_cmpuint (get_status (fixture->client), ==, 401);
}

static void
test_cached_for_a_while (Fixture *fixture, gconstpointer data)
{
  fixture->options->introspect_cache = 0.2;
  start (fixture);
  expect (fixture, ACTIVE);
  expect (fixture, INACTIVE);
  g_assert_cmpuint (get_status (fixture->client), ==, 200);
  si_test_wait_until (get_status (fixture->client) == 401);
}

static void
test_expires (Fixture *fixture, gconstpointer data)
{
  g_autofree char *answer = g_strdup_printf (
      "{" WHO ", " SCOPES ", \"exp\": %" G_GINT64_FORMAT ".0}", now_in_seconds () + 2);

  start (fixture);
  expect (fixture, answer);
  expect (fixture, INACTIVE);
  g_assert_cmpuint (get_status (fixture->client), ==, 200);
  si_test_wait_until (get_status (fixture->client) == 401);
}

static GSocketConnection *
send_raw (Fixture *fixture)
{
  const char               *text = "GET /" INFO " HTTP/1.1\r\nHost: localhost\r\n"
                                   "Authorization: Bearer " TOKEN "\r\n\r\n";
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  GSocketConnection        *connection;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (
      client, "127.0.0.1", si_server_get_port (fixture->server), NULL, NULL);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                             text, strlen (text), NULL, NULL, NULL);
  return connection;
}

static void
test_client_leaves (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocketConnection) connection = NULL;
  SiReply                      *reply;

  start (fixture);
  reply = expect (fixture, ACTIVE);
  si_reply_hold (reply);
  connection = send_raw (fixture);
  si_test_wait_until (si_scripted_server_get_n_unanswered (fixture->provider) == 1);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  si_reply_release (reply);

  /* The answer was not for nothing. */
  g_assert_cmpuint (get_status (fixture->client), ==, 200);
  g_assert_cmpuint (count_questions (fixture), ==, 1);
}

/* The provider's answer is on its way while the server stops. */
static void
test_stop (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocketConnection) connection = NULL;
  SiReply                      *reply;
  char                          byte;

  start (fixture);
  reply = expect (fixture, ACTIVE);
  si_reply_hold (reply);
  connection = send_raw (fixture);
  si_test_wait_until (si_scripted_server_get_n_unanswered (fixture->provider) == 1);

  si_reply_release (reply);
  si_server_stop (fixture->server);
  g_clear_object (&fixture->server);
  si_test_run_for (100);
  g_assert_cmpint (
      g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), &byte,
                           1, NULL, NULL),
      <=, 0);
}

/* A held request waits twice: for the provider, and for what it is about. */
static void
test_wait (Fixture *fixture, gconstpointer data)
{
  g_autofree char       *path = NULL;
  g_autofree char       *headers = NULL;
  g_autoptr (SiTestCall) now = NULL;
  g_autoptr (SiTestCall) call = NULL;

  fixture->options->introspect_cache = 0;
  start (fixture);
  si_reply_repeat (expect (fixture, ACTIVE));
  path = si_test_client_begin (fixture->client, "mobile", "+46701740605", "call");
  si_test_server_wait_for_call (fixture->server, SI_SIMULATED_CALL_RINGING);
  now = si_test_client_get (fixture->client, path);
  headers = g_strdup_printf ("Prefer: wait=25\nIf-None-Match: %s",
                             si_test_call_get_header (now, "ETag"));

  call = si_test_client_send (fixture->client, "GET", path, NULL, headers);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (get_status (fixture->client), ==, 200);
  g_assert_false (si_test_call_is_done (call));
  si_test_server_approve (fixture->server);
  si_test_call_wait (call);
  g_assert_cmpuint (si_test_call_get_status (call), ==, 200);
}

static void
test_step_up (Fixture *fixture, gconstpointer data)
{
  const struct {
    const char *member;
    gint64      age;
    gboolean    trust_iat;
    guint       status;
  } cases[] = {
    { "auth_time", 10, FALSE, 201 },  { "auth_time", 1000, FALSE, 401 },
    { "auth_time", 1000, TRUE, 401 }, { "auth_time", -1000, FALSE, 201 },
    { "iat", 10, FALSE, 401 },        { "iat", 10, TRUE, 201 },
    { "iat", 1000, TRUE, 401 },       { "nbf", 10, TRUE, 401 },
  };

  fixture->options->step_up_max_age = 300;
  fixture->options->introspect_cache = 0;
  start (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *answer = g_strdup_printf (
        "{\"active\": true, \"sub\": \"u-%u\", " SCOPES ", \"%s\": %" G_GINT64_FORMAT "}",
        i, cases[i].member, now_in_seconds () - cases[i].age);
    g_autoptr (SiTestCall) call = NULL;

    fixture->options->introspect_iat = cases[i].trust_iat;
    expect (fixture, answer);
    expect (fixture, answer);
    g_assert_cmpuint (get_status (fixture->client), ==, 200);
    call = si_test_client_post (fixture->client, START, PHONE);
    g_assert_cmpuint (si_test_call_get_status (call), ==, cases[i].status);
    if (cases[i].status == 401) {
      si_test_call_assert_problem (call, 401, "step_up_required");
      g_assert_nonnull (
          strstr (si_test_call_get_header (call, "WWW-Authenticate"), "max_age=\"300\""));
    }
  }
}

int
main (int argc, char **argv)
{
  const struct {
    const char *name;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/introspection/active", test_active },
    { "/introspection/names", test_names },
    { "/introspection/worthless", test_worthless },
    { "/introspection/audience", test_audience },
    { "/introspection/scopes", test_scopes },
    { "/introspection/nonsense", test_nonsense },
    { "/introspection/bad-manners", test_bad_manners },
    { "/introspection/down", test_down },
    { "/introspection/not-asked", test_not_asked },
    { "/introspection/at-once", test_at_once },
    { "/introspection/at-once-in-vain", test_at_once_in_vain },
    { "/introspection/cached", test_cached },
    { "/introspection/not-cached", test_not_cached },
    { "/introspection/cached-for-a-while", test_cached_for_a_while },
    { "/introspection/expires", test_expires },
    { "/introspection/client-leaves", test_client_leaves },
    { "/introspection/stop", test_stop },
    { "/introspection/wait", test_wait },
    { "/introspection/step-up", test_step_up },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
