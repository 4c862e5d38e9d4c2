/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-http-fixture.h"

/* What happens when a token is refused. */

#define STEP_UP                                                                          \
  "Bearer error=\"insufficient_user_authentication\", max_age=300, "                     \
  "acr_values=\"strong\""

/* A source that counts what it is asked for, and has as many tokens as a test gives it.
 */
typedef struct {
  GObject parent_instance;

  const char *const *tokens;
  int          first_error; /* a SiError, in place of the first token; -1 for none */
  guint        n_given;
  guint        n_renewals;
  char        *refused;
  SiChallenge *challenge;
  gboolean     may_ask;
} Source;

typedef GObjectClass SourceClass;

GType source_get_type (void);

static void
answer (Source *self, GTask *task)
{
  const char *token = self->tokens[self->n_given];

  if (token != NULL) {
    self->n_given++;
    g_task_return_pointer (task, g_strdup (token), g_free);
  } else {
    g_task_return_new_error (task, SI_ERROR, SI_ERROR_SIGN_IN_REQUIRED, "No more");
  }
  g_object_unref (task);
}

static void
get_token_async (SiTokenSource      *source,
                 GCancellable       *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer            user_data)
{
  Source *self = (Source *) source;
  GTask  *task = g_task_new (source, cancellable, callback, user_data);

  if (self->first_error < 0) {
    answer (self, task);
    return;
  }

  g_task_return_new_error (task, SI_ERROR, self->first_error, "None yet");
  g_object_unref (task);
}

static void
renew_token_async (SiTokenSource      *source,
                   const char         *refused,
                   SiChallenge        *challenge,
                   gboolean            may_ask,
                   GCancellable       *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer            user_data)
{
  Source *self = (Source *) source;

  self->n_renewals++;
  g_free (self->refused);
  self->refused = g_strdup (refused);
  g_set_object (&self->challenge, challenge);
  self->may_ask = may_ask;
  answer (self, g_task_new (source, cancellable, callback, user_data));
}

static void
source_iface_init (SiTokenSourceInterface *iface)
{
  iface->get_token_async = get_token_async;
  iface->renew_token_async = renew_token_async;
}

G_DEFINE_TYPE_WITH_CODE (Source,
                         source,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (SI_TYPE_TOKEN_SOURCE, source_iface_init))

static void
source_finalize (GObject *object)
{
  Source *self = (Source *) object;

  g_free (self->refused);
  g_clear_object (&self->challenge);

  G_OBJECT_CLASS (source_parent_class)->finalize (object);
}

static void
source_class_init (SourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = source_finalize;
}

static void
source_init (Source *self)
{
  self->first_error = -1;
}

typedef struct {
  SiHttpFixture http;
  Source       *source;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const char *const tokens[] = { "first", "second", NULL };

  fixture->source = g_object_new (source_get_type (), NULL);
  fixture->source->tokens = tokens;
  fixture->http.server = si_scripted_server_new ();
  fixture->http.http = si_http_new (si_scripted_server_get_base (fixture->http.server),
                                    SI_TOKEN_SOURCE (fixture->source));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  si_http_fixture_tear_down (&fixture->http, data);
  g_assert_finalize_object (fixture->source);
}

static void
expect_refusal (Fixture *fixture, const char *method, const char *challenge)
{
  SiReply *reply
      = si_scripted_server_expect (fixture->http.server, method, "/v1/x", 401, "{}");

  si_reply_set_header (reply, "WWW-Authenticate", challenge);
}

static SiHttpResponse *
send (Fixture *fixture, const char *method, GError **error)
{
  g_autoptr (SiHttpRequest) request = si_http_request_new (method, "/v1/x");

  return si_http_fixture_send (&fixture->http, request, error);
}

static const char *
get_authorization (Fixture *fixture, guint index)
{
  return si_scripted_server_get_header (fixture->http.server, index, "Authorization");
}

/* Once, and with another token. */
static void
test_refreshed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiHttpResponse) response = NULL;
  g_autoptr (GError)         error = NULL;

  expect_refusal (fixture, "GET", "Bearer error=\"invalid_token\"");
  si_scripted_server_expect (fixture->http.server, "GET", "/v1/x", 200, "{}");
  response = send (fixture, "GET", &error);
  g_assert_no_error (error);

  g_assert_cmpstr (get_authorization (fixture, 0), ==, "Bearer first");
  g_assert_cmpstr (get_authorization (fixture, 1), ==, "Bearer second");
  g_assert_cmpstr (fixture->source->refused, ==, "first");
  g_assert_null (fixture->source->challenge);
  g_assert_false (fixture->source->may_ask);
}

static void
test_refused_twice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  expect_refusal (fixture, "GET", "Bearer");
  expect_refusal (fixture, "GET", "Bearer");
  g_assert_null (send (fixture, "GET", &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_SIGN_IN_REQUIRED);
  g_assert_cmpuint (fixture->source->n_renewals, ==, 1);
}

/* Who changes something may be asked to sign in again; what they asked for goes on. */
static void
test_step_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiHttpResponse) response = NULL;
  g_autoptr (GError)         error = NULL;

  expect_refusal (fixture, "DELETE", STEP_UP);
  si_scripted_server_expect (fixture->http.server, "DELETE", "/v1/x", 200, "{}");
  response = send (fixture, "DELETE", &error);
  g_assert_no_error (error);
  g_assert_true (fixture->source->may_ask);
  g_assert_cmpint (si_challenge_get_max_age (fixture->source->challenge), ==, 300);
  g_assert_cmpstr (si_challenge_get_acr_values (fixture->source->challenge), ==,
                   "strong");
}

static void
test_step_up_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  expect_refusal (fixture, "DELETE", STEP_UP);
  expect_refusal (fixture, "DELETE", STEP_UP);
  g_assert_null (send (fixture, "DELETE", &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_STEP_UP_REQUIRED);
  g_assert_cmpuint (fixture->source->n_renewals, ==, 1);
}

/* A source without another token leaves the backend's refusal as it was. */
static void
test_no_other_token (Fixture *fixture, gconstpointer data)
{
  static const char *const tokens[] = { "first", NULL };
  g_autoptr (GError)       error = NULL;

  fixture->source->tokens = tokens;
  expect_refusal (fixture, "GET", "Bearer");
  g_assert_null (send (fixture, "GET", &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_SIGN_IN_REQUIRED);
  g_assert_cmpuint (si_problem_get_status (si_error_get_problem (error)), ==, 401);
}

/* Nothing is sent without a token. */
static void
test_no_token (Fixture *fixture, gconstpointer data)
{
  static const char *const tokens[] = { NULL };
  g_autoptr (GError)       error = NULL;

  fixture->source->tokens = tokens;
  g_assert_null (send (fixture, "GET", &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_SIGN_IN_REQUIRED);
  g_assert_cmpuint (si_scripted_server_get_n_requests (fixture->http.server), ==, 0);
  g_assert_cmpuint (fixture->source->n_renewals, ==, 0);
}

/* Who changes something may sign in for it: it is sent as it was meant, when they have.
 */
static void
test_no_token_for_change (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiHttpRequest)  request = si_http_request_new ("POST", "/v1/x");
  g_autoptr (SiHttpResponse) response = NULL;
  g_autoptr (GError)         error = NULL;
  SiForm                    *form = si_form_new ();

  fixture->source->first_error = SI_ERROR_SIGN_IN_REQUIRED;
  si_form_add (form, "a", "typed");
  si_http_request_set_form (request, form);
  si_http_request_set_idempotency_key (request, "key-1");
  si_scripted_server_expect (fixture->http.server, "POST", "/v1/x", 200, "{}");
  response = si_http_fixture_send (&fixture->http, request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->source->n_renewals, ==, 1);
  g_assert_null (fixture->source->refused);
  g_assert_null (fixture->source->challenge);
  g_assert_true (fixture->source->may_ask);
  g_assert_cmpstr (get_authorization (fixture, 0), ==, "Bearer first");
  g_assert_cmpstr (si_scripted_server_get_body (fixture->http.server, 0), ==, "a=typed");
}

/* And once only. */
static void
test_no_token_twice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->source->first_error = SI_ERROR_SIGN_IN_REQUIRED;
  expect_refusal (fixture, "DELETE", "Bearer");
  g_assert_null (send (fixture, "DELETE", &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_SIGN_IN_REQUIRED);
  g_assert_cmpuint (fixture->source->n_renewals, ==, 1);
}

static void
test_no_token_declined (Fixture *fixture, gconstpointer data)
{
  static const char *const tokens[] = { NULL };
  g_autoptr (GError)       error = NULL;

  fixture->source->tokens = tokens;
  fixture->source->first_error = SI_ERROR_SIGN_IN_REQUIRED;
  g_assert_null (send (fixture, "DELETE", &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_SIGN_IN_REQUIRED);
  g_assert_cmpuint (fixture->source->n_renewals, ==, 1);
  g_assert_cmpuint (si_scripted_server_get_n_requests (fixture->http.server), ==, 0);
}

/* Who is offline is not asked to sign in. */
static void
test_token_offline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->source->first_error = SI_ERROR_OFFLINE;
  g_assert_null (send (fixture, "DELETE", &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_OFFLINE);
  g_assert_cmpuint (fixture->source->n_renewals, ==, 0);
}

/* RFC 6749, section 5.2: a refusal that says why. */
static void
test_form (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiHttpRequest)  request = si_http_request_new ("POST", "/v1/x");
  g_autoptr (SiHttpResponse) response = NULL;
  g_autoptr (GError)         error = NULL;
  SiForm                    *form = si_form_new ();

  si_form_add (form, "a", "1 & 2");
  si_form_add (form, "left_out", NULL);
  si_form_add (form, "b", "å=");
  si_http_request_set_form (request, form);
  si_http_request_set_accept_any (request);
  si_scripted_server_expect (fixture->http.server, "POST", "/v1/x", 400,
                             "{\"error\": \"invalid_grant\"}");
  response = si_http_fixture_send (&fixture->http, request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (si_http_response_get_status (response), ==, 400);
  g_assert_cmpstr (si_json_get_string (si_http_response_get_object (response), "error"),
                   ==, "invalid_grant");
  g_assert_cmpstr (si_scripted_server_get_body (fixture->http.server, 0), ==,
                   "a=1%20%26%202&b=%C3%A5%3D");
  g_assert_cmpstr (
      si_scripted_server_get_header (fixture->http.server, 0, "Content-Type"), ==,
      "application/x-www-form-urlencoded");
}

#define ADD(name, test)                                                                  \
  g_test_add ("/http-token/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("refreshed", test_refreshed);
  ADD ("refused-twice", test_refused_twice);
  ADD ("step-up", test_step_up);
  ADD ("step-up-once", test_step_up_once);
  ADD ("no-other-token", test_no_other_token);
  ADD ("no-token", test_no_token);
  ADD ("no-token-for-change", test_no_token_for_change);
  ADD ("no-token-twice", test_no_token_twice);
  ADD ("no-token-declined", test_no_token_declined);
  ADD ("token-offline", test_token_offline);
  ADD ("form", test_form);

  return g_test_run ();
}
