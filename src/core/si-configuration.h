/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SI_TYPE_CONFIGURATION (si_configuration_get_type ())
G_DECLARE_FINAL_TYPE (SiConfiguration, si_configuration, SI, CONFIGURATION, GObject)

SiConfiguration *si_configuration_new (GSettings *settings);

gboolean    si_configuration_is_set_up (SiConfiguration *self);
const char *si_configuration_get_unusable_key (SiConfiguration *self);
gboolean    si_configuration_is_managed (SiConfiguration *self);

GUri              *si_configuration_get_backend (SiConfiguration *self);
const char        *si_configuration_get_issuer (SiConfiguration *self);
const char        *si_configuration_get_client_id (SiConfiguration *self);
const char *const *si_configuration_get_scopes (SiConfiguration *self);
char              *si_configuration_dup_scope (SiConfiguration *self);
const char        *si_configuration_get_redirect_host (SiConfiguration *self);
const guint16     *si_configuration_get_redirect_ports (SiConfiguration *self,
                                                        gsize           *n_ports);
gboolean           si_configuration_get_use_device_code (SiConfiguration *self);
gboolean           si_configuration_get_use_broker (SiConfiguration *self);

const char *si_configuration_get_organization (SiConfiguration *self);
const char *si_configuration_get_support_url (SiConfiguration *self);
const char *si_configuration_get_support_phone (SiConfiguration *self);
const char *si_configuration_get_support_email (SiConfiguration *self);
const char *si_configuration_get_password_reset_url (SiConfiguration *self);
const char *si_configuration_get_sign_in_help_url (SiConfiguration *self);
const char *si_configuration_get_privacy_url (SiConfiguration *self);

G_END_DECLS
