/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-enrollment-fixture.h"

#include "si-fixed-token.h"
#include "si-rest-provider.h"

/* An enrollment with a backend that says what the test tells it to. */

void
si_enrollment_fixture_set_up (SiEnrollmentFixture *fixture, gconstpointer data)
{
  g_autoptr (SiTokenSource) tokens = si_fixed_token_new ("token");
  g_autoptr (SiHttp)        http = NULL;

  fixture->server = si_scripted_server_new ();
  http = si_http_new (si_scripted_server_get_base (fixture->server), tokens);
  fixture->provider = si_rest_provider_new (http);
  fixture->self = si_enrollment_new (fixture->provider);
}

void
si_enrollment_fixture_tear_down (SiEnrollmentFixture *fixture, gconstpointer data)
{
  g_assert_true (si_scripted_server_is_done (fixture->server));
  g_clear_object (&fixture->result);
  g_assert_finalize_object (fixture->self);
  si_test_run_for (20);
  g_assert_finalize_object (fixture->provider);
  g_clear_object (&fixture->server);
}

SiReply *
si_enrollment_fixture_expect (SiEnrollmentFixture *fixture,
                              const char          *method,
                              const char          *path,
                              guint                status,
                              const char          *body)
{
  return si_scripted_server_expect (fixture->server, method, path, status, body);
}

void
si_enrollment_fixture_expect_lost (SiEnrollmentFixture *fixture,
                                   const char          *method,
                                   const char          *path,
                                   guint                times)
{
  for (guint i = 0; i < times; i++)
    si_scripted_server_expect_bytes (fixture->server, method, path, "", 0,
                                     SI_AFTERWARDS_CLOSE);
}

/* A wait whose answer comes when the test says so, or never. */
SiReply *
si_enrollment_fixture_expect_wait (SiEnrollmentFixture *fixture, const char *body)
{
  fixture->wait = si_enrollment_fixture_expect (fixture, "GET", PATH, 200, body);
  si_reply_set_header (fixture->wait, "Preference-Applied", "wait=25");
  si_reply_hold (fixture->wait);

  return fixture->wait;
}

void
si_enrollment_fixture_wait_for_wait (SiEnrollmentFixture *fixture)
{
  si_test_wait_until (si_scripted_server_get_n_unanswered (fixture->server) > 0);
}

char *
si_enrollment_fixture_vary_state (const char *text, const char *word, int sends_left)
{
  g_autofree char *state = g_strdup_printf ("\"%s\"", word);
  g_autofree char *sends = g_strdup_printf ("%d", sends_left);
  const char      *method_id = strcmp (word, "verified") == 0 ? "\"m-7\"" : "null";

  return si_test_vary (text, "state", state, "sendsLeft", sends, "methodId", method_id,
                       NULL);
}

SiVerificationRequest *
si_enrollment_fixture_make_request (void)
{
  return si_verification_request_new_add (SI_PHONE_USE_MOBILE, NUMBER, SI_CHANNEL_CALL);
}

gboolean
si_enrollment_fixture_start (SiEnrollmentFixture   *fixture,
                             SiVerificationRequest *request,
                             gboolean               replace,
                             GError               **error)
{
  g_clear_object (&fixture->result);
  si_enrollment_start_async (fixture->self, request, replace, si_test_keep_result,
                             &fixture->result);
  si_test_wait_until (fixture->result != NULL);

  return si_enrollment_start_finish (fixture->self, fixture->result, error);
}

/* One press of "Next", as the page does it: with a request of its own. */
gboolean
si_enrollment_fixture_press_next (SiEnrollmentFixture *fixture, GError **error)
{
  g_autoptr (SiVerificationRequest) request = si_enrollment_fixture_make_request ();

  return si_enrollment_fixture_start (fixture, request, FALSE, error);
}

gboolean
si_enrollment_fixture_cancel (SiEnrollmentFixture *fixture, GError **error)
{
  g_clear_object (&fixture->result);
  si_enrollment_cancel_async (fixture->self, si_test_keep_result, &fixture->result);
  si_test_wait_until (fixture->result != NULL);

  return si_enrollment_cancel_finish (fixture->self, fixture->result, error);
}

/* Begins with a call, or a text, and leaves the wait open. */
void
si_enrollment_fixture_begin (SiEnrollmentFixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;
  SiReply *reply = si_enrollment_fixture_expect (fixture, "POST", START, 201, text);

  si_reply_set_header (reply, "ETag", "\"v-0\"");
  si_enrollment_fixture_expect_wait (fixture, text);
  g_assert_true (si_enrollment_fixture_press_next (fixture, &error));
  g_assert_no_error (error);
  si_enrollment_fixture_wait_for_wait (fixture);
}

SiVerificationState
si_enrollment_fixture_state (SiEnrollmentFixture *fixture)
{
  return si_verification_get_state (si_enrollment_get_verification (fixture->self));
}

guint
si_enrollment_fixture_count_lines (SiEnrollmentFixture *fixture, const char *line)
{
  guint count = 0;

  for (guint i = 0; i < si_scripted_server_get_n_requests (fixture->server); i++)
    count += strcmp (si_scripted_server_get_line (fixture->server, i), line) == 0;

  return count;
}
