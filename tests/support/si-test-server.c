/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-test-server.h"

#include "si-test-loop.h"

/* The reference backend in the test's own process, and the person at its phone. */

#define POLICY "resource:///si-server/server-policy.json"

static gboolean
last_call_is (SiServer *server, SiSimulatedCallState state)
{
  GListModel *calls = si_simulated_phone_get_calls (si_server_get_phone (server));
  guint       n_calls = g_list_model_get_n_items (calls);
  g_autoptr (SiSimulatedCall) call = NULL;

  if (n_calls > 0)
    call = g_list_model_get_item (calls, n_calls - 1);

  return call != NULL && si_simulated_call_get_state (call) == state;
}

/* Looks at each text once: a code is for one verification. */
static char *
take_code (SiServer *server)
{
  GListModel *texts = si_simulated_phone_get_texts (si_server_get_phone (server));
  guint       seen = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (server), "texts"));
  char       *code = NULL;

  while (code == NULL && seen < g_list_model_get_n_items (texts)) {
    g_autoptr (SiSimulatedText) text = g_list_model_get_item (texts, seen++);

    code = g_strdup (si_simulated_text_get_code (text));
  }

  g_object_set_data (G_OBJECT (server), "texts", GUINT_TO_POINTER (seen));
  return code;
}

/**
 * si_test_server_options_new:
 *
 * Returns: (transfer full): options with %SI_TEST_TOKEN for %SI_TEST_ACCOUNT, for a test
 *   to change before it starts the server
 */
SiServerOptions *
si_test_server_options_new (void)
{
  SiServerOptions *options = si_server_options_new ();

  si_server_options_add_token (options, SI_TEST_TOKEN, SI_TEST_ACCOUNT, "Astrid Lind",
                               "astrid@contoso.example",
                               "securityinfo.read securityinfo.manage", NULL);

  return options;
}

/**
 * si_test_server_policy_new:
 *
 * Returns: (transfer full): a copy of the built-in policy, for a test to change and to
 * set as `policy` of its options
 */
JsonObject *
si_test_server_policy_new (void)
{
  g_autoptr (GFile)      file = g_file_new_for_uri (POLICY);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError)     error = NULL;
  g_autofree char       *text = NULL;
  gsize                  length;

  g_file_load_contents (file, NULL, &text, &length, NULL, &error);
  g_assert_no_error (error);
  json_parser_load_from_data (parser, text, length, &error);
  g_assert_no_error (error);

  return json_node_dup_object (json_parser_get_root (parser));
}

/**
 * si_test_server_start:
 * @options: (transfer full): how it is to be
 *
 * Returns: (transfer full): the server, started
 */
SiServer *
si_test_server_start (SiServerOptions *options)
{
  g_autoptr (GError) error = NULL;
  SiServer          *server = si_server_new (options);

  si_server_start (server, &error);
  g_assert_no_error (error);

  return server;
}

/**
 * si_test_server_wait_for_call:
 * @server: a server
 * @state: a state
 *
 * Runs the main context until the last call is in @state.
 */
void
si_test_server_wait_for_call (SiServer *server, SiSimulatedCallState state)
{
  si_test_wait_until (last_call_is (server, state));
}

/**
 * si_test_server_wait_for_code:
 * @server: a server
 *
 * Runs the main context until a text with a code has arrived that was not there before.
 *
 * Returns: (transfer full): the code
 */
char *
si_test_server_wait_for_code (SiServer *server)
{
  char *code = NULL;

  si_test_wait_until ((code = take_code (server)) != NULL);
  return code;
}

/**
 * si_test_server_approve:
 * @server: a server
 *
 * Waits until the phone rings, answers, and presses #.
 */
void
si_test_server_approve (SiServer *server)
{
  g_autoptr (GError) error = NULL;
  SiSimulatedPhone  *phone = si_server_get_phone (server);
  g_autofree char   *id = NULL;

  si_test_server_wait_for_call (server, SI_SIMULATED_CALL_RINGING);
  id = g_strdup (si_simulated_call_get_id (si_simulated_phone_get_ringing (phone)));

  si_simulated_phone_answer (phone, id, &error);
  g_assert_no_error (error);
  si_simulated_phone_press (phone, id, '#', &error);
  g_assert_no_error (error);
}
