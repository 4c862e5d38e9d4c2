/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-method-record.h"

/* A row of the table of methods. What a method is good for is not stored: that is the
 * policy's to say, and may change under it. */

#define COLUMNS "id, account, type, use, number, label, detail, created_at, last_used_at"

static SiMethodRecord *
read_row (sqlite3_stmt *row)
{
  SiMethodRecord *self = g_new0 (SiMethodRecord, 1);

  self->id = si_database_dup_text (row, 0);
  self->account = si_database_dup_text (row, 1);
  self->type = si_database_dup_text (row, 2);
  self->use = si_database_dup_text (row, 3);
  self->number = si_database_dup_text (row, 4);
  self->label = si_database_dup_text (row, 5);
  self->detail = si_database_dup_text (row, 6);
  self->created_at = sqlite3_column_int64 (row, 7);
  self->last_used_at = sqlite3_column_int64 (row, 8);

  return self;
}

void
si_method_record_free (SiMethodRecord *self)
{
  g_free (self->id);
  g_free (self->account);
  g_free (self->type);
  g_free (self->use);
  g_free (self->number);
  g_free (self->label);
  g_free (self->detail);
  g_free (self);
}

/**
 * si_method_record_list:
 * @database: the database
 * @account: an account's id
 *
 * Returns: (transfer full) (element-type SiMethodRecord): its methods, oldest first
 */
GPtrArray *
si_method_record_list (SiDatabase *database, const char *account)
{
  g_autoptr (sqlite3_stmt) row = si_database_query (
      database, "SELECT " COLUMNS " FROM method WHERE account = ? ORDER BY seq", "s",
      account);
  GPtrArray *methods
      = g_ptr_array_new_with_free_func ((GDestroyNotify) si_method_record_free);

  while (si_database_step (database, row))
    g_ptr_array_add (methods, read_row (row));

  return methods;
}

/**
 * si_method_record_load:
 * @database: the database
 * @id: (nullable): a method's id
 *
 * Returns: (transfer full) (nullable): the method, or %NULL where there is none
 */
SiMethodRecord *
si_method_record_load (SiDatabase *database, const char *id)
{
  g_autoptr (sqlite3_stmt) row = si_database_query (
      database, "SELECT " COLUMNS " FROM method WHERE id = ?", "s", id);

  return si_database_step (database, row) ? read_row (row) : NULL;
}

void
si_method_record_insert (const SiMethodRecord *self, SiDatabase *database)
{
  si_database_run (database,
                   "INSERT INTO method (id, account, type, use, number, label, detail,"
                   " created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                   "sssssssi", self->id, self->account, self->type, self->use,
                   self->number, self->label, self->detail, self->created_at);
}

void
si_method_record_set_number (SiMethodRecord *self,
                             SiDatabase     *database,
                             const char     *number)
{
  si_database_run (database, "UPDATE method SET number = ? WHERE id = ?", "ss", number,
                   self->id);
  g_free (self->number);
  self->number = g_strdup (number);
}

void
si_method_record_delete (SiMethodRecord *self, SiDatabase *database)
{
  si_database_run (database, "DELETE FROM method WHERE id = ?", "s", self->id);
}

gboolean
si_method_record_is_phone (const SiMethodRecord *self)
{
  return g_str_equal (self->type, "phone");
}
