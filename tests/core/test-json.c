/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-json.h"

#include <string.h>

typedef struct {
  const char *name;
  const char *text;
  gssize      length; /* -1 for text that ends in NUL */
  int         code;   /* -1 where the document is good */
} Document;

#define GOOD (-1)

static const Document documents[] = {
  { "empty object", "{}", -1, GOOD },
  { "spaces", " \n\t{ } \r\n", -1, GOOD },
  { "brackets within strings", "{\"a\":\"[[[[{{{{]\",\"]\":\"}\"}", -1, GOOD },
  { "escaped quotes", "{\"a\":\"\\\"[\\\\\",\"b\":\"\\u005b\"}", -1, GOOD },
  { "duplicate members", "{\"a\":1,\"a\":\"two\"}", -1, GOOD },
  { "not terminated", "{}garbage that is not part of it", 2, GOOD },
  { "nothing", "", -1, SI_JSON_ERROR_INVALID },
  { "space", " ", -1, SI_JSON_ERROR_INVALID },
  { "array", "[]", -1, SI_JSON_ERROR_INVALID },
  { "string", "\"{}\"", -1, SI_JSON_ERROR_INVALID },
  { "number", "1", -1, SI_JSON_ERROR_INVALID },
  { "null", "null", -1, SI_JSON_ERROR_INVALID },
  { "page", "<!DOCTYPE html><html><body>Sign in</body></html>", -1,
    SI_JSON_ERROR_INVALID },
  { "cut off", "{\"a\":\"b", -1, SI_JSON_ERROR_INVALID },
  { "cut off in an escape", "{\"a\":\"\\", -1, SI_JSON_ERROR_INVALID },
  { "unbalanced", "{}}}}}", -1, SI_JSON_ERROR_INVALID },
  { "wrong brackets", "{\"a\":[1}]", -1, SI_JSON_ERROR_INVALID },
  { "invalid UTF-8", "{\"a\":\"\xff\xfe\"}", -1, SI_JSON_ERROR_INVALID },
  { "surrogate in UTF-8", "{\"a\":\"\xed\xa0\x80\"}", -1, SI_JSON_ERROR_INVALID },
  { "NUL", "{\"a\":\"\0\"}", 9, SI_JSON_ERROR_INVALID },
  { "NUL at the end", "{}\0", 3, SI_JSON_ERROR_INVALID },
};

static void
test_document (gconstpointer data)
{
  const Document        *row = data;
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) object = NULL;
  gsize length = row->length < 0 ? strlen (row->text) : (gsize) row->length;

  /* A copy without a terminator, for the sanitizer to see any reading past the end. */
  g_autofree char *copy = g_memdup2 (row->text, length);

  object = si_json_parse_object (length > 0 ? copy : "", length, &error);

  if (row->code == GOOD) {
    g_assert_no_error (error);
    g_assert_nonnull (object);
  } else {
    g_assert_error (error, SI_JSON_ERROR, row->code);
    g_assert_null (object);
  }
}

static JsonObject *
parse_nested (guint depth, char open, char close, GError **error)
{
  g_autoptr (GString) text = g_string_new ("{\"a\":");

  for (guint i = 1; i < depth; i++)
    g_string_append (text, open == '{' ? "{\"a\":" : "[");
  g_string_append_c (text, '1');
  for (guint i = 1; i < depth; i++)
    g_string_append_c (text, close);
  g_string_append_c (text, '}');

  return si_json_parse_object (text->str, text->len, error);
}

static void
test_depth (void)
{
  const char *const pairs[] = { "[]", "{}" };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++) {
    g_autoptr (GError)     error = NULL;
    g_autoptr (JsonObject) deepest = NULL;

    deepest = parse_nested (SI_JSON_MAX_DEPTH, pairs[i][0], pairs[i][1], &error);
    g_assert_no_error (error);
    g_assert_nonnull (deepest);

    g_assert_null (
        parse_nested (SI_JSON_MAX_DEPTH + 1, pairs[i][0], pairs[i][1], &error));
    g_assert_error (error, SI_JSON_ERROR, SI_JSON_ERROR_TOO_DEEP);
  }
}

static void
test_bracket_bomb (void)
{
  g_autofree char   *bomb = g_strnfill (100000, '[');
  g_autoptr (GError) error = NULL;

  g_assert_null (si_json_parse_object (bomb, 100000, &error));
  g_assert_error (error, SI_JSON_ERROR, SI_JSON_ERROR_TOO_DEEP);
}

static void
test_wide (void)
{
  g_autoptr (GString)    text = g_string_new ("{\"a\":[");
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) object = NULL;

  for (guint i = 0; i < 50000; i++)
    g_string_append (text, "[],{},");
  g_string_append (text, "[]]}");

  object = si_json_parse_object (text->str, text->len, &error);
  g_assert_no_error (error);
  g_assert_cmpint (json_array_get_length (si_json_get_array (object, "a")), ==, 100001);
}

static void
test_size (void)
{
  g_autofree char       *text = g_strnfill (SI_JSON_MAX_BYTES + 1, ' ');
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) object = NULL;

  text[0] = '{';
  text[1] = '}';

  object = si_json_parse_object (text, SI_JSON_MAX_BYTES, &error);
  g_assert_no_error (error);
  g_assert_nonnull (object);

  g_assert_null (si_json_parse_object (text, SI_JSON_MAX_BYTES + 1, &error));
  g_assert_error (error, SI_JSON_ERROR, SI_JSON_ERROR_TOO_LARGE);
}

/* The parser quotes what it stumbled over, and that may be someone's code or token. */
static void
test_error_quotes_nothing (void)
{
  const char        *text = "{\"code\": 123456 secret}";
  g_autoptr (GError) error = NULL;

  g_assert_null (si_json_parse_object (text, strlen (text), &error));
  g_assert_null (strstr (error->message, "secret"));
  g_assert_null (strstr (error->message, "123456"));
}

static JsonObject *
parse_members (void)
{
  const char *text = "{\"string\":\"å\",\"empty\":\"\",\"true\":true,\"int\":46,"
                     "\"double\":1.5,\"whole\":2.0,\"huge\":1e400,"
                     "\"big\":99999999999999999999,\"min\":-9223372036854775808,"
                     "\"null\":null,\"object\":{\"a\":1},"
                     "\"array\":[\"a\",1,null,[],{},\"b\",true],"
                     "\"time\":\"2026-11-23T15:00:00Z\",\"later\":\"soon\"}";

  return si_json_parse_object (text, strlen (text), NULL);
}

/* No getter may log a CRITICAL, which ends the test, whatever is behind the name. */
static void
test_every_getter_on_every_type (void)
{
  g_autoptr (JsonObject) object = parse_members ();
  g_autoptr (GList)      members = json_object_get_members (object);

  members = g_list_append (members, (gpointer) "missing");
  for (GList *l = members; l != NULL; l = l->next) {
    const char           *member = l->data;
    g_autoptr (GDateTime) time = si_json_dup_time (object, member);
    g_auto (GStrv)        strings = si_json_dup_strings (object, member);
    g_autoptr (GError)    error = NULL;
    const char           *string = si_json_require_string (object, member, &error);

    g_assert_true ((string == NULL) == (error != NULL));
    g_assert_cmpstr (si_json_get_string (object, member), ==, string);
    si_json_get_boolean (object, member, FALSE);
    si_json_get_int (object, member, 0);
    si_json_get_object (object, member);
    si_json_get_array (object, member);
    g_assert_nonnull (strings);
    g_assert_true ((time != NULL) == (strcmp (member, "time") == 0));
  }
}

static void
test_getters (void)
{
  g_autoptr (JsonObject) object = parse_members ();
  JsonArray             *array = si_json_get_array (object, "array");
  g_auto (GStrv)         strings = si_json_dup_strings (object, "array");

  g_assert_cmpstr (si_json_get_string (object, "string"), ==, "å");
  g_assert_cmpstr (si_json_get_string (object, "empty"), ==, "");
  g_assert_null (si_json_get_string (object, "int"));
  g_assert_true (si_json_get_boolean (object, "true", FALSE));
  g_assert_true (si_json_get_boolean (object, "int", TRUE));
  g_assert_cmpint (si_json_get_int (object, "int", -1), ==, 46);
  g_assert_cmpint (si_json_get_int (object, "min", -1), ==, G_MININT64);
  g_assert_cmpint (si_json_get_int (object, "double", -1), ==, -1);
  g_assert_cmpint (si_json_get_int (object, "null", -1), ==, -1);
  g_assert_cmpint (si_json_get_int (si_json_get_object (object, "object"), "a", -1), ==,
                   1);
  g_assert_cmpstrv (strings, ((const char *[]){ "a", "b", NULL }));
  g_assert_null (si_json_array_get_object (array, 0));
  g_assert_nonnull (si_json_array_get_object (array, 4));
}

static void
test_no_object (void)
{
  g_auto (GStrv) strings = si_json_dup_strings (NULL, "a");

  g_assert_null (si_json_get_string (NULL, "a"));
  g_assert_null (si_json_get_object (NULL, "a"));
  g_assert_null (si_json_get_array (NULL, "a"));
  g_assert_null (si_json_dup_time (NULL, "a"));
  g_assert_cmpint (si_json_get_int (NULL, "a", 7), ==, 7);
  g_assert_cmpint (g_strv_length (strings), ==, 0);
}

static void
test_require (void)
{
  g_autoptr (JsonObject) object = parse_members ();
  g_autoptr (GError)     error = NULL;

  g_assert_nonnull (si_json_require_object (object, "object", &error));
  g_assert_nonnull (si_json_require_array (object, "array", &error));
  g_assert_no_error (error);

  g_assert_null (si_json_require_object (object, "array", &error));
  g_assert_error (error, SI_JSON_ERROR, SI_JSON_ERROR_MEMBER);
  g_clear_error (&error);

  g_assert_null (si_json_require_array (object, "missing", &error));
  g_assert_error (error, SI_JSON_ERROR, SI_JSON_ERROR_MEMBER);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (documents); i++) {
    g_autofree char *path = g_strdup_printf ("/json/document/%s", documents[i].name);

    g_test_add_data_func (path, &documents[i], test_document);
  }
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/bracket-bomb", test_bracket_bomb);
  g_test_add_func ("/json/wide", test_wide);
  g_test_add_func ("/json/size", test_size);
  g_test_add_func ("/json/error-quotes-nothing", test_error_quotes_nothing);
  g_test_add_func ("/json/every-getter-on-every-type", test_every_getter_on_every_type);
  g_test_add_func ("/json/getters", test_getters);
  g_test_add_func ("/json/no-object", test_no_object);
  g_test_add_func ("/json/require", test_require);

  return g_test_run ();
}
