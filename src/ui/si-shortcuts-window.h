/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SI_TYPE_SHORTCUTS_WINDOW (si_shortcuts_window_get_type ())
G_DECLARE_FINAL_TYPE (SiShortcutsWindow,
                      si_shortcuts_window,
                      SI,
                      SHORTCUTS_WINDOW,
                      AdwWindow)

GtkWidget *si_shortcuts_window_new (GtkWindow *parent);

G_END_DECLS
