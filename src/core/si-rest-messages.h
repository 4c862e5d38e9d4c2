/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-http-request.h"
#include "si-http-response.h"
#include "si-provider.h"

G_BEGIN_DECLS

SiHttpRequest *si_rest_messages_new_start (SiVerificationRequest *request);
SiHttpRequest *si_rest_messages_new_poll (SiVerification *verification, guint wait);
SiHttpRequest *si_rest_messages_new_code (SiVerification *verification, const char *code);
SiHttpRequest *si_rest_messages_new_resend (SiVerification *verification,
                                            SiChannel       channel,
                                            const char     *idempotency_key);
SiHttpRequest *si_rest_messages_new_cancel (SiVerification *verification);
SiHttpRequest *si_rest_messages_new_delete (SiSecurityInfo *info, const char *method_id);
SiHttpRequest *si_rest_messages_new_set_default (SiSecurityInfo  *info,
                                                 SiDefaultOption *option);

SiCapabilities *si_rest_messages_read_capabilities (SiHttpResponse *response,
                                                    GError        **error);
SiSecurityInfo *si_rest_messages_read_info (SiHttpResponse *response, GError **error);
SiVerification *si_rest_messages_read_verification (SiHttpResponse *response,
                                                    GError        **error);
guint           si_rest_messages_read_delay (SiHttpResponse *response);

G_END_DECLS
