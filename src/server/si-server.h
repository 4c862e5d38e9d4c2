/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-server-options.h"
#include "si-simulated-phone.h"

G_BEGIN_DECLS

#define SI_TYPE_SERVER (si_server_get_type ())

G_DECLARE_FINAL_TYPE (SiServer, si_server, SI, SERVER, GObject)

SiServer *si_server_new (SiServerOptions *options);

const char       *si_server_get_base_url (SiServer *self);
guint16           si_server_get_port (SiServer *self);
SiSimulatedPhone *si_server_get_phone (SiServer *self);

gboolean si_server_start (SiServer *self, GError **error);
void     si_server_stop (SiServer *self);

gboolean si_server_has_methods (SiServer *self, const char *account_id);
char    *si_server_add_phone (SiServer   *self,
                              const char *account_id,
                              const char *use,
                              const char *number);
char    *si_server_add_other (SiServer   *self,
                              const char *account_id,
                              const char *type,
                              const char *label,
                              const char *detail);
void     si_server_fail_next (SiServer *self, const char *code, gint retry_after);

G_END_DECLS
