/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct {
  char *method_id;
  char *channel;
} SiDefaultChoice;

SiDefaultChoice *si_default_choice_new (const char *method_id, const char *channel);
SiDefaultChoice *si_default_choice_copy (const SiDefaultChoice *self);
void             si_default_choice_free (SiDefaultChoice *self);

gboolean si_default_choice_equal (const SiDefaultChoice *a, const SiDefaultChoice *b);
void     si_default_choice_build (const SiDefaultChoice *self,
                                  JsonBuilder           *builder,
                                  const char            *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SiDefaultChoice, si_default_choice_free)

G_END_DECLS
