/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "si-phone-policy.h"

G_BEGIN_DECLS

#define SI_TYPE_METHOD_POLICY (si_method_policy_get_type ())
G_DECLARE_FINAL_TYPE (SiMethodPolicy, si_method_policy, SI, METHOD_POLICY, GObject)

SiMethodPolicy *si_method_policy_new_from_json (JsonObject *object, GError **error);

SiMethodType   si_method_policy_get_method_type (SiMethodPolicy *self);
gboolean       si_method_policy_get_can_add (SiMethodPolicy *self);
SiUnavailable  si_method_policy_get_unavailable (SiMethodPolicy *self);
SiUsableFor    si_method_policy_get_usable_for (SiMethodPolicy *self);
GListModel    *si_method_policy_get_phones (SiMethodPolicy *self);
SiPhonePolicy *si_method_policy_find_phone (SiMethodPolicy *self, SiPhoneUse use);
gboolean       si_method_policy_allows_country (SiMethodPolicy *self, const char *region);
const char    *si_method_policy_get_default_country (SiMethodPolicy *self);

G_END_DECLS
