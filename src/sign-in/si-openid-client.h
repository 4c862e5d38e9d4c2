/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-device-code.h"
#include "si-issuer.h"
#include "si-tokens.h"

G_BEGIN_DECLS

#define SI_TYPE_OPENID_CLIENT (si_openid_client_get_type ())
G_DECLARE_FINAL_TYPE (SiOpenidClient, si_openid_client, SI, OPENID_CLIENT, GObject)

SiOpenidClient *si_openid_client_new (SiHttp     *http,
                                      const char *issuer,
                                      const char *client_id,
                                      const char *scope);

const char *si_openid_client_get_client_id (SiOpenidClient *self);
const char *si_openid_client_get_scope (SiOpenidClient *self);

void      si_openid_client_discover_async (SiOpenidClient     *self,
                                           GCancellable       *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer            user_data);
SiIssuer *si_openid_client_discover_finish (SiOpenidClient *self,
                                            GAsyncResult   *result,
                                            GError        **error);

void          si_openid_client_exchange_code_async (SiOpenidClient     *self,
                                                    const char         *code,
                                                    const char         *verifier,
                                                    const char         *redirect_uri,
                                                    const char         *nonce,
                                                    GCancellable       *cancellable,
                                                    GAsyncReadyCallback callback,
                                                    gpointer            user_data);
void          si_openid_client_refresh_async (SiOpenidClient     *self,
                                              const char         *refresh_token,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);
void          si_openid_client_poll_device_async (SiOpenidClient     *self,
                                                  SiDeviceCode       *code,
                                                  GCancellable       *cancellable,
                                                  GAsyncReadyCallback callback,
                                                  gpointer            user_data);
SiTokens     *si_openid_client_tokens_finish (SiOpenidClient *self,
                                              GAsyncResult   *result,
                                              GError        **error);
void          si_openid_client_start_device_async (SiOpenidClient     *self,
                                                   GCancellable       *cancellable,
                                                   GAsyncReadyCallback callback,
                                                   gpointer            user_data);
SiDeviceCode *si_openid_client_start_device_finish (SiOpenidClient *self,
                                                    GAsyncResult   *result,
                                                    GError        **error);
void          si_openid_client_revoke (SiOpenidClient *self, const char *refresh_token);

G_END_DECLS
