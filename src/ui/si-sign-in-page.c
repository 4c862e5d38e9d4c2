/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-sign-in-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "si-announce.h"
#include "si-error-text.h"
#include "si-help-group.h"
#include "si-qr-code.h"
#include "si-text.h"

/* Signing in, as far as it goes here: it says what there is to do in the browser or on
 * another device, and goes on by itself. Its buttons are the application's actions. */

struct _SiSignInPage {
  GtkWidget parent_instance;

  SiSignIn        *sign_in;
  SiConfiguration *configuration;
  SiSignInStep     step; /* the one that is shown */
  guint            countdown_id;

  AdwStatusPage *status_page;
  GtkLabel      *message_label;
  GtkSpinner    *spinner;
  GtkWidget     *code_box;
  SiQrCode      *qr_code;
  GtkLabel      *address_label;
  GtkLabel      *code_label;
  GtkLabel      *time_label;
  GtkWidget     *sign_in_button;
  GtkWidget     *open_again_button;
  GtkWidget     *use_code_button;
  GtkWidget     *use_browser_button;
  GtkWidget     *cancel_button;
  GtkLabel      *reference_label;
  SiHelpGroup   *help_group;
};

G_DEFINE_FINAL_TYPE (SiSignInPage, si_sign_in_page, GTK_TYPE_WIDGET)

static char *
dup_purpose (SiSignInPage *self)
{
  const char      *organization = si_configuration_get_organization (self->configuration);
  g_autofree char *name = NULL;

  if (organization == NULL)
    return g_strdup (_ ("Manage how you prove who you are when you sign in to your work "
                        "or school account."));

  name = si_text_shorten (organization);

  /* Translators: an organization’s name. If your language inflects names, write
   * something like: at the organization %s */
  return g_strdup_printf (_ ("Manage how you prove who you are when you sign in to your "
                             "account at %s."),
                          name);
}

/* Whether something that the person began waits for it. */
static gboolean
is_asked_for (SiSignInPage *self)
{
  return si_session_is_asked_for (si_sign_in_get_session (self->sign_in));
}

static const char *
get_title (SiSignInPage *self)
{
  switch (si_sign_in_get_step (self->sign_in)) {
  case SI_SIGN_IN_STEP_BROWSER:
    /* Translators: a heading: signing in continues in the browser */
    return _ ("Continue in Your Browser");
  case SI_SIGN_IN_STEP_CODE:
    /* Translators: a heading: signing in by typing a code on another device */
    return _ ("Sign In With a Code");
  case SI_SIGN_IN_STEP_NONE:
  case SI_SIGN_IN_STEP_STARTING:
  default:
    return is_asked_for (self) ? _ ("Sign In Again") : _ ("Sign In");
  }
}

static char *
dup_description (SiSignInPage *self)
{
  switch (si_sign_in_get_step (self->sign_in)) {
  case SI_SIGN_IN_STEP_BROWSER:
    return g_strdup (_ ("A page has opened in your browser. When you have signed in "
                        "there, this window continues automatically."));
  case SI_SIGN_IN_STEP_CODE:
    return g_strdup (_ ("On another device, such as your phone, scan the QR code, or "
                        "open this address and type the code."));
  case SI_SIGN_IN_STEP_NONE:
  case SI_SIGN_IN_STEP_STARTING:
  default:
    break;
  }

  if (!is_asked_for (self))
    return dup_purpose (self);

  return g_strdup (
      si_session_get_challenge (si_sign_in_get_session (self->sign_in)) != NULL
          ? _ ("To protect your account, sign in again before you make this change.")
          : _ ("You are no longer signed in. Sign in again to continue."));
}

static void
show_texts (SiSignInPage *self)
{
  g_autofree char *description = dup_description (self);
  g_autofree char *escaped = g_markup_escape_text (description, -1);

  /* The code has to be in sight. */
  adw_status_page_set_icon_name (self->status_page,
                                 si_sign_in_get_code (self->sign_in) == NULL
                                     ? "security-info-shield-symbolic"
                                     : NULL);
  adw_status_page_set_title (self->status_page, get_title (self));
  adw_status_page_set_description (self->status_page, escaped);
  si_text_name_status_page (self->status_page);
}

/* That somebody is no longer signed in is said above already, where that is asked for. */
static void
show_error (SiSignInPage *self)
{
  const GError *error = si_sign_in_get_error (self->sign_in);
  gboolean      shown = error != NULL
                   && si_sign_in_get_step (self->sign_in) == SI_SIGN_IN_STEP_NONE
                   && !(is_asked_for (self)
                        && g_error_matches (error, SI_ERROR, SI_ERROR_SIGN_IN_REQUIRED));
  g_autofree char *sentence
      = shown ? si_error_text_dup_sentence (error, NULL) : g_strdup ("");
  g_autofree char *reference = shown ? si_error_text_dup_reference (error) : NULL;

  gtk_label_set_text (self->message_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->message_label), shown);
  gtk_label_set_text (self->reference_label, reference != NULL ? reference : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reference_label), reference != NULL);
}

static void
show_time_left (SiSignInPage *self, SiDeviceCode *code)
{
  g_autofree char *left
      = si_text_format_time_left (si_device_code_get_seconds_left (code));
  /* Translators: minutes and seconds, 4:05 */
  g_autofree char *text = g_strdup_printf (_ ("Time left: %s"), left);

  gtk_label_set_text (self->time_label, text);
}

static gboolean
count_down_cb (gpointer user_data)
{
  SiSignInPage *self = user_data;
  SiDeviceCode *code = si_sign_in_get_code (self->sign_in);

  if (code == NULL) {
    self->countdown_id = 0;
    return G_SOURCE_REMOVE;
  }

  show_time_left (self, code);

  return G_SOURCE_CONTINUE;
}

static void
show_code (SiSignInPage *self)
{
  SiDeviceCode    *code = si_sign_in_get_code (self->sign_in);
  g_autofree char *address = NULL;
  g_autofree char *user_code = NULL;

  gtk_widget_set_visible (self->code_box, code != NULL);
  if (code == NULL)
    return;

  address = si_text_isolate (si_device_code_get_uri (code));
  user_code = si_text_isolate (si_device_code_get_user_code (code));
  gtk_label_set_text (self->address_label, address);
  gtk_label_set_text (self->code_label, user_code);
  gtk_widget_set_visible (
      GTK_WIDGET (self->qr_code),
      si_qr_code_set_text (self->qr_code, si_device_code_get_complete_uri (code)));
  show_time_left (self, code);
  if (self->countdown_id == 0)
    self->countdown_id = g_timeout_add_seconds (1, count_down_cb, self);
}

static void
show_buttons (SiSignInPage *self)
{
  SiSignInStep step = si_sign_in_get_step (self->sign_in);
  SiSession   *session = si_sign_in_get_session (self->sign_in);
  /* How fresh or how strong a sign-in has to be can be asked for in the browser alone. */
  gboolean may_use_code = si_configuration_get_use_device_code (self->configuration)
                          && si_session_get_challenge (session) == NULL;

  gtk_spinner_set_spinning (self->spinner, step == SI_SIGN_IN_STEP_STARTING);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), step == SI_SIGN_IN_STEP_STARTING);
  gtk_widget_set_visible (self->sign_in_button, step == SI_SIGN_IN_STEP_NONE);
  gtk_widget_set_visible (self->open_again_button, step == SI_SIGN_IN_STEP_BROWSER);
  gtk_widget_set_visible (self->use_code_button,
                          may_use_code
                              && (step == SI_SIGN_IN_STEP_BROWSER
                                  || (step == SI_SIGN_IN_STEP_NONE
                                      && si_sign_in_get_error (self->sign_in) != NULL)));
  gtk_widget_set_visible (self->use_browser_button, step == SI_SIGN_IN_STEP_CODE);
  gtk_widget_set_visible (self->cancel_button, step != SI_SIGN_IN_STEP_NONE);
}

static GtkWidget *
find_first_button (SiSignInPage *self)
{
  GtkWidget *buttons[]
      = { self->sign_in_button, self->open_again_button, self->use_browser_button };

  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++) {
    if (gtk_widget_get_visible (buttons[i]))
      return buttons[i];
  }

  return self->cancel_button;
}

/* What went wrong, or what there is to do; with a code also where, and the code itself.
 */
static char *
dup_instruction (SiSignInPage *self)
{
  SiDeviceCode    *code = si_sign_in_get_code (self->sign_in);
  g_autofree char *description = dup_description (self);

  if (gtk_widget_get_visible (GTK_WIDGET (self->message_label)))
    return g_strdup (gtk_label_get_text (self->message_label));
  if (code == NULL)
    return g_steal_pointer (&description);

  /* Translators: for screen readers: what to do with an address and a code, and both */
  return g_strdup_printf (C_ ("sentence, address and code", "%1$s %2$s, %3$s"),
                          description, gtk_label_get_text (self->address_label),
                          gtk_label_get_text (self->code_label));
}

/* Each step begins at its first button, and says there what it is about. */
static void
show_step (SiSignInPage *self)
{
  SiSignInStep     step = si_sign_in_get_step (self->sign_in);
  gboolean         changed = step != self->step;
  g_autofree char *instruction = NULL;
  g_autofree char *announcement = NULL;

  self->step = step;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || !changed)
    return;

  /* That is over before it could be said. */
  if (step == SI_SIGN_IN_STEP_STARTING) {
    gtk_widget_grab_focus (self->cancel_button);
    return;
  }

  instruction = dup_instruction (self);
  announcement
      = g_strdup_printf (C_ ("heading and sentence", "%1$s. %2$s"),
                         adw_status_page_get_title (self->status_page), instruction);
  si_announce_at (find_first_button (self), announcement);
}

static void
sign_in_changed_cb (SiSignInPage *self)
{
  show_texts (self);
  show_error (self);
  show_code (self);
  show_buttons (self);
  show_step (self);
}

static void
si_sign_in_page_dispose (GObject *object)
{
  SiSignInPage *self = SI_SIGN_IN_PAGE (object);

  g_clear_handle_id (&self->countdown_id, g_source_remove);
  g_clear_object (&self->sign_in);
  g_clear_object (&self->configuration);
  gtk_widget_dispose_template (GTK_WIDGET (self), SI_TYPE_SIGN_IN_PAGE);

  G_OBJECT_CLASS (si_sign_in_page_parent_class)->dispose (object);
}

static void
si_sign_in_page_class_init (SiSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = si_sign_in_page_dispose;

  g_type_ensure (SI_TYPE_HELP_GROUP);
  g_type_ensure (SI_TYPE_QR_CODE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/security_info/SecurityInfo/si-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SiSignInPage, status_page);
  gtk_widget_class_bind_template_child (widget_class, SiSignInPage, message_label);
  gtk_widget_class_bind_template_child (widget_class, SiSignInPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, SiSignInPage, code_box);
  gtk_widget_class_bind_template_child (widget_class, SiSignInPage, qr_code);
  gtk_widget_class_bind_template_child (widget_class, SiSignInPage, address_label);
  gtk_widget_class_bind_template_child (widget_class, SiSignInPage, code_label);
  gtk_widget_class_bind_template_child (widget_class, SiSignInPage, time_label);
  gtk_widget_class_bind_template_child (widget_class, SiSignInPage, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, SiSignInPage, open_again_button);
  gtk_widget_class_bind_template_child (widget_class, SiSignInPage, use_code_button);
  gtk_widget_class_bind_template_child (widget_class, SiSignInPage, use_browser_button);
  gtk_widget_class_bind_template_child (widget_class, SiSignInPage, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, SiSignInPage, reference_label);
  gtk_widget_class_bind_template_child (widget_class, SiSignInPage, help_group);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
si_sign_in_page_init (SiSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  si_text_wrap_button (self->sign_in_button);
  si_text_wrap_button (self->open_again_button);
  si_text_wrap_button (self->use_code_button);
  si_text_wrap_button (self->use_browser_button);
  si_text_wrap_button (self->cancel_button);
}

/* Shows how far @sign_in has got, from now on. */
void
si_sign_in_page_set_sign_in (SiSignInPage    *self,
                             SiSignIn        *sign_in,
                             SiConfiguration *configuration)
{
  g_return_if_fail (SI_IS_SIGN_IN_PAGE (self));

  g_set_object (&self->configuration, configuration);
  if (g_set_object (&self->sign_in, sign_in))
    g_signal_connect_object (sign_in, "changed", G_CALLBACK (sign_in_changed_cb), self,
                             G_CONNECT_SWAPPED);
  si_help_group_set_sources (self->help_group, configuration, NULL);
  sign_in_changed_cb (self);
}

/* To the first thing to do. The title is heard as the focus comes to the page. */
void
si_sign_in_page_take_focus (SiSignInPage *self)
{
  g_autofree char *instruction = NULL;

  g_return_if_fail (SI_IS_SIGN_IN_PAGE (self));

  instruction = dup_instruction (self);
  si_announce_at (find_first_button (self), instruction);
}
