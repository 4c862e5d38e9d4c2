/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "si-method.h"
#include "si-provider.h"

G_BEGIN_DECLS

#define SI_TYPE_METHOD_ROW (si_method_row_get_type ())
G_DECLARE_FINAL_TYPE (SiMethodRow, si_method_row, SI, METHOD_ROW, AdwActionRow)

GtkWidget *si_method_row_new (SiMethod *method, SiProviderFeatures features);

SiMethod *si_method_row_get_method (SiMethodRow *self);

G_END_DECLS
