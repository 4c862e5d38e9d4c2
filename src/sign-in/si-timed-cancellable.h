/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GCancellable *si_timed_cancellable_new (guint milliseconds);

G_END_DECLS
