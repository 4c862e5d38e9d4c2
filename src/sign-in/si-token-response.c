/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-token-response.h"

#include <string.h>

#include "si-error.h"
#include "si-json.h"

/* What a token endpoint answers: tokens (RFC 6749, section 5.1), or why there are none
 * (section 5.2 and RFC 8628, section 3.5). */

#define MAX_TOKEN_LENGTH (64 * 1024)

G_DEFINE_QUARK (si - token - response - error - quark, si_token_response_error)

/* By the words that the endpoints and the redirect use; others say nothing that would
 * help anybody. What the person has to do at the issuer's pages once more (OpenID Connect
 * Core, section 3.1.2.6) some issuers say of a refresh, too. */
static const struct {
  const char   *word;
  SiProblemCode code;
} refusals[] = {
  { "invalid_grant", SI_PROBLEM_INVALID_TOKEN },
  { "interaction_required", SI_PROBLEM_INVALID_TOKEN },
  { "login_required", SI_PROBLEM_INVALID_TOKEN },
  { "account_selection_required", SI_PROBLEM_INVALID_TOKEN },
  { "consent_required", SI_PROBLEM_INVALID_TOKEN },
  { "access_denied", SI_PROBLEM_SIGN_IN_DENIED },
  { "authorization_declined", SI_PROBLEM_SIGN_IN_DENIED },
  { "expired_token", SI_PROBLEM_SIGN_IN_EXPIRED },
  { "invalid_client", SI_PROBLEM_CLIENT_REJECTED },
  { "invalid_request", SI_PROBLEM_CLIENT_REJECTED },
  { "invalid_scope", SI_PROBLEM_CLIENT_REJECTED },
  { "unauthorized_client", SI_PROBLEM_CLIENT_REJECTED },
  { "unsupported_grant_type", SI_PROBLEM_CLIENT_REJECTED },
  { "unsupported_response_type", SI_PROBLEM_CLIENT_REJECTED },
};

/* And those that say nothing of what was asked for: it passes. They are as good as a
 * status, which no redirect can have (RFC 6749, section 4.1.2.1). */
static const struct {
  const char *word;
  guint       status;
} troubles[] = {
  { "server_error", SOUP_STATUS_INTERNAL_SERVER_ERROR },
  { "temporarily_unavailable", SOUP_STATUS_SERVICE_UNAVAILABLE },
};

static GError *
new_trouble (guint status, int retry_after, const char *request_id)
{
  g_autoptr (SiProblem) problem = si_problem_new (status, NULL, retry_after, request_id);

  return si_error_new_from_problem (problem);
}

/**
 * si_token_response_new_error:
 * @word: (nullable): an `error` of OAuth 2.0
 * @request_id: (nullable): the id of the request that was answered with it
 *
 * Returns: (transfer full): a `SI_ERROR` that says as much
 */
GError *
si_token_response_new_error (const char *word, const char *request_id)
{
  SiProblemCode code = SI_PROBLEM_SIGN_IN_FAILED;

  for (gsize i = 0; i < G_N_ELEMENTS (troubles); i++) {
    if (g_strcmp0 (word, troubles[i].word) == 0)
      return new_trouble (troubles[i].status, -1, request_id);
  }

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++) {
    if (g_strcmp0 (word, refusals[i].word) == 0)
      code = refusals[i].code;
  }

  return si_error_new_local (code, request_id);
}

/**
 * si_token_response_read_refusal:
 * @response: an answer
 *
 * Returns: (transfer full) (nullable): why the endpoint refused, a `SI_ERROR` or a
 *   `SI_TOKEN_RESPONSE_ERROR`; %NULL where it did not
 */
GError *
si_token_response_read_refusal (SiHttpResponse *response)
{
  JsonObject *object = si_http_response_get_object (response);
  const char *word = si_json_get_string (object, "error");
  const char *request_id = si_http_response_get_request_id (response);
  guint       status = si_http_response_get_status (response);

  if (status < 400)
    return NULL;

  if (g_strcmp0 (word, "authorization_pending") == 0)
    return g_error_new (SI_TOKEN_RESPONSE_ERROR, SI_TOKEN_RESPONSE_ERROR_PENDING,
                        "Nobody has typed the code yet");
  if (g_strcmp0 (word, "slow_down") == 0)
    return g_error_new (SI_TOKEN_RESPONSE_ERROR, SI_TOKEN_RESPONSE_ERROR_SLOW_DOWN,
                        "That was too often");

  /* Whoever says that need not be the issuer. */
  if (status == SOUP_STATUS_REQUEST_TIMEOUT || status == 429)
    return new_trouble (status, si_http_response_get_retry_after (response), request_id);

  return si_token_response_new_error (word, request_id);
}

/**
 * si_token_response_is_bearer:
 * @token: (nullable): a token
 *
 * Returns: whether it can be sent as a bearer token (RFC 6750, section 2.1)
 */
gboolean
si_token_response_is_bearer (const char *token)
{
  gsize length;

  if (token == NULL)
    return FALSE;

  length = strspn (token, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-._~+/=");

  return length > 0 && length <= MAX_TOKEN_LENGTH && token[length] == '\0'
         && token[0] != '=';
}

/**
 * si_token_response_read:
 * @response: an answer that is no refusal
 * @subject: (nullable): whose tokens they are
 * @error: return location for a `SI_ERROR`
 *
 * Returns: (transfer full): the tokens, or %NULL with @error set
 */
SiTokens *
si_token_response_read (SiHttpResponse *response, const char *subject, GError **error)
{
  JsonObject *object = si_http_response_get_object (response);
  const char *access_token = si_json_get_string (object, "access_token");
  const char *refresh_token = si_json_get_string (object, "refresh_token");
  const char *type = si_json_get_string (object, "token_type");
  gint64      lifetime = si_json_get_int (object, "expires_in", -1);

  if (!si_token_response_is_bearer (access_token) || type == NULL
      || g_ascii_strcasecmp (type, "Bearer") != 0) {
    g_set_error (error, SI_ERROR, SI_ERROR_PROTOCOL, "There is no bearer token");
    return NULL;
  }

  if (refresh_token != NULL
      && (*refresh_token == '\0' || strlen (refresh_token) > MAX_TOKEN_LENGTH))
    refresh_token = NULL;

  return si_tokens_new (access_token, refresh_token, subject,
                        CLAMP (lifetime, -1, G_MAXINT));
}
