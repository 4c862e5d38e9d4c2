/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-problem-page.h"

#include <adwaita.h>

#include "si-announce.h"
#include "si-error-text.h"
#include "si-help-group.h"
#include "si-open-link.h"
#include "si-text.h"

/* In place of the list, where there is nothing to show: what happened, and the way on. */

struct _SiProblemPage {
  GtkWidget parent_instance;

  AdwStatusPage *status_page;
  GtkWidget     *try_again_button;
  GtkWidget     *manage_button;
  GtkLabel      *reference_label;
  SiHelpGroup   *help_group;
  char          *manage_url;
  char          *sentence;

  SiConfiguration *configuration;
};

G_DEFINE_FINAL_TYPE (SiProblemPage, si_problem_page, GTK_TYPE_WIDGET)

static void
manage_clicked_cb (SiProblemPage *self)
{
  si_open_link (GTK_WIDGET (self), self->manage_url);
}

static void
set_texts (SiProblemPage *self,
           const char    *title,
           const char    *sentence,
           const char    *reference)
{
  g_autofree char *description = g_markup_escape_text (sentence, -1);

  g_free (self->sentence);
  self->sentence = g_strdup (sentence);
  adw_status_page_set_title (self->status_page, title);
  adw_status_page_set_description (self->status_page, description);
  si_text_name_status_page (self->status_page);
  gtk_label_set_text (self->reference_label, reference != NULL ? reference : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reference_label), reference != NULL);
}

static void
si_problem_page_dispose (GObject *object)
{
  SiProblemPage *self = SI_PROBLEM_PAGE (object);

  g_clear_pointer (&self->manage_url, g_free);
  g_clear_pointer (&self->sentence, g_free);
  g_clear_object (&self->configuration);
  gtk_widget_dispose_template (GTK_WIDGET (self), SI_TYPE_PROBLEM_PAGE);

  G_OBJECT_CLASS (si_problem_page_parent_class)->dispose (object);
}

static void
si_problem_page_class_init (SiProblemPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = si_problem_page_dispose;

  g_type_ensure (SI_TYPE_HELP_GROUP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/security_info/SecurityInfo/si-problem-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SiProblemPage, status_page);
  gtk_widget_class_bind_template_child (widget_class, SiProblemPage, try_again_button);
  gtk_widget_class_bind_template_child (widget_class, SiProblemPage, manage_button);
  gtk_widget_class_bind_template_child (widget_class, SiProblemPage, reference_label);
  gtk_widget_class_bind_template_child (widget_class, SiProblemPage, help_group);
  gtk_widget_class_bind_template_callback (widget_class, manage_clicked_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
si_problem_page_init (SiProblemPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  si_text_wrap_button (self->try_again_button);
  si_text_wrap_button (self->manage_button);
}

/* Whom to ask where the service has not said it; @configuration is nullable. */
void
si_problem_page_set_configuration (SiProblemPage *self, SiConfiguration *configuration)
{
  g_return_if_fail (SI_IS_PROBLEM_PAGE (self));

  g_set_object (&self->configuration, configuration);
}

/* @capabilities is nullable. */
void
si_problem_page_show (SiProblemPage  *self,
                      const GError   *error,
                      SiCapabilities *capabilities)
{
  SiProblem       *problem = si_error_get_problem (error);
  g_autofree char *sentence = si_error_text_dup_sentence (error, capabilities);
  g_autofree char *reference = si_error_text_dup_reference (error);

  g_clear_pointer (&self->manage_url, g_free);
  if (problem != NULL)
    self->manage_url = g_strdup (si_problem_get_manage_url (problem));

  set_texts (self, si_error_text_get_title (error), sentence, reference);
  gtk_widget_set_visible (self->try_again_button, TRUE);
  gtk_widget_set_visible (self->manage_button, self->manage_url != NULL);
  si_help_group_set_sources (self->help_group, self->configuration, capabilities);
}

/* For what trying again can't mend. */
void
si_problem_page_show_text (SiProblemPage *self, const char *title, const char *sentence)
{
  set_texts (self, title, sentence, NULL);
  gtk_widget_set_visible (self->try_again_button, FALSE);
  gtk_widget_set_visible (self->manage_button, FALSE);
  si_help_group_set_sources (self->help_group, self->configuration, NULL);
}

/* What happened is said where the way on is, after the title, which is the page's name.
 */
void
si_problem_page_take_focus (SiProblemPage *self)
{
  g_return_if_fail (SI_IS_PROBLEM_PAGE (self));

  if (gtk_widget_get_visible (self->try_again_button)) {
    si_announce_at (self->try_again_button, self->sentence);
  } else {
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
    si_announce (GTK_WIDGET (self), self->sentence);
  }
}
