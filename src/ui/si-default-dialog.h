/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "si-overview.h"

G_BEGIN_DECLS

#define SI_TYPE_DEFAULT_DIALOG (si_default_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SiDefaultDialog, si_default_dialog, SI, DEFAULT_DIALOG, AdwWindow)

GtkWidget *si_default_dialog_new (GtkWindow *parent, SiOverview *overview);

G_END_DECLS
