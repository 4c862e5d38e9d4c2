/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-phone-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "si-country-list.h"
#include "si-error-text.h"
#include "si-method-text.h"
#include "si-number-text.h"
#include "si-phone-choice.h"
#include "si-phone-number.h"
#include "si-radio-list.h"
#include "si-text.h"

/* Which phone, in which country, with which number, called or texted. What was typed
 * stays until the wizard closes. */

/* How long somebody who types rests before a screen reader says the number in full. */
#define PAUSE_MS 700

struct _SiPhonePage {
  SiPage parent_instance;

  SiOverview         *overview;
  SiMethodPolicy     *policy;
  SiMethod           *method; /* whose number changes; NULL where a phone is added */
  GListModel         *countries;
  char               *region;
  SiPhoneNumber      *number;
  SiPhoneNumberStatus status;
  gboolean            formatting;
  guint               describe_id;

  GtkLabel     *old_number_label;
  AdwActionRow *country_row;
  GtkLabel     *number_label;
  GtkEntry     *number_entry;
  GtkLabel     *summary_label;
  GtkWidget    *uses_box;
  SiRadioList  *uses_list;
  SiRadioList  *channels_list;
  GtkLabel     *channel_label;
};

G_DEFINE_FINAL_TYPE (SiPhonePage, si_phone_page, SI_TYPE_PAGE)

enum {
  CHOOSE_COUNTRY,
  REQUESTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static SiPhoneUse
get_use (SiPhonePage *self)
{
  return self->method != NULL ? si_method_get_use (self->method)
                              : (SiPhoneUse) si_radio_list_get_value (self->uses_list);
}

static SiChannel
get_channel (SiPhonePage *self)
{
  return (SiChannel) si_radio_list_get_value (self->channels_list);
}

static gboolean
number_is_allowed (SiPhonePage *self)
{
  const char *region = si_phone_number_get_region (self->number);

  return region == NULL || si_method_policy_allows_country (self->policy, region);
}

static void
set_error_style (gpointer widget, gboolean is_error)
{
  if (is_error)
    gtk_widget_add_css_class (widget, "error");
  else
    gtk_widget_remove_css_class (widget, "error");
}

static void
describe (SiPhonePage *self)
{
  g_clear_handle_id (&self->describe_id, g_source_remove);
  si_text_set_accessible_description (self->number_entry,
                                      gtk_label_get_text (self->summary_label));
}

static gboolean
describe_cb (gpointer user_data)
{
  SiPhonePage *self = user_data;

  self->describe_id = 0;
  describe (self);

  return G_SOURCE_REMOVE;
}

/* While somebody types, what is heard is what they type, not each number on the way. */
static void
describe_after_pause (SiPhonePage *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self))) {
    describe (self);
    return;
  }

  g_clear_handle_id (&self->describe_id, g_source_remove);
  self->describe_id = g_timeout_add (PAUSE_MS, describe_cb, self);
}

/* An error may be the number's fault or not. */
static void
show_summary (SiPhonePage *self, const char *text, gboolean is_error, gboolean is_invalid)
{
  gtk_label_set_text (self->summary_label, text);
  set_error_style (self->summary_label, is_error);
  set_error_style (self->number_entry, is_invalid);
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->number_entry), GTK_ACCESSIBLE_STATE_INVALID,
      is_invalid ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* The number in full as it will be called, or an example while there is none yet. */
static void
update_summary (SiPhonePage *self)
{
  g_autofree char *text = NULL;

  if (self->number != NULL)
    text = si_number_text_dup_summary (self->number, get_channel (self));
  else
    text = si_number_text_dup_example (self->region);

  show_summary (self, text, FALSE, FALSE);
  describe_after_pause (self);
}

static void
show_region (SiPhonePage *self)
{
  SiCountry       *country = si_country_list_find (self->countries, self->region);
  g_autofree char *text = NULL;

  if (country == NULL) {
    /* Translators: in place of the name of a country or region */
    text = g_strdup (C_ ("country or region", "Not chosen"));
  } else {
    g_autofree char *code
        = si_text_format_calling_code (si_country_get_calling_code (country));

    /* Translators: a country or region and its calling code: Sweden (+46) */
    text = g_strdup_printf (C_ ("country or region", "%1$s (%2$s)"),
                            si_country_get_name (country), code);
  }

  si_text_set_subtitle (self->country_row, text);
}

static void
parse_number (SiPhonePage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->number_entry));
  const char *region;

  g_clear_pointer (&self->number, si_phone_number_free);
  self->number = si_phone_number_parse (text, self->region, &self->status);
  region = self->number != NULL ? si_phone_number_get_region (self->number) : NULL;

  /* A number that says where it is sets the country. */
  if (region != NULL && g_strcmp0 (region, self->region) != 0) {
    g_free (self->region);
    self->region = g_strdup (region);
    show_region (self);
  }

  update_summary (self);
}

static void
format_number (SiPhonePage *self)
{
  GtkEditable     *editable = GTK_EDITABLE (self->number_entry);
  int              position = gtk_editable_get_position (editable);
  int              new_position = position;
  g_autofree char *text = si_phone_number_format_typing (
      gtk_editable_get_text (editable), self->region, position, &new_position);

  if (strcmp (text, gtk_editable_get_text (editable)) == 0)
    return;

  self->formatting = TRUE;
  gtk_editable_set_text (editable, text);
  gtk_editable_set_position (editable, new_position);
  self->formatting = FALSE;
}

/* GtkText emits "changed" in the middle of an insertion, when neither the caret nor,
 * during a paste, the text is what it will be: so the formatting waits until the event is
 * over. */
static gboolean
format_later_cb (gpointer user_data)
{
  SiPhonePage *self = user_data;

  if (self->countries != NULL) {
    format_number (self);
    parse_number (self);
  }

  return G_SOURCE_REMOVE;
}

static void
number_changed_cb (SiPhonePage *self)
{
  if (self->formatting || self->countries == NULL)
    return;

  parse_number (self);
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, format_later_cb, g_object_ref (self),
                   g_object_unref);
}

static void
country_activated_cb (SiPhonePage *self)
{
  g_signal_emit (self, signals[CHOOSE_COUNTRY], 0);
}

/* What the one way is, and why there is no other, where that is known: @phone is
 * nullable.
 */
static char *
dup_only_channel (SiPhonePolicy *phone, SiChannel channels)
{
  gboolean      is_text = channels == SI_CHANNEL_TEXT;
  SiUnavailable other = phone == NULL
                            ? SI_UNAVAILABLE_NOT
                            : si_phone_policy_get_channel_unavailable (
                                phone, is_text ? SI_CHANNEL_CALL : SI_CHANNEL_TEXT);
  const char   *only = is_text ? _ ("You will get a text message with a code.")
                               : _ ("You will get a call.");

  if (other == SI_UNAVAILABLE_NOT)
    return g_strdup (only);

  if (other == SI_UNAVAILABLE_POLICY_DISALLOWED)
    return si_text_join_sentences (
        only, is_text
                  ? _ ("Your organization does not allow calls to this phone.")
                  : _ ("Your organization does not allow text messages to this phone."));

  return si_text_join_sentences (only,
                                 is_text ? _ ("This phone can’t be called.")
                                         : _ ("This phone can’t receive text messages."));
}

static void
show_channels (SiPhonePage *self)
{
  SiPhonePolicy *phone = si_method_policy_find_phone (self->policy, get_use (self));
  SiChannel      channels
      = phone != NULL ? si_phone_policy_get_channels (phone) : SI_CHANNEL_NONE;
  SiChannel        before = get_channel (self);
  g_autofree char *text = NULL;

  /* A phone that is there can be reached as it was, whatever may be added now. */
  if (channels == SI_CHANNEL_NONE && self->method != NULL)
    channels = si_method_get_channels (self->method);

  si_radio_list_clear (self->channels_list);
  if (channels & SI_CHANNEL_CALL)
    /* Translators: a choice: the phone is verified by a call */
    si_radio_list_append (self->channels_list, SI_CHANNEL_CALL, _ ("Call me"), NULL);
  if (channels & SI_CHANNEL_TEXT)
    /* Translators: a choice: the phone is verified by a code in a text message */
    si_radio_list_append (self->channels_list, SI_CHANNEL_TEXT, _ ("Text me"), NULL);
  si_radio_list_set_value (self->channels_list, before);

  /* Where there is one way only, it is stated, not asked. */
  gtk_widget_set_visible (GTK_WIDGET (self->channels_list),
                          si_radio_list_get_length (self->channels_list) > 1);
  gtk_widget_set_visible (GTK_WIDGET (self->channel_label),
                          si_radio_list_get_length (self->channels_list) == 1);
  text = dup_only_channel (phone, channels);
  gtk_label_set_text (self->channel_label, text);
}

static void
use_changed_cb (SiPhonePage *self)
{
  if (self->policy == NULL)
    return;

  show_channels (self);
  update_summary (self);
}

static void
channel_changed_cb (SiPhonePage *self)
{
  if (self->policy != NULL)
    update_summary (self);
}

static void
show_uses (SiPhonePage *self)
{
  GListModel *phones = si_method_policy_get_phones (self->policy);

  si_radio_list_clear (self->uses_list);
  for (guint i = 0; i < g_list_model_get_n_items (phones); i++) {
    g_autoptr (SiPhonePolicy) phone = g_list_model_get_item (phones, i);
    SiPhoneUse                use = si_phone_policy_get_use (phone);
    SiUsableFor               usable_for = si_phone_policy_get_usable_for (phone);

    if (si_phone_choice_get_use_unavailable (self->overview, phone) == SI_UNAVAILABLE_NOT)
      si_radio_list_append (self->uses_list, use, si_method_text_get_use_name (use),
                            si_method_text_get_usable_for (usable_for));
  }

  gtk_widget_set_visible (self->uses_box,
                          self->method == NULL
                              && si_radio_list_get_length (self->uses_list) > 1);
}

static void
show_old_number (SiPhonePage *self)
{
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->old_number_label), self->method != NULL);
  if (self->method == NULL)
    return;

  number = si_text_format_number (si_method_get_number (self->method));
  text = g_strdup_printf (
      /* Translators: a phone number */
      _ ("The current number is %s. It stays until the new one is verified."), number);
  gtk_label_set_text (self->old_number_label, text);
}

/* The organisation's country, else that of the number so far, else the locale's. */
static char *
choose_region (SiPhonePage *self)
{
  const char      *preset = si_method_policy_get_default_country (self->policy);
  g_autofree char *region = NULL;

  if (self->method != NULL) {
    g_autoptr (SiPhoneNumber) old
        = si_phone_number_parse (si_method_get_number (self->method), NULL, NULL);

    if (old != NULL && si_phone_number_get_region (old) != NULL)
      return g_strdup (si_phone_number_get_region (old));
  }

  region = preset != NULL ? g_strdup (preset) : si_country_dup_region_from_locale ();
  if (region != NULL && si_method_policy_allows_country (self->policy, region))
    return g_steal_pointer (&region);

  return NULL;
}

/* A screen reader says the field's new description, even if it is the old one once more,
 * or says it with the field. */
static void
show_error (SiPhonePage *self, const char *text, gboolean is_invalid)
{
  show_summary (self, text, TRUE, is_invalid);
  si_text_set_accessible_description (self->number_entry, NULL);
  describe (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->number_entry));
}

static void
submit (SiPage *page)
{
  SiPhonePage                      *self = SI_PHONE_PAGE (page);
  g_autoptr (SiVerificationRequest) request = NULL;

  if (self->number == NULL) {
    g_autofree char *text
        = si_number_text_dup_error (self->status, self->countries, self->region);

    show_error (self, text, TRUE);
    return;
  }

  if (!number_is_allowed (self)) {
    show_error (self,
                _ ("Your organization does not allow numbers from this country "
                   "or region. Use another number."),
                TRUE);
    return;
  }

  if (self->method != NULL)
    request = si_verification_request_new_change (
        si_method_get_id (self->method), get_use (self),
        si_phone_number_get_e164 (self->number), get_channel (self));
  else
    request = si_verification_request_new_add (
        get_use (self), si_phone_number_get_e164 (self->number), get_channel (self));

  update_summary (self);
  g_signal_emit (self, signals[REQUESTED], 0, request);
}

static GtkWidget *
get_initial_focus (SiPage *page)
{
  return GTK_WIDGET (SI_PHONE_PAGE (page)->number_entry);
}

static char *
dup_announcement (SiPage *page)
{
  SiPhonePage *self = SI_PHONE_PAGE (page);

  return self->method != NULL ? g_strdup (gtk_label_get_text (self->old_number_label))
                              : NULL;
}

static void
entry_activated_cb (SiPhonePage *self)
{
  si_page_submit (SI_PAGE (self));
}

static void
si_phone_page_dispose (GObject *object)
{
  SiPhonePage *self = SI_PHONE_PAGE (object);

  g_clear_handle_id (&self->describe_id, g_source_remove);
  g_clear_object (&self->countries);
  g_clear_object (&self->policy);
  g_clear_object (&self->method);
  g_clear_object (&self->overview);
  g_clear_pointer (&self->region, g_free);
  g_clear_pointer (&self->number, si_phone_number_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), SI_TYPE_PHONE_PAGE);

  G_OBJECT_CLASS (si_phone_page_parent_class)->dispose (object);
}

static void
si_phone_page_class_init (SiPhonePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = si_phone_page_dispose;
  SI_PAGE_CLASS (klass)->submit = submit;
  SI_PAGE_CLASS (klass)->get_initial_focus = get_initial_focus;
  SI_PAGE_CLASS (klass)->dup_announcement = dup_announcement;

  signals[CHOOSE_COUNTRY]
      = g_signal_new ("choose-country", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                      NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REQUESTED]
      = g_signal_new ("requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 1, SI_TYPE_VERIFICATION_REQUEST);

  g_type_ensure (SI_TYPE_RADIO_LIST);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/security_info/SecurityInfo/si-phone-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SiPhonePage, old_number_label);
  gtk_widget_class_bind_template_child (widget_class, SiPhonePage, country_row);
  gtk_widget_class_bind_template_child (widget_class, SiPhonePage, number_label);
  gtk_widget_class_bind_template_child (widget_class, SiPhonePage, number_entry);
  gtk_widget_class_bind_template_child (widget_class, SiPhonePage, summary_label);
  gtk_widget_class_bind_template_child (widget_class, SiPhonePage, uses_box);
  gtk_widget_class_bind_template_child (widget_class, SiPhonePage, uses_list);
  gtk_widget_class_bind_template_child (widget_class, SiPhonePage, channels_list);
  gtk_widget_class_bind_template_child (widget_class, SiPhonePage, channel_label);
  gtk_widget_class_bind_template_callback (widget_class, country_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, number_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, channel_changed_cb);
}

static void
si_phone_page_init (SiPhonePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  si_text_set_left_to_right (GTK_EDITABLE (self->number_entry));
}

/* Begins with an empty form. @countries is a list of SiCountry; @method the phone whose
 * number changes, NULL to add one. */
void
si_phone_page_begin (SiPhonePage *self,
                     SiOverview  *overview,
                     GListModel  *countries,
                     SiMethod    *method)
{
  SiCapabilities *capabilities = si_overview_get_capabilities (overview);
  SiMethodPolicy *policy
      = si_capabilities_find_policy (capabilities, SI_METHOD_TYPE_PHONE);

  g_set_object (&self->overview, overview);
  g_set_object (&self->policy, policy);
  g_set_object (&self->method, method);
  g_set_object (&self->countries, countries);
  g_free (self->region);
  self->region = choose_region (self);

  si_page_set_title (SI_PAGE (self),
                     method != NULL ? _ ("Change Number") : C_ ("method", "Phone"));
  show_old_number (self);
  show_region (self);
  show_uses (self);
  show_channels (self);
  parse_number (self);
}

/* Returns: (transfer none): what the organisation allows for phones */
SiMethodPolicy *
si_phone_page_get_policy (SiPhonePage *self)
{
  g_return_val_if_fail (SI_IS_PHONE_PAGE (self), NULL);

  return self->policy;
}

void
si_phone_page_set_region (SiPhonePage *self, const char *region)
{
  g_return_if_fail (SI_IS_PHONE_PAGE (self));

  g_free (self->region);
  self->region = g_strdup (region);
  show_region (self);
  format_number (self);
  parse_number (self);
}

/* Why the backend did not take it. What was typed stays. */
void
si_phone_page_show_error (SiPhonePage *self, const GError *error)
{
  g_autofree char *sentence = NULL;

  g_return_if_fail (SI_IS_PHONE_PAGE (self));

  sentence
      = si_error_text_dup_sentence (error, si_overview_get_capabilities (self->overview));
  show_error (self, sentence, g_error_matches (error, SI_ERROR, SI_ERROR_INVALID_INPUT));
}
