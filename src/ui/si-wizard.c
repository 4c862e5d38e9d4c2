/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-wizard.h"

#include <glib/gi18n.h>

#include "si-add-page.h"
#include "si-announce.h"
#include "si-country-list.h"
#include "si-country-page.h"
#include "si-done-page.h"
#include "si-enrollment.h"
#include "si-error.h"
#include "si-open-page.h"
#include "si-phone-page.h"
#include "si-text.h"
#include "si-verify-page.h"

/* The window in which a phone is added or its number changed. Which page is up follows
 * from how the enrollment stands; the pages do not know each other. */

/* How long the app may stay for a call to be hung up after its last window is gone. */
#define MAX_STAY_MS 2000

struct _SiWizard {
  AdwWindow parent_instance;

  SiOverview            *overview;
  SiEnrollment          *enrollment;
  GListModel            *countries;
  SiVerificationRequest *request;
  gboolean               chose_phone;
  gboolean               skipped_choice;
  gboolean               choosing_country;
  guint                  stay_id;

  GtkWidget      *back_button;
  GtkWidget      *cancel_button;
  GtkWidget      *next_button;
  GtkSpinner     *spinner;
  AdwWindowTitle *title;
  GtkStack       *stack;
  SiAddPage      *add_page;
  SiPhonePage    *phone_page;
  SiCountryPage  *country_page;
  SiOpenPage     *open_page;
  SiVerifyPage   *verify_page;
  SiDonePage     *done_page;
};

G_DEFINE_FINAL_TYPE (SiWizard, si_wizard, ADW_TYPE_WINDOW)

enum {
  FINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static SiPage *
get_page (SiWizard *self)
{
  return SI_PAGE (gtk_stack_get_visible_child (self->stack));
}

static void
show_header (SiWizard *self)
{
  SiPage          *page = get_page (self);
  g_autofree char *next_label = NULL;
  gboolean         can_go_back, can_cancel, busy;

  g_object_get (page, "next-label", &next_label, "can-go-back", &can_go_back,
                "can-cancel", &can_cancel, "busy", &busy, NULL);
  if (page == SI_PAGE (self->phone_page))
    can_go_back = !self->skipped_choice;

  si_text_set_busy_title (self->title, self->spinner, si_page_get_title (page), busy);
  gtk_window_set_title (GTK_WINDOW (self), si_page_get_title (page));
  gtk_widget_set_visible (self->back_button, can_go_back);
  gtk_widget_set_visible (self->cancel_button, can_cancel);
  gtk_widget_set_visible (self->next_button, next_label != NULL);
  if (next_label != NULL)
    gtk_button_set_label (GTK_BUTTON (self->next_button), next_label);
  gtk_window_set_default_widget (GTK_WINDOW (self),
                                 next_label != NULL ? self->next_button : NULL);
}

static void
arrive (SiWizard *self)
{
  SiPage          *page = get_page (self);
  GtkWidget       *focus = si_page_get_initial_focus (page);
  g_autofree char *announcement = si_page_dup_announcement (page);

  if (focus == NULL && gtk_widget_get_visible (self->next_button))
    focus = self->next_button;

  if (focus == NULL)
    gtk_widget_child_focus (GTK_WIDGET (page), GTK_DIR_TAB_FORWARD);
  else if (announcement == NULL)
    gtk_widget_grab_focus (focus);
  else
    si_announce_at (focus, announcement);

  if (focus == NULL && announcement != NULL)
    si_announce (GTK_WIDGET (page), announcement);
}

static SiPage *
choose_page (SiWizard *self)
{
  SiVerification *verification = si_enrollment_get_verification (self->enrollment);

  if (verification != NULL
      && si_verification_get_state (verification) == SI_VERIFICATION_STATE_VERIFIED)
    return SI_PAGE (self->done_page);
  if (verification != NULL)
    return SI_PAGE (self->verify_page);
  if (self->request != NULL && si_enrollment_get_other (self->enrollment) != NULL)
    return SI_PAGE (self->open_page);
  if (self->choosing_country)
    return SI_PAGE (self->country_page);
  if (self->chose_phone)
    return SI_PAGE (self->phone_page);

  return SI_PAGE (self->add_page);
}

/* What a page needs to know before it comes up. */
static void
prepare_page (SiWizard *self, SiPage *page)
{
  if (page == SI_PAGE (self->verify_page))
    si_verify_page_begin (self->verify_page, self->enrollment, self->overview);
  else if (page == SI_PAGE (self->done_page))
    si_done_page_begin (self->done_page,
                        si_enrollment_get_verification (self->enrollment),
                        self->overview);
  else if (page == SI_PAGE (self->open_page))
    si_open_page_show (self->open_page, si_enrollment_get_other (self->enrollment),
                       self->request);
  else if (page == SI_PAGE (self->country_page))
    si_country_page_show (self->country_page, self->countries,
                          si_phone_page_get_policy (self->phone_page));
}

static void
update_page (SiWizard *self)
{
  SiPage *page = choose_page (self);

  if (page != get_page (self)) {
    prepare_page (self, page);
    /* Or GtkStack would bring the focus to whatever comes first on the new page, on its
     * way to where it belongs. */
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
    gtk_stack_set_visible_child (self->stack, GTK_WIDGET (page));
    show_header (self);
    /* A focus that is set before there is a surface keeps GTK 4.8 from telling screen
     * readers of a window. */
    if (gtk_widget_get_mapped (GTK_WIDGET (self)))
      arrive (self);
  } else {
    show_header (self);
  }
}

static void
verification_changed_cb (SiWizard *self)
{
  SiVerification *verification = si_enrollment_get_verification (self->enrollment);

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;

  update_page (self);
  if (verification != NULL
      && si_verification_get_state (verification) == SI_VERIFICATION_STATE_VERIFIED)
    si_overview_refresh_security_info (self->overview);
}

static void
show_error (SiWizard *self, const GError *error)
{
  if (get_page (self) == SI_PAGE (self->verify_page))
    si_verify_page_show_error (self->verify_page, error);
  else
    si_phone_page_show_error (self->phone_page, error);
}

static void
start_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SiWizard) self = user_data;
  g_autoptr (GError)   error = NULL;
  gboolean started = si_enrollment_start_finish (SI_ENROLLMENT (source), result, &error);

  si_page_set_busy (SI_PAGE (self->phone_page), FALSE);
  si_page_set_busy (SI_PAGE (self->open_page), FALSE);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;

  /* With another one that is known to be open the request waits for a decision. */
  if (!started
      && (!g_error_matches (error, SI_ERROR, SI_ERROR_IN_PROGRESS)
          || si_enrollment_get_other (self->enrollment) == NULL))
    g_clear_object (&self->request);

  update_page (self);
  if (!started && self->request == NULL)
    show_error (self, error);
}

static void
start (SiWizard *self, gboolean replace)
{
  si_page_set_busy (get_page (self), TRUE);
  si_enrollment_start_async (self->enrollment, self->request, replace, start_cb,
                             g_object_ref (self));
}

static void
requested_cb (SiWizard *self, SiVerificationRequest *request)
{
  g_set_object (&self->request, request);
  start (self, FALSE);
}

static void
replace_cb (SiWizard *self)
{
  if (!si_page_get_busy (SI_PAGE (self->open_page)))
    start (self, TRUE);
}

static void
continue_cb (SiWizard *self)
{
  if (!si_page_get_busy (SI_PAGE (self->open_page)))
    si_enrollment_adopt (self->enrollment, si_enrollment_get_other (self->enrollment));
}

static void
phone_chosen_cb (SiWizard *self)
{
  if (!self->chose_phone && si_phone_page_get_policy (self->phone_page) == NULL)
    si_phone_page_begin (self->phone_page, self->overview, self->countries, NULL);
  self->chose_phone = TRUE;
  update_page (self);
}

static void
choose_country_cb (SiWizard *self)
{
  self->choosing_country = TRUE;
  update_page (self);
}

static void
country_chosen_cb (SiWizard *self, const char *region)
{
  si_phone_page_set_region (self->phone_page, region);
  self->choosing_country = FALSE;
  update_page (self);
}

static void
canceled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SiWizard) self = user_data;
  g_autoptr (GError)   error = NULL;

  si_page_set_busy (SI_PAGE (self->verify_page), FALSE);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;

  if (!si_enrollment_cancel_finish (SI_ENROLLMENT (source), result, &error))
    show_error (self, error);
  else
    update_page (self);
}

/* Back to the number, once the call is hung up: an approval that came first wins. */
static void
leave_verification_cb (SiWizard *self)
{
  if (si_page_get_busy (SI_PAGE (self->verify_page)))
    return;

  g_clear_object (&self->request);
  si_page_set_busy (SI_PAGE (self->verify_page), TRUE);
  si_enrollment_cancel_async (self->enrollment, canceled_cb, g_object_ref (self));
}

static void
go_back (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SiWizard *self = SI_WIZARD (widget);
  SiPage   *page = get_page (self);

  if (!gtk_widget_get_visible (self->back_button) || si_page_get_busy (page))
    return;

  if (page == SI_PAGE (self->verify_page)) {
    leave_verification_cb (self);
    return;
  }

  if (page == SI_PAGE (self->open_page))
    g_clear_object (&self->request);
  else if (page == SI_PAGE (self->country_page))
    self->choosing_country = FALSE;
  else
    self->chose_phone = FALSE;
  update_page (self);
}

/* From the list of countries Esc leads back to the number: what was typed there stays. */
static void
leave (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SiWizard *self = SI_WIZARD (widget);

  if (get_page (self) == SI_PAGE (self->country_page))
    go_back (widget, action, parameter);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
next_clicked_cb (SiWizard *self)
{
  si_page_submit (get_page (self));
}

static void
done_cb (SiWizard *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static void
stop_staying (SiWizard *self)
{
  if (self->stay_id == 0)
    return;

  g_clear_handle_id (&self->stay_id, g_source_remove);
  g_application_release (g_application_get_default ());
}

static gboolean
stayed_long_enough_cb (gpointer user_data)
{
  SiWizard *self = user_data;

  self->stay_id = 0;
  g_application_release (g_application_get_default ());

  return G_SOURCE_REMOVE;
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SiWizard) self = user_data;
  SiVerification      *verification;

  si_enrollment_cancel_finish (SI_ENROLLMENT (source), result, NULL);
  verification = si_enrollment_get_verification (self->enrollment);
  if (verification != NULL
      && si_verification_get_state (verification) != SI_VERIFICATION_STATE_VERIFIED)
    verification = NULL;

  g_signal_emit (self, signals[FINISHED], 0, verification);
  stop_staying (self);
}

/* The window goes at once; the call is hung up behind it. */
static gboolean
si_wizard_close_request (GtkWindow *window)
{
  SiWizard       *self = SI_WIZARD (window);
  SiVerification *verification = si_enrollment_get_verification (self->enrollment);

  if (verification != NULL
      && si_verification_get_state (verification) == SI_VERIFICATION_STATE_VERIFIED) {
    g_signal_emit (self, signals[FINISHED], 0, NULL);
  } else if (self->stay_id == 0) {
    g_application_hold (g_application_get_default ());
    self->stay_id = g_timeout_add (MAX_STAY_MS, stayed_long_enough_cb, self);
    si_enrollment_cancel_async (self->enrollment, closed_cb, g_object_ref (self));
  }

  return GTK_WINDOW_CLASS (si_wizard_parent_class)->close_request (window);
}

static void
si_wizard_dispose (GObject *object)
{
  SiWizard *self = SI_WIZARD (object);

  stop_staying (self);
  g_clear_object (&self->overview);
  g_clear_object (&self->enrollment);
  g_clear_object (&self->countries);
  g_clear_object (&self->request);
  gtk_widget_dispose_template (GTK_WIDGET (self), SI_TYPE_WIZARD);

  G_OBJECT_CLASS (si_wizard_parent_class)->dispose (object);
}

static void
ensure_types (void)
{
  g_type_ensure (SI_TYPE_ADD_PAGE);
  g_type_ensure (SI_TYPE_PHONE_PAGE);
  g_type_ensure (SI_TYPE_COUNTRY_PAGE);
  g_type_ensure (SI_TYPE_OPEN_PAGE);
  g_type_ensure (SI_TYPE_VERIFY_PAGE);
  g_type_ensure (SI_TYPE_DONE_PAGE);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/security_info/SecurityInfo/si-wizard.ui");
  gtk_widget_class_bind_template_child (widget_class, SiWizard, back_button);
  gtk_widget_class_bind_template_child (widget_class, SiWizard, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, SiWizard, next_button);
  gtk_widget_class_bind_template_child (widget_class, SiWizard, spinner);
  gtk_widget_class_bind_template_child (widget_class, SiWizard, title);
  gtk_widget_class_bind_template_child (widget_class, SiWizard, stack);
  gtk_widget_class_bind_template_child (widget_class, SiWizard, add_page);
  gtk_widget_class_bind_template_child (widget_class, SiWizard, phone_page);
  gtk_widget_class_bind_template_child (widget_class, SiWizard, country_page);
  gtk_widget_class_bind_template_child (widget_class, SiWizard, open_page);
  gtk_widget_class_bind_template_child (widget_class, SiWizard, verify_page);
  gtk_widget_class_bind_template_child (widget_class, SiWizard, done_page);
  gtk_widget_class_bind_template_callback (widget_class, next_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, phone_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, requested_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_country_cb);
  gtk_widget_class_bind_template_callback (widget_class, country_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, continue_cb);
  gtk_widget_class_bind_template_callback (widget_class, replace_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_verification_cb);
  gtk_widget_class_bind_template_callback (widget_class, done_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_header);
}

/* The way back is where the arrow on its button points. */
static gboolean
arrow_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  GtkTextDirection direction;

  g_variant_get (arguments, "(i)", &direction);
  if (gtk_widget_get_direction (widget) != direction)
    return FALSE;

  gtk_widget_activate_action (widget, "wizard.back", NULL);

  return TRUE;
}

static void
si_wizard_class_init (SiWizardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = si_wizard_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = si_wizard_close_request;

  /* With the verification where it was approved while it was being canceled, else with
   * nothing. */
  signals[FINISHED]
      = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 1, SI_TYPE_VERIFICATION);

  ensure_types ();
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "wizard.back", NULL, go_back);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, GDK_ALT_MASK, arrow_cb, "(i)",
                                GTK_TEXT_DIR_LTR);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, GDK_ALT_MASK, arrow_cb,
                                "(i)", GTK_TEXT_DIR_RTL);
  gtk_widget_class_install_action (widget_class, "wizard.leave", NULL, leave);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "wizard.leave",
                                       NULL);
}

static void
si_wizard_init (SiWizard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  si_text_quiet_stack (self->stack);
  si_text_name_icon_button (self->back_button);
  self->countries = si_country_list_new ();
}

SiWizard *
si_wizard_new (GtkWindow *parent, SiOverview *overview)
{
  SiWizard *self
      = g_object_new (SI_TYPE_WIZARD, "transient-for", parent, "modal", TRUE,
                      "application", gtk_window_get_application (parent), NULL);

  self->overview = g_object_ref (overview);
  self->enrollment = si_enrollment_new (si_overview_get_provider (overview));
  g_signal_connect_object (self->enrollment, "notify::verification",
                           G_CALLBACK (verification_changed_cb), self, G_CONNECT_SWAPPED);
  si_add_page_show (self->add_page, overview);

  return self;
}

static void
present (SiWizard *self)
{
  gtk_stack_set_transition_type (self->stack, GTK_STACK_TRANSITION_TYPE_NONE);
  update_page (self);
  gtk_stack_set_transition_type (self->stack, GTK_STACK_TRANSITION_TYPE_SLIDE_LEFT_RIGHT);
  gtk_window_present (GTK_WINDOW (self));
  arrive (self);
}

/* Adds a method; with @phone the choice of its type is skipped. */
void
si_wizard_add (SiWizard *self, gboolean phone)
{
  g_return_if_fail (SI_IS_WIZARD (self));

  if (phone) {
    self->skipped_choice = TRUE;
    phone_chosen_cb (self);
  }
  present (self);
}

/* Changes the number of @method. */
void
si_wizard_change (SiWizard *self, SiMethod *method)
{
  g_return_if_fail (SI_IS_WIZARD (self));

  self->skipped_choice = TRUE;
  self->chose_phone = TRUE;
  si_phone_page_begin (self->phone_page, self->overview, self->countries, method);
  present (self);
}

/* Goes on with @verification, which was found open. */
void
si_wizard_resume (SiWizard *self, SiVerification *verification)
{
  SiSecurityInfo *info;
  SiMethod       *method = NULL;

  g_return_if_fail (SI_IS_WIZARD (self));

  info = si_overview_get_security_info (self->overview);
  if (si_verification_get_purpose (verification) == SI_PURPOSE_CHANGE)
    method = si_security_info_find_method (info,
                                           si_verification_get_method_id (verification));

  self->skipped_choice = TRUE;
  self->chose_phone = TRUE;
  si_phone_page_begin (self->phone_page, self->overview, self->countries, method);
  si_enrollment_adopt (self->enrollment, verification);
  present (self);
}
