/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-notifier.h"

#include "si-sentences.h"

/* Tells a person of every change, over the phones that were there before it. Notices wait
 * until the answers have gone out. */
struct _SiNotifier {
  SiPolicy         *policy;
  SiSimulatedPhone *phone;
  GQueue            notices;
  guint             idle_id;
};

typedef struct {
  char *number;
  char *body;
} Notice;

static void
notice_free (gpointer data)
{
  Notice *notice = data;

  g_free (notice->number);
  g_free (notice->body);
  g_free (notice);
}

static gboolean
send_cb (gpointer data)
{
  SiNotifier *self = data;
  Notice     *notice;

  self->idle_id = 0;
  while ((notice = g_queue_pop_head (&self->notices)) != NULL) {
    si_simulated_phone_notify (self->phone, notice->number, notice->body);
    notice_free (notice);
  }

  return G_SOURCE_REMOVE;
}

/**
 * si_notifier_new:
 * @policy: the policy, which must outlive the notifier
 * @phone: the phone network, likewise
 *
 * Returns: (transfer full): a notifier
 */
SiNotifier *
si_notifier_new (SiPolicy *policy, SiSimulatedPhone *phone)
{
  SiNotifier *self = g_new0 (SiNotifier, 1);

  self->policy = policy;
  self->phone = phone;
  g_queue_init (&self->notices);

  return self;
}

void
si_notifier_free (SiNotifier *self)
{
  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_queue_clear_full (&self->notices, notice_free);
  g_free (self);
}

/**
 * si_notifier_queue:
 * @self: a notifier
 * @numbers: the phones that were there before the change
 * @language: the person's language
 * @kind: the kind of event, such as `method_added`
 */
void
si_notifier_queue (SiNotifier *self,
                   GStrv       numbers,
                   const char *language,
                   const char *kind)
{
  for (guint i = 0; numbers[i] != NULL; i++) {
    Notice *notice = g_new0 (Notice, 1);

    notice->number = g_strdup (numbers[i]);
    notice->body = si_sentences_dup_notice (
        language, si_policy_get_organization (self->policy), kind);
    g_queue_push_tail (&self->notices, notice);
  }

  if (self->idle_id == 0)
    self->idle_id = g_idle_add (send_cb, self);
}
