/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *si_id_token_dup_subject (const char *text,
                               const char *issuer,
                               const char *client_id,
                               const char *nonce,
                               gint64      now,
                               GError    **error);

G_END_DECLS
