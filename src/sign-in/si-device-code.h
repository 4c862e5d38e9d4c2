/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define SI_TYPE_DEVICE_CODE (si_device_code_get_type ())
G_DECLARE_FINAL_TYPE (SiDeviceCode, si_device_code, SI, DEVICE_CODE, GObject)

SiDeviceCode *si_device_code_new_from_json (JsonObject *object, GError **error);

const char *si_device_code_get_secret (SiDeviceCode *self);
const char *si_device_code_get_user_code (SiDeviceCode *self);
const char *si_device_code_get_uri (SiDeviceCode *self);
const char *si_device_code_get_complete_uri (SiDeviceCode *self);
guint       si_device_code_get_interval (SiDeviceCode *self);
guint       si_device_code_get_seconds_left (SiDeviceCode *self);

G_END_DECLS
