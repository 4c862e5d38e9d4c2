/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-help-group.h"

#include <glib/gi18n.h>

#include "si-open-link.h"
#include "si-text.h"

/* Where else to go: password reset, sign-in help and the help desk. Rows without an
 * address are not shown, nor is the group without a row. */

struct _SiHelpGroup {
  AdwPreferencesGroup parent_instance;

  AdwActionRow *password_reset_row;
  AdwActionRow *sign_in_help_row;
  AdwActionRow *support_url_row;
  AdwActionRow *support_phone_row;
  AdwActionRow *support_email_row;
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
    adw_action_row_set_subtitle (row, text);

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
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
si_help_group_init (SiHelpGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* @capabilities is nullable: without them there is nothing to show. */
void
si_help_group_set_capabilities (SiHelpGroup *self, SiCapabilities *capabilities)
{
  const char      *phone, *email;
  g_autofree char *number = NULL;
  g_autofree char *address = NULL;
  gboolean         visible;

  g_return_if_fail (SI_IS_HELP_GROUP (self));

  if (capabilities == NULL) {
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
    return;
  }

  phone = si_capabilities_get_support_phone (capabilities);
  email = si_capabilities_get_support_email (capabilities);
  number = phone != NULL ? si_text_format_number (phone) : NULL;
  address = email != NULL ? si_text_isolate (email) : NULL;

  visible = set_link (self->password_reset_row,
                      si_capabilities_get_password_reset_url (capabilities));
  visible |= set_link (self->sign_in_help_row,
                       si_capabilities_get_sign_in_help_url (capabilities));
  visible
      |= set_link (self->support_url_row, si_capabilities_get_support_url (capabilities));
  visible |= set_contact (self->support_phone_row, "tel:", phone, number);
  visible |= set_contact (self->support_email_row, "mailto:", email, address);
  gtk_widget_set_visible (GTK_WIDGET (self), visible);
}
