/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-verification-start.h"

#include "si-error.h"

/* How a verification begins where another one may be in the way (contract, "POST
 * /v1/me/verifications"): the other is canceled first where the person said so, adopted
 * where it is the same, and handed out to be asked about where it is not. */

typedef struct {
  SiVerificationRequest *request;
  SiVerification        *other;
  GError                *in_progress;
  gboolean               tried_again;
} Start;

static void begin (GTask *task);

static void
start_free (Start *start)
{
  g_clear_object (&start->request);
  g_clear_object (&start->other);
  g_clear_error (&start->in_progress);
  g_free (start);
}

/* What was in the way ended between the two requests. That happens once at most. */
static void
try_again (GTask *task)
{
  Start *start = g_task_get_task_data (task);

  if (start->tried_again) {
    g_task_return_error (task, g_steal_pointer (&start->in_progress));
    g_object_unref (task);
    return;
  }

  start->tried_again = TRUE;
  g_clear_error (&start->in_progress);
  begin (task);
}

static void
get_other_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)          task = user_data;
  Start                     *start = g_task_get_task_data (task);
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiVerification) other
      = si_provider_get_verification_finish (SI_PROVIDER (source), result, &error);

  if (other == NULL && !g_error_matches (error, SI_ERROR, SI_ERROR_ENDED)) {
    g_task_return_error (task, g_steal_pointer (&error));
  } else if (other == NULL || si_verification_has_ended (other)) {
    try_again (g_steal_pointer (&task));
  } else if (si_verification_answers (other, start->request)) {
    g_task_return_pointer (task, g_steal_pointer (&other), g_object_unref);
  } else {
    start->other = g_steal_pointer (&other);
    g_task_return_error (task, g_steal_pointer (&start->in_progress));
  }
}

static void
begin_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)          task = user_data;
  SiProvider                *provider = SI_PROVIDER (source);
  Start                     *start = g_task_get_task_data (task);
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiVerification) verification
      = si_provider_start_verification_finish (provider, result, &error);
  SiProblem  *problem = error != NULL ? si_error_get_problem (error) : NULL;
  const char *location = problem != NULL ? si_problem_get_location (problem) : NULL;

  if (verification != NULL) {
    g_task_return_pointer (task, g_steal_pointer (&verification), g_object_unref);
  } else if (g_error_matches (error, SI_ERROR, SI_ERROR_IN_PROGRESS)
             && location != NULL) {
    si_provider_get_verification_async (provider, location, NULL, get_other_cb,
                                        g_object_ref (task));
    start->in_progress = g_steal_pointer (&error);
  } else {
    g_task_return_error (task, g_steal_pointer (&error));
  }
}

/* Takes the reference to @task. */
static void
begin (GTask *task)
{
  Start *start = g_task_get_task_data (task);

  si_provider_start_verification_async (g_task_get_source_object (task), start->request,
                                        NULL, begin_cb, task);
}

static void
cancel_other_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError           *error = NULL;

  /* One that ended otherwise meanwhile is out of the way just as well. */
  if (si_provider_cancel_verification_finish (SI_PROVIDER (source), result, &error)
      || g_error_matches (error, SI_ERROR, SI_ERROR_ENDED)) {
    g_clear_error (&error);
    begin (g_steal_pointer (&task));
  } else {
    g_task_return_error (task, error);
  }
}

/**
 * si_verification_start_async:
 * @provider: whom to ask
 * @request: what is asked for
 * @replaced: (nullable): a verification to cancel first
 * @callback: called when it is done
 * @user_data: data for @callback
 *
 * Begins a verification. One that is open already and is the same is adopted.
 */
void
si_verification_start_async (SiProvider            *provider,
                             SiVerificationRequest *request,
                             SiVerification        *replaced,
                             GAsyncReadyCallback    callback,
                             gpointer               user_data)
{
  GTask *task = g_task_new (provider, NULL, callback, user_data);
  Start *start = g_new0 (Start, 1);

  g_task_set_source_tag (task, si_verification_start_async);
  g_task_set_task_data (task, start, (GDestroyNotify) start_free);
  start->request = g_object_ref (request);

  if (replaced != NULL)
    si_provider_cancel_verification_async (provider, replaced, NULL, cancel_other_cb,
                                           task);
  else
    begin (task);
}

/**
 * si_verification_start_finish:
 * @provider: whom was asked
 * @result: what the callback was given
 * @other: (out) (transfer full) (nullable): with %SI_ERROR_IN_PROGRESS, what is in the
 * way
 * @error: return location for a `SI_ERROR`
 *
 * Returns: (transfer full): the verification, or %NULL with @error set
 */
SiVerification *
si_verification_start_finish (SiProvider      *provider,
                              GAsyncResult    *result,
                              SiVerification **other,
                              GError         **error)
{
  Start *start;

  g_return_val_if_fail (g_task_is_valid (result, provider), NULL);

  start = g_task_get_task_data (G_TASK (result));
  *other = g_steal_pointer (&start->other);

  return g_task_propagate_pointer (G_TASK (result), error);
}
