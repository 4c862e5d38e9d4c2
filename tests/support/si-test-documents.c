/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-test-documents.h"

/* Documents of the contract, and variations of them. */

/**
 * si_test_parse:
 * @text: an object
 *
 * Returns: (transfer full): the object
 */
JsonObject *
si_test_parse (const char *text)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);

  return json_node_dup_object (node);
}

/**
 * si_test_vary:
 * @text: an object
 * @...: pairs of a member's name and its new value as JSON, ended with %NULL
 *
 * Returns: (transfer full): the object with those members
 */
char *
si_test_vary (const char *text, ...)
{
  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  const char          *member;
  va_list              args;

  va_start (args, text);
  while ((member = va_arg (args, const char *)) != NULL) {
    g_autoptr (GError) error = NULL;
    JsonNode          *value = json_from_string (va_arg (args, const char *), &error);

    g_assert_no_error (error);
    json_object_set_member (json_node_get_object (root), member, value);
  }
  va_end (args);

  return json_to_string (root, FALSE);
}

static JsonNode *
replace_in_object (JsonObject *object, guint *index, JsonNode *replacement)
{
  g_autoptr (GList)      members = json_object_get_members (object);
  g_autoptr (JsonObject) copy = json_object_new ();
  JsonNode              *node = json_node_new (JSON_NODE_OBJECT);

  for (GList *l = members; l != NULL; l = l->next)
    json_object_set_member (
        copy, l->data,
        si_test_replace_node (json_object_get_member (object, l->data), index,
                              replacement));
  json_node_set_object (node, copy);

  return node;
}

static JsonNode *
replace_in_array (JsonArray *array, guint *index, JsonNode *replacement)
{
  g_autoptr (JsonArray) copy = json_array_new ();
  JsonNode             *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < json_array_get_length (array); i++)
    json_array_add_element (copy, si_test_replace_node (json_array_get_element (array, i),
                                                        index, replacement));
  json_node_set_array (node, copy);

  return node;
}

/**
 * si_test_replace_node:
 * @node: a tree
 * @index: (inout): which of its nodes is replaced, counted from the root in reading
 *   order; it is counted down on the way
 * @replacement: what to put in its place
 *
 * Returns: (transfer full): a copy of the tree with one node replaced
 */
JsonNode *
si_test_replace_node (JsonNode *node, guint *index, JsonNode *replacement)
{
  if ((*index)-- == 0)
    return json_node_copy (replacement);

  if (JSON_NODE_HOLDS_OBJECT (node))
    return replace_in_object (json_node_get_object (node), index, replacement);

  if (JSON_NODE_HOLDS_ARRAY (node))
    return replace_in_array (json_node_get_array (node), index, replacement);

  return json_node_copy (node);
}
