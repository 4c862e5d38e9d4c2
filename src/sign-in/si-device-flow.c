/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-device-flow.h"

#include "si-error.h"
#include "si-held-task.h"
#include "si-token-response.h"

/* One sign-in by a code that is typed on another device (RFC 8628). It asks no more often
 * than it may, until the code was typed or is no longer good. */

/* RFC 8628, section 3.5. */
#define SLOW_DOWN_SECONDS 5
#define MAX_PAUSE_SECONDS 60

struct _SiDeviceFlow {
  GObject parent_instance;

  SiOpenidClient *client;
  SiDeviceCode   *code;
  guint           second;   /* how many milliseconds it has */
  guint           interval; /* seconds, as the issuer wants it */
  guint           pause;    /* seconds until the next poll */
  SiHeldTask     *waiting;  /* for the next poll */
  guint           pause_id;
};

G_DEFINE_FINAL_TYPE (SiDeviceFlow, si_device_flow, G_TYPE_OBJECT)

enum {
  READY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void pause_before_poll (SiDeviceFlow *self, GTask *task);

/* Returns: (transfer full): the task that has waited for the next poll */
static GTask *
stop_waiting (SiDeviceFlow *self)
{
  g_clear_handle_id (&self->pause_id, g_source_remove);

  return si_held_task_release (g_steal_pointer (&self->waiting));
}

/* Whether to ask again, and if so how much later. Without an answer the pauses get longer
 * until there is one (section 3.5, on timeouts). */
static gboolean
goes_on (SiDeviceFlow *self, const GError *error)
{
  if (error->domain == SI_TOKEN_RESPONSE_ERROR) {
    if (error->code == SI_TOKEN_RESPONSE_ERROR_SLOW_DOWN)
      self->interval += SLOW_DOWN_SECONDS;
    self->pause = self->interval;
    return TRUE;
  }

  if (g_error_matches (error, SI_ERROR, SI_ERROR_OFFLINE)
      || g_error_matches (error, SI_ERROR, SI_ERROR_UNAVAILABLE)
      || g_error_matches (error, SI_ERROR, SI_ERROR_RATE_LIMITED)) {
    int retry_after = si_problem_get_retry_after (si_error_get_problem (error));

    self->pause = MAX (self->interval, MIN (self->pause * 2, MAX_PAUSE_SECONDS));
    if (retry_after > 0)
      self->pause = MAX (self->pause, (guint) retry_after);
    return TRUE;
  }

  return FALSE;
}

static void
polled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SiDeviceFlow     *self = g_task_get_source_object (task);
  GError           *error = NULL;
  SiTokens         *tokens
      = si_openid_client_tokens_finish (SI_OPENID_CLIENT (source), result, &error);

  if (tokens != NULL) {
    g_task_return_pointer (task, tokens, g_object_unref);
    return;
  }

  if (goes_on (self, error)) {
    g_error_free (error);
    pause_before_poll (self, g_steal_pointer (&task));
    return;
  }

  /* Some issuers have no other word for a code that is no longer good. */
  if (g_error_matches (error, SI_ERROR, SI_ERROR_SIGN_IN_REQUIRED)) {
    g_clear_error (&error);
    error = si_error_new_local (SI_PROBLEM_SIGN_IN_EXPIRED, NULL);
  }
  g_task_return_error (task, error);
}

static void
poll_cb (gpointer user_data)
{
  SiDeviceFlow *self = user_data;
  GTask        *task;

  self->pause_id = 0;
  task = stop_waiting (self);
  si_openid_client_poll_device_async (self->client, self->code,
                                      g_task_get_cancellable (task), polled_cb, task);
}

static void
cancelled_cb (SiHeldTask *held, gpointer user_data)
{
  g_autoptr (GTask) task = stop_waiting (user_data);

  g_task_return_error_if_cancelled (task);
}

/* Takes the reference to @task. */
static void
pause_before_poll (SiDeviceFlow *self, GTask *task)
{
  if (si_device_code_get_seconds_left (self->code) == 0) {
    g_task_return_error (task, si_error_new_local (SI_PROBLEM_SIGN_IN_EXPIRED, NULL));
    g_object_unref (task);
    return;
  }

  self->waiting = si_held_task_new (task, cancelled_cb, self);
  self->pause_id = g_timeout_add_once (self->pause * self->second, poll_cb, self);
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SiDeviceFlow     *self = g_task_get_source_object (task);
  GError           *error = NULL;

  self->code
      = si_openid_client_start_device_finish (SI_OPENID_CLIENT (source), result, &error);
  if (self->code == NULL) {
    g_task_return_error (task, error);
    return;
  }

  self->interval = si_device_code_get_interval (self->code);
  self->pause = self->interval;
  g_signal_emit (self, signals[READY], 0);
  pause_before_poll (self, g_steal_pointer (&task));
}

static void
si_device_flow_finalize (GObject *object)
{
  SiDeviceFlow *self = SI_DEVICE_FLOW (object);

  g_clear_object (&self->client);
  g_clear_object (&self->code);

  G_OBJECT_CLASS (si_device_flow_parent_class)->finalize (object);
}

static void
si_device_flow_class_init (SiDeviceFlowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_device_flow_finalize;

  /**
   * SiDeviceFlow::ready:
   * @self: the flow
   *
   * Emitted once, when there is a code to show.
   */
  signals[READY] = g_signal_new ("ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
si_device_flow_init (SiDeviceFlow *self)
{
  self->second = 1000;
}

/**
 * si_device_flow_new:
 * @client: this app, as the issuer knows it
 *
 * Returns: (transfer full): a sign-in that is not begun yet
 */
SiDeviceFlow *
si_device_flow_new (SiOpenidClient *client)
{
  SiDeviceFlow *self = g_object_new (SI_TYPE_DEVICE_FLOW, NULL);

  self->client = g_object_ref (client);

  return self;
}

/**
 * si_device_flow_set_second:
 * @self: a sign-in that is not begun yet
 * @milliseconds: how long a second is between two polls, for who is in a hurry
 */
void
si_device_flow_set_second (SiDeviceFlow *self, guint milliseconds)
{
  g_return_if_fail (SI_IS_DEVICE_FLOW (self));

  self->second = milliseconds;
}

/**
 * si_device_flow_get_code:
 * @self: a sign-in
 *
 * Returns: (transfer none) (nullable): the code to show, once there is one
 */
SiDeviceCode *
si_device_flow_get_code (SiDeviceFlow *self)
{
  g_return_val_if_fail (SI_IS_DEVICE_FLOW (self), NULL);

  return self->code;
}

/**
 * si_device_flow_get_pause:
 * @self: a sign-in
 *
 * Returns: how many seconds there are before the next poll
 */
guint
si_device_flow_get_pause (SiDeviceFlow *self)
{
  g_return_val_if_fail (SI_IS_DEVICE_FLOW (self), 0);

  return self->pause;
}

/**
 * si_device_flow_run_async:
 * @self: a sign-in that is not begun yet
 * @cancellable: (nullable): cancels it
 * @callback: called with the tokens, si_device_flow_run_finish()
 * @user_data: data for @callback
 *
 * Signs in. #SiDeviceFlow::ready is emitted when it is the person's turn.
 */
void
si_device_flow_run_async (SiDeviceFlow       *self,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, si_device_flow_run_async);
  si_openid_client_start_device_async (self->client, cancellable, started_cb, task);
}

/**
 * si_device_flow_run_finish:
 * @self: a sign-in
 * @result: what the callback was given
 * @error: return location for a `SI_ERROR`, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the tokens, or %NULL with @error set
 */
SiTokens *
si_device_flow_run_finish (SiDeviceFlow *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
