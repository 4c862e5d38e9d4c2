/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-database.h"

#include <gio/gio.h>
#include <stdarg.h>

#include "si-schema.h"

/* The one SQLite handle. A statement that fails is remembered until the transaction ends,
 * and then nothing of it is kept: so callers ask once, at the commit. */
struct _SiDatabase {
  sqlite3 *handle;
  gboolean in_transaction;
  gboolean failed;
};

static void
fail (SiDatabase *self)
{
  /* The message names tables and columns, never what is in them. */
  g_warning ("The database failed: %s", sqlite3_errmsg (self->handle));
  self->failed = TRUE;
}

static gboolean
execute (SiDatabase *self, const char *sql)
{
  if (sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;

  fail (self);
  return FALSE;
}

static void
bind_values (sqlite3_stmt *statement, const char *types, va_list values)
{
  for (int i = 0; types[i] != '\0'; i++) {
    if (types[i] == 's') {
      const char *text = va_arg (values, const char *);

      sqlite3_bind_text (statement, i + 1, text, -1, SQLITE_TRANSIENT);
    } else {
      sqlite3_bind_int64 (statement, i + 1, va_arg (values, gint64));
    }
  }
}

static sqlite3_stmt *
prepare (SiDatabase *self, const char *sql, const char *types, va_list values)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (self->handle, sql, -1, &statement, NULL) != SQLITE_OK) {
    fail (self);
    return NULL;
  }

  bind_values (statement, types, values);
  return statement;
}

static int
get_version (SiDatabase *self)
{
  g_autoptr (sqlite3_stmt) statement
      = si_database_query (self, "PRAGMA user_version", "");

  return si_database_step (self, statement) ? sqlite3_column_int (statement, 0) : -1;
}

static gboolean
create_tables (SiDatabase *self)
{
  g_autofree char *sql
      = g_strdup_printf ("BEGIN IMMEDIATE; %s PRAGMA user_version = %d; COMMIT;",
                         si_schema_get_sql (), SI_SCHEMA_VERSION);

  return execute (self, sql);
}

static gboolean
set_up (SiDatabase *self, GError **error)
{
  int version;

  /* Secure deletion, because codes and numbers that are gone should be gone. */
  if (execute (self, "PRAGMA journal_mode = WAL;"
                     "PRAGMA synchronous = FULL;"
                     "PRAGMA secure_delete = ON;"
                     "PRAGMA busy_timeout = 2000;")) {
    version = get_version (self);
    if (version == SI_SCHEMA_VERSION || (version == 0 && create_tables (self)))
      return TRUE;
  }

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       "The database cannot be used, or is of another version");
  return FALSE;
}

/**
 * si_database_open:
 * @path: a file, which is created where it is missing, or `:memory:`
 * @error: return location for an error
 *
 * Returns: (transfer full): the database, or %NULL with @error set
 */
SiDatabase *
si_database_open (const char *path, GError **error)
{
  g_autoptr (SiDatabase) self = g_new0 (SiDatabase, 1);

  if (sqlite3_open (path, &self->handle) != SQLITE_OK) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Cannot open %s: %s", path,
                 sqlite3_errmsg (self->handle));
    return NULL;
  }

  return set_up (self, error) ? g_steal_pointer (&self) : NULL;
}

void
si_database_free (SiDatabase *self)
{
  sqlite3_close (self->handle);
  g_free (self);
}

void
si_database_begin (SiDatabase *self)
{
  g_assert (!self->in_transaction);

  self->in_transaction = TRUE;
  self->failed = FALSE;
  execute (self, "BEGIN IMMEDIATE");
}

/**
 * si_database_commit:
 * @self: a database
 *
 * Returns: whether the transaction is kept; where any of its statements failed, none is
 */
gboolean
si_database_commit (SiDatabase *self)
{
  g_assert (self->in_transaction);

  if (self->failed || !execute (self, "COMMIT")) {
    si_database_rollback (self);
    return FALSE;
  }

  self->in_transaction = FALSE;
  return TRUE;
}

void
si_database_rollback (SiDatabase *self)
{
  /* Some failures end the transaction by themselves. */
  if (!sqlite3_get_autocommit (self->handle))
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);

  self->in_transaction = FALSE;
}

/**
 * si_database_take_failure:
 * @self: a database
 *
 * Returns: whether anything failed since this was last asked, reading included
 */
gboolean
si_database_take_failure (SiDatabase *self)
{
  gboolean failed = self->failed;

  self->failed = FALSE;
  return failed;
}

/**
 * si_database_query:
 * @self: a database
 * @sql: a statement
 * @types: the types of the values that follow, a letter each: `s` for text, which may be
 *   %NULL, `i` for a gint64
 * @...: the values of its parameters
 *
 * Returns: (transfer full) (nullable): the statement, to be stepped through with
 *   si_database_step(), which takes %NULL too
 */
sqlite3_stmt *
si_database_query (SiDatabase *self, const char *sql, const char *types, ...)
{
  sqlite3_stmt *statement;
  va_list       values;

  va_start (values, types);
  statement = prepare (self, sql, types, values);
  va_end (values);

  return statement;
}

/**
 * si_database_step:
 * @self: a database
 * @statement: (nullable): a statement
 *
 * Returns: whether there is another row
 */
gboolean
si_database_step (SiDatabase *self, sqlite3_stmt *statement)
{
  int result = statement != NULL ? sqlite3_step (statement) : SQLITE_DONE;

  if (result != SQLITE_ROW && result != SQLITE_DONE)
    fail (self);

  return result == SQLITE_ROW;
}

/**
 * si_database_run:
 * @self: a database
 * @sql: a statement that changes something
 * @types: see si_database_query()
 * @...: the values of its parameters
 *
 * Returns: how many rows it changed
 */
int
si_database_run (SiDatabase *self, const char *sql, const char *types, ...)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  va_list                  values;

  /* Where even BEGIN failed, a later statement would be kept on its own. */
  if (self->in_transaction && self->failed)
    return 0;

  va_start (values, types);
  statement = prepare (self, sql, types, values);
  va_end (values);

  si_database_step (self, statement);
  return self->failed ? 0 : sqlite3_changes (self->handle);
}

char *
si_database_dup_text (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}
