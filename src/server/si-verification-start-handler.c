/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-verification-start-handler.h"

#include "si-account-view.h"
#include "si-idempotency.h"
#include "si-json.h"
#include "si-random.h"
#include "si-rate-limit.h"
#include "si-start-request.h"
#include "si-timestamp.h"
#include "si-verification-handler.h"

/* What calls or texts a phone: `POST /v1/me/verifications` and `POST …/{id}/resend`. Both
 * take an Idempotency-Key, and both count against the limits of the number. */

#define MAX_KEY_LENGTH 255

/* An ended verification is forgotten with the keys that led to it. */
#define KEPT_FOR (24 * G_TIME_SPAN_HOUR)

static void
answer (SiServices           *services,
        SiExchange           *exchange,
        guint                 status,
        SiVerificationRecord *record)
{
  g_autofree char *location = si_verification_record_dup_location (record->id);

  if (status == SOUP_STATUS_CREATED)
    si_exchange_set_header (exchange, "Location", location);
  si_verification_handler_answer (services, exchange, status, record);
}

/* Whether the request is to be acted on; else it is answered. */
static gboolean
check_key (SiServices *services, SiExchange *exchange, const char *key, guint status)
{
  g_autofree char                 *fingerprint = NULL;
  g_autofree char                 *id = NULL;
  g_autoptr (SiVerificationRecord) record = NULL;

  if (key == NULL || *key == '\0') {
    si_exchange_refuse_field (exchange, "precondition_required", "Idempotency-Key");
    return FALSE;
  }

  if (strlen (key) > MAX_KEY_LENGTH) {
    si_exchange_refuse_field (exchange, "invalid_request", "Idempotency-Key");
    return FALSE;
  }

  fingerprint = si_exchange_dup_fingerprint (exchange);
  switch (si_idempotency_check (services->database, si_exchange_get_account (exchange),
                                key, fingerprint, &id)) {
  case SI_IDEMPOTENCY_MISMATCH:
    si_exchange_refuse_code (exchange, "idempotency_mismatch");
    return FALSE;
  case SI_IDEMPOTENCY_REPEATED:
    record = si_verifier_load (services->verifier, id);
    if (record != NULL)
      answer (services, exchange, status, record);
    else
      si_exchange_refuse (exchange, &(SiRefusal){ .code = "verification_ended",
                                                  .status = SOUP_STATUS_GONE });
    return FALSE;
  case SI_IDEMPOTENCY_NEW:
  default:
    return TRUE;
  }
}

static gboolean
check_rate (SiServices *services, SiExchange *exchange, const char *number)
{
  gint wait = si_rate_limit_check (services->database, services->policy, number);

  if (wait == 0)
    return TRUE;

  si_exchange_refuse (exchange,
                      &(SiRefusal){ .code = "rate_limited", .retry_after = wait });
  return FALSE;
}

static void
forget (SiServices *services)
{
  gint64 before = si_timestamp_now () - KEPT_FOR;

  si_idempotency_forget (services->database, before);
  si_verification_record_forget (services->database, before);
}

/* Everything about a new attempt is kept at once: or a repeated request would call
 * twice. */
static gboolean
commit (SiServices *services, SiExchange *exchange, SiVerificationRecord *record)
{
  g_autofree char *fingerprint = si_exchange_dup_fingerprint (exchange);

  si_database_begin (services->database);
  forget (services);
  si_verification_record_save (record, services->database);
  si_idempotency_store (services->database, record->account,
                        si_exchange_get_header (exchange, "Idempotency-Key"), fingerprint,
                        record->id);
  si_rate_limit_count (services->database, services->policy, record->target);
  if (si_database_commit (services->database))
    return TRUE;

  si_exchange_refuse_code (exchange, "internal");
  return FALSE;
}

static gboolean
check_none_open (SiServices *services, SiExchange *exchange)
{
  g_autofree char *id = si_verification_record_dup_open_id (
      services->database, si_exchange_get_account (exchange));
  g_autofree char *location = NULL;

  if (id == NULL)
    return TRUE;

  location = si_verification_record_dup_location (id);
  si_exchange_refuse (
      exchange, &(SiRefusal){ .code = "verification_in_progress", .location = location });
  return FALSE;
}

/* A method of somebody else's is told apart from one that is gone. */
static void
refuse_start (SiServices     *services,
              SiExchange     *exchange,
              SiStartRequest *request,
              SiRefusal      *refusal)
{
  g_autoptr (SiMethodRecord) other = NULL;

  if (g_str_equal (refusal->code, "not_found")) {
    other = si_method_record_load (services->database, request->method_id);
    if (other != NULL)
      refusal->code = "account_mismatch";
  }

  si_exchange_refuse (exchange, refusal);
}

static SiVerificationRecord *
record_new (SiServices *services, SiExchange *exchange, SiStartRequest *request)
{
  SiVerificationRecord *record = g_new0 (SiVerificationRecord, 1);
  gboolean              changes = g_str_equal (request->purpose, "change");

  record->id = si_random_id ("v");
  record->account = g_strdup (si_exchange_get_account (exchange));
  record->purpose = g_strdup (request->purpose);
  record->type = g_strdup (request->type);
  record->use = g_strdup (request->use);
  record->target = g_strdup (request->number);
  record->method_id = changes ? g_strdup (request->method_id) : NULL;
  record->sends_left = si_policy_get_verification (services->policy, "maxSends");
  record->checks_left = si_policy_get_verification (services->policy, "maxChecks");
  record->created_at = si_timestamp_now ();
  record->expires_at
      = si_timestamp_after (record->created_at, si_verifier_get_ttl (services->verifier));

  return record;
}

static gint64
get_seconds_until (gint64 timestamp)
{
  gint64 left = timestamp - si_timestamp_now ();

  return (left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
}

static gboolean
check_channel (SiServices           *services,
               SiExchange           *exchange,
               SiVerificationRecord *record,
               const char           *channel)
{
  g_auto (GStrv) channels = si_policy_dup_channels (services->policy, record->use);

  if (g_strv_contains ((const char *const *) channels, channel))
    return TRUE;

  si_exchange_refuse_field (exchange, "channel_not_available", "channel");
  return FALSE;
}

/* Another channel than the present one is open at once. */
static gboolean
check_sends (SiExchange *exchange, SiVerificationRecord *record, const char *channel)
{
  gint64 wait = get_seconds_until (record->resend_at);

  if (record->sends_left <= 0) {
    si_exchange_refuse_code (exchange, "no_sends_left");
    return FALSE;
  }

  if (g_str_equal (channel, record->channel) && wait > 0) {
    si_exchange_refuse (exchange,
                        &(SiRefusal){ .code = "resend_too_soon", .retry_after = wait });
    return FALSE;
  }

  return TRUE;
}

static gboolean
parse_channel (SiExchange *exchange, JsonObject *body, const char **channel)
{
  if (!json_object_has_member (body, "channel"))
    return TRUE;

  *channel = si_json_get_string (body, "channel");
  if (g_strcmp0 (*channel, "call") == 0 || g_strcmp0 (*channel, "text") == 0)
    return TRUE;

  si_exchange_refuse_field (exchange, "invalid_request", "channel");
  return FALSE;
}

void
si_verification_start_handler_post (SiServices *services, SiExchange *exchange)
{
  const char               *key = si_exchange_get_header (exchange, "Idempotency-Key");
  g_autoptr (JsonObject)    body = si_exchange_parse_body (exchange);
  g_autoptr (SiAccountView) view = NULL;
  g_autoptr (SiVerificationRecord) record = NULL;
  SiStartRequest                   request = { NULL };
  SiRefusal                        refusal = { NULL };

  if (body == NULL || !check_key (services, exchange, key, SOUP_STATUS_CREATED))
    return;

  view = si_account_view_load (services->database, services->policy,
                               si_exchange_get_account (exchange));
  if (!si_start_request_parse (&request, body, &refusal)
      || !si_start_request_check (&request, services->policy, view, &refusal)) {
    refuse_start (services, exchange, &request, &refusal);
    return;
  }

  if (!check_none_open (services, exchange)
      || !check_rate (services, exchange, request.number))
    return;

  record = record_new (services, exchange, &request);
  si_verifier_queue (services->verifier, record, request.channel,
                     si_exchange_get_language (exchange));
  if (!commit (services, exchange, record))
    return;

  answer (services, exchange, SOUP_STATUS_CREATED, record);
  si_verifier_attempt (services->verifier, record);
}

void
si_verification_start_handler_resend (SiServices *services, SiExchange *exchange)
{
  const char            *key = si_exchange_get_header (exchange, "Idempotency-Key");
  g_autoptr (JsonObject) body = si_exchange_parse_optional_body (exchange);
  g_autoptr (SiVerificationRecord) record = NULL;
  const char                      *channel = NULL;

  if (body == NULL || !check_key (services, exchange, key, SOUP_STATUS_ACCEPTED)
      || !parse_channel (exchange, body, &channel))
    return;

  record = si_verification_handler_find (services, exchange);
  if (record == NULL || !si_verification_handler_check_open (exchange, record))
    return;

  if (channel == NULL)
    channel = record->channel;
  if (!check_channel (services, exchange, record, channel)
      || !check_sends (exchange, record, channel)
      || !check_rate (services, exchange, record->target))
    return;

  si_verifier_queue (services->verifier, record, channel,
                     si_exchange_get_language (exchange));
  if (!commit (services, exchange, record))
    return;

  answer (services, exchange, SOUP_STATUS_ACCEPTED, record);
  si_verifier_attempt (services->verifier, record);
}
