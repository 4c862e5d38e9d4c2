/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-json.h"
#include "si-test-client.h"
#include "si-test-loop.h"
#include "si-test-server.h"

/* Methods and the default: what the rules say about them, and what changing them does. */

#define INFO "v1/me/security-info"
#define DEFAULT "v1/me/default"
#define MOBILE "+46701740605"
#define ALTERNATE "+4686943614"

typedef struct {
  SiServer     *server;
  SiTestClient *client;
} Fixture;

typedef void (*ChangePolicy) (JsonObject *policy);

static void
choose_default (JsonObject *policy)
{
  json_object_set_boolean_member (policy, "defaultIsSystemChosen", TRUE);
}

static void
require_two (JsonObject *policy)
{
  json_object_set_int_member (si_json_get_object (policy, "registration"),
                              "minimumMethods", 2);
}

static void
require_none (JsonObject *policy)
{
  json_object_set_int_member (si_json_get_object (policy, "registration"),
                              "minimumMethods", 0);
}

static void
lock_apps (JsonObject *policy)
{
  json_array_add_string_element (
      si_json_get_array (si_json_get_object (policy, "limits"), "lockedTypes"),
      "authenticatorApp");
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  SiServerOptions *options = si_test_server_options_new ();
  ChangePolicy     change = (ChangePolicy) data;

  options->policy = si_test_server_policy_new ();
  if (change != NULL)
    change (options->policy);
  fixture->server = si_test_server_start (options);
  fixture->client = si_test_client_new (fixture->server, SI_TEST_TOKEN);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->client, si_test_client_free);
  g_clear_object (&fixture->server);
}

static char *
add_phone (Fixture *fixture, const char *use, const char *number)
{
  return si_server_add_phone (fixture->server, SI_TEST_ACCOUNT, use, number);
}

static char *
add_app (Fixture *fixture)
{
  return si_server_add_other (fixture->server, SI_TEST_ACCOUNT, "authenticatorApp",
                              "Pixel 9", "Pixel 9");
}

static SiTestCall *delete (Fixture *fixture, const char *id)
{
  g_autofree char *etag = si_test_client_dup_etag (fixture->client);
  g_autofree char *header = g_strconcat ("If-Match: ", etag, NULL);
  g_autofree char *path = g_strconcat ("v1/me/methods/", id, NULL);

  return si_test_client_call (fixture->client, "DELETE", path, NULL, header);
}

static SiTestCall *
put_default (Fixture *fixture, const char *id, const char *channel)
{
  g_autofree char *etag = si_test_client_dup_etag (fixture->client);
  g_autofree char *header = g_strconcat ("If-Match: ", etag, NULL);
  g_autofree char *body
      = g_strdup_printf ("{\"methodId\": \"%s\", \"channel\": \"%s\"}", id, channel);

  return si_test_client_call (fixture->client, "PUT", DEFAULT, body, header);
}

static void
assert_choice (SiTestCall *call, const char *member, const char *id, const char *channel)
{
  JsonObject *choice = si_json_get_object (si_test_call_get_body (call), member);

  g_assert_cmpstr (si_json_get_string (choice, "methodId"), ==, id);
  g_assert_cmpstr (si_json_get_string (choice, "channel"), ==, channel);
}

static JsonObject *
get_method (SiTestCall *info, const char *id)
{
  JsonArray *methods = si_json_get_array (si_test_call_get_body (info), "methods");

  for (guint i = 0; i < json_array_get_length (methods); i++) {
    JsonObject *method = si_json_array_get_object (methods, i);

    if (g_strcmp0 (si_json_get_string (method, "id"), id) == 0)
      return method;
  }

  return NULL;
}

static void
assert_event (Fixture *fixture, guint index, const char *kind, const char *number)
{
  g_autoptr (SiTestCall) call = si_test_client_get (fixture->client, "v1/me/events");
  JsonArray  *events = si_json_get_array (si_test_call_get_body (call), "events");
  JsonObject *event = si_json_array_get_object (events, index);

  g_assert_cmpstr (si_json_get_string (event, "kind"), ==, kind);
  g_assert_cmpstr (si_json_get_string (event, "number"), ==, number);
}

static void
test_default_moves (Fixture *fixture, gconstpointer data)
{
  g_autofree char       *mobile = add_phone (fixture, "mobile", MOBILE);
  g_autofree char       *app = add_app (fixture);
  g_autoptr (SiTestCall) before = si_test_client_get (fixture->client, INFO);
  g_autoptr (SiTestCall) deleted = delete (fixture, mobile);
  g_autoptr (SiTestCall) after = si_test_client_get (fixture->client, INFO);
  JsonObject            *promised
      = si_json_get_object (get_method (before, mobile), "defaultIfDeleted");

  assert_choice (before, "default", mobile, "call");
  g_assert_cmpstr (si_json_get_string (promised, "methodId"), ==, app);
  g_assert_cmpstr (si_test_call_get_string (deleted, "deleted"), ==, mobile);
  g_assert_true (
      si_json_get_boolean (si_test_call_get_body (deleted), "defaultChanged", FALSE));
  assert_choice (deleted, "newDefault", app, NULL);
  assert_choice (after, "default", app, NULL);
  g_assert_cmpstr (si_test_call_get_header (deleted, "ETag"), ==,
                   si_test_call_get_header (after, "ETag"));
  assert_event (fixture, 0, "default_changed", NULL);
  assert_event (fixture, 1, "method_deleted", MOBILE);
}

static void
test_default_stays (Fixture *fixture, gconstpointer data)
{
  g_autofree char       *app = add_app (fixture);
  g_autofree char       *mobile = add_phone (fixture, "mobile", MOBILE);
  g_autoptr (SiTestCall) deleted = delete (fixture, mobile);

  g_assert_false (
      si_json_get_boolean (si_test_call_get_body (deleted), "defaultChanged", TRUE));
  g_assert_true (
      json_object_get_null_member (si_test_call_get_body (deleted), "newDefault"));
  assert_event (fixture, 0, "method_deleted", MOBILE);
}

static void
test_set_default (Fixture *fixture, gconstpointer data)
{
  g_autofree char       *mobile = add_phone (fixture, "mobile", MOBILE);
  g_autofree char       *before = si_test_client_dup_etag (fixture->client);
  g_autoptr (SiTestCall) set = put_default (fixture, mobile, "text");
  g_autofree char       *after = si_test_client_dup_etag (fixture->client);
  g_autoptr (SiTestCall) same = put_default (fixture, mobile, "text");

  g_assert_cmpuint (si_test_call_get_status (set), ==, 200);
  assert_choice (set, "default", mobile, "text");
  g_assert_cmpstr (before, !=, after);
  g_assert_cmpstr (si_test_call_get_header (set, "ETag"), ==, after);
  g_assert_cmpstr (si_test_call_get_header (same, "ETag"), ==, after);
  assert_event (fixture, 0, "default_changed", MOBILE);
  assert_event (fixture, 1, "default_changed", MOBILE);
  assert_event (fixture, 2, "method_added", MOBILE);
}

static void
test_blocks (Fixture *fixture, gconstpointer data)
{
  g_autofree char       *mobile = add_phone (fixture, "mobile", MOBILE);
  g_autoptr (SiTestCall) last = delete (fixture, mobile);
  g_autofree char       *alternate = add_phone (fixture, "alternate", ALTERNATE);
  g_autoptr (SiTestCall) required = delete (fixture, mobile);
  g_autoptr (SiTestCall) info = si_test_client_get (fixture->client, INFO);

  si_test_call_assert_problem (last, 409, "last_method");
  si_test_call_assert_problem (required, 409, "required_by_alternate");
  g_assert_cmpstr (si_json_get_string (get_method (info, mobile), "deleteBlocked"), ==,
                   "required_by_alternate");
  g_assert_false (si_json_get_boolean (get_method (info, mobile), "canDelete", TRUE));
  g_assert_true (si_json_get_boolean (get_method (info, alternate), "canDelete", FALSE));
}

static void
test_minimum (Fixture *fixture, gconstpointer data)
{
  g_autofree char       *mobile = add_phone (fixture, "mobile", MOBILE);
  g_autofree char       *app = add_app (fixture);
  g_autoptr (SiTestCall) refused = delete (fixture, mobile);

  si_test_call_assert_problem (refused, 409, "minimum_methods");
}

static void
test_no_minimum (Fixture *fixture, gconstpointer data)
{
  g_autofree char       *mobile = add_phone (fixture, "mobile", MOBILE);
  g_autoptr (SiTestCall) deleted = delete (fixture, mobile);
  g_autoptr (SiTestCall) info = si_test_client_get (fixture->client, INFO);

  g_assert_cmpuint (si_test_call_get_status (deleted), ==, 200);
  g_assert_true (json_object_get_null_member (si_test_call_get_body (info), "default"));
}

static void
test_locked (Fixture *fixture, gconstpointer data)
{
  g_autofree char       *mobile = add_phone (fixture, "mobile", MOBILE);
  g_autofree char       *app = add_app (fixture);
  g_autoptr (SiTestCall) refused = delete (fixture, app);

  si_test_call_assert_problem (refused, 403, "policy_disallowed");
  g_assert_cmpstr (si_test_call_get_string (refused, "manageUrl"), ==,
                   "https://account.contoso.example/security-info");
}

static void
test_system_chosen (Fixture *fixture, gconstpointer data)
{
  g_autofree char       *mobile = add_phone (fixture, "mobile", MOBILE);
  g_autofree char       *app = add_app (fixture);
  g_autoptr (SiTestCall) info = si_test_client_get (fixture->client, INFO);
  g_autoptr (SiTestCall) refused = put_default (fixture, mobile, "call");

  assert_choice (info, "default", app, NULL);
  si_test_call_assert_problem (refused, 403, "policy_disallowed");
}

/* A number that was to replace the deleted one has nowhere to go. */
static void
test_delete_while_changing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *app = add_app (fixture);
  g_autofree char *mobile = add_phone (fixture, "mobile", MOBILE);
  g_autofree char *body = g_strdup_printf (
      "{\"purpose\": \"change\", \"type\": \"phone\", \"number\":"
      " \"" ALTERNATE "\", \"channel\": \"call\", \"methodId\": \"%s\"}",
      mobile);
  g_autoptr (SiTestCall) started
      = si_test_client_post (fixture->client, "v1/me/verifications", body);
  g_autoptr (SiTestCall) deleted = delete (fixture, mobile);
  g_autoptr (SiTestCall) got = si_test_client_get (
      fixture->client, si_test_call_get_header (started, "Location") + 1);
  g_autofree char *etag = si_test_client_dup_etag (fixture->client);

  g_assert_cmpuint (si_test_call_get_status (deleted), ==, 200);
  g_assert_cmpstr (si_test_call_get_header (deleted, "ETag"), ==, etag);
  g_assert_cmpstr (si_test_call_get_string (got, "state"), ==, "canceled");
}

/* Whoever had the phone before hears of the new one; the new one does not. */
static void
test_notice (Fixture *fixture, gconstpointer data)
{
  GListModel *texts
      = si_simulated_phone_get_texts (si_server_get_phone (fixture->server));
  g_autofree char *mobile = add_phone (fixture, "mobile", MOBILE);
  g_autofree char *path
      = si_test_client_begin (fixture->client, "alternate", ALTERNATE, "call");
  g_autoptr (SiSimulatedText) notice = NULL;

  si_test_server_approve (fixture->server);
  si_test_wait_until (g_list_model_get_n_items (texts) > 0);

  notice = g_list_model_get_item (texts, 0);
  g_assert_cmpstr (si_simulated_text_get_number (notice), ==, MOBILE);
  g_assert_null (si_simulated_text_get_code (notice));
  g_assert_null (strstr (si_simulated_text_get_body (notice), ALTERNATE));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (g_list_model_get_n_items (texts), ==, 1);
}

static JsonObject *
get_phone_capability (SiTestCall *call)
{
  return si_json_array_get_object (
      si_json_get_array (si_test_call_get_body (call), "methods"), 0);
}

static void
test_room (Fixture *fixture, gconstpointer data)
{
  g_autofree char       *mobile = add_phone (fixture, "mobile", MOBILE);
  g_autofree char       *alternate = add_phone (fixture, "alternate", ALTERNATE);
  g_autoptr (SiTestCall) before = si_test_client_get (fixture->client, "v1/capabilities");
  g_autofree char       *office = add_phone (fixture, "office", "+4684400000");
  g_autoptr (SiTestCall) after = si_test_client_get (fixture->client, "v1/capabilities");

  g_assert_true (si_json_get_boolean (get_phone_capability (before), "canAdd", FALSE));
  g_assert_false (si_json_get_boolean (get_phone_capability (after), "canAdd", TRUE));
  g_assert_cmpstr (si_json_get_string (get_phone_capability (after), "reason"), ==,
                   "limit_reached");
  g_assert_false (json_object_has_member (si_test_call_get_body (after), "limits"));
}

static void
test_pages (Fixture *fixture, gconstpointer data)
{
  g_autofree char *mobile = add_phone (fixture, "mobile", MOBILE);
  guint            pages = 0;
  guint            events = 0;
  g_autofree char *path = g_strdup ("v1/me/events");

  for (guint i = 0; i < 99; i++)
    si_test_call_free (put_default (fixture, mobile, i % 2 == 0 ? "text" : "call"));

  while (path != NULL) {
    g_autoptr (SiTestCall) page = si_test_client_get (fixture->client, path);
    const char            *next = si_test_call_get_string (page, "next");

    pages++;
    events += json_array_get_length (
        si_json_get_array (si_test_call_get_body (page), "events"));
    g_free (path);
    path = next != NULL ? g_strconcat ("v1/me/events?cursor=", next, NULL) : NULL;
  }

  g_assert_cmpuint (events, ==, 101);
  g_assert_cmpuint (pages, ==, 3);
}

int
main (int argc, char **argv)
{
  const struct {
    const char  *name;
    ChangePolicy policy;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/account/default-moves", NULL, test_default_moves },
    { "/account/default-stays", NULL, test_default_stays },
    { "/account/set-default", NULL, test_set_default },
    { "/account/blocks", NULL, test_blocks },
    { "/account/minimum", require_two, test_minimum },
    { "/account/no-minimum", require_none, test_no_minimum },
    { "/account/locked", lock_apps, test_locked },
    { "/account/system-chosen", choose_default, test_system_chosen },
    { "/account/delete-while-changing", NULL, test_delete_while_changing },
    { "/account/notice", NULL, test_notice },
    { "/account/room", NULL, test_room },
    { "/account/pages", NULL, test_pages },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, tests[i].policy, set_up, tests[i].test,
                tear_down);

  return g_test_run ();
}
