/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-provider.h"

/* The one interface through which the app talks to a service, whichever it is. Every
 * operation fails with the error domain `SI_ERROR`, or with %G_IO_ERROR_CANCELLED. */

G_DEFINE_INTERFACE (SiProvider, si_provider, G_TYPE_OBJECT)

static void
si_provider_default_init (SiProviderInterface *iface)
{
}

SiProviderFeatures
si_provider_get_features (SiProvider *self)
{
  g_return_val_if_fail (SI_IS_PROVIDER (self), SI_PROVIDER_FEATURE_NONE);

  return SI_PROVIDER_GET_IFACE (self)->get_features (self);
}

/**
 * si_provider_load_capabilities_async:
 * @self: a provider
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: data for @callback
 *
 * Asks what the organisation allows (contract, "GET /v1/capabilities").
 */
void
si_provider_load_capabilities_async (SiProvider         *self,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data)
{
  g_return_if_fail (SI_IS_PROVIDER (self));

  SI_PROVIDER_GET_IFACE (self)->load_capabilities_async (self, cancellable, callback,
                                                         user_data);
}

/**
 * si_provider_load_capabilities_finish:
 * @self: a provider
 * @result: what the callback was given
 * @error: return location for a `SI_ERROR`, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): what the organisation allows, or %NULL with @error set
 */
SiCapabilities *
si_provider_load_capabilities_finish (SiProvider   *self,
                                      GAsyncResult *result,
                                      GError      **error)
{
  g_return_val_if_fail (SI_IS_PROVIDER (self), NULL);

  return SI_PROVIDER_GET_IFACE (self)->load_capabilities_finish (self, result, error);
}

/**
 * si_provider_load_security_info_async:
 * @self: a provider
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: data for @callback
 *
 * Asks what the person has (contract, "GET /v1/me/security-info").
 */
void
si_provider_load_security_info_async (SiProvider         *self,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data)
{
  g_return_if_fail (SI_IS_PROVIDER (self));

  SI_PROVIDER_GET_IFACE (self)->load_security_info_async (self, cancellable, callback,
                                                          user_data);
}

/**
 * si_provider_load_security_info_finish:
 * @self: a provider
 * @result: what the callback was given
 * @error: return location for a `SI_ERROR`, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): what the person has, or %NULL with @error set
 */
SiSecurityInfo *
si_provider_load_security_info_finish (SiProvider   *self,
                                       GAsyncResult *result,
                                       GError      **error)
{
  g_return_val_if_fail (SI_IS_PROVIDER (self), NULL);

  return SI_PROVIDER_GET_IFACE (self)->load_security_info_finish (self, result, error);
}

/**
 * si_provider_start_verification_async:
 * @self: a provider
 * @request: what is asked for
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: data for @callback
 *
 * Places the call or sends the text (contract, "POST /v1/me/verifications"). Doing it
 * again with the same @request does nothing more. %SI_ERROR_IN_PROGRESS names the
 * location of the one that is open instead.
 */
void
si_provider_start_verification_async (SiProvider            *self,
                                      SiVerificationRequest *request,
                                      GCancellable          *cancellable,
                                      GAsyncReadyCallback    callback,
                                      gpointer               user_data)
{
  g_return_if_fail (SI_IS_PROVIDER (self));

  SI_PROVIDER_GET_IFACE (self)->start_verification_async (self, request, cancellable,
                                                          callback, user_data);
}

/**
 * si_provider_start_verification_finish:
 * @self: a provider
 * @result: what the callback was given
 * @error: return location for a `SI_ERROR`, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the verification, or %NULL with @error set
 */
SiVerification *
si_provider_start_verification_finish (SiProvider   *self,
                                       GAsyncResult *result,
                                       GError      **error)
{
  g_return_val_if_fail (SI_IS_PROVIDER (self), NULL);

  return SI_PROVIDER_GET_IFACE (self)->start_verification_finish (self, result, error);
}

/**
 * si_provider_get_verification_async:
 * @self: a provider
 * @location: where it is: from the security info or from a problem
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: data for @callback
 *
 * Asks how a verification stands (contract, "GET /v1/me/verifications/{id}").
 */
void
si_provider_get_verification_async (SiProvider         *self,
                                    const char         *location,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data)
{
  g_return_if_fail (SI_IS_PROVIDER (self));

  SI_PROVIDER_GET_IFACE (self)->get_verification_async (self, location, cancellable,
                                                        callback, user_data);
}

/**
 * si_provider_get_verification_finish:
 * @self: a provider
 * @result: what the callback was given
 * @error: return location for a `SI_ERROR`, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the verification, or %NULL with @error set
 */
SiVerification *
si_provider_get_verification_finish (SiProvider   *self,
                                     GAsyncResult *result,
                                     GError      **error)
{
  g_return_val_if_fail (SI_IS_PROVIDER (self), NULL);

  return SI_PROVIDER_GET_IFACE (self)->get_verification_finish (self, result, error);
}

/**
 * si_provider_poll_verification_async:
 * @self: a provider
 * @verification: as it was last seen
 * @wait: how many seconds the answer may be held back, 0 for none
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: data for @callback
 *
 * Waits for a verification to change (contract, "Waiting"). #SiWaiter calls this; nobody
 * else needs to.
 */
void
si_provider_poll_verification_async (SiProvider         *self,
                                     SiVerification     *verification,
                                     guint               wait,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data)
{
  g_return_if_fail (SI_IS_PROVIDER (self));

  SI_PROVIDER_GET_IFACE (self)->poll_verification_async (
      self, verification, wait, cancellable, callback, user_data);
}

/**
 * si_provider_poll_verification_finish:
 * @self: a provider
 * @result: what the callback was given
 * @delay: (out): milliseconds to wait before polling again
 * @error: return location for a `SI_ERROR`, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the verification, @verification itself where nothing changed,
 * or %NULL with @error set
 */
SiVerification *
si_provider_poll_verification_finish (SiProvider   *self,
                                      GAsyncResult *result,
                                      guint        *delay,
                                      GError      **error)
{
  g_return_val_if_fail (SI_IS_PROVIDER (self), NULL);

  return SI_PROVIDER_GET_IFACE (self)->poll_verification_finish (self, result, delay,
                                                                 error);
}

/**
 * si_provider_submit_code_async:
 * @self: a provider
 * @verification: the verification
 * @code: the digits that were typed
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: data for @callback
 *
 * Sends the code (contract, "POST …/{id}/code"). A code that is wrong is
 * %SI_ERROR_REJECTED_CODE. Never repeated by itself.
 */
void
si_provider_submit_code_async (SiProvider         *self,
                               SiVerification     *verification,
                               const char         *code,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_return_if_fail (SI_IS_PROVIDER (self));

  SI_PROVIDER_GET_IFACE (self)->submit_code_async (self, verification, code, cancellable,
                                                   callback, user_data);
}

/**
 * si_provider_submit_code_finish:
 * @self: a provider
 * @result: what the callback was given
 * @error: return location for a `SI_ERROR`, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the verification, or %NULL with @error set
 */
SiVerification *
si_provider_submit_code_finish (SiProvider *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (SI_IS_PROVIDER (self), NULL);

  return SI_PROVIDER_GET_IFACE (self)->submit_code_finish (self, result, error);
}

/**
 * si_provider_resend_async:
 * @self: a provider
 * @verification: the verification
 * @channel: how to reach the person now
 * @idempotency_key: the key of this press of the button
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: data for @callback
 *
 * Calls or texts again, or over the other channel (contract, "POST …/{id}/resend").
 */
void
si_provider_resend_async (SiProvider         *self,
                          SiVerification     *verification,
                          SiChannel           channel,
                          const char         *idempotency_key,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_return_if_fail (SI_IS_PROVIDER (self));

  SI_PROVIDER_GET_IFACE (self)->resend_async (
      self, verification, channel, idempotency_key, cancellable, callback, user_data);
}

/**
 * si_provider_resend_finish:
 * @self: a provider
 * @result: what the callback was given
 * @error: return location for a `SI_ERROR`, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the verification, or %NULL with @error set
 */
SiVerification *
si_provider_resend_finish (SiProvider *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (SI_IS_PROVIDER (self), NULL);

  return SI_PROVIDER_GET_IFACE (self)->resend_finish (self, result, error);
}

/**
 * si_provider_cancel_verification_async:
 * @self: a provider
 * @verification: the verification
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: data for @callback
 *
 * Hangs up and cancels (contract, "DELETE …/{id}"). %SI_ERROR_ENDED carries the state
 * where it ended otherwise before, verified for one.
 */
void
si_provider_cancel_verification_async (SiProvider         *self,
                                       SiVerification     *verification,
                                       GCancellable       *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data)
{
  g_return_if_fail (SI_IS_PROVIDER (self));

  SI_PROVIDER_GET_IFACE (self)->cancel_verification_async (
      self, verification, cancellable, callback, user_data);
}

/**
 * si_provider_cancel_verification_finish:
 * @self: a provider
 * @result: what the callback was given
 * @error: return location for a `SI_ERROR`, or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it is canceled; if not, @error is set
 */
gboolean
si_provider_cancel_verification_finish (SiProvider   *self,
                                        GAsyncResult *result,
                                        GError      **error)
{
  g_return_val_if_fail (SI_IS_PROVIDER (self), FALSE);

  return SI_PROVIDER_GET_IFACE (self)->cancel_verification_finish (self, result, error);
}

/**
 * si_provider_delete_method_async:
 * @self: a provider
 * @info: what the person saw
 * @method_id: the method
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: data for @callback
 *
 * Deletes a method (contract, "DELETE /v1/me/methods/{id}"). One that is gone already
 * counts as deleted. %SI_ERROR_CHANGED where the method is not as @info has it.
 */
void
si_provider_delete_method_async (SiProvider         *self,
                                 SiSecurityInfo     *info,
                                 const char         *method_id,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  g_return_if_fail (SI_IS_PROVIDER (self));

  SI_PROVIDER_GET_IFACE (self)->delete_method_async (self, info, method_id, cancellable,
                                                     callback, user_data);
}

/**
 * si_provider_delete_method_finish:
 * @self: a provider
 * @result: what the callback was given
 * @error: return location for a `SI_ERROR`, or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it is gone; if not, @error is set
 */
gboolean
si_provider_delete_method_finish (SiProvider *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (SI_IS_PROVIDER (self), FALSE);

  return SI_PROVIDER_GET_IFACE (self)->delete_method_finish (self, result, error);
}

/**
 * si_provider_set_default_async:
 * @self: a provider
 * @info: what the person saw
 * @option: one of its options
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: data for @callback
 *
 * Changes the default (contract, "PUT /v1/me/default"). %SI_ERROR_CHANGED where @option
 * is none any more.
 */
void
si_provider_set_default_async (SiProvider         *self,
                               SiSecurityInfo     *info,
                               SiDefaultOption    *option,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_return_if_fail (SI_IS_PROVIDER (self));

  SI_PROVIDER_GET_IFACE (self)->set_default_async (self, info, option, cancellable,
                                                   callback, user_data);
}

/**
 * si_provider_set_default_finish:
 * @self: a provider
 * @result: what the callback was given
 * @error: return location for a `SI_ERROR`, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the security info with the new default, or %NULL with @error
 * set
 */
SiSecurityInfo *
si_provider_set_default_finish (SiProvider *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (SI_IS_PROVIDER (self), NULL);

  return SI_PROVIDER_GET_IFACE (self)->set_default_finish (self, result, error);
}
