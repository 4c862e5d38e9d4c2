/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-sign-in.h"

#include "si-browser-flow.h"
#include "si-device-flow.h"
#include "si-error.h"

/* The person's part of signing in: in the browser, or with a code on another device. What
 * comes of it the session gets. Whoever shows it looks at it after each change. */

struct _SiSignIn {
  GObject parent_instance;

  SiSession      *session;
  SiOpenidClient *client;
  char           *host;
  guint16        *ports;
  gsize           n_ports;
  char           *success;
  char           *failure;

  gpointer      flow; /* a SiBrowserFlow or a SiDeviceFlow */
  GCancellable *cancellable;
  SiSignInStep  step;
  GError       *error;
  gboolean      ask_again; /* for the password, even where the issuer knows the person */
};

G_DEFINE_FINAL_TYPE (SiSignIn, si_sign_in, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
emit_changed (SiSignIn *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
set_error (SiSignIn *self, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
}

static void
end_flow (SiSignIn *self)
{
  g_clear_object (&self->flow);
  self->step = SI_SIGN_IN_STEP_NONE;
}

static void
hand_over (SiSignIn *self, SiTokens *tokens)
{
  GError *error = NULL;

  self->ask_again = !si_session_begin (self->session, tokens, &error);
  if (self->ask_again)
    set_error (self, error);
}

/* Takes @tokens, or @error where there are none. */
static void
flow_ended (SiSignIn *self, gpointer flow, SiTokens *tokens, GError *error)
{
  g_autoptr (SiTokens) taken = tokens;

  if (flow != self->flow) { /* Another one was begun in its place. */
    g_clear_error (&error);
    return;
  }

  end_flow (self);
  if (taken != NULL) {
    hand_over (self, taken);
    emit_changed (self);
  } else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_error_free (error);
    emit_changed (self);
  } else {
    set_error (self, error);
    emit_changed (self);
  }
}

static void
browser_ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SiSignIn) self = user_data;
  GError              *error = NULL;
  SiTokens            *tokens
      = si_browser_flow_run_finish (SI_BROWSER_FLOW (source), result, &error);

  flow_ended (self, source, tokens, error);
}

static void
device_ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SiSignIn) self = user_data;
  GError              *error = NULL;
  SiTokens *tokens = si_device_flow_run_finish (SI_DEVICE_FLOW (source), result, &error);

  flow_ended (self, source, tokens, error);
}

static void
browser_ready_cb (SiSignIn *self)
{
  self->step = SI_SIGN_IN_STEP_BROWSER;
  emit_changed (self);
}

static void
device_ready_cb (SiSignIn *self)
{
  self->step = SI_SIGN_IN_STEP_CODE;
  emit_changed (self);
}

static void
stop_flow (SiSignIn *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  end_flow (self);
}

/* Takes the reference to @flow. */
static void
begin_flow (SiSignIn *self, gpointer flow)
{
  stop_flow (self);
  g_clear_error (&self->error);
  self->cancellable = g_cancellable_new ();
  self->flow = flow;
  self->step = SI_SIGN_IN_STEP_STARTING;
}

/* Whoever wanted the person to sign in once more may have left. */
static void
session_changed_cb (SiSignIn *self)
{
  if (self->flow != NULL && si_session_get_state (self->session) == SI_SESSION_OPEN
      && !si_session_is_asked_for (self->session))
    stop_flow (self);
  emit_changed (self);
}

static void
si_sign_in_dispose (GObject *object)
{
  SiSignIn *self = SI_SIGN_IN (object);

  stop_flow (self);
  g_clear_object (&self->session);
  g_clear_object (&self->client);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (si_sign_in_parent_class)->dispose (object);
}

static void
si_sign_in_finalize (GObject *object)
{
  SiSignIn *self = SI_SIGN_IN (object);

  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->ports, g_free);
  g_clear_pointer (&self->success, g_free);
  g_clear_pointer (&self->failure, g_free);

  G_OBJECT_CLASS (si_sign_in_parent_class)->finalize (object);
}

static void
si_sign_in_class_init (SiSignInClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = si_sign_in_dispose;
  object_class->finalize = si_sign_in_finalize;

  /**
   * SiSignIn::changed:
   * @self: the sign-in
   *
   * Emitted when anything that its getters say has changed, or its session has.
   */
  signals[CHANGED]
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 0);
}

static void
si_sign_in_init (SiSignIn *self)
{
  self->host = g_strdup ("127.0.0.1");
}

/**
 * si_sign_in_new:
 * @session: what gets the tokens
 * @client: this app, as the issuer knows it
 *
 * Returns: (transfer full): a sign-in that is not begun
 */
SiSignIn *
si_sign_in_new (SiSession *session, SiOpenidClient *client)
{
  SiSignIn *self = g_object_new (SI_TYPE_SIGN_IN, NULL);

  self->session = g_object_ref (session);
  self->client = g_object_ref (client);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/**
 * si_sign_in_set_redirect:
 * @self: a sign-in
 * @host: `127.0.0.1` or `localhost`
 * @ports: (array length=n_ports): the ports that the issuer knows
 * @n_ports: how many there are; with none, any will do
 *
 * Says where the browser may come back to.
 */
void
si_sign_in_set_redirect (SiSignIn      *self,
                         const char    *host,
                         const guint16 *ports,
                         gsize          n_ports)
{
  g_return_if_fail (SI_IS_SIGN_IN (self));

  g_free (self->host);
  self->host = g_strdup (host);
  g_free (self->ports);
  self->ports = g_memdup2 (ports, n_ports * sizeof *ports);
  self->n_ports = n_ports;
}

/**
 * si_sign_in_set_pages:
 * @self: a sign-in
 * @success: the HTML page that the browser shows at the end
 * @failure: the one where the end is no good one
 */
void
si_sign_in_set_pages (SiSignIn *self, const char *success, const char *failure)
{
  g_return_if_fail (SI_IS_SIGN_IN (self));

  g_free (self->success);
  self->success = g_strdup (success);
  g_free (self->failure);
  self->failure = g_strdup (failure);
}

/**
 * si_sign_in_get_session:
 * @self: a sign-in
 *
 * Returns: (transfer none): what gets the tokens
 */
SiSession *
si_sign_in_get_session (SiSignIn *self)
{
  g_return_val_if_fail (SI_IS_SIGN_IN (self), NULL);

  return self->session;
}

/**
 * si_sign_in_get_step:
 * @self: a sign-in
 *
 * Returns: how far the person has got who is signing in
 */
SiSignInStep
si_sign_in_get_step (SiSignIn *self)
{
  g_return_val_if_fail (SI_IS_SIGN_IN (self), SI_SIGN_IN_STEP_NONE);

  return self->step;
}

/**
 * si_sign_in_get_uri:
 * @self: a sign-in
 *
 * Returns: (nullable): what is to be opened in the browser, while that is waited for
 */
const char *
si_sign_in_get_uri (SiSignIn *self)
{
  g_return_val_if_fail (SI_IS_SIGN_IN (self), NULL);

  return SI_IS_BROWSER_FLOW (self->flow) ? si_browser_flow_get_uri (self->flow) : NULL;
}

/**
 * si_sign_in_get_code:
 * @self: a sign-in
 *
 * Returns: (transfer none) (nullable): what is to be typed on another device, while that
 *   is waited for
 */
SiDeviceCode *
si_sign_in_get_code (SiSignIn *self)
{
  g_return_val_if_fail (SI_IS_SIGN_IN (self), NULL);

  return SI_IS_DEVICE_FLOW (self->flow) ? si_device_flow_get_code (self->flow) : NULL;
}

/**
 * si_sign_in_get_error:
 * @self: a sign-in
 *
 * Returns: (nullable): why the person could not sign in, or is no longer signed in
 */
const GError *
si_sign_in_get_error (SiSignIn *self)
{
  g_return_val_if_fail (SI_IS_SIGN_IN (self), NULL);

  return self->error != NULL ? self->error : si_session_get_error (self->session);
}

/**
 * si_sign_in_start_browser:
 * @self: a sign-in
 *
 * Begins to sign in in the browser, in place of what was begun before.
 */
void
si_sign_in_start_browser (SiSignIn *self)
{
  SiBrowserFlow *flow;

  g_return_if_fail (SI_IS_SIGN_IN (self));

  flow = si_browser_flow_new (self->client, self->host, self->ports, self->n_ports);
  si_browser_flow_set_challenge (flow, si_session_get_challenge (self->session));
  si_browser_flow_set_prompt (flow, self->ask_again ? "login" : NULL);
  si_browser_flow_set_pages (flow, self->success, self->failure);
  g_signal_connect_object (flow, "ready", G_CALLBACK (browser_ready_cb), self,
                           G_CONNECT_SWAPPED);
  begin_flow (self, flow);
  si_browser_flow_run_async (flow, self->cancellable, browser_ended_cb,
                             g_object_ref (self));
  emit_changed (self);
}

/**
 * si_sign_in_start_code:
 * @self: a sign-in
 *
 * Begins to sign in with a code on another device, in place of what was begun before.
 */
void
si_sign_in_start_code (SiSignIn *self)
{
  SiDeviceFlow *flow;

  g_return_if_fail (SI_IS_SIGN_IN (self));

  flow = si_device_flow_new (self->client);
  g_signal_connect_object (flow, "ready", G_CALLBACK (device_ready_cb), self,
                           G_CONNECT_SWAPPED);
  begin_flow (self, flow);
  si_device_flow_run_async (flow, self->cancellable, device_ended_cb,
                            g_object_ref (self));
  emit_changed (self);
}

/**
 * si_sign_in_cancel:
 * @self: a sign-in
 *
 * Gives up what the person has begun. Whatever waits for it goes on waiting.
 */
void
si_sign_in_cancel (SiSignIn *self)
{
  g_return_if_fail (SI_IS_SIGN_IN (self));

  if (self->flow == NULL)
    return;

  stop_flow (self);
  emit_changed (self);
}

/**
 * si_sign_in_forget:
 * @self: a sign-in
 *
 * After signing out: the next time the issuer is to ask who it is, even if its own pages
 * still know the person who was here before.
 */
void
si_sign_in_forget (SiSignIn *self)
{
  g_return_if_fail (SI_IS_SIGN_IN (self));

  stop_flow (self);
  g_clear_error (&self->error);
  self->ask_again = TRUE;
  emit_changed (self);
}
