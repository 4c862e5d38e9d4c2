/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "si-default-option.h"
#include "si-verification-request.h"

G_BEGIN_DECLS

#define SI_TYPE_VERIFICATION (si_verification_get_type ())
G_DECLARE_FINAL_TYPE (SiVerification, si_verification, SI, VERIFICATION, GObject)

SiVerification *si_verification_new_from_json (JsonObject *object,
                                               const char *etag,
                                               gint64      received_at,
                                               GError    **error);

const char          *si_verification_get_id (SiVerification *self);
const char          *si_verification_get_etag (SiVerification *self);
SiPurpose            si_verification_get_purpose (SiVerification *self);
SiPhoneUse           si_verification_get_use (SiVerification *self);
const char          *si_verification_get_target (SiVerification *self);
const char          *si_verification_get_method_id (SiVerification *self);
SiVerificationState  si_verification_get_state (SiVerification *self);
SiVerificationReason si_verification_get_reason (SiVerification *self);
SiChannel            si_verification_get_channel (SiVerification *self);
SiApproval           si_verification_get_approval (SiVerification *self);
int                  si_verification_get_code_length (SiVerification *self);
int                  si_verification_get_sends_left (SiVerification *self);
int                  si_verification_get_checks_left (SiVerification *self);
SiDefaultOption     *si_verification_get_new_default (SiVerification *self);
gboolean si_verification_allows (SiVerification *self, SiVerificationAction action);
gboolean si_verification_has_ended (SiVerification *self);
int      si_verification_get_seconds_left (SiVerification *self, gint64 now);
int      si_verification_get_seconds_to_resend (SiVerification *self, gint64 now);
gboolean si_verification_answers (SiVerification *self, SiVerificationRequest *request);

G_END_DECLS
