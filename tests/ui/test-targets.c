/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-ui-gallery.h"

/* What is pressed is large enough for a finger on a phone’s screen. */

#define WIDTH 360
#define HEIGHT 600

#define MIN_SIZE 44
/* The height that libadwaita gives to what stands in a header bar, whose own is 46. */
#define MIN_HEADER_SIZE 34

static int
get_minimum (GtkWidget *widget)
{
  if (gtk_widget_get_ancestor (widget, ADW_TYPE_HEADER_BAR) != NULL
      || gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) != NULL)
    return MIN_HEADER_SIZE;

  return MIN_SIZE;
}

static gboolean
is_pressed (GtkWidget *widget)
{
  if (GTK_IS_LIST_BOX_ROW (widget))
    return gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (widget));

  return GTK_IS_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_SWITCH (widget)
         || GTK_IS_ENTRY (widget)
         || g_str_equal (gtk_widget_get_css_name (widget), "modelbutton");
}

/* What presses something within it with it, such as the row of a switch, counts. */
static gboolean
is_in_target (GtkWidget *widget)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, ADW_TYPE_ACTION_ROW);

  return row != NULL
         && adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row)) == widget;
}

static void
check (GtkWidget *widget, const char *name)
{
  g_autofree char *text = si_ui_test_dup_text (widget);
  graphene_rect_t  box;

  g_assert_true (gtk_widget_compute_bounds (widget, widget, &box));
  if (MIN (box.size.width, box.size.height) >= get_minimum (widget))
    return;

  g_test_message ("SMALL %s: a %s has %.0f × %.0f: %s", name, G_OBJECT_TYPE_NAME (widget),
                  (double) box.size.width, (double) box.size.height, text);
  g_test_fail ();
}

static void
check_all (GtkWidget *widget, const char *name)
{
  if (!gtk_widget_get_mapped (widget))
    return;

  if (is_pressed (widget) && !is_in_target (widget))
    check (widget, name);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_NATIVE (child))
      check_all (child, name);
}

static void
test_targets (GtkWidget *shown, const char *name)
{
  si_ui_test_wait_for_frame (shown);
  check_all (shown, name);
}

int
main (int argc, char **argv)
{
  si_ui_gallery_init (&argc, &argv);
  si_ui_gallery_set_size (WIDTH, HEIGHT);
  si_ui_gallery_add ("/targets", test_targets);

  return g_test_run ();
}
