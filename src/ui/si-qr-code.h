/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SI_TYPE_QR_CODE (si_qr_code_get_type ())
G_DECLARE_FINAL_TYPE (SiQrCode, si_qr_code, SI, QR_CODE, GtkWidget)

gboolean si_qr_code_set_text (SiQrCode *self, const char *text);

G_END_DECLS
