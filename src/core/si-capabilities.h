/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-method-policy.h"

G_BEGIN_DECLS

#define SI_TYPE_CAPABILITIES (si_capabilities_get_type ())
G_DECLARE_FINAL_TYPE (SiCapabilities, si_capabilities, SI, CAPABILITIES, GObject)

SiCapabilities *
si_capabilities_new_from_json (JsonObject *object, const char *etag, GError **error);

const char     *si_capabilities_get_etag (SiCapabilities *self);
const char     *si_capabilities_get_organization (SiCapabilities *self);
const char     *si_capabilities_get_support_url (SiCapabilities *self);
const char     *si_capabilities_get_support_phone (SiCapabilities *self);
const char     *si_capabilities_get_support_email (SiCapabilities *self);
const char     *si_capabilities_get_password_reset_url (SiCapabilities *self);
const char     *si_capabilities_get_sign_in_help_url (SiCapabilities *self);
const char     *si_capabilities_get_manage_url (SiCapabilities *self);
GListModel     *si_capabilities_get_policies (SiCapabilities *self);
SiMethodPolicy *si_capabilities_find_policy (SiCapabilities *self, SiMethodType type);
gboolean        si_capabilities_get_registration_required (SiCapabilities *self);
gboolean        si_capabilities_get_default_is_system_chosen (SiCapabilities *self);

G_END_DECLS
