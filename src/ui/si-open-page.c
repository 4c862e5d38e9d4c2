/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-open-page.h"

#include <glib/gi18n.h>

#include "si-text.h"

/* Another verification is open: go on with that one, or cancel it for the one that is
 * wanted now. */

struct _SiOpenPage {
  SiPage parent_instance;

  GtkLabel  *heading;
  GtkButton *continue_button;
  GtkButton *replace_button;
};

G_DEFINE_FINAL_TYPE (SiOpenPage, si_open_page, SI_TYPE_PAGE)

enum {
  CONTINUE,
  REPLACE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
continue_clicked_cb (SiOpenPage *self)
{
  g_signal_emit (self, signals[CONTINUE], 0);
}

static void
replace_clicked_cb (SiOpenPage *self)
{
  g_signal_emit (self, signals[REPLACE], 0);
}

static void
set_button (GtkButton *button, char *text)
{
  gtk_button_set_label (button, text);
  si_text_wrap_button (button);
  si_text_set_accessible_label (button, text);
  g_free (text);
}

static GtkWidget *
get_initial_focus (SiPage *page)
{
  return GTK_WIDGET (SI_OPEN_PAGE (page)->continue_button);
}

static void
si_open_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SI_TYPE_OPEN_PAGE);

  G_OBJECT_CLASS (si_open_page_parent_class)->dispose (object);
}

static void
si_open_page_class_init (SiOpenPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = si_open_page_dispose;
  SI_PAGE_CLASS (klass)->get_initial_focus = get_initial_focus;

  signals[CONTINUE]
      = g_signal_new ("continue", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 0);
  signals[REPLACE]
      = g_signal_new ("replace", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/security_info/SecurityInfo/si-open-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SiOpenPage, heading);
  gtk_widget_class_bind_template_child (widget_class, SiOpenPage, continue_button);
  gtk_widget_class_bind_template_child (widget_class, SiOpenPage, replace_button);
  gtk_widget_class_bind_template_callback (widget_class, continue_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, replace_clicked_cb);
}

static void
si_open_page_init (SiOpenPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
si_open_page_show (SiOpenPage *self, SiVerification *open, SiVerificationRequest *wanted)
{
  g_autofree char *number = si_text_format_number (si_verification_get_target (open));
  g_autofree char *wanted_number
      = si_text_format_number (si_verification_request_get_number (wanted));
  gboolean         call = si_verification_request_get_channel (wanted) == SI_CHANNEL_CALL;
  g_autofree char *heading =
      /* Translators: a phone number */
      g_strdup_printf (_ ("%s is already being verified"), number);

  gtk_label_set_text (self->heading, heading);
  /* Translators: a button: goes on with the verification of this phone number */
  set_button (self->continue_button, g_strdup_printf (_ ("Continue with %s"), number));
  set_button (self->replace_button,
              call
                  /* Translators: a button: cancels the verification that is in progress,
                   * and verifies this phone number instead */
                  ? g_strdup_printf (_ ("Cancel It and Call %s"), wanted_number)
                  /* Translators: a button: cancels the verification that is in progress,
                   * and verifies this phone number instead */
                  : g_strdup_printf (_ ("Cancel It and Text %s"), wanted_number));
  si_text_set_accessible_description (self->continue_button, heading);
}
