/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-control-client.h"

#include <string.h>

#include "si-json.h"

/* One connection to the control socket: lines of JSON in and out. Lines that come up
 * while one is on its way are kept, and go out after it. */
struct _SiControlClient {
  GObject parent_instance;

  GSocketConnection *connection;
  GDataInputStream  *input;
  GCancellable      *cancellable;
  GQueue             lines;
  gboolean           writing;
};

G_DEFINE_FINAL_TYPE (SiControlClient, si_control_client, G_TYPE_OBJECT)

enum {
  LINE,
  CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SiControlClient) self = user_data;
  GOutputStream              *output = G_OUTPUT_STREAM (source);
  char                       *line;

  self->writing = FALSE;
  g_free (g_queue_pop_head (&self->lines));

  if (!g_output_stream_write_all_finish (output, result, NULL, NULL))
    return;

  line = g_queue_peek_head (&self->lines);
  if (line == NULL)
    return;

  self->writing = TRUE;
  g_output_stream_write_all_async (output, line, strlen (line), G_PRIORITY_DEFAULT,
                                   self->cancellable, written_cb, g_object_ref (self));
}

static void
line_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SiControlClient) self = user_data;
  g_autofree char            *line = NULL;
  gsize                       length;

  line = g_data_input_stream_read_line_finish (self->input, result, &length, NULL);
  if (line == NULL) {
    g_signal_emit (self, signals[CLOSED], 0);
    return;
  }

  g_signal_emit (self, signals[LINE], 0, line);
  g_data_input_stream_read_line_async (self->input, G_PRIORITY_DEFAULT, self->cancellable,
                                       line_cb, g_object_ref (self));
}

static void
si_control_client_finalize (GObject *object)
{
  SiControlClient *self = SI_CONTROL_CLIENT (object);

  g_object_unref (self->input);
  g_object_unref (self->connection);
  g_object_unref (self->cancellable);
  g_queue_clear_full (&self->lines, g_free);

  G_OBJECT_CLASS (si_control_client_parent_class)->finalize (object);
}

static void
si_control_client_class_init (SiControlClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_control_client_finalize;

  signals[LINE] = g_signal_new ("line", SI_TYPE_CONTROL_CLIENT, G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CLOSED] = g_signal_new ("closed", SI_TYPE_CONTROL_CLIENT, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
si_control_client_init (SiControlClient *self)
{
  self->cancellable = g_cancellable_new ();
  g_queue_init (&self->lines);
}

/**
 * si_control_client_new:
 * @connection: (transfer none): an open connection
 *
 * Returns: (transfer full): its client, reading already
 */
SiControlClient *
si_control_client_new (GSocketConnection *connection)
{
  SiControlClient *self = g_object_new (SI_TYPE_CONTROL_CLIENT, NULL);

  self->connection = g_object_ref (connection);
  self->input
      = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  g_data_input_stream_read_line_async (self->input, G_PRIORITY_DEFAULT, self->cancellable,
                                       line_cb, g_object_ref (self));

  return self;
}

void
si_control_client_send (SiControlClient *self, JsonNode *line)
{
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (self->connection));
  g_autofree char *text = si_json_to_text (line);
  char            *whole = g_strconcat (text, "\n", NULL);

  g_queue_push_tail (&self->lines, whole);
  if (self->writing)
    return;

  self->writing = TRUE;
  g_output_stream_write_all_async (output, whole, strlen (whole), G_PRIORITY_DEFAULT,
                                   self->cancellable, written_cb, g_object_ref (self));
}

void
si_control_client_close (SiControlClient *self)
{
  g_cancellable_cancel (self->cancellable);
  g_io_stream_close (G_IO_STREAM (self->connection), NULL, NULL);
}
