/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

#include "si-enums.h"

G_BEGIN_DECLS

#define SI_TYPE_DEFAULT_OPTION (si_default_option_get_type ())
G_DECLARE_FINAL_TYPE (SiDefaultOption, si_default_option, SI, DEFAULT_OPTION, GObject)

SiDefaultOption *si_default_option_new (const char *method_id, SiChannel channel);
SiDefaultOption *si_default_option_new_from_json (JsonObject *object);

const char *si_default_option_get_method_id (SiDefaultOption *self);
SiChannel   si_default_option_get_channel (SiDefaultOption *self);
gboolean    si_default_option_equal (SiDefaultOption *self, SiDefaultOption *other);

G_END_DECLS
