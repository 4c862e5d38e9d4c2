/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-broker-messages.h"

#include <string.h>

#include "si-json.h"

/* What is said to an identity broker, and what is made of its answers. Nobody has written
 * this interface down, two programs implement it, each a little differently, and it has
 * changed before: so nothing in an answer is taken for granted, and of an answer that is
 * not understood nothing is used. No message here quotes any. */

/* What every program that asks a broker on Linux registers: Microsoft's libraries have
 * it built in. */
#define REDIRECT_URI "https://login.microsoftonline.com/common/oauth2/nativeclient"

/* Of the broker's ways to get a token: with what it has, without asking anybody. */
#define AUTHORIZATION_TYPE_CACHED_REFRESH_TOKEN 1

#define ACCESS_TOKEN_TYPE_BEARER 0
#define MAX_TOKEN_LENGTH (64 * 1024)
#define MAX_NAME_LENGTH 256

/* No broker gives a token away in its last minute, and 28 hours is the longest that
 * Microsoft's live. An hour is the least of their ordinary ones. */
#define MIN_LIFETIME 60
#define MAX_LIFETIME (28 * 60 * 60)
#define USUAL_LIFETIME (60 * 60)

static void
set_string_member (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
set_object_member (JsonBuilder *builder, const char *name, JsonObject *object)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_value (builder, json_node_init_object (json_node_alloc (), object));
}

static void
set_strings_member (JsonBuilder *builder, const char *name, const char *const *strings)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (gsize i = 0; strings[i] != NULL; i++)
    json_builder_add_string_value (builder, strings[i]);
  json_builder_end_array (builder);
}

static char *
to_text (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return si_json_to_text (root);
}

/* RFC 6750, section 2.1: b64token. Anything else would be another header. */
static gboolean
is_bearer_token (const char *text)
{
  gsize length = strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-._~+/");

  return length > 0 && text[length + strspn (text + length, "=")] == '\0'
         && strlen (text) <= MAX_TOKEN_LENGTH;
}

/* A name is shown to people and compared: without spaces, and without those characters
 * that turn what is around them. */
static gboolean
is_name (const char *text)
{
  if (text == NULL || *text == '\0' || strlen (text) > MAX_NAME_LENGTH)
    return FALSE;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (!g_unichar_isgraph (g_utf8_get_char (c)))
      return FALSE;

  return TRUE;
}

/* An authority that names its organization by its id takes nobody from another one; the
 * likes of "common" take everybody. */
static gboolean
is_usable (JsonObject *account, const char *tenant)
{
  const char *realm = si_json_get_string (account, "realm");

  if (!is_name (si_json_get_string (account, "username")))
    return FALSE;

  return !g_uuid_string_is_valid (tenant)
         || (realm != NULL && g_ascii_strcasecmp (realm, tenant) == 0);
}

/* The first that both name decides: one person has several names and, as somebody's
 * guest, several ids. */
static gboolean
is_same_account (JsonObject *answered, JsonObject *asked)
{
  static const char *const members[] = { "homeAccountId", "localAccountId", "username" };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++) {
    const char *a = si_json_get_string (answered, members[i]);
    const char *b = si_json_get_string (asked, members[i]);

    if (a != NULL && b != NULL && *a != '\0' && *b != '\0')
      return g_ascii_strcasecmp (a, b) == 0;
  }

  return TRUE;
}

static const char *
get_subject (JsonObject *account)
{
  const char *local = si_json_get_string (account, "localAccountId");
  const char *home = si_json_get_string (account, "homeAccountId");

  if (is_name (local))
    return local;

  return is_name (home) ? home : NULL;
}

static gint64
get_milliseconds (JsonObject *object, const char *member)
{
  const char *text = si_json_get_string (object, member);
  guint64     milliseconds = 0;

  if (text == NULL)
    return si_json_get_int (object, member, 0);

  g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &milliseconds, NULL);

  return (gint64) milliseconds;
}

static gboolean
has_error (JsonObject *answer)
{
  JsonNode *node = json_object_get_member (answer, "error");

  return node != NULL && !JSON_NODE_HOLDS_NULL (node);
}

/* Why there is no token that can be used, NULL where there is one. */
static const char *
find_problem (JsonObject *answer, JsonObject *account)
{
  const char *token = si_json_get_string (answer, "accessToken");

  if (has_error (answer))
    return "The broker has to ask somebody, or failed";

  if (token == NULL || !is_bearer_token (token))
    return "There is no token that could be sent";

  if (si_json_get_int (answer, "accessTokenType", -1) != ACCESS_TOKEN_TYPE_BEARER)
    return "The token is no bearer token";

  if (!is_same_account (si_json_get_object (answer, "account"), account))
    return "The token is another account's";

  return NULL;
}

/**
 * si_broker_messages_write_accounts:
 * @client_id: as whom the app is registered
 *
 * Returns: (transfer full): the request of `getAccounts`
 */
char *
si_broker_messages_write_accounts (const char *client_id)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  set_string_member (builder, "clientId", client_id);
  set_string_member (builder, "redirectUri", REDIRECT_URI);
  json_builder_end_object (builder);

  return to_text (builder);
}

/**
 * si_broker_messages_write_token:
 * @client_id: as whom the app is registered
 * @authority: who gives the token
 * @scopes: what it is to be good for; none of those that brokers add by themselves, which
 *   Microsoft's refuses
 * @account: whose it is to be, from si_broker_messages_read_account()
 * @claims: (nullable): a claims request, JSON
 * @refused_token: (nullable): the token that is no longer good
 *
 * Returns: (transfer full): the request of `acquireTokenSilently`, to be freed with
 *   si_secret_free()
 */
char *
si_broker_messages_write_token (const char        *client_id,
                                const char        *authority,
                                const char *const *scopes,
                                JsonObject        *account,
                                const char        *claims,
                                const char        *refused_token)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  /* Himmelblau looks for it here; before its release 2.0, here alone. */
  set_object_member (builder, "account", account);
  json_builder_set_member_name (builder, "authParameters");
  json_builder_begin_object (builder);
  set_object_member (builder, "account", account);
  set_string_member (builder, "username", si_json_get_string (account, "username"));
  set_string_member (builder, "authority", authority);
  json_builder_set_member_name (builder, "authorizationType");
  json_builder_add_int_value (builder, AUTHORIZATION_TYPE_CACHED_REFRESH_TOKEN);
  set_string_member (builder, "clientId", client_id);
  set_string_member (builder, "redirectUri", REDIRECT_URI);
  set_strings_member (builder, "requestedScopes", scopes);
  if (claims != NULL)
    set_string_member (builder, "decodedClaims", claims);
  if (refused_token != NULL)
    set_string_member (builder, "accessTokenToRenew", refused_token);
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  return to_text (builder);
}

/**
 * si_broker_messages_read_account:
 * @text: the answer of `getAccounts`
 * @authority: who is to give the token
 * @error: return location for an error that quotes nothing
 *
 * Returns: (transfer full): the first account that @authority takes, with a `username`
 *   that can be shown; %NULL with @error set where there is none
 */
JsonObject *
si_broker_messages_read_account (const char *text, const char *authority, GError **error)
{
  g_autoptr (JsonObject) answer = si_json_parse_object (text, strlen (text), error);
  const char            *slash = strrchr (authority, '/');
  JsonArray             *accounts;

  if (answer == NULL)
    return NULL;

  accounts = si_json_require_array (answer, "accounts", error);
  if (accounts == NULL)
    return NULL;

  for (guint i = 0; i < json_array_get_length (accounts); i++) {
    JsonObject *account = si_json_array_get_object (accounts, i);

    if (is_usable (account, slash != NULL ? slash + 1 : authority))
      return json_object_ref (account);
  }

  g_set_error (error, SI_JSON_ERROR, SI_JSON_ERROR_MEMBER,
               "There is no account that the authority takes");
  return NULL;
}

/**
 * si_broker_messages_read_lifetime:
 * @answer: what came with a token
 * @now: the time, in seconds since 1970
 *
 * The broker says by the wall clock when a token ends, and that clock may be wrong;
 * Himmelblau up to 3.1 adds seconds to milliseconds, and so says "in four seconds". A
 * time that can't be right is taken for the usual one: a token that ends sooner is
 * renewed when it is refused.
 *
 * Returns: for how many seconds the token is good
 */
int
si_broker_messages_read_lifetime (JsonObject *answer, gint64 now)
{
  gint64 lifetime = get_milliseconds (answer, "expiresOn") / 1000 - now;

  return lifetime >= MIN_LIFETIME && lifetime <= MAX_LIFETIME ? (int) lifetime
                                                              : USUAL_LIFETIME;
}

/**
 * si_broker_messages_read_tokens:
 * @text: the answer of `acquireTokenSilently`
 * @account: whose token was asked for
 * @error: return location for an error that quotes nothing
 *
 * What the token is good for is not read: the two brokers say it in different ways, and
 * the backend knows.
 *
 * Returns: (transfer full): the token; %NULL with @error set where there is none that can
 *   be used
 */
SiTokens *
si_broker_messages_read_tokens (const char *text, JsonObject *account, GError **error)
{
  g_autoptr (JsonObject) root = si_json_parse_object (text, strlen (text), error);
  JsonObject            *answer;
  const char            *problem;
  int                    lifetime;

  if (root == NULL)
    return NULL;

  answer = si_json_require_object (root, "brokerTokenResponse", error);
  if (answer == NULL)
    return NULL;

  problem = find_problem (answer, account);
  if (problem != NULL) {
    g_set_error_literal (error, SI_JSON_ERROR, SI_JSON_ERROR_MEMBER, problem);
    return NULL;
  }

  lifetime
      = si_broker_messages_read_lifetime (answer, g_get_real_time () / G_USEC_PER_SEC);

  return si_tokens_new (si_json_get_string (answer, "accessToken"), NULL,
                        get_subject (account), lifetime);
}
