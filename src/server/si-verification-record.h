/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "si-database.h"
#include "si-default-choice.h"
#include "si-policy.h"

G_BEGIN_DECLS

typedef struct {
  char            *id;
  char            *account;
  char            *purpose;
  char            *type;
  char            *use;
  char            *target;
  char            *method_id;
  char            *channel;
  char            *approval;
  char            *state;
  char            *reason;
  char            *language;
  char            *code;
  gint64           sends_left;
  gint64           checks_left;
  gint64           created_at;
  gint64           expires_at;
  gint64           resend_at;
  gint64           ended_at; /* 0 while it is open */
  SiDefaultChoice *new_default;
} SiVerificationRecord;

void si_verification_record_free (SiVerificationRecord *self);

SiVerificationRecord *si_verification_record_load (SiDatabase *database, const char *id);
GPtrArray            *si_verification_record_list_open (SiDatabase *database);
char *si_verification_record_dup_open_id (SiDatabase *database, const char *account);
void  si_verification_record_save (SiVerificationRecord *self, SiDatabase *database);
void  si_verification_record_forget (SiDatabase *database, gint64 before);

gboolean si_verification_record_is_open (SiVerificationRecord *self);
gboolean si_verification_record_is (SiVerificationRecord *self, const char *state);
gboolean si_verification_record_is_lost (SiVerificationRecord *self);
gboolean si_verification_record_has_code (SiVerificationRecord *self, const char *code);

void si_verification_record_queue (SiVerificationRecord *self,
                                   const char           *channel,
                                   const char           *language,
                                   gboolean              with_code,
                                   gint64                resend_at);
void si_verification_record_set_state (SiVerificationRecord *self,
                                       const char           *state,
                                       const char           *reason);
void si_verification_record_fail_attempt (SiVerificationRecord *self, const char *reason);
void si_verification_record_end (SiVerificationRecord *self,
                                 const char           *state,
                                 const char           *reason);

char     *si_verification_record_dup_location (const char *id);
JsonNode *si_verification_record_to_json (SiVerificationRecord *self, SiPolicy *policy);
char     *si_verification_record_dup_etag (SiVerificationRecord *self, SiPolicy *policy);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SiVerificationRecord, si_verification_record_free)

G_END_DECLS
