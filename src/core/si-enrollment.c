/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-enrollment.h"

#include "si-error.h"
#include "si-unanswered.h"
#include "si-verification-start.h"
#include "si-waiter.h"

/* One phone on its way to being verified: begins the verification or goes on with one
 * that is open, follows it, and cancels it. Whatever the person presses after a
 * lost answer, no second call is placed. */

struct _SiEnrollment {
  GObject parent_instance;

  SiProvider     *provider;
  SiWaiter       *waiter;
  SiVerification *verification;
  SiVerification *other;
  SiUnanswered   *unanswered;

  /* Cancellations that wait for the verification to have begun. */
  gboolean   starting;
  GPtrArray *waiting_cancels;
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

static void
show (SiEnrollment *self, SiVerification *verification)
{
  if (verification != NULL)
    si_unanswered_see (self->unanswered, verification);

  if (g_set_object (&self->verification, verification))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VERIFICATION]);
}

static void
follow (SiEnrollment *self, SiVerification *verification)
{
  si_waiter_watch (self->waiter, verification);
  show (self, verification);
}

/* Whether @verification is the one that is followed. An answer that comes late must
 * neither bring back what was canceled nor go back behind an end that was seen. */
static gboolean
is_current (SiEnrollment *self, SiVerification *verification)
{
  return si_enrollment_is_open (self)
         && strcmp (si_verification_get_id (self->verification),
                    si_verification_get_id (verification))
                == 0;
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

/* Also where it could not be canceled: then it goes on, and has to be followed. */
static void
end_cancel (GTask *task, GError *error)
{
  SiEnrollment *self = g_task_get_source_object (task);

  if (is_current (self, g_task_get_task_data (task)))
    si_waiter_watch (self->waiter, self->verification);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
look_after_cancel_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)          task = user_data;
  SiEnrollment              *self = g_task_get_source_object (task);
  GError                    *error = NULL;
  guint                      delay;
  g_autoptr (SiVerification) verification = si_provider_poll_verification_finish (
      SI_PROVIDER (source), result, &delay, &error);

  if (verification != NULL && is_current (self, verification))
    show (self, verification);
  end_cancel (task, error);
}

static void
cancel_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)  task = user_data;
  SiProvider        *provider = SI_PROVIDER (source);
  SiEnrollment      *self = g_task_get_source_object (task);
  SiVerification    *verification = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean   canceled = si_provider_cancel_verification_finish (provider, result, &error);
  SiProblem *problem = error != NULL ? si_error_get_problem (error) : NULL;

  if (!canceled && !g_error_matches (error, SI_ERROR, SI_ERROR_ENDED)) {
    end_cancel (task, g_steal_pointer (&error));
  } else if (problem != NULL
             && si_problem_get_state (problem) == SI_VERIFICATION_STATE_VERIFIED) {
    si_provider_poll_verification_async (provider, verification, 0, NULL,
                                         look_after_cancel_cb, g_steal_pointer (&task));
  } else {
    if (is_current (self, verification))
      show (self, NULL);
    g_task_return_boolean (task, TRUE);
  }
}

/* Takes the reference to @task. */
static void
cancel (GTask *task)
{
  SiEnrollment *self = g_task_get_source_object (task);

  if (self->starting) {
    g_ptr_array_add (self->waiting_cancels, task);
  } else if (si_enrollment_is_open (self)) {
    si_waiter_stop (self->waiter);
    g_task_set_task_data (task, g_object_ref (self->verification), g_object_unref);
    si_provider_cancel_verification_async (self->provider, self->verification, NULL,
                                           cancel_cb, task);
  } else {
    /* One that ended without success is put away. */
    if (self->verification != NULL
        && si_verification_get_state (self->verification)
               != SI_VERIFICATION_STATE_VERIFIED)
      show (self, NULL);
    g_task_return_boolean (task, TRUE);
    g_object_unref (task);
  }
}

static void
cancel_what_began (SiEnrollment *self)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting_cancels);

  self->waiting_cancels = g_ptr_array_new ();
  for (guint i = 0; i < waiting->len; i++)
    cancel (g_ptr_array_index (waiting, i));
}

static void
start_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)          task = user_data;
  SiEnrollment              *self = g_task_get_source_object (task);
  GError                    *error = NULL;
  g_autoptr (SiVerification) other = NULL;
  g_autoptr (SiVerification) verification
      = si_verification_start_finish (SI_PROVIDER (source), result, &other, &error);

  self->starting = FALSE;
  si_unanswered_settle (self->unanswered, error);
  g_set_object (&self->other, other);

  if (verification != NULL) {
    follow (self, verification);
    g_task_return_boolean (task, TRUE);
  } else {
    g_task_return_error (task, error);
  }

  cancel_what_began (self);
}

static void
resend_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)          task = user_data;
  SiEnrollment              *self = g_task_get_source_object (task);
  GError                    *error = NULL;
  g_autoptr (SiVerification) verification
      = si_provider_resend_finish (SI_PROVIDER (source), result, &error);

  si_unanswered_settle (self->unanswered, error);

  if (verification == NULL) {
    g_task_return_error (task, error);
    return;
  }

  if (is_current (self, verification))
    follow (self, verification);
  g_task_return_boolean (task, TRUE);
}

/* The answer to the code was lost: only what became of the verification tells. */
static void
look_after_code_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)          task = user_data;
  SiEnrollment              *self = g_task_get_source_object (task);
  GError                    *lost = g_task_get_task_data (task);
  guint                      delay;
  g_autoptr (SiVerification) verification
      = si_provider_poll_verification_finish (SI_PROVIDER (source), result, &delay, NULL);

  if (verification != NULL && is_current (self, verification)
      && verification != self->verification)
    follow (self, verification);

  if (verification != NULL
      && si_verification_get_state (verification) == SI_VERIFICATION_STATE_VERIFIED)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_error_copy (lost));
}

static void
submit_code_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)          task = user_data;
  SiEnrollment              *self = g_task_get_source_object (task);
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiVerification) verification
      = si_provider_submit_code_finish (SI_PROVIDER (source), result, &error);

  if (verification != NULL) {
    if (is_current (self, verification))
      follow (self, verification);
    g_task_return_boolean (task, TRUE);
  } else if (si_error_was_answered (error) || self->verification == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
  } else {
    g_task_set_task_data (task, g_steal_pointer (&error), (GDestroyNotify) g_error_free);
    si_provider_poll_verification_async (self->provider, self->verification, 0, NULL,
                                         look_after_code_cb, g_steal_pointer (&task));
  }
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
  g_clear_object (&self->unanswered);
  g_clear_pointer (&self->waiting_cancels, g_ptr_array_unref);
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
  self->unanswered = si_unanswered_new ();
  self->waiting_cancels = g_ptr_array_new ();
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
  g_signal_connect_object (self->waiter, "changed", G_CALLBACK (show), self,
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
  g_autoptr (SiVerification) adopted = g_object_ref (verification);

  g_return_if_fail (SI_IS_ENROLLMENT (self));

  si_unanswered_forget (self->unanswered);
  g_clear_object (&self->other);
  follow (self, adopted);
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
  self->starting = TRUE;
  si_verification_start_async (self->provider,
                               si_unanswered_prepare_start (self->unanswered, request),
                               replace ? self->other : NULL, start_cb, task);
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

  const char *key
      = si_unanswered_prepare_resend (self->unanswered, self->verification, channel);

  g_task_set_source_tag (task, si_enrollment_resend_async);
  si_provider_resend_async (self->provider, self->verification, channel, key, NULL,
                            resend_cb, task);
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
