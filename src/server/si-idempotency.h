/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-database.h"

G_BEGIN_DECLS

typedef enum {
  SI_IDEMPOTENCY_NEW,
  SI_IDEMPOTENCY_REPEATED,
  SI_IDEMPOTENCY_MISMATCH,
} SiIdempotency;

SiIdempotency si_idempotency_check (SiDatabase *database,
                                    const char *account,
                                    const char *key,
                                    const char *fingerprint,
                                    char      **verification);
void          si_idempotency_store (SiDatabase *database,
                                    const char *account,
                                    const char *key,
                                    const char *fingerprint,
                                    const char *verification);
void          si_idempotency_forget (SiDatabase *database, gint64 before);

G_END_DECLS
