/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-http-request.h"
#include "si-http-response.h"
#include "si-request-log.h"
#include "si-token-source.h"

G_BEGIN_DECLS

#define SI_TYPE_HTTP (si_http_get_type ())
G_DECLARE_FINAL_TYPE (SiHttp, si_http, SI, HTTP, GObject)

SiHttp *si_http_new (GUri *base, SiTokenSource *tokens);

void si_http_set_log (SiHttp *self, SiRequestLog *log);

void            si_http_send_async (SiHttp             *self,
                                    SiHttpRequest      *request,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data);
SiHttpResponse *si_http_send_finish (SiHttp *self, GAsyncResult *result, GError **error);

G_END_DECLS
