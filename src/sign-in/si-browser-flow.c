/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-browser-flow.h"

#include <string.h>

#include "si-error.h"
#include "si-held-task.h"
#include "si-redirect-listener.h"
#include "si-redirect.h"
#include "si-secret.h"

/* One sign-in in the person's own browser: authorization code with PKCE (RFC 8252). It
 * makes the address, and waits for the redirect; somebody else opens it. */

/* Nobody takes that long; who comes back later begins again. */
#define TIMEOUT_MS (10 * 60 * 1000)

struct _SiBrowserFlow {
  GObject parent_instance;

  SiOpenidClient *client;
  char           *host;
  guint16        *ports;
  gsize           n_ports;
  SiChallenge    *challenge;
  char           *prompt;
  char           *success;
  char           *failure;
  guint           timeout; /* milliseconds */

  SiIssuer           *issuer;
  SiRedirectListener *listener;
  char               *state;
  char               *nonce;
  char               *verifier;
  char               *uri;
  SiHeldTask         *waiting; /* for the browser */
  guint               timeout_id;
};

G_DEFINE_FINAL_TYPE (SiBrowserFlow, si_browser_flow, G_TYPE_OBJECT)

enum {
  READY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Returns: (transfer full): the task that has waited for the browser */
static GTask *
stop_waiting (SiBrowserFlow *self)
{
  si_redirect_listener_stop (self->listener);
  g_clear_handle_id (&self->timeout_id, g_source_remove);

  return si_held_task_release (g_steal_pointer (&self->waiting));
}

/* Returns: (transfer full): what a refusal comes to. That of a code, or of the person, is
 * none of a sign-in that has ended: there was none yet. */
static GError *
take_refusal (GError *error)
{
  if (!g_error_matches (error, SI_ERROR, SI_ERROR_SIGN_IN_REQUIRED))
    return error;

  g_error_free (error);

  return si_error_new_local (SI_PROBLEM_SIGN_IN_FAILED, NULL);
}

static void
fail_waiting (SiBrowserFlow *self, GError *error)
{
  g_autoptr (GTask) task = stop_waiting (self);

  g_task_return_error (task, error);
}

static void
cancelled_cb (SiHeldTask *held, gpointer user_data)
{
  g_autoptr (GTask) task = stop_waiting (user_data);

  g_task_return_error_if_cancelled (task);
}

static void
time_up_cb (gpointer user_data)
{
  SiBrowserFlow *self = user_data;

  self->timeout_id = 0;
  fail_waiting (self, si_error_new_local (SI_PROBLEM_SIGN_IN_EXPIRED, NULL));
}

static void
exchanged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError           *error = NULL;
  SiTokens         *tokens
      = si_openid_client_tokens_finish (SI_OPENID_CLIENT (source), result, &error);

  if (tokens != NULL)
    g_task_return_pointer (task, tokens, g_object_unref);
  else
    g_task_return_error (task, take_refusal (error));
}

static gboolean
answered_cb (SiBrowserFlow *self, const char *target)
{
  GTask               *task;
  GError              *error = NULL;
  g_autoptr (SiSecret) code
      = si_redirect_dup_code (target, self->state, si_issuer_get_name (self->issuer),
                              si_issuer_names_itself (self->issuer), &error);

  if (code == NULL) {
    fail_waiting (self, take_refusal (error));
    return FALSE;
  }

  task = stop_waiting (self);
  si_openid_client_exchange_code_async (
      self->client, code, self->verifier, si_redirect_listener_get_uri (self->listener),
      self->nonce, g_task_get_cancellable (task), exchanged_cb, task);

  return TRUE;
}

static SiForm *
build_query (SiBrowserFlow *self)
{
  SiForm          *query = si_form_new ();
  g_autofree char *code_challenge = si_secret_dup_code_challenge (self->verifier);
  g_autofree char *max_age = NULL;
  const char      *prompt = self->prompt, *acr_values = NULL, *claims = NULL;

  if (self->challenge != NULL) {
    /* Both mean the same (OpenID Connect Core, section 3.1.2.1), but some issuers take
     * the second for a mistake. */
    if (si_challenge_get_max_age (self->challenge) == 0)
      prompt = "login";
    else if (si_challenge_get_max_age (self->challenge) > 0)
      max_age = g_strdup_printf ("%d", si_challenge_get_max_age (self->challenge));
    acr_values = si_challenge_get_acr_values (self->challenge);
    claims = si_challenge_get_claims (self->challenge);
  }

  si_form_add (query, "response_type", "code");
  si_form_add (query, "client_id", si_openid_client_get_client_id (self->client));
  si_form_add (query, "redirect_uri", si_redirect_listener_get_uri (self->listener));
  si_form_add (query, "scope", si_openid_client_get_scope (self->client));
  si_form_add (query, "state", self->state);
  si_form_add (query, "nonce", self->nonce);
  si_form_add (query, "code_challenge", code_challenge);
  si_form_add (query, "code_challenge_method", "S256");
  si_form_add (query, "prompt", prompt);
  si_form_add (query, "max_age", max_age);
  si_form_add (query, "acr_values", acr_values);
  si_form_add (query, "claims", claims);

  return query;
}

/* The endpoint may have a query of its own, which stays (RFC 6749, section 3.1). */
static char *
build_uri (SiBrowserFlow *self)
{
  const char          *endpoint = si_issuer_get_authorization_endpoint (self->issuer);
  g_autoptr (SiForm)   form = build_query (self);
  g_autoptr (SiSecret) query = si_form_dup_text (form);

  return g_strconcat (endpoint, strchr (endpoint, '?') != NULL ? "&" : "?", query, NULL);
}

static gboolean
listen (SiBrowserFlow *self)
{
  self->listener
      = si_redirect_listener_new (self->host, self->ports, self->n_ports, NULL);
  if (self->listener == NULL)
    return FALSE;

  si_redirect_listener_set_pages (self->listener, self->success, self->failure);
  g_signal_connect_object (self->listener, "answered", G_CALLBACK (answered_cb), self,
                           G_CONNECT_SWAPPED);

  return TRUE;
}

/* Takes the reference to @task. */
static void
wait_for_browser (SiBrowserFlow *self, GTask *task)
{
  self->waiting = si_held_task_new (task, cancelled_cb, self);
  self->timeout_id = g_timeout_add_once (self->timeout, time_up_cb, self);
  g_signal_emit (self, signals[READY], 0, self->uri);
}

static void
discovered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SiBrowserFlow    *self = g_task_get_source_object (task);
  GError           *error = NULL;

  self->issuer
      = si_openid_client_discover_finish (SI_OPENID_CLIENT (source), result, &error);
  if (self->issuer == NULL) {
    g_task_return_error (task, error);
    return;
  }

  if (!listen (self)) {
    g_task_return_error (task, si_error_new_local (SI_PROBLEM_PORT_TAKEN, NULL));
    return;
  }

  self->uri = build_uri (self);
  wait_for_browser (self, g_steal_pointer (&task));
}

static void
si_browser_flow_finalize (GObject *object)
{
  SiBrowserFlow *self = SI_BROWSER_FLOW (object);

  g_clear_object (&self->client);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->ports, g_free);
  g_clear_object (&self->challenge);
  g_clear_pointer (&self->prompt, g_free);
  g_clear_pointer (&self->success, g_free);
  g_clear_pointer (&self->failure, g_free);
  g_clear_object (&self->issuer);
  g_clear_object (&self->listener);
  g_clear_pointer (&self->state, si_secret_free);
  g_clear_pointer (&self->nonce, si_secret_free);
  g_clear_pointer (&self->verifier, si_secret_free);
  g_clear_pointer (&self->uri, si_secret_free);

  G_OBJECT_CLASS (si_browser_flow_parent_class)->finalize (object);
}

static void
si_browser_flow_class_init (SiBrowserFlowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_browser_flow_finalize;

  /**
   * SiBrowserFlow::ready:
   * @self: the flow
   * @uri: the address to open in the browser
   *
   * Emitted once, when the redirect can come.
   */
  signals[READY] = g_signal_new ("ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
si_browser_flow_init (SiBrowserFlow *self)
{
  self->timeout = TIMEOUT_MS;
  self->state = si_secret_new_random ();
  self->nonce = si_secret_new_random ();
  self->verifier = si_secret_new_random ();
}

/**
 * si_browser_flow_new:
 * @client: this app, as the issuer knows it
 * @host: `127.0.0.1` or `localhost`, as the issuer knows the redirect URI
 * @ports: (array length=n_ports): the ports that the issuer knows
 * @n_ports: how many there are; with none, any will do
 *
 * Returns: (transfer full): a sign-in that is not begun yet
 */
SiBrowserFlow *
si_browser_flow_new (SiOpenidClient *client,
                     const char     *host,
                     const guint16  *ports,
                     gsize           n_ports)
{
  SiBrowserFlow *self = g_object_new (SI_TYPE_BROWSER_FLOW, NULL);

  self->client = g_object_ref (client);
  self->host = g_strdup (host);
  self->ports = g_memdup2 (ports, n_ports * sizeof *ports);
  self->n_ports = n_ports;

  return self;
}

/**
 * si_browser_flow_set_challenge:
 * @self: a sign-in that is not begun yet
 * @challenge: (nullable): what the backend asks of it (RFC 9470, section 4)
 */
void
si_browser_flow_set_challenge (SiBrowserFlow *self, SiChallenge *challenge)
{
  g_return_if_fail (SI_IS_BROWSER_FLOW (self));

  g_set_object (&self->challenge, challenge);
}

/**
 * si_browser_flow_set_prompt:
 * @self: a sign-in that is not begun yet
 * @prompt: (nullable): what the issuer is to ask in any case (OpenID Connect Core,
 * section 3.1.2.1), such as `login`
 */
void
si_browser_flow_set_prompt (SiBrowserFlow *self, const char *prompt)
{
  g_return_if_fail (SI_IS_BROWSER_FLOW (self));

  g_free (self->prompt);
  self->prompt = g_strdup (prompt);
}

/**
 * si_browser_flow_set_pages:
 * @self: a sign-in that is not begun yet
 * @success: (nullable): the HTML page that the browser shows at the end
 * @failure: (nullable): the one where the end is no good one
 */
void
si_browser_flow_set_pages (SiBrowserFlow *self, const char *success, const char *failure)
{
  g_return_if_fail (SI_IS_BROWSER_FLOW (self));

  g_free (self->success);
  self->success = g_strdup (success);
  g_free (self->failure);
  self->failure = g_strdup (failure);
}

/**
 * si_browser_flow_set_timeout:
 * @self: a sign-in that is not begun yet
 * @milliseconds: for how long to wait for the browser, ten minutes where it is not set
 */
void
si_browser_flow_set_timeout (SiBrowserFlow *self, guint milliseconds)
{
  g_return_if_fail (SI_IS_BROWSER_FLOW (self));

  self->timeout = milliseconds;
}

/**
 * si_browser_flow_get_uri:
 * @self: a sign-in
 *
 * Returns: (nullable): the address to open in the browser, once it is known
 */
const char *
si_browser_flow_get_uri (SiBrowserFlow *self)
{
  g_return_val_if_fail (SI_IS_BROWSER_FLOW (self), NULL);

  return self->uri;
}

/**
 * si_browser_flow_run_async:
 * @self: a sign-in that is not begun yet
 * @cancellable: (nullable): cancels it
 * @callback: called with the tokens, si_browser_flow_run_finish()
 * @user_data: data for @callback
 *
 * Signs in. #SiBrowserFlow::ready is emitted when it is the browser's turn.
 */
void
si_browser_flow_run_async (SiBrowserFlow      *self,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, si_browser_flow_run_async);
  si_openid_client_discover_async (self->client, cancellable, discovered_cb, task);
}

/**
 * si_browser_flow_run_finish:
 * @self: a sign-in
 * @result: what the callback was given
 * @error: return location for a `SI_ERROR`, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the tokens, or %NULL with @error set
 */
SiTokens *
si_browser_flow_run_finish (SiBrowserFlow *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
