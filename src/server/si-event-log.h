/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "si-method-record.h"

G_BEGIN_DECLS

void si_event_log_append (SiDatabase           *database,
                          const char           *kind,
                          const SiMethodRecord *method);
JsonNode *
si_event_log_dup_page (SiDatabase *database, const char *account, gint64 before);

G_END_DECLS
