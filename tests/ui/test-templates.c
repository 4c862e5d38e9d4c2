/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-ui-test.h"

/* Every .ui file is one that GTK can build. Its own validator could tell of but one of
 * them: it knows neither libadwaita nor the types of this app, nor their callbacks. */

#define RESOURCES "/io/github/security_info/SecurityInfo/"

/* Returns: (transfer full) (nullable): the type whose template the file is */
static char *
dup_class (const char *text)
{
  g_autoptr (GRegex)     regex = g_regex_new ("<template class=\"(\\w+)\"", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  return g_regex_match (regex, text, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}

static void
build (GType type)
{
  GtkWidget *widget = g_object_ref_sink (g_object_new (type, NULL));

  g_assert_nonnull (gtk_widget_get_first_child (widget));
  if (GTK_IS_WINDOW (widget))
    gtk_window_destroy (GTK_WINDOW (widget));
  g_object_unref (widget);
}

static void
test_template (gconstpointer data)
{
  const char            *path = data;
  g_autoptr (GtkBuilder) builder = gtk_builder_new ();
  g_autoptr (GError)     error = NULL;
  g_autoptr (GBytes)     bytes
      = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  g_autofree char *class_name = NULL;

  g_assert_no_error (error);
  class_name = dup_class (g_bytes_get_data (bytes, NULL));
  if (class_name != NULL) {
    build (gtk_builder_get_type_from_name (builder, class_name));
  } else {
    gtk_builder_add_from_resource (builder, path, &error);
    g_assert_no_error (error);
  }
  si_ui_test_drain ();
}

static void
add_tests (const char *folder)
{
  g_auto (GStrv) names
      = g_resources_enumerate_children (folder, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  for (char **name = names; *name != NULL; name++) {
    g_autofree char *path = g_strconcat (folder, *name, NULL);
    g_autofree char *test = g_strconcat ("/templates/", *name, NULL);

    if (g_str_has_suffix (path, ".ui"))
      g_test_add_data_func_full (test, g_strdup (path), test_template, g_free);
    else if (g_str_has_suffix (path, "/"))
      add_tests (path);
  }
}

int
main (int argc, char **argv)
{
  si_ui_test_init (&argc, &argv);

  add_tests (RESOURCES);

  return g_test_run ();
}
