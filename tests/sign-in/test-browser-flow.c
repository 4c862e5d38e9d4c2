/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-browser-flow.h"

#include <string.h>

#include "si-error.h"
#include "si-issuer-fixture.h"
#include "si-raw-client.h"
#include "si-secret.h"

/* Signing in in a browser, which the test plays over real sockets. */

#define CODE "code-1"
#define SUCCESS "<p>Signed in"
#define FAILURE "<p>Not signed in"
#define SHORT_MS 50

typedef struct {
  SiIssuerFixture issuer;
  SiBrowserFlow  *flow;
  GCancellable   *cancellable;
  GAsyncResult   *result;
  char           *uri; /* that was to be opened */
  guint           n_ready;
} Fixture;

static void
ready_cb (Fixture *fixture, const char *uri)
{
  fixture->n_ready++;
  fixture->uri = g_strdup (uri);
}

static void
use_ports (Fixture *fixture, const char *host, const guint16 *ports, gsize n_ports)
{
  g_clear_object (&fixture->flow);
  fixture->flow = si_browser_flow_new (fixture->issuer.client, host, ports, n_ports);
  si_browser_flow_set_pages (fixture->flow, SUCCESS, FAILURE);
  g_signal_connect_swapped (fixture->flow, "ready", G_CALLBACK (ready_cb), fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  si_issuer_fixture_set_up (&fixture->issuer, data);
  fixture->cancellable = g_cancellable_new ();
  use_ports (fixture, "127.0.0.1", NULL, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->result);
  if (fixture->flow != NULL)
    g_assert_finalize_object (g_steal_pointer (&fixture->flow));
  g_clear_object (&fixture->cancellable);
  g_clear_pointer (&fixture->uri, g_free);
  si_issuer_fixture_tear_down (&fixture->issuer, data);
}

static void
run (Fixture *fixture)
{
  si_browser_flow_run_async (fixture->flow, fixture->cancellable, si_test_keep_result,
                             &fixture->result);
}

static void
run_until_ready (Fixture *fixture)
{
  run (fixture);
  si_test_wait_until (fixture->uri != NULL);
}

static SiTokens *
finish (Fixture *fixture, GError **error)
{
  si_test_wait_until (fixture->result != NULL);

  return si_browser_flow_run_finish (fixture->flow, fixture->result, error);
}

static void
assert_problem (Fixture *fixture, SiProblemCode code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (finish (fixture, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (si_error_get_problem (error));
  g_assert_cmpint (si_problem_get_code (si_error_get_problem (error)), ==, code);
}

static void
assert_cancelled (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (finish (fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Returns: (transfer full) (nullable): a parameter of the address to open */
static char *
dup_parameter (Fixture *fixture, const char *name)
{
  return si_issuer_fixture_dup_value (strchr (fixture->uri, '?') + 1, name);
}

static void
assert_parameter (Fixture *fixture, const char *name, const char *value)
{
  g_autofree char *got = dup_parameter (fixture, name);

  g_assert_cmpstr (got, ==, value);
}

/* Returns: (transfer full): where the browser is sent */
static char *
dup_redirect (Fixture *fixture, const char *parameters)
{
  g_autofree char *redirect_uri = dup_parameter (fixture, "redirect_uri");
  g_autofree char *state = dup_parameter (fixture, "state");

  return g_strdup_printf ("%s?state=%s&%s", redirect_uri, state, parameters);
}

/* The browser comes back. */
static void
come_back (Fixture *fixture, const char *parameters, const char *page)
{
  g_autofree char *redirect = dup_redirect (fixture, parameters);
  g_autofree char *answer = si_raw_client_browse (redirect);

  g_assert_nonnull (answer);
  g_assert_true (g_str_has_suffix (answer, page));
}

static SiReply *
expect_tokens (Fixture *fixture)
{
  g_autofree char *nonce = dup_parameter (fixture, "nonce");
  g_autofree char *id_token
      = si_issuer_fixture_dup_id_token (&fixture->issuer, SUBJECT, nonce);

  return si_issuer_fixture_expect_tokens (&fixture->issuer, "at-1", "rt-1", id_token);
}

static void
assert_random (const char *text)
{
  g_assert_nonnull (text);
  g_assert_cmpuint (strlen (text), ==, 43);
}

static void
test_all (Fixture *fixture, gconstpointer data)
{
  g_autofree char     *challenge = NULL;
  g_autofree char     *redirect_uri = NULL;
  g_autofree char     *verifier = NULL;
  g_autofree char     *expected = NULL;
  g_autoptr (GError)   error = NULL;
  g_autoptr (SiTokens) tokens = NULL;

  g_assert_null (si_browser_flow_get_uri (fixture->flow));
  si_issuer_fixture_describe (&fixture->issuer, NULL);
  run_until_ready (fixture);
  g_assert_cmpstr (si_browser_flow_get_uri (fixture->flow), ==, fixture->uri);

  expect_tokens (fixture);
  come_back (fixture, "code=" CODE, SUCCESS);
  tokens = finish (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (si_tokens_get_access_token (tokens), ==, "at-1");
  g_assert_cmpstr (si_tokens_get_refresh_token (tokens), ==, "rt-1");
  g_assert_cmpstr (si_tokens_get_subject (tokens), ==, SUBJECT);
  g_assert_cmpuint (fixture->n_ready, ==, 1);

  redirect_uri = dup_parameter (fixture, "redirect_uri");
  si_issuer_fixture_assert_field (&fixture->issuer, 1, "code", CODE);
  si_issuer_fixture_assert_field (&fixture->issuer, 1, "redirect_uri", redirect_uri);
  verifier = si_issuer_fixture_dup_value (
      si_scripted_server_get_body (fixture->issuer.server, 1), "code_verifier");
  assert_random (verifier);
  challenge = dup_parameter (fixture, "code_challenge");
  expected = si_secret_dup_code_challenge (verifier);
  g_assert_cmpstr (challenge, ==, expected);
  g_assert_null (strstr (fixture->uri, verifier));

  /* The port is free for the next one. */
  g_assert_null (si_raw_client_browse (redirect_uri));
}

/* RFC 7636, appendix B. */
static void
test_code_challenge (void)
{
  g_autofree char *challenge
      = si_secret_dup_code_challenge ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

  g_assert_cmpstr (challenge, ==, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

static void
test_parameters (Fixture *fixture, gconstpointer data)
{
  g_autofree char *start = g_strconcat (fixture->issuer.issuer, "/auth?", NULL);
  g_autofree char *redirect_uri = NULL;
  g_autofree char *state = NULL;
  g_autofree char *nonce = NULL;

  si_issuer_fixture_describe (&fixture->issuer, NULL);
  run_until_ready (fixture);
  g_assert_true (g_str_has_prefix (fixture->uri, start));
  assert_parameter (fixture, "response_type", "code");
  assert_parameter (fixture, "client_id", CLIENT_ID);
  assert_parameter (fixture, "scope", SCOPE);
  assert_parameter (fixture, "code_challenge_method", "S256");
  assert_parameter (fixture, "prompt", NULL);
  assert_parameter (fixture, "max_age", NULL);
  assert_parameter (fixture, "acr_values", NULL);
  assert_parameter (fixture, "claims", NULL);

  redirect_uri = dup_parameter (fixture, "redirect_uri");
  g_assert_true (g_regex_match_simple ("^http://127\\.0\\.0\\.1:[0-9]+/$", redirect_uri,
                                       G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT));
  state = dup_parameter (fixture, "state");
  nonce = dup_parameter (fixture, "nonce");
  assert_random (state);
  assert_random (nonce);
  g_assert_cmpstr (state, !=, nonce);

  g_cancellable_cancel (fixture->cancellable);
  assert_cancelled (fixture);
}

/* What the backend asks for, and what of it goes to the issuer. */
typedef struct {
  const char *name;
  const char *prompt;
  int         max_age;
  const char *acr_values;
  const char *claims;
  const char *sent_prompt;
  const char *sent_max_age;
} Demand;

static const Demand demands[] = {
  { "nothing", NULL, -1, NULL, NULL, NULL, NULL },
  { "prompt", "login", -1, NULL, NULL, "login", NULL },
  { "max-age", NULL, 300, NULL, NULL, NULL, "300" },
  { "max-age-one", NULL, 1, NULL, NULL, NULL, "1" },
  { "max-age-zero", NULL, 0, NULL, NULL, "login", NULL },
  { "max-age-zero-and-prompt", "select_account", 0, NULL, NULL, "login", NULL },
  { "both", "login", 300, NULL, NULL, "login", "300" },
  { "acr-values", NULL, -1, "urn:mace:silver phrh&x=y", NULL, NULL, NULL },
  { "claims", NULL, -1, NULL, "{\"id_token\":{\"acr\":{\"value\":\"å&=+\"}}}", NULL,
    NULL },
  { "all", NULL, 0, "strong", "{\"a\":1}", "login", NULL },
};

static void
test_demand (Fixture *fixture, gconstpointer data)
{
  const Demand           *row = data;
  g_autoptr (SiChallenge) challenge
      = si_challenge_new (row->max_age, row->acr_values, row->claims);

  si_browser_flow_set_challenge (fixture->flow, challenge);
  si_browser_flow_set_prompt (fixture->flow, row->prompt);
  si_issuer_fixture_describe (&fixture->issuer, NULL);
  run_until_ready (fixture);
  assert_parameter (fixture, "prompt", row->sent_prompt);
  assert_parameter (fixture, "max_age", row->sent_max_age);
  assert_parameter (fixture, "acr_values", row->acr_values);
  assert_parameter (fixture, "claims", row->claims);

  g_cancellable_cancel (fixture->cancellable);
  assert_cancelled (fixture);
}

static void
test_endpoint_with_query (Fixture *fixture, gconstpointer data)
{
  const char      *issuer = fixture->issuer.issuer;
  g_autofree char *text = g_strdup_printf (
      "{\"issuer\": \"%s\", \"token_endpoint\": \"%s/token\","
      " \"authorization_endpoint\": \"https://login.example.com/a%%20b?tenant=a%%26b\"}",
      issuer, issuer);

  si_scripted_server_expect (fixture->issuer.server, "GET", DISCOVERY_PATH, 200, text);
  run_until_ready (fixture);
  g_assert_true (
      g_str_has_prefix (fixture->uri, "https://login.example.com/a%20b?tenant=a%26b&"));
  assert_parameter (fixture, "tenant", "a&b");
  assert_parameter (fixture, "client_id", CLIENT_ID);
  g_assert_null (strchr (strchr (fixture->uri, '?') + 1, '?'));

  g_cancellable_cancel (fixture->cancellable);
  assert_cancelled (fixture);
}

/* As two flows have nothing in common that could be guessed. */
static void
test_two (Fixture *fixture, gconstpointer data)
{
  g_autofree char *state = NULL;
  g_autofree char *nonce = NULL;
  g_autofree char *challenge = NULL;

  si_issuer_fixture_describe (&fixture->issuer, NULL);
  run_until_ready (fixture);
  state = dup_parameter (fixture, "state");
  nonce = dup_parameter (fixture, "nonce");
  challenge = dup_parameter (fixture, "code_challenge");
  g_cancellable_cancel (fixture->cancellable);
  assert_cancelled (fixture);

  g_clear_object (&fixture->result);
  g_clear_pointer (&fixture->uri, g_free);
  g_cancellable_reset (fixture->cancellable);
  use_ports (fixture, "127.0.0.1", NULL, 0);
  run_until_ready (fixture);
  g_assert_null (strstr (fixture->uri, state));
  g_assert_null (strstr (fixture->uri, nonce));
  g_assert_null (strstr (fixture->uri, challenge));
  g_cancellable_cancel (fixture->cancellable);
  assert_cancelled (fixture);
}

static void
test_localhost (Fixture *fixture, gconstpointer data)
{
  g_autofree char     *redirect_uri = NULL;
  g_autoptr (GError)   error = NULL;
  g_autoptr (SiTokens) tokens = NULL;

  use_ports (fixture, "localhost", NULL, 0);
  si_issuer_fixture_describe (&fixture->issuer, NULL);
  run_until_ready (fixture);
  redirect_uri = dup_parameter (fixture, "redirect_uri");
  g_assert_true (g_str_has_prefix (redirect_uri, "http://localhost:"));
  expect_tokens (fixture);
  come_back (fixture, "code=" CODE, SUCCESS);
  tokens = finish (fixture, &error);
  g_assert_no_error (error);
}

static void
test_port_taken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocketListener) taker = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (taker, NULL, NULL);

  use_ports (fixture, "127.0.0.1", &port, 1);
  si_issuer_fixture_describe (&fixture->issuer, NULL);
  run (fixture);
  assert_problem (fixture, SI_PROBLEM_PORT_TAKEN);
  g_assert_cmpuint (fixture->n_ready, ==, 0);
}

/* What the browser may come back with, and what the person is told. No code is given away
 * for any of it. */
typedef struct {
  const char   *name;
  const char   *parameters;
  SiProblemCode problem;
} Answer;

static const Answer answers[] = {
  { "denied", "error=access_denied", SI_PROBLEM_SIGN_IN_DENIED },
  { "rejected", "error=unauthorized_client", SI_PROBLEM_CLIENT_REJECTED },
  { "login-required", "error=login_required", SI_PROBLEM_SIGN_IN_FAILED },
  { "unknown-error", "error=what", SI_PROBLEM_SIGN_IN_FAILED },
  { "nothing", "a=b", SI_PROBLEM_REDIRECT_MISMATCH },
  { "second-state", "code=" CODE "&state=st-2", SI_PROBLEM_REDIRECT_MISMATCH },
  { "wrong-issuer", "code=" CODE "&iss=https%3A%2F%2Fevil.example",
    SI_PROBLEM_ISSUER_MISMATCH },
};

static void
test_answer (Fixture *fixture, gconstpointer data)
{
  const Answer *row = data;

  si_issuer_fixture_describe (&fixture->issuer, NULL);
  run_until_ready (fixture);
  come_back (fixture, row->parameters, FAILURE);
  assert_problem (fixture, row->problem);
}

static void
test_wrong_state (Fixture *fixture, gconstpointer data)
{
  g_autofree char *redirect_uri = NULL;
  g_autofree char *redirect = NULL;
  g_autofree char *answer = NULL;

  si_issuer_fixture_describe (&fixture->issuer, NULL);
  run_until_ready (fixture);
  redirect_uri = dup_parameter (fixture, "redirect_uri");
  redirect = g_strconcat (redirect_uri, "?code=" CODE "&state=st-2", NULL);
  answer = si_raw_client_browse (redirect);
  g_assert_true (g_str_has_suffix (answer, FAILURE));
  assert_problem (fixture, SI_PROBLEM_REDIRECT_MISMATCH);
}

#define NAMES_ITSELF ", \"authorization_response_iss_parameter_supported\": true"

/* RFC 9207: an issuer that promised to say who it is, and did not, is another one. */
static void
test_issuer_missing (Fixture *fixture, gconstpointer data)
{
  si_issuer_fixture_describe (&fixture->issuer, NAMES_ITSELF);
  run_until_ready (fixture);
  come_back (fixture, "code=" CODE, FAILURE);
  assert_problem (fixture, SI_PROBLEM_ISSUER_MISMATCH);
}

static void
test_issuer_right (Fixture *fixture, gconstpointer data)
{
  g_autofree char     *name = g_uri_escape_string (fixture->issuer.issuer, NULL, FALSE);
  g_autofree char     *parameters = g_strconcat ("code=" CODE "&iss=", name, NULL);
  g_autoptr (GError)   error = NULL;
  g_autoptr (SiTokens) tokens = NULL;

  si_issuer_fixture_describe (&fixture->issuer, NAMES_ITSELF);
  run_until_ready (fixture);
  expect_tokens (fixture);
  come_back (fixture, parameters, SUCCESS);
  tokens = finish (fixture, &error);
  g_assert_no_error (error);
}

/* A browser that also wants an icon, and one that loads the page again. */
static void
test_twice (Fixture *fixture, gconstpointer data)
{
  g_autofree char     *redirect_uri = NULL;
  g_autofree char     *icon = NULL;
  g_autofree char     *icon_answer = NULL;
  g_autofree char     *redirect = NULL;
  g_autofree char     *second = NULL;
  g_autoptr (GError)   error = NULL;
  g_autoptr (SiTokens) tokens = NULL;
  SiReply             *reply;

  si_issuer_fixture_describe (&fixture->issuer, NULL);
  run_until_ready (fixture);
  redirect_uri = dup_parameter (fixture, "redirect_uri");
  icon = g_strconcat (redirect_uri, "favicon.ico", NULL);
  icon_answer = si_raw_client_browse (icon);
  g_assert_true (g_str_has_prefix (icon_answer, "HTTP/1.1 404 "));
  g_assert_null (fixture->result);

  reply = expect_tokens (fixture);
  si_reply_hold (reply);
  redirect = dup_redirect (fixture, "code=" CODE);
  come_back (fixture, "code=" CODE, SUCCESS);
  second = si_raw_client_browse (redirect);
  g_assert_null (second);
  si_test_wait_until (si_scripted_server_get_n_unanswered (fixture->issuer.server) == 1);
  si_reply_release (reply);
  tokens = finish (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (si_issuer_fixture_count (&fixture->issuer, "POST /token"), ==, 1);
}

static void
test_code_refused (Fixture *fixture, gconstpointer data)
{
  si_issuer_fixture_describe (&fixture->issuer, NULL);
  run_until_ready (fixture);
  si_issuer_fixture_refuse (&fixture->issuer, 400, "invalid_grant");
  come_back (fixture, "code=" CODE, SUCCESS);
  assert_problem (fixture, SI_PROBLEM_SIGN_IN_FAILED);
}

/* Another sign-in's ID token is no good for this one. */
static void
test_other_nonce (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id_token
      = si_issuer_fixture_dup_id_token (&fixture->issuer, SUBJECT, "nonce-2");

  si_issuer_fixture_describe (&fixture->issuer, NULL);
  run_until_ready (fixture);
  si_issuer_fixture_expect_tokens (&fixture->issuer, "at-1", "rt-1", id_token);
  come_back (fixture, "code=" CODE, SUCCESS);
  assert_problem (fixture, SI_PROBLEM_ID_TOKEN_INVALID);
}

static void
test_no_issuer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  si_scripted_server_expect (fixture->issuer.server, "GET", DISCOVERY_PATH, 503, NULL);
  run (fixture);
  g_assert_null (finish (fixture, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_UNAVAILABLE);
  g_assert_cmpuint (fixture->n_ready, ==, 0);
}

static void
test_never_comes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *redirect_uri = NULL;

  si_browser_flow_set_timeout (fixture->flow, SHORT_MS);
  si_issuer_fixture_describe (&fixture->issuer, NULL);
  run_until_ready (fixture);
  assert_problem (fixture, SI_PROBLEM_SIGN_IN_EXPIRED);
  redirect_uri = dup_parameter (fixture, "redirect_uri");
  g_assert_null (si_raw_client_browse (redirect_uri));
}

static void
test_cancelled_before (Fixture *fixture, gconstpointer data)
{
  g_cancellable_cancel (fixture->cancellable);
  run (fixture);
  assert_cancelled (fixture);
  g_assert_cmpuint (si_scripted_server_get_n_requests (fixture->issuer.server), ==, 0);
}

static void
test_cancelled_while_discovering (Fixture *fixture, gconstpointer data)
{
  si_reply_hold (si_issuer_fixture_describe (&fixture->issuer, NULL));
  run (fixture);
  si_test_wait_until (si_scripted_server_get_n_unanswered (fixture->issuer.server) == 1);
  g_cancellable_cancel (fixture->cancellable);
  assert_cancelled (fixture);
  g_assert_cmpuint (fixture->n_ready, ==, 0);
}

static void
test_cancelled_while_waiting (Fixture *fixture, gconstpointer data)
{
  g_autofree char *redirect_uri = NULL;

  si_issuer_fixture_describe (&fixture->issuer, NULL);
  run_until_ready (fixture);
  g_cancellable_cancel (fixture->cancellable);
  assert_cancelled (fixture);
  redirect_uri = dup_parameter (fixture, "redirect_uri");
  g_assert_null (si_raw_client_browse (redirect_uri));
}

static void
test_cancelled_while_exchanging (Fixture *fixture, gconstpointer data)
{
  si_issuer_fixture_describe (&fixture->issuer, NULL);
  run_until_ready (fixture);
  si_reply_hold (expect_tokens (fixture));
  come_back (fixture, "code=" CODE, SUCCESS);
  si_test_wait_until (si_scripted_server_get_n_unanswered (fixture->issuer.server) == 1);
  g_cancellable_cancel (fixture->cancellable);
  assert_cancelled (fixture);
}

/* Who begins it need not keep it. */
static void
test_dropped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiBrowserFlow) flow = NULL;
  g_autoptr (GError)        error = NULL;
  g_autoptr (SiTokens)      tokens = NULL;

  si_issuer_fixture_describe (&fixture->issuer, NULL);
  run (fixture);
  g_clear_object (&fixture->flow);
  si_test_wait_until (fixture->uri != NULL);
  expect_tokens (fixture);
  come_back (fixture, "code=" CODE, SUCCESS);
  si_test_wait_until (fixture->result != NULL);
  flow = SI_BROWSER_FLOW (g_async_result_get_source_object (fixture->result));
  tokens = si_browser_flow_run_finish (flow, fixture->result, &error);
  g_assert_no_error (error);
}

#define ADD(name, test)                                                                  \
  g_test_add ("/browser-flow/" name, Fixture, NULL, set_up, test, tear_down)

static void
add_tables (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (demands); i++) {
    g_autofree char *path = g_strdup_printf ("/browser-flow/demand/%s", demands[i].name);

    g_test_add (path, Fixture, &demands[i], set_up, test_demand, tear_down);
  }

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_autofree char *path = g_strdup_printf ("/browser-flow/answer/%s", answers[i].name);

    g_test_add (path, Fixture, &answers[i], set_up, test_answer, tear_down);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("all", test_all);
  g_test_add_func ("/browser-flow/code-challenge", test_code_challenge);
  ADD ("parameters", test_parameters);
  add_tables ();
  ADD ("endpoint-with-query", test_endpoint_with_query);
  ADD ("two", test_two);
  ADD ("localhost", test_localhost);
  ADD ("port-taken", test_port_taken);
  ADD ("wrong-state", test_wrong_state);
  ADD ("issuer-missing", test_issuer_missing);
  ADD ("issuer-right", test_issuer_right);
  ADD ("twice", test_twice);
  ADD ("code-refused", test_code_refused);
  ADD ("other-nonce", test_other_nonce);
  ADD ("no-issuer", test_no_issuer);
  ADD ("never-comes", test_never_comes);
  ADD ("cancelled-before", test_cancelled_before);
  ADD ("cancelled-while-discovering", test_cancelled_while_discovering);
  ADD ("cancelled-while-waiting", test_cancelled_while_waiting);
  ADD ("cancelled-while-exchanging", test_cancelled_while_exchanging);
  ADD ("dropped", test_dropped);

  return g_test_run ();
}
