/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-issuer-fixture.h"

#include <string.h>

/* An OpenID Provider that says what the test tells it to, and this app as its client. */

#define DESCRIPTION                                                                      \
  "{\"issuer\": \"%s\", \"authorization_endpoint\": \"%s/auth\","                        \
  " \"token_endpoint\": \"%s/token\","                                                   \
  " \"device_authorization_endpoint\": \"%s/device\","                                   \
  " \"revocation_endpoint\": \"%s/revoke\","                                             \
  " \"code_challenge_methods_supported\": [\"S256\"]%s}"

void
si_issuer_fixture_set_up (SiIssuerFixture *fixture, gconstpointer data)
{
  g_autofree char *base = NULL;

  fixture->server = si_scripted_server_new ();
  base = g_uri_to_string (si_scripted_server_get_base (fixture->server));
  fixture->issuer = g_strndup (base, strlen (base) - 1);
  fixture->http = si_http_new (NULL, NULL);
  fixture->client
      = si_openid_client_new (fixture->http, fixture->issuer, CLIENT_ID, SCOPE);
}

/* Nobody waits for a token that is given back, and so the client may live on for a while.
 */
void
si_issuer_fixture_tear_down (SiIssuerFixture *fixture, gconstpointer data)
{
  gpointer client = fixture->client;

  g_object_add_weak_pointer (client, &client);
  g_clear_object (&fixture->client);
  si_test_wait_until (client == NULL);
  g_assert_true (si_scripted_server_is_done (fixture->server));
  g_assert_finalize_object (fixture->http);
  g_clear_pointer (&fixture->issuer, g_free);
  g_clear_object (&fixture->server);
}

/**
 * si_issuer_fixture_describe:
 * @fixture: a fixture
 * @members: (nullable): what else it says, JSON, with a comma in front
 *
 * Announces that the issuer is asked to describe itself.
 *
 * Returns: (transfer none): the answer
 */
SiReply *
si_issuer_fixture_describe (SiIssuerFixture *fixture, const char *members)
{
  const char      *issuer = fixture->issuer;
  g_autofree char *text = g_strdup_printf (DESCRIPTION, issuer, issuer, issuer, issuer,
                                           issuer, members != NULL ? members : "");

  return si_scripted_server_expect (fixture->server, "GET", DISCOVERY_PATH, 200, text);
}

static void
append_member (GString *text, const char *name, const char *value)
{
  if (value != NULL)
    g_string_append_printf (text, ", \"%s\": \"%s\"", name, value);
}

/**
 * si_issuer_fixture_expect_tokens:
 * @fixture: a fixture
 * @access_token: the token to give
 * @refresh_token: (nullable): the one to renew it with
 * @id_token: (nullable): the ID token
 *
 * Announces that the token endpoint is asked, and gives tokens.
 *
 * Returns: (transfer none): the answer
 */
SiReply *
si_issuer_fixture_expect_tokens (SiIssuerFixture *fixture,
                                 const char      *access_token,
                                 const char      *refresh_token,
                                 const char      *id_token)
{
  g_autoptr (GString) text = g_string_new ("{\"token_type\": \"bearer\"");

  g_string_append (text, ", \"expires_in\": 3600");
  append_member (text, "access_token", access_token);
  append_member (text, "refresh_token", refresh_token);
  append_member (text, "id_token", id_token);
  g_string_append_c (text, '}');

  return si_scripted_server_expect (fixture->server, "POST", "/token", 200, text->str);
}

/**
 * si_issuer_fixture_refuse:
 * @fixture: a fixture
 * @status: the status to answer with
 * @word: (nullable): the error; without it the answer is empty
 *
 * Announces that the token endpoint is asked, and refuses.
 *
 * Returns: (transfer none): the answer
 */
SiReply *
si_issuer_fixture_refuse (SiIssuerFixture *fixture, guint status, const char *word)
{
  g_autofree char *text
      = word != NULL ? g_strdup_printf ("{\"error\": \"%s\"}", word) : NULL;
  SiReply *reply
      = si_scripted_server_expect (fixture->server, "POST", "/token", status, text);

  if (word != NULL)
    si_reply_set_header (reply, "Content-Type", "application/json");

  return reply;
}

SiReply *
si_issuer_fixture_expect_device_code (SiIssuerFixture *fixture, guint interval)
{
  g_autofree char *text = g_strdup_printf (
      "{\"device_code\": \"device-1\", \"user_code\": \"WDJB-MJHT\","
      " \"verification_uri\": \"%s/code\", \"expires_in\": 600, \"interval\": %u}",
      fixture->issuer, interval);

  return si_scripted_server_expect (fixture->server, "POST", "/device", 200, text);
}

SiReply *
si_issuer_fixture_expect_revocation (SiIssuerFixture *fixture)
{
  return si_scripted_server_expect (fixture->server, "POST", "/revoke", 200, NULL);
}

static char *
encode (const char *text)
{
  char *encoded = g_base64_encode ((const guchar *) text, strlen (text));

  g_strdelimit (encoded, "+", '-');
  g_strdelimit (encoded, "/", '_');
  encoded[strcspn (encoded, "=")] = '\0';

  return encoded;
}

/**
 * si_issuer_fixture_dup_jwt:
 * @claims: JSON
 *
 * Returns: (transfer full): a token with these claims, and a signature that nobody reads
 */
char *
si_issuer_fixture_dup_jwt (const char *claims)
{
  g_autofree char *head = encode ("{\"alg\":\"RS256\",\"kid\":\"1\"}");
  g_autofree char *body = encode (claims);

  return g_strconcat (head, ".", body, ".c2lnbmF0dXJl", NULL);
}

/**
 * si_issuer_fixture_dup_id_token:
 * @fixture: a fixture
 * @subject: who signed in
 * @nonce: (nullable): what the sign-in was begun with
 *
 * Returns: (transfer full): an ID token for this app
 */
char *
si_issuer_fixture_dup_id_token (SiIssuerFixture *fixture,
                                const char      *subject,
                                const char      *nonce)
{
  gint64              now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GString) claims = g_string_new ("{\"aud\": \"" CLIENT_ID "\"");

  append_member (claims, "iss", fixture->issuer);
  append_member (claims, "sub", subject);
  append_member (claims, "nonce", nonce);
  g_string_append_printf (claims, ", \"exp\": %" G_GINT64_FORMAT "}", now + 300);

  return si_issuer_fixture_dup_jwt (claims->str);
}

/**
 * si_issuer_fixture_dup_value:
 * @form: a form, or the query of an address
 * @name: the name of a field
 *
 * Returns: (transfer full) (nullable): its value, of which there may be no more than one
 */
char *
si_issuer_fixture_dup_value (const char *form, const char *name)
{
  GUriParamsIter     iter;
  g_autoptr (GError) error = NULL;
  char              *found = NULL;
  char              *key, *value;

  g_uri_params_iter_init (&iter, form, -1, "&", G_URI_PARAMS_WWW_FORM);
  while (g_uri_params_iter_next (&iter, &key, &value, &error)) {
    if (strcmp (key, name) == 0) {
      g_assert_null (found);
      found = g_steal_pointer (&value);
    }
    g_free (key);
    g_free (value);
  }
  g_assert_no_error (error);

  return found;
}

/**
 * si_issuer_fixture_assert_field:
 * @fixture: a fixture
 * @index: which request, in the order in which they came
 * @name: the name of a field of its form
 * @value: (nullable): what it has to be, %NULL where there must be none
 */
void
si_issuer_fixture_assert_field (SiIssuerFixture *fixture,
                                guint            index,
                                const char      *name,
                                const char      *value)
{
  g_autofree char *got = si_issuer_fixture_dup_value (
      si_scripted_server_get_body (fixture->server, index), name);

  g_assert_cmpstr (got, ==, value);
}

/**
 * si_issuer_fixture_count:
 * @fixture: a fixture
 * @line: a method and a path
 *
 * Returns: how many such requests have come
 */
guint
si_issuer_fixture_count (SiIssuerFixture *fixture, const char *line)
{
  guint count = 0;

  for (guint i = 0; i < si_scripted_server_get_n_requests (fixture->server); i++)
    count += strcmp (si_scripted_server_get_line (fixture->server, i), line) == 0;

  return count;
}
