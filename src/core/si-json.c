/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-json.h"

/* Typed access to JSON that somebody else wrote. json-glib's own getters log a CRITICAL
 * for a member of another type than was asked for, so nothing from the wire goes to them
 * unchecked; and its parser is recursive, so size and nesting are checked on the text,
 * before it sees any. */

G_DEFINE_QUARK (si - json - error - quark, si_json_error)

static gboolean
check_nesting (const char *text, gsize length, GError **error)
{
  gboolean in_string = FALSE;
  guint    depth = 0;

  for (gsize i = 0; i < length; i++) {
    char c = text[i];

    if (in_string) {
      if (c == '\\')
        i++;
      else if (c == '"')
        in_string = FALSE;
    } else if (c == '"') {
      in_string = TRUE;
    } else if (c == '[' || c == '{') {
      if (++depth > SI_JSON_MAX_DEPTH) {
        g_set_error (error, SI_JSON_ERROR, SI_JSON_ERROR_TOO_DEEP,
                     "JSON is nested deeper than %d", SI_JSON_MAX_DEPTH);
        return FALSE;
      }
    } else if ((c == ']' || c == '}') && depth > 0) {
      depth--;
    }
  }

  return TRUE;
}

static JsonNode *
lookup (JsonObject *object, const char *member, JsonNodeType type)
{
  JsonNode *node;

  if (object == NULL)
    return NULL;

  node = json_object_get_member (object, member);
  if (node == NULL || json_node_get_node_type (node) != type)
    return NULL;

  return node;
}

static JsonNode *
lookup_value (JsonObject *object, const char *member, GType type)
{
  JsonNode *node = lookup (object, member, JSON_NODE_VALUE);

  if (node == NULL || json_node_get_value_type (node) != type)
    return NULL;

  return node;
}

static void
set_member_error (GError **error, const char *member, const char *type)
{
  g_set_error (error, SI_JSON_ERROR, SI_JSON_ERROR_MEMBER,
               "The member “%s” is missing or not %s", member, type);
}

/**
 * si_json_parse_object:
 * @text: (array length=length): what was received, not necessarily terminated
 * @length: its length in bytes
 * @error: return location for a `SI_JSON_ERROR`
 *
 * Parses a JSON document whose root is an object, refusing one of more than
 * %SI_JSON_MAX_BYTES bytes or nested deeper than %SI_JSON_MAX_DEPTH before it is parsed
 * (contract, "Transport").
 *
 * Returns: (transfer full): the root object, or %NULL with @error set
 */
JsonObject *
si_json_parse_object (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError)     parse_error = NULL;
  JsonNode              *root;

  if (length > SI_JSON_MAX_BYTES) {
    g_set_error (error, SI_JSON_ERROR, SI_JSON_ERROR_TOO_LARGE,
                 "JSON is larger than %d bytes", SI_JSON_MAX_BYTES);
    return NULL;
  }

  /* The parser takes no empty text, not even for an error. */
  if (length == 0 || !g_utf8_validate_len (text, length, NULL)) {
    g_set_error (error, SI_JSON_ERROR, SI_JSON_ERROR_INVALID,
                 "JSON is not UTF-8 text, or there is none");
    return NULL;
  }

  if (!check_nesting (text, length, error))
    return NULL;

  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, length, &parse_error)) {
    /* The parser's own message quotes the document, which may hold a number or a code. */
    g_set_error (error, SI_JSON_ERROR, SI_JSON_ERROR_INVALID,
                 "Text is not JSON (%s, code %d)",
                 g_quark_to_string (parse_error->domain), parse_error->code);
    return NULL;
  }

  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root)) {
    g_set_error (error, SI_JSON_ERROR, SI_JSON_ERROR_INVALID,
                 "The JSON document is not an object");
    return NULL;
  }

  return json_node_dup_object (root);
}

/**
 * si_json_require_string:
 * @object: an object
 * @member: the member's name
 * @error: return location for a `SI_JSON_ERROR`
 *
 * Returns: (transfer none): the string, or %NULL with @error set where there is none
 */
const char *
si_json_require_string (JsonObject *object, const char *member, GError **error)
{
  const char *value = si_json_get_string (object, member);

  if (value == NULL)
    set_member_error (error, member, "a string");

  return value;
}

/**
 * si_json_require_id:
 * @object: an object
 * @member: the member's name
 * @error: return location for a `SI_JSON_ERROR`
 *
 * Returns: (transfer none): the string, or %NULL with @error set where there is none, or
 * one that would mean something else as a segment of a path
 */
const char *
si_json_require_id (JsonObject *object, const char *member, GError **error)
{
  const char *value = si_json_get_string (object, member);

  if (value == NULL || *value == '\0' || strcmp (value, ".") == 0
      || strcmp (value, "..") == 0) {
    set_member_error (error, member, "an id");
    return NULL;
  }

  return value;
}

/**
 * si_json_require_object:
 * @object: an object
 * @member: the member's name
 * @error: return location for a `SI_JSON_ERROR`
 *
 * Returns: (transfer none): the object, or %NULL with @error set where there is none
 */
JsonObject *
si_json_require_object (JsonObject *object, const char *member, GError **error)
{
  JsonObject *value = si_json_get_object (object, member);

  if (value == NULL)
    set_member_error (error, member, "an object");

  return value;
}

/**
 * si_json_require_array:
 * @object: an object
 * @member: the member's name
 * @error: return location for a `SI_JSON_ERROR`
 *
 * Returns: (transfer none): the array, or %NULL with @error set where there is none
 */
JsonArray *
si_json_require_array (JsonObject *object, const char *member, GError **error)
{
  JsonArray *value = si_json_get_array (object, member);

  if (value == NULL)
    set_member_error (error, member, "an array");

  return value;
}

/**
 * si_json_get_string:
 * @object: (nullable): an object
 * @member: the member's name
 *
 * Returns: (transfer none) (nullable): the string, or %NULL where there is none
 */
const char *
si_json_get_string (JsonObject *object, const char *member)
{
  JsonNode *node = lookup_value (object, member, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

/**
 * si_json_get_boolean:
 * @object: (nullable): an object
 * @member: the member's name
 * @fallback: what to return where there is no boolean
 *
 * Returns: the boolean
 */
gboolean
si_json_get_boolean (JsonObject *object, const char *member, gboolean fallback)
{
  JsonNode *node = lookup_value (object, member, G_TYPE_BOOLEAN);

  return node != NULL ? json_node_get_boolean (node) : fallback;
}

/**
 * si_json_get_int:
 * @object: (nullable): an object
 * @member: the member's name
 * @fallback: what to return where there is no integer
 *
 * Returns: the integer; a number with a fraction is no integer
 */
gint64
si_json_get_int (JsonObject *object, const char *member, gint64 fallback)
{
  JsonNode *node = lookup_value (object, member, G_TYPE_INT64);

  return node != NULL ? json_node_get_int (node) : fallback;
}

/**
 * si_json_get_object:
 * @object: (nullable): an object
 * @member: the member's name
 *
 * Returns: (transfer none) (nullable): the object, or %NULL where there is none
 */
JsonObject *
si_json_get_object (JsonObject *object, const char *member)
{
  JsonNode *node = lookup (object, member, JSON_NODE_OBJECT);

  return node != NULL ? json_node_get_object (node) : NULL;
}

/**
 * si_json_get_array:
 * @object: (nullable): an object
 * @member: the member's name
 *
 * Returns: (transfer none) (nullable): the array, or %NULL where there is none
 */
JsonArray *
si_json_get_array (JsonObject *object, const char *member)
{
  JsonNode *node = lookup (object, member, JSON_NODE_ARRAY);

  return node != NULL ? json_node_get_array (node) : NULL;
}

/**
 * si_json_dup_time:
 * @object: (nullable): an object
 * @member: the member's name
 *
 * Reads an RFC 3339 date with its offset (contract, "Transport").
 *
 * Returns: (transfer full) (nullable): the time, or %NULL where there is none
 */
GDateTime *
si_json_dup_time (JsonObject *object, const char *member)
{
  const char *text = si_json_get_string (object, member);

  return text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;
}

/**
 * si_json_dup_strings:
 * @object: (nullable): an object
 * @member: the member's name
 *
 * Returns: (transfer full): the strings of an array, without those elements that are
 * none; empty where there is no array
 */
GStrv
si_json_dup_strings (JsonObject *object, const char *member)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray               *array = si_json_get_array (object, member);
  guint                    length = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < length; i++) {
    JsonNode *node = json_array_get_element (array, i);

    if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
      g_strv_builder_add (builder, json_node_get_string (node));
  }

  return g_strv_builder_end (builder);
}

/**
 * si_json_array_get_object:
 * @array: an array
 * @index: less than the array's length
 *
 * Returns: (transfer none) (nullable): the object at @index, or %NULL where it is none
 */
JsonObject *
si_json_array_get_object (JsonArray *array, guint index)
{
  JsonNode *node = json_array_get_element (array, index);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * si_json_to_text:
 * @node: a node
 *
 * Returns: (transfer full): the node as JSON on one line
 */
char *
si_json_to_text (JsonNode *node)
{
  return json_to_string (node, FALSE);
}
