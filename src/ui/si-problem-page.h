/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "si-capabilities.h"
#include "si-configuration.h"

G_BEGIN_DECLS

#define SI_TYPE_PROBLEM_PAGE (si_problem_page_get_type ())
G_DECLARE_FINAL_TYPE (SiProblemPage, si_problem_page, SI, PROBLEM_PAGE, GtkWidget)

void si_problem_page_set_configuration (SiProblemPage   *self,
                                        SiConfiguration *configuration);
void si_problem_page_show (SiProblemPage  *self,
                           const GError   *error,
                           SiCapabilities *capabilities);
void
si_problem_page_show_text (SiProblemPage *self, const char *title, const char *sentence);
void si_problem_page_take_focus (SiProblemPage *self);

G_END_DECLS
