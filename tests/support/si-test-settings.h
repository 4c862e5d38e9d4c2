/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GSettings *si_test_settings_new (void);
GSettings *
si_test_settings_new_sandbox (const char *defaults, const char *locked, const char *own);

void si_test_settings_set (GSettings *settings, const char *key, const char *value);

G_END_DECLS
