/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-ui-gallery.h"

/* Everything fits: on a phone's screen, also in a language with longer words, and with
 * text of twice the size on a small window. Nothing is cut, and what does not fit at once
 * can be scrolled to. */

#define SMALL_WIDTH 360
#define SMALL_HEIGHT 294
#define LARGE_WIDTH 480
#define LARGE_HEIGHT 640
#define DPI 96

static int width, height;

static gboolean
has_tooltip (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget)) {
    if (gtk_widget_get_tooltip_text (widget) != NULL)
      return TRUE;
  }

  return FALSE;
}

static void
assert_whole (GtkWidget *label, const char *what)
{
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (label));

  if (!pango_layout_is_ellipsized (layout))
    return;
  if (!has_tooltip (label))
    g_error ("%s: “%s” is cut", what, gtk_label_get_text (GTK_LABEL (label)));

  g_test_message ("CUT %s: “%s”", what, gtk_label_get_text (GTK_LABEL (label)));
}

static gboolean
is_of_number (gunichar character)
{
  return g_unichar_isdigit (character) || character == 0xa0;
}

/* Twice the size is too much for many a word, and so is an address at any; what stands in
 * the window About is libadwaita’s, and what is added to make the language long is no
 * word. */
static gboolean
may_break (const char *before, const char *after, const char *what)
{
  if (is_of_number (g_utf8_get_char (g_utf8_prev_char (after)))
      && is_of_number (g_utf8_get_char (after)))
    return FALSE;

  return width == LARGE_WIDTH || strchr (before, '@') != NULL
         || g_str_has_prefix (what, "about") || g_str_has_prefix (after, "n");
}

/* Lines end between words and numbers. */
static void
assert_words (GtkWidget *label, const char *what)
{
  PangoLayout        *layout = gtk_label_get_layout (GTK_LABEL (label));
  const char         *text = pango_layout_get_text (layout);
  const PangoLogAttr *attributes = pango_layout_get_log_attrs_readonly (layout, NULL);

  for (int i = 1; i < pango_layout_get_line_count (layout); i++) {
    const char *start = text + pango_layout_get_line_readonly (layout, i)->start_index;

    if (!attributes[g_utf8_pointer_to_offset (text, start)].is_line_break
        && !may_break (text, start, what))
      g_error ("%s: a line ends within a word: “%.*s|%s”", what, (int) (start - text),
               text, start);
  }
}

/* What scrolls may go on below the window. */
static void
assert_in_sight (GtkWidget *widget, GtkWidget *root, const char *what)
{
  gboolean scrolls = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW) != NULL;
  graphene_rect_t box;
  graphene_rect_t all = GRAPHENE_RECT_INIT (
      -1, scrolls ? -G_MAXINT16 : -1, gtk_widget_get_width (root) + 2,
      scrolls ? 2 * G_MAXINT16 : gtk_widget_get_height (root) + 2);

  if (gtk_widget_compute_bounds (widget, root, &box)
      && !graphene_rect_contains_rect (&all, &box))
    g_error ("%s: a %s is at %.0f,%.0f %.0f×%.0f", what, G_OBJECT_TYPE_NAME (widget),
             (double) box.origin.x, (double) box.origin.y, (double) box.size.width,
             (double) box.size.height);
}

static void
assert_parts (GtkWidget *widget, GtkWidget *root, const char *what)
{
  if (!gtk_widget_get_mapped (widget))
    return;

  if (GTK_IS_LABEL (widget)) {
    assert_whole (widget, what);
    assert_words (widget, what);
    assert_in_sight (widget, root, what);
  } else if (gtk_widget_get_focusable (widget)) {
    assert_in_sight (widget, root, what);
  }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    /* A popover is beside its parent. */
    if (!GTK_IS_NATIVE (child))
      assert_parts (child, root, what);
}

static void
find_widest (GtkWidget *widget, int widest)
{
  const char *text = GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : "";

  g_test_message ("%s is %d wide: %s", G_OBJECT_TYPE_NAME (widget), widest, text);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_mapped (child) && si_ui_test_get_min_width (child) > width * 4 / 5)
      find_widest (child, si_ui_test_get_min_width (child));
}

/* The frame that GTK draws around a window is not there on a phone, and a popover’s
 * shadow may fall beside the screen. */
static GtkWidget *
get_content (GtkWidget *shown)
{
  return GTK_IS_WINDOW (shown) ? gtk_window_get_child (GTK_WINDOW (shown))
                               : gtk_widget_get_first_child (shown);
}

static void
assert_fits (GtkWidget *content, const char *what)
{
  int min_width = si_ui_test_get_min_width (content);
  int min_height;

  gtk_widget_measure (content, GTK_ORIENTATION_VERTICAL, width, &min_height, NULL, NULL,
                      NULL);
  if (min_width > width)
    find_widest (content, min_width);
  if (min_width > width || min_height > height)
    g_error ("%s needs %d × %d", what, min_width, min_height);

  g_assert_cmpint (gtk_widget_get_width (content), <=, width);
  g_assert_cmpint (gtk_widget_get_height (content), <=, height);
  assert_parts (content, content, what);
}

/* Two fifths more than in English, and no new place to break the line. */
static void
lengthen (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget)) {
    const char      *text = gtk_label_get_text (GTK_LABEL (widget));
    glong            length = g_utf8_strlen (text, -1);
    g_autofree char *more = g_strnfill (MIN (length * 2 / 5, 12), 'n');
    g_autofree char *longer = g_strconcat (text, more, NULL);

    gtk_label_set_text (GTK_LABEL (widget), longer);
  }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    lengthen (child);
}

/* As it is laid out, not only as it is measured before; a window takes its time. */
static void
look (GtkWidget *shown, const char *name, int at_width, int at_height)
{
  GtkWidget *content = get_content (shown);
  int        tries = 20;

  width = at_width;
  height = at_height;
  do
    si_ui_test_wait_for_frame (shown);
  while (gtk_widget_get_width (content) > width && --tries > 0);
  assert_fits (content, name);
}

static void
test_small (GtkWidget *shown, const char *name)
{
  g_autofree char *long_name = g_strdup_printf ("%s in a long language", name);

  look (shown, name, SMALL_WIDTH, SMALL_HEIGHT);
  if (g_str_equal (g_getenv ("SI_TEST_LANGUAGE"), "en")) {
    lengthen (shown);
    look (shown, long_name, SMALL_WIDTH, SMALL_HEIGHT);
  }
}

static void
test_large (GtkWidget *shown, const char *name)
{
  look (shown, name, LARGE_WIDTH, LARGE_HEIGHT);
}

int
main (int argc, char **argv)
{
  gboolean large = argc > 1 && g_str_equal (argv[1], "large");

  si_ui_gallery_init (&argc, &argv);

  if (large) {
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 2 * DPI * 1024, NULL);
    si_ui_gallery_set_size (LARGE_WIDTH, LARGE_HEIGHT);
    si_ui_gallery_add ("/layout/large", test_large);
  } else {
    si_ui_gallery_set_size (SMALL_WIDTH, SMALL_HEIGHT);
    si_ui_gallery_add ("/layout/small", test_small);
  }

  return g_test_run ();
}
