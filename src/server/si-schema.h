/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SI_SCHEMA_VERSION 1

const char *si_schema_get_sql (void);

G_END_DECLS
