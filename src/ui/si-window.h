/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "si-configuration.h"
#include "si-overview.h"
#include "si-sign-in.h"

G_BEGIN_DECLS

#define SI_TYPE_WINDOW (si_window_get_type ())
G_DECLARE_FINAL_TYPE (SiWindow, si_window, SI, WINDOW, AdwApplicationWindow)

SiWindow *si_window_new (GtkApplication *application, SiConfiguration *configuration);

void si_window_set_overview (SiWindow *self, SiOverview *overview);
void si_window_show_not_set_up (SiWindow *self);
void si_window_show_sign_in (SiWindow *self, SiSignIn *sign_in);
void si_window_show_problem (SiWindow *self, const char *title, const char *sentence);
void si_window_add_phone (SiWindow *self);
void si_window_toast (SiWindow *self, const char *text);

G_END_DECLS
