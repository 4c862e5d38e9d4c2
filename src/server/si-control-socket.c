/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-control-socket.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "si-build.h"
#include "si-control-client.h"
#include "si-json.h"

/* The simulated phone's control interface: a Unix socket that only this user can open. It
 * tells each client what happens on the phone, and does on the phone what they say. */
struct _SiControlSocket {
  GObject parent_instance;

  char             *path;
  SiSimulatedPhone *phone;
  GSocketService   *service;
  GPtrArray        *clients;
};

G_DEFINE_FINAL_TYPE (SiControlSocket, si_control_socket, G_TYPE_OBJECT)

static gboolean
press (SiSimulatedPhone *phone, JsonObject *command, GError **error)
{
  const char *key = si_json_get_string (command, "key");

  if (key == NULL || key[0] == '\0' || key[1] != '\0') {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                         "“key” is not one key");
    return FALSE;
  }

  return si_simulated_phone_press (phone, si_json_get_string (command, "call"), key[0],
                                   error);
}

static gboolean
set_next (SiSimulatedPhone *phone, JsonObject *command, GError **error)
{
  return si_simulated_phone_set_next (phone, si_json_get_string (command, "outcome"),
                                      error);
}

/* A command either concerns a call alone, or takes more from the object. */
static const struct {
  const char *name;
  gboolean (*on_call) (SiSimulatedPhone *phone, const char *call_id, GError **error);
  gboolean (*on_command) (SiSimulatedPhone *phone, JsonObject *command, GError **error);
} COMMANDS[] = {
  { "answer", si_simulated_phone_answer, NULL },
  { "press", NULL, press },
  { "decline", si_simulated_phone_decline, NULL },
  { "voicemail", si_simulated_phone_voicemail, NULL },
  { "ignore", si_simulated_phone_ignore, NULL },
  { "hangUp", si_simulated_phone_hang_up, NULL },
  { "next", NULL, set_next },
};

static gboolean
run_command (SiControlSocket *self, JsonObject *command, GError **error)
{
  const char *name = si_json_get_string (command, "do");

  for (guint i = 0; i < G_N_ELEMENTS (COMMANDS); i++) {
    if (g_strcmp0 (COMMANDS[i].name, name) != 0)
      continue;

    if (COMMANDS[i].on_command != NULL)
      return COMMANDS[i].on_command (self->phone, command, error);
    return COMMANDS[i].on_call (self->phone, si_json_get_string (command, "call"), error);
  }

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                       "There is no such thing to do");
  return FALSE;
}

static const char *
get_state_name (SiSimulatedCall *call)
{
  switch (si_simulated_call_get_state (call)) {
  case SI_SIMULATED_CALL_RINGING:
    return "ringing";
  case SI_SIMULATED_CALL_ANSWERED:
    return "answered";
  case SI_SIMULATED_CALL_ENDED:
    return "ended";
  case SI_SIMULATED_CALL_DIALING:
  default:
    return NULL;
  }
}

static JsonNode *
describe_call (SiSimulatedCall *call)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const char             *code = si_simulated_call_get_code (call);

  json_builder_begin_object (builder);
  si_build_string (builder, "event", "call");
  si_build_string (builder, "call", si_simulated_call_get_id (call));
  si_build_string (builder, "number", si_simulated_call_get_number (call));
  si_build_string (builder, "state", get_state_name (call));
  si_build_string (builder, "reason", si_simulated_call_get_reason (call));
  si_build_string (builder, "language", si_simulated_call_get_language (call));
  si_build_string (builder, "says", si_simulated_call_get_says (call));
  si_build_string (builder, "approval", code != NULL ? "code" : "keypress");
  si_build_string (builder, "code", code);

  return si_build_end (builder);
}

static JsonNode *
describe_text (SiSimulatedText *text)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  si_build_string (builder, "event", "text");
  si_build_string (builder, "text", si_simulated_text_get_id (text));
  si_build_string (builder, "number", si_simulated_text_get_number (text));
  si_build_string (builder, "body", si_simulated_text_get_body (text));
  si_build_string (builder, "code", si_simulated_text_get_code (text));

  return si_build_end (builder);
}

static void
broadcast (SiControlSocket *self, JsonNode *line)
{
  for (guint i = 0; i < self->clients->len; i++)
    si_control_client_send (g_ptr_array_index (self->clients, i), line);
}

/* A phone window that is opened late still shows the call that rings. */
static void
replay (SiControlSocket *self, SiControlClient *client)
{
  GListModel *calls = si_simulated_phone_get_calls (self->phone);
  GListModel *texts = si_simulated_phone_get_texts (self->phone);

  for (guint i = 0; i < g_list_model_get_n_items (texts); i++) {
    g_autoptr (SiSimulatedText) text = g_list_model_get_item (texts, i);
    g_autoptr (JsonNode)        line = describe_text (text);

    si_control_client_send (client, line);
  }

  for (guint i = 0; i < g_list_model_get_n_items (calls); i++) {
    g_autoptr (SiSimulatedCall) call = g_list_model_get_item (calls, i);
    SiSimulatedCallState        state = si_simulated_call_get_state (call);

    if (state == SI_SIMULATED_CALL_RINGING || state == SI_SIMULATED_CALL_ANSWERED) {
      g_autoptr (JsonNode) line = describe_call (call);

      si_control_client_send (client, line);
    }
  }
}

static void
call_cb (SiSimulatedPhone *phone, SiSimulatedCall *call, SiControlSocket *self)
{
  g_autoptr (JsonNode) line = describe_call (call);

  broadcast (self, line);
}

static void
text_cb (SiSimulatedPhone *phone, SiSimulatedText *text, SiControlSocket *self)
{
  g_autoptr (JsonNode) line = describe_text (text);

  broadcast (self, line);
}

static void
line_cb (SiControlClient *client, const char *line, SiControlSocket *self)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (JsonObject)  command = si_json_parse_object (line, strlen (line), &error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode)    answer = NULL;
  gboolean                ok;

  ok = command != NULL && run_command (self, command, &error);

  json_builder_begin_object (builder);
  si_build_boolean (builder, "ok", ok);
  if (!ok)
    si_build_string (builder, "error", error->message);
  answer = si_build_end (builder);

  si_control_client_send (client, answer);
}

static void
closed_cb (SiControlClient *client, SiControlSocket *self)
{
  g_ptr_array_remove (self->clients, client);
}

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             SiControlSocket   *self)
{
  SiControlClient *client = si_control_client_new (connection);

  g_signal_connect_object (client, "line", G_CALLBACK (line_cb), self, 0);
  g_signal_connect_object (client, "closed", G_CALLBACK (closed_cb), self, 0);
  g_ptr_array_add (self->clients, client);
  replay (self, client);

  return TRUE;
}

/* The mode is set while the socket is made, or another user could come in before. */
static gboolean
bind_private (SiControlSocket *self, GError **error)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (self->path);
  mode_t                     mask = umask (S_IXUSR | S_IRWXG | S_IRWXO);
  gboolean                   bound;

  bound = g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address,
                                         G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT,
                                         NULL, NULL, error);
  umask (mask);

  return bound;
}

/* What a killed server left behind; anything else of that name stays, and is in the way.
 */
static void
remove_stale (const char *path)
{
  GStatBuf info;

  if (g_lstat (path, &info) == 0 && S_ISSOCK (info.st_mode))
    g_unlink (path);
}

static void
si_control_socket_dispose (GObject *object)
{
  SiControlSocket *self = SI_CONTROL_SOCKET (object);

  if (g_socket_service_is_active (self->service)) {
    g_socket_service_stop (self->service);
    g_socket_listener_close (G_SOCKET_LISTENER (self->service));
    g_unlink (self->path);
  }

  for (guint i = 0; i < self->clients->len; i++)
    si_control_client_close (g_ptr_array_index (self->clients, i));
  g_ptr_array_set_size (self->clients, 0);

  G_OBJECT_CLASS (si_control_socket_parent_class)->dispose (object);
}

static void
si_control_socket_finalize (GObject *object)
{
  SiControlSocket *self = SI_CONTROL_SOCKET (object);

  g_object_unref (self->service);
  g_object_unref (self->phone);
  g_ptr_array_unref (self->clients);
  g_free (self->path);

  G_OBJECT_CLASS (si_control_socket_parent_class)->finalize (object);
}

static void
si_control_socket_class_init (SiControlSocketClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = si_control_socket_dispose;
  object_class->finalize = si_control_socket_finalize;
}

static void
si_control_socket_init (SiControlSocket *self)
{
  self->service = g_socket_service_new ();
  g_socket_service_stop (self->service);
  self->clients = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * si_control_socket_new:
 * @path: where the socket is to be
 * @phone: (transfer none): the phone that it controls
 * @error: return location for an error
 *
 * Returns: (transfer full): the socket, open, or %NULL with @error set
 */
SiControlSocket *
si_control_socket_new (const char *path, SiSimulatedPhone *phone, GError **error)
{
  g_autoptr (SiControlSocket) self = g_object_new (SI_TYPE_CONTROL_SOCKET, NULL);

  self->path = g_strdup (path);
  self->phone = g_object_ref (phone);

  remove_stale (path);
  if (!bind_private (self, error))
    return NULL;

  g_signal_connect_object (phone, "call", G_CALLBACK (call_cb), self, 0);
  g_signal_connect_object (phone, "text", G_CALLBACK (text_cb), self, 0);
  g_signal_connect_object (self->service, "incoming", G_CALLBACK (incoming_cb), self, 0);
  g_socket_service_start (self->service);

  return g_steal_pointer (&self);
}

/**
 * si_control_socket_report_verified:
 * @self: a control socket
 * @verification: the id of a verification
 * @at: when it was committed, by g_get_monotonic_time()
 */
void
si_control_socket_report_verified (SiControlSocket *self,
                                   const char      *verification,
                                   gint64           at)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode)    line = NULL;

  json_builder_begin_object (builder);
  si_build_string (builder, "event", "verified");
  si_build_string (builder, "verification", verification);
  si_build_int (builder, "at", at);
  line = si_build_end (builder);

  broadcast (self, line);
}
