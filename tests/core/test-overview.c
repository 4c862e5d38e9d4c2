/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-overview.h"

#include "si-error.h"
#include "si-fixed-token.h"
#include "si-rest-provider.h"
#include "si-scripted-server.h"
#include "si-test-documents.h"
#include "si-test-loop.h"

#define CAPABILITIES_PATH "/v1/capabilities"
#define INFO_PATH "/v1/me/security-info"

typedef struct {
  SiScriptedServer *server;
  SiProvider       *provider;
  SiOverview       *overview;
  guint             n_changes;
} Fixture;

static void
changed_cb (Fixture *fixture)
{
  fixture->n_changes++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiTokenSource) tokens = si_fixed_token_new ("token");
  g_autoptr (SiHttp)        http = NULL;

  fixture->server = si_scripted_server_new ();
  http = si_http_new (si_scripted_server_get_base (fixture->server), tokens);
  fixture->provider = si_rest_provider_new (http);
  fixture->overview = si_overview_new (fixture->provider);
  g_signal_connect_swapped (fixture->overview, "changed", G_CALLBACK (changed_cb),
                            fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_true (si_scripted_server_is_done (fixture->server));
  g_assert_finalize_object (fixture->overview);
  g_assert_finalize_object (fixture->provider);
  g_clear_object (&fixture->server);
}

static SiReply *
expect (Fixture *fixture, const char *path, guint status, const char *body)
{
  SiReply *reply = si_scripted_server_expect (fixture->server, "GET", path, status, body);

  si_reply_set_header (reply, "ETag", "\"1\"");

  return reply;
}

static void
load (Fixture *fixture)
{
  expect (fixture, CAPABILITIES_PATH, 200, SI_EXAMPLE_CAPABILITIES);
  expect (fixture, INFO_PATH, 200, SI_EXAMPLE_SECURITY_INFO);
  si_overview_refresh (fixture->overview);
  si_test_wait_until (!si_overview_get_loading (fixture->overview));
  g_assert_no_error (si_overview_get_error (fixture->overview));
  g_assert_true (si_overview_is_loaded (fixture->overview));
}

/* Two requests and no more, neither of which waits for the other. */
static void
test_side_by_side (Fixture *fixture, gconstpointer data)
{
  SiReply *capabilities
      = expect (fixture, CAPABILITIES_PATH, 200, SI_EXAMPLE_CAPABILITIES);
  SiReply *info = expect (fixture, INFO_PATH, 200, SI_EXAMPLE_SECURITY_INFO);

  si_reply_hold (capabilities);
  si_reply_hold (info);
  g_assert_false (si_overview_get_loading (fixture->overview));
  si_overview_refresh (fixture->overview);
  g_assert_true (si_overview_get_loading (fixture->overview));
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  si_test_wait_until (si_scripted_server_get_n_unanswered (fixture->server) == 2);

  si_reply_release (info);
  si_test_wait_until (si_overview_get_security_info (fixture->overview) != NULL);
  g_assert_true (si_overview_get_loading (fixture->overview));
  g_assert_false (si_overview_is_loaded (fixture->overview));

  si_reply_release (capabilities);
  si_test_wait_until (!si_overview_get_loading (fixture->overview));
  g_assert_true (si_overview_is_loaded (fixture->overview));
  g_assert_cmpuint (si_scripted_server_get_n_requests (fixture->server), ==, 2);
  g_assert_cmpuint (fixture->n_changes, ==, 3);
}

static void
test_stale_kept (Fixture *fixture, gconstpointer data)
{
  SiCapabilities *capabilities;
  SiSecurityInfo *info;

  load (fixture);
  capabilities = si_overview_get_capabilities (fixture->overview);
  info = si_overview_get_security_info (fixture->overview);

  expect (fixture, CAPABILITIES_PATH, 500, "{\"code\":\"internal\"}");
  expect (fixture, INFO_PATH, 304, NULL);
  si_overview_refresh (fixture->overview);
  g_assert_true (si_overview_get_security_info (fixture->overview) == info);
  si_test_wait_until (!si_overview_get_loading (fixture->overview));
  g_assert_error (si_overview_get_error (fixture->overview), SI_ERROR,
                  SI_ERROR_UNAVAILABLE);
  g_assert_true (si_overview_get_capabilities (fixture->overview) == capabilities);
  g_assert_true (si_overview_get_security_info (fixture->overview) == info);

  /* The next refresh that works clears the error. */
  expect (fixture, CAPABILITIES_PATH, 304, NULL);
  expect (fixture, INFO_PATH, 304, NULL);
  si_overview_refresh (fixture->overview);
  si_test_wait_until (!si_overview_get_loading (fixture->overview));
  g_assert_no_error (si_overview_get_error (fixture->overview));
}

static void
test_both_fail (Fixture *fixture, gconstpointer data)
{
  expect (fixture, CAPABILITIES_PATH, 401, "{\"code\":\"invalid_token\"}");
  expect (fixture, INFO_PATH, 401, "{\"code\":\"invalid_token\"}");
  si_overview_refresh (fixture->overview);
  si_test_wait_until (!si_overview_get_loading (fixture->overview));
  g_assert_error (si_overview_get_error (fixture->overview), SI_ERROR,
                  SI_ERROR_SIGN_IN_REQUIRED);
  g_assert_false (si_overview_is_loaded (fixture->overview));
}

/* After a change of the app's own one request is enough. */
static void
test_security_info_alone (Fixture *fixture, gconstpointer data)
{
  load (fixture);
  expect (fixture, INFO_PATH, 200, "{\"methods\": []}");
  si_overview_refresh_security_info (fixture->overview);
  si_test_wait_until (!si_overview_get_loading (fixture->overview));
  g_assert_cmpuint (si_scripted_server_get_n_requests (fixture->server), ==, 3);
  g_assert_cmpuint (g_list_model_get_n_items (si_security_info_get_methods (
                        si_overview_get_security_info (fixture->overview))),
                    ==, 0);
}

/* A refresh that is overtaken by another, or by what a change answered with. */
static void
test_overtaken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject)     object = si_test_parse ("{\"methods\": []}");
  g_autoptr (SiSecurityInfo) answer
      = si_security_info_new_from_json (object, "\"2\"", NULL);
  SiReply *late;

  load (fixture);
  late = expect (fixture, INFO_PATH, 200, SI_EXAMPLE_SECURITY_INFO);
  si_reply_hold (late);
  si_overview_refresh_security_info (fixture->overview);
  si_test_wait_until (si_scripted_server_get_n_unanswered (fixture->server) == 1);

  si_overview_set_security_info (fixture->overview, answer);
  g_assert_false (si_overview_get_loading (fixture->overview));
  si_reply_release (late);
  si_test_run_for (50);
  g_assert_true (si_overview_get_security_info (fixture->overview) == answer);
  g_assert_no_error (si_overview_get_error (fixture->overview));
}

/* Dropped while it loads: nothing stays behind. */
static void
test_dropped (Fixture *fixture, gconstpointer data)
{
  SiOverview *overview = si_overview_new (fixture->provider);

  si_reply_hold (expect (fixture, CAPABILITIES_PATH, 200, SI_EXAMPLE_CAPABILITIES));
  si_reply_hold (expect (fixture, INFO_PATH, 200, SI_EXAMPLE_SECURITY_INFO));
  si_overview_refresh (overview);
  si_test_wait_until (si_scripted_server_get_n_unanswered (fixture->server) == 2);
  g_object_run_dispose (G_OBJECT (overview));
  g_object_add_weak_pointer (G_OBJECT (overview), (gpointer *) &overview);
  g_object_unref (overview);
  si_test_wait_until (overview == NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, function)                                                              \
  g_test_add ("/overview/" name, Fixture, NULL, set_up, function, tear_down)

  ADD ("side-by-side", test_side_by_side);
  ADD ("stale-kept", test_stale_kept);
  ADD ("both-fail", test_both_fail);
  ADD ("security-info-alone", test_security_info_alone);
  ADD ("overtaken", test_overtaken);
  ADD ("dropped", test_dropped);

  return g_test_run ();
}
