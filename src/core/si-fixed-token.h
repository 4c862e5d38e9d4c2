/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-token-source.h"

G_BEGIN_DECLS

#define SI_TYPE_FIXED_TOKEN (si_fixed_token_get_type ())
G_DECLARE_FINAL_TYPE (SiFixedToken, si_fixed_token, SI, FIXED_TOKEN, GObject)

SiTokenSource *si_fixed_token_new (const char *token);

G_END_DECLS
