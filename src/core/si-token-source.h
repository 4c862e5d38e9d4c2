/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "si-challenge.h"

G_BEGIN_DECLS

#define SI_TYPE_TOKEN_SOURCE (si_token_source_get_type ())
G_DECLARE_INTERFACE (SiTokenSource, si_token_source, SI, TOKEN_SOURCE, GObject)

struct _SiTokenSourceInterface {
  GTypeInterface parent_iface;

  void (*get_token_async) (SiTokenSource      *self,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data);
  void (*renew_token_async) (SiTokenSource      *self,
                             const char         *refused,
                             SiChallenge        *challenge,
                             gboolean            may_ask,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data);
};

void si_token_source_get_token_async (SiTokenSource      *self,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
void si_token_source_renew_token_async (SiTokenSource      *self,
                                        const char         *refused,
                                        SiChallenge        *challenge,
                                        gboolean            may_ask,
                                        GCancellable       *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data);
char *
si_token_source_token_finish (SiTokenSource *self, GAsyncResult *result, GError **error);

G_END_DECLS
