/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-renewal.h"

/* New tokens without the person: from the identity broker, or for a refresh token. Both
 * end alike, and neither can be cancelled: the answer may hold the only token that is
 * still good. */

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

/**
 * si_renewal_ask_broker:
 * @broker: whom to ask
 * @challenge: (nullable): what the backend asks for
 * @refused: (nullable): the tokens that are no longer good
 * @callback: called with the tokens, si_renewal_finish()
 * @user_data: data for @callback
 */
void
si_renewal_ask_broker (SiBroker           *broker,
                       SiChallenge        *challenge,
                       SiTokens           *refused,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  GTask *task = g_task_new (broker, NULL, callback, user_data);

  g_task_set_source_tag (task, si_renewal_ask_broker);
  si_broker_acquire_token_async (
      broker, challenge, refused != NULL ? si_tokens_get_access_token (refused) : NULL,
      NULL, brokered_cb, task);
}

/**
 * si_renewal_refresh:
 * @client: this app, as the issuer knows it
 * @refresh_token: what is given for new tokens
 * @callback: called with the tokens, si_renewal_finish()
 * @user_data: data for @callback
 */
void
si_renewal_refresh (SiOpenidClient     *client,
                    const char         *refresh_token,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  GTask *task = g_task_new (client, NULL, callback, user_data);

  g_task_set_source_tag (task, si_renewal_refresh);
  si_openid_client_refresh_async (client, refresh_token, NULL, refreshed_cb, task);
}

/**
 * si_renewal_finish:
 * @result: what the callback was given
 * @from_broker: (out): whether it was the broker that was asked
 * @error: return location for a `SI_ERROR`
 *
 * Returns: (transfer full): the tokens, or %NULL with @error set
 */
SiTokens *
si_renewal_finish (GAsyncResult *result, gboolean *from_broker, GError **error)
{
  *from_broker = g_task_get_source_tag (G_TASK (result)) == si_renewal_ask_broker;

  return g_task_propagate_pointer (G_TASK (result), error);
}
