/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "si-configuration.h"
#include "si-sign-in.h"

G_BEGIN_DECLS

#define SI_TYPE_SIGN_IN_DIALOG (si_sign_in_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SiSignInDialog, si_sign_in_dialog, SI, SIGN_IN_DIALOG, AdwWindow)

SiSignInDialog *si_sign_in_dialog_new (GtkWindow       *parent,
                                       SiSignIn        *sign_in,
                                       SiConfiguration *configuration);

G_END_DECLS
