/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

char *si_text_isolate (const char *text);
char *si_text_shorten (const char *text);
char *si_text_join_number (const char *formatted);
char *si_text_format_number (const char *e164);
char *si_text_format_calling_code (int calling_code);
char *si_text_join_sentences (const char *first, const char *second);
char *si_text_join_lines (const char *first, const char *second);
char *si_text_format_time_left (int seconds);
void  si_text_set_title (AdwWindowTitle *widget, const char *title, const char *subtitle);
void  si_text_set_busy_title (AdwWindowTitle *widget,
                              GtkSpinner     *spinner,
                              const char     *title,
                              gboolean        busy);
void  si_text_set_left_to_right (GtkEditable *field);
void  si_text_wrap_button (gpointer button);
void  si_text_wrap_all (gpointer widget, int max_width);
void  si_text_set_accessible_label (gpointer widget, const char *label);
void  si_text_set_accessible_description (gpointer widget, const char *description);
void  si_text_restore_accessible_description (gpointer widget);
void  si_text_name_icon_button (gpointer button);
void  si_text_set_subtitle (gpointer row, const char *subtitle);
void  si_text_name_status_page (gpointer page);
void  si_text_quiet_stack (GtkStack *stack);

G_END_DECLS
