/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-database.h"
#include "si-policy.h"

G_BEGIN_DECLS

gint si_rate_limit_check (SiDatabase *database, SiPolicy *policy, const char *number);
void si_rate_limit_count (SiDatabase *database, SiPolicy *policy, const char *number);

G_END_DECLS
