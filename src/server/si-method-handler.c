/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-method-handler.h"

#include "si-account-view.h"
#include "si-build.h"
#include "si-registry.h"

/* `DELETE /v1/me/methods/{id}`. */

/* A method of somebody else's is not gone: who signed in as another person must not be
 * told that it is. */
static gboolean
check_exists (SiServices *services, SiExchange *exchange, SiMethodRecord *method)
{
  g_autoptr (SiMethodRecord) other = NULL;

  if (method != NULL)
    return TRUE;

  other = si_method_record_load (services->database, si_exchange_get_id (exchange));
  si_exchange_refuse_code (exchange, other != NULL ? "account_mismatch" : "not_found");
  return FALSE;
}

static gboolean
check_current (SiExchange *exchange, SiAccountView *view)
{
  g_autofree char *etag = si_account_view_dup_etag (view);

  if (si_exchange_matches (exchange, "If-Match", etag))
    return TRUE;

  si_exchange_refuse_code (exchange, "precondition_failed");
  return FALSE;
}

static gboolean
check_deletable (SiServices *services, SiExchange *exchange, const char *block)
{
  if (block == NULL)
    return TRUE;

  if (g_str_equal (block, "policy"))
    si_exchange_refuse (exchange, &(SiRefusal){ .code = "policy_disallowed",
                                                .manage_url = si_policy_get_manage_url (
                                                    services->policy) });
  else
    si_exchange_refuse_code (exchange, block);
  return FALSE;
}

static void
answer (SiServices *services, SiExchange *exchange, gboolean default_changed)
{
  g_autoptr (SiAccountView) view = si_account_view_load (
      services->database, services->policy, si_exchange_get_account (exchange));
  g_autofree char        *etag = si_account_view_dup_etag (view);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode)    body = NULL;

  json_builder_begin_object (builder);
  si_build_string (builder, "deleted", si_exchange_get_id (exchange));
  si_build_boolean (builder, "defaultChanged", default_changed);
  si_default_choice_build (default_changed ? si_account_view_get_default (view) : NULL,
                           builder, "newDefault");
  body = si_build_end (builder);

  si_exchange_answer (exchange, SOUP_STATUS_OK, body, etag);
}

/* A number that was to replace that of a method which is gone has nowhere to go. */
static void
cancel_change (SiServices *services, SiExchange *exchange)
{
  g_autofree char *id = si_verification_record_dup_open_id (
      services->database, si_exchange_get_account (exchange));
  g_autoptr (SiVerificationRecord) record
      = id != NULL ? si_verifier_load (services->verifier, id) : NULL;

  if (record != NULL && si_verification_record_is_open (record)
      && g_strcmp0 (record->method_id, si_exchange_get_id (exchange)) == 0)
    si_verifier_cancel (services->verifier, record);
}

static void
delete_method (SiServices     *services,
               SiExchange     *exchange,
               SiAccountView  *view,
               SiMethodRecord *method)
{
  const SiDefaultChoice *choice = si_account_view_get_default (view);
  gboolean was_default = choice != NULL && g_str_equal (choice->method_id, method->id);
  g_auto (GStrv) numbers = si_account_view_dup_numbers (view);

  si_database_begin (services->database);
  si_registry_delete (services->database, view, method);
  if (!si_database_commit (services->database)) {
    si_exchange_refuse_code (exchange, "internal");
    return;
  }

  cancel_change (services, exchange);
  answer (services, exchange, was_default);
  si_notifier_queue (services->notifier, numbers, si_exchange_get_language (exchange),
                     "method_deleted");
}

void
si_method_handler_delete (SiServices *services, SiExchange *exchange)
{
  g_autoptr (SiAccountView) view = si_account_view_load (
      services->database, services->policy, si_exchange_get_account (exchange));
  SiMethodRecord *method
      = si_account_view_find_method (view, si_exchange_get_id (exchange));

  if (si_exchange_get_header (exchange, "If-Match") == NULL) {
    si_exchange_refuse_field (exchange, "precondition_required", "If-Match");
    return;
  }

  if (check_exists (services, exchange, method) && check_current (exchange, view)
      && check_deletable (services, exchange,
                          si_account_view_get_delete_block (view, method)))
    delete_method (services, exchange, view, method);
}
