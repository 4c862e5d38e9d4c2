/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-waiter.h"

#include "si-clock.h"
#include "si-error.h"

/* Follows one verification to its end. It is the one place that knows about waiting: how
 * long to ask for, when to ask again, what to do while the network is away. It has one
 * request or one timer under way, never both. */

#define LONG_POLL_SECONDS 25
#define MIN_PAUSE_MS 2000
#define MIN_BACKOFF_MS 1000
#define MAX_BACKOFF_MS 30000
#define MAX_NONSENSE 3

struct _SiWaiter {
  GObject parent_instance;

  SiProvider     *provider;
  SiVerification *verification;
  GCancellable   *cancellable;
  guint           timeout_id;
  guint           backoff;
  guint           nonsense;
  gboolean        connected;
  gboolean        asked_at_deadline;
  gint64          asked_at; /* on si_clock_get_time()'s clock */
  guint           wait;     /* seconds that were asked for then */
};

G_DEFINE_FINAL_TYPE (SiWaiter, si_waiter, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_CONNECTED,
  N_PROPS,
};

enum {
  CHANGED,
  FAILED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

static void poll_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
set_connected (SiWaiter *self, gboolean connected)
{
  if (self->connected == connected)
    return;

  self->connected = connected;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONNECTED]);
}

/* How long the backend may hold its answer back: not past the deadline, at which it is
 * asked once more at once, since only the backend's state decides. After an outage the
 * answer comes soon, so that it is known that it is over. */
static guint
choose_wait (SiWaiter *self)
{
  int left = si_verification_get_seconds_left (self->verification, si_clock_get_time ());

  if (left > 0 && !self->connected)
    return 1;

  if (left > 0)
    return MIN (left, LONG_POLL_SECONDS);

  if (self->asked_at_deadline)
    return LONG_POLL_SECONDS;

  self->asked_at_deadline = TRUE;
  return 0;
}

static void
poll (SiWaiter *self)
{
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->wait = choose_wait (self);
  self->asked_at = si_clock_get_time ();
  si_provider_poll_verification_async (self->provider, self->verification, self->wait,
                                       self->cancellable, poll_cb, g_object_ref (self));
}

static void
timeout_cb (gpointer user_data)
{
  SiWaiter *self = user_data;

  self->timeout_id = 0;
  poll (self);
}

static void
poll_after (SiWaiter *self, guint delay)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (delay == 0)
    poll (self);
  else
    self->timeout_id = g_timeout_add_once (delay, timeout_cb, self);
}

/* Up to a fifth more, so that many apps do not ask in step. */
static guint
add_jitter (guint delay)
{
  return delay + (guint) (si_clock_get_time () % (delay / 5 + 1));
}

static guint
next_backoff (SiWaiter *self)
{
  guint backoff = self->backoff;

  self->backoff = MIN (backoff * 2, MAX_BACKOFF_MS);

  return add_jitter (backoff);
}

static guint
choose_pause (SiWaiter *self, const GError *error)
{
  SiProblem *problem = si_error_get_problem (error);
  int        retry_after = problem != NULL ? si_problem_get_retry_after (problem) : -1;

  return retry_after > 0 ? (guint) retry_after * 1000 : next_backoff (self);
}

static gboolean
says_the_same (SiVerification *a, SiVerification *b)
{
  return si_verification_get_state (a) == si_verification_get_state (b)
         && si_verification_get_reason (a) == si_verification_get_reason (b)
         && si_verification_get_channel (a) == si_verification_get_channel (b)
         && si_verification_get_sends_left (a) == si_verification_get_sends_left (b)
         && si_verification_get_checks_left (a) == si_verification_get_checks_left (b);
}

/* A wait that ends early and brings nothing new, as when another app waits for the same
 * verification and each ends the other's wait: going on at once would never stop. */
static guint
choose_delay (SiWaiter *self, SiVerification *verification, guint delay)
{
  gint64 waited = si_clock_get_time () - self->asked_at;

  if (delay == 0 && waited < self->wait * G_USEC_PER_SEC / 2
      && says_the_same (self->verification, verification))
    delay = MIN_PAUSE_MS;

  return delay > 0 ? add_jitter (delay) : 0;
}

static void
fail (SiWaiter *self, const GError *error)
{
  si_waiter_stop (self);
  g_signal_emit (self, signals[FAILED], 0, error);
}

static void
handle_error (SiWaiter *self, const GError *error)
{
  switch ((SiError) error->code) {
  case SI_ERROR_OFFLINE:
  case SI_ERROR_UNAVAILABLE:
    poll_after (self, choose_pause (self, error));
    set_connected (self, FALSE);
    break;
  case SI_ERROR_RATE_LIMITED:
    poll_after (self, choose_pause (self, error));
    break;
  case SI_ERROR_PROTOCOL:
    if (++self->nonsense < MAX_NONSENSE)
      poll_after (self, choose_pause (self, error));
    else
      fail (self, error);
    break;
  case SI_ERROR_UNTRUSTED:
  case SI_ERROR_SIGN_IN_REQUIRED:
  case SI_ERROR_STEP_UP_REQUIRED:
  case SI_ERROR_INVALID_INPUT:
  case SI_ERROR_REJECTED_CODE:
  case SI_ERROR_IN_PROGRESS:
  case SI_ERROR_ENDED:
  case SI_ERROR_CHANGED:
  case SI_ERROR_NOT_ALLOWED:
  case SI_ERROR_FAILED:
  default:
    fail (self, error);
    break;
  }
}

static void
poll_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SiWaiter)       self = user_data;
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiVerification) verification = NULL;
  gboolean                   changed;
  guint                      delay = 0;

  verification = si_provider_poll_verification_finish (SI_PROVIDER (source), result,
                                                       &delay, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (verification == NULL) {
    handle_error (self, error);
    return;
  }

  self->backoff = MIN_BACKOFF_MS;
  self->nonsense = 0;
  delay = choose_delay (self, verification, delay);
  changed = g_set_object (&self->verification, verification);

  /* The next request goes out before anybody paints. */
  if (si_verification_has_ended (verification))
    si_waiter_stop (self);
  else
    poll_after (self, delay);

  set_connected (self, TRUE);
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0, verification);
}

static void
si_waiter_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SiWaiter *self = SI_WAITER (object);

  switch (id) {
  case PROP_CONNECTED:
    g_value_set_boolean (value, self->connected);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
si_waiter_dispose (GObject *object)
{
  SiWaiter *self = SI_WAITER (object);

  si_waiter_stop (self);
  g_clear_object (&self->verification);
  g_clear_object (&self->provider);

  G_OBJECT_CLASS (si_waiter_parent_class)->dispose (object);
}

static void
si_waiter_class_init (SiWaiterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = si_waiter_get_property;
  object_class->dispose = si_waiter_dispose;

  /**
   * SiWaiter:connected:
   *
   * Whether the last request was answered.
   */
  properties[PROP_CONNECTED] = g_param_spec_boolean (
      "connected", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * SiWaiter::changed:
   * @self: the waiter
   * @verification: the verification as it is now
   *
   * Emitted for each change. After one that ended the waiter has stopped.
   */
  signals[CHANGED]
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 1, SI_TYPE_VERIFICATION);

  /**
   * SiWaiter::failed:
   * @self: the waiter
   * @error: a `SI_ERROR`
   *
   * Emitted when waiting on makes no sense. The waiter has stopped.
   */
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
si_waiter_init (SiWaiter *self)
{
  self->connected = TRUE;
}

/**
 * si_waiter_new:
 * @provider: whom to ask
 *
 * Returns: (transfer full): a waiter that watches nothing yet
 */
SiWaiter *
si_waiter_new (SiProvider *provider)
{
  SiWaiter *self = g_object_new (SI_TYPE_WAITER, NULL);

  self->provider = g_object_ref (provider);

  return self;
}

/**
 * si_waiter_get_verification:
 * @self: a waiter
 *
 * Returns: (transfer none) (nullable): what it watches, as it was seen last
 */
SiVerification *
si_waiter_get_verification (SiWaiter *self)
{
  g_return_val_if_fail (SI_IS_WAITER (self), NULL);

  return self->verification;
}

gboolean
si_waiter_get_connected (SiWaiter *self)
{
  g_return_val_if_fail (SI_IS_WAITER (self), FALSE);

  return self->connected;
}

/**
 * si_waiter_watch:
 * @self: a waiter
 * @verification: what to watch from now on, in place of what it watched before
 */
void
si_waiter_watch (SiWaiter *self, SiVerification *verification)
{
  g_return_if_fail (SI_IS_WAITER (self));
  g_return_if_fail (SI_IS_VERIFICATION (verification));

  si_waiter_stop (self);
  g_set_object (&self->verification, verification);
  self->backoff = MIN_BACKOFF_MS;
  self->nonsense = 0;
  self->asked_at_deadline = FALSE;
  set_connected (self, TRUE);
  if (!si_verification_has_ended (verification))
    poll (self);
}

/**
 * si_waiter_stop:
 * @self: a waiter
 *
 * Ends the wait that is under way, if any.
 */
void
si_waiter_stop (SiWaiter *self)
{
  g_return_if_fail (SI_IS_WAITER (self));

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}
