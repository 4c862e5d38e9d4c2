/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-request-log.h"

#include "si-error.h"

/* The last requests, for a help desk that looks for them in the log of a service: when,
 * by which id, and how each ended. Nothing else of a request or its answer is kept. */

#define MAX_ENTRIES 10

struct _SiRequestLog {
  GObject parent_instance;

  GQueue entries; /* of lines of text, the newest last */
};

G_DEFINE_FINAL_TYPE (SiRequestLog, si_request_log, G_TYPE_OBJECT)

/* A code that is not known could be any text. */
static const char *
get_code (const GError *error)
{
  SiProblem *problem = si_error_get_problem (error);
  gboolean known = problem != NULL && si_problem_get_code (problem) != SI_PROBLEM_UNKNOWN
                   && si_problem_get_code_word (problem) != NULL;

  return known ? si_problem_get_code_word (problem) : "other";
}

static void
si_request_log_finalize (GObject *object)
{
  g_queue_clear_full (&SI_REQUEST_LOG (object)->entries, g_free);

  G_OBJECT_CLASS (si_request_log_parent_class)->finalize (object);
}

static void
si_request_log_class_init (SiRequestLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_request_log_finalize;
}

static void
si_request_log_init (SiRequestLog *self)
{
  g_queue_init (&self->entries);
}

/**
 * si_request_log_new:
 *
 * Returns: (transfer full): a log without entries
 */
SiRequestLog *
si_request_log_new (void)
{
  return g_object_new (SI_TYPE_REQUEST_LOG, NULL);
}

/**
 * si_request_log_add:
 * @self: a log
 * @request_id: a request's id
 * @status: the status of its answer, 0 where none came
 * @error: (nullable): why it failed
 */
void
si_request_log_add (SiRequestLog *self,
                    const char   *request_id,
                    guint         status,
                    const GError *error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char      *time = g_date_time_format (now, "%FT%TZ");
  g_autofree char      *failure = NULL;

  g_return_if_fail (SI_IS_REQUEST_LOG (self));

  if (error != NULL)
    failure = g_strdup_printf (", %s %d %s", g_quark_to_string (error->domain),
                               error->code, get_code (error));
  g_queue_push_tail (&self->entries,
                     g_strdup_printf ("%s %s status %u%s", time, request_id, status,
                                      failure != NULL ? failure : ""));
  if (g_queue_get_length (&self->entries) > MAX_ENTRIES)
    g_free (g_queue_pop_head (&self->entries));
}

/**
 * si_request_log_dup_text:
 * @self: a log
 *
 * Returns: (transfer full): a line for each of the last requests, in their order
 */
char *
si_request_log_dup_text (SiRequestLog *self)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (SI_IS_REQUEST_LOG (self), NULL);

  for (GList *i = self->entries.head; i != NULL; i = i->next)
    g_string_append_printf (text, "%s\n", (char *) i->data);

  return g_string_free (text, FALSE);
}
