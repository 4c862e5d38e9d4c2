/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-demo-backend.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/prctl.h>

/* The reference backend as a process of our own, on a free loopback port, with an example
 * account and a simulated phone. It keeps nothing, and goes when the app goes. */

struct _SiDemoBackend {
  GObject parent_instance;

  GSubprocess      *process;
  GDataInputStream *output;
  char             *directory;
  char             *socket;
  char             *token;
  char             *url;
};

G_DEFINE_FINAL_TYPE (SiDemoBackend, si_demo_backend, G_TYPE_OBJECT)

static void
read_url_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SiDemoBackend    *self = g_task_get_source_object (task);
  GError           *error = NULL;

  self->url = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source),
                                                         result, NULL, &error);
  if (self->url != NULL)
    g_task_return_boolean (task, TRUE);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED,
                             "The demo backend ended at once");
}

static void
si_demo_backend_finalize (GObject *object)
{
  SiDemoBackend *self = SI_DEMO_BACKEND (object);

  si_demo_backend_stop (self);
  g_clear_pointer (&self->directory, g_free);
  g_clear_pointer (&self->socket, g_free);
  g_clear_pointer (&self->token, g_free);
  g_clear_pointer (&self->url, g_free);

  G_OBJECT_CLASS (si_demo_backend_parent_class)->finalize (object);
}

static void
si_demo_backend_class_init (SiDemoBackendClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_demo_backend_finalize;
}

static void
si_demo_backend_init (SiDemoBackend *self)
{
}

SiDemoBackend *
si_demo_backend_new (void)
{
  return g_object_new (SI_TYPE_DEMO_BACKEND, NULL);
}

/* Returns: (nullable): the backend's address, once it has started */
const char *
si_demo_backend_get_url (SiDemoBackend *self)
{
  g_return_val_if_fail (SI_IS_DEMO_BACKEND (self), NULL);

  return self->url;
}

const char *
si_demo_backend_get_token (SiDemoBackend *self)
{
  g_return_val_if_fail (SI_IS_DEMO_BACKEND (self), NULL);

  return self->token;
}

/* Returns: (nullable): the path of the simulated phone's socket */
const char *
si_demo_backend_get_socket (SiDemoBackend *self)
{
  g_return_val_if_fail (SI_IS_DEMO_BACKEND (self), NULL);

  return self->socket;
}

/* Runs in the new process. An app that is killed, or loses its display, ends nothing. */
static void
end_with_app (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

/* The directory is the user's alone, and with it the socket. */
void
si_demo_backend_start_async (SiDemoBackend      *self,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  GError *error = NULL;

  g_task_set_source_tag (task, si_demo_backend_start_async);

  self->directory = g_dir_make_tmp ("security-info-XXXXXX", &error);
  if (self->directory == NULL) {
    g_task_return_error (task, error);
    return;
  }

  self->socket = g_build_filename (self->directory, "phone", NULL);
  self->token = g_uuid_string_random ();
  g_subprocess_launcher_set_child_setup (launcher, end_with_app, NULL, NULL);
  g_subprocess_launcher_setenv (launcher, "SECURITY_INFO_TOKEN", self->token, TRUE);
  self->process = g_subprocess_launcher_spawn (
      launcher, &error, LIBEXECDIR "/security-info-server", "--example", "--port", "0",
      "--database", ":memory:", "--simulated-phone", self->socket, "--dial-time", "0.7",
      "--ring-time", "20", NULL);
  if (self->process == NULL) {
    g_task_return_error (task, error);
    return;
  }

  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_data_input_stream_read_line_async (self->output, G_PRIORITY_DEFAULT, cancellable,
                                       read_url_cb, g_steal_pointer (&task));
}

gboolean
si_demo_backend_start_finish (SiDemoBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
si_demo_backend_stop (SiDemoBackend *self)
{
  g_return_if_fail (SI_IS_DEMO_BACKEND (self));

  if (self->process != NULL)
    g_subprocess_send_signal (self->process, SIGTERM);
  g_clear_object (&self->process);
  g_clear_object (&self->output);
  if (self->socket != NULL)
    g_unlink (self->socket);
  if (self->directory != NULL)
    g_rmdir (self->directory);
}
