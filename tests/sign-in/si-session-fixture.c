/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-session-fixture.h"

#include <glib/gstdio.h>

#include "si-secret.h"

/* A session with an issuer that says what the test tells it to, and a keyring that is a
 * file. */

static char *directory;

/**
 * si_session_fixture_make_keyring:
 *
 * Makes a keyring for all tests of the process, before the first of them.
 */
void
si_session_fixture_make_keyring (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *path = NULL;

  directory = g_dir_make_tmp ("si-keyring-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (directory, "test.keyring", NULL);
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "password", TRUE);
}

void
si_session_fixture_remove_keyring (void)
{
  g_autoptr (GDir) files = g_dir_open (directory, 0, NULL);
  const char      *name;

  /* Later releases of GLib have removed it. */
  while (files != NULL && (name = g_dir_read_name (files)) != NULL) {
    g_autofree char *path = g_build_filename (directory, name, NULL);

    g_unlink (path);
  }
  g_rmdir (directory);
  g_clear_pointer (&directory, g_free);
}

/**
 * si_session_fixture_hide_keyring:
 * @hide: whether to hide it, else it is there again
 *
 * Makes the keyring one that takes and forgets nothing. What stands in its place is no
 * directory: where there was nothing, libsecret 0.21 would make one.
 */
void
si_session_fixture_hide_keyring (gboolean hide)
{
  g_autofree char *elsewhere = g_strconcat (directory, "-2", NULL);

  if (hide) {
    g_assert_no_errno (g_rename (directory, elsewhere));
    g_assert_true (g_file_set_contents (directory, "", 0, NULL));
  } else {
    g_assert_no_errno (g_unlink (directory));
    g_assert_no_errno (g_rename (elsewhere, directory));
  }
}

static void
changed_cb (SiSessionFixture *fixture)
{
  fixture->n_changed++;
}

static void
keyring_failed_cb (SiSessionFixture *fixture, gboolean forgetting)
{
  if (forgetting)
    fixture->n_forgotten_not++;
  else
    fixture->n_kept_not++;
}

/**
 * si_session_fixture_set_up_with_broker:
 * @fixture: a fixture
 * @broker: (nullable): whom the session asks first
 */
void
si_session_fixture_set_up_with_broker (SiSessionFixture *fixture, SiBroker *broker)
{
  si_issuer_fixture_set_up (&fixture->issuer, NULL);
  fixture->store = si_token_store_new (fixture->issuer.issuer, CLIENT_ID, "Test");
  fixture->session = si_session_new (fixture->issuer.client, fixture->store, broker);
  g_signal_connect_swapped (fixture->session, "changed", G_CALLBACK (changed_cb),
                            fixture);
  g_signal_connect_swapped (fixture->session, "keyring-failed",
                            G_CALLBACK (keyring_failed_cb), fixture);
}

void
si_session_fixture_set_up (SiSessionFixture *fixture, gconstpointer data)
{
  si_session_fixture_set_up_with_broker (fixture, NULL);
}

/* What the keyring was asked to do is done in its order, and so before this. */
static char *
look_up (SiSessionFixture *fixture, char **subject)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  char                    *token;

  si_token_store_lookup_async (fixture->store, si_test_keep_result, &result);
  si_test_wait_until (result != NULL);
  token = si_token_store_lookup_finish (fixture->store, result, subject, &error);
  g_assert_no_error (error);

  return token;
}

void
si_session_fixture_tear_down (SiSessionFixture *fixture, gconstpointer data)
{
  si_secret_free (look_up (fixture, NULL));
  g_signal_handlers_disconnect_by_data (fixture->session, fixture);
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->store);
  si_issuer_fixture_tear_down (&fixture->issuer, data);
}

/**
 * si_session_fixture_keep:
 * @fixture: a fixture
 * @token: a refresh token
 * @subject: (nullable): whose it is
 *
 * Puts a token into the keyring, as an earlier session would have.
 */
void
si_session_fixture_keep (SiSessionFixture *fixture,
                         const char       *token,
                         const char       *subject)
{
  g_autoptr (GAsyncResult) result = NULL;

  si_token_store_store_async (fixture->store, token, subject, si_test_keep_result,
                              &result);
  si_test_wait_until (result != NULL);
  g_assert_true (si_token_store_change_finish (fixture->store, result, NULL));
}

/**
 * si_session_fixture_assert_kept:
 * @fixture: a fixture
 * @token: (nullable): what the keyring has to have
 * @subject: (nullable): and whose it has to be
 */
void
si_session_fixture_assert_kept (SiSessionFixture *fixture,
                                const char       *token,
                                const char       *subject)
{
  g_autofree char     *whose = NULL;
  g_autoptr (SiSecret) kept = look_up (fixture, &whose);

  g_assert_cmpstr (kept, ==, token);
  g_assert_cmpstr (whose, ==, subject);
}

/**
 * si_session_fixture_restore:
 * @fixture: a fixture
 *
 * Waits until the session knows whether somebody is signed in.
 */
void
si_session_fixture_restore (SiSessionFixture *fixture)
{
  si_session_restore (fixture->session);
  si_test_wait_until (si_session_get_state (fixture->session) != SI_SESSION_UNKNOWN);
}

/**
 * si_session_fixture_sign_in:
 * @fixture: a fixture
 * @access_token: the token for the backend
 * @refresh_token: (nullable): what it is renewed with
 * @subject: who signs in
 */
void
si_session_fixture_sign_in (SiSessionFixture *fixture,
                            const char       *access_token,
                            const char       *refresh_token,
                            const char       *subject)
{
  g_autoptr (SiTokens) tokens
      = si_tokens_new (access_token, refresh_token, subject, 3600);
  g_autoptr (GError) error = NULL;

  g_assert_true (si_session_begin (fixture->session, tokens, &error));
  g_assert_no_error (error);
  g_assert_cmpint (si_session_get_state (fixture->session), ==, SI_SESSION_OPEN);
  g_assert_false (si_session_is_asked_for (fixture->session));
  g_assert_null (si_session_get_challenge (fixture->session));
  g_assert_null (si_session_get_error (fixture->session));
}

void
si_session_fixture_get (SiSessionFixture *fixture, GAsyncResult **result)
{
  si_token_source_get_token_async (SI_TOKEN_SOURCE (fixture->session), NULL,
                                   si_test_keep_result, result);
}

void
si_session_fixture_renew (SiSessionFixture *fixture,
                          const char       *refused,
                          SiChallenge      *challenge,
                          gboolean          may_ask,
                          GAsyncResult    **result)
{
  si_token_source_renew_token_async (SI_TOKEN_SOURCE (fixture->session), refused,
                                     challenge, may_ask, NULL, si_test_keep_result,
                                     result);
}

/**
 * si_session_fixture_assert_token:
 * @fixture: a fixture
 * @result: where the result will be
 * @token: what it has to be
 */
void
si_session_fixture_assert_token (SiSessionFixture *fixture,
                                 GAsyncResult    **result,
                                 const char       *token)
{
  g_autoptr (SiSecret) got = NULL;
  g_autoptr (GError)   error = NULL;

  si_test_wait_until (*result != NULL);
  got = si_token_source_token_finish (SI_TOKEN_SOURCE (fixture->session), *result,
                                      &error);
  g_assert_no_error (error);
  g_assert_cmpstr (got, ==, token);
  g_clear_object (result);
}

/**
 * si_session_fixture_assert_error:
 * @fixture: a fixture
 * @result: where the result will be
 * @code: the error that it has to be
 */
void
si_session_fixture_assert_error (SiSessionFixture *fixture,
                                 GAsyncResult    **result,
                                 SiError           code)
{
  g_autoptr (GError) error = NULL;

  si_test_wait_until (*result != NULL);
  g_assert_null (
      si_token_source_token_finish (SI_TOKEN_SOURCE (fixture->session), *result, &error));
  g_assert_error (error, SI_ERROR, (int) code);
  g_clear_object (result);
}

/**
 * si_session_fixture_get_now:
 * @fixture: a fixture
 * @token: what it has to be
 *
 * Asks for a token, and waits for it.
 */
void
si_session_fixture_get_now (SiSessionFixture *fixture, const char *token)
{
  GAsyncResult *result = NULL;

  si_session_fixture_get (fixture, &result);
  si_session_fixture_assert_token (fixture, &result, token);
}
