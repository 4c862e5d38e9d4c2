/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define SI_TYPE_CHALLENGE (si_challenge_get_type ())
G_DECLARE_FINAL_TYPE (SiChallenge, si_challenge, SI, CHALLENGE, GObject)

SiChallenge *si_challenge_new (int max_age, const char *acr_values, const char *claims);
SiChallenge *si_challenge_new_from_header (const char *header);

int         si_challenge_get_max_age (SiChallenge *self);
const char *si_challenge_get_acr_values (SiChallenge *self);
const char *si_challenge_get_claims (SiChallenge *self);

G_END_DECLS
