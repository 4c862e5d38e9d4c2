/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SI_TYPE_BANNER (si_banner_get_type ())
G_DECLARE_FINAL_TYPE (SiBanner, si_banner, SI, BANNER, GtkWidget)

void si_banner_show (SiBanner *self, const char *text);
void si_banner_hide (SiBanner *self);

G_END_DECLS
