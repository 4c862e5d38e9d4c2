/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-default-dialog.h"

#include <glib/gi18n.h>

#include "si-announce.h"
#include "si-error-text.h"
#include "si-method-text.h"
#include "si-radio-list.h"
#include "si-text.h"

/* Choosing the default sign-in method among those that can be. */

struct _SiDefaultDialog {
  AdwWindow parent_instance;

  SiOverview     *overview;
  SiSecurityInfo *info; /* whose options are shown */
  GCancellable   *cancellable;

  AdwWindowTitle *title;
  GtkWidget      *scroller;
  SiRadioList    *list;
  GtkLabel       *message_label;
  GtkSpinner     *spinner;
};

G_DEFINE_FINAL_TYPE (SiDefaultDialog, si_default_dialog, ADW_TYPE_WINDOW)

static void
fill_list (SiDefaultDialog *self)
{
  GListModel      *options = si_security_info_get_default_options (self->info);
  SiDefaultOption *present = si_security_info_get_default (self->info);

  si_radio_list_clear (self->list);
  for (guint i = 0; i < g_list_model_get_n_items (options); i++) {
    g_autoptr (SiDefaultOption) option = g_list_model_get_item (options, i);
    g_autofree char            *text = si_method_text_dup_option (self->info, option);

    si_radio_list_append (self->list, i, text, NULL);
    if (si_default_option_equal (option, present))
      si_radio_list_set_value (self->list, i);
  }
}

static void
set_busy (SiDefaultDialog *self, gboolean busy)
{
  si_text_set_busy_title (self->title, self->spinner, _ ("Change Default Method"), busy);
}

static void
set_default_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SiDefaultDialog) self = user_data;
  g_autoptr (GError)          error = NULL;
  g_autoptr (SiSecurityInfo)  info
      = si_provider_set_default_finish (SI_PROVIDER (source), result, &error);
  g_autofree char *sentence = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  set_busy (self, FALSE);
  if (info != NULL) {
    si_overview_set_security_info (self->overview, info);
    gtk_window_close (GTK_WINDOW (self));
    return;
  }

  sentence
      = si_error_text_dup_sentence (error, si_overview_get_capabilities (self->overview));
  gtk_label_set_text (self->message_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->message_label), TRUE);
  si_announce (GTK_WIDGET (self), sentence);
  if (g_error_matches (error, SI_ERROR, SI_ERROR_CHANGED))
    si_overview_refresh_security_info (self->overview);
}

static void
confirm_clicked_cb (SiDefaultDialog *self)
{
  GListModel                 *options = si_security_info_get_default_options (self->info);
  g_autoptr (SiDefaultOption) option
      = g_list_model_get_item (options, si_radio_list_get_value (self->list));

  if (gtk_spinner_get_spinning (self->spinner))
    return;

  if (option == NULL
      || si_default_option_equal (option, si_security_info_get_default (self->info))) {
    gtk_window_close (GTK_WINDOW (self));
    return;
  }

  set_busy (self, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->message_label), FALSE);
  si_provider_set_default_async (si_overview_get_provider (self->overview), self->info,
                                 option, self->cancellable, set_default_cb,
                                 g_object_ref (self));
}

/* The list may have changed elsewhere: then these are other options, and what had the
 * focus may be gone. */
static void
overview_changed_cb (SiDefaultDialog *self)
{
  GtkWidget *focus, *button;

  if (!g_set_object (&self->info, si_overview_get_security_info (self->overview)))
    return;

  fill_list (self);
  focus = gtk_window_get_focus (GTK_WINDOW (self));
  button = si_radio_list_get_focus_widget (self->list);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && button != NULL
      && (focus == NULL || !gtk_widget_get_mapped (focus)))
    gtk_widget_grab_focus (button);
}

/* The choice has the focus, not the button that the header begins with. A focus that is
 * set before there is a surface keeps GTK 4.8 from telling screen readers of a window. */
static void
si_default_dialog_map (GtkWidget *widget)
{
  SiDefaultDialog *self = SI_DEFAULT_DIALOG (widget);
  GtkWidget       *focus = si_radio_list_get_focus_widget (self->list);

  GTK_WIDGET_CLASS (si_default_dialog_parent_class)->map (widget);

  if (focus != NULL)
    gtk_widget_grab_focus (focus);
}

static void
si_default_dialog_unroot (GtkWidget *widget)
{
  g_cancellable_cancel (SI_DEFAULT_DIALOG (widget)->cancellable);

  GTK_WIDGET_CLASS (si_default_dialog_parent_class)->unroot (widget);
}

static void
si_default_dialog_dispose (GObject *object)
{
  SiDefaultDialog *self = SI_DEFAULT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->overview);
  g_clear_object (&self->info);
  gtk_widget_dispose_template (GTK_WIDGET (self), SI_TYPE_DEFAULT_DIALOG);

  G_OBJECT_CLASS (si_default_dialog_parent_class)->dispose (object);
}

static void
si_default_dialog_class_init (SiDefaultDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = si_default_dialog_dispose;
  widget_class->map = si_default_dialog_map;
  widget_class->unroot = si_default_dialog_unroot;

  g_type_ensure (SI_TYPE_RADIO_LIST);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/security_info/SecurityInfo/si-default-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SiDefaultDialog, title);
  gtk_widget_class_bind_template_child (widget_class, SiDefaultDialog, scroller);
  gtk_widget_class_bind_template_child (widget_class, SiDefaultDialog, list);
  gtk_widget_class_bind_template_child (widget_class, SiDefaultDialog, message_label);
  gtk_widget_class_bind_template_child (widget_class, SiDefaultDialog, spinner);
  gtk_widget_class_bind_template_callback (widget_class, confirm_clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
si_default_dialog_init (SiDefaultDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  set_busy (self, FALSE);
  si_text_set_accessible_label (self->scroller, _ ("Change Default Method"));
}

GtkWidget *
si_default_dialog_new (GtkWindow *parent, SiOverview *overview)
{
  SiDefaultDialog *self
      = g_object_new (SI_TYPE_DEFAULT_DIALOG, "transient-for", parent, "modal", TRUE,
                      "application", gtk_window_get_application (parent), NULL);

  self->overview = g_object_ref (overview);
  g_signal_connect_object (overview, "changed", G_CALLBACK (overview_changed_cb), self,
                           G_CONNECT_SWAPPED);
  overview_changed_cb (self);

  return GTK_WIDGET (self);
}
