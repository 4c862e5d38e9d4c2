/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void     si_confirm_async (GtkWindow          *parent,
                           const char         *heading,
                           const char         *body,
                           const char         *label,
                           GAsyncReadyCallback callback,
                           gpointer            user_data);
gboolean si_confirm_finish (GtkWindow *parent, GAsyncResult *result);

void si_show_about (GtkWindow *parent, const char *diagnostics);

G_END_DECLS
