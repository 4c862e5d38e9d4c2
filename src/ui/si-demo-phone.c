/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-demo-phone.h"

#include <glib/gi18n.h>

#include "si-announce.h"
#include "si-demo-control.h"
#include "si-json.h"
#include "si-text.h"

/* A little phone on which the calls of the demo ring and its texts arrive. It is in a
 * window group of its own, so that the wizard, which is modal, does not keep clicks from
 * it. */

struct _SiDemoPhone {
  AdwApplicationWindow parent_instance;

  SiDemoControl  *control;
  GtkWindowGroup *group;
  char           *call;

  GtkWidget *scroller;
  GtkWidget *idle_page;
  GtkWidget *call_page;
  GtkLabel  *call_label;
  GtkLabel  *says_label;
  GtkWidget *answer_button;
  GtkWidget *press_button;
  GtkWidget *decline_button;
  GtkWidget *voicemail_button;
  GtkBox    *texts_box;
};

G_DEFINE_FINAL_TYPE (SiDemoPhone, si_demo_phone, ADW_TYPE_APPLICATION_WINDOW)

static void
answer_cb (SiDemoPhone *self)
{
  si_demo_control_do (self->control, "answer", self->call, NULL);
}

static void
press_cb (SiDemoPhone *self)
{
  si_demo_control_do (self->control, "press", self->call, "#");
}

/* On a call that was answered, declining is hanging up. */
static void
decline_cb (SiDemoPhone *self)
{
  gboolean ringing = gtk_widget_get_visible (self->answer_button);

  si_demo_control_do (self->control, ringing ? "decline" : "hangUp", self->call, NULL);
}

static void
voicemail_cb (SiDemoPhone *self)
{
  si_demo_control_do (self->control, "voicemail", self->call, NULL);
}

static void
show_idle (SiDemoPhone *self)
{
  g_clear_pointer (&self->call, g_free);
  gtk_widget_set_visible (self->call_page, FALSE);
  gtk_widget_set_visible (self->idle_page, TRUE);
}

static void
show_call (SiDemoPhone *self, JsonObject *event, gboolean ringing)
{
  const char *number = si_json_get_string (event, "number");
  const char *says = si_json_get_string (event, "says");
  gboolean    keypress = g_strcmp0 (si_json_get_string (event, "approval"), "code") != 0;
  g_autofree char *shown = si_text_format_number (number != NULL ? number : "");
  g_autofree char *text
      = ringing
            /* Translators: on the demo's phone, which has every number; a phone number */
            ? g_strdup_printf (_ ("Incoming call for %s"), shown)
            /* Translators: a call that was answered; a phone number */
            : g_strdup_printf (_ ("Call in progress: %s"), shown);

  g_free (self->call);
  self->call = g_strdup (si_json_get_string (event, "call"));
  gtk_label_set_text (self->call_label, text);
  gtk_label_set_text (self->says_label, ringing || says == NULL ? "" : says);
  gtk_widget_set_visible (self->answer_button, ringing);
  gtk_widget_set_visible (self->voicemail_button, ringing);
  gtk_widget_set_visible (self->press_button, !ringing && keypress);
  gtk_button_set_label (GTK_BUTTON (self->decline_button),
                        ringing ? _ ("Decline")
                                /* Translators: a button: ends the call */
                                : _ ("Hang Up"));
  gtk_widget_set_visible (self->idle_page, FALSE);
  gtk_widget_set_visible (self->call_page, TRUE);
  gtk_widget_grab_focus (ringing ? self->answer_button : self->press_button);
  si_announce (GTK_WIDGET (self), text);
}

static void
handle_call (SiDemoPhone *self, JsonObject *event)
{
  const char *state = si_json_get_string (event, "state");
  const char *call = si_json_get_string (event, "call");

  if (g_strcmp0 (state, "ringing") == 0)
    show_call (self, event, TRUE);
  else if (g_strcmp0 (state, "answered") == 0)
    show_call (self, event, FALSE);
  else if (g_strcmp0 (call, self->call) == 0)
    show_idle (self);
}

static void
handle_text (SiDemoPhone *self, JsonObject *event)
{
  const char      *number = si_json_get_string (event, "number");
  const char      *body = si_json_get_string (event, "body");
  g_autofree char *shown = si_text_format_number (number != NULL ? number : "");
  g_autofree char *text = NULL;
  GtkWidget       *bubble;

  if (body == NULL)
    return;

  /* Translators: a text message on the demo's phone: to which number, and what it says */
  text = g_strdup_printf (_ ("To %1$s:\n%2$s"), shown, body);
  bubble = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (bubble), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (bubble), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (bubble), 0);
  gtk_label_set_selectable (GTK_LABEL (bubble), TRUE);
  gtk_widget_add_css_class (bubble, "si-bubble");
  gtk_box_prepend (self->texts_box, bubble);
  si_announce (GTK_WIDGET (self), text);
}

static void
event_cb (SiDemoPhone *self, JsonObject *event)
{
  const char *name = si_json_get_string (event, "event");

  if (g_strcmp0 (name, "call") == 0)
    handle_call (self, event);
  else if (g_strcmp0 (name, "text") == 0)
    handle_text (self, event);
}

static void
si_demo_phone_dispose (GObject *object)
{
  SiDemoPhone *self = SI_DEMO_PHONE (object);

  g_clear_object (&self->control);
  g_clear_object (&self->group);
  g_clear_pointer (&self->call, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), SI_TYPE_DEMO_PHONE);

  G_OBJECT_CLASS (si_demo_phone_parent_class)->dispose (object);
}

static void
si_demo_phone_class_init (SiDemoPhoneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = si_demo_phone_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/security_info/SecurityInfo/si-demo-phone.ui");
  gtk_widget_class_bind_template_child (widget_class, SiDemoPhone, scroller);
  gtk_widget_class_bind_template_child (widget_class, SiDemoPhone, idle_page);
  gtk_widget_class_bind_template_child (widget_class, SiDemoPhone, call_page);
  gtk_widget_class_bind_template_child (widget_class, SiDemoPhone, call_label);
  gtk_widget_class_bind_template_child (widget_class, SiDemoPhone, says_label);
  gtk_widget_class_bind_template_child (widget_class, SiDemoPhone, answer_button);
  gtk_widget_class_bind_template_child (widget_class, SiDemoPhone, press_button);
  gtk_widget_class_bind_template_child (widget_class, SiDemoPhone, decline_button);
  gtk_widget_class_bind_template_child (widget_class, SiDemoPhone, voicemail_button);
  gtk_widget_class_bind_template_child (widget_class, SiDemoPhone, texts_box);
  gtk_widget_class_bind_template_callback (widget_class, answer_cb);
  gtk_widget_class_bind_template_callback (widget_class, press_cb);
  gtk_widget_class_bind_template_callback (widget_class, decline_cb);
  gtk_widget_class_bind_template_callback (widget_class, voicemail_cb);
}

static void
si_demo_phone_init (SiDemoPhone *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->control = si_demo_control_new ();
  g_signal_connect_object (self->control, "event", G_CALLBACK (event_cb), self,
                           G_CONNECT_SWAPPED);
  self->group = gtk_window_group_new ();
  gtk_window_group_add_window (self->group, GTK_WINDOW (self));
  si_text_wrap_button (self->answer_button);
  si_text_wrap_button (self->press_button);
  si_text_wrap_button (self->decline_button);
  si_text_wrap_button (self->voicemail_button);
  si_text_set_accessible_label (self->scroller, _ ("Demo Phone"));
}

SiDemoPhone *
si_demo_phone_new (GtkApplication *application)
{
  return g_object_new (SI_TYPE_DEMO_PHONE, "application", application, NULL);
}

/* @socket is the path of the simulated phone's control socket. */
void
si_demo_phone_connect (SiDemoPhone *self, const char *socket)
{
  g_return_if_fail (SI_IS_DEMO_PHONE (self));

  si_demo_control_connect (self->control, socket);
}
