/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-ui-test.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <unistd.h>

/* How tests look at widgets and press them: as a person would, by what is on screen. */

/**
 * si_ui_test_init:
 * @argc: of main
 * @argv: of main
 *
 * Prepares a test that opens windows. Nothing moves in it. Its files are kept apart by
 * with-display; GLib's own isolation would hide the toolkit's settings.
 */
void
si_ui_test_init (int *argc, char ***argv)
{
  static GApplication *application;

  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (argc, argv, NULL);
  adw_init ();

  /* Whom a window asks to stay until a call is hung up. */
  application = g_application_new (NULL, G_APPLICATION_DEFAULT_FLAGS);
  g_application_set_default (application);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

/**
 * si_ui_test_speak:
 * @language: an ISO 639 code
 *
 * Translates from here on. Translations are not looked for in the locale C.UTF-8 since
 * glibc 2.37, but what counts is its name: under another it does.
 */
void
si_ui_test_speak (const char *language)
{
  g_autofree char *locales = g_dir_make_tmp ("si-locales-XXXXXX", NULL);
  g_autofree char *name = g_strconcat (language, ".UTF-8", NULL);
  g_autofree char *locale = g_build_filename (locales, name, NULL);

  g_assert_no_errno (symlink ("/usr/lib/locale/C.utf8", locale));
  g_setenv ("LOCPATH", locales, TRUE);
  g_setenv ("LANGUAGE", language, TRUE);
  g_assert_nonnull (setlocale (LC_ALL, name));

  g_assert_no_errno (g_unlink (locale));
  g_assert_no_errno (g_rmdir (locales));
}

#if GTK_CHECK_VERSION(4, 14, 0)
static char *announced;

/* In GTK's own place, whose test backend can't announce. */
void
gtk_accessible_announce (GtkAccessible                    *accessible,
                         const char                       *message,
                         GtkAccessibleAnnouncementPriority priority)
{
  g_free (announced);
  announced = g_strdup (message);
}
#endif

/* What was said last to a screen reader, with the focus on @focus or by its coming there.
 */
void
si_ui_test_assert_announced (gpointer focus, const char *message)
{
#if GTK_CHECK_VERSION(4, 14, 0)
  g_autofree char *shown = si_ui_test_join_numbers (message);

  if (g_strcmp0 (announced, shown) == 0)
    return;
#endif
  si_ui_test_assert_description (focus, message);
}

/**
 * si_ui_test_show:
 * @widget: a window, or a widget to be put in one
 *
 * Returns: (transfer none): the window, on screen
 */
GtkWidget *
si_ui_test_show (gpointer widget)
{
  GtkWidget *window = widget;

  if (!GTK_IS_WINDOW (widget)) {
    window = adw_window_new ();
    gtk_window_set_default_size (GTK_WINDOW (window), 400, 500);
    adw_window_set_content (ADW_WINDOW (window), widget);
  }
  gtk_window_present (GTK_WINDOW (window));
  si_test_wait_until (gtk_widget_get_mapped (widget));

  return window;
}

/* Handles what is pending already. */
void
si_ui_test_drain (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Until all that is shown is laid out and painted. */
void
si_ui_test_wait_for_frame (gpointer widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gint64         last;

  si_ui_test_drain ();
  last = gdk_frame_clock_get_frame_counter (clock) + 1;
  while (gdk_frame_clock_get_frame_counter (clock) <= last) {
    gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
    g_main_context_iteration (NULL, TRUE);
  }
  si_ui_test_drain ();
}

void
si_ui_test_close (gpointer window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  si_ui_test_drain ();
}

/**
 * si_ui_test_child:
 * @widget: a widget with a template
 * @name: a child's id there
 *
 * Returns: (transfer none): the child
 */
gpointer
si_ui_test_child (gpointer widget, const char *name)
{
  GObject *child = gtk_widget_get_template_child (widget, G_OBJECT_TYPE (widget), name);

  g_assert_nonnull (child);

  return child;
}

gboolean
si_ui_test_is_shown (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

/**
 * si_ui_test_join_numbers:
 * @text: (transfer none): a text, written with plain spaces
 *
 * Returns: (transfer full): the text as it is shown, with each number in one piece
 */
char *
si_ui_test_join_numbers (const char *text)
{
  g_autoptr (GRegex) spaces = g_regex_new ("(?<=\\d) (?=\\d)", 0, 0, NULL);

  return g_regex_replace_literal (spaces, text, -1, 0, "\u00a0", 0, NULL);
}

gboolean
si_ui_test_has_label (gpointer widget, const char *label)
{
  g_autofree char *shown = si_ui_test_join_numbers (label);
  g_autofree char *other = NULL;

  /* Later releases of GTK take a button's name from the label in it. */
  if (!gtk_test_accessible_has_property (widget, GTK_ACCESSIBLE_PROPERTY_LABEL))
    return GTK_IS_BUTTON (widget)
           && g_strcmp0 (gtk_button_get_label (widget), shown) == 0;

  other
      = gtk_test_accessible_check_property (widget, GTK_ACCESSIBLE_PROPERTY_LABEL, shown);
  return other == NULL;
}

static gboolean
matches (GtkWidget *widget, GType type, const char *label)
{
  if (!g_type_is_a (G_OBJECT_TYPE (widget), type) || !gtk_widget_get_mapped (widget))
    return FALSE;
  if (label == NULL || si_ui_test_has_label (widget, label))
    return TRUE;

  return ADW_IS_PREFERENCES_ROW (widget)
         && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)),
                       label)
                == 0;
}

/**
 * si_ui_test_find:
 * @root: where to look
 * @type: what kind of widget
 * @label: (nullable): its accessible name, or a row's title
 *
 * Returns: (transfer none) (nullable): the first such widget that is on screen
 */
GtkWidget *
si_ui_test_find (gpointer root, GType type, const char *label)
{
  if (matches (root, type, label))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = si_ui_test_find (child, type, label);

    if (found != NULL)
      return found;
  }

  return NULL;
}

guint
si_ui_test_count (gpointer root, GType type)
{
  guint n = matches (root, type, NULL) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += si_ui_test_count (child, type);

  return n;
}

static void
append_text (GtkWidget *widget, GString *text)
{
  if (!gtk_widget_get_mapped (widget))
    return;

  if (GTK_IS_LABEL (widget))
    g_string_append_printf (text, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    append_text (child, text);
}

/**
 * si_ui_test_dup_text:
 * @widget: a widget
 *
 * Returns: (transfer full): all text that is on screen within it, one label a line
 */
char *
si_ui_test_dup_text (gpointer widget)
{
  GString *text = g_string_new (NULL);

  append_text (widget, text);

  return g_string_free (text, FALSE);
}

gboolean
si_ui_test_shows (gpointer widget, const char *text)
{
  g_autofree char *shown = si_ui_test_dup_text (widget);
  g_autofree char *wanted = si_ui_test_join_numbers (text);

  return strstr (shown, wanted) != NULL;
}

const char *
si_ui_test_get_text (gpointer label)
{
  return gtk_label_get_text (GTK_LABEL (label));
}

/**
 * si_ui_test_get_focus:
 * @widget: a widget in a window
 *
 * Returns: (transfer none) (nullable): what has the focus; for a field the field itself,
 *   not the text inside
 */
GtkWidget *
si_ui_test_get_focus (gpointer widget)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  if (GTK_IS_TEXT (focus))
    return gtk_widget_get_parent (focus);

  return focus;
}

/* Whether the focus is on something that is there. */
gboolean
si_ui_test_focus_is_seen (gpointer window)
{
  GtkWidget *focus = si_ui_test_get_focus (window);

  return focus != NULL && gtk_widget_get_mapped (focus)
         && gtk_widget_is_sensitive (focus);
}

/* As the wizard does when a page comes up. */
void
si_ui_test_focus_page (SiPage *page)
{
  GtkWidget *focus = si_page_get_initial_focus (page);

  if (focus != NULL)
    gtk_widget_grab_focus (focus);
  else
    gtk_widget_child_focus (GTK_WIDGET (page), GTK_DIR_TAB_FORWARD);
}

void
si_ui_test_click (gpointer button)
{
  g_assert_true (gtk_widget_get_mapped (button));
  g_assert_true (gtk_widget_is_sensitive (button));

  if (GTK_IS_CHECK_BUTTON (button))
    gtk_widget_activate (button);
  else
    g_signal_emit_by_name (button, "clicked");
}

void
si_ui_test_click_label (gpointer root, const char *label)
{
  GtkWidget *button = si_ui_test_find (root, GTK_TYPE_BUTTON, label);

  if (button == NULL) {
    g_autofree char *text = si_ui_test_dup_text (root);

    g_error ("There is no button “%s” among:\n%s", label, text);
  }

  si_ui_test_click (button);
}

/* As a click or Return does. */
void
si_ui_test_activate_row (gpointer row)
{
  g_assert_true (gtk_widget_get_mapped (row));
  g_assert_true (gtk_list_box_row_get_activatable (row));

  g_signal_emit_by_name (row, "activate");
}

/* Replaces the text key by key, each with its turn of the main loop. */
void
si_ui_test_type (gpointer editable, const char *text)
{
  gtk_editable_delete_text (editable, 0, -1);
  si_ui_test_drain ();

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c)) {
    int position = gtk_editable_get_position (editable);

    gtk_editable_insert_text (editable, c, g_utf8_next_char (c) - c, &position);
    gtk_editable_set_position (editable, position);
    si_ui_test_drain ();
  }
}

/* Replaces the text at once. */
void
si_ui_test_paste (gpointer editable, const char *text)
{
  int position = 0;

  gtk_editable_delete_text (editable, 0, -1);
  gtk_editable_insert_text (editable, text, -1, &position);
  gtk_editable_set_position (editable, position);
  si_ui_test_drain ();
}

static gboolean
trigger_shortcut (GtkShortcut    *shortcut,
                  GtkWidget      *widget,
                  guint           key,
                  GdkModifierType mods)
{
  GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);
  GtkKeyvalTrigger   *keyval;

  if (!GTK_IS_KEYVAL_TRIGGER (trigger))
    return FALSE;

  keyval = GTK_KEYVAL_TRIGGER (trigger);
  return gtk_keyval_trigger_get_keyval (keyval) == key
         && gtk_keyval_trigger_get_modifiers (keyval) == mods
         && gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut),
                                          GTK_SHORTCUT_ACTION_EXCLUSIVE, widget,
                                          gtk_shortcut_get_arguments (shortcut));
}

static gboolean
trigger_shortcuts (GtkWidget *widget, guint key, GdkModifierType mods)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean               handled = FALSE;

  for (guint i = 0; !handled && i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GListModel) list = g_list_model_get_item (controllers, i);

    for (guint j = 0;
         !handled && G_IS_LIST_MODEL (list) && j < g_list_model_get_n_items (list); j++) {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (list, j);

      handled = trigger_shortcut (shortcut, widget, key, mods);
    }
  }

  return handled;
}

/**
 * si_ui_test_press_key:
 * @window: a window
 * @key: a key
 * @modifiers: what is held with it
 *
 * Does what the shortcuts of the focused widget and its parents do with a key.
 */
void
si_ui_test_press_key (gpointer window, guint key, GdkModifierType modifiers)
{
  GtkWidget *widget = gtk_root_get_focus (GTK_ROOT (window));

  if (widget == NULL)
    widget = window;
  while (widget != NULL && !trigger_shortcuts (widget, key, modifiers))
    widget = gtk_widget_get_parent (widget);
}

void
si_ui_test_assert_invalid (gpointer widget, gboolean invalid)
{
  gtk_test_accessible_assert_state (widget, GTK_ACCESSIBLE_STATE_INVALID,
                                    invalid ? GTK_ACCESSIBLE_INVALID_TRUE
                                            : GTK_ACCESSIBLE_INVALID_FALSE);
  g_assert_cmpint (gtk_widget_has_css_class (widget, "error"), ==, invalid);
}

void
si_ui_test_assert_description (gpointer widget, const char *text)
{
  g_autofree char *shown = si_ui_test_join_numbers (text);

  gtk_test_accessible_assert_property (widget, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       shown);
}

/* Parts of a widget of the toolkit, which speaks for them. */
static gboolean
is_inner_part (GtkWidget *widget)
{
  return GTK_IS_TEXT (widget)
         || gtk_widget_get_ancestor (widget, GTK_TYPE_MENU_BUTTON) != NULL
         || gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) != NULL;
}

static gboolean
has_name (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  return (gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL)
          && !si_ui_test_has_label (widget, ""))
         || gtk_test_accessible_has_relation (accessible,
                                              GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/**
 * si_ui_test_assert_names:
 * @root: a widget
 *
 * Fails where something within it can have the focus but has no accessible name.
 */
void
si_ui_test_assert_names (gpointer root)
{
  if (gtk_widget_get_mapped (root) && gtk_widget_get_focusable (root)
      && !is_inner_part (root) && !has_name (root)) {
    g_autofree char *text = si_ui_test_dup_text (root);

    g_error ("A %s has no accessible name: %s", G_OBJECT_TYPE_NAME (root), text);
  }

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    si_ui_test_assert_names (child);
}

int
si_ui_test_get_min_width (gpointer widget)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);

  return minimum;
}
