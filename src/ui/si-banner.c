/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-banner.h"

#include "si-announce.h"
#include "si-wrap-box.h"

/* A line across the window that says what is going on while everything below it stays
 * usable. */

struct _SiBanner {
  GtkWidget parent_instance;

  GtkRevealer *revealer;
  GtkLabel    *label;
};

G_DEFINE_FINAL_TYPE (SiBanner, si_banner, GTK_TYPE_WIDGET)

static void
si_banner_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SI_TYPE_BANNER);

  G_OBJECT_CLASS (si_banner_parent_class)->dispose (object);
}

static void
si_banner_class_init (SiBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = si_banner_dispose;

  g_type_ensure (SI_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/security_info/SecurityInfo/si-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, SiBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, SiBanner, label);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
si_banner_init (SiBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* @text is plain text. */
void
si_banner_show (SiBanner *self, const char *text)
{
  g_return_if_fail (SI_IS_BANNER (self));

  if (gtk_revealer_get_reveal_child (self->revealer)
      && g_strcmp0 (gtk_label_get_text (self->label), text) == 0)
    return;

  gtk_label_set_text (self->label, text);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  si_announce (GTK_WIDGET (self), text);
}

void
si_banner_hide (SiBanner *self)
{
  g_return_if_fail (SI_IS_BANNER (self));

  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}
