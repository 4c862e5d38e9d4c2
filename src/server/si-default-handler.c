/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-default-handler.h"

#include "si-account-view.h"
#include "si-json.h"
#include "si-registry.h"

/* `PUT /v1/me/default`. */

static void
answer (SiServices *services, SiExchange *exchange)
{
  g_autoptr (SiAccountView) view = si_account_view_load (
      services->database, services->policy, si_exchange_get_account (exchange));
  g_autoptr (JsonNode) body
      = si_account_view_to_json (view, si_exchange_get_grant (exchange));
  g_autofree char *etag = si_account_view_dup_etag (view);

  si_exchange_answer (exchange, SOUP_STATUS_OK, body, etag);
}

static gboolean
check_current (SiServices *services, SiExchange *exchange, SiAccountView *view)
{
  g_autofree char *etag = si_account_view_dup_etag (view);

  if (si_exchange_get_header (exchange, "If-Match") == NULL) {
    si_exchange_refuse_field (exchange, "precondition_required", "If-Match");
    return FALSE;
  }

  if (!si_exchange_matches (exchange, "If-Match", etag)) {
    si_exchange_refuse_code (exchange, "precondition_failed");
    return FALSE;
  }

  if (si_policy_chooses_default (services->policy)) {
    si_exchange_refuse_code (exchange, "policy_disallowed");
    return FALSE;
  }

  return TRUE;
}

static gboolean
check_choice (SiServices      *services,
              SiExchange      *exchange,
              SiAccountView   *view,
              SiDefaultChoice *choice)
{
  g_autoptr (SiMethodRecord) other = NULL;

  if (choice->method_id == NULL) {
    si_exchange_refuse_field (exchange, "invalid_request", "methodId");
    return FALSE;
  }

  if (si_account_view_find_method (view, choice->method_id) == NULL) {
    other = si_method_record_load (services->database, choice->method_id);
    si_exchange_refuse_field (exchange, other != NULL ? "account_mismatch" : "not_found",
                              "methodId");
    return FALSE;
  }

  if (!si_account_view_has_option (view, choice)) {
    si_exchange_refuse_field (exchange, "channel_not_available", "channel");
    return FALSE;
  }

  return TRUE;
}

static void
change_default (SiServices      *services,
                SiExchange      *exchange,
                SiAccountView   *view,
                SiDefaultChoice *choice)
{
  g_auto (GStrv) numbers = si_account_view_dup_numbers (view);

  si_database_begin (services->database);
  si_registry_set_default (services->database, view, choice);
  if (!si_database_commit (services->database)) {
    si_exchange_refuse_code (exchange, "internal");
    return;
  }

  answer (services, exchange);
  si_notifier_queue (services->notifier, numbers, si_exchange_get_language (exchange),
                     "default_changed");
}

void
si_default_handler_put (SiServices *services, SiExchange *exchange)
{
  g_autoptr (JsonObject)      body = si_exchange_parse_body (exchange);
  g_autoptr (SiDefaultChoice) choice = NULL;
  g_autoptr (SiAccountView)   view = NULL;

  if (body == NULL)
    return;

  choice = si_default_choice_new (si_json_get_string (body, "methodId"),
                                  si_json_get_string (body, "channel"));
  view = si_account_view_load (services->database, services->policy,
                               si_exchange_get_account (exchange));

  if (!check_current (services, exchange, view)
      || !check_choice (services, exchange, view, choice))
    return;

  if (si_default_choice_equal (choice, si_account_view_get_default (view)))
    answer (services, exchange);
  else
    change_default (services, exchange, view, choice);
}
