/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-verification.h"

G_BEGIN_DECLS

char       *si_verification_text_dup_heading (SiVerification *verification);
char       *si_verification_text_dup_body (SiVerification *verification);
const char *si_verification_text_get_progress (SiVerification *verification);
const char *si_verification_text_get_again (SiVerification *verification);
const char *si_verification_text_get_switch (SiVerification *verification);

G_END_DECLS
