/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-event-log.h"

#include "si-build.h"
#include "si-timestamp.h"

/* What happened to an account's methods, newest first, a page at a time. */

#define PAGE_SIZE 50

/**
 * si_event_log_append:
 * @database: the database, in a transaction
 * @kind: such as `method_added`
 * @method: the method that it happened to, as it is now or was last
 */
void
si_event_log_append (SiDatabase *database, const char *kind, const SiMethodRecord *method)
{
  si_database_run (database,
                   "INSERT INTO event (account, at, kind, type, number, label)"
                   " VALUES (?, ?, ?, ?, ?, ?)",
                   "sissss", method->account, si_timestamp_now (), kind, method->type,
                   method->number, method->label);
}

/**
 * si_event_log_dup_page:
 * @database: the database
 * @account: an account's id
 * @before: where the page begins: the cursor that came with the page before; %G_MAXINT64
 *   for the newest
 *
 * Returns: (transfer full): the body of `GET /v1/me/events`
 */
JsonNode *
si_event_log_dup_page (SiDatabase *database, const char *account, gint64 before)
{
  g_autoptr (sqlite3_stmt) row
      = si_database_query (database,
                           "SELECT seq, at, kind, type, number, label FROM event"
                           " WHERE account = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
                           "sii", account, before, (gint64) PAGE_SIZE + 1);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char        *next = NULL;
  gint64                  last = 0;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "events");
  json_builder_begin_array (builder);
  for (guint i = 0; si_database_step (database, row); i++) {
    if (i == PAGE_SIZE) {
      next = g_strdup_printf ("%" G_GINT64_FORMAT, last);
      break;
    }

    last = sqlite3_column_int64 (row, 0);
    json_builder_begin_object (builder);
    si_build_time (builder, "at", sqlite3_column_int64 (row, 1));
    si_build_string (builder, "kind", (const char *) sqlite3_column_text (row, 2));
    si_build_string (builder, "type", (const char *) sqlite3_column_text (row, 3));
    si_build_string (builder, "number", (const char *) sqlite3_column_text (row, 4));
    si_build_string (builder, "label", (const char *) sqlite3_column_text (row, 5));
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  si_build_string (builder, "next", next);

  return si_build_end (builder);
}
