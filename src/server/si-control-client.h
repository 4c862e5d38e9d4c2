/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define SI_TYPE_CONTROL_CLIENT (si_control_client_get_type ())

G_DECLARE_FINAL_TYPE (SiControlClient, si_control_client, SI, CONTROL_CLIENT, GObject)

SiControlClient *si_control_client_new (GSocketConnection *connection);

void si_control_client_send (SiControlClient *self, JsonNode *line);
void si_control_client_close (SiControlClient *self);

G_END_DECLS
