/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-ui-pixels.h"

#include <math.h>

/* What is really painted: a picture of a window or popover, of twice the size, so that
 * the strokes of letters are wide enough to have pixels of their color alone. */

#define SCALE 2
/* Fewer pixels than that are edges between two colors. */
#define MIN_PIXELS 6

struct _SiUiPixels {
  int      left, top, width, height;
  guint32 *colors;
};

/* Returns: (transfer full) (nullable): what is to be painted */
static GskRenderNode *
dup_node (GtkWidget *root)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (root);
  GtkSnapshot             *snapshot = gtk_snapshot_new ();

  gtk_snapshot_scale (snapshot, SCALE, SCALE);
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (root),
                          gtk_widget_get_height (root));

  return gtk_snapshot_free_to_node (snapshot);
}

/**
 * si_ui_pixels_new:
 * @root: a window or a popover
 * @box: which part of it
 *
 * Returns: (transfer full): how it looks
 */
SiUiPixels *
si_ui_pixels_new (GtkWidget *root, const graphene_rect_t *box)
{
  SiUiPixels            *self = g_new0 (SiUiPixels, 1);
  GskRenderNode         *node;
  g_autoptr (GdkTexture) texture = NULL;

  self->left = floorf (box->origin.x) * SCALE;
  self->top = floorf (box->origin.y) * SCALE;
  self->width = ceilf (box->size.width) * SCALE;
  self->height = ceilf (box->size.height) * SCALE;
  self->colors = g_new (guint32, self->width * self->height);

  node = dup_node (root);
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (
      gtk_native_get_renderer (GTK_NATIVE (root)), node,
      &GRAPHENE_RECT_INIT (self->left, self->top, self->width, self->height));
  gsk_render_node_unref (node);
  gdk_texture_download (texture, (guchar *) self->colors, self->width * sizeof (guint32));

  return self;
}

void
si_ui_pixels_free (SiUiPixels *self)
{
  g_free (self->colors);
  g_free (self);
}

gboolean
si_ui_pixels_equal (SiUiPixels *self, SiUiPixels *other)
{
  return self->width == other->width && self->height == other->height
         && memcmp (self->colors, other->colors,
                    self->width * self->height * sizeof (guint32))
                == 0;
}

static double
get_linear (guint8 value)
{
  double part = value / 255.0;

  return part <= 0.04045 ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4);
}

/* As WCAG has it. */
static double
get_luminance (guint32 color)
{
  return 0.2126 * get_linear (color >> 16 & 0xff)
         + 0.7152 * get_linear (color >> 8 & 0xff) + 0.0722 * get_linear (color & 0xff);
}

static double
compare (guint32 one, guint32 other)
{
  double a = get_luminance (one);
  double b = get_luminance (other);

  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

static void
add (GHashTable *counts, guint32 color, int n)
{
  gpointer key = GUINT_TO_POINTER (color);

  n += GPOINTER_TO_INT (g_hash_table_lookup (counts, key));
  g_hash_table_insert (counts, key, GINT_TO_POINTER (n));
}

/* Returns: (transfer full): how often each color is there */
static GHashTable *
count_colors (SiUiPixels *self, const graphene_rect_t *box)
{
  GHashTable *counts = g_hash_table_new (NULL, NULL);
  int         left = MAX (0, (int) (box->origin.x * SCALE) - self->left);
  int         top = MAX (0, (int) (box->origin.y * SCALE) - self->top);
  int         right = MIN (self->width, left + (int) (box->size.width * SCALE));
  int         bottom = MIN (self->height, top + (int) (box->size.height * SCALE));

  for (int y = top; y < bottom; y++) {
    const guint32 *line = self->colors + y * self->width;
    int            start = left;

    for (int x = left + 1; x <= right; x++)
      if (x == right || line[x] != line[start]) {
        add (counts, line[start], x - start);
        start = x;
      }
  }

  return counts;
}

static guint32
find_most_frequent (GHashTable *counts)
{
  GHashTableIter iter;
  gpointer       color, count;
  guint32        found = 0;
  int            most = 0;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &color, &count))
    if (GPOINTER_TO_INT (count) > most) {
      most = GPOINTER_TO_INT (count);
      found = GPOINTER_TO_UINT (color);
    }

  return found;
}

/* Returns: how much what is written or drawn in @box stands out from what is behind it */
double
si_ui_pixels_get_contrast (SiUiPixels *self, const graphene_rect_t *box)
{
  g_autoptr (GHashTable) counts = count_colors (self, box);
  guint32                back = find_most_frequent (counts);
  double                 contrast = 1;
  GHashTableIter         iter;
  gpointer               color, count;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &color, &count))
    if (GPOINTER_TO_INT (count) >= MIN_PIXELS)
      contrast = MAX (contrast, compare (GPOINTER_TO_UINT (color), back));

  return contrast;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a;
  double other = *(const double *) b;

  return (one > other) - (one < other);
}

/* Returns: how much what has been drawn since @before stands out from what was there; its
 * edges count less */
double
si_ui_pixels_get_change (SiUiPixels *self, SiUiPixels *before)
{
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (double));

  g_assert_cmpint (self->width, ==, before->width);
  g_assert_cmpint (self->height, ==, before->height);
  for (int i = 0; i < self->width * self->height; i++)
    if (self->colors[i] != before->colors[i]) {
      double change = compare (self->colors[i], before->colors[i]);

      g_array_append_val (changes, change);
    }

  if (changes->len < MIN_PIXELS)
    return 1;

  g_array_sort (changes, compare_doubles);

  return g_array_index (changes, double, changes->len * 2 / 3);
}
