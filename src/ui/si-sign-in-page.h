/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "si-configuration.h"
#include "si-sign-in.h"

G_BEGIN_DECLS

#define SI_TYPE_SIGN_IN_PAGE (si_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (SiSignInPage, si_sign_in_page, SI, SIGN_IN_PAGE, GtkWidget)

void si_sign_in_page_set_sign_in (SiSignInPage    *self,
                                  SiSignIn        *sign_in,
                                  SiConfiguration *configuration);
void si_sign_in_page_take_focus (SiSignInPage *self);

G_END_DECLS
