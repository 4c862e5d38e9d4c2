/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-uri.h"

typedef struct {
  const char *text;
  const char *base; /* what it becomes, NULL where it is refused */
} Base;

static const Base bases[] = {
  { "https://id.example.com", "https://id.example.com/" },
  { "https://id.example.com/", "https://id.example.com/" },
  { "HTTPS://id.example.com/api", "https://id.example.com/api/" },
  { "https://id.example.com:443/api/", "https://id.example.com/api/" },
  { "https://id.example.com:8443/api", "https://id.example.com:8443/api/" },
  { "https://id.example.com/a%20b", "https://id.example.com/a%20b/" },
  { "https://[2001:db8::1]/", "https://[2001:db8::1]/" },
  { "http://localhost:8080", "http://localhost:8080/" },
  { "http://127.0.0.1:8080", "http://127.0.0.1:8080/" },
  { "http://127.8.9.10/", "http://127.8.9.10/" },
  { "http://[::1]:8080/", "http://[::1]:8080/" },
  { "http://id.example.com/", NULL },
  { "http://127.0.0.1.example.com/", NULL },
  { "http://localhost.example.com/", NULL },
  { "http://128.0.0.1/", NULL },
  { "http://10.0.0.1/", NULL },
  { "ftp://id.example.com/", NULL },
  { "file:///etc/passwd", NULL },
  { "id.example.com", NULL },
  { "//id.example.com/", NULL },
  { "https:", NULL },
  { "https:///", NULL },
  { "https://user@id.example.com/", NULL },
  { "https://user:word@id.example.com/", NULL },
  { "https://id.example.com/?a=b", NULL },
  { "https://id.example.com/#a", NULL },
  { "https://id.example.com\\@evil.example/", NULL },
  { "https://id.example.com/\n", NULL },
  { " https://id.example.com/", NULL },
  { "https://id.exa%0d%0ample.com/", NULL },
  { "https://id%2fexample.com/", NULL },
  { "https://id%20.example.com/", NULL },
  { "https://id%40evil.example/", NULL },
  { "https://id%00.example.com/", NULL },
  { "https://id.example.com:99999/", NULL },
  { "", NULL },
  { NULL, NULL },
};

static void
test_base (gconstpointer data)
{
  const Base        *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri)   uri = si_uri_parse_base (row->text, &error);

  if (row->base == NULL) {
    g_assert_null (uri);
    g_assert_nonnull (error);
    g_assert_true (error->domain == G_URI_ERROR);
  } else {
    g_autofree char *text = NULL;

    g_assert_no_error (error);
    text = g_uri_to_string (uri);
    g_assert_cmpstr (text, ==, row->base);
  }
}

static void
test_base_too_long (void)
{
  g_autofree char   *path = g_strnfill (3000, 'a');
  g_autofree char   *text = g_strconcat ("https://id.example.com/", path, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (si_uri_parse_base (text, &error));
  g_assert_nonnull (error);
}

typedef struct {
  const char *base;
  const char *path;
  const char *joined; /* NULL where it is refused */
} Join;

static const Join joins[] = {
  { "https://id.example.com", "/v1/capabilities",
    "https://id.example.com/v1/capabilities" },
  { "https://id.example.com/api", "/v1/capabilities",
    "https://id.example.com/api/v1/capabilities" },
  { "https://id.example.com/a%20b/", "/v1/capabilities",
    "https://id.example.com/a%20b/v1/capabilities" },
  { "https://id.example.com/a%2Fb/", "/v1/capabilities",
    "https://id.example.com/a%2Fb/v1/capabilities" },
  { "https://id.example.com/api", "/v1/me/methods/a%2Fb%3Fc",
    "https://id.example.com/api/v1/me/methods/a%2Fb%3Fc" },
  { "https://id.example.com/api", "/api/v1/me/verifications/v-1",
    "https://id.example.com/api/v1/me/verifications/v-1" },
  { "https://id.example.com/api", "https://id.example.com/api/v1/me/verifications/v-1",
    "https://id.example.com/api/v1/me/verifications/v-1" },
  { "https://id.example.com/api",
    "https://id.example.com:443/api/v1/me/verifications/v-1",
    "https://id.example.com/api/v1/me/verifications/v-1" },
  { "https://id.example.com:443/", "https://id.example.com/v1/x",
    "https://id.example.com/v1/x" },
  { "https://id.example.com/", "HTTPS://ID.example.com/v1/x",
    "https://ID.example.com/v1/x" },
  { "https://id.example.com:8443/", "https://id.example.com:8443/v1/x",
    "https://id.example.com:8443/v1/x" },
  { "http://127.0.0.1:8080", "/v1/x", "http://127.0.0.1:8080/v1/x" },
  { "http://127.0.0.1:8080", "http://127.0.0.1:8080/v1/x", "http://127.0.0.1:8080/v1/x" },
  { "https://id.example.com/", "https://id.example.com:8443/v1/x", NULL },
  { "https://id.example.com/", "https://evil.example/v1/x", NULL },
  { "https://id.example.com/", "//evil.example/v1/x", NULL },
  { "https://id.example.com/", "/\\evil.example/v1/x", NULL },
  { "https://id.example.com/", "http://id.example.com/v1/x", NULL },
  { "https://id.example.com/", "https://user@id.example.com/v1/x", NULL },
  { "https://id.example.com/", "file:///etc/passwd", NULL },
  { "https://id.example.com/", "javascript:alert(1)", NULL },
  { "https://id.example.com/", "/v1/x\r\nX-Evil: 1", NULL },
  { "https://id.example.com/", "/v1/x y", NULL },
  { "http://127.0.0.1:8080", "http://127.0.0.1:8081/v1/x", NULL },
  { "http://127.0.0.1:8080", "http://localhost:8080/v1/x", NULL },
  { "https://id.example.com/", NULL, NULL },
};

static void
test_join (gconstpointer data)
{
  const Join        *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri)   base = si_uri_parse_base (row->base, &error);
  g_autofree char   *joined = NULL;

  g_assert_no_error (error);
  joined = si_uri_join (base, row->path, &error);

  g_assert_cmpstr (joined, ==, row->joined);
  if (row->joined == NULL) {
    g_assert_nonnull (error);
    g_assert_true (error->domain == G_URI_ERROR);
  }
}

static void
test_may_open (void)
{
  const char *const yes[] = {
    "https://help.contoso.example/", "https://help.contoso.example/a?b=c#d",
    "HTTPS://help.contoso.example/", "tel:+4684400000",
    "mailto:help@contoso.example",
  };
  const char *const no[] = {
    "http://help.contoso.example/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:text/html,x",
    "smb://server/share",
    "x-scheme:foo",
    "help.contoso.example",
    "https://help.contoso.example/\n",
    "https://help.contoso.example/\x01",
    "https:\\\\help",
    "https:",
    "https:///",
    "",
    NULL,
  };

  for (guint i = 0; i < G_N_ELEMENTS (yes); i++)
    g_assert_true (si_uri_may_open (yes[i]));
  for (guint i = 0; i < G_N_ELEMENTS (no); i++)
    g_assert_false (si_uri_may_open (no[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (bases); i++) {
    g_autofree char *path = g_strdup_printf ("/uri/base/%u", i);

    g_test_add_data_func (path, &bases[i], test_base);
  }
  g_test_add_func ("/uri/base/too-long", test_base_too_long);
  for (guint i = 0; i < G_N_ELEMENTS (joins); i++) {
    g_autofree char *path = g_strdup_printf ("/uri/join/%u", i);

    g_test_add_data_func (path, &joins[i], test_join);
  }
  g_test_add_func ("/uri/may-open", test_may_open);

  return g_test_run ();
}
