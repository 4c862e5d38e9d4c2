/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_SETTINGS_ENABLE_BACKEND

#include "config.h"

#include "si-test-settings.h"

#include <gio/gsettingsbackend.h>
#include <glib/gstdio.h>

/* The app's settings, without touching anybody's. */

/**
 * si_test_settings_new:
 *
 * Returns: (transfer full): settings that are kept in memory, all as they come
 */
GSettings *
si_test_settings_new (void)
{
  g_autoptr (GSettingsBackend) backend = g_memory_settings_backend_new ();

  return g_settings_new_with_backend (APP_ID, backend);
}

/* Without the slashes around it. */
static char *
dup_group (void)
{
  g_autoptr (GSettings) settings = si_test_settings_new ();
  g_autofree char      *path = NULL;

  g_object_get (settings, "path", &path, NULL);

  return g_strndup (path + 1, strlen (path) - 2);
}

static void
write_file (const char *directory, const char *name, const char *contents)
{
  g_autofree char   *path = g_build_filename (directory, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, contents, -1, &error);
  g_assert_no_error (error);
}

static void
remove_file (const char *directory, const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);

  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
write_group (const char *directory, const char *name, const char *lines)
{
  g_autofree char *group = dup_group ();
  g_autofree char *contents = g_strdup_printf ("[%s]\n%s\n", group, lines);

  write_file (directory, name, contents);
}

static void
write_locks (const char *directory, const char *locked)
{
  g_autofree char *group = dup_group ();
  g_autofree char *contents
      = locked != NULL ? g_strdup_printf ("/%s/%s\n", group, locked) : g_strdup ("");

  write_file (directory, "locks", contents);
}

/**
 * si_test_settings_new_sandbox:
 * @defaults: what the administrator has set, as lines of a key file
 * @locked: (nullable): a key that is locked
 * @own: what the person has set
 *
 * Returns: (transfer full): settings as a Flatpak is given them
 */
GSettings *
si_test_settings_new_sandbox (const char *defaults, const char *locked, const char *own)
{
  g_autofree char             *directory = g_dir_make_tmp (NULL, NULL);
  g_autofree char             *path = g_build_filename (directory, "keyfile", NULL);
  g_autoptr (GSettingsBackend) first = g_keyfile_settings_backend_new (path, "/", NULL);
  g_autoptr (GSettingsBackend) backend = NULL;
  GSettings                   *settings;

  write_group (directory, "defaults", defaults);
  write_group (directory, "keyfile", own);
  write_locks (directory, locked);

  /* Its type has no function of its own; where to look for locks only a property says. */
  backend = g_object_new (G_OBJECT_TYPE (first), "filename", path, "root-path", "/",
                          "defaults-dir", directory, NULL);
  settings = g_settings_new_with_backend (APP_ID, backend);

  /* Everything has been read by now. */
  remove_file (directory, "defaults");
  remove_file (directory, "keyfile");
  remove_file (directory, "locks");
  g_assert_cmpint (g_rmdir (directory), ==, 0);

  return settings;
}

/**
 * si_test_settings_set:
 * @settings: some settings
 * @key: which of them
 * @value: its new value, as gsettings takes it
 */
void
si_test_settings_set (GSettings *settings, const char *key, const char *value)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (GVariant) old = g_settings_get_value (settings, key);
  g_autoptr (GVariant) parsed
      = g_variant_parse (g_variant_get_type (old), value, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (g_settings_set_value (settings, key, parsed));
}
