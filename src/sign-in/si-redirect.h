/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean si_redirect_is_answer (const char *target);
char    *si_redirect_dup_code (const char *target,
                               const char *state,
                               const char *issuer,
                               gboolean    names_issuer,
                               GError    **error);

G_END_DECLS
