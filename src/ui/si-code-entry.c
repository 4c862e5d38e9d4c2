/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-code-entry.h"

#include "si-text.h"

/* A field for a code of a certain number of digits. It takes it however it was pasted,
 * and says so when it is complete. */

struct _SiCodeEntry {
  GtkWidget parent_instance;

  /* Bound for dispose alone: GTK 4.8 takes away only such children as are. */
  GtkWidget *box;
  GtkEntry  *entry;
  GtkLabel  *hint_label;
  int        length;
  char      *hint;
  char      *completed; /* the code that was last said to be complete */
};

G_DEFINE_FINAL_TYPE (SiCodeEntry, si_code_entry, GTK_TYPE_WIDGET)

enum {
  COMPLETED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* The digits of any script, as ASCII; spaces and dashes are left out. */
static char *
dup_digits (SiCodeEntry *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  GString    *digits = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c)) {
    int digit = g_unichar_digit_value (g_utf8_get_char (c));

    if (digit >= 0)
      g_string_append_printf (digits, "%d", digit);
  }

  return g_string_free (digits, FALSE);
}

static void
show_hint (SiCodeEntry *self, const char *text, gboolean is_error)
{
  gtk_label_set_text (self->hint_label, text != NULL ? text : "");
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
      is_error ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  si_text_set_accessible_description (self->entry, text);

  if (is_error) {
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
    gtk_widget_add_css_class (GTK_WIDGET (self->hint_label), "error");
  } else {
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
    gtk_widget_remove_css_class (GTK_WIDGET (self->hint_label), "error");
  }
}

static void
complete (SiCodeEntry *self, const char *digits)
{
  g_free (self->completed);
  self->completed = g_strdup (digits);
  g_signal_emit (self, signals[COMPLETED], 0, digits);
}

static void
changed_cb (SiCodeEntry *self)
{
  g_autofree char *digits = dup_digits (self);

  if (gtk_widget_has_css_class (GTK_WIDGET (self->entry), "error"))
    show_hint (self, self->hint, FALSE);

  if ((int) strlen (digits) == self->length && g_strcmp0 (digits, self->completed) != 0)
    complete (self, digits);
}

/* Return sends it once more, whatever its length. */
static void
activate_cb (SiCodeEntry *self)
{
  g_autofree char *digits = dup_digits (self);

  if (*digits != '\0')
    complete (self, digits);
}

static void
si_code_entry_dispose (GObject *object)
{
  SiCodeEntry *self = SI_CODE_ENTRY (object);

  g_clear_pointer (&self->completed, g_free);
  g_clear_pointer (&self->hint, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), SI_TYPE_CODE_ENTRY);

  G_OBJECT_CLASS (si_code_entry_parent_class)->dispose (object);
}

static void
si_code_entry_class_init (SiCodeEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = si_code_entry_dispose;

  signals[COMPLETED]
      = g_signal_new ("completed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/security_info/SecurityInfo/si-code-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, SiCodeEntry, box);
  gtk_widget_class_bind_template_child (widget_class, SiCodeEntry, entry);
  gtk_widget_class_bind_template_child (widget_class, SiCodeEntry, hint_label);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
si_code_entry_init (SiCodeEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  si_text_set_left_to_right (GTK_EDITABLE (self->entry));
}

void
si_code_entry_set_length (SiCodeEntry *self, int length)
{
  g_return_if_fail (SI_IS_CODE_ENTRY (self));

  self->length = length;
}

/* @hint is nullable; an error that is on screen stays there. */
void
si_code_entry_set_hint (SiCodeEntry *self, const char *hint)
{
  g_return_if_fail (SI_IS_CODE_ENTRY (self));

  g_free (self->hint);
  self->hint = g_strdup (hint);
  if (!gtk_widget_has_css_class (GTK_WIDGET (self->entry), "error"))
    show_hint (self, hint, FALSE);
}

/* What was typed stays, selected, so that typing replaces it. A screen reader says the
 * field's new description, or says it with the field. */
void
si_code_entry_show_error (SiCodeEntry *self, const char *sentence)
{
  g_return_if_fail (SI_IS_CODE_ENTRY (self));

  show_hint (self, sentence, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}

void
si_code_entry_clear (SiCodeEntry *self)
{
  g_return_if_fail (SI_IS_CODE_ENTRY (self));

  g_clear_pointer (&self->completed, g_free);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  show_hint (self, self->hint, FALSE);
}

gboolean
si_code_entry_has_focus (SiCodeEntry *self)
{
  g_return_val_if_fail (SI_IS_CODE_ENTRY (self), FALSE);

  return gtk_widget_is_focus (
      GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->entry))));
}

GtkWidget *
si_code_entry_get_focus_widget (SiCodeEntry *self)
{
  g_return_val_if_fail (SI_IS_CODE_ENTRY (self), NULL);

  return GTK_WIDGET (self->entry);
}
