/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-simulated-text.h"

/* One text message as it arrived on the simulated network: a code, or a notice. */
struct _SiSimulatedText {
  GObject parent_instance;

  char *id;
  char *number;
  char *body;
  char *code;
};

G_DEFINE_FINAL_TYPE (SiSimulatedText, si_simulated_text, G_TYPE_OBJECT)

static void
si_simulated_text_finalize (GObject *object)
{
  SiSimulatedText *self = SI_SIMULATED_TEXT (object);

  g_free (self->id);
  g_free (self->number);
  g_free (self->body);
  g_free (self->code);

  G_OBJECT_CLASS (si_simulated_text_parent_class)->finalize (object);
}

static void
si_simulated_text_class_init (SiSimulatedTextClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_simulated_text_finalize;
}

static void
si_simulated_text_init (SiSimulatedText *self)
{
}

SiSimulatedText *
si_simulated_text_new (const char *id,
                       const char *number,
                       const char *body,
                       const char *code)
{
  SiSimulatedText *self = g_object_new (SI_TYPE_SIMULATED_TEXT, NULL);

  self->id = g_strdup (id);
  self->number = g_strdup (number);
  self->body = g_strdup (body);
  self->code = g_strdup (code);

  return self;
}

const char *
si_simulated_text_get_id (SiSimulatedText *self)
{
  return self->id;
}

const char *
si_simulated_text_get_number (SiSimulatedText *self)
{
  return self->number;
}

const char *
si_simulated_text_get_body (SiSimulatedText *self)
{
  return self->body;
}

const char *
si_simulated_text_get_code (SiSimulatedText *self)
{
  return self->code;
}
