/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define SI_TYPE_TOKENS (si_tokens_get_type ())
G_DECLARE_FINAL_TYPE (SiTokens, si_tokens, SI, TOKENS, GObject)

SiTokens *si_tokens_new (const char *access_token,
                         const char *refresh_token,
                         const char *subject,
                         int         lifetime);

const char *si_tokens_get_access_token (SiTokens *self);
const char *si_tokens_get_refresh_token (SiTokens *self);
const char *si_tokens_get_subject (SiTokens *self);
gboolean    si_tokens_is_fresh (SiTokens *self);

G_END_DECLS
