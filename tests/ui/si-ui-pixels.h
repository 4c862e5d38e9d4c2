/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _SiUiPixels SiUiPixels;

SiUiPixels *si_ui_pixels_new (GtkWidget *root, const graphene_rect_t *box);
void        si_ui_pixels_free (SiUiPixels *self);

gboolean si_ui_pixels_equal (SiUiPixels *self, SiUiPixels *other);
double   si_ui_pixels_get_contrast (SiUiPixels *self, const graphene_rect_t *box);
double   si_ui_pixels_get_change (SiUiPixels *self, SiUiPixels *before);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SiUiPixels, si_ui_pixels_free)

G_END_DECLS
