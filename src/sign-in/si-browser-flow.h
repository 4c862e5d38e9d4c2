/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-challenge.h"
#include "si-openid-client.h"

G_BEGIN_DECLS

#define SI_TYPE_BROWSER_FLOW (si_browser_flow_get_type ())
G_DECLARE_FINAL_TYPE (SiBrowserFlow, si_browser_flow, SI, BROWSER_FLOW, GObject)

SiBrowserFlow *si_browser_flow_new (SiOpenidClient *client,
                                    const char     *host,
                                    const guint16  *ports,
                                    gsize           n_ports);

void si_browser_flow_set_challenge (SiBrowserFlow *self, SiChallenge *challenge);
void si_browser_flow_set_prompt (SiBrowserFlow *self, const char *prompt);
void
si_browser_flow_set_pages (SiBrowserFlow *self, const char *success, const char *failure);
void si_browser_flow_set_timeout (SiBrowserFlow *self, guint milliseconds);

const char *si_browser_flow_get_uri (SiBrowserFlow *self);
void        si_browser_flow_run_async (SiBrowserFlow      *self,
                                       GCancellable       *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data);
SiTokens *
si_browser_flow_run_finish (SiBrowserFlow *self, GAsyncResult *result, GError **error);

G_END_DECLS
