/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-credentials.h"

#include "si-secret.h"

/* What a session has to show who is signed in: the last tokens, what they are renewed
 * with, and whose they are. That outlives the tokens, so that nobody else goes on where
 * somebody has left off. */

struct _SiCredentials {
  SiTokens *tokens;
  char     *refresh_token;
  gboolean  from_broker; /* which renews them */
  gboolean  is_proof;    /* the person signed in for them, or did as good as that */
  char     *subject;
  gboolean  is_broker_subject;
};

/**
 * si_credentials_new:
 *
 * Returns: (transfer full): the credentials of nobody
 */
SiCredentials *
si_credentials_new (void)
{
  return g_new0 (SiCredentials, 1);
}

void
si_credentials_free (SiCredentials *self)
{
  si_credentials_forget (self);
  g_free (self);
}

/**
 * si_credentials_get_tokens:
 * @self: credentials
 *
 * Returns: (transfer none) (nullable): the last tokens
 */
SiTokens *
si_credentials_get_tokens (SiCredentials *self)
{
  return self->tokens;
}

/**
 * si_credentials_get_token:
 * @self: credentials
 * @refused: (nullable): a token that will not do
 * @as_proof: whether it has to be one that the person has signed in for
 *
 * Returns: (nullable): a token for the backend that is good as far as is known
 */
const char *
si_credentials_get_token (SiCredentials *self, const char *refused, gboolean as_proof)
{
  const char *token;

  if (self->tokens == NULL || !si_tokens_is_fresh (self->tokens)
      || (as_proof && !self->is_proof))
    return NULL;

  token = si_tokens_get_access_token (self->tokens);

  return g_strcmp0 (token, refused) != 0 ? token : NULL;
}

/**
 * si_credentials_get_refresh_token:
 * @self: credentials
 *
 * Returns: (nullable): what the issuer gives new tokens for
 */
const char *
si_credentials_get_refresh_token (SiCredentials *self)
{
  return self->refresh_token;
}

/**
 * si_credentials_get_subject:
 * @self: credentials
 *
 * Returns: (nullable): who is signed in, as the issuer or the broker says it; %NULL where
 *   that is not known
 */
const char *
si_credentials_get_subject (SiCredentials *self)
{
  return self->subject;
}

gboolean
si_credentials_are_from_broker (SiCredentials *self)
{
  return self->from_broker;
}

/**
 * si_credentials_can_be_renewed:
 * @self: credentials
 *
 * Returns: whether there may be new tokens without the person
 */
gboolean
si_credentials_can_be_renewed (SiCredentials *self)
{
  return self->from_broker || self->refresh_token != NULL;
}

/**
 * si_credentials_belong_to_another:
 * @self: credentials
 * @tokens: new tokens
 * @from_broker: whether the broker gave them
 *
 * The broker and the issuer call the same person by other names.
 *
 * Returns: whether @tokens are somebody else's, as far as can be told
 */
gboolean
si_credentials_belong_to_another (SiCredentials *self,
                                  SiTokens      *tokens,
                                  gboolean       from_broker)
{
  const char *subject = si_tokens_get_subject (tokens);

  return self->subject != NULL && subject != NULL
         && self->is_broker_subject == from_broker
         && !g_str_equal (self->subject, subject);
}

static void
set_refresh_token (SiCredentials *self, const char *refresh_token)
{
  g_clear_pointer (&self->refresh_token, si_secret_free);
  self->refresh_token = g_strdup (refresh_token);
}

static void
set_subject (SiCredentials *self, const char *subject, gboolean is_broker_subject)
{
  g_free (self->subject);
  self->subject = g_strdup (subject);
  self->is_broker_subject = is_broker_subject;
}

/**
 * si_credentials_restore:
 * @self: the credentials of nobody
 * @refresh_token: what was kept
 * @subject: (nullable): whose it is, as the issuer said it
 */
void
si_credentials_restore (SiCredentials *self,
                        const char    *refresh_token,
                        const char    *subject)
{
  set_refresh_token (self, refresh_token);
  set_subject (self, subject, FALSE);
}

/**
 * si_credentials_take:
 * @self: credentials
 * @tokens: new tokens, of the same person
 * @from_broker: whether the broker gave them
 * @is_proof: whether the person signed in for them, or did as good as that
 *
 * What does not come with a new refresh token is renewed with the old one again.
 */
void
si_credentials_take (SiCredentials *self,
                     SiTokens      *tokens,
                     gboolean       from_broker,
                     gboolean       is_proof)
{
  g_set_object (&self->tokens, tokens);
  self->from_broker = from_broker;
  self->is_proof = is_proof;
  if (si_tokens_get_refresh_token (tokens) != NULL)
    set_refresh_token (self, si_tokens_get_refresh_token (tokens));
  if (si_tokens_get_subject (tokens) != NULL)
    set_subject (self, si_tokens_get_subject (tokens), from_broker);
}

/**
 * si_credentials_drop_tokens:
 * @self: credentials
 *
 * Drops what is no longer good. Whose it was stays.
 */
void
si_credentials_drop_tokens (SiCredentials *self)
{
  g_clear_object (&self->tokens);
  set_refresh_token (self, NULL);
  self->from_broker = FALSE;
}

/**
 * si_credentials_forget:
 * @self: credentials
 *
 * Makes them the credentials of nobody.
 */
void
si_credentials_forget (SiCredentials *self)
{
  si_credentials_drop_tokens (self);
  set_subject (self, NULL, FALSE);
}
