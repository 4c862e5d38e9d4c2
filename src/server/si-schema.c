/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-schema.h"

/* The tables. Times are microseconds since 1970. What the contract promises about numbers
 * is kept by indexes too: one open verification an account, one method a number. */

static const char SCHEMA[]
    = "CREATE TABLE account ("
      "  id TEXT PRIMARY KEY,"
      "  default_method TEXT,"
      "  default_channel TEXT"
      ") STRICT;"

      "CREATE TABLE method ("
      "  seq INTEGER PRIMARY KEY,"
      "  id TEXT NOT NULL UNIQUE,"
      "  account TEXT NOT NULL,"
      "  type TEXT NOT NULL,"
      "  use TEXT,"
      "  number TEXT,"
      "  label TEXT,"
      "  detail TEXT,"
      "  created_at INTEGER NOT NULL,"
      "  last_used_at INTEGER"
      ") STRICT;"
      "CREATE INDEX method_account ON method (account);"
      "CREATE UNIQUE INDEX method_number ON method (account, number)"
      "  WHERE number IS NOT NULL;"

      "CREATE TABLE verification ("
      "  id TEXT PRIMARY KEY,"
      "  account TEXT NOT NULL,"
      "  purpose TEXT NOT NULL,"
      "  type TEXT NOT NULL,"
      "  use TEXT NOT NULL,"
      "  target TEXT NOT NULL,"
      "  method_id TEXT,"
      "  channel TEXT NOT NULL,"
      "  approval TEXT NOT NULL,"
      "  state TEXT NOT NULL,"
      "  reason TEXT,"
      "  language TEXT NOT NULL,"
      "  code TEXT,"
      "  sends_left INTEGER NOT NULL,"
      "  checks_left INTEGER NOT NULL,"
      "  created_at INTEGER NOT NULL,"
      "  expires_at INTEGER NOT NULL,"
      "  resend_at INTEGER NOT NULL,"
      "  ended_at INTEGER,"
      "  new_default_method TEXT,"
      "  new_default_channel TEXT"
      ") STRICT;"
      "CREATE UNIQUE INDEX verification_open ON verification (account)"
      "  WHERE ended_at IS NULL;"
      "CREATE INDEX verification_ended ON verification (ended_at);"

      "CREATE TABLE idempotency ("
      "  account TEXT NOT NULL,"
      "  key TEXT NOT NULL,"
      "  fingerprint TEXT NOT NULL,"
      "  verification TEXT NOT NULL,"
      "  at INTEGER NOT NULL,"
      "  PRIMARY KEY (account, key)"
      ") STRICT, WITHOUT ROWID;"
      "CREATE INDEX idempotency_at ON idempotency (at);"

      "CREATE TABLE send ("
      "  number TEXT NOT NULL,"
      "  at INTEGER NOT NULL"
      ") STRICT;"
      "CREATE INDEX send_number ON send (number, at);"
      "CREATE INDEX send_at ON send (at);"

      "CREATE TABLE event ("
      "  seq INTEGER PRIMARY KEY,"
      "  account TEXT NOT NULL,"
      "  at INTEGER NOT NULL,"
      "  kind TEXT NOT NULL,"
      "  type TEXT NOT NULL,"
      "  number TEXT,"
      "  label TEXT"
      ") STRICT;"
      "CREATE INDEX event_account ON event (account, seq);";

const char *
si_schema_get_sql (void)
{
  return SCHEMA;
}
