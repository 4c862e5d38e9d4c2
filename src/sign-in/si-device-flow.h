/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-openid-client.h"

G_BEGIN_DECLS

#define SI_TYPE_DEVICE_FLOW (si_device_flow_get_type ())
G_DECLARE_FINAL_TYPE (SiDeviceFlow, si_device_flow, SI, DEVICE_FLOW, GObject)

SiDeviceFlow *si_device_flow_new (SiOpenidClient *client);

void si_device_flow_set_second (SiDeviceFlow *self, guint milliseconds);

SiDeviceCode *si_device_flow_get_code (SiDeviceFlow *self);
guint         si_device_flow_get_pause (SiDeviceFlow *self);
void          si_device_flow_run_async (SiDeviceFlow       *self,
                                        GCancellable       *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data);
SiTokens *
si_device_flow_run_finish (SiDeviceFlow *self, GAsyncResult *result, GError **error);

G_END_DECLS
