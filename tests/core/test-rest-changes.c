/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-rest-fixture.h"

#define PRECONDITION_FAILED "{\"code\":\"precondition_failed\"}"
#define NOT_FOUND "{\"code\":\"not_found\"}"

static gboolean
delete_method (SiRestFixture  *fixture,
               SiSecurityInfo *info,
               const char     *id,
               GError        **error)
{
  g_clear_object (&fixture->result);
  si_provider_delete_method_async (fixture->provider, info, id, NULL, si_test_keep_result,
                                   &fixture->result);

  return si_provider_delete_method_finish (
      fixture->provider, si_rest_fixture_wait_for_result (fixture), error);
}

static void
test_delete (SiRestFixture *fixture, gconstpointer data)
{
  g_autoptr (SiSecurityInfo) info = si_rest_fixture_load_first (fixture);
  g_autoptr (GError)         error = NULL;

  si_rest_fixture_expect (
      fixture, "DELETE", "/v1/me/methods/m-1", 200,
      "{\"deleted\":\"m-1\",\"defaultChanged\":false,\"newDefault\":null}", "\"i-2\"");
  g_assert_true (delete_method (fixture, info, "m-1", &error));
  g_assert_no_error (error);
  g_assert_cmpstr (si_rest_fixture_header (fixture, 1, "If-Match"), ==, "\"i-1\"");
}

static void
test_delete_gone (SiRestFixture *fixture, gconstpointer data)
{
  g_autoptr (SiSecurityInfo) info = si_rest_fixture_load_first (fixture);
  g_autoptr (GError)         error = NULL;

  si_rest_fixture_expect (fixture, "DELETE", "/v1/me/methods/m-1", 404, NOT_FOUND, NULL);
  g_assert_true (delete_method (fixture, info, "m-1", &error));
  g_assert_no_error (error);

  /* A page of some proxy's is no promise that anything is gone. */
  si_rest_fixture_expect (fixture, "DELETE", "/v1/me/methods/m-1", 404, NULL, NULL);
  g_assert_false (delete_method (fixture, info, "m-1", &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_ENDED);
}

static void
test_delete_lost_answer (SiRestFixture *fixture, gconstpointer data)
{
  g_autoptr (SiSecurityInfo) info = si_rest_fixture_load_first (fixture);
  g_autoptr (GError)         error = NULL;

  si_scripted_server_expect_bytes (fixture->server, "DELETE", "/v1/me/methods/m-1", "", 0,
                                   SI_AFTERWARDS_CLOSE);
  si_rest_fixture_expect (fixture, "DELETE", "/v1/me/methods/m-1", 404, NOT_FOUND, NULL);
  g_assert_true (delete_method (fixture, info, "m-1", &error));
  g_assert_no_error (error);
}

static void
test_delete_refused (SiRestFixture *fixture, gconstpointer data)
{
  const char *const codes[]
      = { "last_method", "minimum_methods", "required_by_alternate" };
  g_autoptr (SiSecurityInfo) info = si_rest_fixture_load_first (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autofree char   *body = g_strdup_printf ("{\"code\":\"%s\"}", codes[i]);
    g_autoptr (GError) error = NULL;

    si_rest_fixture_expect (fixture, "DELETE", "/v1/me/methods/m-1", 409, body, NULL);
    g_assert_false (delete_method (fixture, info, "m-1", &error));
    g_assert_error (error, SI_ERROR, SI_ERROR_NOT_ALLOWED);
  }
}

/* 412, the method is as it was seen: once more, with the new entity tag. */
static void
test_delete_again (SiRestFixture *fixture, gconstpointer data)
{
  g_autoptr (SiSecurityInfo) info = si_rest_fixture_load_first (fixture);
  g_autoptr (GError)         error = NULL;

  si_rest_fixture_expect (fixture, "DELETE", "/v1/me/methods/m-1", 412,
                          PRECONDITION_FAILED, NULL);
  si_rest_fixture_expect (fixture, "GET", INFO_PATH, 200, INFO_A, "\"i-2\"");
  si_rest_fixture_expect (fixture, "DELETE", "/v1/me/methods/m-1", 200, "{}", "\"i-3\"");
  g_assert_true (delete_method (fixture, info, "m-1", &error));
  g_assert_no_error (error);
  g_assert_cmpstr (si_rest_fixture_header (fixture, 1, "If-Match"), ==, "\"i-1\"");
  g_assert_cmpstr (si_rest_fixture_header (fixture, 3, "If-Match"), ==, "\"i-2\"");
}

/* 412 again and again: the person decides, not the app. */
static void
test_delete_again_once (SiRestFixture *fixture, gconstpointer data)
{
  g_autoptr (SiSecurityInfo) info = si_rest_fixture_load_first (fixture);
  g_autoptr (GError)         error = NULL;

  si_rest_fixture_expect (fixture, "DELETE", "/v1/me/methods/m-1", 412,
                          PRECONDITION_FAILED, NULL);
  si_rest_fixture_expect (fixture, "GET", INFO_PATH, 200, INFO_A, "\"i-2\"");
  si_rest_fixture_expect (fixture, "DELETE", "/v1/me/methods/m-1", 412,
                          PRECONDITION_FAILED, NULL);
  g_assert_false (delete_method (fixture, info, "m-1", &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_CHANGED);
}

/* 412, and it is not what the person saw any more, or it is gone. */
static void
test_delete_changed (SiRestFixture *fixture, gconstpointer data)
{
  g_autofree char *not_default = si_test_vary (
      INFO_A, "methods",
      "[{\"id\":\"m-1\",\"type\":\"phone\",\"number\":\"+46701234567\"}]", NULL);
  const struct {
    const char *body;
    gboolean    done;
  } rows[] = {
    { INFO ("m-1", "+46709999999"), FALSE },
    { not_default, FALSE },
    { "{\"methods\":[]}", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (SiSecurityInfo) info = si_rest_fixture_load_first (fixture);
    g_autoptr (GError)         error = NULL;

    si_rest_fixture_expect (fixture, "DELETE", "/v1/me/methods/m-1", 412,
                            PRECONDITION_FAILED, NULL);
    si_rest_fixture_expect (fixture, "GET", INFO_PATH, 200, rows[i].body, "\"i-2\"");
    g_assert_true (delete_method (fixture, info, "m-1", &error) == rows[i].done);
    if (rows[i].done)
      g_assert_no_error (error);
    else
      g_assert_error (error, SI_ERROR, SI_ERROR_CHANGED);
  }
}

static void
test_delete_odd_id (SiRestFixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) object
      = si_test_parse ("{\"methods\":[{\"id\":\"a/b?c#d:é\",\"type\":\"email\"}]}");
  g_autoptr (SiSecurityInfo) info
      = si_security_info_new_from_json (object, "\"i-1\"", NULL);
  g_autoptr (GError) error = NULL;

  si_rest_fixture_expect (fixture, "DELETE", "/v1/me/methods/a/b?c#d:é", 200, "{}", NULL);
  g_assert_true (delete_method (fixture, info, "a/b?c#d:é", &error));
  g_assert_no_error (error);
}

static SiSecurityInfo *
set_default (SiRestFixture *fixture, SiSecurityInfo *info, const char *id, GError **error)
{
  g_autoptr (SiDefaultOption) option = si_default_option_new (id, SI_CHANNEL_CALL);

  g_clear_object (&fixture->result);
  si_provider_set_default_async (fixture->provider, info, option, NULL,
                                 si_test_keep_result, &fixture->result);

  return si_provider_set_default_finish (
      fixture->provider, si_rest_fixture_wait_for_result (fixture), error);
}

static void
test_set_default (SiRestFixture *fixture, gconstpointer data)
{
  g_autoptr (SiSecurityInfo) info = si_rest_fixture_load_first (fixture);
  g_autoptr (SiSecurityInfo) changed = NULL;
  g_autoptr (GError)         error = NULL;

  si_rest_fixture_expect (fixture, "PUT", "/v1/me/default", 200,
                          INFO ("m-2", "+46701234567"), "\"i-2\"");
  changed = set_default (fixture, info, "m-2", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (si_security_info_get_etag (changed), ==, "\"i-2\"");
  g_assert_cmpstr (si_rest_fixture_header (fixture, 1, "If-Match"), ==, "\"i-1\"");
  g_assert_cmpstr (si_scripted_server_get_body (fixture->server, 1), ==,
                   "{\"methodId\":\"m-2\",\"channel\":\"call\"}");
}

static void
test_set_default_without_channel (SiRestFixture *fixture, gconstpointer data)
{
  g_autoptr (SiSecurityInfo)  info = si_rest_fixture_load_first (fixture);
  g_autoptr (SiDefaultOption) option = si_default_option_new ("m-3", SI_CHANNEL_NONE);
  g_autoptr (GError)          error = NULL;

  si_rest_fixture_expect (fixture, "PUT", "/v1/me/default", 422,
                          "{\"code\":\"invalid_request\"}", NULL);
  si_provider_set_default_async (fixture->provider, info, option, NULL,
                                 si_test_keep_result, &fixture->result);
  g_assert_null (si_provider_set_default_finish (
      fixture->provider, si_rest_fixture_wait_for_result (fixture), &error));
  g_assert_cmpstr (si_scripted_server_get_body (fixture->server, 1), ==,
                   "{\"methodId\":\"m-3\",\"channel\":null}");
}

/* A PUT whose answer was lost comes back as 412, since it changed the entity tag. */
static void
test_set_default_lost_answer (SiRestFixture *fixture, gconstpointer data)
{
  g_autoptr (SiSecurityInfo) info = si_rest_fixture_load_first (fixture);
  g_autoptr (SiSecurityInfo) changed = NULL;
  g_autoptr (GError)         error = NULL;

  si_scripted_server_expect_bytes (fixture->server, "PUT", "/v1/me/default", "", 0,
                                   SI_AFTERWARDS_CLOSE);
  si_rest_fixture_expect (fixture, "PUT", "/v1/me/default", 412, PRECONDITION_FAILED,
                          NULL);
  si_rest_fixture_expect (fixture, "GET", INFO_PATH, 200, INFO ("m-2", "+46701234567"),
                          "\"i-2\"");
  changed = set_default (fixture, info, "m-2", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (si_security_info_get_etag (changed), ==, "\"i-2\"");
}

static void
test_set_default_again (SiRestFixture *fixture, gconstpointer data)
{
  g_autoptr (SiSecurityInfo) info = si_rest_fixture_load_first (fixture);
  g_autoptr (SiSecurityInfo) changed = NULL;
  g_autoptr (GError)         error = NULL;

  si_rest_fixture_expect (fixture, "PUT", "/v1/me/default", 412, PRECONDITION_FAILED,
                          NULL);
  si_rest_fixture_expect (fixture, "GET", INFO_PATH, 200, INFO_A, "\"i-2\"");
  si_rest_fixture_expect (fixture, "PUT", "/v1/me/default", 200,
                          INFO ("m-2", "+46701234567"), "\"i-3\"");
  changed = set_default (fixture, info, "m-2", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (si_rest_fixture_header (fixture, 3, "If-Match"), ==, "\"i-2\"");
}

/* The option's number is another by now, the option is gone, the default was moved. */
static void
test_set_default_changed (SiRestFixture *fixture, gconstpointer data)
{
  g_autofree char *other_number
      = si_test_vary (INFO_A, "methods",
                      "[{\"id\":\"m-1\",\"type\":\"phone\",\"number\":\"+46701234567\"},"
                      "{\"id\":\"m-2\",\"type\":\"phone\",\"number\":\"+46709999999\"}]",
                      NULL);
  g_autofree char *no_option = si_test_vary (INFO_A, "defaultOptions", "[]", NULL);
  g_autofree char *other_default = si_test_vary (
      INFO_A, "default", "{\"methodId\":\"m-1\",\"channel\":\"text\"}", NULL);
  const char *const bodies[] = { other_number, no_option, other_default };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_autoptr (SiSecurityInfo) info = si_rest_fixture_load_first (fixture);
    g_autoptr (GError)         error = NULL;

    si_rest_fixture_expect (fixture, "PUT", "/v1/me/default", 412, PRECONDITION_FAILED,
                            NULL);
    si_rest_fixture_expect (fixture, "GET", INFO_PATH, 200, bodies[i], "\"i-2\"");
    g_assert_null (set_default (fixture, info, "m-2", &error));
    g_assert_error (error, SI_ERROR, SI_ERROR_CHANGED);
  }
}

static void
test_set_default_not_modified (SiRestFixture *fixture, gconstpointer data)
{
  g_autoptr (SiSecurityInfo) info = si_rest_fixture_load_first (fixture);
  g_autoptr (GError)         error = NULL;

  si_rest_fixture_expect (fixture, "PUT", "/v1/me/default", 304, NULL, NULL);
  g_assert_null (set_default (fixture, info, "m-2", &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_PROTOCOL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, function)                                                              \
  g_test_add ("/rest-changes/" name, SiRestFixture, NULL, si_rest_fixture_set_up,        \
              function, si_rest_fixture_tear_down)

  ADD ("delete", test_delete);
  ADD ("delete-gone", test_delete_gone);
  ADD ("delete-lost-answer", test_delete_lost_answer);
  ADD ("delete-refused", test_delete_refused);
  ADD ("delete-again", test_delete_again);
  ADD ("delete-again-once", test_delete_again_once);
  ADD ("delete-changed", test_delete_changed);
  ADD ("delete-odd-id", test_delete_odd_id);
  ADD ("set-default", test_set_default);
  ADD ("set-default-without-channel", test_set_default_without_channel);
  ADD ("set-default-lost-answer", test_set_default_lost_answer);
  ADD ("set-default-again", test_set_default_again);
  ADD ("set-default-changed", test_set_default_changed);
  ADD ("set-default-not-modified", test_set_default_not_modified);

  return g_test_run ();
}
