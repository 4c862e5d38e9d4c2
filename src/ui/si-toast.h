/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void si_toast_set_up (AdwToastOverlay *overlay);
void si_toast_show (AdwToastOverlay *overlay, const char *text);

G_END_DECLS
