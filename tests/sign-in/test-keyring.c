/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-token-store.h"

#include <string.h>

#include "si-secret.h"
#include "si-test-loop.h"

/* The refresh token in a keyring of the desktop's, on a bus of the test's own: where
 * there is none, in GNOME's, and where that one is locked and nobody unlocks it. */

#define ISSUER "https://id.example.com"
#define CLIENT_ID "client-1"
#define LABEL "Security Info"
#define SUBJECT "subject-of-astrid"
#define TOKEN "rt-1"
#define PASSWORD "password"
#define DAEMON "gnome-keyring-daemon"
#define SERVICE "org.freedesktop.secrets"
#define SERVICE_PATH "/org/freedesktop/secrets"
#define SERVICE_INTERFACE "org.freedesktop.Secret.Service"
#define PROMPTER "org.gnome.keyring.SystemPrompter"
#define PROMPTER_PATH "/org/gnome/keyring/Prompter"
#define SHORT_MS 100
#define LONG_MS 20000
#define AT_ONCE (10 * G_USEC_PER_SEC)

static GTestDBus       *bus;
static GDBusConnection *session;
static GSubprocess     *keyring;
static char            *directory; /* where it keeps its files */

static void
appeared_cb (GDBusConnection *connection,
             const char      *name,
             const char      *owner,
             gpointer         user_data)
{
  gboolean *appeared = user_data;

  *appeared = TRUE;
}

static void
wait_for_name (const char *name)
{
  gboolean appeared = FALSE;
  guint    id = g_bus_watch_name (G_BUS_TYPE_SESSION, name, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                  appeared_cb, NULL, &appeared, NULL);

  si_test_wait_until (appeared);
  g_bus_unwatch_name (id);
}

/* Whoever unlocks it with a password has it made. Not every machine has it, or lets it
 * lock memory as it wants to. */
static gboolean
start_keyring (void)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE
      | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GError) error = NULL;
  GOutputStream     *input;

  if (directory == NULL)
    directory = g_dir_make_tmp ("si-keyring-XXXXXX", NULL);
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  g_subprocess_launcher_setenv (launcher, "HOME", directory, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", directory, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", directory, TRUE);
  keyring = g_subprocess_launcher_spawn (launcher, &error, DAEMON, "--foreground",
                                         "--unlock", "--components=secrets",
                                         "--control-directory", directory, NULL);
  if (keyring == NULL) {
    g_test_skip (error->message);
    return FALSE;
  }

  input = g_subprocess_get_stdin_pipe (keyring);
  g_output_stream_write_all (input, PASSWORD, strlen (PASSWORD), NULL, NULL, NULL);
  g_output_stream_close (input, NULL, NULL);
  wait_for_name (SERVICE);

  return TRUE;
}

static void
stop_keyring (void)
{
  g_autoptr (GSubprocess) remover = NULL;

  if (keyring != NULL) {
    g_subprocess_force_exit (keyring);
    g_subprocess_wait (keyring, NULL, NULL);
    g_clear_object (&keyring);
  }
  remover = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, NULL, "rm", "-r", directory, NULL);
  g_subprocess_wait (remover, NULL, NULL);
  g_clear_pointer (&directory, g_free);
}

static gboolean
has_keyring (void)
{
  return keyring != NULL || start_keyring ();
}

/* Without the library, which is the store's alone. */
static GVariant *
call (const char *path, const char *interface, const char *method, GVariant *parameters)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      session, SERVICE, path, interface, method, parameters, NULL, G_DBUS_CALL_FLAGS_NONE,
      -1, NULL, &error);

  g_assert_no_error (error);

  return g_steal_pointer (&reply);
}

/* Returns: (transfer full): the path of the keyring that is used */
static char *
find_collection (void)
{
  g_autoptr (GVariant) reply = call (SERVICE_PATH, SERVICE_INTERFACE, "ReadAlias",
                                     g_variant_new ("(s)", "default"));
  char                *path;

  g_variant_get (reply, "(o)", &path);

  return path;
}

static void
lock_keyring (void)
{
  g_autofree char     *path = find_collection ();
  g_autoptr (GVariant) reply = call (SERVICE_PATH, SERVICE_INTERFACE, "Lock",
                                     g_variant_new_parsed ("([%o],)", path));
}

/* As whoever signs in to the desktop does. */
static void
unlock_keyring (void)
{
  g_autofree char     *path = find_collection ();
  g_autoptr (GVariant) reply = call (SERVICE_PATH, SERVICE_INTERFACE, "OpenSession",
                                     g_variant_new_parsed ("('plain', <''>)"));
  g_autoptr (GVariant) unlocked = NULL;
  const char          *secret_session;

  g_variant_get (reply, "(v&o)", NULL, &secret_session);
  unlocked
      = call (SERVICE_PATH, "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface",
              "UnlockWithMasterPassword",
              g_variant_new ("(o(o@ay@ays))", path, secret_session,
                             g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, NULL, 0, 1),
                             g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, PASSWORD,
                                                        strlen (PASSWORD), 1),
                             "text/plain"));
}

static gboolean
change (SiTokenStore *store, const char *token, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (token != NULL)
    si_token_store_store_async (store, token, SUBJECT, si_test_keep_result, &result);
  else
    si_token_store_clear_async (store, si_test_keep_result, &result);
  si_test_wait_until (result != NULL);

  return si_token_store_change_finish (store, result, error);
}

static void
assert_changed (SiTokenStore *store, const char *token)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (change (store, token, &error));
  g_assert_no_error (error);
}

static void
assert_not_changed (SiTokenStore *store, const char *token)
{
  g_autoptr (GError) error = NULL;
  gint64             begun = g_get_monotonic_time ();

  g_assert_false (change (store, token, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, AT_ONCE);
}

static char *
look_up (SiTokenStore *store, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  si_token_store_lookup_async (store, si_test_keep_result, &result);
  si_test_wait_until (result != NULL);

  return si_token_store_lookup_finish (store, result, NULL, error);
}

static void
assert_token (SiTokenStore *store, const char *token)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (SiSecret) found = look_up (store, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, token);
}

static void
test_none (void)
{
  g_autoptr (SiTokenStore) store = si_token_store_new (ISSUER, CLIENT_ID, LABEL);
  g_autoptr (GError)       error = NULL;
  gint64                   begun = g_get_monotonic_time ();

  g_assert_null (look_up (store, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, AT_ONCE);
  assert_not_changed (store, TOKEN);
  assert_not_changed (store, NULL);
}

static void
test_all (void)
{
  g_autoptr (SiTokenStore) store = si_token_store_new (ISSUER, CLIENT_ID, LABEL);

  if (!has_keyring ())
    return;

  assert_token (store, NULL);
  assert_changed (store, TOKEN);
  assert_token (store, TOKEN);
  assert_changed (store, "rt-2");
  assert_token (store, "rt-2");
  assert_changed (store, NULL);
  assert_token (store, NULL);
  assert_changed (store, NULL);
}

static GVariant *
dup_property (const char *path, const char *name)
{
  g_autoptr (GVariant) reply
      = call (path, "org.freedesktop.DBus.Properties", "Get",
              g_variant_new ("(ss)", "org.freedesktop.Secret.Item", name));
  GVariant *value;

  g_variant_get (reply, "(v)", &value);

  return value;
}

/* Returns: (transfer full): the path of the only item */
static char *
find_item (void)
{
  g_autoptr (GVariant) reply
      = call (SERVICE_PATH, SERVICE_INTERFACE, "SearchItems",
              g_variant_new_parsed ("({'client-id': '" CLIENT_ID "'},)"));
  g_autofree const char **unlocked = NULL;

  g_variant_get (reply, "(^a&o@ao)", &unlocked, NULL);
  g_assert_cmpuint (g_strv_length ((char **) unlocked), ==, 1);

  return g_strdup (unlocked[0]);
}

/* What anybody can see without unlocking it says nothing of the person. */
static void
test_attributes (void)
{
  g_autoptr (SiTokenStore) store = si_token_store_new (ISSUER, CLIENT_ID, LABEL);
  g_autofree char         *item = NULL;
  g_autoptr (GVariant)     label = NULL;
  g_autoptr (GVariant)     attributes = NULL;
  GVariantIter             iter;
  const char              *name, *value;

  if (!has_keyring ())
    return;

  assert_changed (store, TOKEN);
  item = find_item ();
  label = dup_property (item, "Label");
  g_assert_cmpstr (g_variant_get_string (label, NULL), ==, LABEL);

  attributes = dup_property (item, "Attributes");
  g_variant_iter_init (&iter, attributes);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &value)) {
    g_assert_true (strcmp (name, "issuer") == 0 || strcmp (name, "client-id") == 0
                   || strcmp (name, "xdg:schema") == 0);
    g_assert_null (strstr (value, SUBJECT));
    g_assert_null (strstr (value, TOKEN));
  }
  assert_changed (store, NULL);
}

/* Who is to ask the person for the keyring's password, and does not. */
static const char description[]
    = "<node><interface name='org.gnome.keyring.internal.Prompter'>"
      "<method name='BeginPrompting'><arg type='o'/></method>"
      "<method name='PerformPrompt'>"
      "<arg type='o'/><arg type='s'/><arg type='a{sv}'/><arg type='s'/>"
      "</method>"
      "<method name='StopPrompting'><arg type='o'/></method>"
      "</interface></node>";

typedef struct {
  GDBusConnection *connection;
  guint            object_id;
  guint            owner_id;
  gboolean         waits; /* for a person who is not there; else the window is closed */
  guint            n_prompts;
  char            *client;
  char            *callback;
} Prompter;

/* The person closes the window. */
static void
dismiss (Prompter *prompter)
{
  g_dbus_connection_call (prompter->connection, prompter->client, prompter->callback,
                          "org.gnome.keyring.internal.Prompter.Callback", "PromptDone",
                          NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}

static void
call_cb (GDBusConnection       *connection,
         const char            *sender,
         const char            *path,
         const char            *interface,
         const char            *method,
         GVariant              *parameters,
         GDBusMethodInvocation *invocation,
         gpointer               user_data)
{
  Prompter *prompter = user_data;

  g_dbus_method_invocation_return_value (invocation, NULL);
  if (strcmp (method, "BeginPrompting") != 0)
    return;

  prompter->n_prompts++;
  g_free (prompter->client);
  prompter->client = g_strdup (sender);
  g_free (prompter->callback);
  g_variant_get (parameters, "(o)", &prompter->callback);
  if (!prompter->waits)
    dismiss (prompter);
}

static void
prompter_start (Prompter *prompter)
{
  static const GDBusInterfaceVTable vtable = { .method_call = call_cb };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (description, NULL);
  g_autoptr (GError)        error = NULL;

  prompter->connection = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);
  g_assert_no_error (error);
  prompter->object_id = g_dbus_connection_register_object (
      prompter->connection, PROMPTER_PATH, node->interfaces[0], &vtable, prompter, NULL,
      &error);
  g_assert_no_error (error);
  prompter->owner_id = g_bus_own_name_on_connection (prompter->connection, PROMPTER,
                                                     G_BUS_NAME_OWNER_FLAGS_NONE, NULL,
                                                     NULL, NULL, NULL);
  wait_for_name (PROMPTER);
}

static void
prompter_stop (Prompter *prompter)
{
  g_bus_unown_name (prompter->owner_id);
  g_dbus_connection_unregister_object (prompter->connection, prompter->object_id);
  g_dbus_connection_close_sync (prompter->connection, NULL, NULL);
  g_object_unref (prompter->connection);
  g_free (prompter->client);
  g_free (prompter->callback);
}

/* A keyring that stays locked is one without the token, and takes none. */
static void
test_dismissed (void)
{
  g_autoptr (SiTokenStore) store = si_token_store_new (ISSUER, CLIENT_ID, LABEL);
  Prompter                 prompter = { .waits = FALSE };

  if (!has_keyring ())
    return;

  assert_changed (store, TOKEN);
  prompter_start (&prompter);
  lock_keyring ();
  assert_token (store, NULL);
  assert_not_changed (store, "rt-2");
  g_assert_cmpuint (prompter.n_prompts, >, 0);
  prompter_stop (&prompter);
}

/* Nobody is waited for for ever: the app could not end. What was asked for is done when
 * the keyring has come to an end. */
static void
test_unanswered (void)
{
  g_autoptr (SiTokenStore) store = si_token_store_new (ISSUER, CLIENT_ID, LABEL);
  g_autoptr (GError)       error = NULL;
  Prompter                 prompter = { .waits = TRUE };

  if (!has_keyring ())
    return;

  unlock_keyring ();
  assert_changed (store, TOKEN);
  prompter_start (&prompter);
  lock_keyring ();
  si_token_store_set_timeout (store, SHORT_MS);
  g_assert_null (look_up (store, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  assert_not_changed (store, "rt-2");
  g_assert_cmpuint (prompter.n_prompts, ==, 1);

  prompter.waits = FALSE;
  si_token_store_set_timeout (store, LONG_MS);
  dismiss (&prompter);
  assert_token (store, NULL);
  unlock_keyring ();
  assert_changed (store, "rt-3");
  assert_token (store, "rt-3");
  prompter_stop (&prompter);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_setenv ("SECRET_BACKEND", "service", TRUE);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  session = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_assert_nonnull (session);

  g_test_add_func ("/keyring/none", test_none);
  g_test_add_func ("/keyring/all", test_all);
  g_test_add_func ("/keyring/attributes", test_attributes);
  g_test_add_func ("/keyring/dismissed", test_dismissed);
  g_test_add_func ("/keyring/unanswered", test_unanswered);
  status = g_test_run ();

  if (directory != NULL)
    stop_keyring ();
  /* The library keeps the connection: the bus can only go without waiting for that. */
  g_test_dbus_stop (bus);

  return status;
}
