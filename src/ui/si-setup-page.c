/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-setup-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "si-announce.h"
#include "si-installed-file.h"
#include "si-text.h"

/* In place of the list, where no service is configured: what an administrator does about
 * that, and the demo meanwhile. */

struct _SiSetupPage {
  GtkWidget parent_instance;

  AdwStatusPage *status_page;
  GtkWidget     *demo_button;
  GtkLabel      *keys_label;
};

G_DEFINE_FINAL_TYPE (SiSetupPage, si_setup_page, GTK_TYPE_WIDGET)

/* What an administrator has to set, and where that is written. */
static void
describe_keys (SiSetupPage *self)
{
  g_autofree char *schema = si_text_isolate (APP_ID);
  g_autofree char *path = si_installed_file_dup_path (DOCDIR "/administrators.md");
  g_autofree char *guide = si_text_isolate (path);
  g_autofree char *text = g_strdup_printf (
      /* Translators: backend-url, issuer and client-id are what to type, and stay as they
       * are; %1$s is the settings’ id, as dconf and gsettings know it, %2$s a file. */
      _ ("Administrators set these keys of %1$s in dconf:\nbackend-url, issuer, "
         "client-id\nThey are described in %2$s."),
      schema, guide);

  gtk_label_set_text (self->keys_label, text);
}

static void
si_setup_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SI_TYPE_SETUP_PAGE);

  G_OBJECT_CLASS (si_setup_page_parent_class)->dispose (object);
}

static void
si_setup_page_class_init (SiSetupPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = si_setup_page_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/security_info/SecurityInfo/si-setup-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SiSetupPage, status_page);
  gtk_widget_class_bind_template_child (widget_class, SiSetupPage, demo_button);
  gtk_widget_class_bind_template_child (widget_class, SiSetupPage, keys_label);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
si_setup_page_init (SiSetupPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  si_text_name_status_page (self->status_page);
  si_text_wrap_button (self->demo_button);
  describe_keys (self);
}

/* To what there is to do, which says why. */
void
si_setup_page_take_focus (SiSetupPage *self)
{
  g_return_if_fail (SI_IS_SETUP_PAGE (self));

  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
  si_announce (GTK_WIDGET (self), adw_status_page_get_description (self->status_page));
}
