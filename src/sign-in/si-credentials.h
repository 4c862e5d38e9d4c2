/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-tokens.h"

G_BEGIN_DECLS

typedef struct _SiCredentials SiCredentials;

SiCredentials *si_credentials_new (void);
void           si_credentials_free (SiCredentials *self);

SiTokens *si_credentials_get_tokens (SiCredentials *self);
const char *
si_credentials_get_token (SiCredentials *self, const char *refused, gboolean as_proof);
const char *si_credentials_get_refresh_token (SiCredentials *self);
const char *si_credentials_get_subject (SiCredentials *self);
gboolean    si_credentials_are_from_broker (SiCredentials *self);
gboolean    si_credentials_can_be_renewed (SiCredentials *self);
gboolean    si_credentials_belong_to_another (SiCredentials *self,
                                              SiTokens      *tokens,
                                              gboolean       from_broker);

void si_credentials_restore (SiCredentials *self,
                             const char    *refresh_token,
                             const char    *subject);
void si_credentials_take (SiCredentials *self,
                          SiTokens      *tokens,
                          gboolean       from_broker,
                          gboolean       is_proof);
void si_credentials_drop_tokens (SiCredentials *self);
void si_credentials_forget (SiCredentials *self);

G_END_DECLS
