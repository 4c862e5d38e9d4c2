/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void si_announce (GtkWidget *widget, const char *message);
void si_announce_at (GtkWidget *focus, const char *message);

G_END_DECLS
