/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-idempotency.h"

#include "si-timestamp.h"

/* Which request came under which key, so that one that is sent twice acts once. */

/**
 * si_idempotency_check:
 * @database: the database
 * @account: whose key it is
 * @key: the key
 * @fingerprint: what stands for the request's method, path and body
 * @verification: (out) (nullable): the verification that the first request led to
 *
 * Returns: whether the key is new, or came with the same request, or with another
 */
SiIdempotency
si_idempotency_check (SiDatabase *database,
                      const char *account,
                      const char *key,
                      const char *fingerprint,
                      char      **verification)
{
  g_autoptr (sqlite3_stmt) row = si_database_query (
      database,
      "SELECT fingerprint, verification FROM idempotency WHERE account = ? AND key = ?",
      "ss", account, key);

  *verification = NULL;
  if (!si_database_step (database, row))
    return SI_IDEMPOTENCY_NEW;

  if (g_strcmp0 ((const char *) sqlite3_column_text (row, 0), fingerprint) != 0)
    return SI_IDEMPOTENCY_MISMATCH;

  *verification = si_database_dup_text (row, 1);
  return SI_IDEMPOTENCY_REPEATED;
}

void
si_idempotency_store (SiDatabase *database,
                      const char *account,
                      const char *key,
                      const char *fingerprint,
                      const char *verification)
{
  si_database_run (database,
                   "INSERT INTO idempotency (account, key, fingerprint, verification, at)"
                   " VALUES (?, ?, ?, ?, ?)",
                   "ssssi", account, key, fingerprint, verification, si_timestamp_now ());
}

/**
 * si_idempotency_forget:
 * @database: the database
 * @before: a time
 *
 * Removes the keys that came before @before.
 */
void
si_idempotency_forget (SiDatabase *database, gint64 before)
{
  si_database_run (database, "DELETE FROM idempotency WHERE at < ?", "i", before);
}
