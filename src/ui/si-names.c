/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-names.h"

#include <glib/gi18n.h>

#include "si-text.h"

/* In the menus and windows that the toolkit has made there are parts to which GTK 4.8
 * gives no name, so that a screen reader would call them by their type, or gives it
 * twice.
 */

static const char *
find_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    const char *text = find_text (child);

    if (text != NULL)
      return text;
  }

  return NULL;
}

static void
name_button (GtkWidget *button)
{
  const char *icon = gtk_button_get_icon_name (GTK_BUTTON (button));
  const char *text = find_text (button);

  if (gtk_widget_get_tooltip_text (button) != NULL)
    si_text_name_icon_button (button);
  else if (g_strcmp0 (icon, "edit-find-symbolic") == 0)
    /* Translators: a button or a field, for screen readers; a verb or a noun */
    si_text_set_accessible_label (button, _ ("Search"));
  else if (g_strcmp0 (icon, "window-close-symbolic") == 0)
    /* Translators: a button, for screen readers: the message goes away */
    si_text_set_accessible_label (button, _ ("Close"));
  else if (g_strcmp0 (icon, "go-previous-symbolic") == 0)
    si_text_set_accessible_label (button, _ ("Back"));
  else if (text != NULL)
    si_text_set_accessible_label (button, text);
}

/* A list is called by the title above it, where there is one. */
static gboolean
is_list_without_title (GtkWidget *widget)
{
  GtkWidget  *group = gtk_widget_get_ancestor (widget, ADW_TYPE_PREFERENCES_GROUP);
  const char *title
      = group != NULL ? adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (group))
                      : NULL;

  return GTK_IS_LIST_BOX (widget) && (title == NULL || *title == '\0');
}

/* Gives a name to all of @widget that has none; @name is for what has nothing that tells
 * it apart. */
void
si_names_complete (GtkWidget *widget, const char *name)
{
  if (GTK_IS_STACK (widget))
    si_text_quiet_stack (GTK_STACK (widget));
  else if (GTK_IS_SEARCH_ENTRY (widget))
    si_text_set_accessible_label (widget, _ ("Search"));
  else if (GTK_IS_BUTTON (widget))
    name_button (widget);
  else if (GTK_IS_SCROLLED_WINDOW (widget) || is_list_without_title (widget))
    si_text_set_accessible_label (widget, name);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    si_names_complete (child, name);
}
