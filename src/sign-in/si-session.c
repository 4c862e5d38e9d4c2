/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-session.h"

#include "si-credentials.h"
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
  SiCredentials *credentials;
  gboolean       asked_for; /* the person has to sign in */
  SiChallenge   *challenge; /* and that is what is asked of it */

  GTask          *renewal; /* the one that is under way, and counts */
  SiTokenWaiters *quiet;   /* for them nobody is asked */
  SiTokenWaiters *patient; /* they wait until the person has signed in */
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

static void
emit_changed (SiSession *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
keyring_changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SiSession) self = user_data;
  gboolean forgetting = g_async_result_is_tagged (result, si_token_store_clear_async);

  if (!si_token_store_change_finish (SI_TOKEN_STORE (source), result, NULL))
    g_signal_emit (self, signals[KEYRING_FAILED], 0, forgetting);
}

/* The keyring has what the session has. */
static void
keep_refresh_token (SiSession *self, const char *kept)
{
  const char *token = si_credentials_get_refresh_token (self->credentials);

  if (token == NULL)
    si_token_store_clear_async (self->store, NULL, NULL);
  else if (g_strcmp0 (token, kept) != 0)
    si_token_store_store_async (self->store, token,
                                si_credentials_get_subject (self->credentials),
                                keyring_changed_cb, g_object_ref (self));
}

/* Where the person has been asked, a token that came without them is not what is waited
 * for. Whoever gets one may have it replaced at once. */
static void
go_on (SiSession *self)
{
  g_autoptr (SiTokens) tokens
      = g_object_ref (si_credentials_get_tokens (self->credentials));
  const char *token = si_tokens_get_access_token (tokens);

  self->state = SI_SESSION_OPEN;
  g_clear_error (&self->error);
  si_token_waiters_give (self->quiet, token);
  if (!self->asked_for)
    si_token_waiters_give (self->patient, token);
  emit_changed (self);
}

/* Returns: (transfer full): why there is no token without the person */
static GError *
new_refusal (SiChallenge *challenge)
{
  return si_error_new_local (
      challenge != NULL ? SI_PROBLEM_STEP_UP_REQUIRED : SI_PROBLEM_INVALID_TOKEN, NULL);
}

static void
ask (SiSession *self, SiChallenge *challenge)
{
  self->asked_for = TRUE;
  if (challenge != NULL)
    g_set_object (&self->challenge, challenge);
  emit_changed (self);
}

/* Without anybody who waits for the person, the next thing to do is to sign in. */
static void
need_sign_in (SiSession *self)
{
  g_autoptr (GError) error = new_refusal (NULL);

  si_credentials_drop_tokens (self->credentials);
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  si_token_waiters_fail (self->quiet, error);
  if (!si_token_waiters_is_empty (self->patient)) {
    ask (self, NULL);
    return;
  }

  self->state = SI_SESSION_NEEDED;
  emit_changed (self);
}

static void renew (SiSession *self, SiChallenge *challenge);

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SiSession) self = user_data;
  g_autofree char      *subject = NULL;
  g_autoptr (SiSecret)  token
      = si_token_store_lookup_finish (SI_TOKEN_STORE (source), result, &subject, NULL);

  if (self->state != SI_SESSION_UNKNOWN)
    return;

  if (token != NULL) {
    si_credentials_restore (self->credentials, token, subject);
    self->state = SI_SESSION_OPEN;
    if (!si_token_waiters_is_empty (self->quiet))
      renew (self, NULL);
  } else {
    g_autoptr (GError) error = new_refusal (NULL);

    self->state = SI_SESSION_NEEDED;
    si_token_waiters_fail (self->quiet, error);
  }
  emit_changed (self);
}

static void
look_in_keyring (SiSession *self)
{
  si_token_store_lookup_async (self->store, looked_up_cb, g_object_ref (self));
}

/* The broker could not do what the backend asks for: the person can. */
static void
challenge_refused (SiSession *self, SiChallenge *challenge)
{
  g_autoptr (GError) error = new_refusal (challenge);

  si_token_waiters_fail (self->quiet, error);
  if (!si_token_waiters_is_empty (self->patient))
    ask (self, challenge);
}

static void
give_back (SiSession *self, SiTokens *tokens)
{
  si_openid_client_revoke (self->client, si_tokens_get_refresh_token (tokens));
}

static void
take_renewed (SiSession *self, GTask *renewal, SiTokens *tokens)
{
  gboolean             from_broker = si_renewal_is_from_broker (renewal);
  g_autoptr (SiSecret) kept
      = g_strdup (si_credentials_get_refresh_token (self->credentials));

  si_credentials_take (self->credentials, tokens, from_broker,
                       si_renewal_get_challenge (renewal) != NULL);
  if (!from_broker)
    keep_refresh_token (self, kept);
  go_on (self);
}

static void
renewal_failed (SiSession *self, GTask *renewal, const GError *error)
{
  if (self->state == SI_SESSION_UNKNOWN) {
    look_in_keyring (self);
  } else if (!g_error_matches (error, SI_ERROR, SI_ERROR_SIGN_IN_REQUIRED)) {
    si_token_waiters_fail (self->quiet, error);
    if (!self->asked_for)
      si_token_waiters_fail (self->patient, error);
  } else if (si_renewal_get_challenge (renewal) != NULL) {
    challenge_refused (self, si_renewal_get_challenge (renewal));
  } else {
    if (!si_renewal_is_from_broker (renewal))
      si_token_store_clear_async (self->store, NULL, NULL);
    need_sign_in (self);
  }
}

static void
renewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SiSession) self = user_data;
  GTask                *renewal = G_TASK (result);
  g_autoptr (GError)    error = NULL;
  g_autoptr (SiTokens)  tokens = si_renewal_finish (renewal, &error);

  /* What comes too late for whoever has signed out is nobody's. */
  if (renewal != self->renewal) {
    if (tokens != NULL && self->state == SI_SESSION_NEEDED)
      give_back (self, tokens);
    return;
  }

  g_clear_object (&self->renewal);
  if (tokens == NULL) {
    renewal_failed (self, renewal, error);
  } else if (si_credentials_belong_to_another (self->credentials, tokens,
                                               si_renewal_is_from_broker (renewal))) {
    /* OpenID Connect Core, section 12.2 */
    give_back (self, tokens);
    error = new_refusal (NULL);
    renewal_failed (self, renewal, error);
  } else {
    take_renewed (self, renewal, tokens);
  }
}

static void
renew_from (SiSession *self, SiBroker *broker, SiChallenge *challenge)
{
  if (self->renewal == NULL)
    self->renewal = si_renewal_start (self->client, broker, self->credentials, challenge,
                                      renewed_cb, g_object_ref (self));
}

static void
renew (SiSession *self, SiChallenge *challenge)
{
  gboolean from_broker = si_credentials_are_from_broker (self->credentials);

  renew_from (self, from_broker ? self->broker : NULL, challenge);
}

/* What is still being renewed counts no more, and nobody is asked for any longer. */
static void
begin_anew (SiSession *self)
{
  g_clear_object (&self->renewal);
  self->asked_for = FALSE;
  g_clear_object (&self->challenge);
}

static void
return_token (GTask *task, const char *token)
{
  g_task_return_pointer (task, g_strdup (token), (GDestroyNotify) si_secret_free);
}

static void
get_token_async (SiTokenSource      *source,
                 GCancellable       *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer            user_data)
{
  SiSession        *self = SI_SESSION (source);
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);
  const char       *token = si_credentials_get_token (self->credentials, NULL, FALSE);

  g_task_set_source_tag (task, get_token_async);
  if (token != NULL) {
    return_token (task, token);
  } else if (si_credentials_can_be_renewed (self->credentials)) {
    si_token_waiters_add (self->quiet, g_steal_pointer (&task));
    renew (self, NULL);
  } else if (self->state == SI_SESSION_UNKNOWN) {
    si_token_waiters_add (self->quiet, g_steal_pointer (&task));
  } else {
    g_task_return_error (task, new_refusal (NULL));
  }
}

static void
renew_refused (SiSession *self, GTask *task, gboolean may_ask)
{
  gboolean can_be_renewed = si_credentials_can_be_renewed (self->credentials);

  if (can_be_renewed || may_ask)
    si_token_waiters_add (may_ask ? self->patient : self->quiet, g_object_ref (task));
  else
    g_task_return_error (task, new_refusal (NULL));

  if (can_be_renewed)
    renew (self, NULL);
  else
    need_sign_in (self);
}

/* The broker may have an answer to it, unless it is busy; the issuer has none. */
static void
meet_challenge (SiSession *self, SiChallenge *challenge, GTask *task, gboolean may_ask)
{
  gboolean can_ask_broker
      = si_credentials_are_from_broker (self->credentials) && self->renewal == NULL;

  if (!can_ask_broker && !may_ask) {
    g_task_return_error (task, new_refusal (challenge));
    return;
  }

  si_token_waiters_add (may_ask ? self->patient : self->quiet, g_object_ref (task));
  if (can_ask_broker)
    renew (self, challenge);
  else
    ask (self, challenge);
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
  const char       *another;

  /* Somebody else may have got one already. If it came without the person, it does no
   * better where a sign-in is asked for. */
  another = si_credentials_get_token (self->credentials, refused, challenge != NULL);

  g_task_set_source_tag (task, renew_token_async);
  if (another != NULL)
    return_token (task, another);
  else if (challenge != NULL)
    meet_challenge (self, challenge, task, may_ask);
  else
    renew_refused (self, task, may_ask);
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
si_session_finalize (GObject *object)
{
  SiSession *self = SI_SESSION (object);

  g_clear_object (&self->client);
  g_clear_object (&self->store);
  g_clear_object (&self->broker);
  g_clear_object (&self->challenge);
  g_clear_error (&self->error);
  si_credentials_free (self->credentials);
  si_token_waiters_free (self->quiet);
  si_token_waiters_free (self->patient);

  G_OBJECT_CLASS (si_session_parent_class)->finalize (object);
}

static void
si_session_class_init (SiSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_session_finalize;

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
  self->credentials = si_credentials_new ();
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
 * Looks for a way in that asks nobody: the broker, then the keyring. Until it is known
 * whether there is one, whoever wants a token waits.
 */
void
si_session_restore (SiSession *self)
{
  g_return_if_fail (SI_IS_SESSION (self));

  if (self->broker != NULL)
    renew_from (self, self->broker, NULL);
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

  if (self->asked_for
      && si_credentials_belong_to_another (self->credentials, tokens, FALSE)) {
    give_back (self, tokens);
    g_propagate_error (error, si_error_new_local (SI_PROBLEM_WRONG_ACCOUNT, NULL));
    return FALSE;
  }

  begin_anew (self);
  si_credentials_forget (self->credentials);
  si_credentials_take (self->credentials, tokens, FALSE, TRUE);
  keep_refresh_token (self, NULL);
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

  error = new_refusal (self->challenge);
  self->asked_for = FALSE;
  g_clear_object (&self->challenge);
  if (si_credentials_get_tokens (self->credentials) == NULL
      && !si_credentials_can_be_renewed (self->credentials))
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

  si_openid_client_revoke (self->client,
                           si_credentials_get_refresh_token (self->credentials));
  si_token_store_clear_async (self->store, keyring_changed_cb, g_object_ref (self));
  begin_anew (self);
  si_credentials_forget (self->credentials);
  g_clear_error (&self->error);
  self->state = SI_SESSION_NEEDED;

  error = new_refusal (NULL);
  si_token_waiters_fail (self->quiet, error);
  si_token_waiters_fail (self->patient, error);
  emit_changed (self);
}
