/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-verification.h"

G_BEGIN_DECLS

#define SI_TYPE_UNANSWERED (si_unanswered_get_type ())
G_DECLARE_FINAL_TYPE (SiUnanswered, si_unanswered, SI, UNANSWERED, GObject)

SiUnanswered *si_unanswered_new (void);

SiVerificationRequest *si_unanswered_prepare_start (SiUnanswered          *self,
                                                    SiVerificationRequest *request);
const char            *si_unanswered_prepare_resend (SiUnanswered   *self,
                                                     SiVerification *verification,
                                                     SiChannel       channel);
void                   si_unanswered_settle (SiUnanswered *self, const GError *error);
void si_unanswered_see (SiUnanswered *self, SiVerification *verification);
void si_unanswered_forget (SiUnanswered *self);

G_END_DECLS
