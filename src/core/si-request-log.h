/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SI_TYPE_REQUEST_LOG (si_request_log_get_type ())
G_DECLARE_FINAL_TYPE (SiRequestLog, si_request_log, SI, REQUEST_LOG, GObject)

SiRequestLog *si_request_log_new (void);

void  si_request_log_add (SiRequestLog *self,
                          const char   *request_id,
                          guint         status,
                          const GError *error);
char *si_request_log_dup_text (SiRequestLog *self);

G_END_DECLS
