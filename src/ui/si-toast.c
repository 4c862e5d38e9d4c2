/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-toast.h"

#include "si-announce.h"
#include "si-names.h"

/* Toasts that are read in full, and heard. */

static void
toasts_changed_cb (GListModel *toasts, guint position, guint removed, guint added)
{
  for (guint i = position; i < position + added; i++) {
    g_autoptr (GtkWidget) toast = g_list_model_get_item (toasts, i);

    si_names_complete (toast, "");
  }
}

/* A toast's button has no name of its own in libadwaita 1.2, and is there only once the
 * toast is, which waits for those before it. */
void
si_toast_set_up (AdwToastOverlay *overlay)
{
  GListModel *toasts = gtk_widget_observe_children (GTK_WIDGET (overlay));

  g_signal_connect (toasts, "items-changed", G_CALLBACK (toasts_changed_cb), NULL);
  g_object_set_data_full (G_OBJECT (overlay), "si-toasts", toasts, g_object_unref);
}

/* @text is plain text. A toast's own title is cut where the window is narrow. */
void
si_toast_show (AdwToastOverlay *overlay, const char *text)
{
  AdwToast  *toast = adw_toast_new ("");
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 22);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  adw_toast_set_custom_title (toast, label);
  adw_toast_overlay_add_toast (overlay, toast);
  si_announce (GTK_WIDGET (overlay), text);
}
