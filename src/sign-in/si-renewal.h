/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-broker.h"
#include "si-openid-client.h"

G_BEGIN_DECLS

void      si_renewal_ask_broker (SiBroker           *broker,
                                 SiChallenge        *challenge,
                                 SiTokens           *refused,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
void      si_renewal_refresh (SiOpenidClient     *client,
                              const char         *refresh_token,
                              GAsyncReadyCallback callback,
                              gpointer            user_data);
SiTokens *si_renewal_finish (GAsyncResult *result, gboolean *from_broker, GError **error);

G_END_DECLS
