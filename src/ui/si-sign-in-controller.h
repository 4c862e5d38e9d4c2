/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "si-configuration.h"
#include "si-sign-in.h"

G_BEGIN_DECLS

#define SI_TYPE_SIGN_IN_CONTROLLER (si_sign_in_controller_get_type ())
G_DECLARE_FINAL_TYPE (SiSignInController,
                      si_sign_in_controller,
                      SI,
                      SIGN_IN_CONTROLLER,
                      GObject)

SiSignInController *si_sign_in_controller_new (GtkApplication  *application,
                                               SiConfiguration *configuration,
                                               SiRequestLog    *log);

SiSignIn  *si_sign_in_controller_get_sign_in (SiSignInController *self);
SiSession *si_sign_in_controller_get_session (SiSignInController *self);

G_END_DECLS
