/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "si-method.h"
#include "si-provider.h"

G_BEGIN_DECLS

#define SI_TYPE_METHOD_ROW (si_method_row_get_type ())
G_DECLARE_FINAL_TYPE (SiMethodRow, si_method_row, SI, METHOD_ROW, AdwPreferencesRow)

/* Which part of a row has the focus. */
typedef enum {
  SI_METHOD_ROW_NOTHING,
  SI_METHOD_ROW_ITSELF,
  SI_METHOD_ROW_CHANGE,
  SI_METHOD_ROW_DELETE,
} SiMethodRowPart;

GtkWidget *si_method_row_new (SiMethod *method, SiProviderFeatures features);

SiMethod       *si_method_row_get_method (SiMethodRow *self);
SiMethodRowPart si_method_row_get_focused (SiMethodRow *self);
void            si_method_row_focus (SiMethodRow *self, SiMethodRowPart part);

G_END_DECLS
