/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-ui-gallery.h"

/* Each icon is there, in the app or in the desktop’s icon theme, whose releases drop
 * some. The app’s own comes with its installation. */

#define WIDTH 480
#define HEIGHT 900

static void
check (GtkImage *image, const char *name)
{
  GtkIconTheme *theme
      = gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (image)));
  const char *icon = gtk_image_get_icon_name (image);

  if (icon == NULL || g_str_has_prefix (icon, APP_ID)
      || gtk_icon_theme_has_icon (theme, icon))
    return;

  g_test_message ("MISSING %s: %s", name, icon);
  g_test_fail ();
}

static void
check_all (GtkWidget *widget, const char *name)
{
  if (GTK_IS_IMAGE (widget))
    check (GTK_IMAGE (widget), name);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_all (child, name);
}

int
main (int argc, char **argv)
{
  si_ui_gallery_init (&argc, &argv);
  si_ui_gallery_set_size (WIDTH, HEIGHT);
  si_ui_gallery_add ("/icons", check_all);

  return g_test_run ();
}
