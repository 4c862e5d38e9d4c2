/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-wrap-box.h"

/* Its children stand beside each other as far as they have room, and then below. One that
 * stands alone has the whole width; of several, the first that expands has what is left.
 *
 * libadwaita has an AdwWrapBox from 1.7 on. */

#define COLUMN_SPACING 12
#define ROW_SPACING 6

struct _SiWrapBox {
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (SiWrapBox, si_wrap_box, GTK_TYPE_WIDGET)

typedef struct {
  GtkWidget *first;
  GtkWidget *end; /* (nullable): the first of the next line */
  GtkWidget *expanding;
  int        width;
  int        used;
  gboolean   is_single;
} Line;

/* Returns: (nullable): @child, or what comes after it and is to be seen */
static GtkWidget *
skip_hidden (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);

  return child;
}

static GtkWidget *
get_first (GtkWidget *widget)
{
  return skip_hidden (gtk_widget_get_first_child (widget));
}

static GtkWidget *
get_next (GtkWidget *child)
{
  return skip_hidden (gtk_widget_get_next_sibling (child));
}

static int
get_natural_width (GtkWidget *child)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

static Line
fill_line (GtkWidget *first, int width)
{
  Line line = { .first = first, .width = width };

  for (line.end = first; line.end != NULL; line.end = get_next (line.end)) {
    int spacing = line.end == first ? 0 : COLUMN_SPACING;
    int natural = get_natural_width (line.end);

    if (line.end != first && line.used + spacing + natural > width)
      break;

    line.used += spacing + natural;
    line.is_single = line.end == first;
    if (line.expanding == NULL
        && gtk_widget_compute_expand (line.end, GTK_ORIENTATION_HORIZONTAL))
      line.expanding = line.end;
  }

  return line;
}

static int
get_width (const Line *line, GtkWidget *child)
{
  if (line->is_single)
    return line->width;

  return get_natural_width (child)
         + (child == line->expanding ? line->width - line->used : 0);
}

static int
get_height (const Line *line)
{
  int height = 0;

  for (GtkWidget *child = line->first; child != line->end; child = get_next (child)) {
    int natural;

    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, get_width (line, child), NULL,
                        &natural, NULL, NULL);
    height = MAX (height, natural);
  }

  return height;
}

static void
measure_width (GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  for (GtkWidget *child = get_first (widget); child != NULL; child = get_next (child)) {
    int child_minimum, child_natural;

    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum,
                        &child_natural, NULL, NULL);
    *minimum = MAX (*minimum, child_minimum);
    *natural += child_natural + (*natural == 0 ? 0 : COLUMN_SPACING);
  }
}

static int
measure_height (GtkWidget *widget, int width)
{
  int height = 0;

  for (GtkWidget *child = get_first (widget); child != NULL;) {
    Line line = fill_line (child, width);

    height += get_height (&line) + (height == 0 ? 0 : ROW_SPACING);
    child = line.end;
  }

  return height;
}

static void
si_wrap_box_measure (GtkWidget     *widget,
                     GtkOrientation orientation,
                     int            for_size,
                     int           *minimum,
                     int           *natural,
                     int           *minimum_baseline,
                     int           *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL || for_size < 0)
    measure_width (widget, minimum, natural);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = measure_height (widget, for_size < 0 ? *natural : for_size);
}

static void
allocate_line (GtkWidget *widget, const Line *line, int y, int height)
{
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int      x = 0;

  for (GtkWidget *child = line->first; child != line->end; child = get_next (child)) {
    int width = get_width (line, child);

    gtk_widget_size_allocate (
        child,
        &(GtkAllocation){ mirrored ? line->width - x - width : x, y, width, height }, -1);
    x += width + COLUMN_SPACING;
  }
}

static void
si_wrap_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  int y = 0;

  for (GtkWidget *child = get_first (widget); child != NULL;) {
    Line line = fill_line (child, width);
    int  line_height = get_height (&line);

    allocate_line (widget, &line, y, line_height);
    y += line_height + ROW_SPACING;
    child = line.end;
  }
}

static GtkSizeRequestMode
si_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
si_wrap_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (si_wrap_box_parent_class)->dispose (object);
}

static void
si_wrap_box_class_init (SiWrapBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = si_wrap_box_dispose;
  widget_class->measure = si_wrap_box_measure;
  widget_class->size_allocate = si_wrap_box_size_allocate;
  widget_class->get_request_mode = si_wrap_box_get_request_mode;

  gtk_widget_class_set_css_name (widget_class, "box");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
si_wrap_box_init (SiWrapBox *self)
{
}
