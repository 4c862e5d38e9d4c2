/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-http.h"

#include "si-error.h"
#include "si-fixed-token.h"
#include "si-scripted-server.h"
#include "si-test-loop.h"

/* Servers that are not who they say they are: nothing is sent to them, and the person is
 * told what is wrong. */

static char *directory;

/* They stay to the end: where a server goes away, libsoup 3.6 may free those of its
 * connections twice that still shake hands. */
static GPtrArray *servers;

typedef struct {
  const char   *name; /* the certificate's, too */
  SiProblemCode problem;
} Row;

static const Row rows[] = {
  { "expired", SI_PROBLEM_CERTIFICATE_EXPIRED },
  { "not-yet-valid", SI_PROBLEM_CERTIFICATE_NOT_YET_VALID },
  { "wrong-host", SI_PROBLEM_CERTIFICATE_WRONG_HOST },
  { "self-signed", SI_PROBLEM_CERTIFICATE_SELF_SIGNED },
  { "unknown-authority", SI_PROBLEM_CERTIFICATE_UNKNOWN_AUTHORITY },
  { "expired-and-unknown", SI_PROBLEM_CERTIFICATE_EXPIRED },
};

static SiScriptedServer *
serve (const char *name)
{
  g_autofree char   *certificate_path = g_strdup_printf ("%s/%s.pem", directory, name);
  g_autofree char   *key_path = g_strdup_printf ("%s/%s.key", directory, name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate
      = g_tls_certificate_new_from_files (certificate_path, key_path, &error);

  g_assert_no_error (error);

  g_ptr_array_add (servers, si_scripted_server_new_with_certificate (certificate));

  return g_ptr_array_index (servers, servers->len - 1);
}

static SiHttpResponse *
send (GUri *base, const char *method, GError **error)
{
  g_autoptr (SiTokenSource) tokens = si_fixed_token_new ("token");
  g_autoptr (SiHttp)        http = si_http_new (base, tokens);
  g_autoptr (SiHttpRequest) request = si_http_request_new (method, "/v1/x");
  g_autoptr (GAsyncResult)  result = NULL;

  si_http_send_async (http, request, NULL, si_test_keep_result, &result);
  si_test_wait_until (result != NULL);

  return si_http_send_finish (http, result, error);
}

static gboolean
skip_without_certificates (void)
{
  if (directory == NULL)
    g_test_skip ("openssl is not installed");

  return directory == NULL;
}

static void
test_refused (gconstpointer data)
{
  static const char *const methods[] = { "GET", "POST", "DELETE" };
  const Row               *row = data;
  SiScriptedServer        *server;

  if (skip_without_certificates ())
    return;

  server = serve (row->name);
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (send (si_scripted_server_get_base (server), methods[i], &error));
    g_assert_error (error, SI_ERROR, SI_ERROR_UNTRUSTED);
    g_assert_cmpint (si_problem_get_code (si_error_get_problem (error)), ==,
                     row->problem);
    g_assert_nonnull (si_problem_get_request_id (si_error_get_problem (error)));
  }
  g_assert_cmpuint (si_scripted_server_get_n_requests (server), ==, 0);
}

static void
test_good (void)
{
  SiScriptedServer          *server;
  g_autoptr (SiHttpResponse) response = NULL;
  g_autoptr (GError)         error = NULL;

  if (skip_without_certificates ())
    return;

  server = serve ("good");
  g_assert_cmpstr (g_uri_get_scheme (si_scripted_server_get_base (server)), ==, "https");
  si_scripted_server_expect (server, "GET", "/v1/x", 200, "{}");
  response = send (si_scripted_server_get_base (server), "GET", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (si_scripted_server_get_header (server, 0, "Authorization"), ==,
                   "Bearer token");
}

/* The same server by a name that its certificate does not have. */
static void
test_other_name (void)
{
  SiScriptedServer  *server;
  g_autoptr (GUri)   base = NULL;
  g_autofree char   *address = NULL;
  g_autoptr (GError) error = NULL;

  if (skip_without_certificates ())
    return;

  server = serve ("good");
  address = g_strdup_printf ("https://localhost:%d/",
                             g_uri_get_port (si_scripted_server_get_base (server)));
  base = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);
  g_assert_null (send (base, "GET", &error));
  g_assert_cmpint (si_problem_get_code (si_error_get_problem (error)), ==,
                   SI_PROBLEM_CERTIFICATE_WRONG_HOST);
  g_assert_cmpuint (si_scripted_server_get_n_requests (server), ==, 0);
}

static gboolean
incoming_cb (GSocketService *service, GSocketConnection *connection, GObject *source)
{
  static const char greeting[] = "SSH-2.0-OpenSSH_9.2\r\n";

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                             greeting, strlen (greeting), NULL, NULL, NULL);
  /* To close it at once could take the greeting away again. */
  g_object_set_data_full (G_OBJECT (service), "connection", g_object_ref (connection),
                          g_object_unref);

  return TRUE;
}

/* A server that does not even speak the language. */
static void
test_no_tls (void)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  guint16                    port
      = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_autofree char   *address = g_strdup_printf ("https://127.0.0.1:%u/", port);
  g_autoptr (GUri)   base = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GError) error = NULL;

  g_signal_connect (service, "incoming", G_CALLBACK (incoming_cb), NULL);
  g_assert_null (send (base, "POST", &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_UNTRUSTED);
  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
}

static void
run (const char *const *command)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (
      command, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
      &error);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  g_assert_no_error (error);
}

/* The one authority is the one that this machine trusts. */
static void
make_certificates (void)
{
  g_autofree char         *openssl = g_find_program_in_path ("openssl");
  g_autofree char         *path = NULL;
  g_autoptr (GTlsDatabase) trusted = NULL;
  g_autoptr (GError)       error = NULL;

  if (openssl == NULL)
    return;

  directory = g_dir_make_tmp ("si-certificates-XXXXXX", &error);
  g_assert_no_error (error);
  run ((const char *[]){ MAKE_CERTIFICATES, directory, NULL });
  path = g_build_filename (directory, "known.pem", NULL);
  trusted = g_tls_file_database_new (path, &error);
  g_assert_no_error (error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), trusted);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  make_certificates ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/tls/refused/%s", rows[i].name);

    g_test_add_data_func (path, &rows[i], test_refused);
  }
  g_test_add_func ("/tls/good", test_good);
  g_test_add_func ("/tls/other-name", test_other_name);
  g_test_add_func ("/tls/no-tls", test_no_tls);
  servers = g_ptr_array_new_with_free_func (g_object_unref);
  status = g_test_run ();
  g_ptr_array_unref (servers);

  /* Later releases of GLib have done so. */
  if (directory != NULL)
    run ((const char *[]){ "rm", "-rf", directory, NULL });
  g_clear_pointer (&directory, g_free);

  return status;
}
