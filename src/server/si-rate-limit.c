/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-rate-limit.h"

#include "si-timestamp.h"

/* How often one number is called or texted, whoever asks for it. */

static gint64
get_window (SiPolicy *policy)
{
  return si_policy_get_limit (policy, "windowSeconds") * G_USEC_PER_SEC;
}

/**
 * si_rate_limit_check:
 * @database: the database
 * @policy: the policy
 * @number: a number, E.164
 *
 * Returns: how many seconds to wait before @number may be called or texted; 0 if none
 */
gint
si_rate_limit_check (SiDatabase *database, SiPolicy *policy, const char *number)
{
  gint64                   now = si_timestamp_now ();
  gint64                   window = get_window (policy);
  gint64                   limit = si_policy_get_limit (policy, "sendsPerNumber");
  g_autoptr (sqlite3_stmt) row
      = si_database_query (database,
                           "SELECT at FROM send WHERE number = ? AND at > ?"
                           " ORDER BY at DESC LIMIT 1 OFFSET ?",
                           "sii", number, now - window, limit - 1);

  if (!si_database_step (database, row))
    return 0;

  return (gint) ((sqlite3_column_int64 (row, 0) + window - now) / G_USEC_PER_SEC) + 1;
}

void
si_rate_limit_count (SiDatabase *database, SiPolicy *policy, const char *number)
{
  gint64 now = si_timestamp_now ();

  si_database_run (database, "DELETE FROM send WHERE at < ?", "i",
                   now - get_window (policy));
  si_database_run (database, "INSERT INTO send (number, at) VALUES (?, ?)", "si", number,
                   now);
}
