/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-window.h"

#include <glib/gi18n.h>

#include "si-banner.h"
#include "si-default-dialog.h"
#include "si-dialogs.h"
#include "si-error-text.h"
#include "si-method-text.h"
#include "si-methods-page.h"
#include "si-names.h"
#include "si-phone-choice.h"
#include "si-problem-page.h"
#include "si-setup-page.h"
#include "si-shortcuts-window.h"
#include "si-sign-in-page.h"
#include "si-text.h"
#include "si-toast.h"
#include "si-wizard.h"

/* The main window: shows what the overview knows, and opens what changes it. */

/* How long it takes at most until the accessibility bus knows the app. */
#define REGISTRATION_MS 400

struct _SiWindow {
  AdwApplicationWindow parent_instance;

  SiConfiguration *configuration;
  SiOverview      *overview;
  GCancellable    *cancellable;
  SiMethod        *deleting; /* the method that the confirmation is about */
  SiWizard        *wizard;   /* borrowed, cleared when it goes away */
  gboolean         looked_for_open;
  guint            arrive_id;
  GtkWidget       *arrived_at; /* borrowed, to be compared alone */
  gboolean         add_phone_when_loaded;

  AdwWindowTitle  *title;
  GtkWidget       *add_button;
  GtkMenuButton   *menu_button;
  GtkWidget       *menu; /* what the button opens */
  AdwToastOverlay *toasts;
  SiBanner        *banner;
  GtkStack        *stack;
  GtkWidget       *loading_page;
  SiSetupPage     *setup_page;
  SiSignInPage    *sign_in_page;
  SiMethodsPage   *methods_page;
  SiProblemPage   *problem_page;
};

G_DEFINE_FINAL_TYPE (SiWindow, si_window, ADW_TYPE_APPLICATION_WINDOW)

/* It was approved while it was being canceled. */
static char *
dup_approved_text (SiVerification *approved)
{
  g_autofree char *number = si_text_format_number (si_verification_get_target (approved));

  if (si_verification_get_purpose (approved) == SI_PURPOSE_CHANGE)
    return g_strdup_printf (
        /* Translators: a phone number */
        _ ("The number was changed to %s: it was approved before you could cancel"),
        number);

  /* Translators: a phone number */
  return g_strdup_printf (_ ("%s was added: it was approved before you could cancel"),
                          number);
}

static void
wizard_finished_cb (SiWindow *self, SiVerification *approved)
{
  if (self->overview == NULL)
    return;

  if (approved != NULL) {
    g_autofree char *text = dup_approved_text (approved);

    si_window_toast (self, text);
  }

  si_overview_refresh_security_info (self->overview);
}

static SiWizard *
new_wizard (SiWindow *self)
{
  SiWizard *wizard = si_wizard_new (GTK_WINDOW (self), self->overview);

  g_set_weak_pointer (&self->wizard, wizard);
  g_signal_connect_object (wizard, "finished", G_CALLBACK (wizard_finished_cb), self,
                           G_CONNECT_SWAPPED);

  return wizard;
}

static gboolean
wizard_is_open (SiWindow *self)
{
  return self->wizard != NULL && gtk_widget_get_visible (GTK_WIDGET (self->wizard));
}

static void
open_verification_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SiWindow)       self = user_data;
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiVerification) verification
      = si_provider_get_verification_finish (SI_PROVIDER (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->overview == NULL
      || wizard_is_open (self))
    return;

  /* Without an answer there is nothing to go on with; adding a phone will meet it again.
   */
  if (verification != NULL && !si_verification_has_ended (verification))
    si_wizard_resume (new_wizard (self), verification);
  else if (self->add_phone_when_loaded)
    si_window_add_phone (self);
}

/* Once, after the start: a verification that a crash left open goes on. */
static void
look_for_open_verification (SiWindow *self)
{
  SiSecurityInfo *info = si_overview_get_security_info (self->overview);
  const char     *location = si_security_info_get_open_verification (info);

  if (self->looked_for_open)
    return;

  self->looked_for_open = TRUE;
  if (location != NULL)
    si_provider_get_verification_async (si_overview_get_provider (self->overview),
                                        location, self->cancellable, open_verification_cb,
                                        g_object_ref (self));
  else if (self->add_phone_when_loaded)
    si_window_add_phone (self);
}

/* A page is heard of by the focus that comes to it. */
static void
arrive (SiWindow *self, gpointer page)
{
  if (page == self->problem_page)
    si_problem_page_take_focus (self->problem_page);
  else if (page == self->sign_in_page)
    si_sign_in_page_take_focus (self->sign_in_page);
  else if (page == self->methods_page)
    si_methods_page_take_focus (self->methods_page);
  else if (page == self->setup_page)
    si_setup_page_take_focus (self->setup_page);
  else
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);

  self->arrived_at = gtk_window_get_focus (GTK_WINDOW (self));
}

/* Before there is a surface the focus is left alone: GTK 4.8 would not tell screen
 * readers of the window. Nor is it taken from a menu that is open. */
static void
show_page (SiWindow *self, gpointer page)
{
  gboolean arrives = gtk_stack_get_visible_child (self->stack) != page
                     && gtk_widget_get_mapped (GTK_WIDGET (self))
                     && !gtk_widget_get_visible (self->menu);

  /* Or GtkStack would bring it to whatever comes first, on its way. */
  if (arrives)
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (page));
  gtk_widget_set_visible (self->add_button, page == self->methods_page);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.add-method",
                                 page == self->methods_page);
  if (arrives)
    arrive (self, page);
}

/* What is on screen stays there; the banner says that it may be old. */
static void
show_staleness (SiWindow *self)
{
  const GError    *error = si_overview_get_error (self->overview);
  SiCapabilities  *capabilities = si_overview_get_capabilities (self->overview);
  g_autofree char *sentence = NULL;

  if (error == NULL) {
    if (!si_overview_get_loading (self->overview))
      si_banner_hide (self->banner);
    return;
  }

  sentence = si_error_text_dup_sentence (error, capabilities);
  si_banner_show (self->banner, sentence);
}

static void
overview_changed_cb (SiWindow *self)
{
  const GError   *error;
  SiCapabilities *capabilities;

  if (self->overview == NULL) /* Somebody signed out meanwhile. */
    return;

  error = si_overview_get_error (self->overview);
  capabilities = si_overview_get_capabilities (self->overview);
  if (capabilities != NULL && si_capabilities_get_organization (capabilities) != NULL)
    si_text_set_title (self->title, _ ("Security Info"),
                       si_capabilities_get_organization (capabilities));

  if (si_overview_is_loaded (self->overview)) {
    si_methods_page_show (self->methods_page, self->overview);
    show_page (self, self->methods_page);
    show_staleness (self);
    look_for_open_verification (self);
  } else if (error != NULL) {
    si_problem_page_show (self->problem_page, error, capabilities);
    show_page (self, self->problem_page);
  } else {
    show_page (self, self->loading_page);
  }
}

static void
show_shortcuts (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_window_present (GTK_WINDOW (si_shortcuts_window_new (GTK_WINDOW (widget))));
}

static void
add_method (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SiWindow *self = SI_WINDOW (widget);

  if (self->overview != NULL && si_overview_is_loaded (self->overview)
      && !wizard_is_open (self))
    si_wizard_add (new_wizard (self), FALSE);
}

static void
change_number_cb (SiWindow *self, SiMethod *method)
{
  if (!wizard_is_open (self))
    si_wizard_change (new_wizard (self), method);
}

static void
change_default_cb (SiWindow *self)
{
  gtk_window_present (
      GTK_WINDOW (si_default_dialog_new (GTK_WINDOW (self), self->overview)));
}

static void
delete_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SiWindow) self = user_data;
  g_autoptr (GError)   error = NULL;
  SiCapabilities      *capabilities;
  g_autofree char     *text = NULL;

  if (si_provider_delete_method_finish (SI_PROVIDER (source), result, &error)) {
    text = si_method_text_dup_deleted (self->deleting);
  } else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    return;
  } else {
    capabilities = si_overview_get_capabilities (self->overview);
    text = si_error_text_dup_sentence (error, capabilities);
  }

  si_methods_page_take_focus (self->methods_page);
  si_window_toast (self, text);
  si_overview_refresh_security_info (self->overview);
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SiWindow *self = SI_WINDOW (source);

  if (!si_confirm_finish (GTK_WINDOW (self), result))
    return;

  si_provider_delete_method_async (si_overview_get_provider (self->overview),
                                   si_overview_get_security_info (self->overview),
                                   si_method_get_id (self->deleting), self->cancellable,
                                   delete_cb, g_object_ref (self));
}

static char *
dup_delete_consequence (SiWindow *self, SiMethod *method)
{
  SiSecurityInfo  *info = si_overview_get_security_info (self->overview);
  SiDefaultOption *next = si_method_get_default_if_deleted (method);
  const char      *undone
      = si_method_get_method_type (method) == SI_METHOD_TYPE_PHONE
            ? _ ("This can’t be undone. To use this phone again, you must add it again.")
            : _ (
                "This can’t be undone. To use this method again, you must add it again.");
  g_autofree char *name = NULL;
  g_autofree char *consequence = NULL;

  if (!si_method_get_is_default (method))
    return g_strdup (undone);

  if (next != NULL) {
    name = si_method_text_dup_option (info, next);
    /* Translators: a method, such as Authenticator app – Pixel 9, will be the default
     * sign-in method */
    consequence = g_strdup_printf (_ ("%s will become the default."), name);
  } else {
    consequence = g_strdup (_ ("You will have no default method."));
  }

  return si_text_join_sentences (undone, consequence);
}

static void
delete_method_cb (SiWindow *self, SiMethod *method)
{
  g_autofree char *heading = si_method_text_dup_delete_question (method);
  g_autofree char *body = NULL;

  if (!si_method_get_can_delete (method)) {
    si_window_toast (
        self, si_method_text_get_delete_blocked (si_method_get_delete_blocked (method)));
    return;
  }

  g_set_object (&self->deleting, method);
  body = dup_delete_consequence (self, method);
  si_confirm_async (GTK_WINDOW (self), heading, body, _ ("Delete"), confirmed_cb, NULL);
}

/* GTK takes down the windows that belong to this one without closing them, and a wizard
 * has a call to hang up. */
static void
close_belonging (SiWindow *self)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *i = windows; i != NULL; i = i->next) {
    if (gtk_window_get_transient_for (i->data) == GTK_WINDOW (self))
      gtk_window_close (i->data);
  }
}

static gboolean
si_window_close_request (GtkWindow *window)
{
  close_belonging (SI_WINDOW (window));

  return GTK_WINDOW_CLASS (si_window_parent_class)->close_request (window);
}

static gboolean
arrive_again_cb (gpointer user_data)
{
  SiWindow *self = user_data;

  self->arrive_id = 0;
  if (gtk_window_is_active (GTK_WINDOW (self))
      && gtk_window_get_focus (GTK_WINDOW (self)) == self->arrived_at) {
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
    arrive (self, gtk_stack_get_visible_child (self->stack));
  }

  return G_SOURCE_REMOVE;
}

/* What GTK tells of an app before the accessibility bus knows it, nobody can look up. So
 * the focus comes to the first page once more, where neither it nor the person has gone
 * elsewhere meanwhile. */
static void
si_window_map (GtkWidget *widget)
{
  SiWindow *self = SI_WINDOW (widget);

  GTK_WIDGET_CLASS (si_window_parent_class)->map (widget);

  arrive (self, gtk_stack_get_visible_child (self->stack));
  g_clear_handle_id (&self->arrive_id, g_source_remove);
  self->arrive_id = g_timeout_add (REGISTRATION_MS, arrive_again_cb, self);
}

static void
si_window_unroot (GtkWidget *widget)
{
  g_cancellable_cancel (SI_WINDOW (widget)->cancellable);

  GTK_WIDGET_CLASS (si_window_parent_class)->unroot (widget);
}

static void
si_window_dispose (GObject *object)
{
  SiWindow *self = SI_WINDOW (object);

  g_clear_handle_id (&self->arrive_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->wizard);
  g_clear_object (&self->deleting);
  g_clear_object (&self->overview);
  g_clear_object (&self->configuration);
  gtk_widget_dispose_template (GTK_WIDGET (self), SI_TYPE_WINDOW);

  G_OBJECT_CLASS (si_window_parent_class)->dispose (object);
}

static void
si_window_class_init (SiWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = si_window_dispose;
  widget_class->map = si_window_map;
  widget_class->unroot = si_window_unroot;
  GTK_WINDOW_CLASS (klass)->close_request = si_window_close_request;

  g_type_ensure (SI_TYPE_BANNER);
  g_type_ensure (SI_TYPE_METHODS_PAGE);
  g_type_ensure (SI_TYPE_PROBLEM_PAGE);
  g_type_ensure (SI_TYPE_SETUP_PAGE);
  g_type_ensure (SI_TYPE_SIGN_IN_PAGE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/security_info/SecurityInfo/si-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SiWindow, title);
  gtk_widget_class_bind_template_child (widget_class, SiWindow, add_button);
  gtk_widget_class_bind_template_child (widget_class, SiWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, SiWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, SiWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, SiWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SiWindow, loading_page);
  gtk_widget_class_bind_template_child (widget_class, SiWindow, setup_page);
  gtk_widget_class_bind_template_child (widget_class, SiWindow, sign_in_page);
  gtk_widget_class_bind_template_child (widget_class, SiWindow, methods_page);
  gtk_widget_class_bind_template_child (widget_class, SiWindow, problem_page);
  gtk_widget_class_bind_template_callback (widget_class, change_default_cb);
  gtk_widget_class_bind_template_callback (widget_class, change_number_cb);
  gtk_widget_class_bind_template_callback (widget_class, delete_method_cb);
  gtk_widget_class_install_action (widget_class, "win.add-method", NULL, add_method);
  gtk_widget_class_install_action (widget_class, "win.show-shortcuts", NULL,
                                   show_shortcuts);
}

static void
si_window_init (SiWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  si_text_quiet_stack (self->stack);
  si_text_name_icon_button (self->add_button);
  self->menu = GTK_WIDGET (gtk_menu_button_get_popover (self->menu_button));
  si_text_set_accessible_label (self->menu, _ ("Main Menu"));
  si_names_complete (self->menu, _ ("Main Menu"));
  si_text_wrap_all (self->menu, 20);

  if (g_str_equal (PROFILE, "development"))
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");

  self->cancellable = g_cancellable_new ();
  si_toast_set_up (self->toasts);
  show_page (self, self->loading_page);
}

/* What is known before the service has been asked. */
static void
show_configuration (SiWindow *self, SiConfiguration *configuration)
{
  si_text_set_title (self->title, _ ("Security Info"),
                     si_configuration_get_organization (configuration));
  si_methods_page_set_configuration (self->methods_page, configuration);
  si_problem_page_set_configuration (self->problem_page, configuration);
}

SiWindow *
si_window_new (GtkApplication *application, SiConfiguration *configuration)
{
  SiWindow *self = g_object_new (SI_TYPE_WINDOW, "application", application, NULL);

  self->configuration = g_object_ref (configuration);
  show_configuration (self, configuration);

  return self;
}

/* Shows what @overview knows, from now on. It is nullable: then there is nothing to show,
 * and no word of what there was stays. */
void
si_window_set_overview (SiWindow *self, SiOverview *overview)
{
  g_return_if_fail (SI_IS_WINDOW (self));

  if (!g_set_object (&self->overview, overview))
    return;

  self->looked_for_open = FALSE;
  si_banner_hide (self->banner);
  if (overview == NULL)
    return;

  g_signal_connect_object (overview, "changed", G_CALLBACK (overview_changed_cb), self,
                           G_CONNECT_SWAPPED);
  overview_changed_cb (self);
}

void
si_window_show_not_set_up (SiWindow *self)
{
  g_return_if_fail (SI_IS_WINDOW (self));

  show_page (self, self->setup_page);
}

void
si_window_show_sign_in (SiWindow *self, SiSignIn *sign_in)
{
  g_return_if_fail (SI_IS_WINDOW (self));

  si_sign_in_page_set_sign_in (self->sign_in_page, sign_in, self->configuration);
  show_page (self, self->sign_in_page);
}

/* For what keeps the app from asking a backend at all. */
void
si_window_show_problem (SiWindow *self, const char *title, const char *sentence)
{
  g_return_if_fail (SI_IS_WINDOW (self));

  si_problem_page_show_text (self->problem_page, title, sentence);
  show_page (self, self->problem_page);
}

/* Opens the wizard at the phone, at once or when the list is there. */
void
si_window_add_phone (SiWindow *self)
{
  g_return_if_fail (SI_IS_WINDOW (self));

  self->add_phone_when_loaded = TRUE;
  if (self->overview == NULL || !si_overview_is_loaded (self->overview))
    return;

  self->add_phone_when_loaded = FALSE;
  if (!wizard_is_open (self))
    si_wizard_add (new_wizard (self), si_phone_choice_get_unavailable (self->overview)
                                          == SI_UNAVAILABLE_NOT);
}

/* @text is plain text. */
void
si_window_toast (SiWindow *self, const char *text)
{
  g_return_if_fail (SI_IS_WINDOW (self));

  si_toast_show (self->toasts, text);
}
