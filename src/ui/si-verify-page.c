/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-verify-page.h"

#include <glib/gi18n.h>

#include "si-announce.h"
#include "si-clock.h"
#include "si-code-entry.h"
#include "si-error-text.h"
#include "si-text.h"
#include "si-verification-text.h"

/* A call or a text on its way: what happens now, what to do, how long there is, and each
 * way on. It follows the enrollment and moves on by itself. Its one timer ticks once a
 * second while a countdown is on screen. */

struct _SiVerifyPage {
  SiPage parent_instance;

  SiEnrollment   *enrollment;
  SiOverview     *overview;
  SiVerification *shown;
  guint           tick_id;
  gboolean        code_was_wanted;
  gboolean        had_code; /* when another call or text was asked for */
  gboolean        code_is_void;
  char           *said; /* to screen readers: heading and sentence */
  const char     *said_progress;

  GtkWidget   *heading;
  GtkLabel    *body_label;
  GtkWidget   *progress_box;
  GtkLabel    *progress_label;
  SiCodeEntry *code_entry;
  GtkLabel    *message_label;
  GtkLabel    *time_label;
  GtkWidget   *again_button;
  GtkLabel    *again_label;
  GtkWidget   *switch_button;
  GtkLabel    *switch_label;
  GtkWidget   *change_button;
  GtkWidget   *restart_button;
};

G_DEFINE_FINAL_TYPE (SiVerifyPage, si_verify_page, SI_TYPE_PAGE)

enum {
  CHANGE_NUMBER,
  RESTART,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
is_failed (SiVerification *verification)
{
  return si_verification_get_state (verification) == SI_VERIFICATION_STATE_ATTEMPT_FAILED
         || si_verification_has_ended (verification);
}

static SiChannel
get_other_channel (SiVerification *verification)
{
  return si_verification_get_channel (verification) == SI_CHANNEL_TEXT ? SI_CHANNEL_CALL
                                                                       : SI_CHANNEL_TEXT;
}

static gboolean
may_switch (SiVerifyPage *self)
{
  SiCapabilities *capabilities = si_overview_get_capabilities (self->overview);
  SiMethodPolicy *policy
      = si_capabilities_find_policy (capabilities, SI_METHOD_TYPE_PHONE);
  SiPhonePolicy *phone = NULL;

  if (policy != NULL)
    phone = si_method_policy_find_phone (policy, si_verification_get_use (self->shown));

  return si_verification_allows (self->shown, SI_VERIFICATION_ACTION_SWITCH_CHANNEL)
         && phone != NULL
         && (si_phone_policy_get_channels (phone) & get_other_channel (self->shown)) != 0;
}

static void
show_message (SiVerifyPage *self, const char *text)
{
  gtk_label_set_text (self->message_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message_label), text != NULL);
  if (text != NULL)
    si_announce (GTK_WIDGET (self), text);
}

/* The button can be pressed all the time: before it is time it says when it will be. */
static void
show_again (SiVerifyPage *self, int seconds)
{
  const char      *name = si_verification_text_get_again (self->shown);
  g_autofree char *clock = si_text_format_time_left (seconds);
  g_autofree char *label = NULL;

  if (seconds > 0)
    /* Translators: what a button says, and the time until it works: Call Again (0:25) */
    label = g_strdup_printf (C_ ("button", "%1$s (%2$s)"), name, clock);

  gtk_label_set_text (self->again_label, label != NULL ? label : name);
  si_text_set_accessible_label (self->again_button, name);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->again_button),
                               GTK_ACCESSIBLE_STATE_DISABLED, seconds > 0, -1);
}

static void
show_time (SiVerifyPage *self)
{
  gint64   now = si_clock_get_time ();
  int      left = si_verification_get_seconds_left (self->shown, now);
  gboolean visible = !si_verification_has_ended (self->shown) && left != G_MAXINT;

  if (visible) {
    g_autofree char *clock = si_text_format_time_left (left);
    /* Translators: the time until a verification expires, as on a clock: 4:05 */
    g_autofree char *text = g_strdup_printf (_ ("Time left: %s"), clock);

    gtk_label_set_text (self->time_label, text);
  }

  gtk_widget_set_visible (GTK_WIDGET (self->time_label), visible);
  show_again (self, si_verification_get_seconds_to_resend (self->shown, now));
}

static gboolean
tick_cb (gpointer user_data)
{
  show_time (user_data);

  return G_SOURCE_CONTINUE;
}

/* No clock ticks while nobody can see it. */
static void
update_tick (SiVerifyPage *self)
{
  gboolean needed = self->shown != NULL && !si_verification_has_ended (self->shown)
                    && gtk_widget_get_mapped (GTK_WIDGET (self));

  if (needed && self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (1, tick_cb, self);
  else if (!needed)
    g_clear_handle_id (&self->tick_id, g_source_remove);
}

static void
show_attempts (SiVerifyPage *self)
{
  int              left = si_verification_get_checks_left (self->shown);
  g_autofree char *text = NULL;

  if (left >= 0)
    /* Translators: how many more times a code may be typed */
    text = g_strdup_printf (ngettext ("%d attempt left", "%d attempts left", left), left);

  si_code_entry_set_hint (self->code_entry, text);
}

static void
show_actions (SiVerifyPage *self)
{
  gboolean    ended = si_verification_has_ended (self->shown);
  const char *switch_name = si_verification_text_get_switch (self->shown);

  gtk_widget_set_visible (
      self->again_button,
      si_verification_allows (self->shown, SI_VERIFICATION_ACTION_RESEND));
  gtk_widget_set_visible (self->switch_button, may_switch (self));
  gtk_label_set_text (self->switch_label, switch_name);
  si_text_set_accessible_label (self->switch_button, switch_name);
  gtk_widget_set_visible (self->restart_button, ended);

  /* After an attempt that failed, trying again is the next step. */
  if (is_failed (self->shown))
    gtk_widget_add_css_class (self->again_button, "suggested-action");
  else
    gtk_widget_remove_css_class (self->again_button, "suggested-action");
}

static gboolean
wants_code (SiVerification *verification)
{
  return !is_failed (verification)
         && si_verification_get_approval (verification) == SI_APPROVAL_CODE;
}

/* The number can be changed at any time. */
static GtkWidget *
find_first_action (SiVerifyPage *self)
{
  GtkWidget *actions[]
      = { self->restart_button, self->again_button, self->switch_button };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++) {
    if (gtk_widget_get_visible (actions[i]))
      return actions[i];
  }

  return self->change_button;
}

/* Returns: (nullable): how far the call has got; a text is on its way or is there */
static const char *
get_progress (SiVerifyPage *self)
{
  return si_verification_get_channel (self->shown) == SI_CHANNEL_TEXT
             ? NULL
             : si_verification_text_get_progress (self->shown);
}

/* Returns: (nullable): where the focus has to go. The code's field gets it when it comes,
 * and what was focused may just have gone away. Else the focus is the person's. */
static GtkWidget *
find_new_focus (SiVerifyPage *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (wants_code (self->shown) && !self->code_was_wanted
      && !si_code_entry_has_focus (self->code_entry))
    return si_code_entry_get_focus_widget (self->code_entry);
  if (focus == NULL || !gtk_widget_get_mapped (focus))
    return find_first_action (self);

  return NULL;
}

static char *
dup_heading_and_body (SiVerifyPage *self)
{
  g_autofree char *heading = si_verification_text_dup_heading (self->shown);
  g_autofree char *body = si_verification_text_dup_body (self->shown);

  /* Translators: what a screen reader says: a heading, and what to do */
  return g_strdup_printf (C_ ("heading and sentence", "%1$s. %2$s"), heading, body);
}

static char *
dup_announcement (SiPage *page)
{
  SiVerifyPage    *self = SI_VERIFY_PAGE (page);
  g_autofree char *heading = si_verification_text_dup_heading (self->shown);
  g_autofree char *body = si_verification_text_dup_body (self->shown);
  const char      *progress = get_progress (self);

  g_free (self->said);
  self->said = dup_heading_and_body (self);
  self->said_progress = progress;
  if (progress == NULL)
    return g_strdup (self->said);

  return g_strdup_printf (
      /* Translators: for screen readers: heading, state of the call, what to do */
      C_ ("heading, state and sentence", "%1$s %2$s. %3$s"), heading, progress, body);
}

/* Returns: (transfer full) (nullable): what is new. The number and what to do are not
 * said again where the call alone has got further. */
static char *
dup_news (SiVerifyPage *self)
{
  g_autofree char *present = dup_heading_and_body (self);
  const char      *progress = get_progress (self);

  if (g_strcmp0 (self->said, present) != 0)
    return dup_announcement (SI_PAGE (self));
  if (g_strcmp0 (self->said_progress, progress) == 0)
    return NULL;

  self->said_progress = progress;
  return g_strdup (progress);
}

/* Before the page has come up, the wizard knows what to say and where the focus goes. */
static void
announce_state (SiVerifyPage *self)
{
  g_autofree char *news = NULL;
  GtkWidget       *focus;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  news = dup_news (self);
  focus = find_new_focus (self);
  if (focus != NULL && news != NULL)
    si_announce_at (focus, news);
  else if (focus != NULL)
    gtk_widget_grab_focus (focus);
  else if (news != NULL)
    si_announce (GTK_WIDGET (self), news);
}

static void
show_state (SiVerifyPage *self)
{
  g_autofree char *heading = si_verification_text_dup_heading (self->shown);
  g_autofree char *body = si_verification_text_dup_body (self->shown);
  const char      *progress = get_progress (self);

  gtk_label_set_text (GTK_LABEL (self->heading), heading);
  gtk_label_set_text (self->body_label, body);
  gtk_widget_set_visible (self->progress_box, progress != NULL);
  gtk_label_set_text (self->progress_label, progress != NULL ? progress : "");
  gtk_widget_set_visible (GTK_WIDGET (self->code_entry), wants_code (self->shown));
  si_code_entry_set_length (self->code_entry,
                            si_verification_get_code_length (self->shown));
  show_attempts (self);
  show_actions (self);
  show_time (self);
  announce_state (self);
  self->code_was_wanted = wants_code (self->shown);
}

/* Stays while the new code is on its way, and until it is typed. */
static const char *
get_notice (SiVerifyPage *self)
{
  return self->code_is_void && wants_code (self->shown)
             ? _ ("A new code is on its way. The earlier code no longer works.")
             : NULL;
}

static void
verification_changed_cb (SiVerifyPage *self)
{
  SiVerification *verification = si_enrollment_get_verification (self->enrollment);

  /* While it is being canceled what was shown stays. */
  if (verification == NULL)
    return;

  g_set_object (&self->shown, verification);
  show_message (self, get_notice (self));
  if (si_verification_get_state (verification) != SI_VERIFICATION_STATE_VERIFIED)
    show_state (self);
  update_tick (self);
}

static void
connected_changed_cb (SiVerifyPage *self)
{
  show_message (self,
                si_enrollment_get_connected (self->enrollment)
                    ? get_notice (self)
                    : _ ("The connection was lost. The app keeps trying to reconnect. "
                         "This does not interrupt the call or text message."));
}

static void
failed_cb (SiVerifyPage *self, const GError *error)
{
  si_verify_page_show_error (self, error);
  gtk_widget_set_visible (self->restart_button, TRUE);
}

static void
resend_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SiVerifyPage) self = user_data;
  g_autoptr (GError)       error = NULL;

  si_page_set_busy (SI_PAGE (self), FALSE);
  if (!si_enrollment_resend_finish (SI_ENROLLMENT (source), result, &error)) {
    si_verify_page_show_error (self, error);
    return;
  }

  si_code_entry_clear (self->code_entry);
  self->code_is_void = self->had_code;
  show_message (self, get_notice (self));
}

static void
resend (SiVerifyPage *self, SiChannel channel)
{
  if (si_page_get_busy (SI_PAGE (self)))
    return;

  self->had_code = si_verification_get_approval (self->shown) == SI_APPROVAL_CODE;
  si_page_set_busy (SI_PAGE (self), TRUE);
  show_message (self, NULL);
  si_enrollment_resend_async (self->enrollment, channel, resend_cb, g_object_ref (self));
}

static void
again_clicked_cb (SiVerifyPage *self)
{
  int seconds = si_verification_get_seconds_to_resend (self->shown, si_clock_get_time ());

  if (seconds > 0) {
    g_autofree char *text = g_strdup_printf (
        /* Translators: how long to wait before another call or text */
        ngettext ("You can try again in %d second.", "You can try again in %d seconds.",
                  seconds),
        seconds);

    show_message (self, text);
    return;
  }

  resend (self, si_verification_get_channel (self->shown));
}

static void
switch_clicked_cb (SiVerifyPage *self)
{
  resend (self, get_other_channel (self->shown));
}

static void
change_clicked_cb (SiVerifyPage *self)
{
  g_signal_emit (self, signals[CHANGE_NUMBER], 0);
}

static void
restart_clicked_cb (SiVerifyPage *self)
{
  g_signal_emit (self, signals[RESTART], 0);
}

static void
submit_code_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SiVerifyPage) self = user_data;
  g_autoptr (GError)       error = NULL;

  si_page_set_busy (SI_PAGE (self), FALSE);
  if (si_enrollment_submit_code_finish (SI_ENROLLMENT (source), result, &error))
    return;

  if (g_error_matches (error, SI_ERROR, SI_ERROR_REJECTED_CODE)) {
    g_autofree char *sentence = si_error_text_dup_sentence (
        error, si_overview_get_capabilities (self->overview));

    si_code_entry_show_error (self->code_entry, sentence);
  } else {
    si_verify_page_show_error (self, error);
  }
}

static void
code_completed_cb (SiVerifyPage *self, const char *code)
{
  if (si_page_get_busy (SI_PAGE (self)) || !si_enrollment_is_open (self->enrollment))
    return;

  self->code_is_void = FALSE;
  si_page_set_busy (SI_PAGE (self), TRUE);
  show_message (self, NULL);
  si_enrollment_submit_code_async (self->enrollment, code, submit_code_cb,
                                   g_object_ref (self));
}

static GtkWidget *
get_initial_focus (SiPage *page)
{
  SiVerifyPage *self = SI_VERIFY_PAGE (page);

  return wants_code (self->shown) ? si_code_entry_get_focus_widget (self->code_entry)
                                  : find_first_action (self);
}

static void
si_verify_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (si_verify_page_parent_class)->map (widget);

  update_tick (SI_VERIFY_PAGE (widget));
}

static void
si_verify_page_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (si_verify_page_parent_class)->unmap (widget);

  update_tick (SI_VERIFY_PAGE (widget));
}

static void
si_verify_page_dispose (GObject *object)
{
  SiVerifyPage *self = SI_VERIFY_PAGE (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_pointer (&self->said, g_free);
  g_clear_object (&self->shown);
  g_clear_object (&self->enrollment);
  g_clear_object (&self->overview);
  gtk_widget_dispose_template (GTK_WIDGET (self), SI_TYPE_VERIFY_PAGE);

  G_OBJECT_CLASS (si_verify_page_parent_class)->dispose (object);
}

static void
si_verify_page_class_init (SiVerifyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = si_verify_page_dispose;
  widget_class->map = si_verify_page_map;
  widget_class->unmap = si_verify_page_unmap;
  SI_PAGE_CLASS (klass)->get_initial_focus = get_initial_focus;
  SI_PAGE_CLASS (klass)->dup_announcement = dup_announcement;

  signals[CHANGE_NUMBER]
      = g_signal_new ("change-number", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                      NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RESTART]
      = g_signal_new ("restart", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (SI_TYPE_CODE_ENTRY);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/security_info/SecurityInfo/si-verify-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SiVerifyPage, heading);
  gtk_widget_class_bind_template_child (widget_class, SiVerifyPage, body_label);
  gtk_widget_class_bind_template_child (widget_class, SiVerifyPage, progress_box);
  gtk_widget_class_bind_template_child (widget_class, SiVerifyPage, progress_label);
  gtk_widget_class_bind_template_child (widget_class, SiVerifyPage, code_entry);
  gtk_widget_class_bind_template_child (widget_class, SiVerifyPage, message_label);
  gtk_widget_class_bind_template_child (widget_class, SiVerifyPage, time_label);
  gtk_widget_class_bind_template_child (widget_class, SiVerifyPage, again_button);
  gtk_widget_class_bind_template_child (widget_class, SiVerifyPage, again_label);
  gtk_widget_class_bind_template_child (widget_class, SiVerifyPage, switch_button);
  gtk_widget_class_bind_template_child (widget_class, SiVerifyPage, switch_label);
  gtk_widget_class_bind_template_child (widget_class, SiVerifyPage, change_button);
  gtk_widget_class_bind_template_child (widget_class, SiVerifyPage, restart_button);
  gtk_widget_class_bind_template_callback (widget_class, again_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, switch_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, change_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, restart_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, code_completed_cb);
}

static void
si_verify_page_init (SiVerifyPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  si_text_wrap_button (self->change_button);
  si_text_wrap_button (self->restart_button);
}

/* Follows @enrollment, which has a verification. */
void
si_verify_page_begin (SiVerifyPage *self, SiEnrollment *enrollment, SiOverview *overview)
{
  g_return_if_fail (SI_IS_VERIFY_PAGE (self));

  g_set_object (&self->overview, overview);
  if (g_set_object (&self->enrollment, enrollment)) {
    g_signal_connect_object (enrollment, "notify::verification",
                             G_CALLBACK (verification_changed_cb), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (enrollment, "notify::connected",
                             G_CALLBACK (connected_changed_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (enrollment, "failed", G_CALLBACK (failed_cb), self,
                             G_CONNECT_SWAPPED);
  }
  self->code_was_wanted = FALSE;
  self->code_is_void = FALSE;
  si_code_entry_clear (self->code_entry);
  verification_changed_cb (self);
}

/* What could not be done. The page stays as it is. */
void
si_verify_page_show_error (SiVerifyPage *self, const GError *error)
{
  g_autofree char *sentence
      = si_error_text_dup_sentence (error, si_overview_get_capabilities (self->overview));

  show_message (self, sentence);
}
