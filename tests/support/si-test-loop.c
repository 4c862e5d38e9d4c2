/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-test-loop.h"

/* How tests wait: for a state, by running the main loop, never by sleeping. */

#define DEADLINE_SECONDS 25

static gboolean
too_late_cb (gpointer user_data)
{
  g_error ("Waited too long for %s", (const char *) user_data);

  return G_SOURCE_REMOVE;
}

static void
time_up_cb (gpointer user_data)
{
  gboolean *up = user_data;

  *up = TRUE;
}

/**
 * si_test_start_deadline:
 * @what: what is waited for, a static string
 *
 * Returns: the id of a source that fails the test once it is dispatched
 */
guint
si_test_start_deadline (const char *what)
{
  return g_timeout_add_seconds (DEADLINE_SECONDS, too_late_cb, (gpointer) what);
}

/**
 * si_test_run_for:
 * @milliseconds: for how long
 *
 * Runs the main loop for some time, to see that something does not happen.
 */
void
si_test_run_for (guint milliseconds)
{
  gboolean up = FALSE;

  g_timeout_add_once (milliseconds, time_up_cb, &up);
  while (!up)
    g_main_context_iteration (NULL, TRUE);
}

/**
 * si_test_keep_result:
 * @source: whose operation it was
 * @result: its result
 * @user_data: a `GAsyncResult **`, where the result is kept
 *
 * A #GAsyncReadyCallback for tests, which wait until there is a result.
 */
void
si_test_keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}
