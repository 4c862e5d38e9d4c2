/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-done-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "si-announce.h"
#include "si-error-text.h"
#include "si-method-text.h"
#include "si-text.h"

/* The phone was added or its number changed: what it is good for, and whether it shall be
 * the default. */

struct _SiDonePage {
  SiPage parent_instance;

  SiVerification  *verification;
  SiOverview      *overview;
  SiDefaultOption *option;

  GtkWidget      *heading;
  GtkLabel       *body_label;
  GtkWidget      *default_list;
  GtkCheckButton *default_button;
  AdwActionRow   *default_row;
  GtkLabel       *message_label;
};

G_DEFINE_FINAL_TYPE (SiDonePage, si_done_page, SI_TYPE_PAGE)

enum {
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static SiUsableFor
get_usable_for (SiDonePage *self)
{
  SiCapabilities *capabilities = si_overview_get_capabilities (self->overview);
  SiMethodPolicy *policy
      = si_capabilities_find_policy (capabilities, SI_METHOD_TYPE_PHONE);
  SiPhonePolicy *phone = NULL;

  if (policy != NULL)
    phone = si_method_policy_find_phone (policy,
                                         si_verification_get_use (self->verification));

  return phone != NULL ? si_phone_policy_get_usable_for (phone) : SI_USABLE_FOR_NOTHING;
}

static const char *
get_body (SiDonePage *self)
{
  SiUsableFor usable_for = get_usable_for (self);
  gboolean    sign_in = (usable_for & SI_USABLE_FOR_SIGN_IN) != 0;
  gboolean    password_reset = (usable_for & SI_USABLE_FOR_PASSWORD_RESET) != 0;

  if (self->option != NULL
      && si_default_option_equal (si_verification_get_new_default (self->verification),
                                  self->option))
    /* Translators: “it” is the phone that was added, or its number changed */
    return _ ("It is now your default sign-in method.");
  if (sign_in && password_reset)
    /* Translators: “it” is the phone that was added, or its number changed */
    return _ ("It can be used to sign in and to reset your password.");
  if (password_reset)
    /* Translators: “it” is the phone that was added, or its number changed */
    return _ ("It can be used to reset your password.");

  /* Translators: “it” is the phone that was added, or its number changed */
  return _ ("It can be used to sign in.");
}

/* Whether it is the default already, whatever the channel. */
static gboolean
is_default (SiDonePage *self, SiSecurityInfo *info)
{
  SiDefaultOption *present = si_security_info_get_default (info);

  return present != NULL
         && g_str_equal (si_default_option_get_method_id (present),
                         si_default_option_get_method_id (self->option));
}

/* Offered once the list is fresh: then it is known whether it can be the default. */
static void
show_default (SiDonePage *self)
{
  SiSecurityInfo    *info = si_overview_get_security_info (self->overview);
  SiCapabilities    *capabilities = si_overview_get_capabilities (self->overview);
  SiProviderFeatures features
      = si_provider_get_features (si_overview_get_provider (self->overview));

  gtk_widget_set_visible (
      self->default_list,
      self->option != NULL && (features & SI_PROVIDER_FEATURE_DEFAULT) != 0
          && !si_capabilities_get_default_is_system_chosen (capabilities)
          && si_security_info_has_default_option (info, self->option)
          && !is_default (self, info));
}

static void
overview_changed_cb (SiDonePage *self)
{
  if (self->verification != NULL)
    show_default (self);
}

static void
set_default_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SiDonePage)     self = user_data;
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiSecurityInfo) info
      = si_provider_set_default_finish (SI_PROVIDER (source), result, &error);

  si_page_set_busy (SI_PAGE (self), FALSE);
  if (info == NULL) {
    g_autofree char *sentence = si_error_text_dup_sentence (
        error, si_overview_get_capabilities (self->overview));

    gtk_label_set_text (self->message_label, sentence);
    gtk_widget_set_visible (GTK_WIDGET (self->message_label), TRUE);
    si_announce (GTK_WIDGET (self), sentence);
    if (g_error_matches (error, SI_ERROR, SI_ERROR_CHANGED))
      si_overview_refresh_security_info (self->overview);
    return;
  }

  si_overview_set_security_info (self->overview, info);
  g_signal_emit (self, signals[DONE], 0);
}

static void
submit (SiPage *page)
{
  SiDonePage *self = SI_DONE_PAGE (page);

  if (!gtk_widget_get_visible (self->default_list)
      || !gtk_check_button_get_active (self->default_button)) {
    g_signal_emit (self, signals[DONE], 0);
    return;
  }

  gtk_widget_set_visible (GTK_WIDGET (self->message_label), FALSE);
  si_page_set_busy (page, TRUE);
  si_provider_set_default_async (si_overview_get_provider (self->overview),
                                 si_overview_get_security_info (self->overview),
                                 self->option, NULL, set_default_cb, g_object_ref (self));
}

static char *
dup_announcement (SiPage *page)
{
  SiDonePage *self = SI_DONE_PAGE (page);

  return g_strdup_printf (C_ ("heading and sentence", "%1$s. %2$s"),
                          gtk_label_get_text (GTK_LABEL (self->heading)),
                          gtk_label_get_text (self->body_label));
}

static void
si_done_page_dispose (GObject *object)
{
  SiDonePage *self = SI_DONE_PAGE (object);

  g_clear_object (&self->verification);
  g_clear_object (&self->overview);
  g_clear_object (&self->option);
  gtk_widget_dispose_template (GTK_WIDGET (self), SI_TYPE_DONE_PAGE);

  G_OBJECT_CLASS (si_done_page_parent_class)->dispose (object);
}

static void
si_done_page_class_init (SiDonePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = si_done_page_dispose;
  SI_PAGE_CLASS (klass)->submit = submit;
  SI_PAGE_CLASS (klass)->dup_announcement = dup_announcement;

  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/security_info/SecurityInfo/si-done-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SiDonePage, heading);
  gtk_widget_class_bind_template_child (widget_class, SiDonePage, body_label);
  gtk_widget_class_bind_template_child (widget_class, SiDonePage, default_list);
  gtk_widget_class_bind_template_child (widget_class, SiDonePage, default_row);
  gtk_widget_class_bind_template_child (widget_class, SiDonePage, default_button);
  gtk_widget_class_bind_template_child (widget_class, SiDonePage, message_label);
}

static void
si_done_page_init (SiDonePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* The row has named it by its title, which would be heard twice. */
  si_text_set_accessible_label (
      self->default_button,
      adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->default_row)));
}

void
si_done_page_begin (SiDonePage *self, SiVerification *verification, SiOverview *overview)
{
  g_autofree char *number
      = si_text_format_number (si_verification_get_target (verification));
  gboolean changed = si_verification_get_purpose (verification) == SI_PURPOSE_CHANGE;
  g_autofree char *heading
      = changed
            /* Translators: a phone number */
            ? g_strdup_printf (_ ("The number was changed to %s"), number)
            /* Translators: a phone number */
            : g_strdup_printf (_ ("%s was added"), number);
  const char      *method_id = si_verification_get_method_id (verification);
  g_autofree char *option_text = NULL;

  g_set_object (&self->verification, verification);
  if (g_set_object (&self->overview, overview))
    g_signal_connect_object (overview, "changed", G_CALLBACK (overview_changed_cb), self,
                             G_CONNECT_SWAPPED);

  g_clear_object (&self->option);
  if (method_id != NULL)
    self->option
        = si_default_option_new (method_id, si_verification_get_channel (verification));

  gtk_label_set_text (GTK_LABEL (self->heading), heading);
  gtk_label_set_text (self->body_label, get_body (self));
  gtk_check_button_set_active (self->default_button, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->message_label), FALSE);
  show_default (self);
}
