/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-error.h"
#include "si-issuer-fixture.h"
#include "si-session.h"

G_BEGIN_DECLS

typedef struct {
  SiIssuerFixture issuer;
  SiTokenStore   *store;
  SiSession      *session;
  guint           n_changed;
  guint           n_kept_not;      /* how often the keyring did not take a token */
  guint           n_forgotten_not; /* and did not forget one */
} SiSessionFixture;

void si_session_fixture_make_keyring (void);
void si_session_fixture_remove_keyring (void);
void si_session_fixture_hide_keyring (gboolean hide);

void si_session_fixture_set_up (SiSessionFixture *fixture, gconstpointer data);
void si_session_fixture_set_up_with_broker (SiSessionFixture *fixture, SiBroker *broker);
void si_session_fixture_tear_down (SiSessionFixture *fixture, gconstpointer data);

void si_session_fixture_keep (SiSessionFixture *fixture,
                              const char       *token,
                              const char       *subject);
void si_session_fixture_assert_kept (SiSessionFixture *fixture,
                                     const char       *token,
                                     const char       *subject);
void si_session_fixture_restore (SiSessionFixture *fixture);
void si_session_fixture_sign_in (SiSessionFixture *fixture,
                                 const char       *access_token,
                                 const char       *refresh_token,
                                 const char       *subject);

void si_session_fixture_get (SiSessionFixture *fixture, GAsyncResult **result);
void si_session_fixture_renew (SiSessionFixture *fixture,
                               const char       *refused,
                               SiChallenge      *challenge,
                               gboolean          may_ask,
                               GAsyncResult    **result);
void si_session_fixture_assert_token (SiSessionFixture *fixture,
                                      GAsyncResult    **result,
                                      const char       *token);
void si_session_fixture_assert_error (SiSessionFixture *fixture,
                                      GAsyncResult    **result,
                                      SiError           code);
void si_session_fixture_get_now (SiSessionFixture *fixture, const char *token);

G_END_DECLS
