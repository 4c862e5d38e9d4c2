/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-capabilities.h"
#include "si-error.h"

G_BEGIN_DECLS

const char *si_error_text_get_title (const GError *error);
char *si_error_text_dup_sentence (const GError *error, SiCapabilities *capabilities);
char *si_error_text_dup_reference (const GError *error);

G_END_DECLS
