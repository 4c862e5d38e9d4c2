/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "si-grant.h"
#include "si-server-options.h"

G_BEGIN_DECLS

gboolean si_introspection_read (JsonObject            *answer,
                                const char            *token,
                                const SiServerOptions *options,
                                SiGrant              **grant,
                                GError               **error);

G_END_DECLS
