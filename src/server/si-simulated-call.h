/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum {
  SI_SIMULATED_CALL_DIALING,
  SI_SIMULATED_CALL_RINGING,
  SI_SIMULATED_CALL_ANSWERED,
  SI_SIMULATED_CALL_ENDED,
} SiSimulatedCallState;

#define SI_TYPE_SIMULATED_CALL (si_simulated_call_get_type ())

G_DECLARE_FINAL_TYPE (SiSimulatedCall, si_simulated_call, SI, SIMULATED_CALL, GObject)

SiSimulatedCall *si_simulated_call_new (const char *id,
                                        const char *number,
                                        const char *language,
                                        const char *says,
                                        const char *code);

const char          *si_simulated_call_get_id (SiSimulatedCall *self);
const char          *si_simulated_call_get_number (SiSimulatedCall *self);
const char          *si_simulated_call_get_language (SiSimulatedCall *self);
const char          *si_simulated_call_get_says (SiSimulatedCall *self);
const char          *si_simulated_call_get_code (SiSimulatedCall *self);
SiSimulatedCallState si_simulated_call_get_state (SiSimulatedCall *self);
gboolean             si_simulated_call_get_approved (SiSimulatedCall *self);
const char          *si_simulated_call_get_reason (SiSimulatedCall *self);

void si_simulated_call_set_state (SiSimulatedCall *self, SiSimulatedCallState state);
void si_simulated_call_end (SiSimulatedCall *self, gboolean approved, const char *reason);

G_END_DECLS
