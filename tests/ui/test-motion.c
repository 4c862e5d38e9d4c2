/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-ui-gallery.h"
#include "si-ui-pixels.h"

/* Where a person does not want things to move, nothing does: a page is there at once, and
 * what there is to wait for is said in words, for a spinner stands still. */

#define WIDTH 360
#define HEIGHT 600
#define PAUSE 30 /* milliseconds */

static GtkWidget *
find_spinner (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (GTK_IS_SPINNER (widget) && gtk_spinner_get_spinning (GTK_SPINNER (widget)))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_spinner (child);

    if (found != NULL)
      return found;
  }

  return NULL;
}

static SiUiPixels *
draw (GtkWidget *shown)
{
  graphene_rect_t all;

  g_assert_true (gtk_widget_compute_bounds (shown, shown, &all));

  return si_ui_pixels_new (shown, &all);
}

/* Twice: a clock may go on once meanwhile. */
static gboolean
moves (GtkWidget *shown)
{
  g_autoptr (SiUiPixels) first = draw (shown);
  g_autoptr (SiUiPixels) second = NULL;
  g_autoptr (SiUiPixels) third = NULL;

  si_test_run_for (PAUSE);
  second = draw (shown);
  si_test_run_for (PAUSE);
  third = draw (shown);

  return !si_ui_pixels_equal (first, second) && !si_ui_pixels_equal (second, third);
}

static gboolean
is_in_transition (GtkWidget *widget)
{
  if (GTK_IS_STACK (widget) && gtk_stack_get_transition_running (GTK_STACK (widget)))
    return TRUE;
  if (GTK_IS_REVEALER (widget)
      && gtk_revealer_get_reveal_child (GTK_REVEALER (widget))
             != gtk_revealer_get_child_revealed (GTK_REVEALER (widget)))
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (is_in_transition (child))
      return TRUE;

  return FALSE;
}

static void
test_still (GtkWidget *shown, const char *name)
{
  g_assert_false (is_in_transition (shown));
  si_ui_test_wait_for_frame (shown);
  g_assert_false (moves (shown));

  if (find_spinner (shown) != NULL)
    g_assert_true (si_ui_test_shows (shown, "Please wait…")
                   || si_ui_test_shows (shown, "Loading…"));
}

/* So that it is known that this would be seen. */
static void
test_moving (GtkWidget *shown, const char *name)
{
  si_ui_test_wait_for_frame (shown);
  g_assert_true (find_spinner (shown) == NULL || moves (shown));
}

int
main (int argc, char **argv)
{
  gboolean still = argc > 1 && g_str_equal (argv[1], "still");

  si_ui_gallery_init (&argc, &argv);
  si_ui_gallery_set_size (WIDTH, HEIGHT);
  g_object_set (gtk_settings_get_default (), "gtk-cursor-blink", FALSE,
                "gtk-enable-animations", !still, NULL);
  if (still)
    si_ui_gallery_add ("/motion/still", test_still);
  else
    si_ui_gallery_add ("/motion/moving", test_moving);

  return g_test_run ();
}
