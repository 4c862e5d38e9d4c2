/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "si-configuration.h"
#include "si-overview.h"

G_BEGIN_DECLS

#define SI_TYPE_METHODS_PAGE (si_methods_page_get_type ())
G_DECLARE_FINAL_TYPE (SiMethodsPage, si_methods_page, SI, METHODS_PAGE, GtkWidget)

void si_methods_page_set_configuration (SiMethodsPage   *self,
                                        SiConfiguration *configuration);
void si_methods_page_show (SiMethodsPage *self, SiOverview *overview);
void si_methods_page_take_focus (SiMethodsPage *self);

G_END_DECLS
