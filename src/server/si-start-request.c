/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-start-request.h"

#include "si-json.h"
#include "si-phone-number.h"

/* The body of a POST that starts a verification, borrowed from its JSON, and what the
 * organisation's rules say to it. */

static const char *const PURPOSES[] = { "add", "change", NULL };
static const char *const TYPES[] = {
  "phone", "email", "authenticatorApp", "securityKey", "securityQuestions", NULL,
};
static const char *const USES[] = { "mobile", "alternate", "office", NULL };
static const char *const CHANNELS[] = { "call", "text", NULL };

static gboolean
refuse (SiRefusal *refusal, const char *code, const char *field)
{
  refusal->code = code;
  refusal->field = field;
  return FALSE;
}

static gboolean
is_one_of (const char *value, const char *const *values)
{
  return value != NULL && g_strv_contains (values, value);
}

static gboolean
check_type (SiStartRequest *self, SiPolicy *policy, SiRefusal *refusal)
{
  if (!si_policy_can_add (policy, self->type)) {
    refusal->manage_url = si_policy_get_manage_url (policy);
    return refuse (refusal, "policy_disallowed", "type");
  }

  return TRUE;
}

/* The method to change must be a phone, and stays what it is used as. */
static gboolean
check_changed_method (SiStartRequest *self, SiAccountView *view, SiRefusal *refusal)
{
  SiMethodRecord *method = si_account_view_find_method (view, self->method_id);

  if (method == NULL)
    return refuse (refusal, "not_found", "methodId");
  if (!si_method_record_is_phone (method))
    return refuse (refusal, "invalid_request", "methodId");
  if (self->use != NULL && !g_str_equal (self->use, method->use))
    return refuse (refusal, "invalid_request", "use");

  self->use = method->use;
  return TRUE;
}

static gboolean
check_use (SiStartRequest *self, SiPolicy *policy, SiRefusal *refusal)
{
  g_auto (GStrv) channels = si_policy_dup_channels (policy, self->use);

  if (si_policy_get_use (policy, self->use) == NULL) {
    refusal->manage_url = si_policy_get_manage_url (policy);
    return refuse (refusal, "policy_disallowed", "use");
  }

  if (!g_strv_contains ((const char *const *) channels, self->channel))
    return refuse (refusal, "channel_not_available", "channel");

  return TRUE;
}

static gboolean
check_number (SiStartRequest *self, SiPolicy *policy, SiRefusal *refusal)
{
  SiPhoneNumberStatus       status;
  g_autoptr (SiPhoneNumber) number = si_phone_number_parse (self->number, NULL, &status);
  const char               *code = si_policy_get_number_refusal (policy, self->number);

  if (number == NULL || g_strcmp0 (si_phone_number_get_e164 (number), self->number) != 0)
    return refuse (refusal, "number_unparseable", "number");
  if (!si_policy_allows_country (policy, si_phone_number_get_region (number)))
    return refuse (refusal, "country_not_allowed", "number");
  if (code != NULL)
    return refuse (refusal, code, "number");

  return TRUE;
}

static gboolean
check_room (SiStartRequest *self,
            SiPolicy       *policy,
            SiAccountView  *view,
            SiRefusal      *refusal)
{
  JsonObject *use = si_policy_get_use (policy, self->use);
  const char *required = si_json_get_string (use, "requires");
  guint       count = si_account_view_count_use (view, self->use);

  if (si_account_view_find_number (view, self->number) != NULL)
    return refuse (refusal, "number_in_use", "number");
  if (g_str_equal (self->purpose, "change"))
    return TRUE;
  if (required != NULL && si_account_view_count_use (view, required) == 0)
    return refuse (refusal, "mobile_required_first", "use");
  if (count >= si_json_get_int (use, "max", 1))
    return refuse (refusal, "method_limit_reached", "use");

  return TRUE;
}

/**
 * si_start_request_parse:
 * @self: (out caller-allocates): the request; it borrows from @body
 * @body: the request's body
 * @refusal: (out): what is wrong with it
 *
 * Returns: whether everything is there and means something
 */
gboolean
si_start_request_parse (SiStartRequest *self, JsonObject *body, SiRefusal *refusal)
{
  gboolean adds;

  self->purpose = si_json_get_string (body, "purpose");
  self->type = si_json_get_string (body, "type");
  self->use = si_json_get_string (body, "use");
  self->number = si_json_get_string (body, "number");
  self->channel = si_json_get_string (body, "channel");
  self->method_id = si_json_get_string (body, "methodId");
  adds = g_strcmp0 (self->purpose, "add") == 0;

  if (!is_one_of (self->purpose, PURPOSES))
    return refuse (refusal, "invalid_request", "purpose");
  if (!is_one_of (self->type, TYPES))
    return refuse (refusal, "invalid_request", "type");
  if (!g_str_equal (self->type, "phone"))
    return TRUE;
  if ((adds || json_object_has_member (body, "use")) && !is_one_of (self->use, USES))
    return refuse (refusal, "invalid_request", "use");
  if (self->number == NULL)
    return refuse (refusal, "invalid_request", "number");
  if (!is_one_of (self->channel, CHANNELS))
    return refuse (refusal, "invalid_request", "channel");
  if (!adds && self->method_id == NULL)
    return refuse (refusal, "invalid_request", "methodId");

  return TRUE;
}

/**
 * si_start_request_check:
 * @self: a request; for a change its use is filled in, borrowed from @view
 * @policy: the policy
 * @view: the account
 * @refusal: (out): what stands against it
 *
 * Returns: whether the person may do this
 */
gboolean
si_start_request_check (SiStartRequest *self,
                        SiPolicy       *policy,
                        SiAccountView  *view,
                        SiRefusal      *refusal)
{
  gboolean changes = g_str_equal (self->purpose, "change");

  if (!check_type (self, policy, refusal))
    return FALSE;

  if (!g_str_equal (self->type, "phone")) {
    /* This server enrols phones only. */
    refusal->status = 422;
    return refuse (refusal, "invalid_request", "type");
  }

  return (!changes || check_changed_method (self, view, refusal))
         && check_use (self, policy, refusal) && check_number (self, policy, refusal)
         && check_room (self, policy, view, refusal);
}
