/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define SI_TYPE_SIMULATED_TEXT (si_simulated_text_get_type ())

G_DECLARE_FINAL_TYPE (SiSimulatedText, si_simulated_text, SI, SIMULATED_TEXT, GObject)

SiSimulatedText *si_simulated_text_new (const char *id,
                                        const char *number,
                                        const char *body,
                                        const char *code);

const char *si_simulated_text_get_id (SiSimulatedText *self);
const char *si_simulated_text_get_number (SiSimulatedText *self);
const char *si_simulated_text_get_body (SiSimulatedText *self);
const char *si_simulated_text_get_code (SiSimulatedText *self);

G_END_DECLS
