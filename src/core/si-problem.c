/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-problem.h"

#include "si-json.h"
#include "si-uri.h"

/* What the backend said of a request that failed (RFC 9457; contract, "Errors"). It is
 * data, not words: the user interface words it. */

#define MAX_DETAIL_CHARACTERS 300
#define MAX_RETRY_AFTER 900

struct _SiProblem {
  GObject parent_instance;

  guint               status;
  SiProblemCode       code;
  char               *code_word;
  char               *detail;
  char               *field;
  int                 checks_left;
  int                 retry_after;
  char               *location;
  SiVerificationState state;
  char               *method_id;
  char               *manage_url;
  char               *request_id;
  SiChallenge        *challenge;
};

G_DEFINE_FINAL_TYPE (SiProblem, si_problem, G_TYPE_OBJECT)

static const struct {
  const char   *word;
  SiProblemCode code;
} codes[] = {
  { "invalid_request", SI_PROBLEM_INVALID_REQUEST },
  { "number_unparseable", SI_PROBLEM_NUMBER_UNPARSEABLE },
  { "number_type_not_allowed", SI_PROBLEM_NUMBER_TYPE_NOT_ALLOWED },
  { "country_not_allowed", SI_PROBLEM_COUNTRY_NOT_ALLOWED },
  { "channel_not_available", SI_PROBLEM_CHANNEL_NOT_AVAILABLE },
  { "code_incorrect", SI_PROBLEM_CODE_INCORRECT },
  { "idempotency_mismatch", SI_PROBLEM_IDEMPOTENCY_MISMATCH },
  { "invalid_token", SI_PROBLEM_INVALID_TOKEN },
  { "step_up_required", SI_PROBLEM_STEP_UP_REQUIRED },
  { "policy_disallowed", SI_PROBLEM_POLICY_DISALLOWED },
  { "telephony_blocked", SI_PROBLEM_TELEPHONY_BLOCKED },
  { "account_mismatch", SI_PROBLEM_ACCOUNT_MISMATCH },
  { "insufficient_scope", SI_PROBLEM_INSUFFICIENT_SCOPE },
  { "not_found", SI_PROBLEM_NOT_FOUND },
  { "verification_ended", SI_PROBLEM_VERIFICATION_ENDED },
  { "number_in_use", SI_PROBLEM_NUMBER_IN_USE },
  { "method_limit_reached", SI_PROBLEM_METHOD_LIMIT_REACHED },
  { "mobile_required_first", SI_PROBLEM_MOBILE_REQUIRED_FIRST },
  { "verification_in_progress", SI_PROBLEM_VERIFICATION_IN_PROGRESS },
  { "last_method", SI_PROBLEM_LAST_METHOD },
  { "minimum_methods", SI_PROBLEM_MINIMUM_METHODS },
  { "required_by_alternate", SI_PROBLEM_REQUIRED_BY_ALTERNATE },
  { "precondition_failed", SI_PROBLEM_PRECONDITION_FAILED },
  { "precondition_required", SI_PROBLEM_PRECONDITION_REQUIRED },
  { "resend_too_soon", SI_PROBLEM_RESEND_TOO_SOON },
  { "rate_limited", SI_PROBLEM_RATE_LIMITED },
  { "no_sends_left", SI_PROBLEM_NO_SENDS_LEFT },
  { "internal", SI_PROBLEM_INTERNAL },
  { "maintenance", SI_PROBLEM_MAINTENANCE },
};

/* A status without a code that is known still says something. */
static SiProblemCode
code_for_status (guint status)
{
  switch (status) {
  case 401:
    return SI_PROBLEM_INVALID_TOKEN;
  case 404:
  case 410:
    return SI_PROBLEM_NOT_FOUND;
  case 408: /* What a proxy says that lost patience. */
    return SI_PROBLEM_INTERNAL;
  case 412:
    return SI_PROBLEM_PRECONDITION_FAILED;
  case 429:
    return SI_PROBLEM_RATE_LIMITED;
  case 503:
    return SI_PROBLEM_MAINTENANCE;
  default:
    return status >= 500 ? SI_PROBLEM_INTERNAL : SI_PROBLEM_UNKNOWN;
  }
}

static SiProblemCode
find_code (const char *word, guint status)
{
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++) {
    if (g_strcmp0 (codes[i].word, word) == 0)
      return codes[i].code;
  }

  return word != NULL && status < 500 && status != 401 ? SI_PROBLEM_UNKNOWN
                                                       : code_for_status (status);
}

static char *
dup_detail (JsonObject *object)
{
  const char *detail = si_json_get_string (object, "detail");

  if (detail == NULL || *detail == '\0')
    return NULL;

  return g_utf8_strlen (detail, -1) > MAX_DETAIL_CHARACTERS
             ? g_utf8_substring (detail, 0, MAX_DETAIL_CHARACTERS)
             : g_strdup (detail);
}

static void
si_problem_finalize (GObject *object)
{
  SiProblem *self = SI_PROBLEM (object);

  g_clear_pointer (&self->code_word, g_free);
  g_clear_pointer (&self->detail, g_free);
  g_clear_pointer (&self->field, g_free);
  g_clear_pointer (&self->location, g_free);
  g_clear_pointer (&self->method_id, g_free);
  g_clear_pointer (&self->manage_url, g_free);
  g_clear_pointer (&self->request_id, g_free);
  g_clear_object (&self->challenge);

  G_OBJECT_CLASS (si_problem_parent_class)->finalize (object);
}

static void
si_problem_class_init (SiProblemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_problem_finalize;
}

static void
si_problem_init (SiProblem *self)
{
}

/**
 * si_problem_new:
 * @status: the HTTP status, 0 where no answer came
 * @object: (nullable): the body, where it was JSON
 * @retry_after: the Retry-After header in seconds, -1 where there was none
 * @request_id: (nullable): the request's id
 *
 * Returns: (transfer full): the problem
 */
SiProblem *
si_problem_new (guint status, JsonObject *object, int retry_after, const char *request_id)
{
  SiProblem  *self = g_object_new (SI_TYPE_PROBLEM, NULL);
  const char *manage_url = si_json_get_string (object, "manageUrl");
  gint64      body_retry_after = si_json_get_int (object, "retryAfter", -1);

  self->status = status;
  self->code_word = g_strdup (si_json_get_string (object, "code"));
  self->code = find_code (self->code_word, status);
  self->detail = dup_detail (object);
  self->field = g_strdup (si_json_get_string (object, "field"));
  self->checks_left = CLAMP (si_json_get_int (object, "checksLeft", -1), -1, G_MAXINT);
  self->retry_after
      = CLAMP (retry_after >= 0 ? retry_after : body_retry_after, -1, MAX_RETRY_AFTER);
  self->location = g_strdup (si_json_get_string (object, "location"));
  self->state = si_verification_state_from_word (si_json_get_string (object, "state"));
  self->method_id = g_strdup (si_json_get_string (object, "methodId"));
  self->manage_url = si_uri_may_open (manage_url) ? g_strdup (manage_url) : NULL;
  self->request_id = g_strdup (request_id);

  return self;
}

/**
 * si_problem_new_local:
 * @code: what this app found out by itself
 * @request_id: (nullable): the id of the request that it was found out by
 *
 * Returns: (transfer full): the problem
 */
SiProblem *
si_problem_new_local (SiProblemCode code, const char *request_id)
{
  SiProblem *self = si_problem_new (0, NULL, -1, request_id);

  self->code = code;

  return self;
}

/**
 * si_problem_set_challenge:
 * @self: a problem
 * @challenge: what the backend asks of a new sign-in (RFC 9470)
 */
void
si_problem_set_challenge (SiProblem *self, SiChallenge *challenge)
{
  g_return_if_fail (SI_IS_PROBLEM (self));

  g_set_object (&self->challenge, challenge);
  self->code = SI_PROBLEM_STEP_UP_REQUIRED;
}

/**
 * si_problem_get_challenge:
 * @self: a problem
 *
 * Returns: (transfer none) (nullable): what the backend asks of a new sign-in
 */
SiChallenge *
si_problem_get_challenge (SiProblem *self)
{
  g_return_val_if_fail (SI_IS_PROBLEM (self), NULL);

  return self->challenge;
}

SiProblemCode
si_problem_get_code (SiProblem *self)
{
  g_return_val_if_fail (SI_IS_PROBLEM (self), SI_PROBLEM_UNKNOWN);

  return self->code;
}

guint
si_problem_get_status (SiProblem *self)
{
  g_return_val_if_fail (SI_IS_PROBLEM (self), 0);

  return self->status;
}

/**
 * si_problem_get_detail:
 * @self: a problem
 *
 * Returns: (nullable): the backend's own words, of at most 300 characters: to be shown
 * for unknown codes alone, and never as markup
 */
const char *
si_problem_get_detail (SiProblem *self)
{
  g_return_val_if_fail (SI_IS_PROBLEM (self), NULL);

  return self->detail;
}

/**
 * si_problem_get_checks_left:
 * @self: a problem
 *
 * Returns: how often a code may still be tried, -1 where the backend does not say
 */
int
si_problem_get_checks_left (SiProblem *self)
{
  g_return_val_if_fail (SI_IS_PROBLEM (self), -1);

  return self->checks_left;
}

/**
 * si_problem_get_retry_after:
 * @self: a problem
 *
 * Returns: after how many seconds another try makes sense, -1 where the backend does not
 * say
 */
int
si_problem_get_retry_after (SiProblem *self)
{
  g_return_val_if_fail (SI_IS_PROBLEM (self), -1);

  return self->retry_after;
}

SiVerificationState
si_problem_get_state (SiProblem *self)
{
  g_return_val_if_fail (SI_IS_PROBLEM (self), SI_VERIFICATION_STATE_IN_PROGRESS);

  return self->state;
}

const char *
si_problem_get_code_word (SiProblem *self)
{
  g_return_val_if_fail (SI_IS_PROBLEM (self), NULL);

  return self->code_word;
}

const char *
si_problem_get_field (SiProblem *self)
{
  g_return_val_if_fail (SI_IS_PROBLEM (self), NULL);

  return self->field;
}

const char *
si_problem_get_location (SiProblem *self)
{
  g_return_val_if_fail (SI_IS_PROBLEM (self), NULL);

  return self->location;
}

const char *
si_problem_get_method_id (SiProblem *self)
{
  g_return_val_if_fail (SI_IS_PROBLEM (self), NULL);

  return self->method_id;
}

const char *
si_problem_get_manage_url (SiProblem *self)
{
  g_return_val_if_fail (SI_IS_PROBLEM (self), NULL);

  return self->manage_url;
}

const char *
si_problem_get_request_id (SiProblem *self)
{
  g_return_val_if_fail (SI_IS_PROBLEM (self), NULL);

  return self->request_id;
}
