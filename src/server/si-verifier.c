/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-verifier.h"

#include "si-account-view.h"
#include "si-registry.h"
#include "si-sentences.h"
#include "si-timestamp.h"

/* Leads each verification from its first attempt to its end: places calls, sends texts,
 * checks codes, and watches the time. It owns what is under way; what has happened is in
 * the database, before anybody hears of it. */
struct _SiVerifier {
  GObject parent_instance;

  SiServerOptions  *options;
  SiDatabase       *database;
  SiPolicy         *policy;
  SiSimulatedPhone *phone;
  SiNotifier       *notifier;
  GHashTable       *watches;
};

G_DEFINE_FINAL_TYPE (SiVerifier, si_verifier, G_TYPE_OBJECT)

enum {
  CHANGED,
  VERIFIED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What is under way for one open verification. */
typedef struct {
  SiVerifier      *verifier;
  char            *id;
  SiSimulatedCall *call;
  guint            attempt_id;
  guint            expiry_id;
} Watch;

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  g_clear_handle_id (&watch->attempt_id, g_source_remove);
  g_clear_handle_id (&watch->expiry_id, g_source_remove);
  g_clear_object (&watch->call);
  g_free (watch->id);
  g_free (watch);
}

static void
hang_up (SiVerifier *self, Watch *watch)
{
  /* Taken away first, so that the call's end is nobody's failure. */
  g_autoptr (SiSimulatedCall) call = g_steal_pointer (&watch->call);

  g_clear_handle_id (&watch->attempt_id, g_source_remove);
  if (call != NULL)
    si_simulated_phone_release (self->phone, call);
}

static void
announce (SiVerifier *self, SiVerificationRecord *record)
{
  Watch *watch = g_hash_table_lookup (self->watches, record->id);

  g_signal_emit (self, signals[CHANGED], 0, record->id);

  if (watch != NULL && !si_verification_record_is_open (record)) {
    hang_up (self, watch);
    g_hash_table_remove (self->watches, record->id);
  }
}

static gboolean
save (SiVerifier *self, SiVerificationRecord *record)
{
  si_database_begin (self->database);
  si_verification_record_save (record, self->database);
  if (!si_database_commit (self->database))
    return FALSE;

  announce (self, record);
  return TRUE;
}

static gboolean
approve (SiVerifier *self, SiVerificationRecord *record)
{
  g_autoptr (SiAccountView) before
      = si_account_view_load (self->database, self->policy, record->account);
  g_auto (GStrv) numbers = si_account_view_dup_numbers (before);
  gboolean       enrolled;
  gint64         committed_at;

  si_database_begin (self->database);
  enrolled = si_registry_enrol (self->database, self->policy, record);
  si_verification_record_end (record, enrolled ? "verified" : "blocked", NULL);
  si_verification_record_save (record, self->database);
  if (!si_database_commit (self->database))
    return FALSE;

  committed_at = g_get_monotonic_time ();
  announce (self, record);
  if (enrolled) {
    g_signal_emit (self, signals[VERIFIED], 0, record->id, committed_at);
    si_notifier_queue (self->notifier, numbers, record->language,
                       g_str_equal (record->purpose, "add") ? "method_added"
                                                            : "method_changed");
  }

  return TRUE;
}

static gboolean
expire_if_due (SiVerifier *self, SiVerificationRecord *record)
{
  if (!si_verification_record_is_open (record)
      || si_timestamp_now () < record->expires_at)
    return FALSE;

  si_verification_record_end (record, "expired", NULL);
  save (self, record);
  return TRUE;
}

static void
place_call (SiVerifier *self, SiVerificationRecord *record, Watch *watch)
{
  const char      *organization = si_policy_get_organization (self->policy);
  g_autofree char *says = NULL;

  if (record->code != NULL)
    says = si_sentences_dup_spoken (record->language, organization, record->code);
  else
    says = si_sentences_dup_keypress (record->language, organization);

  watch->call = si_simulated_phone_dial (self->phone, record->target, record->language,
                                         says, record->code);
  si_verification_record_set_state (record, "calling", NULL);
}

static void
send_text (SiVerifier *self, SiVerificationRecord *record)
{
  g_autofree char *body = si_sentences_dup_text (
      record->language, si_policy_get_organization (self->policy), record->code);
  const char *failure
      = si_simulated_phone_send_code (self->phone, record->target, body, record->code);

  if (failure != NULL)
    si_verification_record_fail_attempt (record, failure);
  else
    si_verification_record_set_state (record, "texted", NULL);
}

static gboolean
attempt_cb (gpointer data)
{
  Watch                           *watch = data;
  SiVerifier                      *self = watch->verifier;
  g_autoptr (SiVerificationRecord) record = NULL;

  watch->attempt_id = 0;
  record = si_verifier_load (self, watch->id);
  if (record == NULL || !si_verification_record_is (record, "queued"))
    return G_SOURCE_REMOVE;

  if (g_str_equal (record->channel, "call"))
    place_call (self, record, watch);
  else
    send_text (self, record);

  save (self, record);
  return G_SOURCE_REMOVE;
}

static gboolean
expiry_cb (gpointer data)
{
  Watch                           *watch = data;
  g_autoptr (SiVerificationRecord) record = si_verifier_load (watch->verifier, watch->id);

  /* If the time is up, the watch is gone, and this source with it; the clock may have
   * been set back, though. */
  return G_SOURCE_CONTINUE;
}

static Watch *
watch_record (SiVerifier *self, SiVerificationRecord *record)
{
  gint64 left = record->expires_at - si_timestamp_now ();
  Watch *watch = g_hash_table_lookup (self->watches, record->id);

  if (watch != NULL)
    return watch;

  watch = g_new0 (Watch, 1);
  watch->verifier = self;
  watch->id = g_strdup (record->id);
  watch->expiry_id = g_timeout_add ((guint) (MAX (left, 1000) / 1000), expiry_cb, watch);
  g_hash_table_insert (self->watches, watch->id, watch);

  return watch;
}

static Watch *
find_watch (SiVerifier *self, SiSimulatedCall *call)
{
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    Watch *watch = value;

    if (watch->call == call)
      return watch;
  }

  return NULL;
}

static void
call_failed (SiVerifier *self, SiVerificationRecord *record, const char *reason)
{
  si_verification_record_fail_attempt (record, reason);
  save (self, record);
}

static void
call_ended (SiVerifier *self, SiVerificationRecord *record, SiSimulatedCall *call)
{
  const char                      *reason = si_simulated_call_get_reason (call);
  g_autoptr (SiVerificationRecord) kept = NULL;

  if (!si_simulated_call_get_approved (call)) {
    if (reason != NULL)
      call_failed (self, record, reason);
    return;
  }

  if (approve (self, record))
    return;

  /* It could not be kept: the verification is as it was before, without its call. */
  kept = si_verification_record_load (self->database, record->id);
  if (kept != NULL)
    call_failed (self, kept, "carrier_error");
}

static void
call_cb (SiSimulatedPhone *phone, SiSimulatedCall *call, SiVerifier *self)
{
  Watch                           *watch = find_watch (self, call);
  g_autoptr (SiVerificationRecord) record = NULL;

  if (watch == NULL)
    return;

  if (si_simulated_call_get_state (call) == SI_SIMULATED_CALL_ENDED)
    g_clear_object (&watch->call);

  record = si_verifier_load (self, watch->id);
  if (record == NULL || !si_verification_record_is_open (record))
    return;

  switch (si_simulated_call_get_state (call)) {
  case SI_SIMULATED_CALL_RINGING:
    si_verification_record_set_state (record, "ringing", NULL);
    save (self, record);
    break;
  case SI_SIMULATED_CALL_ANSWERED:
    si_verification_record_set_state (record, "answered", NULL);
    save (self, record);
    break;
  case SI_SIMULATED_CALL_ENDED:
    call_ended (self, record, call);
    break;
  case SI_SIMULATED_CALL_DIALING:
  default:
    break;
  }
}

static void
si_verifier_finalize (GObject *object)
{
  SiVerifier *self = SI_VERIFIER (object);

  g_hash_table_unref (self->watches);
  g_object_unref (self->phone);

  G_OBJECT_CLASS (si_verifier_parent_class)->finalize (object);
}

static void
si_verifier_class_init (SiVerifierClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_verifier_finalize;

  signals[CHANGED] = g_signal_new ("changed", SI_TYPE_VERIFIER, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[VERIFIED]
      = g_signal_new ("verified", SI_TYPE_VERIFIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);
}

static void
si_verifier_init (SiVerifier *self)
{
  self->watches = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, watch_free);
}

/**
 * si_verifier_new:
 * @options: how the server is to be; like @database, @policy and @notifier it must
 * outlive the verifier
 * @database: the database
 * @policy: the policy
 * @phone: the phone network
 * @notifier: whom to tell of changes
 *
 * Returns: (transfer full): a verifier
 */
SiVerifier *
si_verifier_new (SiServerOptions  *options,
                 SiDatabase       *database,
                 SiPolicy         *policy,
                 SiSimulatedPhone *phone,
                 SiNotifier       *notifier)
{
  SiVerifier *self = g_object_new (SI_TYPE_VERIFIER, NULL);

  self->options = options;
  self->database = database;
  self->policy = policy;
  self->phone = g_object_ref (phone);
  self->notifier = notifier;
  g_signal_connect_object (phone, "call", G_CALLBACK (call_cb), self, 0);

  return self;
}

/**
 * si_verifier_recover:
 * @self: a verifier
 *
 * Takes up what an earlier process left open.
 */
void
si_verifier_recover (SiVerifier *self)
{
  g_autoptr (GPtrArray) records = si_verification_record_list_open (self->database);

  for (guint i = 0; i < records->len; i++) {
    SiVerificationRecord *record = g_ptr_array_index (records, i);

    if (expire_if_due (self, record))
      continue;

    if (si_verification_record_is_lost (record)) {
      si_verification_record_fail_attempt (record, "carrier_error");
      save (self, record);
    }
    if (si_verification_record_is_open (record))
      watch_record (self, record);
  }
}

/**
 * si_verifier_load:
 * @self: a verifier
 * @id: a verification's id
 *
 * Returns: (transfer full) (nullable): the verification as it is at this moment: expired,
 *   if its time is up
 */
SiVerificationRecord *
si_verifier_load (SiVerifier *self, const char *id)
{
  SiVerificationRecord *record = si_verification_record_load (self->database, id);

  if (record != NULL)
    expire_if_due (self, record);

  return record;
}

/**
 * si_verifier_settle:
 * @self: a verifier
 * @account: an account's id
 *
 * Ends the account's open verification, if its time is up: what anybody looks at next is
 * then as it is at this moment, even if this machine slept through the timer.
 */
void
si_verifier_settle (SiVerifier *self, const char *account)
{
  g_autofree char *id = si_verification_record_dup_open_id (self->database, account);
  g_autoptr (SiVerificationRecord) record
      = id != NULL ? si_verifier_load (self, id) : NULL;
}

double
si_verifier_get_ttl (SiVerifier *self)
{
  return self->options->ttl >= 0
             ? self->options->ttl
             : (double) si_policy_get_verification (self->policy, "ttlSeconds");
}

double
si_verifier_get_resend_after (SiVerifier *self)
{
  return self->options->resend_after >= 0
             ? self->options->resend_after
             : (double) si_policy_get_verification (self->policy, "resendAfterSeconds");
}

/**
 * si_verifier_queue:
 * @self: a verifier
 * @record: an open verification, which is not saved yet
 * @channel: how to reach the phone this time
 * @language: in which language
 *
 * Prepares another attempt, which si_verifier_attempt() makes once @record is committed.
 * A code of the attempt before is void.
 */
void
si_verifier_queue (SiVerifier           *self,
                   SiVerificationRecord *record,
                   const char           *channel,
                   const char           *language)
{
  gboolean code = g_str_equal (channel, "text") || self->options->spoken_code;
  gint64   resend_at
      = si_timestamp_after (si_timestamp_now (), si_verifier_get_resend_after (self));

  si_verification_record_queue (record, channel, language, code, resend_at);
}

/**
 * si_verifier_attempt:
 * @self: a verifier
 * @record: a verification that was queued and committed
 *
 * Hangs up the running call, and starts the attempt once the answers have gone out.
 */
void
si_verifier_attempt (SiVerifier *self, SiVerificationRecord *record)
{
  Watch *watch = watch_record (self, record);

  announce (self, record);
  hang_up (self, watch);
  watch->attempt_id = g_idle_add_full (G_PRIORITY_DEFAULT, attempt_cb, watch, NULL);
}

/**
 * si_verifier_check:
 * @self: a verifier
 * @record: an open verification
 * @code: what the person typed
 *
 * Returns: (transfer none) (nullable): the code of the problem, or %NULL where the person
 *   is verified now
 */
const char *
si_verifier_check (SiVerifier *self, SiVerificationRecord *record, const char *code)
{
  if (si_verification_record_has_code (record, code))
    return approve (self, record) ? NULL : "internal";

  record->checks_left--;
  if (record->checks_left <= 0)
    si_verification_record_end (record, "failed", "too_many_attempts");

  return save (self, record) ? "code_incorrect" : "internal";
}

/**
 * si_verifier_cancel:
 * @self: a verifier
 * @record: an open verification
 *
 * Returns: whether that could be kept
 */
gboolean
si_verifier_cancel (SiVerifier *self, SiVerificationRecord *record)
{
  si_verification_record_end (record, "canceled", NULL);
  return save (self, record);
}
