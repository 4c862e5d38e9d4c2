/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

#define SI_TYPE_HTTP_RESPONSE (si_http_response_get_type ())
G_DECLARE_FINAL_TYPE (SiHttpResponse, si_http_response, SI, HTTP_RESPONSE, GObject)

SiHttpResponse *si_http_response_new (SoupMessage *message,
                                      GBytes      *body,
                                      const char  *request_id,
                                      gboolean     accept_any,
                                      GError     **error);

guint       si_http_response_get_status (SiHttpResponse *self);
JsonObject *si_http_response_get_object (SiHttpResponse *self);
const char *si_http_response_get_header (SiHttpResponse *self, const char *name);
const char *si_http_response_get_request_id (SiHttpResponse *self);
int         si_http_response_get_retry_after (SiHttpResponse *self);
gint64      si_http_response_get_date (SiHttpResponse *self);
gint64      si_http_response_get_received_at (SiHttpResponse *self);

G_END_DECLS
