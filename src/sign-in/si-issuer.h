/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-http.h"

G_BEGIN_DECLS

#define SI_TYPE_ISSUER (si_issuer_get_type ())
G_DECLARE_FINAL_TYPE (SiIssuer, si_issuer, SI, ISSUER, GObject)

SiIssuer      *
si_issuer_new_from_json (JsonObject *object, const char *issuer, GError **error);
void si_issuer_load_async (SiHttp             *http,
                           const char         *issuer,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data);
SiIssuer *si_issuer_load_finish (GAsyncResult *result, GError **error);

const char *si_issuer_get_name (SiIssuer *self);
const char *si_issuer_get_authorization_endpoint (SiIssuer *self);
const char *si_issuer_get_token_endpoint (SiIssuer *self);
const char *si_issuer_get_device_authorization_endpoint (SiIssuer *self);
const char *si_issuer_get_revocation_endpoint (SiIssuer *self);
gboolean    si_issuer_names_itself (SiIssuer *self);

G_END_DECLS
