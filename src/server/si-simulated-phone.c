/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-simulated-phone.h"

/* The phone network, and the phone at its other end. The server dials and texts through
 * it; whoever holds it, a test, the demo's phone window, answers and presses keys. With
 * nobody there a call rings out. No real carrier exists behind it. */
struct _SiSimulatedPhone {
  GObject parent_instance;

  double      dial_time;
  double      ring_time;
  GListStore *calls;
  GListStore *texts;
  GHashTable *timers;
  GQueue      outcomes;
  guint       last_id;
};

G_DEFINE_FINAL_TYPE (SiSimulatedPhone, si_simulated_phone, G_TYPE_OBJECT)

enum {
  CALL,
  TEXT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Enough to show what happened lately; a server that runs for long must not grow. */
#define MAX_KEPT 50

typedef struct {
  SiSimulatedPhone *phone;
  SiSimulatedCall  *call;
} Timer;

static void
timer_free (gpointer data)
{
  Timer *timer = data;

  g_object_unref (timer->call);
  g_free (timer);
}

static void
remove_source (gpointer data)
{
  g_source_remove (GPOINTER_TO_UINT (data));
}

static void
start_timer (SiSimulatedPhone *self,
             SiSimulatedCall  *call,
             double            seconds,
             GSourceFunc       callback)
{
  Timer *timer = g_new0 (Timer, 1);
  guint  id;

  timer->phone = self;
  timer->call = g_object_ref (call);
  id = g_timeout_add_full (G_PRIORITY_DEFAULT, (guint) (seconds * 1000), callback, timer,
                           timer_free);
  g_hash_table_replace (self->timers, call, GUINT_TO_POINTER (id));
}

static void
append (GListStore *store, gpointer item)
{
  while (g_list_model_get_n_items (G_LIST_MODEL (store)) >= MAX_KEPT)
    g_list_store_remove (store, 0);

  g_list_store_append (store, item);
}

static void
end_call (SiSimulatedPhone *self,
          SiSimulatedCall  *call,
          gboolean          approved,
          const char       *reason)
{
  g_hash_table_remove (self->timers, call);
  si_simulated_call_end (call, approved, reason);
  g_signal_emit (self, signals[CALL], 0, call);
}

/* A call that asks for # has failed without it; one that spoke its code has done its
 * work. */
static void
end_answered (SiSimulatedPhone *self, SiSimulatedCall *call, const char *reason)
{
  gboolean spoken = si_simulated_call_get_code (call) != NULL;

  end_call (self, call, FALSE, spoken ? NULL : reason);
}

static SiSimulatedCall *
find_call (SiSimulatedPhone    *self,
           const char          *id,
           SiSimulatedCallState state,
           GError             **error)
{
  guint n_calls = g_list_model_get_n_items (G_LIST_MODEL (self->calls));

  for (guint i = 0; i < n_calls; i++) {
    g_autoptr (SiSimulatedCall) call
        = g_list_model_get_item (G_LIST_MODEL (self->calls), i);

    if (g_strcmp0 (si_simulated_call_get_id (call), id) == 0
        && si_simulated_call_get_state (call) == state)
      return g_steal_pointer (&call);
  }

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "No such call that is %s",
               state == SI_SIMULATED_CALL_RINGING ? "ringing" : "answered");
  return NULL;
}

static gboolean
end_ringing (SiSimulatedPhone *self, const char *id, const char *reason, GError **error)
{
  g_autoptr (SiSimulatedCall) call
      = find_call (self, id, SI_SIMULATED_CALL_RINGING, error);

  if (call == NULL)
    return FALSE;

  end_call (self, call, FALSE, reason);
  return TRUE;
}

static void
deliver (SiSimulatedPhone *self, const char *number, const char *body, const char *code)
{
  g_autofree char            *id = g_strdup_printf ("t-%u", ++self->last_id);
  g_autoptr (SiSimulatedText) text = si_simulated_text_new (id, number, body, code);

  append (self->texts, text);
  g_signal_emit (self, signals[TEXT], 0, text);
}

static gboolean
patience_over_cb (gpointer data)
{
  Timer *timer = data;

  g_hash_table_steal (timer->phone->timers, timer->call);
  end_answered (timer->phone, timer->call, "no_answer");
  return G_SOURCE_REMOVE;
}

static gboolean
rang_out_cb (gpointer data)
{
  Timer *timer = data;

  g_hash_table_steal (timer->phone->timers, timer->call);
  end_call (timer->phone, timer->call, FALSE, "no_answer");
  return G_SOURCE_REMOVE;
}

static gboolean
dialled_cb (gpointer data)
{
  Timer            *timer = data;
  SiSimulatedPhone *self = timer->phone;
  const char       *outcome = g_queue_pop_head (&self->outcomes);

  g_hash_table_steal (self->timers, timer->call);

  if (outcome != NULL) {
    end_call (self, timer->call, FALSE, outcome);
    return G_SOURCE_REMOVE;
  }

  si_simulated_call_set_state (timer->call, SI_SIMULATED_CALL_RINGING);
  start_timer (self, timer->call, self->ring_time, rang_out_cb);
  g_signal_emit (self, signals[CALL], 0, timer->call);
  return G_SOURCE_REMOVE;
}

static void
si_simulated_phone_dispose (GObject *object)
{
  SiSimulatedPhone *self = SI_SIMULATED_PHONE (object);

  g_hash_table_remove_all (self->timers);
  g_queue_clear (&self->outcomes);
  g_list_store_remove_all (self->calls);
  g_list_store_remove_all (self->texts);

  G_OBJECT_CLASS (si_simulated_phone_parent_class)->dispose (object);
}

static void
si_simulated_phone_finalize (GObject *object)
{
  SiSimulatedPhone *self = SI_SIMULATED_PHONE (object);

  g_hash_table_unref (self->timers);
  g_object_unref (self->calls);
  g_object_unref (self->texts);

  G_OBJECT_CLASS (si_simulated_phone_parent_class)->finalize (object);
}

static void
si_simulated_phone_class_init (SiSimulatedPhoneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = si_simulated_phone_dispose;
  object_class->finalize = si_simulated_phone_finalize;

  /**
   * SiSimulatedPhone::call:
   * @self: the phone
   * @call: a call that came or changed its state
   */
  signals[CALL] = g_signal_new ("call", SI_TYPE_SIMULATED_PHONE, G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, SI_TYPE_SIMULATED_CALL);

  /**
   * SiSimulatedPhone::text:
   * @self: the phone
   * @text: a text that arrived
   */
  signals[TEXT] = g_signal_new ("text", SI_TYPE_SIMULATED_PHONE, G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, SI_TYPE_SIMULATED_TEXT);
}

static void
si_simulated_phone_init (SiSimulatedPhone *self)
{
  self->calls = g_list_store_new (SI_TYPE_SIMULATED_CALL);
  self->texts = g_list_store_new (SI_TYPE_SIMULATED_TEXT);
  self->timers = g_hash_table_new_full (NULL, NULL, NULL, remove_source);
  g_queue_init (&self->outcomes);
}

/**
 * si_simulated_phone_new:
 * @dial_time: seconds until a dialled phone rings
 * @ring_time: seconds that it rings, and, once answered, that the voice waits for a key
 *
 * Returns: (transfer full): a network on which nothing has happened yet
 */
SiSimulatedPhone *
si_simulated_phone_new (double dial_time, double ring_time)
{
  SiSimulatedPhone *self = g_object_new (SI_TYPE_SIMULATED_PHONE, NULL);

  self->dial_time = dial_time;
  self->ring_time = ring_time;

  return self;
}

/**
 * si_simulated_phone_get_calls:
 * @self: a phone
 *
 * Returns: (transfer none): the latest calls, oldest first, of #SiSimulatedCall; it does
 * not tell of changes inside a call, `SiSimulatedPhone::call` does
 */
GListModel *
si_simulated_phone_get_calls (SiSimulatedPhone *self)
{
  return G_LIST_MODEL (self->calls);
}

/**
 * si_simulated_phone_get_texts:
 * @self: a phone
 *
 * Returns: (transfer none): the latest texts, oldest first, of #SiSimulatedText
 */
GListModel *
si_simulated_phone_get_texts (SiSimulatedPhone *self)
{
  return G_LIST_MODEL (self->texts);
}

/**
 * si_simulated_phone_get_ringing:
 * @self: a phone
 *
 * Returns: (transfer none) (nullable): the newest call that is ringing
 */
SiSimulatedCall *
si_simulated_phone_get_ringing (SiSimulatedPhone *self)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->calls)); i > 0; i--) {
    g_autoptr (SiSimulatedCall) call
        = g_list_model_get_item (G_LIST_MODEL (self->calls), i - 1);

    if (si_simulated_call_get_state (call) == SI_SIMULATED_CALL_RINGING)
      return call;
  }

  return NULL;
}

/**
 * si_simulated_phone_dial:
 * @self: a phone
 * @number: whom to call, E.164
 * @language: the language of @says
 * @says: what the voice says
 * @code: (nullable): the code that it speaks, or %NULL where it asks for the # key
 *
 * Returns: (transfer full): the call; how it goes on is told by `SiSimulatedPhone::call`
 */
SiSimulatedCall *
si_simulated_phone_dial (SiSimulatedPhone *self,
                         const char       *number,
                         const char       *language,
                         const char       *says,
                         const char       *code)
{
  g_autofree char            *id = g_strdup_printf ("c-%u", ++self->last_id);
  g_autoptr (SiSimulatedCall) call
      = si_simulated_call_new (id, number, language, says, code);

  append (self->calls, call);
  start_timer (self, call, self->dial_time, dialled_cb);

  return g_steal_pointer (&call);
}

/**
 * si_simulated_phone_send_code:
 * @self: a phone
 * @number: whom to text, E.164
 * @body: the text
 * @code: the code in it
 *
 * Returns: (nullable): why the text could not be sent, or %NULL where it was
 */
const char *
si_simulated_phone_send_code (SiSimulatedPhone *self,
                              const char       *number,
                              const char       *body,
                              const char       *code)
{
  const char *outcome = g_queue_pop_head (&self->outcomes);

  if (outcome == NULL)
    deliver (self, number, body, code);

  return outcome;
}

void
si_simulated_phone_notify (SiSimulatedPhone *self, const char *number, const char *body)
{
  deliver (self, number, body, NULL);
}

/**
 * si_simulated_phone_release:
 * @self: a phone
 * @call: a call
 *
 * Hangs up from the server's end; nothing happens where the call has ended.
 */
void
si_simulated_phone_release (SiSimulatedPhone *self, SiSimulatedCall *call)
{
  if (si_simulated_call_get_state (call) != SI_SIMULATED_CALL_ENDED)
    end_call (self, call, FALSE, NULL);
}

gboolean
si_simulated_phone_answer (SiSimulatedPhone *self, const char *call_id, GError **error)
{
  g_autoptr (SiSimulatedCall) call
      = find_call (self, call_id, SI_SIMULATED_CALL_RINGING, error);

  if (call == NULL)
    return FALSE;

  g_hash_table_remove (self->timers, call);
  si_simulated_call_set_state (call, SI_SIMULATED_CALL_ANSWERED);
  start_timer (self, call, self->ring_time, patience_over_cb);
  g_signal_emit (self, signals[CALL], 0, call);
  return TRUE;
}

gboolean
si_simulated_phone_press (SiSimulatedPhone *self,
                          const char       *call_id,
                          char              key,
                          GError          **error)
{
  g_autoptr (SiSimulatedCall) call
      = find_call (self, call_id, SI_SIMULATED_CALL_ANSWERED, error);

  if (call == NULL)
    return FALSE;

  if (si_simulated_call_get_code (call) != NULL) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                         "This call speaks a code and asks for no key");
    return FALSE;
  }

  end_call (self, call, key == '#', key == '#' ? NULL : "wrong_key");
  return TRUE;
}

gboolean
si_simulated_phone_decline (SiSimulatedPhone *self, const char *call_id, GError **error)
{
  return end_ringing (self, call_id, "rejected", error);
}

gboolean
si_simulated_phone_voicemail (SiSimulatedPhone *self, const char *call_id, GError **error)
{
  return end_ringing (self, call_id, "voicemail", error);
}

gboolean
si_simulated_phone_ignore (SiSimulatedPhone *self, const char *call_id, GError **error)
{
  return end_ringing (self, call_id, "no_answer", error);
}

gboolean
si_simulated_phone_hang_up (SiSimulatedPhone *self, const char *call_id, GError **error)
{
  g_autoptr (SiSimulatedCall) call
      = find_call (self, call_id, SI_SIMULATED_CALL_ANSWERED, error);

  if (call == NULL)
    return FALSE;

  end_answered (self, call, "rejected");
  return TRUE;
}

/**
 * si_simulated_phone_set_next:
 * @self: a phone
 * @outcome: how the next attempt ends, such as `busy`
 * @error: return location for an error: no attempt ends like that
 *
 * Called more than once, the attempts after the next one end so too, in that order.
 *
 * Returns: whether @outcome is one
 */
gboolean
si_simulated_phone_set_next (SiSimulatedPhone *self, const char *outcome, GError **error)
{
  static const char *const OUTCOMES[] = {
    "busy",        "no_answer",     "voicemail",     "rejected",
    "unreachable", "carrier_error", "undeliverable", NULL,
  };

  if (outcome == NULL || !g_strv_contains (OUTCOMES, outcome)) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                         "No attempt ends like that");
    return FALSE;
  }

  g_queue_push_tail (&self->outcomes, (char *) g_intern_string (outcome));
  return TRUE;
}
