/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For g_autoptr: text that is wiped when it is freed. */
typedef char SiSecret;

char    *si_secret_new_random (void);
char    *si_secret_dup_code_challenge (const char *verifier);
void     si_secret_free (char *secret);
gboolean si_secret_equal (const char *a, const char *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SiSecret, si_secret_free)

G_END_DECLS
