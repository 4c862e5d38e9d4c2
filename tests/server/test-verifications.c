/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-json.h"
#include "si-test-client.h"
#include "si-test-server.h"

/* Verifications, from the first call to the end of each. */

#define ADD_BY_CALL                                                                      \
  "{\"purpose\": \"add\", \"type\": \"phone\", \"use\": \"mobile\","                     \
  " \"number\": \"+46701740605\", \"channel\": \"call\"}"

typedef struct {
  SiServer     *server;
  SiTestClient *client;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = si_test_server_start (si_test_server_options_new ());
  fixture->client = si_test_client_new (fixture->server, SI_TEST_TOKEN);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->client, si_test_client_free);
  g_clear_object (&fixture->server);
}

static SiTestCall *
start (Fixture *fixture, const char *body, const char *key)
{
  g_autofree char *header = g_strconcat ("Idempotency-Key: ", key, NULL);

  return si_test_client_call (fixture->client, "POST", "v1/me/verifications", body,
                              header);
}

static void
test_add_by_call (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiTestCall) started = start (fixture, ADD_BY_CALL, "k-1");
  g_autoptr (SiTestCall) got = NULL;
  g_autoptr (SiTestCall) info = NULL;
  const char            *location = si_test_call_get_header (started, "Location");

  g_assert_cmpuint (si_test_call_get_status (started), ==, 201);
  g_assert_cmpstr (si_test_call_get_string (started, "state"), ==, "queued");

  si_test_server_approve (fixture->server);
  got = si_test_client_call (fixture->client, "GET", location + 1, NULL, NULL);
  g_assert_cmpstr (si_test_call_get_string (got, "state"), ==, "verified");

  info = si_test_client_call (fixture->client, "GET", "v1/me/security-info", NULL, NULL);
  g_assert_cmpuint (
      json_array_get_length (si_json_get_array (si_test_call_get_body (info), "methods")),
      ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/verifications/add-by-call", Fixture, NULL, set_up, test_add_by_call,
              tear_down);

  return g_test_run ();
}
