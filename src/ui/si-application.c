/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-application.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "si-demo-backend.h"
#include "si-demo-phone.h"
#include "si-diagnostics.h"
#include "si-dialogs.h"
#include "si-fixed-token.h"
#include "si-rest-provider.h"
#include "si-settings.h"
#include "si-sign-in-controller.h"
#include "si-text.h"
#include "si-uri.h"
#include "si-window.h"

/* The app: the one place that makes services, and gives them to the window. */

struct _SiApplication {
  AdwApplication parent_instance;

  gboolean            demo;
  SiConfiguration    *configuration;
  SiRequestLog       *log;
  SiDemoBackend      *demo_backend;
  SiSignInController *sign_in; /* NULL where a token is given instead */
  SiOverview         *overview;
  SiWindow           *window; /* borrowed, cleared when it goes away */
  gboolean            only_if_required;
  gboolean            keyring_reported;
};

G_DEFINE_FINAL_TYPE (SiApplication, si_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  /* Translators: on the command line: what --demo does */
  { "demo", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Try the app with an example account"),
    NULL },
  { "add", 0, 0, G_OPTION_ARG_STRING, NULL,
    /* Translators: on the command line; “phone” is the word to type and stays as it is */
    N_ ("Add a method of this type: phone"),
    /* Translators: on the command line, in place of what is typed: --add=TYPE */
    N_ ("TYPE") },
  { "register", 0, 0, G_OPTION_ARG_NONE, NULL,
    /* Translators: on the command line: what --register does, which is for scripts that
     * run at login; registration is adding a first sign-in method */
    N_ ("Open only if the organization asks for registration"), NULL },
  /* Translators: on the command line: what --version does */
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version"), NULL },
  { NULL },
};

static void
present (SiApplication *self)
{
  gtk_window_present (GTK_WINDOW (self->window));
}

/* With --register the window comes up only once it is known that it is needed. */
static void
decide_registration (SiApplication *self)
{
  SiCapabilities *capabilities;

  if (!self->only_if_required || si_overview_get_loading (self->overview))
    return;

  self->only_if_required = FALSE;
  capabilities = si_overview_get_capabilities (self->overview);
  if (capabilities != NULL && si_capabilities_get_registration_required (capabilities))
    present (self);
  else
    gtk_window_destroy (GTK_WINDOW (self->window));
}

static void
use_backend (SiApplication *self, GUri *base, SiTokenSource *tokens)
{
  g_autoptr (SiHttp)     http = si_http_new (base, tokens);
  g_autoptr (SiProvider) provider = si_rest_provider_new (http);

  si_http_set_log (http, self->log);
  g_clear_object (&self->overview);
  self->overview = si_overview_new (provider);
  g_signal_connect_object (self->overview, "changed", G_CALLBACK (decide_registration),
                           self, G_CONNECT_SWAPPED);
  si_overview_refresh (self->overview);
  if (self->window != NULL)
    si_window_set_overview (self->window, self->overview);
}

static void
demo_started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SiApplication) self = user_data;
  g_autoptr (GError)        error = NULL;
  g_autoptr (GUri)          base = NULL;
  g_autoptr (SiTokenSource) tokens = NULL;
  SiDemoPhone              *phone;

  if (si_demo_backend_start_finish (self->demo_backend, result, &error))
    base = si_uri_parse_base (si_demo_backend_get_url (self->demo_backend), &error);

  if (self->window == NULL)
    return;

  if (base == NULL) {
    g_message ("The demo did not start: %s", error->message);
    /* Translators: a heading */
    si_window_show_problem (self->window, _ ("The Demo Did Not Start"),
                            _ ("The service that the demo needs is missing or can’t run. "
                               "Install the app again."));
    return;
  }

  phone = si_demo_phone_new (GTK_APPLICATION (self));
  si_demo_phone_connect (phone, si_demo_backend_get_socket (self->demo_backend));
  tokens = si_fixed_token_new (si_demo_backend_get_token (self->demo_backend));
  use_backend (self, base, tokens);
  gtk_window_present (GTK_WINDOW (phone));
  present (self);
}

static void
start_demo (SiApplication *self)
{
  self->demo_backend = si_demo_backend_new ();
  si_demo_backend_start_async (self->demo_backend, NULL, demo_started_cb,
                               g_object_ref (self));
}

static void
show_unusable (SiApplication *self, const char *key)
{
  g_autofree char *name = si_text_isolate (key);
  g_autofree char *sentence = g_strdup_printf (
      /* Translators: the key of a setting, such as backend-url */
      _ ("The setting “%s” is missing, or its value can’t be used. Tell your "
         "administrator."),
      name);

  /* Translators: a heading: a setting of the app is wrong */
  si_window_show_problem (self->window, _ ("Not Set Up Correctly"), sentence);
}

/* What was on the screen is of somebody who is no longer signed in. */
static void
ask_to_sign_in (SiApplication *self)
{
  g_clear_object (&self->overview);
  si_window_set_overview (self->window, NULL);
  si_window_show_sign_in (self->window,
                          si_sign_in_controller_get_sign_in (self->sign_in));

  /* Whoever is not signed in is not to be bothered with that at login. */
  if (self->only_if_required)
    gtk_window_destroy (GTK_WINDOW (self->window));
}

static void
session_changed_cb (SiApplication *self, SiSession *session)
{
  SiSessionState state = si_session_get_state (session);

  if (self->window == NULL)
    return;

  if (state == SI_SESSION_NEEDED) {
    ask_to_sign_in (self);
  } else if (state == SI_SESSION_OPEN && self->overview == NULL) {
    use_backend (self, si_configuration_get_backend (self->configuration),
                 SI_TOKEN_SOURCE (session));
    /* The person comes from the browser. */
    if (gtk_widget_get_mapped (GTK_WIDGET (self->window)))
      present (self);
  }
}

static void
keyring_failed_cb (SiApplication *self, gboolean forgetting)
{
  if (self->window == NULL)
    return;

  if (forgetting) {
    /* Translators: the keyring is where the desktop keeps passwords; the app’s name, as
     * it is elsewhere, is what it calls the entry */
    si_window_toast (self->window,
                     _ ("Your sign-in could not be removed from the keyring. Remove "
                        "“Security Info” from it yourself."));
  } else if (!self->keyring_reported) {
    self->keyring_reported = TRUE;
    si_window_toast (
        self->window,
        _ ("The keyring can’t be used. You will have to sign in again next time."));
  }
}

static void
browser_failed_cb (SiApplication *self)
{
  if (self->window != NULL)
    si_window_toast (self->window, _ ("No browser could be opened."));
}

static void
start_sign_in (SiApplication *self)
{
  SiSession *session;

  self->sign_in = si_sign_in_controller_new (GTK_APPLICATION (self), self->configuration,
                                             self->log);
  session = si_sign_in_controller_get_session (self->sign_in);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "keyring-failed", G_CALLBACK (keyring_failed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sign_in, "browser-failed",
                           G_CALLBACK (browser_failed_cb), self, G_CONNECT_SWAPPED);
  si_session_restore (session);
}

static void
start_configured (SiApplication *self)
{
  const char *key = si_configuration_get_unusable_key (self->configuration);
  GUri       *base = si_configuration_get_backend (self->configuration);
  const char *token;

  if (!si_configuration_is_set_up (self->configuration)) {
    si_window_show_not_set_up (self->window);
    return;
  }

  if (key != NULL) {
    show_unusable (self, key);
    return;
  }

  token = si_uri_is_loopback (base) ? g_getenv ("SECURITY_INFO_TOKEN") : NULL;
  if (token != NULL && *token != '\0') {
    g_autoptr (SiTokenSource) tokens = si_fixed_token_new (token);

    use_backend (self, base, tokens);
  } else if (si_configuration_get_issuer (self->configuration) != NULL) {
    start_sign_in (self);
  } else {
    show_unusable (self, "issuer");
  }
}

static void
ensure_window (SiApplication *self)
{
  SiWindow *window;

  if (self->window != NULL)
    return;

  window = si_window_new (GTK_APPLICATION (self), self->configuration);
  g_set_weak_pointer (&self->window, window);

  if (self->overview != NULL)
    si_window_set_overview (window, self->overview);
  else if (self->sign_in != NULL)
    session_changed_cb (self, si_sign_in_controller_get_session (self->sign_in));
  else if (!self->demo)
    start_configured (self);
  else if (self->demo_backend == NULL)
    start_demo (self);
}

/* For whoever asks for it: it does not go away again, even if --register is still finding
 * out whether it is needed. */
static void
open_window (SiApplication *self)
{
  self->only_if_required = FALSE;
  ensure_window (self);
  if (!self->demo || self->overview != NULL)
    present (self);
}

static void
refresh (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SiApplication *self = user_data;

  if (self->overview != NULL)
    si_overview_refresh (self->overview);
}

static void
network_changed_cb (SiApplication *self, gboolean available)
{
  if (available && self->overview != NULL
      && si_overview_get_error (self->overview) != NULL)
    si_overview_refresh (self->overview);
}

static void
add_phone (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SiApplication *self = user_data;

  open_window (self);
  si_window_add_phone (self->window);
}

static void
copy_diagnostics (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SiApplication   *self = user_data;
  g_autofree char *text = si_diagnostics_dup_text (self->overview, self->log);

  if (self->window == NULL)
    return;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self->window)), text);
  /* Translators: technical details that a help desk may ask for were copied */
  si_window_toast (self->window, _ ("Diagnostics copied"));
}

static void
try_demo (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *program = g_file_read_link ("/proc/self/exe", NULL);
  const char        *arguments[] = { program, "--demo", NULL };

  if (program == NULL
      || !g_spawn_async (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL,
                         NULL, &error))
    g_message ("The demo did not start: %s",
               error != NULL ? error->message : "no program");
}

static void
about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SiApplication   *self = user_data;
  g_autofree char *diagnostics = si_diagnostics_dup_text (self->overview, self->log);

  if (self->window != NULL)
    si_show_about (gtk_application_get_active_window (GTK_APPLICATION (self)),
                   diagnostics);
}

/* Each window is closed, not torn down: what is under way is canceled on the backend
 * first. */
static void
quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GList *windows = NULL;

  /* Closing one may take those with it that belong to it. */
  for (GList *i = gtk_application_get_windows (user_data); i != NULL; i = i->next)
    windows = g_list_prepend (windows, g_object_ref (i->data));
  for (GList *i = windows; i != NULL; i = i->next)
    gtk_window_close (i->data);
  g_list_free_full (windows, g_object_unref);
}

static gboolean
terminate_cb (gpointer user_data)
{
  quit (NULL, NULL, user_data);

  return G_SOURCE_CONTINUE;
}

/* Without the main window there is no use for the phone. */
static void
window_removed_cb (SiApplication *self, GtkWindow *window)
{
  if (self->demo && SI_IS_WINDOW (window))
    quit (NULL, NULL, self);
}

static int
si_application_handle_local_options (GApplication *application, GVariantDict *dict)
{
  const char *type = NULL;

  if (g_variant_dict_contains (dict, "version")) {
    g_print ("security-info %s\n", PACKAGE_VERSION);
    return EXIT_SUCCESS;
  }

  if (g_variant_dict_lookup (dict, "add", "&s", &type) && !g_str_equal (type, "phone")) {
    /* Translators: on the command line; “phone” is the word to type and stays as it is */
    g_printerr ("%s\n", _ ("The only type that can be added is “phone”."));
    return EXIT_FAILURE;
  }

  return -1;
}

static int
si_application_command_line (GApplication            *application,
                             GApplicationCommandLine *command_line)
{
  SiApplication *self = SI_APPLICATION (application);
  GVariantDict  *dict = g_application_command_line_get_options_dict (command_line);
  gboolean       only_if_required
      = g_variant_dict_contains (dict, "register") && self->window == NULL;

  self->only_if_required = only_if_required;
  ensure_window (self);

  if (g_variant_dict_contains (dict, "add"))
    si_window_add_phone (self->window);

  /* The demo comes up when its backend has; --register when it is known to be needed. */
  if (only_if_required && self->overview == NULL && self->sign_in == NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  else if (!only_if_required && (!self->demo || self->overview != NULL))
    present (self);

  return EXIT_SUCCESS;
}

static void
si_application_activate (GApplication *application)
{
  open_window (SI_APPLICATION (application));
}

static void
add_actions (SiApplication *self)
{
  static const GActionEntry actions[] = {
    { "refresh", refresh },
    { "add-phone", add_phone },
    { "copy-diagnostics", copy_diagnostics },
    { "try-demo", try_demo },
    { "about", about },
    { "quit", quit },
  };
  static const struct {
    const char *action;
    const char *accels[2];
  } accels[] = {
    { "app.refresh", { "<Control>r" } },
    { "win.add-method", { "<Control>n" } },
    { "win.show-shortcuts", { "<Control>question" } },
    { "window.close", { "<Control>w" } },
    { "app.quit", { "<Control>q" } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions),
                                   self);
  for (gsize i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action,
                                           accels[i].accels);
}

/* The demo is of no organization. */
static void
read_configuration (SiApplication *self)
{
  g_autoptr (GSettings) settings = self->demo ? NULL : si_settings_new ();

  self->configuration = si_configuration_new (settings);
}

static void
si_application_startup (GApplication *application)
{
  SiApplication *self = SI_APPLICATION (application);

  G_APPLICATION_CLASS (si_application_parent_class)->startup (application);

  self->log = si_request_log_new ();
  read_configuration (self);

  gtk_window_set_default_icon_name (APP_ID);
  add_actions (self);
  g_unix_signal_add (SIGTERM, terminate_cb, self);
  g_unix_signal_add (SIGINT, terminate_cb, self);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (network_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
si_application_shutdown (GApplication *application)
{
  SiApplication *self = SI_APPLICATION (application);

  if (self->demo_backend != NULL)
    si_demo_backend_stop (self->demo_backend);

  G_APPLICATION_CLASS (si_application_parent_class)->shutdown (application);
}

static void
si_application_dispose (GObject *object)
{
  SiApplication *self = SI_APPLICATION (object);

  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->overview);
  g_clear_object (&self->demo_backend);
  g_clear_object (&self->sign_in);
  g_clear_object (&self->log);
  g_clear_object (&self->configuration);

  G_OBJECT_CLASS (si_application_parent_class)->dispose (object);
}

static void
si_application_class_init (SiApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = si_application_dispose;
  application_class->handle_local_options = si_application_handle_local_options;
  application_class->command_line = si_application_command_line;
  application_class->activate = si_application_activate;
  application_class->startup = si_application_startup;
  application_class->shutdown = si_application_shutdown;
}

static void
si_application_init (SiApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_signal_connect (self, "window-removed", G_CALLBACK (window_removed_cb), NULL);
}

/* The demo has an id of its own, so that it never raises or touches the real app. */
SiApplication *
si_application_new (gboolean demo)
{
  SiApplication *self = g_object_new (
      SI_TYPE_APPLICATION, "application-id", demo ? APP_ID ".Demo" : APP_ID, "flags",
      G_APPLICATION_HANDLES_COMMAND_LINE, "resource-base-path",
      "/io/github/security_info/SecurityInfo", NULL);

  self->demo = demo;

  return self;
}
