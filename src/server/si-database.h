/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct _SiDatabase SiDatabase;

SiDatabase *si_database_open (const char *path, GError **error);
void        si_database_free (SiDatabase *self);

void     si_database_begin (SiDatabase *self);
gboolean si_database_commit (SiDatabase *self);
void     si_database_rollback (SiDatabase *self);
gboolean si_database_take_failure (SiDatabase *self);

sqlite3_stmt *
si_database_query (SiDatabase *self, const char *sql, const char *types, ...);

gboolean si_database_step (SiDatabase *self, sqlite3_stmt *statement);
int      si_database_run (SiDatabase *self, const char *sql, const char *types, ...);

char *si_database_dup_text (sqlite3_stmt *statement, int column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SiDatabase, si_database_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

G_END_DECLS
