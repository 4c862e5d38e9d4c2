/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-demo-control.h"

#include <gio/gunixsocketaddress.h>

#include "si-json.h"

/* The line to the simulated phone network of the reference backend: one JSON object a
 * line, events in, what the person does out. */

struct _SiDemoControl {
  GObject parent_instance;

  GCancellable      *cancellable;
  GSocketConnection *connection;
  GDataInputStream  *input;
};

G_DEFINE_FINAL_TYPE (SiDemoControl, si_demo_control, G_TYPE_OBJECT)

enum {
  EVENT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void read_line (SiDemoControl *self);

static void
handle_line (SiDemoControl *self, const char *line)
{
  JsonObject *object = si_json_parse_object (line, strlen (line), NULL);

  if (object == NULL)
    return;

  if (si_json_get_string (object, "event") != NULL)
    g_signal_emit (self, signals[EVENT], 0, object);
  json_object_unref (object);
}

static void
line_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SiDemoControl) self = user_data;
  g_autofree char          *line = g_data_input_stream_read_line_finish_utf8 (
               G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  if (line == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;

  handle_line (self, line);
  read_line (self);
}

static void
read_line (SiDemoControl *self)
{
  g_data_input_stream_read_line_async (self->input, G_PRIORITY_DEFAULT, self->cancellable,
                                       line_cb, g_object_ref (self));
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SiDemoControl) self = user_data;
  g_autoptr (GError)        error = NULL;

  self->connection
      = g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, &error);
  if (self->connection == NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      g_warning ("The demo phone has no line: %s", error->message);
    return;
  }

  self->input = g_data_input_stream_new (
      g_io_stream_get_input_stream (G_IO_STREAM (self->connection)));
  read_line (self);
}

static void
si_demo_control_dispose (GObject *object)
{
  SiDemoControl *self = SI_DEMO_CONTROL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->input);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (si_demo_control_parent_class)->dispose (object);
}

static void
si_demo_control_class_init (SiDemoControlClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = si_demo_control_dispose;

  signals[EVENT] = g_signal_new ("event", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 1, JSON_TYPE_OBJECT);
}

static void
si_demo_control_init (SiDemoControl *self)
{
  self->cancellable = g_cancellable_new ();
}

SiDemoControl *
si_demo_control_new (void)
{
  return g_object_new (SI_TYPE_DEMO_CONTROL, NULL);
}

void
si_demo_control_connect (SiDemoControl *self, const char *path)
{
  g_autoptr (GSocketClient)  client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);

  g_return_if_fail (SI_IS_DEMO_CONTROL (self));

  g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (address),
                                 self->cancellable, connected_cb, g_object_ref (self));
}

/* What the person does with a call; @key is nullable. */
void
si_demo_control_do (SiDemoControl *self,
                    const char    *action,
                    const char    *call,
                    const char    *key)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode)    node = NULL;
  g_autofree char        *text = NULL;
  g_autofree char        *line = NULL;
  GOutputStream          *output;

  g_return_if_fail (SI_IS_DEMO_CONTROL (self));

  if (self->connection == NULL || call == NULL)
    return;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "do");
  json_builder_add_string_value (builder, action);
  json_builder_set_member_name (builder, "call");
  json_builder_add_string_value (builder, call);
  if (key != NULL) {
    json_builder_set_member_name (builder, "key");
    json_builder_add_string_value (builder, key);
  }
  json_builder_end_object (builder);

  node = json_builder_get_root (builder);
  text = si_json_to_text (node);
  line = g_strconcat (text, "\n", NULL);

  /* A line is shorter than a socket's buffer: this does not block. */
  output = g_io_stream_get_output_stream (G_IO_STREAM (self->connection));
  g_output_stream_write_all (output, line, strlen (line), NULL, NULL, NULL);
}
