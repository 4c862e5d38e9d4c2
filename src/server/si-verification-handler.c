/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-verification-handler.h"

#include <string.h>

#include "si-json.h"
#include "si-random.h"
#include "si-timestamp.h"

/* `GET` and `DELETE /v1/me/verifications/{id}`, and `POST …/{id}/code`. */

#define READABLE_FOR (10 * G_TIME_SPAN_MINUTE)
#define MAX_WAIT 60

static void
answer_cached (SiServices *services, SiExchange *exchange, SiVerificationRecord *record)
{
  g_autoptr (JsonNode) body = si_verification_record_to_json (record, services->policy);
  g_autofree char     *etag = si_verification_record_dup_etag (record, services->policy);

  si_exchange_answer_cached (exchange, body, etag);
}

static void
wait_over_cb (gpointer data, gpointer user_data)
{
  SiExchange                      *exchange = data;
  SiServices                      *services = user_data;
  g_autoptr (SiVerificationRecord) record
      = si_verification_handler_find (services, exchange);

  if (record != NULL)
    answer_cached (services, exchange, record);
}

/* The seconds in `Prefer: wait=25`; -1 where none are asked for (RFC 7240). */
static gint
parse_wait (SiExchange *exchange)
{
  const char *value = si_exchange_get_header (exchange, "Prefer");
  GSList     *preferences = value != NULL ? soup_header_parse_list (value) : NULL;
  guint64     seconds = 0;
  gint        wait = -1;

  for (GSList *l = preferences; l != NULL && wait < 0; l = l->next) {
    const char *text = l->data;

    if (g_ascii_strncasecmp (text, "wait=", strlen ("wait=")) == 0
        && g_ascii_string_to_unsigned (text + strlen ("wait="), 10, 0, G_MAXINT, &seconds,
                                       NULL))
      wait = (gint) MIN (seconds, MAX_WAIT);
  }

  soup_header_free_list (preferences);
  return wait;
}

static gboolean
is_current (SiServices *services, SiExchange *exchange, SiVerificationRecord *record)
{
  g_autofree char *etag = si_verification_record_dup_etag (record, services->policy);

  return si_exchange_matches (exchange, "If-None-Match", etag);
}

static void
set_retry_after (SiServices *services, SiExchange *exchange)
{
  g_autofree char *text = g_strdup_printf ("%d", services->options->retry_after);

  si_exchange_set_header (exchange, "Retry-After", text);
}

static void
set_preference_applied (SiExchange *exchange, gint wait)
{
  g_autofree char *text = g_strdup_printf ("wait=%d", wait);

  si_exchange_set_header (exchange, "Preference-Applied", text);
}

static gboolean
is_code (const char *code)
{
  return code != NULL && strlen (code) == SI_RANDOM_CODE_LENGTH
         && strspn (code, G_CSET_DIGITS) == SI_RANDOM_CODE_LENGTH;
}

static void
refuse_code (SiExchange *exchange, SiVerificationRecord *record, const char *problem)
{
  SiRefusal refusal = { .code = problem };

  if (g_str_equal (problem, "code_incorrect")) {
    refusal.field = "code";
    refusal.has_checks_left = TRUE;
    refusal.checks_left = record->checks_left;
    refusal.state = record->state;
  }
  si_exchange_refuse (exchange, &refusal);
}

/**
 * si_verification_handler_find:
 * @services: the server's parts
 * @exchange: a request about a verification
 *
 * Returns: (transfer full) (nullable): the verification, or %NULL where the person cannot
 *   see it, and the request is refused
 */
SiVerificationRecord *
si_verification_handler_find (SiServices *services, SiExchange *exchange)
{
  g_autoptr (SiVerificationRecord) record
      = si_verifier_load (services->verifier, si_exchange_get_id (exchange));

  if (record == NULL) {
    si_exchange_refuse_code (exchange, "not_found");
    return NULL;
  }

  if (!g_str_equal (record->account, si_exchange_get_account (exchange))) {
    si_exchange_refuse_code (exchange, "account_mismatch");
    return NULL;
  }

  if (!si_verification_record_is_open (record)
      && record->ended_at + READABLE_FOR < si_timestamp_now ()) {
    si_exchange_refuse (exchange, &(SiRefusal){ .code = "verification_ended",
                                                .status = SOUP_STATUS_GONE });
    return NULL;
  }

  return g_steal_pointer (&record);
}

/**
 * si_verification_handler_check_open:
 * @exchange: a request that would change a verification
 * @record: the verification
 *
 * Returns: whether it is open; else the request is refused
 */
gboolean
si_verification_handler_check_open (SiExchange *exchange, SiVerificationRecord *record)
{
  if (si_verification_record_is_open (record))
    return TRUE;

  si_exchange_refuse (exchange, &(SiRefusal){ .code = "verification_ended",
                                              .state = record->state,
                                              .method_id = record->method_id });
  return FALSE;
}

void
si_verification_handler_answer (SiServices           *services,
                                SiExchange           *exchange,
                                guint                 status,
                                SiVerificationRecord *record)
{
  g_autoptr (JsonNode) body = si_verification_record_to_json (record, services->policy);
  g_autofree char     *etag = si_verification_record_dup_etag (record, services->policy);

  si_exchange_answer (exchange, status, body, etag);
}

void
si_verification_handler_get (SiServices *services, SiExchange *exchange)
{
  g_autoptr (SiVerificationRecord) record
      = si_verification_handler_find (services, exchange);
  gint wait = parse_wait (exchange);

  if (record == NULL)
    return;

  if (!services->options->long_poll)
    set_retry_after (services, exchange);
  else if (wait >= 0)
    set_preference_applied (exchange, wait);

  if (!services->options->long_poll || wait <= 0
      || !is_current (services, exchange, record)) {
    answer_cached (services, exchange, record);
    return;
  }

  si_wait_list_add (services->waits, record->id, wait, wait_over_cb, exchange, services);
  si_exchange_pause (exchange);
}

void
si_verification_handler_code (SiServices *services, SiExchange *exchange)
{
  g_autoptr (JsonObject)           body = si_exchange_parse_body (exchange);
  const char                      *code = si_json_get_string (body, "code");
  const char                      *problem = NULL;
  g_autoptr (SiVerificationRecord) record = NULL;

  if (body == NULL)
    return;

  if (!is_code (code)) {
    si_exchange_refuse_field (exchange, "invalid_request", "code");
    return;
  }

  record = si_verification_handler_find (services, exchange);
  if (record == NULL)
    return;

  if (!si_verification_record_is (record, "verified")) {
    if (!si_verification_handler_check_open (exchange, record))
      return;

    problem = si_verifier_check (services->verifier, record, code);
  }

  if (problem != NULL)
    refuse_code (exchange, record, problem);
  else
    si_verification_handler_answer (services, exchange, SOUP_STATUS_OK, record);
}

void
si_verification_handler_delete (SiServices *services, SiExchange *exchange)
{
  g_autoptr (SiVerificationRecord) record
      = si_verification_handler_find (services, exchange);

  if (record == NULL)
    return;

  if (si_verification_record_is (record, "verified")) {
    si_verification_handler_check_open (exchange, record);
    return;
  }

  if (si_verification_record_is_open (record)
      && !si_verifier_cancel (services->verifier, record)) {
    si_exchange_refuse_code (exchange, "internal");
    return;
  }

  si_exchange_answer_empty (exchange, SOUP_STATUS_NO_CONTENT);
}
