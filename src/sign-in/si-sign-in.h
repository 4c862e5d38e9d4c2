/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-session.h"

G_BEGIN_DECLS

typedef enum {
  SI_SIGN_IN_STEP_NONE,
  SI_SIGN_IN_STEP_STARTING,
  SI_SIGN_IN_STEP_BROWSER, /* the browser is waited for */
  SI_SIGN_IN_STEP_CODE,    /* a code is to be typed on another device */
} SiSignInStep;

#define SI_TYPE_SIGN_IN (si_sign_in_get_type ())
G_DECLARE_FINAL_TYPE (SiSignIn, si_sign_in, SI, SIGN_IN, GObject)

SiSignIn *si_sign_in_new (SiSession *session, SiOpenidClient *client);

void si_sign_in_set_redirect (SiSignIn      *self,
                              const char    *host,
                              const guint16 *ports,
                              gsize          n_ports);
void si_sign_in_set_pages (SiSignIn *self, const char *success, const char *failure);

SiSession    *si_sign_in_get_session (SiSignIn *self);
SiSignInStep  si_sign_in_get_step (SiSignIn *self);
const char   *si_sign_in_get_uri (SiSignIn *self);
SiDeviceCode *si_sign_in_get_code (SiSignIn *self);
const GError *si_sign_in_get_error (SiSignIn *self);

void si_sign_in_start_browser (SiSignIn *self);
void si_sign_in_start_code (SiSignIn *self);
void si_sign_in_cancel (SiSignIn *self);
void si_sign_in_forget (SiSignIn *self);

G_END_DECLS
