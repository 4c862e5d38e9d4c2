/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-http-fixture.h"
#include "si-fixed-token.h"

/* An HTTP connection to a backend that says what the test tells it to. */

void
si_http_fixture_set_up (SiHttpFixture *fixture, gconstpointer data)
{
  g_autoptr (SiTokenSource) tokens = si_fixed_token_new (TOKEN);

  fixture->server = si_scripted_server_new ();
  fixture->http = si_http_new (si_scripted_server_get_base (fixture->server), tokens);
}

void
si_http_fixture_tear_down (SiHttpFixture *fixture, gconstpointer data)
{
  g_assert_true (si_scripted_server_is_done (fixture->server));
  g_assert_finalize_object (fixture->http);
  g_clear_object (&fixture->server);
}

SiHttpResponse *
si_http_fixture_send (SiHttpFixture *fixture, SiHttpRequest *request, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  si_http_send_async (fixture->http, request, NULL, si_test_keep_result, &result);
  si_test_wait_until (result != NULL);

  return si_http_send_finish (fixture->http, result, error);
}

SiHttpResponse *
si_http_fixture_get (SiHttpFixture *fixture, GError **error)
{
  g_autoptr (SiHttpRequest) request = si_http_request_new ("GET", "/v1/x");

  return si_http_fixture_send (fixture, request, error);
}
