/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-application.h"

#include "si-ui-session.h"
#include "si-window.h"

/* The ways into the app: each test starts it as its command line would. */

typedef struct {
  SiUiSession    session;
  SiApplication *application;
  int            status;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_setenv ("SECURITY_INFO_TOKEN", SI_TEST_TOKEN, TRUE);
}

/* The app's last window is closed; then its loop would end. */
static void
tear_down (Fixture *fixture, gconstpointer data)
{
  GList *windows = gtk_window_list_toplevels ();

  for (GList *i = windows; i != NULL; i = i->next)
    gtk_window_close (i->data);
  g_list_free (windows);
  si_ui_test_drain ();
  g_assert_null (gtk_window_list_toplevels ());
  g_application_set_default (NULL);
  si_ui_test_drain ();
  g_clear_object (&fixture->application);
  if (fixture->session.server != NULL)
    si_ui_session_end (&fixture->session);
}

static void
set (const char *key, const char *value)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);

  g_settings_set_string (settings, key, value);
}

static void
set_url (const char *url)
{
  set ("backend-url", url);
}

static void
start_backend (Fixture *fixture, gboolean required)
{
  SiServerOptions *options = si_test_server_options_new ();

  options->policy = si_test_server_policy_new ();
  json_object_set_boolean_member (
      json_object_get_object_member (options->policy, "registration"), "required",
      required);
  si_ui_session_start (&fixture->session, options);
  set_url (si_server_get_base_url (fixture->session.server));
}

/* Does what the command line asks for, up to where the loop would begin. */
static void
run (Fixture *fixture, const char *option, const char *value)
{
  char  *argv[] = { (char *) "security-info", (char *) option, (char *) value, NULL };
  char **arguments = g_strdupv (argv);
  char **rest = arguments;

  fixture->application = si_application_new (FALSE);
  g_application_set_flags (G_APPLICATION (fixture->application),
                           g_application_get_flags (G_APPLICATION (fixture->application))
                               | G_APPLICATION_NON_UNIQUE);
  g_application_set_default (G_APPLICATION (fixture->application));
  G_APPLICATION_GET_CLASS (fixture->application)
      ->local_command_line (G_APPLICATION (fixture->application), &rest,
                            &fixture->status);
  g_strfreev (arguments);
}

static GtkWindow *
get_window (Fixture *fixture)
{
  return gtk_application_get_active_window (GTK_APPLICATION (fixture->application));
}

static gboolean
shows (Fixture *fixture, const char *text)
{
  GtkWindow *window = get_window (fixture);

  return window != NULL && si_ui_test_shows (window, text);
}

static void
test_version (Fixture *fixture, gconstpointer data)
{
  run (fixture, "--version", NULL);
}

static void
test_unknown_type (Fixture *fixture, gconstpointer data)
{
  run (fixture, "--add", "email");
  g_assert_cmpint (fixture->status, ==, EXIT_FAILURE);
}

static void
test_not_set_up (Fixture *fixture, gconstpointer data)
{
  set_url ("");
  run (fixture, NULL, NULL);
  si_test_wait_until (shows (fixture, "Not Set Up"));
}

static void
test_unusable_url (Fixture *fixture, gconstpointer data)
{
  static const char *const urls[] = { "http://contoso.example/", "nonsense", "ftp://x/" };
  guint                    i = GPOINTER_TO_UINT (data);

  set_url (urls[i]);
  run (fixture, NULL, NULL);
  si_test_wait_until (shows (fixture, "Not Set Up Correctly"));
  si_ui_test_assert_shows (get_window (fixture), "“backend-url”");
  g_assert_true (si_ui_test_focus_is_seen (get_window (fixture)));
}

/* A service elsewhere takes signing in; what it says of itself is told all the same. */
static void
test_missing_issuer (Fixture *fixture, gconstpointer data)
{
  set_url ("https://id.contoso.example/");
  set ("organization-name", "Contoso AB");
  set ("support-email", "help@contoso.example");
  run (fixture, NULL, NULL);
  si_test_wait_until (shows (fixture, "Not Set Up Correctly"));
  si_ui_test_assert_shows (get_window (fixture), "“issuer”");
  si_ui_test_assert_shows (get_window (fixture), "Contoso AB");
  si_ui_test_assert_shows (get_window (fixture), "help@contoso.example");
  si_ui_test_assert_names (get_window (fixture));
}

/* Not even a service that could be used is, where something else is wrong. */
static void
test_unusable_link (Fixture *fixture, gconstpointer data)
{
  start_backend (fixture, FALSE);
  set ("privacy-url", "file:///etc/passwd");
  run (fixture, NULL, NULL);
  si_test_wait_until (shows (fixture, "Not Set Up Correctly"));
  si_ui_test_assert_shows (get_window (fixture), "“privacy-url”");
  g_assert_false (shows (fixture, "No Sign-In Methods"));
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  start_backend (fixture, FALSE);
  run (fixture, NULL, NULL);
  si_test_wait_until (shows (fixture, "No Sign-In Methods"));
  si_ui_test_assert_shows (get_window (fixture), "127.0.0.1");
  si_ui_test_assert_names (get_window (fixture));
}

static GtkWidget *
find_window (GType type)
{
  GList     *windows = gtk_window_list_toplevels ();
  GtkWidget *found = NULL;

  for (GList *i = windows; i != NULL; i = i->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (i->data, type) && gtk_widget_get_mapped (i->data))
      found = i->data;
  g_list_free (windows);

  return found;
}

static GtkWidget *
find_wizard (void)
{
  return find_window (SI_TYPE_WIZARD);
}

static void
test_add_phone (Fixture *fixture, gconstpointer data)
{
  start_backend (fixture, FALSE);
  run (fixture, "--add", "phone");
  si_test_wait_until (find_wizard () != NULL);
  si_ui_test_assert_shows (find_wizard (), "Phone number");
}

static char *
dup_property (GtkWidget *widget, const char *name)
{
  char *value = NULL;

  g_object_get (widget, name, &value, NULL);

  return value;
}

/* Whoever reports a problem finds what to say, and where to. */
static void
test_about (Fixture *fixture, gconstpointer data)
{
  GtkWidget       *about;
  g_autofree char *version = NULL;
  g_autofree char *issues = NULL;
  g_autofree char *news = NULL;
  g_autofree char *diagnostics = NULL;

  set_url ("");
  run (fixture, NULL, NULL);
  si_test_wait_until (shows (fixture, "Not Set Up"));
  g_action_group_activate_action (G_ACTION_GROUP (fixture->application), "about", NULL);
  si_test_wait_until (find_window (ADW_TYPE_ABOUT_WINDOW) != NULL);
  about = find_window (ADW_TYPE_ABOUT_WINDOW);

  version = dup_property (about, "version");
  issues = dup_property (about, "issue-url");
  news = dup_property (about, "release-notes");
  diagnostics = dup_property (about, "debug-info");
  g_assert_cmpstr (version, ==, PACKAGE_VERSION);
  g_assert_cmpstr (issues, ==, HOMEPAGE "/issues");
  g_assert_true (g_str_has_prefix (news, "<p>"));
  g_assert_nonnull (strstr (diagnostics, "Last requests:"));
}

static void
test_register (Fixture *fixture, gconstpointer data)
{
  start_backend (fixture, TRUE);
  run (fixture, "--register", NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_window (fixture))));
  si_test_wait_until (shows (fixture, "No Sign-In Methods"));
}

static void
test_register_not_required (Fixture *fixture, gconstpointer data)
{
  start_backend (fixture, FALSE);
  run (fixture, "--register", NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_window (fixture))));
  si_test_wait_until (get_window (fixture) == NULL);
  g_assert_cmpint (fixture->status, ==, EXIT_SUCCESS);
}

/* Whoever opens the app meanwhile keeps it, although it is not needed. */
static void
test_register_and_open (Fixture *fixture, gconstpointer data)
{
  gboolean add = GPOINTER_TO_UINT (data);

  start_backend (fixture, FALSE);
  run (fixture, "--register", NULL);
  if (add)
    g_action_group_activate_action (G_ACTION_GROUP (fixture->application), "add-phone",
                                    NULL);
  else
    g_application_activate (G_APPLICATION (fixture->application));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (get_window (fixture))));
  si_test_wait_until (add ? find_wizard () != NULL
                          : shows (fixture, "No Sign-In Methods"));
}

/* A login script is not held up by a backend that is not there. */
static void
test_register_not_set_up (Fixture *fixture, gconstpointer data)
{
  set_url ("");
  run (fixture, "--register", NULL);
  g_assert_null (get_window (fixture));
  g_assert_cmpint (fixture->status, ==, EXIT_SUCCESS);
}

static const struct {
  const char *path;
  void (*function) (Fixture *fixture, gconstpointer data);
  guint       data;
  const char *output;
  const char *errors;
} tests[] = {
  { "version", test_version, 0, "*security-info " PACKAGE_VERSION "*", NULL },
  { "unknown-type", test_unknown_type, 0, NULL,
    "*The only type that can be added is “phone”.*" },
  { "not-set-up", test_not_set_up, 0, NULL, NULL },
  { "unusable-url/plain", test_unusable_url, 0, NULL, NULL },
  { "unusable-url/nonsense", test_unusable_url, 1, NULL, NULL },
  { "unusable-url/scheme", test_unusable_url, 2, NULL, NULL },
  { "missing-issuer", test_missing_issuer, 0, NULL, NULL },
  { "unusable-link", test_unusable_link, 0, NULL, NULL },
  { "list", test_list, 0, NULL, NULL },
  { "add-phone", test_add_phone, 0, NULL, NULL },
  { "about", test_about, 0, NULL, NULL },
  { "register", test_register, 0, NULL, NULL },
  { "register-not-required", test_register_not_required, 0, NULL, NULL },
  { "register-and-activate", test_register_and_open, FALSE, NULL, NULL },
  { "register-and-add", test_register_and_open, TRUE, NULL, NULL },
  { "register-not-set-up", test_register_not_set_up, 0, NULL, NULL },
};

/* Each in a process of its own: a process is one application. */
static void
test_in_process (Fixture *fixture, gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);

  if (g_test_subprocess ()) {
    tests[i].function (fixture, GUINT_TO_POINTER (tests[i].data));
    return;
  }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  if (tests[i].output != NULL)
    g_test_trap_assert_stdout (tests[i].output);
  if (tests[i].errors != NULL)
    g_test_trap_assert_stderr (tests[i].errors);
}

int
main (int argc, char **argv)
{
  si_ui_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strdup_printf ("/application/%s", tests[i].path);

    g_test_add (path, Fixture, GUINT_TO_POINTER (i), set_up, test_in_process, tear_down);
  }

  return g_test_run ();
}
