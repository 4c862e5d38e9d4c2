/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-token-store.h"

#include <libsecret/secret.h>

#include "si-secret.h"
#include "si-timed-cancellable.h"

/* The refresh token in the person's keyring, or in a Flatpak in the app's own one. The
 * library asks the desktop for it when it is first used, and waits for the answer: that
 * happens in a thread of its own, and in the order in which it was asked for. */

/* A keyring that the person has to unlock takes a while; one that hangs takes for ever.
 */
#define LOOKUP_TIMEOUT_MS (60 * 1000)

struct _SiTokenStore {
  GObject parent_instance;

  char        *issuer;
  char        *client_id;
  char        *label;
  GThreadPool *pool;
};

G_DEFINE_FINAL_TYPE (SiTokenStore, si_token_store, G_TYPE_OBJECT)

/* No word of the person: attributes are not encrypted. */
static const SecretSchema schema = {
  APP_ID,
  SECRET_SCHEMA_NONE,
  {
      { "issuer", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "client-id", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { NULL, 0 },
  },
};

typedef struct {
  void (*run) (GTask *task);
  char *token;
} Operation;

static void
operation_free (Operation *operation)
{
  g_clear_pointer (&operation->token, si_secret_free);
  g_free (operation);
}

static void
free_password (gpointer password)
{
  secret_password_free (password);
}

/* Takes @error. The keyring's own words are left out: nobody knows what is in them. */
static void
return_failure (GTask *task, const char *what, GError *error)
{
  g_message ("The keyring did not %s (%s, code %d)", what,
             g_quark_to_string (error->domain), error->code);
  g_task_return_error (task, error);
}

static void
run_lookup (GTask *task)
{
  SiTokenStore *self = g_task_get_source_object (task);
  GError       *error = NULL;
  char         *token;

  token = secret_password_lookup_nonpageable_sync (&schema, g_task_get_cancellable (task),
                                                   &error, "issuer", self->issuer,
                                                   "client-id", self->client_id, NULL);
  if (error != NULL)
    return_failure (task, "answer", error);
  else
    g_task_return_pointer (task, token, free_password);
}

/* What a person did not unlock is not stored, without an error. */
static void
run_store (GTask *task)
{
  SiTokenStore *self = g_task_get_source_object (task);
  Operation    *operation = g_task_get_task_data (task);
  GError       *error = NULL;

  if (secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, self->label,
                                  operation->token, NULL, &error, "issuer", self->issuer,
                                  "client-id", self->client_id, NULL)) {
    g_task_return_boolean (task, TRUE);
    return;
  }

  if (error == NULL)
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "It is locked");
  return_failure (task, "take the token", error);
}

/* That nothing was there is as good. */
static void
run_clear (GTask *task)
{
  SiTokenStore *self = g_task_get_source_object (task);
  GError       *error = NULL;

  secret_password_clear_sync (&schema, NULL, &error, "issuer", self->issuer, "client-id",
                              self->client_id, NULL);
  if (error != NULL)
    return_failure (task, "forget the token", error);
  else
    g_task_return_boolean (task, TRUE);
}

/* The app does not end before the keyring has been told: what is not in it is lost. */
static void
hold_application (GTask *task)
{
  GApplication *application = g_application_get_default ();

  if (application == NULL)
    return;

  g_application_hold (application);
  g_signal_connect_object (task, "notify::completed", G_CALLBACK (g_application_release),
                           application, G_CONNECT_SWAPPED);
}

static void
run_cb (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = data;
  Operation        *operation = g_task_get_task_data (task);

  operation->run (task);
}

static void
begin (SiTokenStore *self,
       gpointer      source_tag,
       void (*run) (GTask *task),
       const char         *token,
       GCancellable       *cancellable,
       GAsyncReadyCallback callback,
       gpointer            user_data)
{
  GTask     *task = g_task_new (self, cancellable, callback, user_data);
  Operation *operation = g_new0 (Operation, 1);

  operation->run = run;
  operation->token = g_strdup (token);
  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, operation, (GDestroyNotify) operation_free);
  if (run != run_lookup)
    hold_application (task);
  g_thread_pool_push (self->pool, task, NULL);
}

/* What was asked for is still done. */
static void
si_token_store_finalize (GObject *object)
{
  SiTokenStore *self = SI_TOKEN_STORE (object);

  g_thread_pool_free (self->pool, FALSE, FALSE);
  g_clear_pointer (&self->issuer, g_free);
  g_clear_pointer (&self->client_id, g_free);
  g_clear_pointer (&self->label, g_free);

  G_OBJECT_CLASS (si_token_store_parent_class)->finalize (object);
}

static void
si_token_store_class_init (SiTokenStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_token_store_finalize;
}

static void
si_token_store_init (SiTokenStore *self)
{
  self->pool = g_thread_pool_new (run_cb, NULL, 1, FALSE, NULL);
}

/**
 * si_token_store_new:
 * @issuer: whose token it is
 * @client_id: what the issuer calls this app
 * @label: what the person's own tools call the entry
 *
 * Returns: (transfer full): the place for one token
 */
SiTokenStore *
si_token_store_new (const char *issuer, const char *client_id, const char *label)
{
  SiTokenStore *self = g_object_new (SI_TYPE_TOKEN_STORE, NULL);

  self->issuer = g_strdup (issuer);
  self->client_id = g_strdup (client_id);
  self->label = g_strdup (label);

  return self;
}

/**
 * si_token_store_lookup_async:
 * @self: a store
 * @callback: called with the token, si_token_store_lookup_finish()
 * @user_data: data for @callback
 *
 * Looks for the token, for a minute at the most. The person may be asked to unlock the
 * keyring.
 */
void
si_token_store_lookup_async (SiTokenStore       *self,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr (GCancellable) cancellable = NULL;

  g_return_if_fail (SI_IS_TOKEN_STORE (self));

  cancellable = si_timed_cancellable_new (LOOKUP_TIMEOUT_MS);
  begin (self, si_token_store_lookup_async, run_lookup, NULL, cancellable, callback,
         user_data);
}

/**
 * si_token_store_lookup_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error of the keyring's, of whatever domain
 *
 * Returns: (transfer full) (nullable): the token, to be freed with
 *   secret_password_free(); %NULL, without an error, where there is none
 */
char *
si_token_store_lookup_finish (SiTokenStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * si_token_store_store_async:
 * @self: a store
 * @token: the token
 * @callback: (nullable): called when it is done, si_token_store_change_finish()
 * @user_data: data for @callback
 *
 * Keeps a token, in place of the one that was kept before.
 */
void
si_token_store_store_async (SiTokenStore       *self,
                            const char         *token,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_return_if_fail (SI_IS_TOKEN_STORE (self));

  begin (self, si_token_store_store_async, run_store, token, NULL, callback, user_data);
}

/**
 * si_token_store_clear_async:
 * @self: a store
 * @callback: (nullable): called when it is done, si_token_store_change_finish()
 * @user_data: data for @callback
 *
 * Forgets the token.
 */
void
si_token_store_clear_async (SiTokenStore       *self,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_return_if_fail (SI_IS_TOKEN_STORE (self));

  begin (self, si_token_store_clear_async, run_clear, NULL, NULL, callback, user_data);
}

/**
 * si_token_store_change_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error of the keyring's, of whatever domain
 *
 * Returns: whether it was done; if not, @error is set
 */
gboolean
si_token_store_change_finish (SiTokenStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
