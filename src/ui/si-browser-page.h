/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *si_browser_page_dup_success (void);
char *si_browser_page_dup_failure (void);

G_END_DECLS
