/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a problem answer says beside its code. Unset members are left out. */
typedef struct {
  const char *code;
  guint       status; /* where it is not the code's usual one */
  const char *field;
  const char *location;
  const char *state;
  const char *method_id;
  const char *manage_url;
  gboolean    has_checks_left;
  gint64      checks_left;
  gint64      retry_after;
} SiRefusal;

gboolean    si_refusal_is_code (const char *code);
guint       si_refusal_get_status (const SiRefusal *self);
const char *si_refusal_get_title (const SiRefusal *self);
const char *si_refusal_get_detail (const SiRefusal *self, const char *language);

G_END_DECLS
