/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-overview.h"

G_BEGIN_DECLS

char *si_diagnostics_dup_text (SiOverview *overview);

G_END_DECLS
