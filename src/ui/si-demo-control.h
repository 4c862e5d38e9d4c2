/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define SI_TYPE_DEMO_CONTROL (si_demo_control_get_type ())
G_DECLARE_FINAL_TYPE (SiDemoControl, si_demo_control, SI, DEMO_CONTROL, GObject)

SiDemoControl *si_demo_control_new (void);

void si_demo_control_connect (SiDemoControl *self, const char *path);
void si_demo_control_do (SiDemoControl *self,
                         const char    *action,
                         const char    *call,
                         const char    *key);

G_END_DECLS
