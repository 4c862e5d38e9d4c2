/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-build.h"

#include "si-json.h"
#include "si-timestamp.h"

/* Members of the object that a JsonBuilder is in, one call each. */

/**
 * si_build_string:
 * @builder: a builder inside an object
 * @name: the member's name
 * @value: (nullable): its value; %NULL gives null
 */
void
si_build_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
si_build_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
si_build_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

/**
 * si_build_time:
 * @builder: a builder inside an object
 * @name: the member's name
 * @timestamp: a time; 0 gives null
 */
void
si_build_time (JsonBuilder *builder, const char *name, gint64 timestamp)
{
  g_autofree char *text = timestamp != 0 ? si_timestamp_format (timestamp) : NULL;

  si_build_string (builder, name, text);
}

void
si_build_strings (JsonBuilder *builder, const char *name, GStrv values)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; values[i] != NULL; i++)
    json_builder_add_string_value (builder, values[i]);
  json_builder_end_array (builder);
}

void
si_build_null (JsonBuilder *builder, const char *name)
{
  si_build_string (builder, name, NULL);
}

/**
 * si_build_end:
 * @builder: a builder inside its root object
 *
 * Returns: (transfer full): the finished root
 */
JsonNode *
si_build_end (JsonBuilder *builder)
{
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/**
 * si_build_etag:
 * @node: what the tag is to stand for
 *
 * Returns: (transfer full): a strong entity tag, with its quotes
 */
char *
si_build_etag (JsonNode *node)
{
  g_autofree char *text = si_json_to_text (node);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  return g_strdup_printf ("\"%.32s\"", digest);
}
