/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-simulated-phone.h"

G_BEGIN_DECLS

#define SI_TYPE_CONTROL_SOCKET (si_control_socket_get_type ())

G_DECLARE_FINAL_TYPE (SiControlSocket, si_control_socket, SI, CONTROL_SOCKET, GObject)

SiControlSocket *
si_control_socket_new (const char *path, SiSimulatedPhone *phone, GError **error);

void si_control_socket_report_verified (SiControlSocket *self,
                                        const char      *verification,
                                        gint64           at);

G_END_DECLS
