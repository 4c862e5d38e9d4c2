/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-fixed-token.h"

#include "si-error.h"
#include "si-secret.h"

/* The one token that was given, in place of signing in: for the demo and for backends of
 * this machine. */

struct _SiFixedToken {
  GObject parent_instance;

  char *token;
};

static void token_source_iface_init (SiTokenSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SiFixedToken,
                               si_fixed_token,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SI_TYPE_TOKEN_SOURCE,
                                                      token_source_iface_init))

static void
get_token_async (SiTokenSource      *source,
                 GCancellable       *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);

  g_task_set_source_tag (task, get_token_async);
  g_task_return_pointer (task, g_strdup (SI_FIXED_TOKEN (source)->token),
                         (GDestroyNotify) si_secret_free);
}

static void
renew_token_async (SiTokenSource      *source,
                   const char         *refused,
                   SiChallenge        *challenge,
                   gboolean            may_ask,
                   GCancellable       *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);

  g_task_set_source_tag (task, renew_token_async);
  g_task_return_new_error (task, SI_ERROR,
                           challenge != NULL ? SI_ERROR_STEP_UP_REQUIRED
                                             : SI_ERROR_SIGN_IN_REQUIRED,
                           "There is no other token");
}

static void
token_source_iface_init (SiTokenSourceInterface *iface)
{
  iface->get_token_async = get_token_async;
  iface->renew_token_async = renew_token_async;
}

static void
si_fixed_token_finalize (GObject *object)
{
  SiFixedToken *self = SI_FIXED_TOKEN (object);

  g_clear_pointer (&self->token, si_secret_free);

  G_OBJECT_CLASS (si_fixed_token_parent_class)->finalize (object);
}

static void
si_fixed_token_class_init (SiFixedTokenClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_fixed_token_finalize;
}

static void
si_fixed_token_init (SiFixedToken *self)
{
}

/**
 * si_fixed_token_new:
 * @token: the bearer token
 *
 * Returns: (transfer full): a source of that token alone
 */
SiTokenSource *
si_fixed_token_new (const char *token)
{
  SiFixedToken *self = g_object_new (SI_TYPE_FIXED_TOKEN, NULL);

  self->token = g_strdup (token);

  return SI_TOKEN_SOURCE (self);
}
