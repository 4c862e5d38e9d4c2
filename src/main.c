/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "si-application.h"

int
main (int argc, char **argv)
{
  g_autoptr (SiApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name (_ ("Security Info"));

  application
      = si_application_new (g_strv_contains ((const char *const *) argv, "--demo"));

  return g_application_run (G_APPLICATION (application), argc, argv);
}
