/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-timed-cancellable.h"

static gboolean
time_up_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

/**
 * si_timed_cancellable_new:
 * @milliseconds: after what time it is cancelled
 *
 * For an operation that must not take longer, and whose end nobody has to be told of.
 *
 * Returns: (transfer full): a cancellable
 */
GCancellable *
si_timed_cancellable_new (guint milliseconds)
{
  GCancellable *cancellable = g_cancellable_new ();

  g_timeout_add_full (G_PRIORITY_DEFAULT, milliseconds, time_up_cb,
                      g_object_ref (cancellable), g_object_unref);

  return cancellable;
}
