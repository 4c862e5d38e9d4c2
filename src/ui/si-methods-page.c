/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-methods-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "si-help-group.h"
#include "si-list-box.h"
#include "si-method-row.h"
#include "si-method-text.h"
#include "si-text.h"

/* What the person has: the default, the list of methods, whose account it is, and where
 * to find help. It shows; what is to be done it leaves to the window, by signals. */

struct _SiMethodsPage {
  GtkWidget parent_instance;

  SiConfiguration *configuration;
  SiSecurityInfo  *shown;
  SiCapabilities  *shown_capabilities;

  GtkWidget    *scroller;
  GtkWidget    *empty_page;
  GtkWidget    *add_button;
  GtkWidget    *list_page;
  GtkWidget    *default_group;
  AdwActionRow *default_row;
  GtkWidget    *change_default_button;
  GtkWidget    *system_chosen_label;
  GtkListBox   *list;
  GtkWidget    *account_group;
  AdwActionRow *account_row;
  AdwActionRow *service_row;
  GtkWidget    *managed_label;
  SiHelpGroup  *help_group;
};

G_DEFINE_FINAL_TYPE (SiMethodsPage, si_methods_page, GTK_TYPE_WIDGET)

enum {
  CHANGE_DEFAULT,
  CHANGE_NUMBER,
  DELETE_METHOD,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
change_default_clicked_cb (SiMethodsPage *self)
{
  g_signal_emit (self, signals[CHANGE_DEFAULT], 0);
}

static void
change_number_cb (SiMethodsPage *self, SiMethodRow *row)
{
  g_signal_emit (self, signals[CHANGE_NUMBER], 0, si_method_row_get_method (row));
}

static void
delete_method_cb (SiMethodsPage *self, SiMethodRow *row)
{
  g_signal_emit (self, signals[DELETE_METHOD], 0, si_method_row_get_method (row));
}

static void
fill_list (SiMethodsPage *self, SiSecurityInfo *info, SiProviderFeatures features)
{
  GListModel *methods = si_security_info_get_methods (info);

  si_list_box_clear (self->list);

  for (guint i = 0; i < g_list_model_get_n_items (methods); i++) {
    g_autoptr (SiMethod) method = g_list_model_get_item (methods, i);
    GtkWidget           *row = si_method_row_new (method, features);

    g_signal_connect_object (row, "change-number", G_CALLBACK (change_number_cb), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (row, "delete-method", G_CALLBACK (delete_method_cb), self,
                             G_CONNECT_SWAPPED);
    gtk_list_box_append (self->list, row);
  }
}

/* Returns: (transfer full) (nullable): the id of the method whose row has the focus */
static char *
dup_focused (SiMethodsPage *self, SiMethodRowPart *part)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list));

  for (; row != NULL; row = gtk_widget_get_next_sibling (row)) {
    *part = si_method_row_get_focused (SI_METHOD_ROW (row));
    if (*part != SI_METHOD_ROW_NOTHING)
      return g_strdup (si_method_get_id (si_method_row_get_method (SI_METHOD_ROW (row))));
  }

  return NULL;
}

static void
focus_method (SiMethodsPage *self, const char *id, SiMethodRowPart part)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list));

  for (; row != NULL; row = gtk_widget_get_next_sibling (row)) {
    SiMethod *method = si_method_row_get_method (SI_METHOD_ROW (row));

    if (g_str_equal (si_method_get_id (method), id)) {
      si_method_row_focus (SI_METHOD_ROW (row), part);
      return;
    }
  }

  si_methods_page_take_focus (self);
}

static gboolean
has_focus (GtkWidget *page)
{
  GtkRoot   *root = gtk_widget_get_root (page);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, page);
}

/* The list as it is now, with the focus where it was. */
static void
replace_list (SiMethodsPage *self, SiSecurityInfo *info, SiProviderFeatures features)
{
  SiMethodRowPart  part = SI_METHOD_ROW_NOTHING;
  g_autofree char *id = dup_focused (self, &part);
  gboolean is_empty = g_list_model_get_n_items (si_security_info_get_methods (info)) == 0;
  gboolean is_leaving = has_focus (is_empty ? self->list_page : self->empty_page);

  fill_list (self, info, features);
  gtk_widget_set_visible (self->list_page, !is_empty);
  gtk_widget_set_visible (self->empty_page, is_empty);
  if (is_leaving)
    si_methods_page_take_focus (self);
  else if (id != NULL)
    focus_method (self, id, part);
}

static void
show_default (SiMethodsPage *self, SiOverview *overview, SiProviderFeatures features)
{
  SiSecurityInfo  *info = si_overview_get_security_info (overview);
  SiCapabilities  *capabilities = si_overview_get_capabilities (overview);
  SiDefaultOption *option = si_security_info_get_default (info);
  guint            n_options
      = g_list_model_get_n_items (si_security_info_get_default_options (info));
  gboolean system_chosen = si_capabilities_get_default_is_system_chosen (capabilities);
  gboolean exists = (features & SI_PROVIDER_FEATURE_DEFAULT) != 0;
  g_autofree char *value = option != NULL
                               ? si_method_text_dup_option (info, option)
                               /* Translators: there is no default sign-in method */
                               : g_strdup (C_ ("default method", "None"));

  si_text_set_subtitle (self->default_row, value);
  gtk_widget_set_visible (self->default_group, exists);
  gtk_widget_set_visible (self->change_default_button, !system_chosen && n_options > 0);
  gtk_widget_set_visible (self->system_chosen_label, system_chosen);
  si_text_set_accessible_description (self->change_default_button, value);
}

static void
show_account (SiMethodsPage *self, SiSecurityInfo *info)
{
  const char      *name = si_security_info_get_account_name (info);
  const char      *username = si_security_info_get_account_username (info);
  g_autofree char *shown_name = name != NULL ? si_text_shorten (name) : NULL;
  g_autofree char *shown_username = username != NULL ? si_text_shorten (username) : NULL;

  gtk_widget_set_visible (self->account_group,
                          name != NULL || username != NULL
                              || gtk_widget_get_visible (GTK_WIDGET (self->service_row)));
  gtk_widget_set_visible (GTK_WIDGET (self->account_row),
                          name != NULL || username != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->account_row),
                                 name != NULL ? shown_name : shown_username);
  si_text_set_subtitle (self->account_row, name != NULL ? shown_username : NULL);
}

static void
si_methods_page_dispose (GObject *object)
{
  SiMethodsPage *self = SI_METHODS_PAGE (object);

  g_clear_object (&self->configuration);
  g_clear_object (&self->shown);
  g_clear_object (&self->shown_capabilities);
  gtk_widget_dispose_template (GTK_WIDGET (self), SI_TYPE_METHODS_PAGE);

  G_OBJECT_CLASS (si_methods_page_parent_class)->dispose (object);
}

static void
si_methods_page_class_init (SiMethodsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = si_methods_page_dispose;

  signals[CHANGE_DEFAULT]
      = g_signal_new ("change-default", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                      NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGE_NUMBER]
      = g_signal_new ("change-number", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                      NULL, NULL, NULL, G_TYPE_NONE, 1, SI_TYPE_METHOD);
  signals[DELETE_METHOD]
      = g_signal_new ("delete-method", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                      NULL, NULL, NULL, G_TYPE_NONE, 1, SI_TYPE_METHOD);

  g_type_ensure (SI_TYPE_HELP_GROUP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/security_info/SecurityInfo/si-methods-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SiMethodsPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, SiMethodsPage, empty_page);
  gtk_widget_class_bind_template_child (widget_class, SiMethodsPage, add_button);
  gtk_widget_class_bind_template_child (widget_class, SiMethodsPage, list_page);
  gtk_widget_class_bind_template_child (widget_class, SiMethodsPage, default_group);
  gtk_widget_class_bind_template_child (widget_class, SiMethodsPage, default_row);
  gtk_widget_class_bind_template_child (widget_class, SiMethodsPage,
                                        change_default_button);
  gtk_widget_class_bind_template_child (widget_class, SiMethodsPage, system_chosen_label);
  gtk_widget_class_bind_template_child (widget_class, SiMethodsPage, list);
  gtk_widget_class_bind_template_child (widget_class, SiMethodsPage, account_group);
  gtk_widget_class_bind_template_child (widget_class, SiMethodsPage, account_row);
  gtk_widget_class_bind_template_child (widget_class, SiMethodsPage, service_row);
  gtk_widget_class_bind_template_child (widget_class, SiMethodsPage, managed_label);
  gtk_widget_class_bind_template_child (widget_class, SiMethodsPage, help_group);
  gtk_widget_class_bind_template_callback (widget_class, change_default_clicked_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
si_methods_page_init (SiMethodsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  si_text_wrap_all (self, -1);
  si_text_wrap_button (self->add_button);
  si_text_set_accessible_label (self->scroller, _ ("Security Info"));
  /* Translators: for screen readers: the name of a list */
  si_text_set_accessible_label (self->list, _ ("Sign-in methods"));
  si_text_set_accessible_label (self->change_default_button,
                                /* Translators: for screen readers: the button Change
                                 * beside the default sign-in method */
                                _ ("Change Default Sign-In Method"));
}

/* Which service it is, and what it leaves unsaid of where to find help. @configuration is
 * nullable. */
void
si_methods_page_set_configuration (SiMethodsPage *self, SiConfiguration *configuration)
{
  GUri *backend
      = configuration != NULL ? si_configuration_get_backend (configuration) : NULL;
  g_autofree char *host
      = backend != NULL ? si_text_isolate (g_uri_get_host (backend)) : NULL;

  g_return_if_fail (SI_IS_METHODS_PAGE (self));

  g_set_object (&self->configuration, configuration);
  si_text_set_subtitle (self->service_row, host);
  gtk_widget_set_visible (GTK_WIDGET (self->service_row), host != NULL);
  gtk_widget_set_visible (self->managed_label,
                          host != NULL && si_configuration_is_managed (configuration));
}

/* Shows what @overview knows. What did not change is left as it is, with focus and scroll
 * position. */
void
si_methods_page_show (SiMethodsPage *self, SiOverview *overview)
{
  SiSecurityInfo    *info = si_overview_get_security_info (overview);
  SiCapabilities    *capabilities = si_overview_get_capabilities (overview);
  SiProviderFeatures features
      = si_provider_get_features (si_overview_get_provider (overview));
  gboolean info_changed = g_set_object (&self->shown, info);
  gboolean capabilities_changed = g_set_object (&self->shown_capabilities, capabilities);

  if (!info_changed && !capabilities_changed)
    return;

  show_default (self, overview, features);
  if (info_changed)
    replace_list (self, info, features);
  show_account (self, info);
  si_help_group_set_sources (self->help_group, self->configuration, capabilities);
}

/* To what says what holds now: the default's row, or else the first method. Where there
 * is none, one can be added. */
void
si_methods_page_take_focus (SiMethodsPage *self)
{
  g_return_if_fail (SI_IS_METHODS_PAGE (self));

  if (gtk_widget_get_visible (self->empty_page))
    gtk_widget_grab_focus (self->add_button);
  else if (gtk_widget_get_visible (self->default_group))
    gtk_widget_grab_focus (GTK_WIDGET (self->default_row));
  else
    gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}
