/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-shortcuts-window.h"

#include <glib/gi18n.h>

#include "si-text.h"

/* Says which keys do what. GTK's own such window needs 394 pixels, and 754 for text of
 * twice the size; this one wraps and scrolls. */

struct _SiShortcutsWindow {
  AdwWindow parent_instance;

  GtkWidget           *scroller;
  AdwPreferencesGroup *methods_group;
  AdwPreferencesGroup *windows_group;
};

G_DEFINE_FINAL_TYPE (SiShortcutsWindow, si_shortcuts_window, ADW_TYPE_WINDOW)

static void
add_row (AdwPreferencesGroup *group, const char *title, const char *accelerator)
{
  GtkWidget       *row = adw_action_row_new ();
  GtkWidget       *keys = gtk_shortcut_label_new (accelerator);
  guint            key;
  GdkModifierType  modifiers;
  g_autofree char *spoken = NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_valign (keys, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), keys);

  gtk_accelerator_parse (accelerator, &key, &modifiers);
  spoken = gtk_accelerator_get_label (key, modifiers);
  si_text_set_accessible_label (row, title);
  si_text_set_accessible_description (row, spoken);

  adw_preferences_group_add (group, row);
}

static void
add_action (SiShortcutsWindow   *self,
            AdwPreferencesGroup *group,
            const char          *title,
            const char          *action)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_auto (GStrv)  accelerators
      = gtk_application_get_accels_for_action (application, action);

  if (accelerators[0] != NULL)
    add_row (group, title, accelerators[0]);
}

static void
add_rows (SiShortcutsWindow *self)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  add_action (self, self->methods_group, _ ("Add a method"), "win.add-method");
  /* Translators: in the menu and among the keyboard shortcuts: asks the service again for
   * what is shown */
  add_action (self, self->methods_group, _ ("Refresh"), "app.refresh");

  add_row (self->windows_group, _ ("Go back a page"),
           mirrored ? "<Alt>Right" : "<Alt>Left");
  add_action (self, self->windows_group, _ ("Close the window"), "window.close");
  add_row (self->windows_group, _ ("Show the main menu"), "F10");
  add_action (self, self->windows_group, _ ("Show the keyboard shortcuts"),
              "win.show-shortcuts");
  /* Translators: a keyboard shortcut: ends the app */
  add_action (self, self->windows_group, _ ("Quit"), "app.quit");
}

static void
si_shortcuts_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SI_TYPE_SHORTCUTS_WINDOW);

  G_OBJECT_CLASS (si_shortcuts_window_parent_class)->dispose (object);
}

static void
si_shortcuts_window_class_init (SiShortcutsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = si_shortcuts_window_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/security_info/SecurityInfo/si-shortcuts-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SiShortcutsWindow, scroller);
  gtk_widget_class_bind_template_child (widget_class, SiShortcutsWindow, methods_group);
  gtk_widget_class_bind_template_child (widget_class, SiShortcutsWindow, windows_group);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
si_shortcuts_window_init (SiShortcutsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  si_text_wrap_all (self->scroller, -1);
  si_text_set_accessible_label (self->scroller, _ ("Keyboard Shortcuts"));
}

GtkWidget *
si_shortcuts_window_new (GtkWindow *parent)
{
  SiShortcutsWindow *self
      = g_object_new (SI_TYPE_SHORTCUTS_WINDOW, "application",
                      gtk_window_get_application (parent), "transient-for", parent, NULL);

  add_rows (self);

  return GTK_WIDGET (self);
}
