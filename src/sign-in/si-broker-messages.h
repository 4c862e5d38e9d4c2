/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "si-tokens.h"

G_BEGIN_DECLS

char *si_broker_messages_write_accounts (const char *client_id);
char *si_broker_messages_write_token (const char        *client_id,
                                      const char        *authority,
                                      const char *const *scopes,
                                      JsonObject        *account,
                                      const char        *claims,
                                      const char        *refused_token);

JsonObject *
si_broker_messages_read_account (const char *text, const char *authority, GError **error);
int si_broker_messages_read_lifetime (JsonObject *answer, gint64 now);
SiTokens *
si_broker_messages_read_tokens (const char *text, JsonObject *account, GError **error);

G_END_DECLS
