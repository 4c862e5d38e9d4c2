/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-add-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "si-list-box.h"
#include "si-method-text.h"
#include "si-open-link.h"
#include "si-phone-choice.h"
#include "si-text.h"

/* The wizard's first step: which type of method. What can't be added stays visible, with
 * the reason. */

struct _SiAddPage {
  SiPage parent_instance;

  SiCapabilities *capabilities;

  GtkListBox *list;
  GtkWidget  *no_phone_label;
  GtkWidget  *safer_label;
  GtkWidget  *phone_row;
};

G_DEFINE_FINAL_TYPE (SiAddPage, si_add_page, SI_TYPE_PAGE)

enum {
  PHONE_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
row_activated_cb (SiAddPage *self, GtkListBoxRow *row)
{
  if (GTK_WIDGET (row) == self->phone_row)
    g_signal_emit (self, signals[PHONE_CHOSEN], 0);
  else
    si_open_link (GTK_WIDGET (self), si_capabilities_get_manage_url (self->capabilities));
}

static GtkWidget *
add_row (SiAddPage *self, SiMethodType type, const char *subtitle, const char *suffix)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (si_method_text_get_icon_name (type));

  /* First, and alone: what is set with it would be parsed before. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  g_object_set (row, "title", si_method_text_get_type_name (type), "subtitle",
                subtitle != NULL ? subtitle : "", "subtitle-lines", 0, "title-lines", 0,
                "activatable", suffix != NULL, "selectable", FALSE, NULL);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  if (suffix != NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                               gtk_image_new_from_icon_name (suffix));
  if (subtitle != NULL)
    si_text_set_accessible_description (row, subtitle);
  gtk_list_box_append (self->list, row);

  return row;
}

static void
add_unavailable_row (SiAddPage *self, SiMethodType type, const char *reason)
{
  g_autofree char *help_desk = si_method_text_dup_help_desk (self->capabilities);
  g_autofree char *subtitle = si_text_join_sentences (reason, help_desk);
  GtkWidget       *row = add_row (self, type, subtitle, NULL);

  gtk_widget_add_css_class (row, "si-unavailable");
}

static void
add_web_row (SiAddPage *self, SiMethodPolicy *policy)
{
  const char *usable_for
      = si_method_text_get_usable_for (si_method_policy_get_usable_for (policy));
  g_autofree char *subtitle = NULL;

  if (usable_for != NULL)
    /* Translators: where a method is added, and what for: On the web page – Sign-in and
     * password reset */
    subtitle = g_strdup_printf (_ ("On the web page – %s"), usable_for);
  else
    /* Translators: some methods are added on a web page of the organization */
    subtitle = g_strdup (_ ("On the web page"));
  add_row (self, si_method_policy_get_method_type (policy), subtitle,
           "adw-external-link-symbolic");
}

static void
add_phone_row (SiAddPage *self, SiMethodPolicy *policy, SiOverview *overview)
{
  const char *usable_for
      = si_method_text_get_usable_for (si_method_policy_get_usable_for (policy));
  SiUnavailable unavailable = si_phone_choice_get_unavailable (overview);

  if (unavailable == SI_UNAVAILABLE_NOT)
    self->phone_row
        = add_row (self, SI_METHOD_TYPE_PHONE, usable_for, "go-next-symbolic");
  else
    add_unavailable_row (self, SI_METHOD_TYPE_PHONE,
                         si_method_text_get_unavailable (unavailable));
}

static gboolean
is_safer (SiMethodType type)
{
  return type == SI_METHOD_TYPE_AUTHENTICATOR_APP || type == SI_METHOD_TYPE_SECURITY_KEY;
}

/* Returns whether a safer type than a phone can be chosen. */
static gboolean
fill_list (SiAddPage *self, SiOverview *overview)
{
  GListModel *policies = si_capabilities_get_policies (self->capabilities);
  gboolean    has_web_page = si_capabilities_get_manage_url (self->capabilities) != NULL;
  gboolean    safer = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (policies); i++) {
    g_autoptr (SiMethodPolicy) policy = g_list_model_get_item (policies, i);
    SiMethodType               type = si_method_policy_get_method_type (policy);
    SiUnavailable              unavailable = si_method_policy_get_unavailable (policy);

    if (type == SI_METHOD_TYPE_PHONE) {
      add_phone_row (self, policy, overview);
    } else if (!si_method_policy_get_can_add (policy)) {
      if (unavailable == SI_UNAVAILABLE_NOT)
        unavailable = SI_UNAVAILABLE_OTHER;
      add_unavailable_row (self, type, si_method_text_get_unavailable (unavailable));
    } else if (has_web_page) {
      add_web_row (self, policy);
      safer |= is_safer (type);
    }
  }

  return safer;
}

static GtkWidget *
get_initial_focus (SiPage *page)
{
  return SI_ADD_PAGE (page)->phone_row;
}

static char *
dup_announcement (SiPage *page)
{
  SiAddPage *self = SI_ADD_PAGE (page);

  return self->phone_row == NULL
             ? g_strdup (gtk_label_get_text (GTK_LABEL (self->no_phone_label)))
             : NULL;
}

static void
si_add_page_dispose (GObject *object)
{
  SiAddPage *self = SI_ADD_PAGE (object);

  g_clear_object (&self->capabilities);
  gtk_widget_dispose_template (GTK_WIDGET (self), SI_TYPE_ADD_PAGE);

  G_OBJECT_CLASS (si_add_page_parent_class)->dispose (object);
}

static void
si_add_page_class_init (SiAddPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = si_add_page_dispose;
  SI_PAGE_CLASS (klass)->get_initial_focus = get_initial_focus;
  SI_PAGE_CLASS (klass)->dup_announcement = dup_announcement;

  signals[PHONE_CHOSEN]
      = g_signal_new ("phone-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                      NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/security_info/SecurityInfo/si-add-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SiAddPage, list);
  gtk_widget_class_bind_template_child (widget_class, SiAddPage, no_phone_label);
  gtk_widget_class_bind_template_child (widget_class, SiAddPage, safer_label);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
si_add_page_init (SiAddPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  /* Translators: for screen readers: the name of a list */
  si_text_set_accessible_label (self->list, _ ("Types of methods"));
}

void
si_add_page_show (SiAddPage *self, SiOverview *overview)
{
  gboolean safer;

  si_list_box_clear (self->list);

  self->phone_row = NULL;
  g_set_object (&self->capabilities, si_overview_get_capabilities (overview));
  safer = fill_list (self, overview);
  gtk_widget_set_visible (GTK_WIDGET (self->list),
                          gtk_widget_get_first_child (GTK_WIDGET (self->list)) != NULL);
  gtk_widget_set_visible (self->safer_label, safer && self->phone_row != NULL);
  gtk_widget_set_visible (self->no_phone_label, self->phone_row == NULL);
  if (self->phone_row == NULL) {
    g_autofree char *help_desk = si_method_text_dup_help_desk (self->capabilities);
    g_autofree char *text = si_text_join_sentences (
        _ ("You can’t add a phone to this account right now."), help_desk);

    gtk_label_set_text (GTK_LABEL (self->no_phone_label), text);
  }
}
