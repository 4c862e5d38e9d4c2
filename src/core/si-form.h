/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SiForm SiForm;

SiForm *si_form_new (void);
void    si_form_free (SiForm *self);

void    si_form_add (SiForm *self, const char *name, const char *value);
char   *si_form_dup_text (SiForm *self);
GBytes *si_form_free_to_bytes (SiForm *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SiForm, si_form_free)

G_END_DECLS
