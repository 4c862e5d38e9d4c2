/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *si_sentences_pick_language (const char *accept_language);

char *si_sentences_dup_keypress (const char *language, const char *organization);
char *si_sentences_dup_spoken (const char *language,
                               const char *organization,
                               const char *code);
char *
si_sentences_dup_text (const char *language, const char *organization, const char *code);
char *si_sentences_dup_notice (const char *language,
                               const char *organization,
                               const char *kind);

G_END_DECLS
