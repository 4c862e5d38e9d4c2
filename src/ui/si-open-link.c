/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-open-link.h"

static void
launch_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;

  if (!g_app_info_launch_default_for_uri_finish (result, NULL))
    gtk_widget_error_bell (widget);
}

/* Hands an address to the desktop, if it is one that may be opened. */
void
si_open_link (GtkWidget *widget, const char *link)
{
  GdkDisplay                     *display = gtk_widget_get_display (widget);
  g_autoptr (GdkAppLaunchContext) context = gdk_display_get_app_launch_context (display);

  if (!si_uri_may_open (link))
    return;

  g_app_info_launch_default_for_uri_async (link, G_APP_LAUNCH_CONTEXT (context), NULL,
                                           launch_cb, g_object_ref (widget));
}
