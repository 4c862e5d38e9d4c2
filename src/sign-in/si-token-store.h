/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SI_TYPE_TOKEN_STORE (si_token_store_get_type ())
G_DECLARE_FINAL_TYPE (SiTokenStore, si_token_store, SI, TOKEN_STORE, GObject)

SiTokenStore *
si_token_store_new (const char *issuer, const char *client_id, const char *label);

void si_token_store_set_timeout (SiTokenStore *self, guint milliseconds);

void  si_token_store_lookup_async (SiTokenStore       *self,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
char *si_token_store_lookup_finish (SiTokenStore *self,
                                    GAsyncResult *result,
                                    char        **subject,
                                    GError      **error);
void  si_token_store_store_async (SiTokenStore       *self,
                                  const char         *token,
                                  const char         *subject,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
void  si_token_store_clear_async (SiTokenStore       *self,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
gboolean
si_token_store_change_finish (SiTokenStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
