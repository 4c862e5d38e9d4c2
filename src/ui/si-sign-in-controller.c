/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-sign-in-controller.h"

#include <glib/gi18n.h>

#include "si-browser-page.h"
#include "si-sign-in-dialog.h"

/* Signing in, as the application does it: it makes the session from what is configured,
 * opens the browser, asks the person where something waits for them, and has the actions
 * of the pages' buttons. */

struct _SiSignInController {
  GObject parent_instance;

  GtkApplication  *application; /* borrowed: it owns this */
  SiConfiguration *configuration;
  SiSession       *session;
  SiSignIn        *sign_in;
  SiSignInDialog  *dialog; /* borrowed, cleared when it goes away */
  gboolean         opened; /* whether the browser was given its address */
};

G_DEFINE_FINAL_TYPE (SiSignInController, si_sign_in_controller, G_TYPE_OBJECT)

enum {
  BROWSER_FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
launched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SiSignInController) self = user_data;

  if (!g_app_info_launch_default_for_uri_finish (result, NULL))
    g_signal_emit (self, signals[BROWSER_FAILED], 0);
}

/* The address comes from the issuer's description, which names https alone, or one of
 * this machine. */
static void
open_browser (SiSignInController *self)
{
  g_autoptr (GdkAppLaunchContext) context
      = gdk_display_get_app_launch_context (gdk_display_get_default ());
  const char *uri = si_sign_in_get_uri (self->sign_in);

  if (uri == NULL)
    return;

  self->opened = TRUE;
  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL,
                                           launched_cb, g_object_ref (self));
}

static void
sign_in_changed_cb (SiSignInController *self)
{
  if (si_sign_in_get_uri (self->sign_in) == NULL)
    self->opened = FALSE;
  else if (!self->opened)
    open_browser (self);
}

static void
enable_sign_out (SiSignInController *self)
{
  GAction *action
      = g_action_map_lookup_action (G_ACTION_MAP (self->application), "sign-out");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action),
                               si_session_get_state (self->session) == SI_SESSION_OPEN);
}

/* In front of the window that the person is at. */
static void
session_changed_cb (SiSignInController *self)
{
  GtkWindow *parent = gtk_application_get_active_window (self->application);

  enable_sign_out (self);
  if (!si_session_is_asked_for (self->session) || self->dialog != NULL)
    return;

  if (parent == NULL) {
    si_session_decline (self->session);
    return;
  }

  g_set_weak_pointer (&self->dialog,
                      si_sign_in_dialog_new (parent, self->sign_in, self->configuration));
  gtk_window_present (GTK_WINDOW (self->dialog));
}

static void
sign_in_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  si_sign_in_start_browser (SI_SIGN_IN_CONTROLLER (user_data)->sign_in);
}

static void
use_code_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SiSignInController *self = user_data;

  if (si_configuration_get_use_device_code (self->configuration))
    si_sign_in_start_code (self->sign_in);
}

static void
open_browser_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_browser (user_data);
}

static void
cancel_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  si_sign_in_cancel (SI_SIGN_IN_CONTROLLER (user_data)->sign_in);
}

static void
sign_out_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SiSignInController *self = user_data;

  si_sign_in_forget (self->sign_in);
  si_session_sign_out (self->session);
}

static void
add_actions (SiSignInController *self)
{
  static const GActionEntry actions[] = {
    { "sign-in", sign_in_cb },           { "use-code", use_code_cb },
    { "open-browser", open_browser_cb }, { "cancel-sign-in", cancel_cb },
    { "sign-out", sign_out_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self->application), actions,
                                   G_N_ELEMENTS (actions), self);
  enable_sign_out (self);
}

static void
make_session (SiSignInController *self, SiRequestLog *log)
{
  SiConfiguration           *configuration = self->configuration;
  const char                *issuer = si_configuration_get_issuer (configuration);
  const char                *client_id = si_configuration_get_client_id (configuration);
  g_autofree char           *scope = si_configuration_dup_scope (configuration);
  g_autoptr (SiHttp)         http = si_http_new (NULL, NULL);
  g_autoptr (SiOpenidClient) client
      = si_openid_client_new (http, issuer, client_id, scope);
  g_autoptr (SiTokenStore) store
      = si_token_store_new (issuer, client_id, _ ("Security Info"));
  g_autoptr (SiBroker) broker = NULL;
  g_autofree char     *success = si_browser_page_dup_success ();
  g_autofree char     *failure = si_browser_page_dup_failure ();
  const guint16       *ports;
  gsize                n_ports;

  si_http_set_log (http, log);
  if (si_configuration_get_use_broker (configuration))
    broker = si_broker_new (NULL, client_id, issuer,
                            si_configuration_get_scopes (configuration));
  self->session = si_session_new (client, store, broker);
  self->sign_in = si_sign_in_new (self->session, client);
  ports = si_configuration_get_redirect_ports (configuration, &n_ports);
  si_sign_in_set_redirect (
      self->sign_in, si_configuration_get_redirect_host (configuration), ports, n_ports);
  si_sign_in_set_pages (self->sign_in, success, failure);
}

static void
si_sign_in_controller_dispose (GObject *object)
{
  SiSignInController *self = SI_SIGN_IN_CONTROLLER (object);

  g_clear_weak_pointer (&self->dialog);
  g_clear_object (&self->sign_in);
  g_clear_object (&self->session);
  g_clear_object (&self->configuration);

  G_OBJECT_CLASS (si_sign_in_controller_parent_class)->dispose (object);
}

static void
si_sign_in_controller_class_init (SiSignInControllerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = si_sign_in_controller_dispose;

  /**
   * SiSignInController::browser-failed:
   * @self: the controller
   *
   * Emitted when no browser could be opened.
   */
  signals[BROWSER_FAILED]
      = g_signal_new ("browser-failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                      NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
si_sign_in_controller_init (SiSignInController *self)
{
}

/* What @configuration says has to be enough to sign in; @log is told of each request. */
SiSignInController *
si_sign_in_controller_new (GtkApplication  *application,
                           SiConfiguration *configuration,
                           SiRequestLog    *log)
{
  SiSignInController *self = g_object_new (SI_TYPE_SIGN_IN_CONTROLLER, NULL);

  self->application = application;
  self->configuration = g_object_ref (configuration);
  make_session (self, log);
  add_actions (self);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (session_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sign_in, "changed", G_CALLBACK (sign_in_changed_cb),
                           self, G_CONNECT_SWAPPED);

  return self;
}

SiSignIn *
si_sign_in_controller_get_sign_in (SiSignInController *self)
{
  g_return_val_if_fail (SI_IS_SIGN_IN_CONTROLLER (self), NULL);

  return self->sign_in;
}

SiSession *
si_sign_in_controller_get_session (SiSignInController *self)
{
  g_return_val_if_fail (SI_IS_SIGN_IN_CONTROLLER (self), NULL);

  return self->session;
}
