/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-account-view.h"

#include "si-build.h"
#include "si-json.h"
#include "si-verification-record.h"

/* One account as it is at this moment: its methods, its default and the choices for it,
 * and what the rules say about each. Read from the database for one request, and never
 * changed. */
struct _SiAccountView {
  SiPolicy        *policy;
  GPtrArray       *methods;
  GPtrArray       *options;
  SiDefaultChoice *choice;
  char            *open_verification;
};

/* The strongest first. */
static const struct {
  const char *type;
  const char *use;
} RANKS[] = {
  { "securityKey", NULL },  { "authenticatorApp", NULL }, { "phone", "mobile" },
  { "phone", "alternate" }, { "phone", "office" },
};

/* What the contract calls the member that tells one method of a type from another. */
static const struct {
  const char *type;
  const char *member;
} DETAILS[] = {
  { "email", "address" },
  { "authenticatorApp", "device" },
  { "securityKey", "model" },
};

static SiDefaultChoice *
load_default (SiDatabase *database, const char *account)
{
  g_autoptr (sqlite3_stmt) row
      = si_database_query (database,
                           "SELECT default_method, default_channel FROM account"
                           " WHERE id = ? AND default_method IS NOT NULL",
                           "s", account);

  if (!si_database_step (database, row))
    return NULL;

  return si_default_choice_new ((const char *) sqlite3_column_text (row, 0),
                                (const char *) sqlite3_column_text (row, 1));
}

static void
add_options_of (SiAccountView *self, SiMethodRecord *method)
{
  g_auto (GStrv) usable_for
      = si_policy_dup_usable_for (self->policy, method->type, method->use);
  g_auto (GStrv) channels = NULL;

  if (!g_strv_contains ((const char *const *) usable_for, "signIn"))
    return;

  if (!si_method_record_is_phone (method)) {
    g_ptr_array_add (self->options, si_default_choice_new (method->id, NULL));
    return;
  }

  channels = si_policy_dup_channels (self->policy, method->use);
  for (guint i = 0; channels[i] != NULL; i++)
    g_ptr_array_add (self->options, si_default_choice_new (method->id, channels[i]));
}

static guint
get_rank (SiAccountView *self, const SiDefaultChoice *option)
{
  SiMethodRecord *method = si_account_view_find_method (self, option->method_id);

  for (guint i = 0; i < G_N_ELEMENTS (RANKS); i++) {
    if (g_str_equal (RANKS[i].type, method->type)
        && g_strcmp0 (RANKS[i].use, method->use) == 0)
      return i;
  }

  return G_N_ELEMENTS (RANKS);
}

/* The strongest option; between the channels of one phone, the one in use now. */
static SiDefaultChoice *
dup_best_except (SiAccountView *self, const char *method_id)
{
  const char            *channel = self->choice != NULL ? self->choice->channel : NULL;
  const SiDefaultChoice *best = NULL;

  for (guint i = 0; i < self->options->len; i++) {
    const SiDefaultChoice *option = g_ptr_array_index (self->options, i);

    if (g_strcmp0 (option->method_id, method_id) == 0)
      continue;

    if (best == NULL || get_rank (self, option) < get_rank (self, best)
        || (g_str_equal (option->method_id, best->method_id)
            && g_strcmp0 (option->channel, channel) == 0))
      best = option;
  }

  return si_default_choice_copy (best);
}

static gboolean
is_default (SiAccountView *self, SiMethodRecord *method)
{
  return self->choice != NULL && g_str_equal (self->choice->method_id, method->id);
}

/* Whether another phone may only be there beside this one. */
static gboolean
is_required (SiAccountView *self, SiMethodRecord *method)
{
  if (method->use == NULL || si_account_view_count_use (self, method->use) > 1)
    return FALSE;

  for (guint i = 0; i < self->methods->len; i++) {
    SiMethodRecord *other = g_ptr_array_index (self->methods, i);
    JsonObject     *use
        = other->use != NULL ? si_policy_get_use (self->policy, other->use) : NULL;

    if (g_strcmp0 (si_json_get_string (use, "requires"), method->use) == 0)
      return TRUE;
  }

  return FALSE;
}

static void
build_type_members (SiAccountView *self, SiMethodRecord *method, JsonBuilder *builder)
{
  if (si_method_record_is_phone (method)) {
    g_auto (GStrv) channels = si_policy_dup_channels (self->policy, method->use);

    si_build_string (builder, "use", method->use);
    si_build_string (builder, "number", method->number);
    si_build_strings (builder, "channels", channels);
    return;
  }

  si_build_string (builder, "label", method->label);
  for (guint i = 0; i < G_N_ELEMENTS (DETAILS); i++) {
    if (g_str_equal (DETAILS[i].type, method->type))
      si_build_string (builder, DETAILS[i].member, method->detail);
  }
  if (g_str_equal (method->type, "securityQuestions") && method->detail != NULL)
    si_build_int (builder, "count", g_ascii_strtoll (method->detail, NULL, 10));
}

static void
build_method (SiAccountView  *self,
              SiMethodRecord *method,
              gboolean        for_etag,
              JsonBuilder    *builder)
{
  g_auto (GStrv) usable_for
      = si_policy_dup_usable_for (self->policy, method->type, method->use);
  g_autoptr (SiDefaultChoice) without
      = si_account_view_dup_default_without (self, method);
  const char *block = si_account_view_get_delete_block (self, method);
  gboolean    can_change = si_method_record_is_phone (method)
                        && si_policy_can_add (self->policy, method->type)
                        && si_policy_get_use (self->policy, method->use) != NULL;

  json_builder_begin_object (builder);
  si_build_string (builder, "id", method->id);
  si_build_string (builder, "type", method->type);
  build_type_members (self, method, builder);
  si_build_strings (builder, "usableFor", usable_for);
  si_build_boolean (builder, "isDefault", is_default (self, method));
  si_build_boolean (builder, "canChange", can_change);
  si_build_boolean (builder, "canDelete", block == NULL);
  si_build_string (builder, "deleteBlocked", block);
  si_default_choice_build (without, builder, "defaultIfDeleted");
  si_build_time (builder, "createdAt", method->created_at);
  if (!for_etag)
    si_build_time (builder, "lastUsedAt", method->last_used_at);
  json_builder_end_object (builder);
}

static void
build_account (const SiGrant *grant, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "account");
  json_builder_begin_object (builder);
  si_build_string (builder, "id", grant->account_id);
  si_build_string (builder, "displayName", grant->display_name);
  si_build_string (builder, "username", grant->username);
  json_builder_end_object (builder);
}

static void
build_open_verification (SiAccountView *self, JsonBuilder *builder)
{
  g_autofree char *location = NULL;

  if (self->open_verification == NULL) {
    si_build_null (builder, "verification");
    return;
  }

  location = si_verification_record_dup_location (self->open_verification);
  json_builder_set_member_name (builder, "verification");
  json_builder_begin_object (builder);
  si_build_string (builder, "id", self->open_verification);
  si_build_string (builder, "location", location);
  json_builder_end_object (builder);
}

/* Without a grant, only what the entity tag covers. */
static JsonNode *
build_view (SiAccountView *self, const SiGrant *grant)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  if (grant != NULL)
    build_account (grant, builder);

  json_builder_set_member_name (builder, "methods");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->methods->len; i++)
    build_method (self, g_ptr_array_index (self->methods, i), grant == NULL, builder);
  json_builder_end_array (builder);

  si_default_choice_build (self->choice, builder, "default");

  json_builder_set_member_name (builder, "defaultOptions");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->options->len; i++)
    si_default_choice_build (g_ptr_array_index (self->options, i), builder, NULL);
  json_builder_end_array (builder);

  build_open_verification (self, builder);
  return si_build_end (builder);
}

/**
 * si_account_view_load:
 * @database: the database
 * @policy: the policy, which must outlive the view
 * @account: an account's id, known to the database or not
 *
 * Returns: (transfer full): the account as it is now
 */
SiAccountView *
si_account_view_load (SiDatabase *database, SiPolicy *policy, const char *account)
{
  SiAccountView *self = g_new0 (SiAccountView, 1);

  self->policy = policy;
  self->methods = si_method_record_list (database, account);
  self->options
      = g_ptr_array_new_with_free_func ((GDestroyNotify) si_default_choice_free);
  self->choice = load_default (database, account);
  self->open_verification = si_verification_record_dup_open_id (database, account);

  for (guint i = 0; i < self->methods->len; i++)
    add_options_of (self, g_ptr_array_index (self->methods, i));

  return self;
}

void
si_account_view_free (SiAccountView *self)
{
  g_ptr_array_unref (self->methods);
  g_ptr_array_unref (self->options);
  g_clear_pointer (&self->choice, si_default_choice_free);
  g_free (self->open_verification);
  g_free (self);
}

/**
 * si_account_view_get_methods:
 * @self: a view
 *
 * Returns: (transfer none) (element-type SiMethodRecord): the methods, oldest first
 */
GPtrArray *
si_account_view_get_methods (SiAccountView *self)
{
  return self->methods;
}

/**
 * si_account_view_find_method:
 * @self: a view
 * @id: (nullable): a method's id
 *
 * Returns: (transfer none) (nullable): the method, or %NULL where it has none such
 */
SiMethodRecord *
si_account_view_find_method (SiAccountView *self, const char *id)
{
  for (guint i = 0; i < self->methods->len; i++) {
    SiMethodRecord *method = g_ptr_array_index (self->methods, i);

    if (g_strcmp0 (method->id, id) == 0)
      return method;
  }

  return NULL;
}

/**
 * si_account_view_find_number:
 * @self: a view
 * @number: a number, E.164
 *
 * Returns: (transfer none) (nullable): the phone with that number
 */
SiMethodRecord *
si_account_view_find_number (SiAccountView *self, const char *number)
{
  for (guint i = 0; i < self->methods->len; i++) {
    SiMethodRecord *method = g_ptr_array_index (self->methods, i);

    if (g_strcmp0 (method->number, number) == 0)
      return method;
  }

  return NULL;
}

guint
si_account_view_count_use (SiAccountView *self, const char *use)
{
  guint count = 0;

  for (guint i = 0; i < self->methods->len; i++) {
    SiMethodRecord *method = g_ptr_array_index (self->methods, i);

    count += g_strcmp0 (method->use, use) == 0 ? 1 : 0;
  }

  return count;
}

/**
 * si_account_view_dup_numbers:
 * @self: a view
 *
 * Returns: (transfer full): the numbers of all phones, for a notice to them
 */
GStrv
si_account_view_dup_numbers (SiAccountView *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < self->methods->len; i++) {
    SiMethodRecord *method = g_ptr_array_index (self->methods, i);

    if (method->number != NULL)
      g_strv_builder_add (builder, method->number);
  }

  return g_strv_builder_end (builder);
}

const SiDefaultChoice *
si_account_view_get_default (SiAccountView *self)
{
  return self->choice;
}

gboolean
si_account_view_has_option (SiAccountView *self, const SiDefaultChoice *choice)
{
  for (guint i = 0; i < self->options->len; i++) {
    if (si_default_choice_equal (g_ptr_array_index (self->options, i), choice))
      return TRUE;
  }

  return FALSE;
}

/**
 * si_account_view_dup_best_option:
 * @self: a view
 *
 * Returns: (transfer full) (nullable): the strongest option, or %NULL where there is none
 */
SiDefaultChoice *
si_account_view_dup_best_option (SiAccountView *self)
{
  return dup_best_except (self, NULL);
}

/**
 * si_account_view_dup_default_without:
 * @self: a view
 * @method: one of its methods
 *
 * Returns: (transfer full) (nullable): the default once @method is gone, or %NULL where
 *   none is left
 */
SiDefaultChoice *
si_account_view_dup_default_without (SiAccountView *self, SiMethodRecord *method)
{
  if (!is_default (self, method))
    return si_default_choice_copy (self->choice);

  return dup_best_except (self, method->id);
}

/**
 * si_account_view_get_delete_block:
 * @self: a view
 * @method: one of its methods
 *
 * Returns: (transfer none) (nullable): why it cannot be deleted, as `deleteBlocked` has
 * it
 */
const char *
si_account_view_get_delete_block (SiAccountView *self, SiMethodRecord *method)
{
  gint64 minimum = si_policy_get_minimum_methods (self->policy);

  if (si_policy_is_locked (self->policy, method->type))
    return "policy";
  if (self->methods->len == 1 && minimum > 0)
    return "last_method";
  if (self->methods->len <= minimum)
    return "minimum_methods";
  if (is_required (self, method))
    return "required_by_alternate";

  return NULL;
}

/**
 * si_account_view_to_json:
 * @self: a view
 * @grant: who asks
 *
 * Returns: (transfer full): the body of `GET /v1/me/security-info`
 */
JsonNode *
si_account_view_to_json (SiAccountView *self, const SiGrant *grant)
{
  return build_view (self, grant);
}

/**
 * si_account_view_dup_etag:
 * @self: a view
 *
 * Returns: (transfer full): the entity tag of security-info: of methods, default, options
 *   and the open verification, not of `lastUsedAt` nor `account`
 */
char *
si_account_view_dup_etag (SiAccountView *self)
{
  g_autoptr (JsonNode) node = build_view (self, NULL);

  return si_build_etag (node);
}
