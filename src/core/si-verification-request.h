/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "si-enums.h"

G_BEGIN_DECLS

#define SI_TYPE_VERIFICATION_REQUEST (si_verification_request_get_type ())
G_DECLARE_FINAL_TYPE (SiVerificationRequest,
                      si_verification_request,
                      SI,
                      VERIFICATION_REQUEST,
                      GObject)

SiVerificationRequest *
si_verification_request_new_add (SiPhoneUse use, const char *number, SiChannel channel);
SiVerificationRequest *si_verification_request_new_change (const char *method_id,
                                                           SiPhoneUse  use,
                                                           const char *number,
                                                           SiChannel   channel);

SiPurpose   si_verification_request_get_purpose (SiVerificationRequest *self);
const char *si_verification_request_get_method_id (SiVerificationRequest *self);
SiPhoneUse  si_verification_request_get_use (SiVerificationRequest *self);
const char *si_verification_request_get_number (SiVerificationRequest *self);
SiChannel   si_verification_request_get_channel (SiVerificationRequest *self);
const char *si_verification_request_get_idempotency_key (SiVerificationRequest *self);
gboolean    si_verification_request_equal (SiVerificationRequest *self,
                                           SiVerificationRequest *other);

G_END_DECLS
