/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-http-response.h"
#include "si-tokens.h"

G_BEGIN_DECLS

#define SI_TOKEN_RESPONSE_ERROR (si_token_response_error_quark ())

/* What a device is told that has to ask again (RFC 8628, section 3.5). */
typedef enum {
  SI_TOKEN_RESPONSE_ERROR_PENDING,
  SI_TOKEN_RESPONSE_ERROR_SLOW_DOWN,
} SiTokenResponseError;

GQuark si_token_response_error_quark (void);

GError  *si_token_response_new_error (const char *word, const char *request_id);
GError  *si_token_response_read_refusal (SiHttpResponse *response);
gboolean si_token_response_is_bearer (const char *token);
SiTokens *
si_token_response_read (SiHttpResponse *response, const char *subject, GError **error);

G_END_DECLS
