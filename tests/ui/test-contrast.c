/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-ui-gallery.h"
#include "si-ui-pixels.h"

/* All text and each icon stands out from what is behind it, as WCAG 2.1 asks: 4.5 : 1 for
 * text, 3 : 1 for large text and for what is drawn, and 7 : 1 for text where high
 * contrast is wanted. It is measured where it is painted. */

#define WIDTH 480
#define HEIGHT 900

#define MIN_TEXT 4.5
#define MIN_LARGE 3.0
#define MIN_DRAWN 3.0
#define MIN_TEXT_HIGH 7.0

#define LARGE 24.0 /* pixels, which are 18 points */
#define LARGE_BOLD 18.66

#define MARGIN 6

static gboolean high;

static gboolean
contains (GtkWidget *outer, GtkWidget *root, const graphene_rect_t *box)
{
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (outer, root, &bounds)
         && graphene_rect_contains_rect (&bounds, box);
}

/* Not scrolled away. */
static gboolean
is_in_sight (GtkWidget *widget, GtkWidget *root, const graphene_rect_t *box)
{
  for (GtkWidget *outer = widget; outer != root; outer = gtk_widget_get_parent (outer))
    if (GTK_IS_SCROLLED_WINDOW (outer) && !contains (outer, root, box))
      return FALSE;

  return contains (root, root, box);
}

static gboolean
is_large (GtkWidget *widget)
{
  PangoContext               *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= 96.0 / 72.0;

  return size >= LARGE
         || (size >= LARGE_BOLD
             && pango_font_description_get_weight (font) >= PANGO_WEIGHT_BOLD);
}

static const char *
get_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  if (GTK_IS_TEXT (widget))
    return gtk_editable_get_text (GTK_EDITABLE (widget));

  return NULL;
}

/* The icon of the app is a picture, not a sign. */
static gboolean
is_drawn (GtkWidget *widget)
{
  static const char *const names[] = { "radio", "check", "switch", NULL };

  if (GTK_IS_SPINNER (widget))
    return gtk_spinner_get_spinning (GTK_SPINNER (widget));
  if (GTK_IS_IMAGE (widget))
    return !gtk_widget_has_css_class (widget, "icon-dropshadow");

  return g_strv_contains (names, gtk_widget_get_css_name (widget));
}

static double
get_minimum (GtkWidget *widget)
{
  if (is_drawn (widget))
    return MIN_DRAWN;

  if (high)
    return is_large (widget) ? MIN_TEXT : MIN_TEXT_HIGH;

  return is_large (widget) ? MIN_LARGE : MIN_TEXT;
}

/* Returns: (transfer full): what the style knows of it */
static char *
describe_kind (GtkWidget *widget)
{
  g_auto (GStrv)   classes = gtk_widget_get_css_classes (widget);
  g_autofree char *joined = g_strjoinv (".", classes);

  return g_strconcat (gtk_widget_get_css_name (widget), ".", joined, NULL);
}

static void
judge (GtkWidget  *widget,
       double      contrast,
       double      minimum,
       const char *name,
       const char *what)
{
  g_autofree char *outer = describe_kind (gtk_widget_get_parent (widget));
  g_autofree char *kind = describe_kind (widget);

  g_test_message ("%s%s: %.2f : 1: %s > %s: %s", contrast < minimum ? "LOW " : "", name,
                  contrast, outer, kind, what);
  if (contrast < minimum)
    g_test_fail ();
}

static void
measure (GtkWidget *widget, GtkWidget *root, SiUiPixels *pixels, const char *name)
{
  graphene_rect_t box;

  if (gtk_widget_compute_bounds (widget, root, &box) && box.size.width > 0
      && is_in_sight (widget, root, &box))
    judge (widget, si_ui_pixels_get_contrast (pixels, &box), get_minimum (widget), name,
           get_text (widget) ? get_text (widget) : "");
}

static gboolean
is_measured (GtkWidget *widget)
{
  const char *text = get_text (widget);

  return is_drawn (widget) || (text != NULL && *text != '\0');
}

static void
measure_all (GtkWidget *widget, GtkWidget *root, SiUiPixels *pixels, const char *name)
{
  /* What is not to be pressed now need not stand out. */
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_is_sensitive (widget))
    return;

  if (is_measured (widget))
    measure (widget, root, pixels, name);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_NATIVE (child))
      measure_all (child, root, pixels, name);
}

/* Where the focus is drawn around it: for what is typed, around the field. */
static GtkWidget *
get_ring (GtkWidget *widget)
{
  return GTK_IS_TEXT (widget) ? gtk_widget_get_parent (widget) : widget;
}

/* One of each kind. */
static gboolean
is_new (GtkWidget *widget)
{
  static GHashTable *seen;
  g_autofree char   *kind = describe_kind (widget);

  if (seen == NULL)
    seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return g_hash_table_add (seen, g_steal_pointer (&kind));
}

static SiUiPixels *
draw (GtkWidget *root, const graphene_rect_t *box, gboolean focus)
{
  gtk_window_set_focus_visible (GTK_WINDOW (root), focus);
  si_ui_test_wait_for_frame (root);

  return si_ui_pixels_new (root, box);
}

static void
measure_ring (GtkWidget *widget, GtkWidget *root, const char *name)
{
  graphene_rect_t        box;
  g_autoptr (SiUiPixels) before = NULL;
  g_autoptr (SiUiPixels) after = NULL;
  double                 contrast;

  if (!gtk_widget_compute_bounds (get_ring (widget), root, &box)
      || !is_in_sight (get_ring (widget), root, &box) || !is_new (get_ring (widget)))
    return;

  graphene_rect_inset (&box, -MARGIN, -MARGIN);
  gtk_window_set_focus (GTK_WINDOW (root), GTK_IS_TEXT (widget) ? NULL : widget);
  before = draw (root, &box, FALSE);
  gtk_window_set_focus (GTK_WINDOW (root), widget);
  after = draw (root, &box, TRUE);
  contrast = si_ui_pixels_get_change (after, before);
  judge (get_ring (widget), contrast, MIN_DRAWN, name, "focus");
}

/* Text that can be selected shows that instead, and a page is but where reading begins.
 */
static gboolean
is_operated (GtkWidget *widget)
{
  return gtk_widget_get_focusable (widget)
         && gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) == NULL
         && (GTK_IS_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget)
             || GTK_IS_SWITCH (widget) || GTK_IS_LIST_BOX_ROW (widget)
             || GTK_IS_TEXT (widget));
}

static void
measure_rings (GtkWidget *widget, GtkWidget *root, const char *name)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_is_sensitive (widget))
    return;

  if (is_operated (widget))
    measure_ring (widget, root, name);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_NATIVE (child))
      measure_rings (child, root, name);
}

static void
test_contrast (GtkWidget *shown, const char *name)
{
  g_autoptr (SiUiPixels) pixels = NULL;
  graphene_rect_t        all;

  si_ui_test_wait_for_frame (shown);
  g_assert_true (gtk_widget_compute_bounds (shown, shown, &all));
  pixels = si_ui_pixels_new (shown, &all);
  measure_all (shown, shown, pixels, name);
  if (GTK_IS_WINDOW (shown))
    measure_rings (shown, shown, name);
}

/* Light or dark, and with how much contrast, as the desktop would say. */
static void
init (int *argc, char ***argv)
{
  const char *style = (*argv)[1];
  gboolean    dark = g_str_has_suffix (style, "dark");

  high = g_str_has_prefix (style, "high");
  g_setenv ("ADW_DEBUG_COLOR_SCHEME", dark ? "prefer-dark" : "prefer-light", TRUE);
  g_setenv ("ADW_DEBUG_HIGH_CONTRAST", high ? "1" : "0", TRUE);
  si_ui_gallery_init (argc, argv);
  g_assert_cmpint (adw_style_manager_get_dark (adw_style_manager_get_default ()), ==,
                   dark);
  g_assert_cmpint (adw_style_manager_get_high_contrast (adw_style_manager_get_default ()),
                   ==, high);
}

int
main (int argc, char **argv)
{
  g_assert_cmpint (argc, >, 1);
  init (&argc, &argv);
  si_ui_gallery_set_size (WIDTH, HEIGHT);
  si_ui_gallery_add ("/contrast", test_contrast);

  return g_test_run ();
}
