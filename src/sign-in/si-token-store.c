/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-token-store.h"

#include <libsecret/secret.h>
#include <string.h>

#include "si-application-hold.h"
#include "si-secret.h"

/* The refresh token, and whose it is, in the person's keyring, or in a Flatpak in the
 * app's own one. The library asks the desktop for it when it is first used, and waits for
 * the answer: that happens in a thread of its own, and in the order in which it was asked
 * for. */

/* A keyring that the person has to unlock takes a while; one that hangs takes for ever,
 * and would keep the app from ending. It is only waited for no longer: gnome-keyring 42
 * aborts where a question to the person is taken back. */
#define TIMEOUT_MS (60 * 1000)
/* Between whose it is and the token, none of which has one. */
#define SEPARATOR "\n"

struct _SiTokenStore {
  GObject parent_instance;

  char        *issuer;
  char        *client_id;
  char        *label;
  guint        timeout; /* milliseconds */
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

typedef struct _Operation Operation;

/* The thread has it while it runs; all else happens in the main one. */
struct _Operation {
  SiTokenStore *store;
  GTask        *task; /* NULL where nobody waits for it any longer */
  guint         timeout_id;
  void (*run) (Operation *self);
  char   *text; /* to be kept */
  char   *found;
  GError *error;
};

static void
operation_free (gpointer data)
{
  Operation *operation = data;

  g_clear_object (&operation->store);
  g_clear_object (&operation->task);
  g_clear_handle_id (&operation->timeout_id, g_source_remove);
  g_clear_pointer (&operation->text, si_secret_free);
  g_clear_pointer (&operation->found, secret_password_free);
  g_clear_error (&operation->error);
  g_free (operation);
}

static void
run_lookup (Operation *operation)
{
  SiTokenStore *self = operation->store;

  operation->found = secret_password_lookup_nonpageable_sync (
      &schema, NULL, &operation->error, "issuer", self->issuer, "client-id",
      self->client_id, NULL);
}

/* What a person did not unlock is not stored, without an error. */
static void
run_store (Operation *operation)
{
  SiTokenStore *self = operation->store;

  if (!secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, self->label,
                                   operation->text, NULL, &operation->error, "issuer",
                                   self->issuer, "client-id", self->client_id, NULL)
      && operation->error == NULL)
    g_set_error (&operation->error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                 "It is locked");
}

/* That nothing was there is as good. */
static void
run_clear (Operation *operation)
{
  SiTokenStore *self = operation->store;

  secret_password_clear_sync (&schema, NULL, &operation->error, "issuer", self->issuer,
                              "client-id", self->client_id, NULL);
}

/* The keyring's own words are left out: nobody knows what is in them. */
static void
return_failure (GTask *task, GError *error)
{
  g_message ("The keyring failed (%s, code %d)", g_quark_to_string (error->domain),
             error->code);
  g_task_return_error (task, error);
}

static gboolean
done_cb (gpointer user_data)
{
  Operation        *operation = user_data;
  g_autoptr (GTask) task = g_steal_pointer (&operation->task);

  if (task == NULL)
    return G_SOURCE_REMOVE;

  if (operation->error != NULL)
    return_failure (task, g_steal_pointer (&operation->error));
  else if (operation->run == run_lookup)
    g_task_return_pointer (task, g_steal_pointer (&operation->found),
                           (GDestroyNotify) secret_password_free);
  else
    g_task_return_boolean (task, TRUE);

  return G_SOURCE_REMOVE;
}

static void
time_up_cb (gpointer user_data)
{
  Operation        *operation = user_data;
  g_autoptr (GTask) task = g_steal_pointer (&operation->task);

  operation->timeout_id = 0;
  return_failure (task, g_error_new (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "No answer"));
}

static void
run_cb (gpointer data, gpointer user_data)
{
  Operation *operation = data;

  operation->run (operation);
  g_idle_add_full (G_PRIORITY_DEFAULT, done_cb, operation, operation_free);
}

/* Takes @text. */
static void
begin (SiTokenStore *self,
       gpointer      source_tag,
       void (*run) (Operation *operation),
       char               *text,
       GAsyncReadyCallback callback,
       gpointer            user_data)
{
  Operation *operation = g_new0 (Operation, 1);

  operation->store = g_object_ref (self);
  operation->task = g_task_new (self, NULL, callback, user_data);
  operation->run = run;
  operation->text = text;
  operation->timeout_id = g_timeout_add_once (self->timeout, time_up_cb, operation);
  g_task_set_source_tag (operation->task, source_tag);
  /* What is not in the keyring when the app ends is lost. */
  if (run != run_lookup)
    si_application_hold_for (operation->task);
  g_thread_pool_push (self->pool, operation, NULL);
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
  self->timeout = TIMEOUT_MS;
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
 * si_token_store_set_timeout:
 * @self: a store
 * @milliseconds: for how long to wait for the keyring from now on, a minute where it is
 *   not set
 */
void
si_token_store_set_timeout (SiTokenStore *self, guint milliseconds)
{
  g_return_if_fail (SI_IS_TOKEN_STORE (self));

  self->timeout = milliseconds;
}

/**
 * si_token_store_lookup_async:
 * @self: a store
 * @callback: called with the token, si_token_store_lookup_finish()
 * @user_data: data for @callback
 *
 * Looks for the token. The person may be asked to unlock the keyring.
 */
void
si_token_store_lookup_async (SiTokenStore       *self,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_return_if_fail (SI_IS_TOKEN_STORE (self));

  begin (self, si_token_store_lookup_async, run_lookup, NULL, callback, user_data);
}

/**
 * si_token_store_lookup_finish:
 * @self: a store
 * @result: what the callback was given
 * @subject: (out) (optional) (nullable) (transfer full): whose token it is, where that is
 *   known
 * @error: return location for an error of the keyring's, of whatever domain
 *
 * Returns: (transfer full) (nullable): the token, to be freed with si_secret_free();
 *   %NULL, without an error, where there is none
 */
char *
si_token_store_lookup_finish (SiTokenStore *self,
                              GAsyncResult *result,
                              char        **subject,
                              GError      **error)
{
  char       *text;
  char       *token;
  const char *separator;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (subject != NULL)
    *subject = NULL;
  text = g_task_propagate_pointer (G_TASK (result), error);
  if (text == NULL)
    return NULL;

  separator = strstr (text, SEPARATOR);
  token = g_strdup (separator != NULL ? separator + strlen (SEPARATOR) : text);
  if (subject != NULL && separator != NULL && separator > text)
    *subject = g_strndup (text, separator - text);
  secret_password_free (text);

  return token;
}

/**
 * si_token_store_store_async:
 * @self: a store
 * @token: the token
 * @subject: (nullable): whose it is, where that is known
 * @callback: (nullable): called when it is done, si_token_store_change_finish()
 * @user_data: data for @callback
 *
 * Keeps a token, in place of the one that was kept before.
 */
void
si_token_store_store_async (SiTokenStore       *self,
                            const char         *token,
                            const char         *subject,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  char *text;

  g_return_if_fail (SI_IS_TOKEN_STORE (self));

  text = g_strconcat (subject != NULL ? subject : "", SEPARATOR, token, NULL);
  begin (self, si_token_store_store_async, run_store, text, callback, user_data);
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

  begin (self, si_token_store_clear_async, run_clear, NULL, callback, user_data);
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
