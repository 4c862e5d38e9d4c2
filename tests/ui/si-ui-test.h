/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "si-page.h"
#include "si-test-documents.h"
#include "si-test-loop.h"

G_BEGIN_DECLS

/* A text in quotes is written with plain spaces, also where a number is in one piece. */
#define si_ui_test_assert_shows(widget, text)                                            \
  G_STMT_START                                                                           \
  {                                                                                      \
    if (!si_ui_test_shows (widget, text)) {                                              \
      g_autofree char *si_shown = si_ui_test_dup_text (widget);                          \
      g_error (G_STRLOC ": “%s” is not among:\n%s", text, si_shown);                     \
    }                                                                                    \
  }                                                                                      \
  G_STMT_END

#define si_ui_test_assert_text(shown, text)                                              \
  G_STMT_START                                                                           \
  {                                                                                      \
    g_autofree char *si_wanted = si_ui_test_join_numbers (text);                         \
    g_assert_cmpstr (shown, ==, si_wanted);                                              \
  }                                                                                      \
  G_STMT_END

void si_ui_test_init (int *argc, char ***argv);
void si_ui_test_speak (const char *language);

GtkWidget *si_ui_test_show (gpointer widget);
void       si_ui_test_close (gpointer window);
void       si_ui_test_drain (void);
void       si_ui_test_wait_for_frame (gpointer widget);

gpointer    si_ui_test_child (gpointer widget, const char *name);
GtkWidget  *si_ui_test_find (gpointer root, GType type, const char *label);
guint       si_ui_test_count (gpointer root, GType type);
gboolean    si_ui_test_is_shown (gpointer widget);
char       *si_ui_test_join_numbers (const char *text);
gboolean    si_ui_test_has_label (gpointer widget, const char *label);
gboolean    si_ui_test_shows (gpointer widget, const char *text);
char       *si_ui_test_dup_text (gpointer widget);
const char *si_ui_test_get_text (gpointer label);
GtkWidget  *si_ui_test_get_focus (gpointer widget);
gboolean    si_ui_test_focus_is_seen (gpointer window);

void si_ui_test_focus_page (SiPage *page);
void si_ui_test_click (gpointer button);
void si_ui_test_click_label (gpointer root, const char *label);
void si_ui_test_activate_row (gpointer row);
void si_ui_test_type (gpointer editable, const char *text);
void si_ui_test_paste (gpointer editable, const char *text);
void si_ui_test_press_key (gpointer window, guint key, GdkModifierType modifiers);

void si_ui_test_assert_invalid (gpointer widget, gboolean invalid);
void si_ui_test_assert_description (gpointer widget, const char *text);
void si_ui_test_assert_announced (gpointer focus, const char *message);
void si_ui_test_assert_names (gpointer root);
int  si_ui_test_get_min_width (gpointer widget);

G_END_DECLS
