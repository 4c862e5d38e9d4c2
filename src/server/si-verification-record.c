/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-verification-record.h"

#include <string.h>

#include "si-build.h"
#include "si-random.h"
#include "si-timestamp.h"

/* A row of the table of verifications, and the resource that it is on the wire. */

#define COLUMNS                                                                          \
  "id, account, purpose, type, use, target, method_id, channel, approval, state,"        \
  " reason, language, code, sends_left, checks_left, created_at, expires_at,"            \
  " resend_at, ended_at, new_default_method, new_default_channel"

/* What changes during a verification's life. */
#define UPDATES                                                                          \
  "method_id = excluded.method_id, channel = excluded.channel,"                          \
  " approval = excluded.approval, state = excluded.state, reason = excluded.reason,"     \
  " language = excluded.language, code = excluded.code,"                                 \
  " sends_left = excluded.sends_left, checks_left = excluded.checks_left,"               \
  " resend_at = excluded.resend_at, ended_at = excluded.ended_at,"                       \
  " new_default_method = excluded.new_default_method,"                                   \
  " new_default_channel = excluded.new_default_channel"

static SiVerificationRecord *
read_row (sqlite3_stmt *row)
{
  SiVerificationRecord *self = g_new0 (SiVerificationRecord, 1);
  const char           *new_default;

  self->id = si_database_dup_text (row, 0);
  self->account = si_database_dup_text (row, 1);
  self->purpose = si_database_dup_text (row, 2);
  self->type = si_database_dup_text (row, 3);
  self->use = si_database_dup_text (row, 4);
  self->target = si_database_dup_text (row, 5);
  self->method_id = si_database_dup_text (row, 6);
  self->channel = si_database_dup_text (row, 7);
  self->approval = si_database_dup_text (row, 8);
  self->state = si_database_dup_text (row, 9);
  self->reason = si_database_dup_text (row, 10);
  self->language = si_database_dup_text (row, 11);
  self->code = si_database_dup_text (row, 12);
  self->sends_left = sqlite3_column_int64 (row, 13);
  self->checks_left = sqlite3_column_int64 (row, 14);
  self->created_at = sqlite3_column_int64 (row, 15);
  self->expires_at = sqlite3_column_int64 (row, 16);
  self->resend_at = sqlite3_column_int64 (row, 17);
  self->ended_at = sqlite3_column_int64 (row, 18);

  new_default = (const char *) sqlite3_column_text (row, 19);
  if (new_default != NULL)
    self->new_default = si_default_choice_new (
        new_default, (const char *) sqlite3_column_text (row, 20));

  return self;
}

static void
set_string (char **field, const char *value)
{
  char *copy = g_strdup (value);

  g_free (*field);
  *field = copy;
}

static gboolean
can_switch_channel (SiVerificationRecord *self, SiPolicy *policy)
{
  g_auto (GStrv) channels = si_policy_dup_channels (policy, self->use);

  for (guint i = 0; channels[i] != NULL; i++) {
    if (!g_str_equal (channels[i], self->channel))
      return TRUE;
  }

  return FALSE;
}

/* A code can be given once the person may have heard or read it. */
static gboolean
can_submit_code (SiVerificationRecord *self)
{
  return self->code != NULL && !si_verification_record_is (self, "queued");
}

static void
build_allowed (SiVerificationRecord *self, SiPolicy *policy, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "allowed");
  json_builder_begin_array (builder);

  if (si_verification_record_is_open (self)) {
    if (can_submit_code (self))
      json_builder_add_string_value (builder, "submitCode");
    if (self->sends_left > 0)
      json_builder_add_string_value (builder, "resend");
    if (self->sends_left > 0 && can_switch_channel (self, policy))
      json_builder_add_string_value (builder, "switchChannel");
    json_builder_add_string_value (builder, "cancel");
  }

  json_builder_end_array (builder);
}

/* The server's time is what makes two answers about the same state differ, so the entity
 * tag leaves it out. */
static JsonNode *
build (SiVerificationRecord *self, SiPolicy *policy, gint64 server_time)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  si_build_string (builder, "id", self->id);
  si_build_string (builder, "purpose", self->purpose);
  si_build_string (builder, "type", self->type);
  si_build_string (builder, "use", self->use);
  si_build_string (builder, "target", self->target);
  si_build_string (builder, "methodId", self->method_id);
  si_build_string (builder, "state", self->state);
  si_build_string (builder, "reason", self->reason);
  si_build_string (builder, "channel", self->channel);
  si_build_string (builder, "approval", self->approval);
  if (g_str_equal (self->approval, "code"))
    si_build_int (builder, "codeLength", SI_RANDOM_CODE_LENGTH);
  else
    si_build_null (builder, "codeLength");
  if (server_time != 0)
    si_build_time (builder, "serverTime", server_time);
  si_build_time (builder, "createdAt", self->created_at);
  si_build_time (builder, "expiresAt", self->expires_at);
  si_build_time (builder, "resendAt", self->resend_at);
  si_build_int (builder, "sendsLeft", self->sends_left);
  si_build_int (builder, "checksLeft", self->checks_left);
  si_default_choice_build (self->new_default, builder, "newDefault");
  build_allowed (self, policy, builder);

  return si_build_end (builder);
}

void
si_verification_record_free (SiVerificationRecord *self)
{
  g_free (self->id);
  g_free (self->account);
  g_free (self->purpose);
  g_free (self->type);
  g_free (self->use);
  g_free (self->target);
  g_free (self->method_id);
  g_free (self->channel);
  g_free (self->approval);
  g_free (self->state);
  g_free (self->reason);
  g_free (self->language);
  g_free (self->code);
  g_clear_pointer (&self->new_default, si_default_choice_free);
  g_free (self);
}

/**
 * si_verification_record_load:
 * @database: the database
 * @id: a verification's id
 *
 * Returns: (transfer full) (nullable): the verification, or %NULL where there is none
 */
SiVerificationRecord *
si_verification_record_load (SiDatabase *database, const char *id)
{
  g_autoptr (sqlite3_stmt) row = si_database_query (
      database, "SELECT " COLUMNS " FROM verification WHERE id = ?", "s", id);

  return si_database_step (database, row) ? read_row (row) : NULL;
}

/**
 * si_verification_record_list_open:
 * @database: the database
 *
 * Returns: (transfer full) (element-type SiVerificationRecord): all that have not ended
 */
GPtrArray *
si_verification_record_list_open (SiDatabase *database)
{
  g_autoptr (sqlite3_stmt) row = si_database_query (
      database, "SELECT " COLUMNS " FROM verification WHERE ended_at IS NULL", "");
  GPtrArray *records
      = g_ptr_array_new_with_free_func ((GDestroyNotify) si_verification_record_free);

  while (si_database_step (database, row))
    g_ptr_array_add (records, read_row (row));

  return records;
}

/**
 * si_verification_record_dup_open_id:
 * @database: the database
 * @account: an account's id
 *
 * Returns: (transfer full) (nullable): its open verification, if it has one
 */
char *
si_verification_record_dup_open_id (SiDatabase *database, const char *account)
{
  g_autoptr (sqlite3_stmt) row = si_database_query (
      database, "SELECT id FROM verification WHERE account = ? AND ended_at IS NULL", "s",
      account);

  return si_database_step (database, row) ? si_database_dup_text (row, 0) : NULL;
}

void
si_verification_record_save (SiVerificationRecord *self, SiDatabase *database)
{
  const SiDefaultChoice *choice = self->new_default;

  si_database_run (database,
                   "INSERT INTO verification (" COLUMNS ") VALUES"
                   " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                   " nullif (?, 0), ?, ?)"
                   " ON CONFLICT (id) DO UPDATE SET " UPDATES,
                   "sssssssssssssiiiiiiss", self->id, self->account, self->purpose,
                   self->type, self->use, self->target, self->method_id, self->channel,
                   self->approval, self->state, self->reason, self->language, self->code,
                   self->sends_left, self->checks_left, self->created_at,
                   self->expires_at, self->resend_at, self->ended_at,
                   choice != NULL ? choice->method_id : NULL,
                   choice != NULL ? choice->channel : NULL);
}

/**
 * si_verification_record_forget:
 * @database: the database
 * @before: a time
 *
 * Removes those that ended before @before.
 */
void
si_verification_record_forget (SiDatabase *database, gint64 before)
{
  si_database_run (database, "DELETE FROM verification WHERE ended_at < ?", "i", before);
}

gboolean
si_verification_record_is_open (SiVerificationRecord *self)
{
  return self->ended_at == 0;
}

gboolean
si_verification_record_is (SiVerificationRecord *self, const char *state)
{
  return g_str_equal (self->state, state);
}

/**
 * si_verification_record_is_lost:
 * @self: an open verification that an earlier process left
 *
 * Returns: whether its attempt can't come to anything: a code that was sent or spoken can
 *   still be given
 */
gboolean
si_verification_record_is_lost (SiVerificationRecord *self)
{
  if (si_verification_record_is (self, "answered"))
    return self->code == NULL;

  return si_verification_record_is (self, "queued")
         || si_verification_record_is (self, "calling")
         || si_verification_record_is (self, "ringing");
}

/**
 * si_verification_record_has_code:
 * @self: a verification
 * @code: what the person typed
 *
 * Takes as long for a code that is nearly right as for one that is all wrong.
 *
 * Returns: whether it is the code
 */
gboolean
si_verification_record_has_code (SiVerificationRecord *self, const char *code)
{
  guint8 difference = 0;

  if (self->code == NULL || strlen (code) != strlen (self->code))
    return FALSE;

  for (gsize i = 0; self->code[i] != '\0'; i++)
    difference |= (guint8) (self->code[i] ^ code[i]);

  return difference == 0;
}

/**
 * si_verification_record_queue:
 * @self: an open verification
 * @channel: how to reach the phone this time
 * @language: in which language
 * @with_code: whether a code is to prove it, and not a key
 * @resend_at: when the attempt after this one may come
 *
 * Another attempt; a code of the one before is void.
 */
void
si_verification_record_queue (SiVerificationRecord *self,
                              const char           *channel,
                              const char           *language,
                              gboolean              with_code,
                              gint64                resend_at)
{
  si_verification_record_set_state (self, "queued", NULL);
  set_string (&self->channel, channel);
  set_string (&self->language, language);
  set_string (&self->approval, with_code ? "code" : "keypress");
  g_free (self->code);
  self->code = with_code ? si_random_code () : NULL;
  self->sends_left--;
  self->resend_at = resend_at;
}

void
si_verification_record_set_state (SiVerificationRecord *self,
                                  const char           *state,
                                  const char           *reason)
{
  set_string (&self->state, state);
  set_string (&self->reason, reason);
}

/**
 * si_verification_record_fail_attempt:
 * @self: an open verification
 * @reason: why
 *
 * Ends the attempt; without another one to come, the verification too.
 */
void
si_verification_record_fail_attempt (SiVerificationRecord *self, const char *reason)
{
  g_clear_pointer (&self->code, g_free);
  if (self->sends_left > 0)
    si_verification_record_set_state (self, "attemptFailed", reason);
  else
    si_verification_record_end (self, "failed", "no_sends_left");
}

void
si_verification_record_end (SiVerificationRecord *self,
                            const char           *state,
                            const char           *reason)
{
  si_verification_record_set_state (self, state, reason);
  g_clear_pointer (&self->code, g_free);
  self->ended_at = si_timestamp_now ();
}

char *
si_verification_record_dup_location (const char *id)
{
  return g_strconcat ("/v1/me/verifications/", id, NULL);
}

JsonNode *
si_verification_record_to_json (SiVerificationRecord *self, SiPolicy *policy)
{
  return build (self, policy, si_timestamp_now ());
}

char *
si_verification_record_dup_etag (SiVerificationRecord *self, SiPolicy *policy)
{
  g_autoptr (JsonNode) node = build (self, policy, 0);

  return si_build_etag (node);
}
