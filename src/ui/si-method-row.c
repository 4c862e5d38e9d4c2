/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-method-row.h"

#include <glib/gi18n.h>

#include "si-method-text.h"
#include "si-text.h"
#include "si-wrap-box.h"

/* One method in the list: what it is, what it is good for, and what can be done with it.
 */

struct _SiMethodRow {
  AdwPreferencesRow parent_instance;

  SiMethod *method;

  GtkImage  *icon;
  GtkLabel  *title_label;
  GtkLabel  *default_tag;
  GtkLabel  *subtitle_label;
  GtkWidget *change_button;
  GtkWidget *delete_button;
};

G_DEFINE_FINAL_TYPE (SiMethodRow, si_method_row, ADW_TYPE_PREFERENCES_ROW)

enum {
  CHANGE_NUMBER,
  DELETE_METHOD,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
change_clicked_cb (SiMethodRow *self)
{
  g_signal_emit (self, signals[CHANGE_NUMBER], 0);
}

static void
delete_clicked_cb (SiMethodRow *self)
{
  g_signal_emit (self, signals[DELETE_METHOD], 0);
}

static char *
dup_subtitle (SiMethod *method)
{
  g_autofree char *detail = si_method_text_dup_detail (method);
  const char      *usable_for
      = si_method_text_get_usable_for (si_method_get_usable_for (method));

  if (detail != NULL && usable_for != NULL)
    /* Two lines, each a text of its own. */
    return si_text_join_lines (detail, usable_for);

  return g_strdup (detail != NULL ? detail : usable_for);
}

/* What is beside and below the title, as far as it has no name of its own. */
static void
describe (SiMethodRow *self, const char *subtitle)
{
  g_autofree char *text = NULL;

  if (si_method_get_is_default (self->method))
    text = g_strjoin ("\n", gtk_label_get_text (self->default_tag), subtitle, NULL);

  si_text_set_accessible_description (self, text != NULL ? text : subtitle);
}

static const char *
get_title (SiMethod *method)
{
  SiPhoneUse use = si_method_get_use (method);

  /* The mobile phone is just "Phone"; the others say which they are. */
  if (use == SI_PHONE_USE_ALTERNATE || use == SI_PHONE_USE_OFFICE)
    return si_method_text_get_use_name (use);

  return si_method_text_get_type_name (si_method_get_method_type (method));
}

static void
set_up_change (SiMethodRow *self)
{
  g_autofree char *number = si_method_text_dup_detail (self->method);
  g_autofree char *label = g_strdup_printf (
      /* Translators: what a button does, for screen readers; the phone's number */
      _ ("Change Number of Phone %s"), number != NULL ? number : "");

  si_text_set_accessible_label (self->change_button, label);
  si_text_set_accessible_description (self->change_button, NULL);
}

/* A method that can't be deleted keeps its button, which says why: one that can't be
 * pressed could not be asked. */
static void
set_up_delete (SiMethodRow *self)
{
  g_autofree char *label = si_method_text_dup_delete_label (self->method);
  const char      *reason;

  si_text_set_accessible_label (self->delete_button, label);
  si_text_set_accessible_description (self->delete_button, NULL);
  if (si_method_get_can_delete (self->method))
    return;

  reason
      = si_method_text_get_delete_blocked (si_method_get_delete_blocked (self->method));
  gtk_widget_set_tooltip_text (self->delete_button, reason);
  gtk_widget_add_css_class (self->delete_button, "dim-label");
  si_text_set_accessible_description (self->delete_button, reason);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->delete_button),
                               GTK_ACCESSIBLE_STATE_DISABLED, TRUE, -1);
}

static void
si_method_row_dispose (GObject *object)
{
  SiMethodRow *self = SI_METHOD_ROW (object);

  g_clear_object (&self->method);
  gtk_widget_dispose_template (GTK_WIDGET (self), SI_TYPE_METHOD_ROW);

  G_OBJECT_CLASS (si_method_row_parent_class)->dispose (object);
}

static void
si_method_row_class_init (SiMethodRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = si_method_row_dispose;

  signals[CHANGE_NUMBER]
      = g_signal_new ("change-number", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                      NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DELETE_METHOD]
      = g_signal_new ("delete-method", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                      NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (SI_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/security_info/SecurityInfo/si-method-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SiMethodRow, icon);
  gtk_widget_class_bind_template_child (widget_class, SiMethodRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, SiMethodRow, default_tag);
  gtk_widget_class_bind_template_child (widget_class, SiMethodRow, subtitle_label);
  gtk_widget_class_bind_template_child (widget_class, SiMethodRow, change_button);
  gtk_widget_class_bind_template_child (widget_class, SiMethodRow, delete_button);
  gtk_widget_class_bind_template_callback (widget_class, change_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, delete_clicked_cb);
}

static void
si_method_row_init (SiMethodRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
si_method_row_new (SiMethod *method, SiProviderFeatures features)
{
  SiMethodRow     *self = g_object_new (SI_TYPE_METHOD_ROW, NULL);
  const char      *title = get_title (method);
  g_autofree char *subtitle = dup_subtitle (method);
  SiMethodType     type = si_method_get_method_type (method);

  self->method = g_object_ref (method);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  si_text_set_accessible_label (self, title);
  gtk_label_set_text (self->title_label, title);
  gtk_label_set_text (self->subtitle_label, subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle_label), subtitle != NULL);
  describe (self, subtitle);
  gtk_image_set_from_icon_name (self->icon, si_method_text_get_icon_name (type));
  gtk_widget_set_visible (GTK_WIDGET (self->default_tag),
                          si_method_get_is_default (method));
  gtk_widget_set_visible (self->change_button,
                          si_method_get_can_change (method)
                              && type == SI_METHOD_TYPE_PHONE
                              && (features & SI_PROVIDER_FEATURE_CHANGE_PHONE) != 0);
  gtk_widget_set_visible (self->delete_button,
                          type != SI_METHOD_TYPE_OTHER
                              && (features & SI_PROVIDER_FEATURE_DELETE) != 0);
  set_up_change (self);
  set_up_delete (self);

  return GTK_WIDGET (self);
}

SiMethod *
si_method_row_get_method (SiMethodRow *self)
{
  g_return_val_if_fail (SI_IS_METHOD_ROW (self), NULL);

  return self->method;
}

SiMethodRowPart
si_method_row_get_focused (SiMethodRow *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  g_return_val_if_fail (SI_IS_METHOD_ROW (self), SI_METHOD_ROW_NOTHING);

  if (focus == NULL)
    return SI_METHOD_ROW_NOTHING;
  if (focus == self->change_button)
    return SI_METHOD_ROW_CHANGE;
  if (focus == self->delete_button)
    return SI_METHOD_ROW_DELETE;

  return focus == GTK_WIDGET (self) ? SI_METHOD_ROW_ITSELF : SI_METHOD_ROW_NOTHING;
}

/* A button that is not there leaves it to the row. */
void
si_method_row_focus (SiMethodRow *self, SiMethodRowPart part)
{
  GtkWidget *widget = GTK_WIDGET (self);

  g_return_if_fail (SI_IS_METHOD_ROW (self));

  if (part == SI_METHOD_ROW_CHANGE && gtk_widget_get_visible (self->change_button))
    widget = self->change_button;
  else if (part == SI_METHOD_ROW_DELETE && gtk_widget_get_visible (self->delete_button))
    widget = self->delete_button;
  gtk_widget_grab_focus (widget);
}
