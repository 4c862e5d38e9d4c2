/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SI_TYPE_CODE_ENTRY (si_code_entry_get_type ())
G_DECLARE_FINAL_TYPE (SiCodeEntry, si_code_entry, SI, CODE_ENTRY, GtkWidget)

void       si_code_entry_set_length (SiCodeEntry *self, int length);
void       si_code_entry_set_hint (SiCodeEntry *self, const char *hint);
void       si_code_entry_show_error (SiCodeEntry *self, const char *sentence);
void       si_code_entry_clear (SiCodeEntry *self);
gboolean   si_code_entry_has_focus (SiCodeEntry *self);
GtkWidget *si_code_entry_get_focus_widget (SiCodeEntry *self);

G_END_DECLS
