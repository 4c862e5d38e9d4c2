/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-openid-client.h"

#include "si-application-hold.h"
#include "si-error.h"
#include "si-id-token.h"
#include "si-json.h"
#include "si-timed-cancellable.h"
#include "si-token-response.h"

/* This app as its issuer knows it, a public client (RFC 6749, section 2.1), and what it
 * may ask of the issuer's endpoints. It keeps no tokens. */

/* For so long the app stays after it is closed, and no longer. */
#define REVOKE_TIMEOUT_MS (5 * 1000)
#define DEVICE_GRANT "urn:ietf:params:oauth:grant-type:device_code"

struct _SiOpenidClient {
  GObject parent_instance;

  SiHttp   *http;
  char     *issuer_name;
  char     *client_id;
  char     *scope;
  SiIssuer *issuer; /* once it was asked for */
};

G_DEFINE_FINAL_TYPE (SiOpenidClient, si_openid_client, G_TYPE_OBJECT)

/* A form to an endpoint, and what to do with the answer. */
typedef struct {
  const char *(*get_endpoint) (SiIssuer *issuer);
  void (*answered) (GTask *task, SiHttpResponse *response);
  SiForm  *form;
  char    *nonce;
  gboolean is_sign_in; /* what says who signed in has to be there */
  gboolean is_refresh;
} Operation;

static void
operation_free (Operation *operation)
{
  g_clear_pointer (&operation->form, si_form_free);
  g_clear_pointer (&operation->nonce, g_free);
  g_free (operation);
}

/* Whether a refusal is one of the refresh token (RFC 6749, section 5.2): there are
 * issuers that say no more of it than that. Other statuses need not even be of the
 * issuer. */
static gboolean
means_the_token (Operation *operation, guint status)
{
  return operation->is_refresh
         && (status == SOUP_STATUS_BAD_REQUEST || status == SOUP_STATUS_UNAUTHORIZED);
}

/* Who refuses a sign-in means something else by a status than who refuses a change. */
static void
return_failure (GTask *task, GError *error)
{
  Operation *operation = g_task_get_task_data (task);
  SiProblem *problem = si_error_get_problem (error);

  if (problem == NULL || !si_error_was_answered (error)
      || g_error_matches (error, SI_ERROR, SI_ERROR_RATE_LIMITED)) {
    g_task_return_error (task, error);
    return;
  }

  g_task_return_error (
      task,
      si_error_new_local (means_the_token (operation, si_problem_get_status (problem))
                              ? SI_PROBLEM_INVALID_TOKEN
                              : SI_PROBLEM_SIGN_IN_FAILED,
                          si_problem_get_request_id (problem)));
  g_error_free (error);
}

/* Returns: (transfer full) (nullable): why the endpoint refused, %NULL where it did not
 */
static GError *
read_refusal (Operation *operation, SiHttpResponse *response)
{
  GError       *error = si_token_response_read_refusal (response);
  SiProblem    *problem = error != NULL ? si_error_get_problem (error) : NULL;
  SiProblemCode code
      = problem != NULL ? si_problem_get_code (problem) : SI_PROBLEM_UNKNOWN;

  if ((code != SI_PROBLEM_SIGN_IN_FAILED && code != SI_PROBLEM_SIGN_IN_DENIED)
      || !means_the_token (operation, si_http_response_get_status (response)))
    return error;

  g_error_free (error);

  return si_error_new_local (SI_PROBLEM_INVALID_TOKEN,
                             si_http_response_get_request_id (response));
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)          task = user_data;
  Operation                 *operation = g_task_get_task_data (task);
  GError                    *error = NULL;
  g_autoptr (SiHttpResponse) response
      = si_http_send_finish (SI_HTTP (source), result, &error);

  if (response == NULL) {
    return_failure (task, error);
    return;
  }

  error = read_refusal (operation, response);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    operation->answered (task, response);
}

static void
discovered_for_operation_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)         task = user_data;
  SiOpenidClient           *self = SI_OPENID_CLIENT (source);
  Operation                *operation = g_task_get_task_data (task);
  GCancellable             *cancellable = g_task_get_cancellable (task);
  GError                   *error = NULL;
  g_autoptr (SiIssuer)      issuer = NULL;
  g_autoptr (SiHttpRequest) request = NULL;
  const char               *endpoint;

  issuer = si_openid_client_discover_finish (self, result, &error);
  if (issuer == NULL) {
    g_task_return_error (task, error);
    return;
  }

  endpoint = operation->get_endpoint (issuer);
  if (endpoint == NULL) {
    g_task_return_new_error (task, SI_ERROR, SI_ERROR_FAILED,
                             "The issuer has no such endpoint");
    return;
  }

  request = si_http_request_new (SOUP_METHOD_POST, endpoint);
  si_http_request_set_form (request, g_steal_pointer (&operation->form));
  si_http_request_set_accept_any (request);
  si_http_send_async (self->http, request, cancellable, answered_cb,
                      g_steal_pointer (&task));
}

/* Returns: (transfer none): an operation that is to be begun; it belongs to @task */
static Operation *
new_operation (GTask *task,
               const char *(*get_endpoint) (SiIssuer *issuer),
               void (*answered) (GTask *task, SiHttpResponse *response))
{
  SiOpenidClient *self = g_task_get_source_object (task);
  Operation      *operation = g_new0 (Operation, 1);

  operation->get_endpoint = get_endpoint;
  operation->answered = answered;
  operation->form = si_form_new ();
  si_form_add (operation->form, "client_id", self->client_id);
  g_task_set_task_data (task, operation, (GDestroyNotify) operation_free);

  return operation;
}

/* Takes the reference to @task. */
static void
begin (GTask *task)
{
  SiOpenidClient *self = g_task_get_source_object (task);

  si_openid_client_discover_async (self, g_task_get_cancellable (task),
                                   discovered_for_operation_cb, task);
}

/* Returns: (transfer full) (nullable): whose the tokens are; %NULL, without an error,
 * where a refresh did not say it again */
static char *
dup_subject (SiOpenidClient *self,
             Operation      *operation,
             SiHttpResponse *response,
             GError        **error)
{
  JsonObject *object = si_http_response_get_object (response);
  const char *id_token = si_json_get_string (object, "id_token");

  if (object == NULL) {
    g_set_error (error, SI_ERROR, SI_ERROR_PROTOCOL, "The answer is not JSON");
    return NULL;
  }

  if (id_token == NULL) {
    if (operation->is_sign_in)
      g_propagate_error (error,
                         si_error_new_local (SI_PROBLEM_ID_TOKEN_INVALID,
                                             si_http_response_get_request_id (response)));
    return NULL;
  }

  return si_id_token_dup_subject (id_token, self->issuer_name, self->client_id,
                                  operation->nonce, si_http_response_get_date (response),
                                  error);
}

static void
return_tokens (GTask *task, SiHttpResponse *response)
{
  SiOpenidClient  *self = g_task_get_source_object (task);
  GError          *error = NULL;
  g_autofree char *subject
      = dup_subject (self, g_task_get_task_data (task), response, &error);
  SiTokens *tokens = NULL;

  if (error == NULL)
    tokens = si_token_response_read (response, subject, &error);

  if (tokens != NULL)
    g_task_return_pointer (task, tokens, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
return_device_code (GTask *task, SiHttpResponse *response)
{
  GError       *error = NULL;
  SiDeviceCode *code
      = si_device_code_new_from_json (si_http_response_get_object (response), &error);

  if (code != NULL)
    g_task_return_pointer (task, code, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
return_success (GTask *task, SiHttpResponse *response)
{
  g_task_return_boolean (task, TRUE);
}

static void
si_openid_client_finalize (GObject *object)
{
  SiOpenidClient *self = SI_OPENID_CLIENT (object);

  g_clear_object (&self->http);
  g_clear_object (&self->issuer);
  g_clear_pointer (&self->issuer_name, g_free);
  g_clear_pointer (&self->client_id, g_free);
  g_clear_pointer (&self->scope, g_free);

  G_OBJECT_CLASS (si_openid_client_parent_class)->finalize (object);
}

static void
si_openid_client_class_init (SiOpenidClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_openid_client_finalize;
}

static void
si_openid_client_init (SiOpenidClient *self)
{
}

/**
 * si_openid_client_new:
 * @http: a connection without a base, which sends no token
 * @issuer: the issuer as it was configured
 * @client_id: what the issuer calls this app
 * @scope: what is asked for, with spaces between
 *
 * Returns: (transfer full): a client that has asked nothing yet
 */
SiOpenidClient *
si_openid_client_new (SiHttp     *http,
                      const char *issuer,
                      const char *client_id,
                      const char *scope)
{
  SiOpenidClient *self = g_object_new (SI_TYPE_OPENID_CLIENT, NULL);

  self->http = g_object_ref (http);
  self->issuer_name = g_strdup (issuer);
  self->client_id = g_strdup (client_id);
  self->scope = g_strdup (scope);

  return self;
}

const char *
si_openid_client_get_client_id (SiOpenidClient *self)
{
  g_return_val_if_fail (SI_IS_OPENID_CLIENT (self), NULL);

  return self->client_id;
}

const char *
si_openid_client_get_scope (SiOpenidClient *self)
{
  g_return_val_if_fail (SI_IS_OPENID_CLIENT (self), NULL);

  return self->scope;
}

static void
discovered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SiOpenidClient   *self = g_task_get_source_object (task);
  GError           *error = NULL;
  SiIssuer         *issuer = si_issuer_load_finish (result, &error);

  if (issuer == NULL) {
    g_task_return_error (task, error);
    return;
  }

  g_set_object (&self->issuer, issuer);
  g_task_return_pointer (task, issuer, g_object_unref);
}

/**
 * si_openid_client_discover_async:
 * @self: a client
 * @cancellable: (nullable): cancels it
 * @callback: called with the issuer, si_openid_client_discover_finish()
 * @user_data: data for @callback
 *
 * Finds out about the issuer, the first time by asking it.
 */
void
si_openid_client_discover_async (SiOpenidClient     *self,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, si_openid_client_discover_async);
  if (self->issuer == NULL) {
    si_issuer_load_async (self->http, self->issuer_name, cancellable, discovered_cb,
                          task);
    return;
  }

  g_task_return_pointer (task, g_object_ref (self->issuer), g_object_unref);
  g_object_unref (task);
}

/**
 * si_openid_client_discover_finish:
 * @self: a client
 * @result: what the callback was given
 * @error: return location for a `SI_ERROR`, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the issuer, or %NULL with @error set
 */
SiIssuer *
si_openid_client_discover_finish (SiOpenidClient *self,
                                  GAsyncResult   *result,
                                  GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * si_openid_client_exchange_code_async:
 * @self: a client
 * @code: what the redirect brought
 * @verifier: what the challenge was made of (RFC 7636)
 * @redirect_uri: where the redirect came to
 * @nonce: what the sign-in was begun with
 * @cancellable: (nullable): cancels it
 * @callback: called with the tokens, si_openid_client_tokens_finish()
 * @user_data: data for @callback
 *
 * Gives an authorization code for tokens.
 */
void
si_openid_client_exchange_code_async (SiOpenidClient     *self,
                                      const char         *code,
                                      const char         *verifier,
                                      const char         *redirect_uri,
                                      const char         *nonce,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data)
{
  GTask     *task = g_task_new (self, cancellable, callback, user_data);
  Operation *operation
      = new_operation (task, si_issuer_get_token_endpoint, return_tokens);

  g_task_set_source_tag (task, si_openid_client_exchange_code_async);
  operation->nonce = g_strdup (nonce);
  operation->is_sign_in = TRUE;
  si_form_add (operation->form, "grant_type", "authorization_code");
  si_form_add (operation->form, "code", code);
  si_form_add (operation->form, "code_verifier", verifier);
  si_form_add (operation->form, "redirect_uri", redirect_uri);
  begin (task);
}

/**
 * si_openid_client_refresh_async:
 * @self: a client
 * @refresh_token: what an earlier answer brought
 * @cancellable: (nullable): cancels it
 * @callback: called with the tokens, si_openid_client_tokens_finish()
 * @user_data: data for @callback
 *
 * Gives a refresh token for new tokens. It may be good for one time only: whoever calls
 * this lets nothing else do so meanwhile.
 */
void
si_openid_client_refresh_async (SiOpenidClient     *self,
                                const char         *refresh_token,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  GTask     *task = g_task_new (self, cancellable, callback, user_data);
  Operation *operation
      = new_operation (task, si_issuer_get_token_endpoint, return_tokens);

  g_task_set_source_tag (task, si_openid_client_refresh_async);
  operation->is_refresh = TRUE;
  si_form_add (operation->form, "grant_type", "refresh_token");
  si_form_add (operation->form, "refresh_token", refresh_token);
  begin (task);
}

/**
 * si_openid_client_poll_device_async:
 * @self: a client
 * @code: a code that was started
 * @cancellable: (nullable): cancels it
 * @callback: called with the tokens, si_openid_client_tokens_finish()
 * @user_data: data for @callback
 *
 * Asks once whether the code was typed. If not, the error is a `SI_TOKEN_RESPONSE_ERROR`.
 */
void
si_openid_client_poll_device_async (SiOpenidClient     *self,
                                    SiDeviceCode       *code,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data)
{
  GTask     *task = g_task_new (self, cancellable, callback, user_data);
  Operation *operation
      = new_operation (task, si_issuer_get_token_endpoint, return_tokens);

  g_task_set_source_tag (task, si_openid_client_poll_device_async);
  operation->is_sign_in = TRUE;
  si_form_add (operation->form, "grant_type", DEVICE_GRANT);
  si_form_add (operation->form, "device_code", si_device_code_get_secret (code));
  begin (task);
}

/**
 * si_openid_client_tokens_finish:
 * @self: a client
 * @result: what the callback was given
 * @error: return location for a `SI_ERROR`, a `SI_TOKEN_RESPONSE_ERROR`, or
 *   %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the tokens, or %NULL with @error set
 */
SiTokens *
si_openid_client_tokens_finish (SiOpenidClient *self,
                                GAsyncResult   *result,
                                GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * si_openid_client_start_device_async:
 * @self: a client
 * @cancellable: (nullable): cancels it
 * @callback: called with the code, si_openid_client_start_device_finish()
 * @user_data: data for @callback
 *
 * Asks for a code that can be typed on another device.
 */
void
si_openid_client_start_device_async (SiOpenidClient     *self,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data)
{
  GTask     *task = g_task_new (self, cancellable, callback, user_data);
  Operation *operation = new_operation (task, si_issuer_get_device_authorization_endpoint,
                                        return_device_code);

  g_task_set_source_tag (task, si_openid_client_start_device_async);
  si_form_add (operation->form, "scope", self->scope);
  begin (task);
}

SiDeviceCode *
si_openid_client_start_device_finish (SiOpenidClient *self,
                                      GAsyncResult   *result,
                                      GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
revoked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_message ("The issuer did not take the token back (%s, code %d)",
               g_quark_to_string (error->domain), error->code);
}

/**
 * si_openid_client_revoke:
 * @self: a client
 * @refresh_token: (nullable): a token that nobody is to use any more
 *
 * Gives a token back (RFC 7009), and with it what was made of it. Not every issuer takes
 * it, and there is nothing that anybody could do about it: it is said in the log alone.
 */
void
si_openid_client_revoke (SiOpenidClient *self, const char *refresh_token)
{
  g_autoptr (GCancellable) cancellable = NULL;
  GTask                   *task;
  Operation               *operation;

  g_return_if_fail (SI_IS_OPENID_CLIENT (self));

  if (refresh_token == NULL)
    return;

  cancellable = si_timed_cancellable_new (REVOKE_TIMEOUT_MS);
  task = g_task_new (self, cancellable, revoked_cb, NULL);
  operation = new_operation (task, si_issuer_get_revocation_endpoint, return_success);

  g_task_set_source_tag (task, si_openid_client_revoke);
  si_application_hold_for (task);
  si_form_add (operation->form, "token", refresh_token);
  si_form_add (operation->form, "token_type_hint", "refresh_token");
  begin (task);
}
