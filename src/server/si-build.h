/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

void si_build_string (JsonBuilder *builder, const char *name, const char *value);
void si_build_int (JsonBuilder *builder, const char *name, gint64 value);
void si_build_boolean (JsonBuilder *builder, const char *name, gboolean value);
void si_build_time (JsonBuilder *builder, const char *name, gint64 timestamp);
void si_build_strings (JsonBuilder *builder, const char *name, GStrv values);
void si_build_null (JsonBuilder *builder, const char *name);

JsonNode *si_build_end (JsonBuilder *builder);
char     *si_build_etag (JsonNode *node);

G_END_DECLS
