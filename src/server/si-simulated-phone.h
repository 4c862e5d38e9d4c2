/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "si-simulated-call.h"
#include "si-simulated-text.h"

G_BEGIN_DECLS

#define SI_TYPE_SIMULATED_PHONE (si_simulated_phone_get_type ())

G_DECLARE_FINAL_TYPE (SiSimulatedPhone, si_simulated_phone, SI, SIMULATED_PHONE, GObject)

SiSimulatedPhone *si_simulated_phone_new (double dial_time, double ring_time);

GListModel      *si_simulated_phone_get_calls (SiSimulatedPhone *self);
GListModel      *si_simulated_phone_get_texts (SiSimulatedPhone *self);
SiSimulatedCall *si_simulated_phone_get_ringing (SiSimulatedPhone *self);

SiSimulatedCall *si_simulated_phone_dial (SiSimulatedPhone *self,
                                          const char       *number,
                                          const char       *language,
                                          const char       *says,
                                          const char       *code);
const char      *si_simulated_phone_send_code (SiSimulatedPhone *self,
                                               const char       *number,
                                               const char       *body,
                                               const char       *code);
void
si_simulated_phone_notify (SiSimulatedPhone *self, const char *number, const char *body);
void si_simulated_phone_release (SiSimulatedPhone *self, SiSimulatedCall *call);

gboolean
si_simulated_phone_answer (SiSimulatedPhone *self, const char *call_id, GError **error);
gboolean si_simulated_phone_press (SiSimulatedPhone *self,
                                   const char       *call_id,
                                   char              key,
                                   GError          **error);
gboolean
si_simulated_phone_decline (SiSimulatedPhone *self, const char *call_id, GError **error);
gboolean si_simulated_phone_voicemail (SiSimulatedPhone *self,
                                       const char       *call_id,
                                       GError          **error);
gboolean
si_simulated_phone_ignore (SiSimulatedPhone *self, const char *call_id, GError **error);
gboolean
si_simulated_phone_hang_up (SiSimulatedPhone *self, const char *call_id, GError **error);
gboolean
si_simulated_phone_set_next (SiSimulatedPhone *self, const char *outcome, GError **error);

G_END_DECLS
