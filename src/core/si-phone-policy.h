/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

#include "si-enums.h"

G_BEGIN_DECLS

#define SI_TYPE_PHONE_POLICY (si_phone_policy_get_type ())
G_DECLARE_FINAL_TYPE (SiPhonePolicy, si_phone_policy, SI, PHONE_POLICY, GObject)

SiPhonePolicy *si_phone_policy_new_from_json (JsonObject *object, GError **error);

SiPhoneUse    si_phone_policy_get_use (SiPhonePolicy *self);
SiChannel     si_phone_policy_get_channels (SiPhonePolicy *self);
SiUnavailable si_phone_policy_get_channel_unavailable (SiPhonePolicy *self,
                                                       SiChannel      channel);
guint         si_phone_policy_get_max (SiPhonePolicy *self);
SiUsableFor   si_phone_policy_get_usable_for (SiPhonePolicy *self);
SiPhoneUse    si_phone_policy_get_requires (SiPhonePolicy *self);

G_END_DECLS
