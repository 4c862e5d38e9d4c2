/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-http.h"

#include "si-certificate-problem.h"
#include "si-error.h"
#include "si-json.h"
#include "si-secret.h"
#include "si-uri.h"

/* The one place that owns a SoupSession: JSON in, JSON out. It follows no redirect, reads
 * no more than it may, and ends each request in time. A token that is refused is renewed
 * once, and so is a sign-in that is not fresh or not strong enough. */

#define SESSION_TIMEOUT_SECONDS 45
#define MAX_CONNECTIONS 6
#define MAX_REPEATS 2
#define REPEAT_DELAY_MS 300
#define CHUNK_BYTES (64 * 1024)

struct _SiHttp {
  GObject parent_instance;

  SoupSession   *session;
  GUri          *base;
  SiTokenSource *tokens;
  SiRequestLog  *log;
};

G_DEFINE_FINAL_TYPE (SiHttp, si_http, G_TYPE_OBJECT)

typedef struct {
  SiHttpRequest *request;
  GUri          *uri;
  char          *request_id;
  SoupMessage   *message;
  GInputStream  *stream;
  GByteArray    *body;
  guint          repeats;

  char    *token;
  GError  *refusal; /* why the token was not good enough */
  gboolean refreshed;
  gboolean signed_in_again;

  /* Cancelled with the caller's, and when the time is up. */
  GCancellable *cancellable;
  gulong        cancelled_id;
  guint         timeout_id;
  gboolean      timed_out;
} Sending;

static void
sending_free (Sending *sending)
{
  g_clear_object (&sending->request);
  g_clear_pointer (&sending->uri, g_uri_unref);
  g_clear_pointer (&sending->request_id, g_free);
  g_clear_object (&sending->message);
  g_clear_object (&sending->stream);
  g_clear_pointer (&sending->body, g_byte_array_unref);
  g_clear_pointer (&sending->token, si_secret_free);
  g_clear_error (&sending->refusal);
  g_clear_object (&sending->cancellable);
  g_clear_handle_id (&sending->timeout_id, g_source_remove);
  g_free (sending);
}

static void
caller_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
time_up_cb (gpointer user_data)
{
  Sending *sending = user_data;

  sending->timeout_id = 0;
  sending->timed_out = TRUE;
  g_cancellable_cancel (sending->cancellable);
}

static void
end_sending (GTask *task)
{
  Sending *sending = g_task_get_task_data (task);

  g_cancellable_disconnect (g_task_get_cancellable (task), sending->cancelled_id);
  sending->cancelled_id = 0;
  g_clear_handle_id (&sending->timeout_id, g_source_remove);
}

static void
log_end (GTask *task, guint status, const GError *error)
{
  SiHttp  *self = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);

  if (self->log != NULL)
    si_request_log_add (self->log, sending->request_id, status, error);
}

static void
return_failure (GTask *task, GError *error)
{
  log_end (task, 0, error);
  g_task_return_error (task, error);
}

static void
fail (GTask *task, GError *reason)
{
  Sending           *sending = g_task_get_task_data (task);
  g_autoptr (GError) error = reason;

  end_sending (task);

  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE)) {
    return_failure (
        task, si_certificate_problem_new_error (sending->message, sending->request_id));
    return;
  }

  if (sending->timed_out) {
    g_clear_error (&error);
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "No answer came in time");
  }

  return_failure (task, si_error_new_from_transport (error, sending->request_id));
}

/* Whether the request may have arrived and its answer been lost on the way. */
static gboolean
answer_was_lost (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)
         || g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_EOF);
}

static void send_message (GTask *task);

static void
renewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Sending          *sending = g_task_get_task_data (task);
  GError           *error = NULL;

  g_clear_pointer (&sending->token, si_secret_free);
  sending->token
      = si_token_source_token_finish (SI_TOKEN_SOURCE (source), result, &error);
  if (sending->token != NULL) {
    g_clear_error (&sending->refusal);
    send_message (g_steal_pointer (&task));
    return;
  }

  /* The backend's own refusal says more than that there is no other token. */
  if (g_error_matches (error, SI_ERROR, sending->refusal->code)) {
    g_clear_error (&error);
    error = g_steal_pointer (&sending->refusal);
  }
  fail (task, error);
}

/* Whether another token may help. Takes neither. */
static gboolean
may_renew (GTask *task, const GError *error)
{
  SiHttp  *self = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);

  if (self->tokens == NULL)
    return FALSE;

  return (g_error_matches (error, SI_ERROR, SI_ERROR_SIGN_IN_REQUIRED)
          && !sending->refreshed)
         || (g_error_matches (error, SI_ERROR, SI_ERROR_STEP_UP_REQUIRED)
             && !sending->signed_in_again);
}

/* A backend that does not say what it wants of a new sign-in gets any. */
static SiChallenge *
dup_challenge (const GError *error)
{
  SiProblem   *problem = si_error_get_problem (error);
  SiChallenge *challenge = problem != NULL ? si_problem_get_challenge (problem) : NULL;

  return challenge != NULL ? g_object_ref (challenge) : si_challenge_new (-1, NULL, NULL);
}

/* Takes the references to @task and @error. Nobody is asked to sign in by a request that
 * only looks: the person may not even have begun it. */
static void
renew (GTask *task, GError *error)
{
  SiHttp                 *self = g_task_get_source_object (task);
  Sending                *sending = g_task_get_task_data (task);
  g_autoptr (SiChallenge) challenge = NULL;

  if (g_error_matches (error, SI_ERROR, SI_ERROR_STEP_UP_REQUIRED)) {
    challenge = dup_challenge (error);
    sending->signed_in_again = TRUE;
  } else {
    sending->refreshed = TRUE;
  }

  g_clear_handle_id (&sending->timeout_id, g_source_remove);
  g_clear_error (&sending->refusal);
  sending->refusal = error;
  si_token_source_renew_token_async (self->tokens, sending->token, challenge,
                                     !si_http_request_is_safe (sending->request),
                                     sending->cancellable, renewed_cb, task);
}

/* Takes the reference to @task. */
static void
complete (GTask *task)
{
  Sending           *sending = g_task_get_task_data (task);
  g_autoptr (GBytes) body = g_byte_array_free_to_bytes (g_steal_pointer (&sending->body));
  GError            *error = NULL;
  SiHttpResponse    *response;

  response
      = si_http_response_new (sending->message, body, sending->request_id,
                              si_http_request_get_accept_any (sending->request), &error);
  if (response == NULL && may_renew (task, error)) {
    renew (task, error);
    return;
  }

  end_sending (task);
  log_end (task, soup_message_get_status (sending->message), error);
  if (response != NULL)
    g_task_return_pointer (task, response, g_object_unref);
  else
    g_task_return_error (task, error);
  g_object_unref (task);
}

static void
repeat_cb (gpointer user_data)
{
  GTask   *task = user_data;
  Sending *sending = g_task_get_task_data (task);

  sending->timeout_id = 0;
  send_message (task);
}

static void
fail_or_repeat (GTask *task, GError *error)
{
  Sending *sending = g_task_get_task_data (task);

  if (!si_http_request_may_repeat (sending->request) || sending->repeats == MAX_REPEATS
      || !answer_was_lost (error)) {
    fail (task, error);
    g_object_unref (task);
    return;
  }

  g_error_free (error);
  sending->repeats++;
  g_clear_handle_id (&sending->timeout_id, g_source_remove);
  sending->timeout_id
      = g_timeout_add_once (REPEAT_DELAY_MS * sending->repeats, repeat_cb, task);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)  task = user_data;
  Sending           *sending = g_task_get_task_data (task);
  GError            *error = NULL;
  g_autoptr (GBytes) chunk
      = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (chunk == NULL) {
    fail_or_repeat (g_steal_pointer (&task), error);
    return;
  }

  if (g_bytes_get_size (chunk) == 0) {
    complete (g_steal_pointer (&task));
    return;
  }

  g_byte_array_append (sending->body, g_bytes_get_data (chunk, NULL),
                       g_bytes_get_size (chunk));
  if (sending->body->len > SI_JSON_MAX_BYTES) {
    fail (task, g_error_new (G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                             "The answer is larger than %d bytes", SI_JSON_MAX_BYTES));
    return;
  }

  g_input_stream_read_bytes_async (sending->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT,
                                   sending->cancellable, read_cb,
                                   g_steal_pointer (&task));
}

static void
send_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Sending          *sending = g_task_get_task_data (task);
  GError           *error = NULL;

  g_clear_object (&sending->stream);
  sending->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (sending->stream == NULL) {
    fail_or_repeat (g_steal_pointer (&task), error);
    return;
  }

  g_input_stream_read_bytes_async (sending->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT,
                                   sending->cancellable, read_cb,
                                   g_steal_pointer (&task));
}

/* Takes the reference to @task. */
static void
send_message (GTask *task)
{
  SiHttp              *self = g_task_get_source_object (task);
  Sending             *sending = g_task_get_task_data (task);
  g_autoptr (SiSecret) authorization = NULL;

  g_clear_object (&sending->message);
  g_clear_pointer (&sending->body, g_byte_array_unref);
  sending->body = g_byte_array_new ();
  sending->message
      = si_http_request_new_message (sending->request, sending->uri, sending->request_id);
  if (sending->token != NULL) {
    authorization = g_strconcat ("Bearer ", sending->token, NULL);
    soup_message_headers_replace (soup_message_get_request_headers (sending->message),
                                  "Authorization", authorization);
  }

  sending->timeout_id = g_timeout_add_once (
      si_http_request_get_timeout (sending->request) * 1000, time_up_cb, sending);
  soup_session_send_async (self->session, sending->message, G_PRIORITY_DEFAULT,
                           sending->cancellable, send_cb, task);
}

/* A change that has no token to begin with is as good as one whose token is refused: what
 * the person has typed must not be lost. */
static void
got_token_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Sending          *sending = g_task_get_task_data (task);
  GError           *error = NULL;

  sending->token
      = si_token_source_token_finish (SI_TOKEN_SOURCE (source), result, &error);
  if (sending->token != NULL)
    send_message (g_steal_pointer (&task));
  else if (!si_http_request_is_safe (sending->request) && may_renew (task, error))
    renew (g_steal_pointer (&task), error);
  else
    fail (task, error);
}

static GUri *
parse_address (SiHttp *self, const char *path, GError **error)
{
  g_autofree char *uri = NULL;

  if (self->base == NULL)
    return si_uri_parse_endpoint (path, error);

  uri = si_uri_join (self->base, path, error);

  return uri != NULL ? g_uri_parse (uri, SOUP_HTTP_URI_FLAGS, error) : NULL;
}

static void
si_http_finalize (GObject *object)
{
  SiHttp *self = SI_HTTP (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->base, g_uri_unref);
  g_clear_object (&self->tokens);
  g_clear_object (&self->log);

  G_OBJECT_CLASS (si_http_parent_class)->finalize (object);
}

static void
si_http_class_init (SiHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_http_finalize;
}

static void
si_http_init (SiHttp *self)
{
  self->session = soup_session_new_with_options (
      "timeout", SESSION_TIMEOUT_SECONDS, "max-conns-per-host", MAX_CONNECTIONS,
      "user-agent", "security-info ", "accept-language-auto", TRUE, NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
}

/**
 * si_http_new:
 * @base: (nullable): the backend's address, from si_uri_parse_base(); without one, the
 *   path of each request is a whole address, which has to be https unless it is one of
 *   this machine
 * @tokens: (nullable): where bearer tokens come from; without it, none is sent
 *
 * Returns: (transfer full): a connection to the backend
 */
SiHttp *
si_http_new (GUri *base, SiTokenSource *tokens)
{
  SiHttp *self = g_object_new (SI_TYPE_HTTP, NULL);

  self->base = base != NULL ? g_uri_ref (base) : NULL;
  g_set_object (&self->tokens, tokens);

  return self;
}

/**
 * si_http_set_log:
 * @self: a connection
 * @log: (nullable): what is told how each request ended
 */
void
si_http_set_log (SiHttp *self, SiRequestLog *log)
{
  g_return_if_fail (SI_IS_HTTP (self));

  g_set_object (&self->log, log);
}

/**
 * si_http_send_async:
 * @self: a connection
 * @request: what to send
 * @cancellable: (nullable): cancels it
 * @callback: called when the answer is there
 * @user_data: data for @callback
 *
 * Sends a request. One whose answer was lost is sent again, twice at most, if that can't
 * do harm; one whose token was refused is sent again once with another.
 */
void
si_http_send_async (SiHttp             *self,
                    SiHttpRequest      *request,
                    GCancellable       *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  GTask   *task = g_task_new (self, cancellable, callback, user_data);
  Sending *sending = g_new0 (Sending, 1);
  GError  *error = NULL;

  g_task_set_source_tag (task, si_http_send_async);
  g_task_set_task_data (task, sending, (GDestroyNotify) sending_free);
  sending->request = g_object_ref (request);
  sending->request_id = g_uuid_string_random ();
  sending->cancellable = g_cancellable_new ();

  sending->uri = parse_address (self, si_http_request_get_path (request), &error);
  if (sending->uri == NULL) {
    fail (task, error);
    g_object_unref (task);
    return;
  }

  if (cancellable != NULL)
    sending->cancelled_id = g_cancellable_connect (
        cancellable, G_CALLBACK (caller_cancelled_cb), sending->cancellable, NULL);

  if (self->tokens != NULL)
    si_token_source_get_token_async (self->tokens, sending->cancellable, got_token_cb,
                                     task);
  else
    send_message (task);
}

/**
 * si_http_send_finish:
 * @self: a connection
 * @result: what the callback was given
 * @error: return location for a `SI_ERROR`, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the answer to a request that succeeded, or %NULL with @error
 * set
 */
SiHttpResponse *
si_http_send_finish (SiHttp *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
