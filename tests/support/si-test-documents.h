/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "si-examples.h"

G_BEGIN_DECLS

JsonObject *si_test_parse (const char *text);
char       *si_test_vary (const char *text, ...) G_GNUC_NULL_TERMINATED;
JsonNode   *si_test_replace_node (JsonNode *node, guint *index, JsonNode *replacement);

G_END_DECLS
