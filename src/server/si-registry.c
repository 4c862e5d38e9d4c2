/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-registry.h"

#include "si-event-log.h"
#include "si-json.h"
#include "si-random.h"
#include "si-timestamp.h"

/* The changes to an account's methods and default. Each runs inside its caller's
 * transaction, so that a change, what follows from it, and its trace in the log are kept
 * together or not at all. */

static void
write_default (SiDatabase *database, const char *account, const SiDefaultChoice *choice)
{
  si_database_run (database,
                   "INSERT INTO account (id, default_method, default_channel)"
                   " VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                   " default_method = excluded.default_method,"
                   " default_channel = excluded.default_channel",
                   "sss", account, choice != NULL ? choice->method_id : NULL,
                   choice != NULL ? choice->channel : NULL);
}

/* A first method becomes the default; where the organisation chooses, the strongest is.
 */
static void
settle_default (SiDatabase *database,
                SiPolicy   *policy,
                const char *account,
                const char *method_id,
                const char *channel)
{
  g_autoptr (SiAccountView)   view = si_account_view_load (database, policy, account);
  g_autoptr (SiDefaultChoice) choice = NULL;
  const SiDefaultChoice      *present = si_account_view_get_default (view);

  if (si_policy_chooses_default (policy)) {
    choice = si_account_view_dup_best_option (view);
  } else if (present == NULL) {
    choice = si_default_choice_new (method_id, channel);
    if (!si_account_view_has_option (view, choice))
      return;
  }

  if (choice != NULL && !si_default_choice_equal (choice, present))
    si_registry_set_default (database, view, choice);
}

static gboolean
may_add (SiAccountView *view, SiPolicy *policy, SiVerificationRecord *record)
{
  JsonObject *use = si_policy_get_use (policy, record->use);
  const char *required = si_json_get_string (use, "requires");

  return use != NULL
         && si_account_view_count_use (view, record->use)
                < si_json_get_int (use, "max", 1)
         && (required == NULL || si_account_view_count_use (view, required) > 0);
}

static void
add_from_record (SiDatabase *database, SiPolicy *policy, SiVerificationRecord *record)
{
  g_autofree char *id = si_random_id ("m");
  SiMethodRecord   method = {
      .id = id,
      .account = record->account,
      .type = record->type,
      .use = record->use,
      .number = record->target,
      .created_at = si_timestamp_now (),
  };

  si_registry_add (database, policy, &method, record->channel);
  record->method_id = g_steal_pointer (&id);
}

/**
 * si_registry_enrol:
 * @database: the database, in a transaction
 * @policy: the policy
 * @record: a verification that was approved; its `method_id` and `new_default` are set
 *
 * Adds the phone, or gives a phone its new number.
 *
 * Returns: whether that is still possible: the account may have changed since the start
 */
gboolean
si_registry_enrol (SiDatabase *database, SiPolicy *policy, SiVerificationRecord *record)
{
  g_autoptr (SiAccountView) before
      = si_account_view_load (database, policy, record->account);
  g_autoptr (SiAccountView) after = NULL;

  if (si_account_view_find_number (before, record->target) != NULL)
    return FALSE;

  if (g_str_equal (record->purpose, "add")) {
    if (!may_add (before, policy, record))
      return FALSE;

    add_from_record (database, policy, record);
  } else {
    SiMethodRecord *method = si_account_view_find_method (before, record->method_id);

    if (method == NULL)
      return FALSE;

    si_method_record_set_number (method, database, record->target);
    si_event_log_append (database, "method_changed", method);
  }

  after = si_account_view_load (database, policy, record->account);
  if (!si_default_choice_equal (si_account_view_get_default (before),
                                si_account_view_get_default (after)))
    record->new_default = si_default_choice_copy (si_account_view_get_default (after));

  return TRUE;
}

/**
 * si_registry_add:
 * @database: the database, in a transaction
 * @policy: the policy
 * @method: the new method
 * @channel: (nullable): the channel of the default, should the method become that
 */
void
si_registry_add (SiDatabase           *database,
                 SiPolicy             *policy,
                 const SiMethodRecord *method,
                 const char           *channel)
{
  si_method_record_insert (method, database);
  si_event_log_append (database, "method_added", method);
  settle_default (database, policy, method->account, method->id, channel);
}

/**
 * si_registry_delete:
 * @database: the database, in a transaction
 * @view: the account as it is
 * @method: the method to delete, one of @view's
 *
 * Another available method becomes the default, where this one was.
 */
void
si_registry_delete (SiDatabase *database, SiAccountView *view, SiMethodRecord *method)
{
  g_autoptr (SiDefaultChoice) choice = si_account_view_dup_default_without (view, method);

  si_method_record_delete (method, database);
  si_event_log_append (database, "method_deleted", method);

  if (choice == NULL)
    write_default (database, method->account, NULL);
  else if (!si_default_choice_equal (choice, si_account_view_get_default (view)))
    si_registry_set_default (database, view, choice);
}

/**
 * si_registry_set_default:
 * @database: the database, in a transaction
 * @view: the account as it is
 * @choice: a choice among its methods
 */
void
si_registry_set_default (SiDatabase            *database,
                         SiAccountView         *view,
                         const SiDefaultChoice *choice)
{
  SiMethodRecord *method = si_account_view_find_method (view, choice->method_id);

  write_default (database, method->account, choice);
  si_event_log_append (database, "default_changed", method);
}
