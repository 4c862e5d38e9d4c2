/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-renewal.h"

#include "si-application-hold.h"

/* New tokens without the person: from the identity broker, or for a refresh token. Both
 * end alike, and neither can be cancelled: the answer may hold the only token that is
 * still good. Whoever begins one has it, to know it by when it ends. */

static void
return_tokens (GTask *task, SiTokens *tokens, GError *error)
{
  if (tokens != NULL)
    g_task_return_pointer (task, tokens, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
brokered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError           *error = NULL;
  SiTokens         *tokens
      = si_broker_acquire_token_finish (SI_BROKER (source), result, NULL, &error);

  return_tokens (task, tokens, error);
}

static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError           *error = NULL;
  SiTokens         *tokens
      = si_openid_client_tokens_finish (SI_OPENID_CLIENT (source), result, &error);

  return_tokens (task, tokens, error);
}

static void
ask_broker (SiBroker *broker, SiCredentials *credentials, GTask *task)
{
  SiTokens   *refused = si_credentials_get_tokens (credentials);
  const char *token = refused != NULL ? si_tokens_get_access_token (refused) : NULL;

  si_broker_acquire_token_async (broker, si_renewal_get_challenge (task), token, NULL,
                                 brokered_cb, g_object_ref (task));
}

/**
 * si_renewal_start:
 * @client: this app, as the issuer knows it
 * @broker: (nullable): whom to ask; %NULL for the issuer
 * @credentials: what is renewed
 * @challenge: (nullable): what the backend asks for, to which the issuer has no answer
 * @callback: called with the tokens, si_renewal_finish()
 * @user_data: data for @callback
 *
 * Returns: (transfer full): the renewal
 */
GTask *
si_renewal_start (SiOpenidClient     *client,
                  SiBroker           *broker,
                  SiCredentials      *credentials,
                  SiChallenge        *challenge,
                  GAsyncReadyCallback callback,
                  gpointer            user_data)
{
  GTask *task = g_task_new (broker, NULL, callback, user_data);

  g_task_set_source_tag (task, si_renewal_start);
  if (challenge != NULL)
    g_task_set_task_data (task, g_object_ref (challenge), g_object_unref);

  if (broker != NULL) {
    ask_broker (broker, credentials, task);
  } else {
    /* An app that is closed meanwhile would lose what it is given for the old token. */
    si_application_hold_for (task);
    si_openid_client_refresh_async (client,
                                    si_credentials_get_refresh_token (credentials), NULL,
                                    refreshed_cb, g_object_ref (task));
  }

  return task;
}

/**
 * si_renewal_is_from_broker:
 * @self: a renewal
 *
 * Returns: whether it is the broker that was asked
 */
gboolean
si_renewal_is_from_broker (GTask *self)
{
  return g_task_get_source_object (self) != NULL;
}

/**
 * si_renewal_get_challenge:
 * @self: a renewal
 *
 * Returns: (transfer none) (nullable): what the backend asks for that it is an answer to
 */
SiChallenge *
si_renewal_get_challenge (GTask *self)
{
  return g_task_get_task_data (self);
}

/**
 * si_renewal_finish:
 * @self: a renewal that has ended
 * @error: return location for a `SI_ERROR`
 *
 * Returns: (transfer full): the tokens, or %NULL with @error set
 */
SiTokens *
si_renewal_finish (GTask *self, GError **error)
{
  return g_task_propagate_pointer (self, error);
}
