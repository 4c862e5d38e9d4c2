/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-help-group.h"

#include <glib/gi18n.h>

#include "si-open-link.h"
#include "si-text.h"

/* Where else to go: password reset, sign-in help, the help desk, and what becomes of
 * one's data. Rows without an address are not shown, nor is the group without a row. */

struct _SiHelpGroup {
  AdwPreferencesGroup parent_instance;

  AdwActionRow *password_reset_row;
  AdwActionRow *sign_in_help_row;
  AdwActionRow *support_url_row;
  AdwActionRow *support_phone_row;
  AdwActionRow *support_email_row;
  AdwActionRow *privacy_row;
};

G_DEFINE_FINAL_TYPE (SiHelpGroup, si_help_group, ADW_TYPE_PREFERENCES_GROUP)

static void
row_activated_cb (SiHelpGroup *self, AdwActionRow *row)
{
  si_open_link (GTK_WIDGET (self), g_object_get_data (G_OBJECT (row), "link"));
}

static gboolean
set_link (AdwActionRow *row, const char *link)
{
  gboolean visible = si_uri_may_open (link);

  g_object_set_data_full (G_OBJECT (row), "link", g_strdup (link), g_free);
  gtk_widget_set_visible (GTK_WIDGET (row), visible);

  return visible;
}

static gboolean
set_contact (AdwActionRow *row, const char *scheme, const char *address, const char *text)
{
  g_autofree char *link = address != NULL ? g_strconcat (scheme, address, NULL) : NULL;

  if (text != NULL)
    si_text_set_subtitle (row, text);

  return set_link (row, link);
}

static void
si_help_group_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SI_TYPE_HELP_GROUP);

  G_OBJECT_CLASS (si_help_group_parent_class)->dispose (object);
}

static void
si_help_group_class_init (SiHelpGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = si_help_group_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/security_info/SecurityInfo/si-help-group.ui");
  gtk_widget_class_bind_template_child (widget_class, SiHelpGroup, password_reset_row);
  gtk_widget_class_bind_template_child (widget_class, SiHelpGroup, sign_in_help_row);
  gtk_widget_class_bind_template_child (widget_class, SiHelpGroup, support_url_row);
  gtk_widget_class_bind_template_child (widget_class, SiHelpGroup, support_phone_row);
  gtk_widget_class_bind_template_child (widget_class, SiHelpGroup, support_email_row);
  gtk_widget_class_bind_template_child (widget_class, SiHelpGroup, privacy_row);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
si_help_group_init (SiHelpGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What the service says counts, and what is configured where it says nothing. */
static const char *
pick (SiConfiguration *configuration,
      SiCapabilities  *capabilities,
      const char *(*get_configured) (SiConfiguration *self),
      const char *(*get_offered) (SiCapabilities *self))
{
  const char *offered = capabilities != NULL ? get_offered (capabilities) : NULL;

  if (offered != NULL || configuration == NULL)
    return offered;

  return get_configured (configuration);
}

#define PICK(name)                                                                       \
  pick (configuration, capabilities, si_configuration_get_##name,                        \
        si_capabilities_get_##name)

/* @configuration and @capabilities are nullable: without either, there is nothing to
 * show. */
void
si_help_group_set_sources (SiHelpGroup     *self,
                           SiConfiguration *configuration,
                           SiCapabilities  *capabilities)
{
  const char      *phone = PICK (support_phone);
  const char      *email = PICK (support_email);
  const char      *privacy_url = NULL;
  g_autofree char *number = phone != NULL ? si_text_format_number (phone) : NULL;
  g_autofree char *address = email != NULL ? si_text_isolate (email) : NULL;
  gboolean         visible;

  g_return_if_fail (SI_IS_HELP_GROUP (self));

  if (configuration != NULL)
    privacy_url = si_configuration_get_privacy_url (configuration);

  visible = set_link (self->password_reset_row, PICK (password_reset_url));
  visible |= set_link (self->sign_in_help_row, PICK (sign_in_help_url));
  visible |= set_link (self->support_url_row, PICK (support_url));
  visible |= set_contact (self->support_phone_row, "tel:", phone, number);
  visible |= set_contact (self->support_email_row, "mailto:", email, address);
  visible |= set_link (self->privacy_row, privacy_url);
  gtk_widget_set_visible (GTK_WIDGET (self), visible);
}
