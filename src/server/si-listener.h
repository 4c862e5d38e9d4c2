/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GSocket *si_listener_new_loopback (guint16 port, GError **error);

G_END_DECLS
