/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-token-source.h"

/* Where the bearer token of a request comes from, and what to do when it is refused. */

G_DEFINE_INTERFACE (SiTokenSource, si_token_source, G_TYPE_OBJECT)

static void
si_token_source_default_init (SiTokenSourceInterface *iface)
{
}

/**
 * si_token_source_get_token_async:
 * @self: a source
 * @cancellable: (nullable): cancels it
 * @callback: called with the token, si_token_source_token_finish()
 * @user_data: data for @callback
 *
 * Asks for a token that is good as far as is known. Nobody is asked to sign in.
 */
void
si_token_source_get_token_async (SiTokenSource      *self,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  g_return_if_fail (SI_IS_TOKEN_SOURCE (self));

  SI_TOKEN_SOURCE_GET_IFACE (self)->get_token_async (self, cancellable, callback,
                                                     user_data);
}

/**
 * si_token_source_renew_token_async:
 * @self: a source
 * @refused: (nullable): the token that the backend refused, %NULL where there was none
 * @challenge: (nullable): what the backend asks of a new sign-in, %NULL where the token
 *   is no longer good
 * @may_ask: whether the person may be asked to sign in: only for what they began
 * @cancellable: (nullable): cancels it
 * @callback: called with the token, si_token_source_token_finish()
 * @user_data: data for @callback
 *
 * Asks for another token.
 */
void
si_token_source_renew_token_async (SiTokenSource      *self,
                                   const char         *refused,
                                   SiChallenge        *challenge,
                                   gboolean            may_ask,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data)
{
  g_return_if_fail (SI_IS_TOKEN_SOURCE (self));

  SI_TOKEN_SOURCE_GET_IFACE (self)->renew_token_async (self, refused, challenge, may_ask,
                                                       cancellable, callback, user_data);
}

/**
 * si_token_source_token_finish:
 * @self: a source
 * @result: what the callback was given
 * @error: return location for a `SI_ERROR`, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the token, to be freed with si_secret_free(), or %NULL with
 *   @error set
 */
char *
si_token_source_token_finish (SiTokenSource *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
