/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-database.h"

G_BEGIN_DECLS

typedef struct {
  char  *id;
  char  *account;
  char  *type;
  char  *use;
  char  *number;
  char  *label;
  char  *detail;
  gint64 created_at;
  gint64 last_used_at;
} SiMethodRecord;

void si_method_record_free (SiMethodRecord *self);

GPtrArray      *si_method_record_list (SiDatabase *database, const char *account);
SiMethodRecord *si_method_record_load (SiDatabase *database, const char *id);
void si_method_record_insert (const SiMethodRecord *self, SiDatabase *database);
void si_method_record_set_number (SiMethodRecord *self,
                                  SiDatabase     *database,
                                  const char     *number);
void si_method_record_delete (SiMethodRecord *self, SiDatabase *database);

gboolean si_method_record_is_phone (const SiMethodRecord *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SiMethodRecord, si_method_record_free)

G_END_DECLS
