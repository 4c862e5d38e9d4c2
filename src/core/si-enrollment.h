/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-provider.h"

G_BEGIN_DECLS

#define SI_TYPE_ENROLLMENT (si_enrollment_get_type ())
G_DECLARE_FINAL_TYPE (SiEnrollment, si_enrollment, SI, ENROLLMENT, GObject)

SiEnrollment *si_enrollment_new (SiProvider *provider);

SiVerification *si_enrollment_get_verification (SiEnrollment *self);
SiVerification *si_enrollment_get_other (SiEnrollment *self);
gboolean        si_enrollment_get_connected (SiEnrollment *self);
gboolean        si_enrollment_is_open (SiEnrollment *self);

void si_enrollment_adopt (SiEnrollment *self, SiVerification *verification);
void si_enrollment_start_async (SiEnrollment          *self,
                                SiVerificationRequest *request,
                                gboolean               replace,
                                GAsyncReadyCallback    callback,
                                gpointer               user_data);
gboolean
si_enrollment_start_finish (SiEnrollment *self, GAsyncResult *result, GError **error);
void si_enrollment_resend_async (SiEnrollment       *self,
                                 SiChannel           channel,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
gboolean
si_enrollment_resend_finish (SiEnrollment *self, GAsyncResult *result, GError **error);
void     si_enrollment_submit_code_async (SiEnrollment       *self,
                                          const char         *code,
                                          GAsyncReadyCallback callback,
                                          gpointer            user_data);
gboolean si_enrollment_submit_code_finish (SiEnrollment *self,
                                           GAsyncResult *result,
                                           GError      **error);
void     si_enrollment_cancel_async (SiEnrollment       *self,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
gboolean
si_enrollment_cancel_finish (SiEnrollment *self, GAsyncResult *result, GError **error);

G_END_DECLS
