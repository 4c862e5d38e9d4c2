/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SI_TYPE_SETUP_PAGE (si_setup_page_get_type ())
G_DECLARE_FINAL_TYPE (SiSetupPage, si_setup_page, SI, SETUP_PAGE, GtkWidget)

void si_setup_page_take_focus (SiSetupPage *self);

G_END_DECLS
