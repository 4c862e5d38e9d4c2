/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _SiTokenWaiters SiTokenWaiters;

SiTokenWaiters *si_token_waiters_new (GFreeFunc emptied, gpointer user_data);
void            si_token_waiters_free (SiTokenWaiters *self);

void     si_token_waiters_add (SiTokenWaiters *self, GTask *task);
gboolean si_token_waiters_is_empty (SiTokenWaiters *self);
void     si_token_waiters_give (SiTokenWaiters *self, const char *token);
void     si_token_waiters_fail (SiTokenWaiters *self, const GError *error);

G_END_DECLS
