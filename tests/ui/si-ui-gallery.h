/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-ui-test.h"

G_BEGIN_DECLS

typedef void (*SiUiGalleryTest) (GtkWidget *shown, const char *name);

void si_ui_gallery_init (int *argc, char ***argv);
void si_ui_gallery_set_size (int width, int height);
void si_ui_gallery_add (const char *prefix, SiUiGalleryTest test);

G_END_DECLS
