/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-held-task.h"

/* A task that waits for something which may never happen, such as a person. It notices
 * when whoever asked has lost interest. */

struct _SiHeldTask {
  GTask         *task;
  GSource       *source; /* NULL where it can't be cancelled */
  SiHeldTaskFunc cancelled;
  gpointer       user_data;
};

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  SiHeldTask *self = user_data;

  self->cancelled (self, self->user_data);

  return G_SOURCE_REMOVE;
}

/**
 * si_held_task_new:
 * @task: (transfer full): a task of the default main context
 * @cancelled: called when it is cancelled: to release it
 * @user_data: data for @cancelled
 *
 * Returns: (transfer full): what holds the task until si_held_task_release()
 */
SiHeldTask *
si_held_task_new (GTask *task, SiHeldTaskFunc cancelled, gpointer user_data)
{
  SiHeldTask   *self = g_new0 (SiHeldTask, 1);
  GCancellable *cancellable = g_task_get_cancellable (task);

  self->task = task;
  self->cancelled = cancelled;
  self->user_data = user_data;
  if (cancellable != NULL) {
    self->source = g_cancellable_source_new (cancellable);
    g_source_set_callback (self->source, G_SOURCE_FUNC (cancelled_cb), self, NULL);
    g_source_attach (self->source, NULL);
  }

  return self;
}

/**
 * si_held_task_release:
 * @self: (transfer full): what holds a task
 *
 * Returns: (transfer full): the task, for an answer: one that was cancelled will say so
 *   whatever the answer is
 */
GTask *
si_held_task_release (SiHeldTask *self)
{
  GTask *task = self->task;

  if (self->source != NULL) {
    g_source_destroy (self->source);
    g_source_unref (self->source);
  }
  g_free (self);

  return task;
}
