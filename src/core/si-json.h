/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define SI_JSON_MAX_BYTES (1024 * 1024)
#define SI_JSON_MAX_DEPTH 32

#define SI_JSON_ERROR (si_json_error_quark ())

typedef enum {
  SI_JSON_ERROR_TOO_LARGE,
  SI_JSON_ERROR_TOO_DEEP,
  SI_JSON_ERROR_INVALID,
  SI_JSON_ERROR_MEMBER,
} SiJsonError;

GQuark si_json_error_quark (void);

JsonObject *si_json_parse_object (const char *text, gsize length, GError **error);

const char *
si_json_require_string (JsonObject *object, const char *member, GError **error);
const char *si_json_require_id (JsonObject *object, const char *member, GError **error);
JsonObject *
si_json_require_object (JsonObject *object, const char *member, GError **error);
JsonArray *si_json_require_array (JsonObject *object, const char *member, GError **error);

const char *si_json_get_string (JsonObject *object, const char *member);
gboolean si_json_get_boolean (JsonObject *object, const char *member, gboolean fallback);
gint64   si_json_get_int (JsonObject *object, const char *member, gint64 fallback);
JsonObject *si_json_get_object (JsonObject *object, const char *member);
JsonArray  *si_json_get_array (JsonObject *object, const char *member);
GDateTime  *si_json_dup_time (JsonObject *object, const char *member);
GStrv       si_json_dup_strings (JsonObject *object, const char *member);

JsonObject *si_json_array_get_object (JsonArray *array, guint index);

char *si_json_to_text (JsonNode *node);

G_END_DECLS
