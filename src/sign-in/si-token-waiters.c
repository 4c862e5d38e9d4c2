/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-token-waiters.h"

#include "si-held-task.h"
#include "si-secret.h"

/* Requests that wait for one and the same token, however many they are. */

struct _SiTokenWaiters {
  GPtrArray *held; /* of SiHeldTask, each of which it has to release */
  GFreeFunc  emptied;
  gpointer   user_data;
};

/**
 * si_token_waiters_new:
 * @emptied: (nullable): called when the last one has lost interest
 * @user_data: data for @emptied
 *
 * Returns: (transfer full): a list without waiters
 */
SiTokenWaiters *
si_token_waiters_new (GFreeFunc emptied, gpointer user_data)
{
  SiTokenWaiters *self = g_new0 (SiTokenWaiters, 1);

  self->held = g_ptr_array_new ();
  self->emptied = emptied;
  self->user_data = user_data;

  return self;
}

/* Nobody may wait any more. */
void
si_token_waiters_free (SiTokenWaiters *self)
{
  g_ptr_array_unref (self->held);
  g_free (self);
}

static void
cancelled_cb (SiHeldTask *held, gpointer user_data)
{
  SiTokenWaiters   *self = user_data;
  g_autoptr (GTask) task = NULL;

  g_ptr_array_remove (self->held, held);
  task = si_held_task_release (held);
  g_task_return_error_if_cancelled (task);
  if (self->held->len == 0 && self->emptied != NULL)
    self->emptied (self->user_data);
}

/**
 * si_token_waiters_add:
 * @self: waiters
 * @task: (transfer full): a task that is to return a token
 */
void
si_token_waiters_add (SiTokenWaiters *self, GTask *task)
{
  g_ptr_array_add (self->held, si_held_task_new (task, cancelled_cb, self));
}

gboolean
si_token_waiters_is_empty (SiTokenWaiters *self)
{
  return self->held->len == 0;
}

/* Whoever is answered may come to wait again meanwhile, for the next one. */
static GPtrArray *
steal (SiTokenWaiters *self)
{
  GPtrArray *held = self->held;

  self->held = g_ptr_array_new ();

  return held;
}

/**
 * si_token_waiters_give:
 * @self: waiters
 * @token: what they have waited for
 */
void
si_token_waiters_give (SiTokenWaiters *self, const char *token)
{
  g_autoptr (GPtrArray) held = steal (self);

  for (guint i = 0; i < held->len; i++) {
    g_autoptr (GTask) task = si_held_task_release (g_ptr_array_index (held, i));

    g_task_return_pointer (task, g_strdup (token), (GDestroyNotify) si_secret_free);
  }
}

/**
 * si_token_waiters_fail:
 * @self: waiters
 * @error: why there is no token
 */
void
si_token_waiters_fail (SiTokenWaiters *self, const GError *error)
{
  g_autoptr (GPtrArray) held = steal (self);

  for (guint i = 0; i < held->len; i++) {
    g_autoptr (GTask) task = si_held_task_release (g_ptr_array_index (held, i));

    g_task_return_error (task, g_error_copy (error));
  }
}
