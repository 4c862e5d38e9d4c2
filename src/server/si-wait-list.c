/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-wait-list.h"

#include <glib-object.h>

/* The requests that wait for a verification to change. There is one a verification: a
 * newer one ends the older, whose client may have gone unnoticed. */
struct _SiWaitList {
  GHashTable *waits;
};

typedef struct {
  SiWaitList *list;
  char       *id;
  GObject    *exchange;
  GFunc       callback;
  gpointer    user_data;
  guint       timeout_id;
} Wait;

static void
wait_free (gpointer data)
{
  Wait *wait = data;

  g_clear_handle_id (&wait->timeout_id, g_source_remove);
  g_object_unref (wait->exchange);
  g_free (wait->id);
  g_free (wait);
}

static gboolean
time_up_cb (gpointer data)
{
  Wait *wait = data;

  wait->timeout_id = 0;
  si_wait_list_wake (wait->list, wait->id);
  return G_SOURCE_REMOVE;
}

SiWaitList *
si_wait_list_new (void)
{
  SiWaitList *self = g_new0 (SiWaitList, 1);

  self->waits = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, wait_free);

  return self;
}

void
si_wait_list_free (SiWaitList *self)
{
  si_wait_list_wake_all (self);
  g_hash_table_unref (self->waits);
  g_free (self);
}

/**
 * si_wait_list_add:
 * @self: a list
 * @id: what is waited for
 * @seconds: how long at most
 * @callback: what to call with @exchange and @user_data when the wait is over
 * @exchange: (transfer none): the request, an object
 * @user_data: passed on
 */
void
si_wait_list_add (SiWaitList *self,
                  const char *id,
                  guint       seconds,
                  GFunc       callback,
                  gpointer    exchange,
                  gpointer    user_data)
{
  Wait *wait = g_new0 (Wait, 1);

  si_wait_list_wake (self, id);

  wait->list = self;
  wait->id = g_strdup (id);
  wait->exchange = g_object_ref (exchange);
  wait->callback = callback;
  wait->user_data = user_data;
  wait->timeout_id = g_timeout_add (seconds * 1000, time_up_cb, wait);
  g_hash_table_insert (self->waits, wait->id, wait);
}

void
si_wait_list_wake (SiWaitList *self, const char *id)
{
  Wait *wait;

  if (!g_hash_table_steal_extended (self->waits, id, NULL, (gpointer *) &wait))
    return;

  wait->callback (wait->exchange, wait->user_data);
  wait_free (wait);
}

void
si_wait_list_wake_all (SiWaitList *self)
{
  g_autoptr (GList) ids = g_hash_table_get_keys (self->waits);

  for (GList *l = ids; l != NULL; l = l->next)
    si_wait_list_wake (self, l->data);
}
