/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-simulated-call.h"

/* One call as it is on the simulated network: where it goes, what the voice says, and how
 * it ended. Only the phone that carries it changes it. */
struct _SiSimulatedCall {
  GObject parent_instance;

  char                *id;
  char                *number;
  char                *language;
  char                *says;
  char                *code;
  SiSimulatedCallState state;
  gboolean             approved;
  const char          *reason;
};

G_DEFINE_FINAL_TYPE (SiSimulatedCall, si_simulated_call, G_TYPE_OBJECT)

static void
si_simulated_call_finalize (GObject *object)
{
  SiSimulatedCall *self = SI_SIMULATED_CALL (object);

  g_free (self->id);
  g_free (self->number);
  g_free (self->language);
  g_free (self->says);
  g_free (self->code);

  G_OBJECT_CLASS (si_simulated_call_parent_class)->finalize (object);
}

static void
si_simulated_call_class_init (SiSimulatedCallClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_simulated_call_finalize;
}

static void
si_simulated_call_init (SiSimulatedCall *self)
{
}

/**
 * si_simulated_call_new:
 * @id: the call's id
 * @number: whom it goes to, E.164
 * @language: the language of the voice
 * @says: what the voice says
 * @code: (nullable): the code that it speaks, or %NULL where it asks for the # key
 *
 * Returns: (transfer full): a call that is being dialled
 */
SiSimulatedCall *
si_simulated_call_new (const char *id,
                       const char *number,
                       const char *language,
                       const char *says,
                       const char *code)
{
  SiSimulatedCall *self = g_object_new (SI_TYPE_SIMULATED_CALL, NULL);

  self->id = g_strdup (id);
  self->number = g_strdup (number);
  self->language = g_strdup (language);
  self->says = g_strdup (says);
  self->code = g_strdup (code);

  return self;
}

const char *
si_simulated_call_get_id (SiSimulatedCall *self)
{
  return self->id;
}

const char *
si_simulated_call_get_number (SiSimulatedCall *self)
{
  return self->number;
}

const char *
si_simulated_call_get_language (SiSimulatedCall *self)
{
  return self->language;
}

const char *
si_simulated_call_get_says (SiSimulatedCall *self)
{
  return self->says;
}

const char *
si_simulated_call_get_code (SiSimulatedCall *self)
{
  return self->code;
}

SiSimulatedCallState
si_simulated_call_get_state (SiSimulatedCall *self)
{
  return self->state;
}

gboolean
si_simulated_call_get_approved (SiSimulatedCall *self)
{
  return self->approved;
}

const char *
si_simulated_call_get_reason (SiSimulatedCall *self)
{
  return self->reason;
}

void
si_simulated_call_set_state (SiSimulatedCall *self, SiSimulatedCallState state)
{
  self->state = state;
}

/**
 * si_simulated_call_end:
 * @self: a call
 * @approved: whether the person approved it
 * @reason: (nullable): why the attempt failed, or %NULL where it did not
 */
void
si_simulated_call_end (SiSimulatedCall *self, gboolean approved, const char *reason)
{
  self->state = SI_SIMULATED_CALL_ENDED;
  self->approved = approved;
  self->reason = g_intern_string (reason);
}
