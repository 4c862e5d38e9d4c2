/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-text.h"

#include <glib/gi18n.h>

#include "si-phone-number.h"

/* Small things that every text needs. */

/* Numbers, codes, addresses and URLs run from left to right within text that runs from
 * right to left, too; what others have written runs as its first letter does (UAX #9). */
#define LEFT_TO_RIGHT_ISOLATE "\u2066"
#define FIRST_STRONG_ISOLATE "\u2068"
#define POP_ISOLATE "\u2069"
#define NO_BREAK_SPACE "\u00a0"
#define RIGHT_TO_LEFT_MARK "\u200f"

#define MAX_FOREIGN_LENGTH 200

static char *
isolate (const char *beginning, const char *text)
{
  if (gtk_widget_get_default_direction () != GTK_TEXT_DIR_RTL)
    return g_strdup (text);

  return g_strconcat (beginning, text, POP_ISOLATE, NULL);
}

/* Returns: (transfer full): @text, isolated where the user's language runs from right to
 * left */
char *
si_text_isolate (const char *text)
{
  return isolate (LEFT_TO_RIGHT_ISOLATE, text);
}

/* Returns: (transfer full): what somebody else has written, no longer than fits on a
 * page, and isolated likewise */
char *
si_text_shorten (const char *text)
{
  g_autofree char *beginning = NULL;
  g_autofree char *shortened = NULL;

  if (g_utf8_strlen (text, -1) <= MAX_FOREIGN_LENGTH)
    return isolate (FIRST_STRONG_ISOLATE, text);

  beginning = g_utf8_substring (text, 0, MAX_FOREIGN_LENGTH);

  shortened = g_strconcat (beginning, "…", NULL);

  return isolate (FIRST_STRONG_ISOLATE, shortened);
}

/* Returns: (transfer full): a phone number as it is written, isolated likewise, that does
 * not break where a line ends */
char *
si_text_join_number (const char *formatted)
{
  g_auto (GStrv)   groups = g_strsplit (formatted, " ", -1);
  g_autofree char *joined = g_strjoinv (NO_BREAK_SPACE, groups);

  return si_text_isolate (joined);
}

/* Returns: (transfer full): the number as people write it, "+46 70 174 06 05", in one
 * piece */
char *
si_text_format_number (const char *e164)
{
  g_autofree char *formatted = si_phone_number_format_e164 (e164);

  return si_text_join_number (formatted);
}

/* Returns: (transfer full): two whole sentences as one text */
char *
si_text_join_sentences (const char *first, const char *second)
{
  /* Translators: two whole sentences, with what stands between sentences in your
   * language: a space, or nothing */
  return g_strdup_printf (C_ ("two sentences", "%1$s %2$s"), first, second);
}

/* Returns: (transfer full): two lines of a label. Pango would have a line stand at the
 * left where there are but letters from left to right in it, isolated or not. */
char *
si_text_join_lines (const char *first, const char *second)
{
  if (gtk_widget_get_default_direction () != GTK_TEXT_DIR_RTL)
    return g_strconcat (first, "\n", second, NULL);

  return g_strconcat (RIGHT_TO_LEFT_MARK, first, "\n", RIGHT_TO_LEFT_MARK, second, NULL);
}

/* Returns: (transfer full): "+46" */
char *
si_text_format_calling_code (int calling_code)
{
  g_autofree char *code = g_strdup_printf ("+%d", calling_code);

  return si_text_isolate (code);
}

/* Returns: (transfer full): a span of time for a countdown, "4:05" */
char *
si_text_format_time_left (int seconds)
{
  g_autofree char *clock = g_strdup_printf (
      /* Translators: minutes and seconds that are left, as on a clock: 4:05 */
      C_ ("time left", "%d:%02d"), seconds / 60, seconds % 60);

  return si_text_isolate (clock);
}

/* Two buttons with large text leave no room for the five letters that a title has at
 * least. */
static void
let_shrink (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    gtk_label_set_width_chars (GTK_LABEL (widget), 1);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    let_shrink (child);
}

/* The tooltip is for what a header has no room for: two lines, each a text of its own.
 * @subtitle is nullable. */
void
si_text_set_title (AdwWindowTitle *widget, const char *title, const char *subtitle)
{
  g_autofree char *tooltip
      = subtitle != NULL ? g_strconcat (title, "\n", subtitle, NULL) : g_strdup (title);

  adw_window_title_set_title (widget, title);
  adw_window_title_set_subtitle (widget, subtitle != NULL ? subtitle : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (widget), tooltip);
  let_shrink (GTK_WIDGET (widget));
}

/* While it is @busy, the spinner beside the title turns, or words below it say that there
 * is something to wait for where nothing is to move. Afterwards the title has the room of
 * both. */
void
si_text_set_busy_title (AdwWindowTitle *widget,
                        GtkSpinner     *spinner,
                        const char     *title,
                        gboolean        busy)
{
  gboolean is_still = !adw_get_enable_animations (GTK_WIDGET (widget));

  /* Translators: in place of what turns while something takes its time */
  si_text_set_title (widget, title, busy && is_still ? _ ("Please wait…") : NULL);
  gtk_spinner_set_spinning (spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (spinner), busy);
}

/* For a field of digits: they are not mirrored with the rest, nor is what stands between
 * them. */
void
si_text_set_left_to_right (GtkEditable *field)
{
  gtk_widget_set_direction (GTK_WIDGET (field), GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (GTK_WIDGET (gtk_editable_get_delegate (field)),
                            GTK_TEXT_DIR_LTR);
}

/* What a button says may be longer in another language than a small window is wide. */
void
si_text_wrap_button (gpointer button)
{
  GtkLabel *label = GTK_LABEL (gtk_button_get_child (button));

  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (label, GTK_JUSTIFY_CENTER);
}

/* Not what stands at its end: the keys. */
static gboolean
is_menu_entry (GtkWidget *label)
{
  return g_str_equal (gtk_widget_get_css_name (label), "label")
         && g_str_equal (gtk_widget_get_css_name (gtk_widget_get_parent (label)),
                         "modelbutton");
}

static void
wrap (GtkWidget *label, int max_width)
{
  gboolean is_pressed = gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON) != NULL
                        || gtk_widget_get_ancestor (label, GTK_TYPE_POPOVER) != NULL;

  g_object_set (label, "ellipsize", PANGO_ELLIPSIZE_NONE, "wrap", TRUE, "wrap-mode",
                is_pressed ? PANGO_WRAP_WORD : PANGO_WRAP_WORD_CHAR, "max-width-chars",
                max_width, "natural-wrap-mode", GTK_NATURAL_WRAP_NONE, NULL);
  /* Several lines would stand in the middle. */
  if (is_menu_entry (label))
    gtk_label_set_xalign (GTK_LABEL (label), 0);
}

/* The same goes for all that the toolkit writes within @widget on a single line, such as
 * a menu’s entries and the titles of groups; a word on a button or in a menu stays whole.
 * @max_width is in characters, or -1. */
void
si_text_wrap_all (gpointer widget, int max_width)
{
  if (ADW_IS_HEADER_BAR (widget))
    return;

  if (GTK_IS_LABEL (widget))
    wrap (widget, max_width);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    si_text_wrap_all (child, max_width);
}

/* For a button the text on it comes first in later releases of GTK, unless that is
 * undone. */
void
si_text_set_accessible_label (gpointer widget, const char *label)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget),
                                 GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

static const char *DESCRIPTION = "si-text-description";

/* Of a row in libadwaita, later releases of GTK would say what its second line describes
 * itself by, which is nothing. */
void
si_text_set_accessible_description (gpointer widget, const char *description)
{
  g_autofree char *text = g_strdup (description != NULL ? description : "");

  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget),
                                 GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  g_object_set_data_full (G_OBJECT (widget), DESCRIPTION, g_steal_pointer (&text),
                          g_free);
}

/* To what was set last, or to what GTK says of its own accord. */
void
si_text_restore_accessible_description (gpointer widget)
{
  const char *text = g_object_get_data (G_OBJECT (widget), DESCRIPTION);

  if (text == NULL)
    text = gtk_widget_get_tooltip_text (widget);

  if (text != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (widget),
                                   GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

/* A button with a picture is called what its tooltip says, which does not describe it as
 * well. */
void
si_text_name_icon_button (gpointer button)
{
  si_text_set_accessible_label (button, gtk_widget_get_tooltip_text (button));
  si_text_set_accessible_description (button, NULL);
}

/* What is written below a row's title describes the row; GTK 4.8 does not say so by
 * itself. @subtitle is nullable. */
void
si_text_set_subtitle (gpointer row, const char *subtitle)
{
  adw_action_row_set_subtitle (row, subtitle != NULL ? subtitle : "");
  si_text_set_accessible_description (row, subtitle);
}

/* The part of a status page that scrolls can have the focus, but has no name. */
void
si_text_name_status_page (gpointer page)
{
  GtkWidget *scroller = gtk_widget_get_first_child (page);

  /* Later releases of GTK give a name to nothing that has no role. */
  if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (scroller))
      != GTK_ACCESSIBLE_ROLE_GROUP)
    g_object_set (scroller, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  si_text_set_accessible_label (scroller, adw_status_page_get_title (page));
}

/* GTK has no name for the pages of a stack, and calls them by their type. What is on them
 * has names of its own. */
void
si_text_quiet_stack (GtkStack *stack)
{
  g_autoptr (GListModel) pages = G_LIST_MODEL (gtk_stack_get_pages (stack));

  for (guint i = 0; i < g_list_model_get_n_items (pages); i++) {
    g_autoptr (GObject) page = g_list_model_get_item (pages, i);

    si_text_set_accessible_label (page, "");
  }
}
