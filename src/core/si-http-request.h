/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "si-form.h"

G_BEGIN_DECLS

#define SI_TYPE_HTTP_REQUEST (si_http_request_get_type ())
G_DECLARE_FINAL_TYPE (SiHttpRequest, si_http_request, SI, HTTP_REQUEST, GObject)

SiHttpRequest *si_http_request_new (const char *method, const char *path);

const char *si_http_request_get_path (SiHttpRequest *self);
guint       si_http_request_get_timeout (SiHttpRequest *self);
gboolean    si_http_request_may_repeat (SiHttpRequest *self);
gboolean    si_http_request_is_safe (SiHttpRequest *self);
void        si_http_request_set_accept_any (SiHttpRequest *self);
gboolean    si_http_request_get_accept_any (SiHttpRequest *self);
void        si_http_request_set_body (SiHttpRequest *self, JsonBuilder *builder);
void        si_http_request_set_form (SiHttpRequest *self, SiForm *form);
void
si_http_request_set_header (SiHttpRequest *self, const char *name, const char *value);
void si_http_request_set_idempotency_key (SiHttpRequest *self, const char *key);
void si_http_request_set_wait (SiHttpRequest *self, guint seconds);
SoupMessage *
si_http_request_new_message (SiHttpRequest *self, GUri *uri, const char *request_id);

G_END_DECLS
