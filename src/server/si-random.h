/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SI_RANDOM_CODE_LENGTH 6

char *si_random_id (const char *prefix);
char *si_random_code (void);

G_END_DECLS
