/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib-unix.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "si-command-line.h"
#include "si-random.h"
#include "si-server.h"

#define EXIT_USAGE 2

#define EXAMPLE_ACCOUNT "astrid"
#define EXAMPLE_SCOPES "securityinfo.read securityinfo.manage"
#define EXAMPLE_DEVICE "Pixel 9"

static gboolean
signal_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

/* Returns the token, where it has to be told. */
static char *
add_example_token (SiServerOptions *options)
{
  const char      *given = g_getenv ("SECURITY_INFO_TOKEN");
  g_autofree char *own = given == NULL ? si_random_id ("example") : NULL;

  si_server_options_add_token (options, given != NULL ? given : own, EXAMPLE_ACCOUNT,
                               "Astrid Lind", "astrid@contoso.example", EXAMPLE_SCOPES,
                               NULL);
  return g_steal_pointer (&own);
}

/* Before anything else on standard output, and at once: whoever started this waits. */
static void
print_url (SiServer *server, const char *token)
{
  printf ("%s\n", si_server_get_base_url (server));
  if (token != NULL)
    printf ("SECURITY_INFO_TOKEN=%s\n", token);
  fflush (stdout);
}

static int
run (SiServerOptions *options, gboolean example)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError)    error = NULL;
  g_autofree char      *token = example ? add_example_token (options) : NULL;
  g_autoptr (SiServer)  server = si_server_new (options);

  if (!si_server_start (server, &error)) {
    g_printerr ("%s\n", error->message);
    return EXIT_FAILURE;
  }

  if (example && !si_server_has_methods (server, EXAMPLE_ACCOUNT))
    g_free (si_server_add_other (server, EXAMPLE_ACCOUNT, "authenticatorApp",
                                 EXAMPLE_DEVICE, EXAMPLE_DEVICE));

  g_unix_signal_add (SIGTERM, signal_cb, loop);
  g_unix_signal_add (SIGINT, signal_cb, loop);
  print_url (server, token);
  g_main_loop_run (loop);

  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  g_auto (SiCommandLine) command_line = { NULL };
  g_auto (GStrv)         arguments = g_strdupv (argv);
  g_autoptr (GError)     error = NULL;

  setlocale (LC_ALL, "");
  /* Standard output is for the URL alone. */
  g_log_writer_default_set_use_stderr (TRUE);
  /* The database holds phone numbers. */
  umask (S_IRWXG | S_IRWXO);

  if (!si_command_line_parse (&command_line, &arguments, &error)) {
    g_printerr ("%s\n", error->message);
    return EXIT_USAGE;
  }

  if (command_line.version) {
    printf ("security-info-server %s\n", PACKAGE_VERSION);
    return EXIT_SUCCESS;
  }

  return run (g_steal_pointer (&command_line.options), command_line.example);
}
