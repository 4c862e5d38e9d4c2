/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-diagnostics.h"

#include <adwaita.h>
#include <libsoup/soup.h>

/* What the help desk asks for: versions, the last error and the last requests. No token,
 * number or name is in it, nor anything that the backend worded. It is the same in every
 * language. */

/* Returns: (transfer full): lines of text; @overview is nullable */
char *
si_diagnostics_dup_text (SiOverview *overview, SiRequestLog *log)
{
  GString         *text = g_string_new (NULL);
  const GError    *error = overview != NULL ? si_overview_get_error (overview) : NULL;
  g_autofree char *requests = si_request_log_dup_text (log);

  g_string_append_printf (text, "Security Info %s (%s)\n", PACKAGE_VERSION, PROFILE);
  g_string_append_printf (
      text, "GTK %u.%u.%u, libadwaita %u.%u.%u, libsoup %u.%u.%u\n",
      gtk_get_major_version (), gtk_get_minor_version (), gtk_get_micro_version (),
      adw_get_major_version (), adw_get_minor_version (), adw_get_micro_version (),
      soup_get_major_version (), soup_get_minor_version (), soup_get_micro_version ());
  g_string_append_printf (text, "Backend: %s\n",
                          overview != NULL
                              ? G_OBJECT_TYPE_NAME (si_overview_get_provider (overview))
                              : "none");

  if (error != NULL)
    g_string_append_printf (text, "Last error: %s %d\n",
                            g_quark_to_string (error->domain), error->code);
  g_string_append_printf (text, "Last requests:\n%s", requests);

  return g_string_free (text, FALSE);
}
