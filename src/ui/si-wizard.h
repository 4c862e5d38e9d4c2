/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "si-overview.h"

G_BEGIN_DECLS

#define SI_TYPE_WIZARD (si_wizard_get_type ())
G_DECLARE_FINAL_TYPE (SiWizard, si_wizard, SI, WIZARD, AdwWindow)

SiWizard *si_wizard_new (GtkWindow *parent, SiOverview *overview);

void si_wizard_add (SiWizard *self, gboolean phone);
void si_wizard_change (SiWizard *self, SiMethod *method);
void si_wizard_resume (SiWizard *self, SiVerification *verification);

G_END_DECLS
