/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-overview.h"
#include "si-request-log.h"

G_BEGIN_DECLS

char *si_diagnostics_dup_text (SiOverview *overview, SiRequestLog *log);

G_END_DECLS
