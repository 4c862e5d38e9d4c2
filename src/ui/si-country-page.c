/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-country-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "si-list-box.h"
#include "si-text.h"

/* Choosing a country or region: a list that is searched by its name in the user's
 * language, by its English name, by ISO code and by calling code. */

struct _SiCountryPage {
  SiPage parent_instance;

  GtkSearchEntry *search_entry;
  GtkListBox     *list;
  GtkWidget      *nothing_label;
};

G_DEFINE_FINAL_TYPE (SiCountryPage, si_country_page, SI_TYPE_PAGE)

enum {
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static SiCountry *
get_country (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "country");
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer user_data)
{
  SiCountryPage *self = user_data;

  return si_country_matches (get_country (row),
                             gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
}

/* In the order of their names, but for one whose code was typed in full. */
static int
sort_cb (GtkListBoxRow *one, GtkListBoxRow *two, gpointer user_data)
{
  SiCountryPage *self = user_data;
  const char    *query = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
  gboolean       one_is_meant = si_country_is_meant (get_country (one), query);
  gboolean       two_is_meant = si_country_is_meant (get_country (two), query);

  if (one_is_meant != two_is_meant)
    return one_is_meant ? -1 : 1;

  return g_utf8_collate (si_country_get_name (get_country (one)),
                         si_country_get_name (get_country (two)));
}

static GtkListBoxRow *
find_first (SiCountryPage *self)
{
  for (int i = 0;; i++) {
    GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);

    if (row == NULL || gtk_widget_get_child_visible (GTK_WIDGET (row)))
      return row;
  }
}

static void
search_changed_cb (SiCountryPage *self)
{
  gboolean found;

  gtk_list_box_invalidate_sort (self->list);
  gtk_list_box_invalidate_filter (self->list);
  found = find_first (self) != NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->list), found);
  gtk_widget_set_visible (self->nothing_label, !found);
}

static void
row_activated_cb (SiCountryPage *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[CHOSEN], 0, si_country_get_region (get_country (row)));
}

/* Return takes the first that is found, even where it comes before the search, which
 * waits for a pause. */
static void
search_activated_cb (SiCountryPage *self)
{
  GtkListBoxRow *row;

  if (*gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) == '\0')
    return;

  search_changed_cb (self);
  row = find_first (self);
  if (row != NULL)
    row_activated_cb (self, row);
}

/* The field keeps Esc to itself. */
static void
search_stopped_cb (SiCountryPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "wizard.leave", NULL);
}

static GtkWidget *
new_row (SiCountry *country)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *code
      = si_text_format_calling_code (si_country_get_calling_code (country));
  GtkWidget *label = gtk_label_new (code);

  /* First, and alone: what is set with it would be parsed before. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  g_object_set (row, "title", si_country_get_name (country), "title-lines", 0,
                "activatable", TRUE, "selectable", FALSE, NULL);
  gtk_widget_add_css_class (label, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  g_object_set_data_full (G_OBJECT (row), "country", g_object_ref (country),
                          g_object_unref);
  si_text_set_accessible_description (row, code);

  return row;
}

static GtkWidget *
get_initial_focus (SiPage *page)
{
  return GTK_WIDGET (SI_COUNTRY_PAGE (page)->search_entry);
}

static void
si_country_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SI_TYPE_COUNTRY_PAGE);

  G_OBJECT_CLASS (si_country_page_parent_class)->dispose (object);
}

static void
si_country_page_class_init (SiCountryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = si_country_page_dispose;
  SI_PAGE_CLASS (klass)->get_initial_focus = get_initial_focus;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/security_info/SecurityInfo/si-country-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SiCountryPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, SiCountryPage, list);
  gtk_widget_class_bind_template_child (widget_class, SiCountryPage, nothing_label);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
si_country_page_init (SiCountryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  /* Translators: for screen readers: the name of a search field */
  si_text_set_accessible_label (self->search_entry, _ ("Search for a country or region"));
  /* Translators: for screen readers: the name of a list */
  si_text_set_accessible_label (self->list, _ ("Countries and regions"));
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  gtk_list_box_set_sort_func (self->list, sort_cb, self, NULL);
}

/* Lists those of @countries, a list of SiCountry, that @policy allows. */
void
si_country_page_show (SiCountryPage *self, GListModel *countries, SiMethodPolicy *policy)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  si_list_box_clear (self->list);

  for (guint i = 0; i < g_list_model_get_n_items (countries); i++) {
    g_autoptr (SiCountry) country = g_list_model_get_item (countries, i);

    if (si_method_policy_allows_country (policy, si_country_get_region (country)))
      gtk_list_box_append (self->list, new_row (country));
  }

  search_changed_cb (self);
}
