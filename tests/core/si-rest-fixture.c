/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-rest-fixture.h"
#include "si-fixed-token.h"

/* A REST provider with a backend that says what the test tells it to. */

void
si_rest_fixture_set_up (SiRestFixture *fixture, gconstpointer data)
{
  g_autoptr (SiTokenSource) tokens = si_fixed_token_new ("token");
  g_autoptr (SiHttp)        http = NULL;

  fixture->server = si_scripted_server_new ();
  http = si_http_new (si_scripted_server_get_base (fixture->server), tokens);
  fixture->provider = si_rest_provider_new (http);
}

void
si_rest_fixture_tear_down (SiRestFixture *fixture, gconstpointer data)
{
  g_assert_true (si_scripted_server_is_done (fixture->server));
  g_clear_object (&fixture->result);
  g_assert_finalize_object (fixture->provider);
  g_clear_object (&fixture->server);
}

GAsyncResult *
si_rest_fixture_wait_for_result (SiRestFixture *fixture)
{
  si_test_wait_until (fixture->result != NULL);

  return fixture->result;
}

SiReply *
si_rest_fixture_expect (SiRestFixture *fixture,
                        const char    *method,
                        const char    *path,
                        guint          status,
                        const char    *body,
                        const char    *etag)
{
  SiReply *reply
      = si_scripted_server_expect (fixture->server, method, path, status, body);

  if (etag != NULL)
    si_reply_set_header (reply, "ETag", etag);

  return reply;
}

const char *
si_rest_fixture_header (SiRestFixture *fixture, guint index, const char *name)
{
  return si_scripted_server_get_header (fixture->server, index, name);
}

SiSecurityInfo *
si_rest_fixture_load (SiRestFixture *fixture, GError **error)
{
  g_clear_object (&fixture->result);
  si_provider_load_security_info_async (fixture->provider, NULL, si_test_keep_result,
                                        &fixture->result);

  return si_provider_load_security_info_finish (
      fixture->provider, si_rest_fixture_wait_for_result (fixture), error);
}

SiSecurityInfo *
si_rest_fixture_load_first (SiRestFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  SiSecurityInfo    *info;

  si_rest_fixture_expect (fixture, "GET", INFO_PATH, 200, INFO_A, "\"i-1\"");
  info = si_rest_fixture_load (fixture, &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->result);

  return info;
}
