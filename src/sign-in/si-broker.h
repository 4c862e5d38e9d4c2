/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "si-challenge.h"
#include "si-tokens.h"

G_BEGIN_DECLS

#define SI_TYPE_BROKER (si_broker_get_type ())
G_DECLARE_FINAL_TYPE (SiBroker, si_broker, SI, BROKER, GObject)

SiBroker *si_broker_new (GDBusConnection   *connection,
                         const char        *client_id,
                         const char        *authority,
                         const char *const *scopes);

void si_broker_set_timeout (SiBroker *self, guint milliseconds);

void      si_broker_acquire_token_async (SiBroker           *self,
                                         SiChallenge        *challenge,
                                         const char         *refused_token,
                                         GCancellable       *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer            user_data);
SiTokens *si_broker_acquire_token_finish (SiBroker     *self,
                                          GAsyncResult *result,
                                          char        **username,
                                          GError      **error);

G_END_DECLS
