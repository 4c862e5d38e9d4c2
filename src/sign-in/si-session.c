/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-session.h"

#include "si-error.h"
#include "si-renewal.h"
#include "si-secret.h"
#include "si-token-waiters.h"

/* Who is signed in, and the tokens that show it to the backend. It renews them, one
 * renewal at a time, keeps the refresh token in the keyring, and says so where the person
 * has to sign in (once more), which is somebody else's business. */

struct _SiSession {
  GObject parent_instance;

  SiOpenidClient *client;
  SiTokenStore   *store;
  SiBroker       *broker; /* NULL where it is not to be asked */

  SiSessionState state;
  GError        *error; /* why the person is no longer signed in */
  SiTokens      *tokens;
  char          *refresh_token;
  char          *subject;
  gboolean       from_broker;
  gboolean       asked_for;
  SiChallenge   *challenge;

  gboolean        renewing;
  guint           generation; /* goes up when what is being renewed counts no more */
  SiTokenWaiters *quiet;      /* for them nobody is asked */
  SiTokenWaiters *patient;    /* they wait until the person has signed in */
};

static void token_source_iface_init (SiTokenSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SiSession,
                               si_session,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SI_TYPE_TOKEN_SOURCE,
                                                      token_source_iface_init))

enum {
  CHANGED,
  KEYRING_FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef struct {
  SiSession *self;
  guint      generation;
} Renewal;

static void
emit_changed (SiSession *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
clear_tokens (SiSession *self)
{
  self->from_broker = FALSE;
  g_clear_object (&self->tokens);
  g_clear_pointer (&self->refresh_token, si_secret_free);
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SiSession) self = user_data;

  if (!si_token_store_change_finish (SI_TOKEN_STORE (source), result, NULL))
    g_signal_emit (self, signals[KEYRING_FAILED], 0, FALSE);
}

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SiSession) self = user_data;

  if (!si_token_store_change_finish (SI_TOKEN_STORE (source), result, NULL))
    g_signal_emit (self, signals[KEYRING_FAILED], 0, TRUE);
}

/* What does not come with a new refresh token is renewed with the old one again. */
static void
keep_tokens (SiSession *self, SiTokens *tokens)
{
  const char *refresh_token = si_tokens_get_refresh_token (tokens);

  g_set_object (&self->tokens, tokens);
  if (si_tokens_get_subject (tokens) != NULL) {
    g_free (self->subject);
    self->subject = g_strdup (si_tokens_get_subject (tokens));
  }

  if (refresh_token != NULL && g_strcmp0 (refresh_token, self->refresh_token) != 0) {
    g_clear_pointer (&self->refresh_token, si_secret_free);
    self->refresh_token = g_strdup (refresh_token);
    si_token_store_store_async (self->store, refresh_token, self->subject, stored_cb,
                                g_object_ref (self));
  }
}

/* Where the person has been asked, a token that came without them is not what is waited
 * for. */
static void
go_on (SiSession *self)
{
  const char *token = si_tokens_get_access_token (self->tokens);

  self->state = SI_SESSION_OPEN;
  g_clear_error (&self->error);
  si_token_waiters_give (self->quiet, token);
  if (!self->asked_for) {
    g_clear_object (&self->challenge);
    si_token_waiters_give (self->patient, token);
  }
  emit_changed (self);
}

static gboolean
is_somebody_else (SiSession *self, SiTokens *tokens)
{
  const char *subject = si_tokens_get_subject (tokens);

  return self->subject != NULL && subject != NULL
         && !g_str_equal (self->subject, subject);
}

/* Returns: (transfer full): why there is no token without the person */
static GError *
new_refusal (SiSession *self)
{
  return si_error_new_local (self->challenge != NULL ? SI_PROBLEM_STEP_UP_REQUIRED
                                                     : SI_PROBLEM_INVALID_TOKEN,
                             NULL);
}

static void
ask (SiSession *self)
{
  self->asked_for = TRUE;
  emit_changed (self);
}

/* Without anybody who waits for the person, the next thing to do is to sign in. */
static void
need_sign_in (SiSession *self, const GError *error)
{
  clear_tokens (self);
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  si_token_waiters_fail (self->quiet, error);
  if (!si_token_waiters_is_empty (self->patient)) {
    ask (self);
    return;
  }

  self->state = SI_SESSION_NEEDED;
  emit_changed (self);
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SiSession) self = user_data;
  g_autofree char      *subject = NULL;
  g_autoptr (SiSecret)  token
      = si_token_store_lookup_finish (SI_TOKEN_STORE (source), result, &subject, NULL);

  if (self->state != SI_SESSION_UNKNOWN)
    return;

  self->state = token != NULL ? SI_SESSION_OPEN : SI_SESSION_NEEDED;
  self->refresh_token = g_steal_pointer (&token);
  self->subject = g_steal_pointer (&subject);
  emit_changed (self);
}

static void
look_in_keyring (SiSession *self)
{
  si_token_store_lookup_async (self->store, looked_up_cb, g_object_ref (self));
}

/* The broker could not do what the backend asks for: the person can. */
static void
ask_for_more (SiSession *self, const GError *error)
{
  si_token_waiters_fail (self->quiet, error);
  if (si_token_waiters_is_empty (self->patient))
    g_clear_object (&self->challenge);
  else
    ask (self);
}

/* There is no other token without the person. */
static void
renewal_refused (SiSession *self)
{
  g_autoptr (GError) error = new_refusal (self);

  if (self->state == SI_SESSION_UNKNOWN) {
    look_in_keyring (self);
  } else if (self->challenge != NULL) {
    ask_for_more (self, error);
  } else {
    si_token_store_clear_async (self->store, NULL, NULL);
    need_sign_in (self, error);
  }
}

static void
renewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Renewal   *renewal = user_data;
  g_autoptr (SiSession) self = renewal->self;
  gboolean              from_broker;
  g_autoptr (GError)    error = NULL;
  g_autoptr (SiTokens)  tokens = si_renewal_finish (result, &from_broker, &error);

  if (renewal->generation != self->generation)
    return;

  self->renewing = FALSE;
  if (tokens != NULL && !is_somebody_else (self, tokens)) {
    self->from_broker = from_broker;
    keep_tokens (self, tokens);
    go_on (self);
  } else if (tokens != NULL /* OpenID Connect Core, section 12.2 */
             || g_error_matches (error, SI_ERROR, SI_ERROR_SIGN_IN_REQUIRED)) {
    renewal_refused (self);
  } else {
    si_token_waiters_fail (self->quiet, error);
    if (!self->asked_for)
      si_token_waiters_fail (self->patient, error);
  }
}

static Renewal *
new_renewal (SiSession *self)
{
  Renewal *renewal = g_new (Renewal, 1);

  self->renewing = TRUE;
  renewal->self = g_object_ref (self);
  renewal->generation = self->generation;

  return renewal;
}

static void
ask_broker (SiSession *self)
{
  si_renewal_ask_broker (self->broker, self->challenge, self->tokens, renewed_cb,
                         new_renewal (self));
}

static void
renew (SiSession *self)
{
  if (self->renewing)
    return;

  if (self->from_broker)
    ask_broker (self);
  else
    si_renewal_refresh (self->client, self->refresh_token, renewed_cb,
                        new_renewal (self));
}

/* What is still being renewed counts no more. */
static void
begin_anew (SiSession *self)
{
  self->generation++;
  self->renewing = FALSE;
  self->asked_for = FALSE;
  self->from_broker = FALSE;
}

static void
return_token (SiSession *self, GTask *task)
{
  g_task_return_pointer (task, g_strdup (si_tokens_get_access_token (self->tokens)),
                         (GDestroyNotify) si_secret_free);
}

static void
get_token_async (SiTokenSource      *source,
                 GCancellable       *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer            user_data)
{
  SiSession        *self = SI_SESSION (source);
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);

  g_task_set_source_tag (task, get_token_async);
  if (self->tokens != NULL && si_tokens_is_fresh (self->tokens)) {
    return_token (self, task);
  } else if (self->refresh_token != NULL || self->from_broker) {
    si_token_waiters_add (self->quiet, g_steal_pointer (&task));
    renew (self);
  } else {
    g_task_return_error (task, si_error_new_local (SI_PROBLEM_INVALID_TOKEN, NULL));
  }
}

/* Somebody else may have renewed it already. */
static gboolean
has_another (SiSession *self, const char *refused)
{
  return self->tokens != NULL
         && g_strcmp0 (si_tokens_get_access_token (self->tokens), refused) != 0;
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
  SiSession        *self = SI_SESSION (source);
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);
  gboolean          can_refresh
      = self->from_broker || (challenge == NULL && self->refresh_token != NULL);

  g_task_set_source_tag (task, renew_token_async);
  if (has_another (self, refused)) {
    return_token (self, task);
    return;
  }

  if (!can_refresh && !may_ask) {
    g_autoptr (GError) error = si_error_new_local (
        challenge != NULL ? SI_PROBLEM_STEP_UP_REQUIRED : SI_PROBLEM_INVALID_TOKEN, NULL);

    if (challenge == NULL)
      need_sign_in (self, error);
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  if (challenge != NULL)
    g_set_object (&self->challenge, challenge);
  si_token_waiters_add (may_ask ? self->patient : self->quiet, g_steal_pointer (&task));
  if (can_refresh)
    renew (self);
  else
    ask (self);
}

static void
token_source_iface_init (SiTokenSourceInterface *iface)
{
  iface->get_token_async = get_token_async;
  iface->renew_token_async = renew_token_async;
}

/* Whoever wanted the person to be asked has left. */
static void
patient_emptied_cb (gpointer user_data)
{
  SiSession *self = user_data;

  if (self->asked_for)
    si_session_decline (self);
}

static void
si_session_dispose (GObject *object)
{
  SiSession *self = SI_SESSION (object);

  clear_tokens (self);
  g_clear_object (&self->client);
  g_clear_object (&self->store);
  g_clear_object (&self->broker);
  g_clear_object (&self->challenge);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (si_session_parent_class)->dispose (object);
}

static void
si_session_finalize (GObject *object)
{
  SiSession *self = SI_SESSION (object);

  g_clear_pointer (&self->subject, g_free);
  si_token_waiters_free (self->quiet);
  si_token_waiters_free (self->patient);

  G_OBJECT_CLASS (si_session_parent_class)->finalize (object);
}

static void
si_session_class_init (SiSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = si_session_dispose;
  object_class->finalize = si_session_finalize;

  /**
   * SiSession::changed:
   * @self: the session
   *
   * Emitted when anything that its getters say has changed.
   */
  signals[CHANGED]
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 0);

  /**
   * SiSession::keyring-failed:
   * @self: the session
   * @forgetting: whether it did not forget the token of whoever signed out; else it did
   *   not take the one of whoever signed in, who will have to do so again next time
   */
  signals[KEYRING_FAILED]
      = g_signal_new ("keyring-failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                      NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
si_session_init (SiSession *self)
{
  self->quiet = si_token_waiters_new (NULL, NULL);
  self->patient = si_token_waiters_new (patient_emptied_cb, self);
}

/**
 * si_session_new:
 * @client: this app, as the issuer knows it
 * @store: where the refresh token is kept
 * @broker: (nullable): whom to ask before the person is asked
 *
 * Returns: (transfer full): a session of which nothing is known yet
 */
SiSession *
si_session_new (SiOpenidClient *client, SiTokenStore *store, SiBroker *broker)
{
  SiSession *self = g_object_new (SI_TYPE_SESSION, NULL);

  self->client = g_object_ref (client);
  self->store = g_object_ref (store);
  g_set_object (&self->broker, broker);

  return self;
}

SiSessionState
si_session_get_state (SiSession *self)
{
  g_return_val_if_fail (SI_IS_SESSION (self), SI_SESSION_UNKNOWN);

  return self->state;
}

/**
 * si_session_is_asked_for:
 * @self: a session
 *
 * Returns: whether something that the person began waits until they have signed in (once
 *   more)
 */
gboolean
si_session_is_asked_for (SiSession *self)
{
  g_return_val_if_fail (SI_IS_SESSION (self), FALSE);

  return self->asked_for;
}

/**
 * si_session_get_challenge:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): what the backend asks of the sign-in that is asked
 *   for; %NULL where any will do
 */
SiChallenge *
si_session_get_challenge (SiSession *self)
{
  g_return_val_if_fail (SI_IS_SESSION (self), NULL);

  return self->challenge;
}

/**
 * si_session_get_error:
 * @self: a session
 *
 * Returns: (nullable): why the person is no longer signed in
 */
const GError *
si_session_get_error (SiSession *self)
{
  g_return_val_if_fail (SI_IS_SESSION (self), NULL);

  return self->error;
}

/**
 * si_session_restore:
 * @self: a session of which nothing is known yet
 *
 * Looks for a way in that asks nobody: the broker, then the keyring.
 */
void
si_session_restore (SiSession *self)
{
  g_return_if_fail (SI_IS_SESSION (self));

  if (self->broker != NULL)
    ask_broker (self);
  else
    look_in_keyring (self);
}

/**
 * si_session_begin:
 * @self: a session
 * @tokens: what the person has got by signing in
 * @error: return location for a `SI_ERROR`
 *
 * Goes on with new tokens, and with whatever has waited for them. While something waits
 * for the person who signed in before, nobody else will do.
 *
 * Returns: whether it does; if not, @error is set and @tokens are of no more use
 */
gboolean
si_session_begin (SiSession *self, SiTokens *tokens, GError **error)
{
  g_return_val_if_fail (SI_IS_SESSION (self), FALSE);

  if (self->asked_for && !self->from_broker && is_somebody_else (self, tokens)) {
    si_openid_client_revoke (self->client, si_tokens_get_refresh_token (tokens));
    g_propagate_error (error, si_error_new_local (SI_PROBLEM_WRONG_ACCOUNT, NULL));
    return FALSE;
  }

  begin_anew (self);
  keep_tokens (self, tokens);
  go_on (self);

  return TRUE;
}

/**
 * si_session_decline:
 * @self: a session
 *
 * The person does not want to sign in (once more): what has waited for it is told so.
 */
void
si_session_decline (SiSession *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (SI_IS_SESSION (self));

  error = new_refusal (self);
  self->asked_for = FALSE;
  g_clear_object (&self->challenge);
  if (self->tokens == NULL && self->refresh_token == NULL)
    self->state = SI_SESSION_NEEDED;
  si_token_waiters_fail (self->patient, error);
  emit_changed (self);
}

/**
 * si_session_sign_out:
 * @self: a session
 *
 * Forgets the tokens, here and in the keyring, and gives them back to the issuer.
 */
void
si_session_sign_out (SiSession *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (SI_IS_SESSION (self));

  si_openid_client_revoke (self->client, self->refresh_token);
  si_token_store_clear_async (self->store, cleared_cb, g_object_ref (self));
  begin_anew (self);
  clear_tokens (self);
  g_clear_pointer (&self->subject, g_free);
  g_clear_object (&self->challenge);
  g_clear_error (&self->error);
  self->state = SI_SESSION_NEEDED;

  error = new_refusal (self);
  si_token_waiters_fail (self->quiet, error);
  si_token_waiters_fail (self->patient, error);
  emit_changed (self);
}
