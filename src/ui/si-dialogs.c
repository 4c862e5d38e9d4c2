/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-dialogs.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "si-names.h"
#include "si-text.h"

/* The dialogs that libadwaita has: they are windows, as this app's own are, on every
 * version of it. */

static void
response_cb (gpointer dialog, const char *response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_boolean (task, g_str_equal (response, "confirm"));
}

static GtkWidget *
new_label (const char *text, const char *style_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, style_class);

  return label;
}

/* The question and what follows from it. libadwaita before 1.8 warns of a heading of
 * their own that does not fit on a line, so the dialog is not given one. */
static void
set_text (AdwMessageDialog *dialog, const char *heading, const char *body)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_box_append (GTK_BOX (box), new_label (heading, "title-4"));
  gtk_box_append (GTK_BOX (box), new_label (body, "body"));
  adw_message_dialog_set_extra_child (dialog, box);

  gtk_window_set_title (GTK_WINDOW (dialog), heading);
  si_text_set_accessible_description (dialog, body);
}

/**
 * si_confirm_async:
 * @parent: the window that waits for the answer
 * @heading: the question, plain text
 * @body: what follows from it, plain text
 * @label: what the button that does it says
 * @callback: called with the answer
 * @user_data: data for @callback
 *
 * Asks before something that can't be undone. Nothing is pressed by Return.
 */
void
si_confirm_async (GtkWindow          *parent,
                  const char         *heading,
                  const char         *body,
                  const char         *label,
                  GAsyncReadyCallback callback,
                  gpointer            user_data)
{
  GTask            *task = g_task_new (parent, NULL, callback, user_data);
  AdwMessageDialog *dialog
      = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, NULL, NULL));

  g_task_set_source_tag (task, si_confirm_async);

  set_text (dialog, heading, body);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("Cancel"), "confirm", label,
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, "confirm",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (dialog, "cancel");
  si_names_complete (GTK_WIDGET (dialog), heading);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

gboolean
si_confirm_finish (GtkWindow *parent, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, parent), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}

/* What is new in this release, in the words of its metainfo. */
static char *
dup_release_notes (void)
{
  return g_markup_printf_escaped (
      "<p>%s</p>",
      _ ("The first release: sign in to your account, add a phone by a call or a text "
         "message, change its number, choose the default sign-in method, and delete "
         "methods. A demo with a simulated phone needs no account."));
}

/* @diagnostics is what the help desk asks for. */
void
si_show_about (GtkWindow *parent, const char *diagnostics)
{
  const char *const developers[] = { "The Security Info authors", NULL };
  g_autofree char  *release_notes = dup_release_notes ();
  GtkWidget        *about = adw_about_window_new ();

  g_object_set (
      about, "application-name", _ ("Security Info"), "application-icon", APP_ID,
      "version", PACKAGE_VERSION, "developer-name", developers[0], "developers",
      developers, "license-type", GTK_LICENSE_GPL_3_0, "copyright",
      "© 2026 The Security Info authors", "website", HOMEPAGE, "issue-url",
      HOMEPAGE "/issues", "release-notes", release_notes, "release-notes-version",
      PACKAGE_VERSION, "debug-info", diagnostics, "debug-info-filename",
      "security-info.txt",
      /* Translators: your name, as in Erik Ek <erik@example.org>; a line each */
      "translator-credits", _ ("translator-credits"), NULL);

  gtk_window_set_transient_for (GTK_WINDOW (about), parent);
  gtk_window_set_modal (GTK_WINDOW (about), TRUE);
  si_names_complete (about, _ ("About Security Info"));
  si_text_wrap_all (about, -1);
  gtk_window_present (GTK_WINDOW (about));
}
