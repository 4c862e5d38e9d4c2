/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gint64 si_timestamp_now (void);
gint64 si_timestamp_after (gint64 timestamp, double seconds);
char  *si_timestamp_format (gint64 timestamp);

G_END_DECLS
