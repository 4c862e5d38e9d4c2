/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-installed-file.h"

#define SANDBOX "/.flatpak-info"
#define PREFIX "/app/"

/* Where a file that is installed with the app is for who looks for it: a Flatpak sees its
 * own files in another place than everybody else does. What is current is in “active”,
 * beside the folder of the commit that runs. */
char *
si_installed_file_dup_path (const char *path)
{
  g_autoptr (GKeyFile) sandbox = g_key_file_new ();
  g_autofree char     *files = NULL;
  g_autofree char     *commit = NULL;
  g_autofree char     *deployed = NULL;

  if (!g_str_has_prefix (path, PREFIX)
      || !g_key_file_load_from_file (sandbox, SANDBOX, G_KEY_FILE_NONE, NULL))
    return g_strdup (path);

  files = g_key_file_get_string (sandbox, "Instance", "app-path", NULL);
  if (files == NULL)
    return g_strdup (path);

  commit = g_path_get_dirname (files);
  deployed = g_path_get_dirname (commit);

  return g_build_filename (deployed, "active", "files", path + strlen (PREFIX), NULL);
}
