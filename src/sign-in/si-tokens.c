/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-tokens.h"

#include "si-clock.h"
#include "si-secret.h"

/* What signing in gave: the token for the backend, the one that it is renewed with, and
 * whose they are. The tokens are wiped with it, and are no properties. */

/* A token is not used in its last moments, in which it may end on the way. */
#define MARGIN_SECONDS 30

struct _SiTokens {
  GObject parent_instance;

  char  *access_token;
  char  *refresh_token;
  char  *subject;
  gint64 expires_at; /* on si_clock_get_time()'s clock; G_MAXINT64 where it is not said */
};

G_DEFINE_FINAL_TYPE (SiTokens, si_tokens, G_TYPE_OBJECT)

static void
si_tokens_finalize (GObject *object)
{
  SiTokens *self = SI_TOKENS (object);

  g_clear_pointer (&self->access_token, si_secret_free);
  g_clear_pointer (&self->refresh_token, si_secret_free);
  g_clear_pointer (&self->subject, g_free);

  G_OBJECT_CLASS (si_tokens_parent_class)->finalize (object);
}

static void
si_tokens_class_init (SiTokensClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_tokens_finalize;
}

static void
si_tokens_init (SiTokens *self)
{
}

/**
 * si_tokens_new:
 * @access_token: the token for the backend
 * @refresh_token: (nullable): the token that another one is got with
 * @subject: (nullable): whose they are, as the issuer calls that person (`sub`)
 * @lifetime: for how many seconds from now @access_token is good, -1 where it is not said
 *
 * Returns: (transfer full): the tokens
 */
SiTokens *
si_tokens_new (const char *access_token,
               const char *refresh_token,
               const char *subject,
               int         lifetime)
{
  SiTokens *self = g_object_new (SI_TYPE_TOKENS, NULL);

  self->access_token = g_strdup (access_token);
  self->refresh_token = g_strdup (refresh_token);
  self->subject = g_strdup (subject);
  self->expires_at = lifetime >= 0
                         ? si_clock_get_time () + (gint64) lifetime * G_USEC_PER_SEC
                         : G_MAXINT64;

  return self;
}

const char *
si_tokens_get_access_token (SiTokens *self)
{
  g_return_val_if_fail (SI_IS_TOKENS (self), NULL);

  return self->access_token;
}

const char *
si_tokens_get_refresh_token (SiTokens *self)
{
  g_return_val_if_fail (SI_IS_TOKENS (self), NULL);

  return self->refresh_token;
}

const char *
si_tokens_get_subject (SiTokens *self)
{
  g_return_val_if_fail (SI_IS_TOKENS (self), NULL);

  return self->subject;
}

/**
 * si_tokens_is_fresh:
 * @self: the tokens
 *
 * Returns: whether the access token is good for a while yet, as far as is known
 */
gboolean
si_tokens_is_fresh (SiTokens *self)
{
  g_return_val_if_fail (SI_IS_TOKENS (self), FALSE);

  return self->expires_at == G_MAXINT64
         || self->expires_at - si_clock_get_time () > MARGIN_SECONDS * G_USEC_PER_SEC;
}
