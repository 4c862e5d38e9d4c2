/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-default-option.h"

G_BEGIN_DECLS

#define SI_TYPE_METHOD (si_method_get_type ())
G_DECLARE_FINAL_TYPE (SiMethod, si_method, SI, METHOD, GObject)

SiMethod *si_method_new_from_json (JsonObject *object, GError **error);

const char      *si_method_get_id (SiMethod *self);
SiMethodType     si_method_get_method_type (SiMethod *self);
SiPhoneUse       si_method_get_use (SiMethod *self);
const char      *si_method_get_number (SiMethod *self);
const char      *si_method_get_label (SiMethod *self);
gint64           si_method_get_count (SiMethod *self);
SiChannel        si_method_get_channels (SiMethod *self);
SiUsableFor      si_method_get_usable_for (SiMethod *self);
gboolean         si_method_get_is_default (SiMethod *self);
gboolean         si_method_get_can_change (SiMethod *self);
gboolean         si_method_get_can_delete (SiMethod *self);
SiDeleteBlocked  si_method_get_delete_blocked (SiMethod *self);
SiDefaultOption *si_method_get_default_if_deleted (SiMethod *self);

G_END_DECLS
