/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-broker.h"

#include <string.h>

#include "si-broker-messages.h"
#include "si-clock.h"
#include "si-error.h"
#include "si-json.h"
#include "si-secret.h"

/* The identity broker of a managed computer: a service of the session, Microsoft's or
 * Himmelblau's, for which somebody has signed in already and which gives tokens away. It
 * is asked for one that nobody has to do anything for; whatever comes in between means
 * that there is none, and that the browser is the way. It owns no token, and nothing is
 * sent where the bus knows no broker. */

#define BROKER_NAME "com.microsoft.identity.broker1"
#define BROKER_PATH "/com/microsoft/identity/broker1"
#define BROKER_INTERFACE "com.microsoft.identity.Broker1"
#define PROTOCOL_VERSION "0.0"

#define TIMEOUT_MS 5000

struct _SiBroker {
  GObject parent_instance;

  GDBusConnection *connection; /* NULL for the session bus */
  char            *client_id;
  char            *authority;
  GStrv            scopes;
  guint            timeout; /* milliseconds for all the calls of one token */
};

G_DEFINE_FINAL_TYPE (SiBroker, si_broker, G_TYPE_OBJECT)

/* What one token takes: several calls on one connection within one time. */
typedef struct {
  GDBusConnection *connection;
  char            *correlation_id;
  char            *claims;
  SiSecret        *refused_token;
  JsonObject      *account;
  gint64           deadline; /* on si_clock_get_time()'s clock */
} Attempt;

static Attempt *
attempt_new (SiBroker *self, SiChallenge *challenge, const char *refused_token)
{
  Attempt *attempt = g_new0 (Attempt, 1);

  g_set_object (&attempt->connection, self->connection);
  attempt->correlation_id = g_uuid_string_random ();
  if (challenge != NULL)
    attempt->claims = g_strdup (si_challenge_get_claims (challenge));
  attempt->refused_token = g_strdup (refused_token);
  attempt->deadline = si_clock_get_time () + (gint64) self->timeout * 1000;

  return attempt;
}

static void
attempt_free (Attempt *attempt)
{
  g_clear_object (&attempt->connection);
  g_free (attempt->correlation_id);
  g_free (attempt->claims);
  si_secret_free (attempt->refused_token);
  g_clear_pointer (&attempt->account, json_object_unref);
  g_free (attempt);
}

/* The issuer of tokens of version 2.0 is called so; the authority is the part before. */
static char *
dup_authority (const char *issuer)
{
  static const char *const ends[] = { "/", "/v2.0" };
  g_autofree char         *authority = g_strdup (issuer);

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_suffix (authority, ends[i]))
      authority[strlen (authority) - strlen (ends[i])] = '\0';

  return g_steal_pointer (&authority);
}

/* Brokers add these scopes by themselves. Microsoft's takes it for a refusal where they
 * were asked for, since no token names them. */
static GStrv
dup_resource_scopes (const char *const *scopes)
{
  static const char *const reserved[] = { "openid", "profile", "offline_access", NULL };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = 0; scopes[i] != NULL; i++)
    if (!g_strv_contains (reserved, scopes[i]))
      g_strv_builder_add (builder, scopes[i]);

  return g_strv_builder_end (builder);
}

/* Brokers pass claims on. How long ago the sign-in was, or by which means, is nothing
 * that they look at when they are not to ask anybody. */
static gboolean
can_be_silent (SiChallenge *challenge)
{
  return challenge == NULL
         || (si_challenge_get_claims (challenge) != NULL
             && si_challenge_get_max_age (challenge) < 0
             && si_challenge_get_acr_values (challenge) == NULL);
}

static void
give_up (GTask *task, const char *why)
{
  g_task_return_new_error (task, SI_ERROR, SI_ERROR_SIGN_IN_REQUIRED,
                           "No token from an identity broker: %s", why);
}

/* A broker writes names into its errors, and can make them look like any other, even like
 * that of a cancelled operation; so that there was one is all that is told, and whether
 * the operation was cancelled only the task knows. */
static GVariant *
finish_call (GObject *connection, GAsyncResult *result, GTask *task)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *why = NULL;
  GVariant          *reply;

  reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (connection), result, &error);
  if (reply != NULL)
    return reply;

  if (g_dbus_error_is_remote_error (error))
    why = g_strdup ("It answered with an error, or is gone");
  else
    why = g_strdup_printf ("It gave no answer (%s, code %d)",
                           g_quark_to_string (error->domain), error->code);
  give_up (task, why);

  return NULL;
}

/* No call may take longer than is left. */
static int
get_time_left (Attempt *attempt)
{
  gint64 left = (attempt->deadline - si_clock_get_time ()) / 1000;

  return (int) MAX (left, 1);
}

static void
call_bus (GTask              *task,
          const char         *method,
          GVariant           *parameters,
          const char         *reply_type,
          GAsyncReadyCallback callback)
{
  Attempt *attempt = g_task_get_task_data (task);

  g_dbus_connection_call (attempt->connection, "org.freedesktop.DBus",
                          "/org/freedesktop/DBus", "org.freedesktop.DBus", method,
                          parameters, G_VARIANT_TYPE (reply_type), G_DBUS_CALL_FLAGS_NONE,
                          get_time_left (attempt), g_task_get_cancellable (task),
                          callback, g_object_ref (task));
}

static void
call_broker (GTask              *task,
             const char         *method,
             const char         *request,
             GAsyncReadyCallback callback)
{
  Attempt *attempt = g_task_get_task_data (task);

  g_dbus_connection_call (
      attempt->connection, BROKER_NAME, BROKER_PATH, BROKER_INTERFACE, method,
      g_variant_new ("(sss)", PROTOCOL_VERSION, attempt->correlation_id, request),
      G_VARIANT_TYPE ("(s)"), G_DBUS_CALL_FLAGS_NONE, get_time_left (attempt),
      g_task_get_cancellable (task), callback, g_object_ref (task));
}

static void
token_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)    task = user_data;
  Attempt             *attempt = g_task_get_task_data (task);
  g_autoptr (GVariant) reply = finish_call (source, result, task);
  g_autoptr (GError)   error = NULL;
  g_autoptr (SiTokens) tokens = NULL;
  const char          *text;

  if (reply == NULL)
    return;

  g_variant_get (reply, "(&s)", &text);
  tokens = si_broker_messages_read_tokens (text, attempt->account, &error);
  if (tokens == NULL)
    give_up (task, error->message);
  else if (si_secret_equal (si_tokens_get_access_token (tokens), attempt->refused_token))
    give_up (task, "It has none but the one that was refused");
  else
    g_task_return_pointer (task, g_steal_pointer (&tokens), g_object_unref);
}

static void
ask_for_token (GTask *task)
{
  SiBroker            *self = g_task_get_source_object (task);
  Attempt             *attempt = g_task_get_task_data (task);
  g_autoptr (SiSecret) request = si_broker_messages_write_token (
      self->client_id, self->authority, (const char *const *) self->scopes,
      attempt->account, attempt->claims, attempt->refused_token);

  call_broker (task, "acquireTokenSilently", request, token_cb);
}

static void
accounts_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)    task = user_data;
  SiBroker            *self = g_task_get_source_object (task);
  Attempt             *attempt = g_task_get_task_data (task);
  g_autoptr (GVariant) reply = finish_call (source, result, task);
  g_autoptr (GError)   error = NULL;
  const char          *text;

  if (reply == NULL)
    return;

  g_variant_get (reply, "(&s)", &text);
  attempt->account = si_broker_messages_read_account (text, self->authority, &error);
  if (attempt->account != NULL)
    ask_for_token (task);
  else
    give_up (task, error->message);
}

static void
ask_for_account (GTask *task)
{
  SiBroker        *self = g_task_get_source_object (task);
  g_autofree char *request = si_broker_messages_write_accounts (self->client_id);

  call_broker (task, "getAccounts", request, accounts_cb);
}

static void
owner_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)    task = user_data;
  g_autoptr (GVariant) reply = finish_call (source, result, task);
  gboolean             has_owner;

  if (reply == NULL)
    return;

  g_variant_get (reply, "(b)", &has_owner);
  if (has_owner)
    ask_for_account (task);
  else
    give_up (task, "There is none");
}

static void
activatable_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)       task = user_data;
  g_autoptr (GVariant)    reply = finish_call (source, result, task);
  g_autofree const char **names = NULL;

  if (reply == NULL)
    return;

  g_variant_get (reply, "(^a&s)", &names);
  if (g_strv_contains (names, BROKER_NAME))
    ask_for_account (task);
  else
    call_bus (task, "NameHasOwner", g_variant_new ("(s)", BROKER_NAME), "(b)", owner_cb);
}

static void
look_for_broker (GTask *task)
{
  call_bus (task, "ListActivatableNames", NULL, "(as)", activatable_cb);
}

static void
bus_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Attempt          *attempt = g_task_get_task_data (task);

  attempt->connection = g_bus_get_finish (result, NULL);
  if (attempt->connection != NULL)
    look_for_broker (task);
  else
    give_up (task, "There is no session bus");
}

static void
si_broker_finalize (GObject *object)
{
  SiBroker *self = SI_BROKER (object);

  g_clear_object (&self->connection);
  g_clear_pointer (&self->client_id, g_free);
  g_clear_pointer (&self->authority, g_free);
  g_clear_pointer (&self->scopes, g_strfreev);

  G_OBJECT_CLASS (si_broker_parent_class)->finalize (object);
}

static void
si_broker_class_init (SiBrokerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_broker_finalize;
}

static void
si_broker_init (SiBroker *self)
{
  self->timeout = TIMEOUT_MS;
}

/**
 * si_broker_new:
 * @connection: (nullable): the bus that the broker is on, %NULL for the session's
 * @client_id: as whom the app is registered
 * @authority: who gives the tokens: the issuer, with or without `/v2.0`
 * @scopes: what the tokens are to be good for; `openid`, `profile` and `offline_access`
 *   are left out
 *
 * Brokers know Microsoft's authorities alone. Whether @authority is one is for the caller
 * to see to.
 *
 * Returns: (transfer full): a way to the broker; nothing is asked of it yet
 */
SiBroker *
si_broker_new (GDBusConnection   *connection,
               const char        *client_id,
               const char        *authority,
               const char *const *scopes)
{
  SiBroker *self = g_object_new (SI_TYPE_BROKER, NULL);

  g_set_object (&self->connection, connection);
  self->client_id = g_strdup (client_id);
  self->authority = dup_authority (authority);
  self->scopes = dup_resource_scopes (scopes);

  return self;
}

/**
 * si_broker_set_timeout:
 * @self: a broker
 * @milliseconds: for how long to wait for a token from now on, 5 seconds where it is not
 *   set
 */
void
si_broker_set_timeout (SiBroker *self, guint milliseconds)
{
  g_return_if_fail (SI_IS_BROKER (self));

  self->timeout = milliseconds;
}

/**
 * si_broker_acquire_token_async:
 * @self: a broker
 * @challenge: (nullable): what the backend asks of a new sign-in. What only a person can
 *   do, a broker is not asked for
 * @refused_token: (nullable): the token that the backend refused, not to be given again
 * @cancellable: (nullable): cancels it
 * @callback: called with the token, si_broker_acquire_token_finish()
 * @user_data: data for @callback
 *
 * Asks the broker for a token, if there is one. Nobody is asked to do anything. Of
 * several accounts it is the first that the authority takes: where that is one
 * organization, named by its id, the first of that organization, else the first of all. A
 * caller who has had tokens compares their subject, since another account may have become
 * the first.
 *
 * Himmelblau pays no attention to claims: a token that was got for a challenge may be
 * refused for the same one, and then the browser is the way.
 */
void
si_broker_acquire_token_async (SiBroker           *self,
                               SiChallenge        *challenge,
                               const char         *refused_token,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Attempt          *attempt;

  g_return_if_fail (SI_IS_BROKER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, si_broker_acquire_token_async);

  attempt = attempt_new (self, challenge, refused_token);
  g_task_set_task_data (task, attempt, (GDestroyNotify) attempt_free);

  if (!can_be_silent (challenge))
    give_up (task, "The backend asks for what only a person can do");
  else if (self->scopes[0] == NULL)
    give_up (task, "There is nothing to ask for");
  else if (attempt->connection != NULL)
    look_for_broker (task);
  else
    g_bus_get (G_BUS_TYPE_SESSION, cancellable, bus_cb, g_steal_pointer (&task));
}

/**
 * si_broker_acquire_token_finish:
 * @self: a broker
 * @result: what the callback was given
 * @username: (out) (optional) (nullable) (transfer full): whose token it is, as people
 *   know the account: show it
 * @error: return location for %SI_ERROR_SIGN_IN_REQUIRED without a problem, whatever came
 *   in between: go on with the browser, and say nothing. Or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the token, without one to renew it with, or %NULL with @error
 *   set
 */
SiTokens *
si_broker_acquire_token_finish (SiBroker     *self,
                                GAsyncResult *result,
                                char        **username,
                                GError      **error)
{
  SiTokens *tokens;
  Attempt  *attempt;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  tokens = g_task_propagate_pointer (G_TASK (result), error);
  attempt = g_task_get_task_data (G_TASK (result));
  if (username != NULL)
    *username = tokens != NULL
                    ? g_strdup (si_json_get_string (attempt->account, "username"))
                    : NULL;

  return tokens;
}
