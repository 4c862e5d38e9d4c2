/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-broker.h"
#include "si-credentials.h"
#include "si-openid-client.h"

G_BEGIN_DECLS

GTask *si_renewal_start (SiOpenidClient     *client,
                         SiBroker           *broker,
                         SiCredentials      *credentials,
                         SiChallenge        *challenge,
                         GAsyncReadyCallback callback,
                         gpointer            user_data);

gboolean     si_renewal_is_from_broker (GTask *self);
SiChallenge *si_renewal_get_challenge (GTask *self);
SiTokens    *si_renewal_finish (GTask *self, GError **error);

G_END_DECLS
