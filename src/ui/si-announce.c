/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-announce.h"

#include "si-text.h"

/* Saying something to a screen reader: si_announce() says a message, and si_announce_at()
 * moves the focus to a widget and says it there.
 *
 * What a widget is described by is heard as it gets the focus. GTK can say something at
 * any other time since 4.14; before, a change of the focused widget's description is the
 * one thing that is heard, so the message goes there. It stays for as long as the focus
 * does: whoever comes back is told what the widget is. */

/* A field speaks for the text inside. */
static GtkWidget *
get_focus (GtkWidget *widget)
{
  GtkRoot   *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return GTK_IS_TEXT (focus) ? gtk_widget_get_parent (focus) : focus;
}

static gboolean
restore_cb (gpointer user_data)
{
  if (get_focus (user_data) != user_data)
    si_text_restore_accessible_description (user_data);

  return G_SOURCE_REMOVE;
}

/* Once it is known where the focus went: before, it would be heard. */
static void
focus_moved_cb (GtkWidget *widget)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, restore_cb, g_object_ref (widget),
                   g_object_unref);
}

static void
describe_for_now (GtkWidget *widget, const char *message)
{
  static const char *key = "si-announce-root";
  GtkRoot           *root = gtk_widget_get_root (widget);

  if (g_object_get_data (G_OBJECT (widget), key) != root) {
    g_signal_connect_object (root, "notify::focus-widget", G_CALLBACK (focus_moved_cb),
                             widget, G_CONNECT_SWAPPED);
    g_object_set_data (G_OBJECT (widget), key, root);
  }

  /* The same words are to be heard once more, too. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "", -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, message, -1);
}

#if GTK_CHECK_VERSION(4, 14, 0)
/* By the window, which screen readers know: of what has just come up they may not. */
void
si_announce (GtkWidget *widget, const char *message)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  if (root == NULL)
    return;

  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  gtk_accessible_announce (GTK_ACCESSIBLE (root), message,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  G_GNUC_END_IGNORE_DEPRECATIONS
}
#else
void
si_announce (GtkWidget *widget, const char *message)
{
  GtkWidget *focus = get_focus (widget);

  if (focus != NULL)
    describe_for_now (focus, message);
}
#endif

void
si_announce_at (GtkWidget *focus, const char *message)
{
  describe_for_now (focus, message);
  gtk_widget_grab_focus (focus);
}
