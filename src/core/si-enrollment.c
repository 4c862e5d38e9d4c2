/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-enrollment.h"

#include "si-error.h"
#include "si-waiter.h"

/* One phone on its way to being verified: begins the verification or goes on with one
 * that is open, follows it, and cancels it. It keeps the idempotency keys, so that
 * whatever the person presses after a lost answer, no second call is placed. */

struct _SiEnrollment {
  GObject parent_instance;

  SiProvider     *provider;
  SiWaiter       *waiter;
  SiVerification *verification;
  SiVerification *other;

  /* What was sent without an answer coming back: it is sent again under the same key. */
  SiVerificationRequest *unanswered_request;
  SiChannel              unanswered_channel;
  char                  *unanswered_key;

  /* A cancellation that waits for the verification to have begun. */
  gboolean starting;
  GTask   *waiting_cancel;
};

G_DEFINE_FINAL_TYPE (SiEnrollment, si_enrollment, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_VERIFICATION,
  PROP_CONNECTED,
  N_PROPS,
};

enum {
  FAILED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

static void start (GTask *task);
static void cancel (GTask *task);

/* Whether the backend answered at all: then the key has done its work. */
static gboolean
was_answered (const GError *error)
{
  SiProblem *problem = error != NULL ? si_error_get_problem (error) : NULL;

  return problem == NULL || si_problem_get_status (problem) != 0;
}

static gboolean
requests_equal (SiVerificationRequest *a, SiVerificationRequest *b)
{
  return si_verification_request_get_purpose (a)
             == si_verification_request_get_purpose (b)
         && si_verification_request_get_use (a) == si_verification_request_get_use (b)
         && si_verification_request_get_channel (a)
                == si_verification_request_get_channel (b)
         && g_strcmp0 (si_verification_request_get_number (a),
                       si_verification_request_get_number (b))
                == 0
         && g_strcmp0 (si_verification_request_get_method_id (a),
                       si_verification_request_get_method_id (b))
                == 0;
}

static void
show (SiEnrollment *self, SiVerification *verification)
{
  if (g_set_object (&self->verification, verification))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VERIFICATION]);
}

static void
follow (SiEnrollment *self, SiVerification *verification)
{
  si_waiter_watch (self->waiter, verification);
  show (self, verification);
}

static void
waiter_changed_cb (SiEnrollment *self, SiVerification *verification)
{
  show (self, verification);
}

static void
waiter_failed_cb (SiEnrollment *self, const GError *error)
{
  g_signal_emit (self, signals[FAILED], 0, error);
}

static void
waiter_connected_cb (SiEnrollment *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONNECTED]);
}

static void
end_start (SiEnrollment *self)
{
  GTask *waiting = g_steal_pointer (&self->waiting_cancel);

  self->starting = FALSE;
  if (waiting != NULL)
    cancel (waiting);
}

static void
begin (GTask *task, SiVerification *verification)
{
  SiEnrollment *self = g_task_get_source_object (task);

  g_clear_object (&self->unanswered_request);
  g_clear_object (&self->other);
  follow (self, verification);
  g_task_return_boolean (task, TRUE);
  end_start (self);
}

static void
fail_start (GTask *task, GError *error)
{
  SiEnrollment *self = g_task_get_source_object (task);

  if (was_answered (error))
    g_clear_object (&self->unanswered_request);
  g_task_return_error (task, error);
  end_start (self);
}

static void
get_other_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)          task = user_data;
  SiEnrollment              *self = g_task_get_source_object (task);
  SiVerificationRequest     *request = g_task_get_task_data (task);
  GError                    *error = NULL;
  g_autoptr (SiVerification) verification
      = si_provider_get_verification_finish (SI_PROVIDER (source), result, &error);

  if (verification == NULL) {
    fail_start (task, error);
  } else if (si_verification_has_ended (verification)) {
    /* It ended between the two requests: nothing stands in the way any more. */
    start (g_steal_pointer (&task));
  } else if (si_verification_answers (verification, request)) {
    begin (task, verification);
  } else {
    g_set_object (&self->other, verification);
    fail_start (task, g_error_new (SI_ERROR, SI_ERROR_IN_PROGRESS,
                                   "Another verification is open"));
  }
}

static void
start_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)          task = user_data;
  SiProvider                *provider = SI_PROVIDER (source);
  GError                    *error = NULL;
  g_autoptr (SiVerification) verification
      = si_provider_start_verification_finish (provider, result, &error);
  SiProblem  *problem = error != NULL ? si_error_get_problem (error) : NULL;
  const char *location = problem != NULL ? si_problem_get_location (problem) : NULL;

  if (verification != NULL) {
    begin (task, verification);
  } else if (g_error_matches (error, SI_ERROR, SI_ERROR_IN_PROGRESS)
             && location != NULL) {
    si_provider_get_verification_async (provider, location, NULL, get_other_cb,
                                        g_steal_pointer (&task));
    g_error_free (error);
  } else {
    fail_start (task, error);
  }
}

/* Takes the reference to @task. */
static void
start (GTask *task)
{
  SiEnrollment *self = g_task_get_source_object (task);

  si_provider_start_verification_async (self->provider, g_task_get_task_data (task), NULL,
                                        start_cb, task);
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
    start (g_steal_pointer (&task));
  } else {
    fail_start (task, error);
  }
}

static void
resend_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)          task = user_data;
  SiEnrollment              *self = g_task_get_source_object (task);
  GError                    *error = NULL;
  g_autoptr (SiVerification) verification
      = si_provider_resend_finish (SI_PROVIDER (source), result, &error);

  if (verification != NULL || was_answered (error))
    g_clear_pointer (&self->unanswered_key, g_free);

  if (verification != NULL) {
    follow (self, verification);
    g_task_return_boolean (task, TRUE);
  } else {
    g_task_return_error (task, error);
  }
}

static void
submit_code_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)          task = user_data;
  SiEnrollment              *self = g_task_get_source_object (task);
  GError                    *error = NULL;
  g_autoptr (SiVerification) verification
      = si_provider_submit_code_finish (SI_PROVIDER (source), result, &error);

  if (verification == NULL) {
    g_task_return_error (task, error);
    return;
  }

  /* The answer to the wait that is under way may have come first. */
  if (!si_verification_has_ended (self->verification))
    follow (self, verification);
  g_task_return_boolean (task, TRUE);
}

static void
look_after_cancel_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)          task = user_data;
  SiEnrollment              *self = g_task_get_source_object (task);
  guint                      delay;
  g_autoptr (SiVerification) verification
      = si_provider_poll_verification_finish (SI_PROVIDER (source), result, &delay, NULL);

  if (verification != NULL)
    show (self, verification);
  g_task_return_boolean (task, TRUE);
}

static void
cancel_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SiEnrollment     *self = g_task_get_source_object (task);
  GError           *error = NULL;
  SiProblem        *problem;

  if (si_provider_cancel_verification_finish (SI_PROVIDER (source), result, &error)) {
    show (self, NULL);
    g_task_return_boolean (task, TRUE);
    return;
  }

  if (!g_error_matches (error, SI_ERROR, SI_ERROR_ENDED)) {
    g_task_return_error (task, error);
    return;
  }

  problem = si_error_get_problem (error);
  if (si_problem_get_state (problem) == SI_VERIFICATION_STATE_VERIFIED) {
    si_provider_poll_verification_async (self->provider, self->verification, 0, NULL,
                                         look_after_cancel_cb, g_steal_pointer (&task));
  } else {
    show (self, NULL);
    g_task_return_boolean (task, TRUE);
  }
  g_error_free (error);
}

/* Takes the reference to @task. */
static void
cancel (GTask *task)
{
  SiEnrollment *self = g_task_get_source_object (task);

  if (!si_enrollment_is_open (self)) {
    if (self->verification != NULL
        && si_verification_get_state (self->verification)
               != SI_VERIFICATION_STATE_VERIFIED)
      show (self, NULL);
    g_task_return_boolean (task, TRUE);
    g_object_unref (task);
    return;
  }

  si_waiter_stop (self->waiter);
  si_provider_cancel_verification_async (self->provider, self->verification, NULL,
                                         cancel_cb, task);
}

static void
si_enrollment_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SiEnrollment *self = SI_ENROLLMENT (object);

  switch (id) {
  case PROP_VERIFICATION:
    g_value_set_object (value, self->verification);
    break;
  case PROP_CONNECTED:
    g_value_set_boolean (value, si_enrollment_get_connected (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
si_enrollment_dispose (GObject *object)
{
  SiEnrollment *self = SI_ENROLLMENT (object);

  if (self->waiter != NULL)
    si_waiter_stop (self->waiter);
  g_clear_object (&self->waiter);
  g_clear_object (&self->verification);
  g_clear_object (&self->other);
  g_clear_object (&self->unanswered_request);
  g_clear_pointer (&self->unanswered_key, g_free);
  g_clear_object (&self->provider);

  G_OBJECT_CLASS (si_enrollment_parent_class)->dispose (object);
}

static void
si_enrollment_class_init (SiEnrollmentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = si_enrollment_get_property;
  object_class->dispose = si_enrollment_dispose;

  /**
   * SiEnrollment:verification:
   *
   * The verification as it was seen last, %NULL before it begins and after it was
   * canceled.
   */
  properties[PROP_VERIFICATION]
      = g_param_spec_object ("verification", NULL, NULL, SI_TYPE_VERIFICATION,
                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * SiEnrollment:connected:
   *
   * Whether the backend could be asked the last time.
   */
  properties[PROP_CONNECTED] = g_param_spec_boolean (
      "connected", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * SiEnrollment::failed:
   * @self: the enrollment
   * @error: a `SI_ERROR`
   *
   * Emitted when the verification can't be followed any further.
   */
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
si_enrollment_init (SiEnrollment *self)
{
}

/**
 * si_enrollment_new:
 * @provider: whom to ask
 *
 * Returns: (transfer full): an enrollment that has not begun
 */
SiEnrollment *
si_enrollment_new (SiProvider *provider)
{
  SiEnrollment *self = g_object_new (SI_TYPE_ENROLLMENT, NULL);

  self->provider = g_object_ref (provider);
  self->waiter = si_waiter_new (provider);
  g_signal_connect_object (self->waiter, "changed", G_CALLBACK (waiter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->waiter, "failed", G_CALLBACK (waiter_failed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->waiter, "notify::connected",
                           G_CALLBACK (waiter_connected_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * si_enrollment_get_verification:
 * @self: an enrollment
 *
 * Returns: (transfer none) (nullable): the verification as it was seen last
 */
SiVerification *
si_enrollment_get_verification (SiEnrollment *self)
{
  g_return_val_if_fail (SI_IS_ENROLLMENT (self), NULL);

  return self->verification;
}

/**
 * si_enrollment_get_other:
 * @self: an enrollment
 *
 * Returns: (transfer none) (nullable): the verification that stood in the way, after
 *   si_enrollment_start_finish() failed with %SI_ERROR_IN_PROGRESS
 */
SiVerification *
si_enrollment_get_other (SiEnrollment *self)
{
  g_return_val_if_fail (SI_IS_ENROLLMENT (self), NULL);

  return self->other;
}

gboolean
si_enrollment_get_connected (SiEnrollment *self)
{
  g_return_val_if_fail (SI_IS_ENROLLMENT (self), FALSE);

  return si_waiter_get_connected (self->waiter);
}

/**
 * si_enrollment_is_open:
 * @self: an enrollment
 *
 * Returns: whether there is a verification that has not ended
 */
gboolean
si_enrollment_is_open (SiEnrollment *self)
{
  g_return_val_if_fail (SI_IS_ENROLLMENT (self), FALSE);

  return self->verification != NULL && !si_verification_has_ended (self->verification);
}

/**
 * si_enrollment_adopt:
 * @self: an enrollment that has not begun
 * @verification: one that was found open
 *
 * Goes on with a verification that was begun before, or elsewhere.
 */
void
si_enrollment_adopt (SiEnrollment *self, SiVerification *verification)
{
  g_return_if_fail (SI_IS_ENROLLMENT (self));

  g_clear_object (&self->unanswered_request);
  if (verification == self->other)
    self->other = NULL;
  else
    g_object_ref (verification);

  follow (self, verification);
  g_object_unref (verification);
}

/**
 * si_enrollment_start_async:
 * @self: an enrollment
 * @request: what is asked for
 * @replace: whether to cancel first what si_enrollment_get_other() has
 * @callback: called when it has begun
 * @user_data: data for @callback
 *
 * Begins a verification. One that is open already and is the same is adopted; another
 * makes this fail with %SI_ERROR_IN_PROGRESS, and is what si_enrollment_get_other() has
 * then (contract, "POST /v1/me/verifications"). It can't be stopped half-way: cancel it
 * with si_enrollment_cancel_async(), which waits.
 */
void
si_enrollment_start_async (SiEnrollment          *self,
                           SiVerificationRequest *request,
                           gboolean               replace,
                           GAsyncReadyCallback    callback,
                           gpointer               user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, si_enrollment_start_async);
  if (self->unanswered_request == NULL
      || !requests_equal (self->unanswered_request, request))
    g_set_object (&self->unanswered_request, request);
  g_task_set_task_data (task, g_object_ref (self->unanswered_request), g_object_unref);
  self->starting = TRUE;

  if (replace && self->other != NULL)
    si_provider_cancel_verification_async (self->provider, self->other, NULL,
                                           cancel_other_cb, task);
  else
    start (task);
}

/**
 * si_enrollment_start_finish:
 * @self: an enrollment
 * @result: what the callback was given
 * @error: return location for a `SI_ERROR`
 *
 * Returns: whether a verification is followed now; if not, @error is set
 */
gboolean
si_enrollment_start_finish (SiEnrollment *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * si_enrollment_resend_async:
 * @self: an enrollment with a verification
 * @channel: how to reach the person now
 * @callback: called when the backend has taken it
 * @user_data: data for @callback
 *
 * Calls or texts again.
 */
void
si_enrollment_resend_async (SiEnrollment       *self,
                            SiChannel           channel,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, si_enrollment_resend_async);
  if (self->unanswered_key == NULL || self->unanswered_channel != channel) {
    g_clear_pointer (&self->unanswered_key, g_free);
    self->unanswered_key = g_uuid_string_random ();
    self->unanswered_channel = channel;
  }

  si_provider_resend_async (self->provider, self->verification, channel,
                            self->unanswered_key, NULL, resend_cb, task);
}

/**
 * si_enrollment_resend_finish:
 * @self: an enrollment
 * @result: what the callback was given
 * @error: return location for a `SI_ERROR`
 *
 * Returns: whether the backend took it; if not, @error is set
 */
gboolean
si_enrollment_resend_finish (SiEnrollment *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * si_enrollment_submit_code_async:
 * @self: an enrollment with a verification
 * @code: the digits that were typed
 * @callback: called when the backend has looked at it
 * @user_data: data for @callback
 *
 * Sends the code. It is never sent twice: after a lost answer the verification is looked
 * at.
 */
void
si_enrollment_submit_code_async (SiEnrollment       *self,
                                 const char         *code,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, si_enrollment_submit_code_async);
  si_provider_submit_code_async (self->provider, self->verification, code, NULL,
                                 submit_code_cb, task);
}

/**
 * si_enrollment_submit_code_finish:
 * @self: an enrollment
 * @result: what the callback was given
 * @error: return location for a `SI_ERROR`
 *
 * Returns: whether the code was right; if not, @error is set
 */
gboolean
si_enrollment_submit_code_finish (SiEnrollment *self,
                                  GAsyncResult *result,
                                  GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * si_enrollment_cancel_async:
 * @self: an enrollment
 * @callback: called when nothing is open any more
 * @user_data: data for @callback
 *
 * Hangs up. One that is just beginning is waited for first. Where it was approved
 * meanwhile, #SiEnrollment:verification says so afterwards.
 */
void
si_enrollment_cancel_async (SiEnrollment       *self,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, si_enrollment_cancel_async);

  if (self->starting && self->waiting_cancel == NULL)
    self->waiting_cancel = task;
  else
    cancel (task);
}

/**
 * si_enrollment_cancel_finish:
 * @self: an enrollment
 * @result: what the callback was given
 * @error: return location for a `SI_ERROR`
 *
 * Returns: whether nothing is open any more; if not, @error is set
 */
gboolean
si_enrollment_cancel_finish (SiEnrollment *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
