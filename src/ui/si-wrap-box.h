/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SI_TYPE_WRAP_BOX (si_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (SiWrapBox, si_wrap_box, SI, WRAP_BOX, GtkWidget)

G_END_DECLS
