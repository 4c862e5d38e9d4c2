/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-sign-in-dialog.h"

#include "si-sign-in-page.h"

/* Asks the person to sign in (once more), in front of what they were doing, which then
 * goes on. Who closes it declines. */

struct _SiSignInDialog {
  AdwWindow parent_instance;

  SiSession *session;

  SiSignInPage *page;
};

G_DEFINE_FINAL_TYPE (SiSignInDialog, si_sign_in_dialog, ADW_TYPE_WINDOW)

static void
session_changed_cb (SiSignInDialog *self)
{
  if (!si_session_is_asked_for (self->session))
    gtk_window_destroy (GTK_WINDOW (self));
}

static gboolean
si_sign_in_dialog_close_request (GtkWindow *window)
{
  si_session_decline (SI_SIGN_IN_DIALOG (window)->session);

  return GDK_EVENT_STOP;
}

/* A focus that is set before there is a surface keeps GTK 4.8 from telling screen readers
 * of the window. */
static void
si_sign_in_dialog_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (si_sign_in_dialog_parent_class)->map (widget);

  si_sign_in_page_take_focus (SI_SIGN_IN_DIALOG (widget)->page);
}

static void
si_sign_in_dialog_dispose (GObject *object)
{
  SiSignInDialog *self = SI_SIGN_IN_DIALOG (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), SI_TYPE_SIGN_IN_DIALOG);

  G_OBJECT_CLASS (si_sign_in_dialog_parent_class)->dispose (object);
}

static void
si_sign_in_dialog_class_init (SiSignInDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = si_sign_in_dialog_dispose;
  widget_class->map = si_sign_in_dialog_map;
  GTK_WINDOW_CLASS (klass)->close_request = si_sign_in_dialog_close_request;

  g_type_ensure (SI_TYPE_SIGN_IN_PAGE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/security_info/SecurityInfo/si-sign-in-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SiSignInDialog, page);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
si_sign_in_dialog_init (SiSignInDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

SiSignInDialog *
si_sign_in_dialog_new (GtkWindow       *parent,
                       SiSignIn        *sign_in,
                       SiConfiguration *configuration)
{
  /* The page's buttons are the application's actions. */
  SiSignInDialog *self
      = g_object_new (SI_TYPE_SIGN_IN_DIALOG, "transient-for", parent, "application",
                      gtk_window_get_application (parent), NULL);

  self->session = g_object_ref (si_sign_in_get_session (sign_in));
  si_sign_in_page_set_sign_in (self->page, sign_in, configuration);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (session_changed_cb),
                           self, G_CONNECT_SWAPPED);

  return self;
}
