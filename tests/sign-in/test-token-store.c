/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-token-store.h"

#include <string.h>

#include "si-secret.h"
#include "si-session-fixture.h"
#include "si-test-loop.h"

/* The refresh token in a keyring that is a file, as in a Flatpak. */

#define ISSUER "https://id.example.com"
#define LABEL "Security Info"
#define TOKEN "rt-1"

typedef struct {
  SiTokenStore *store;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->store = si_token_store_new (ISSUER, CLIENT_ID, LABEL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->store);
}

static void
assert_done (SiTokenStore *store, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (si_token_store_change_finish (store, result, &error));
  g_assert_no_error (error);
}

static void
store_token (SiTokenStore *store, const char *token, const char *subject)
{
  g_autoptr (GAsyncResult) result = NULL;

  si_token_store_store_async (store, token, subject, si_test_keep_result, &result);
  si_test_wait_until (result != NULL);
  assert_done (store, result);
}

static void
clear_token (SiTokenStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;

  si_token_store_clear_async (store, si_test_keep_result, &result);
  si_test_wait_until (result != NULL);
  assert_done (store, result);
}

static void
assert_token (SiTokenStore *store, const char *token, const char *subject)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  g_autoptr (SiSecret)     found = NULL;
  g_autofree char         *whose = NULL;

  si_token_store_lookup_async (store, si_test_keep_result, &result);
  si_test_wait_until (result != NULL);
  found = si_token_store_lookup_finish (store, result, &whose, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, token);
  g_assert_cmpstr (whose, ==, subject);
}

static void
test_all (Fixture *fixture, gconstpointer data)
{
  assert_token (fixture->store, NULL, NULL);
  store_token (fixture->store, TOKEN, SUBJECT);
  assert_token (fixture->store, TOKEN, SUBJECT);
  store_token (fixture->store, "rt-2", "subject-of-bo");
  assert_token (fixture->store, "rt-2", "subject-of-bo");
  clear_token (fixture->store);
  assert_token (fixture->store, NULL, NULL);
  clear_token (fixture->store);
}

/* Whose it is need not be known. */
static void
test_no_subject (Fixture *fixture, gconstpointer data)
{
  store_token (fixture->store, TOKEN, NULL);
  assert_token (fixture->store, TOKEN, NULL);
  clear_token (fixture->store);
}

static void
test_long_token (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token = g_strnfill (32 * 1024, 't');
  g_autofree char *subject = g_strnfill (255, 's');

  store_token (fixture->store, token, subject);
  assert_token (fixture->store, token, subject);
  clear_token (fixture->store);
}

static void
test_strange_token (Fixture *fixture, gconstpointer data)
{
  store_token (fixture->store, "\t å\"'\\~=", "a b|å");
  assert_token (fixture->store, "\t å\"'\\~=", "a b|å");
  clear_token (fixture->store);
}

/* Each issuer's and each app's is another one. */
static void
test_others (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiTokenStore) same = si_token_store_new (ISSUER, CLIENT_ID, "Other label");
  g_autoptr (SiTokenStore) issuer = si_token_store_new (ISSUER "/", CLIENT_ID, LABEL);
  g_autoptr (SiTokenStore) client = si_token_store_new (ISSUER, "client-2", LABEL);

  store_token (fixture->store, TOKEN, SUBJECT);
  store_token (issuer, "rt-of-issuer", SUBJECT);
  assert_token (same, TOKEN, SUBJECT);
  assert_token (issuer, "rt-of-issuer", SUBJECT);
  assert_token (client, NULL, NULL);
  clear_token (client);
  clear_token (fixture->store);
  assert_token (issuer, "rt-of-issuer", SUBJECT);
  clear_token (issuer);
}

/* In the order in which it was asked for, without waiting in between. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *results[5] = { NULL };

  si_token_store_store_async (fixture->store, "rt-1", NULL, si_test_keep_result,
                              &results[0]);
  si_token_store_store_async (fixture->store, "rt-2", NULL, si_test_keep_result,
                              &results[1]);
  si_token_store_clear_async (fixture->store, si_test_keep_result, &results[2]);
  si_token_store_store_async (fixture->store, "rt-3", NULL, si_test_keep_result,
                              &results[3]);
  si_token_store_store_async (fixture->store, "rt-4", NULL, si_test_keep_result,
                              &results[4]);
  si_test_wait_until (results[4] != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++) {
    si_test_wait_until (results[i] != NULL);
    assert_done (fixture->store, results[i]);
    g_clear_object (&results[i]);
  }
  assert_token (fixture->store, "rt-4", NULL);
  clear_token (fixture->store);
}

/* Who asks for it need not keep the store. */
static void
test_dropped (Fixture *fixture, gconstpointer data)
{
  SiTokenStore            *other = si_token_store_new (ISSUER, CLIENT_ID, LABEL);
  g_autoptr (GAsyncResult) result = NULL;

  si_token_store_store_async (other, TOKEN, SUBJECT, NULL, NULL);
  si_token_store_store_async (other, "rt-2", SUBJECT, si_test_keep_result, &result);
  g_object_unref (other);
  si_test_wait_until (result != NULL);
  assert_token (fixture->store, "rt-2", SUBJECT);
  clear_token (fixture->store);
}

static void
activate_cb (GApplication *application, gpointer user_data)
{
  GAsyncResult           **result = user_data;
  g_autoptr (SiTokenStore) store = si_token_store_new (ISSUER, CLIENT_ID, LABEL);

  si_token_store_store_async (store, TOKEN, SUBJECT, si_test_keep_result, result);
}

/* An app that has nothing else to do waits for the keyring. */
static void
test_application (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GApplication) application
      = g_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_autoptr (GAsyncResult) result = NULL;

  g_application_set_default (application);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), &result);
  g_assert_cmpint (g_application_run (application, 0, NULL), ==, 0);
  g_application_set_default (NULL);
  g_assert_nonnull (result);
  assert_token (fixture->store, TOKEN, SUBJECT);
  clear_token (fixture->store);
}

static gboolean
contains (const char *contents, gsize length, const char *text)
{
  gsize text_length = strlen (text);

  for (gsize i = 0; i + text_length <= length; i++) {
    if (memcmp (contents + i, text, text_length) == 0)
      return TRUE;
  }

  return FALSE;
}

/* What is in the file is nothing that anybody could read. */
static void
test_file (Fixture *fixture, gconstpointer data)
{
  static const char *const secrets[]
      = { "very-secret-token", SUBJECT, ISSUER, CLIENT_ID };
  g_autoptr (GError) error = NULL;
  g_autofree char   *contents = NULL;
  gsize              length;

  store_token (fixture->store, "very-secret-token", SUBJECT);
  g_file_get_contents (g_getenv ("SECRET_FILE_TEST_PATH"), &contents, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (length, >, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    g_assert_false (contains (contents, length, secrets[i]));
  clear_token (fixture->store);
}

/* Whoever keeps or forgets it is told that it was not done. */
static void
test_no_directory (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) stored = NULL;
  g_autoptr (GAsyncResult) cleared = NULL;
  g_autoptr (GError)       store_error = NULL;
  g_autoptr (GError)       clear_error = NULL;

  store_token (fixture->store, TOKEN, SUBJECT);
  si_session_fixture_hide_keyring (TRUE);
  si_token_store_store_async (fixture->store, "rt-2", SUBJECT, si_test_keep_result,
                              &stored);
  si_token_store_clear_async (fixture->store, si_test_keep_result, &cleared);
  si_test_wait_until (stored != NULL && cleared != NULL);
  g_assert_false (si_token_store_change_finish (fixture->store, stored, &store_error));
  g_assert_nonnull (store_error);
  g_assert_false (si_token_store_change_finish (fixture->store, cleared, &clear_error));
  g_assert_nonnull (clear_error);
  si_session_fixture_hide_keyring (FALSE);
}

#define ADD(name, test)                                                                  \
  g_test_add ("/token-store/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  si_session_fixture_make_keyring ();

  ADD ("all", test_all);
  ADD ("no-subject", test_no_subject);
  ADD ("long-token", test_long_token);
  ADD ("strange-token", test_strange_token);
  ADD ("others", test_others);
  ADD ("order", test_order);
  ADD ("dropped", test_dropped);
  ADD ("application", test_application);
  ADD ("file", test_file);
  ADD ("no-directory", test_no_directory);
  status = g_test_run ();

  si_session_fixture_remove_keyring ();

  return status;
}
