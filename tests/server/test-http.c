/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-database.h"
#include "si-json.h"
#include "si-test-client.h"
#include "si-test-server.h"

/* What holds for every request, whatever it is about; and what happens when the server
 * itself fails. */

#define INFO "v1/me/security-info"
#define NUMBER "+46701740605"

typedef struct {
  SiServer     *server;
  SiTestClient *client;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = si_test_server_start (si_test_server_options_new ());
  fixture->client = si_test_client_new (fixture->server, SI_TEST_TOKEN);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->client, si_test_client_free);
  g_clear_object (&fixture->server);
}

static void
test_hosts (Fixture *fixture, gconstpointer data)
{
  const char *const good[] = { "localhost:8080", "127.9.9.9", "[::1]:1", "LOCALHOST" };
  const char *const bad[] = { "localhost.evil.example", "10.0.0.1", "evil.example:80" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++) {
    g_autofree char       *header = g_strconcat ("Host: ", good[i], NULL);
    g_autoptr (SiTestCall) call
        = si_test_client_call (fixture->client, "GET", INFO, NULL, header);

    g_assert_cmpuint (si_test_call_get_status (call), ==, 200);
  }

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char       *header = g_strconcat ("Host: ", bad[i], NULL);
    g_autoptr (SiTestCall) call
        = si_test_client_call (fixture->client, "GET", INFO, NULL, header);

    si_test_call_assert_problem (call, 400, "invalid_request");
  }
}

static void
test_fail_next (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiTestCall) failed = NULL;
  g_autoptr (SiTestCall) fine = NULL;

  si_server_fail_next (fixture->server, "maintenance", 3);
  failed = si_test_client_get (fixture->client, INFO);
  si_test_call_assert_problem (failed, 503, "maintenance");
  g_assert_cmpstr (si_test_call_get_header (failed, "Retry-After"), ==, "3");

  fine = si_test_client_get (fixture->client, INFO);
  g_assert_cmpuint (si_test_call_get_status (fine), ==, 200);
}

static void
test_language (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiTestCall) english = si_test_client_get (fixture->client, "v1");
  g_autoptr (SiTestCall) swedish = si_test_client_call (
      fixture->client, "GET", "v1", NULL, "Accept-Language: sv_SE.x, SV;q=0.3");

  g_assert_cmpstr (si_test_call_get_string (english, "detail"), ==,
                   "There is no such thing.");
  g_assert_cmpstr (si_test_call_get_string (swedish, "detail"), ==, "Det finns inte.");
}

/* What is no id is not sent back: it would be in logs. */
static void
test_request_id (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiTestCall) kept
      = si_test_client_call (fixture->client, "GET", INFO, NULL,
                             "X-Request-Id: 9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d");
  g_autoptr (SiTestCall) replaced = si_test_client_call (fixture->client, "GET", INFO,
                                                         NULL, "X-Request-Id: <script>");

  g_assert_cmpstr (si_test_call_get_header (kept, "X-Request-Id"), ==,
                   "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d");
  g_assert_true (
      g_uuid_string_is_valid (si_test_call_get_header (replaced, "X-Request-Id")));
}

/* None of these bodies is a request, and none does any harm. */
static void
test_hostile_bodies (Fixture *fixture, gconstpointer data)
{
  g_autofree char *deep = g_strnfill (60000, '[');
  const char      *bodies[] = {
         "",
         "null",
         "[]",
         "\"x\"",
         "{\"purpose\": 7}",
         "{\"purpose\": {}}",
         deep,
         "{\"purpose\": \"add\", \"type\": [], \"use\": \"mobile\"}",
         "{\"purpose\": \"add\", \"type\": \"phone\", \"use\": \"mobile\","
              " \"number\": 46701740605, \"channel\": \"call\"}",
         "{\"purpose\": \"change\", \"type\": \"phone\", \"use\": null,"
              " \"number\": \"" NUMBER "\", \"channel\": \"call\", \"methodId\": \"m\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_autoptr (SiTestCall) call
        = si_test_client_post (fixture->client, "v1/me/verifications", bodies[i]);

    si_test_call_assert_problem (call, 400, "invalid_request");
  }
}

/* Ended while somebody waits, it neither crashes nor leaves the client waiting. */
static void
test_stop (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path
      = si_test_client_begin (fixture->client, "mobile", NUMBER, "text");
  g_autofree char       *code = si_test_server_wait_for_code (fixture->server);
  g_autoptr (SiTestCall) now = si_test_client_get (fixture->client, path);
  g_autofree char       *text = g_strdup_printf ("GET /%s HTTP/1.1\r\nHost: localhost\r\n"
                                                       "Authorization: Bearer " SI_TEST_TOKEN "\r\n"
                                                       "Prefer: wait=25\r\nIf-None-Match: %s\r\n\r\n",
                                                 path, si_test_call_get_header (now, "ETag"));
  g_autoptr (GSocketClient)     raw = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  char                          byte;

  g_socket_client_set_enable_proxy (raw, FALSE);
  connection = g_socket_client_connect_to_host (
      raw, "127.0.0.1", si_server_get_port (fixture->server), NULL, NULL);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                             text, strlen (text), NULL, NULL, NULL);
  for (guint i = 0; i < 3; i++)
    si_test_call_free (si_test_client_get (fixture->client, path));

  si_server_stop (fixture->server);
  g_assert_cmpint (
      g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), &byte,
                           1, NULL, NULL),
      <=, 0);
}

static void
test_database_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (SiDatabase)   database = si_database_open (":memory:", &error);
  g_autoptr (sqlite3_stmt) row = NULL;

  g_assert_no_error (error);
  si_database_begin (database);
  si_database_run (database, "INSERT INTO send (number, at) VALUES (?, ?)", "si", NUMBER,
                   (gint64) 1);
  g_test_expect_message ("si-server", G_LOG_LEVEL_WARNING, "*NOT NULL*");
  si_database_run (database, "INSERT INTO send (number, at) VALUES (?, ?)", "si", NULL,
                   (gint64) 2);
  g_test_assert_expected_messages ();
  g_assert_false (si_database_commit (database));

  row = si_database_query (database, "SELECT number FROM send", "");
  g_assert_false (si_database_step (database, row));
}

/* A database that cannot be read is no account without methods. */
static void
test_database_breaks (Fixture *fixture, gconstpointer data)
{
  g_autofree char         *directory = g_dir_make_tmp (NULL, NULL);
  g_autofree char         *path = g_build_filename (directory, "database", NULL);
  SiServerOptions         *options = si_test_server_options_new ();
  g_autoptr (SiServer)     server = NULL;
  g_autoptr (SiTestClient) client = NULL;
  g_autoptr (SiTestCall)   broken = NULL;
  sqlite3                 *handle;

  g_free (options->database);
  options->database = g_strdup (path);
  server = si_test_server_start (options);
  client = si_test_client_new (server, SI_TEST_TOKEN);

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, "DROP TABLE method", NULL, NULL, NULL), ==,
                   SQLITE_OK);
  sqlite3_close (handle);

  g_test_expect_message ("si-server", G_LOG_LEVEL_WARNING, "*no such table: method*");
  broken = si_test_client_get (client, INFO);
  g_test_assert_expected_messages ();
  si_test_call_assert_problem (broken, 500, "internal");
  g_assert_null (si_test_call_get_header (broken, "ETag"));
}

static void
test_bad_policy (Fixture *fixture, gconstpointer data)
{
  const char *const policies[] = {
    "{}",
    "{\"organization\": {\"id\": \"x\", \"displayName\": \"X\"}, \"methods\": [7]}",
    "{\"organization\": {\"id\": \"x\", \"displayName\": \"X\"},"
    " \"methods\": [{\"type\": \"phone\", \"uses\": [{\"use\": \"mobile\"}]}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (policies); i++) {
    SiServerOptions     *options = si_test_server_options_new ();
    g_autoptr (SiServer) server = si_server_new (options);
    g_autoptr (GError)   error = NULL;

    options->policy = si_json_parse_object (policies[i], strlen (policies[i]), NULL);
    g_assert_false (si_server_start (server, &error));
    g_assert_nonnull (strstr (error->message, "The policy cannot be used"));
  }
}

int
main (int argc, char **argv)
{
  const struct {
    const char *name;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/http/hosts", test_hosts },
    { "/http/fail-next", test_fail_next },
    { "/http/language", test_language },
    { "/http/request-id", test_request_id },
    { "/http/hostile-bodies", test_hostile_bodies },
    { "/http/stop", test_stop },
    { "/http/database-fails", test_database_fails },
    { "/http/database-breaks", test_database_breaks },
    { "/http/bad-policy", test_bad_policy },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
