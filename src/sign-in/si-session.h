/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-broker.h"
#include "si-openid-client.h"
#include "si-token-source.h"
#include "si-token-store.h"

G_BEGIN_DECLS

typedef enum {
  SI_SESSION_UNKNOWN, /* a way in that asks nobody is being looked for */
  SI_SESSION_NEEDED,  /* the person has to sign in */
  SI_SESSION_OPEN,
} SiSessionState;

#define SI_TYPE_SESSION (si_session_get_type ())
G_DECLARE_FINAL_TYPE (SiSession, si_session, SI, SESSION, GObject)

SiSession *si_session_new (SiOpenidClient *client, SiTokenStore *store, SiBroker *broker);

SiSessionState si_session_get_state (SiSession *self);
gboolean       si_session_is_asked_for (SiSession *self);
SiChallenge   *si_session_get_challenge (SiSession *self);
const GError  *si_session_get_error (SiSession *self);

void     si_session_restore (SiSession *self);
gboolean si_session_begin (SiSession *self, SiTokens *tokens, GError **error);
void     si_session_decline (SiSession *self);
void     si_session_sign_out (SiSession *self);

G_END_DECLS
