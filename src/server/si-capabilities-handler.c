/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-capabilities-handler.h"

#include <math.h>

#include "si-account-view.h"
#include "si-build.h"
#include "si-json.h"

/* `GET /v1/capabilities`: the policy as it was written, save what the server knows
 * better: the times that it really keeps, and whether this person can add another phone.
 */

static void
add_member (JsonBuilder *builder, const char *name, JsonNode *node)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_value (builder, json_node_copy (node));
}

/* Why none of the uses of a phone is open to the person, or NULL where one is. */
static const char *
get_obstacle (SiPolicy *policy, SiAccountView *view)
{
  JsonArray  *uses = si_policy_get_uses (policy);
  const char *obstacle = "limit_reached";

  for (guint i = 0; i < json_array_get_length (uses); i++) {
    JsonObject *use = si_json_array_get_object (uses, i);
    const char *required = si_json_get_string (use, "requires");
    guint       count = si_account_view_count_use (view, si_json_get_string (use, "use"));

    if (count >= si_json_get_int (use, "max", 1))
      continue;
    if (required == NULL || si_account_view_count_use (view, required) > 0)
      return NULL;

    obstacle = "needs_mobile";
  }

  return obstacle;
}

static void
build_phone (JsonBuilder   *builder,
             JsonObject    *phone,
             SiPolicy      *policy,
             SiAccountView *view)
{
  const char *obstacle = NULL;
  GList      *names = json_object_get_members (phone);

  if (si_policy_can_add (policy, "phone"))
    obstacle = get_obstacle (policy, view);

  json_builder_begin_object (builder);
  for (GList *l = names; l != NULL; l = l->next) {
    if (obstacle != NULL && g_str_equal (l->data, "canAdd"))
      si_build_boolean (builder, "canAdd", FALSE);
    else if (obstacle != NULL && g_str_equal (l->data, "reason"))
      si_build_string (builder, "reason", obstacle);
    else
      add_member (builder, l->data, json_object_get_member (phone, l->data));
  }
  json_builder_end_object (builder);

  g_list_free (names);
}

static void
build_methods (JsonBuilder *builder, SiPolicy *policy, SiAccountView *view)
{
  JsonArray *methods = si_json_get_array (si_policy_get_body (policy), "methods");

  json_builder_set_member_name (builder, "methods");
  json_builder_begin_array (builder);
  for (guint i = 0; i < json_array_get_length (methods); i++) {
    JsonObject *method = si_json_array_get_object (methods, i);

    if (g_str_equal (si_json_get_string (method, "type"), "phone"))
      build_phone (builder, method, policy, view);
    else
      json_builder_add_value (builder, json_array_dup_element (methods, i));
  }
  json_builder_end_array (builder);
}

static void
build_verification (JsonBuilder *builder, SiServices *services)
{
  SiPolicy *policy = services->policy;

  json_builder_set_member_name (builder, "verification");
  json_builder_begin_object (builder);
  si_build_int (builder, "ttlSeconds",
                (gint64) ceil (si_verifier_get_ttl (services->verifier)));
  si_build_int (builder, "resendAfterSeconds",
                (gint64) ceil (si_verifier_get_resend_after (services->verifier)));
  si_build_int (builder, "maxSends", si_policy_get_verification (policy, "maxSends"));
  si_build_int (builder, "maxChecks", si_policy_get_verification (policy, "maxChecks"));
  json_builder_end_object (builder);
}

static void
build_registration (JsonBuilder *builder, SiPolicy *policy)
{
  JsonObject *registration
      = si_json_get_object (si_policy_get_body (policy), "registration");

  json_builder_set_member_name (builder, "registration");
  json_builder_begin_object (builder);
  si_build_boolean (builder, "required",
                    si_json_get_boolean (registration, "required", FALSE));
  si_build_int (builder, "minimumMethods", si_policy_get_minimum_methods (policy));
  json_builder_end_object (builder);
}

static JsonNode *
build_capabilities (SiServices *services, SiAccountView *view)
{
  static const char *const COPIED[] = { "organization", "support", "links" };
  g_autoptr (JsonBuilder)  builder = json_builder_new ();
  JsonObject              *body = si_policy_get_body (services->policy);

  json_builder_begin_object (builder);
  for (guint i = 0; i < G_N_ELEMENTS (COPIED); i++) {
    if (si_json_get_object (body, COPIED[i]) != NULL)
      add_member (builder, COPIED[i], json_object_get_member (body, COPIED[i]));
  }
  build_methods (builder, services->policy, view);
  build_verification (builder, services);
  build_registration (builder, services->policy);
  si_build_boolean (builder, "defaultIsSystemChosen",
                    si_policy_chooses_default (services->policy));

  return si_build_end (builder);
}

void
si_capabilities_handler_get (SiServices *services, SiExchange *exchange)
{
  g_autoptr (SiAccountView) view = si_account_view_load (
      services->database, services->policy, si_exchange_get_account (exchange));
  g_autoptr (JsonNode) body = build_capabilities (services, view);
  g_autofree char     *etag = si_build_etag (body);

  si_exchange_answer_cached (exchange, body, etag);
}
