/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "si-method.h"

G_BEGIN_DECLS

#define SI_TYPE_SECURITY_INFO (si_security_info_get_type ())
G_DECLARE_FINAL_TYPE (SiSecurityInfo, si_security_info, SI, SECURITY_INFO, GObject)

SiSecurityInfo *
si_security_info_new_from_json (JsonObject *object, const char *etag, GError **error);

const char *si_security_info_get_etag (SiSecurityInfo *self);
const char *si_security_info_get_account_name (SiSecurityInfo *self);
const char *si_security_info_get_account_username (SiSecurityInfo *self);
GListModel *si_security_info_get_methods (SiSecurityInfo *self);
SiMethod   *si_security_info_find_method (SiSecurityInfo *self, const char *method_id);
guint       si_security_info_count_phones (SiSecurityInfo *self, SiPhoneUse use);
SiDefaultOption *si_security_info_get_default (SiSecurityInfo *self);
GListModel      *si_security_info_get_default_options (SiSecurityInfo *self);
gboolean         si_security_info_has_default_option (SiSecurityInfo  *self,
                                                      SiDefaultOption *option);
const char      *si_security_info_get_open_verification (SiSecurityInfo *self);

G_END_DECLS
