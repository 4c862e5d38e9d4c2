/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-introspector.h"

#include <string.h>

#include "si-grant-cache.h"
#include "si-http.h"
#include "si-introspection.h"
#include "si-secret.h"

/* Asks an identity provider what tokens are worth (RFC 7662). One that comes in several
 * requests at once is asked about once, and what the provider vouched for a moment ago
 * is not asked about again. */
struct _SiIntrospector {
  GObject parent_instance;

  const SiServerOptions *options;
  SiHttp                *http;
  SiGrantCache          *cache;
  GHashTable            *questions; /* under way, by their tokens' digests */
  GCancellable          *stopped;
};

G_DEFINE_FINAL_TYPE (SiIntrospector, si_introspector, G_TYPE_OBJECT)

/* What is longer is no token, and need not be sent around. */
#define MAX_TOKEN_LENGTH 8192
/* RFC 6750, section 2.1. */
#define TOKEN_CHARACTERS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-._~+/"

typedef struct {
  char      *digest;
  SiSecret  *token;
  GPtrArray *tasks; /* who waits for the answer */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->digest);
  si_secret_free (question->token);
  g_ptr_array_unref (question->tasks);
  g_free (question);
}

static gboolean
is_token (const char *token)
{
  gsize length = strspn (token, TOKEN_CHARACTERS);

  return length > 0 && strlen (token) <= MAX_TOKEN_LENGTH
         && token[length + strspn (token + length, "=")] == '\0';
}

static char *
escape (const char *text)
{
  return g_uri_escape_string (text, NULL, FALSE);
}

/* Both are encoded as in a form before they are joined (RFC 6749, section 2.3.1). */
static char *
make_authorization (const SiServerOptions *options)
{
  g_autofree char     *client = escape (options->introspect_client);
  g_autoptr (SiSecret) secret = escape (options->introspect_secret);
  g_autoptr (SiSecret) pair = g_strconcat (client, ":", secret, NULL);
  g_autoptr (SiSecret) encoded = g_base64_encode ((guchar *) pair, strlen (pair));

  return g_strconcat ("Basic ", encoded, NULL);
}

static SiHttpRequest *
make_request (SiIntrospector *self, const char *token)
{
  g_autoptr (SiSecret) authorization = make_authorization (self->options);
  SiForm              *form = si_form_new ();
  SiHttpRequest       *request
      = si_http_request_new (SOUP_METHOD_POST, self->options->introspect_url);

  si_form_add (form, "token", token);
  si_form_add (form, "token_type_hint", "access_token");
  si_http_request_set_form (request, form);
  si_http_request_set_header (request, "Authorization", authorization);

  return request;
}

/* Whether the provider's answer makes sense; where it does not, it is for the log, which
 * gets to see neither the token nor the answer. */
static gboolean
read_answer (SiIntrospector *self,
             Question       *question,
             GAsyncResult   *result,
             SiGrant       **grant,
             GError        **error)
{
  g_autoptr (SiHttpResponse) response = si_http_send_finish (self->http, result, error);
  JsonObject                *answer;

  if (response == NULL)
    return FALSE;

  answer = si_http_response_get_object (response);
  if (answer == NULL) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                         "The answer is empty");
    return FALSE;
  }

  return si_introspection_read (answer, question->token, self->options, grant, error);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Question             *question = user_data;
  g_autoptr (GError)    error = NULL;
  g_autoptr (SiGrant)   grant = NULL;
  g_autoptr (GPtrArray) tasks = g_ptr_array_ref (question->tasks);
  SiIntrospector       *self = g_task_get_source_object (g_ptr_array_index (tasks, 0));

  if (!read_answer (self, question, result, &grant, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("The identity provider does not say what a token is worth: %s",
               error->message);
  if (grant != NULL)
    si_grant_cache_add (self->cache, grant);

  /* Before anybody hears of the answer, and may ask again. */
  g_hash_table_remove (self->questions, question->digest);

  for (guint i = 0; i < tasks->len; i++) {
    GTask *task = g_ptr_array_index (tasks, i);

    if (error != NULL)
      g_task_return_error (task, g_error_copy (error));
    else
      g_task_return_pointer (task, grant != NULL ? si_grant_ref (grant) : NULL,
                             (GDestroyNotify) si_grant_unref);
  }
}

static void
ask (SiIntrospector *self, char *digest, const char *token, GTask *task)
{
  Question                 *question = g_new0 (Question, 1);
  g_autoptr (SiHttpRequest) request = make_request (self, token);

  question->digest = digest;
  question->token = g_strdup (token);
  question->tasks = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (question->tasks, task);
  g_hash_table_insert (self->questions, question->digest, question);

  si_http_send_async (self->http, request, self->stopped, answered_cb, question);
}

static void
si_introspector_finalize (GObject *object)
{
  SiIntrospector *self = SI_INTROSPECTOR (object);

  g_clear_object (&self->http);
  g_clear_pointer (&self->cache, si_grant_cache_free);
  g_clear_pointer (&self->questions, g_hash_table_unref);
  g_clear_object (&self->stopped);

  G_OBJECT_CLASS (si_introspector_parent_class)->finalize (object);
}

static void
si_introspector_class_init (SiIntrospectorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_introspector_finalize;
}

static void
si_introspector_init (SiIntrospector *self)
{
  self->http = si_http_new (NULL, NULL);
  self->questions = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, question_free);
  self->stopped = g_cancellable_new ();
}

/**
 * si_introspector_new:
 * @options: (transfer none): with the provider's address and who the server is to it;
 *   they must be there until si_introspector_stop()
 *
 * Returns: (transfer full): the introspector
 */
SiIntrospector *
si_introspector_new (const SiServerOptions *options)
{
  SiIntrospector *self = g_object_new (SI_TYPE_INTROSPECTOR, NULL);

  self->options = options;
  self->cache = si_grant_cache_new (options->introspect_cache);

  return self;
}

/**
 * si_introspector_stop:
 * @self: an introspector
 *
 * Ends what is under way, with %G_IO_ERROR_CANCELLED, and what would come after.
 */
void
si_introspector_stop (SiIntrospector *self)
{
  g_cancellable_cancel (self->stopped);
}

/**
 * si_introspector_check_async:
 * @self: an introspector
 * @token: what came with a request
 * @callback: called when it is known what that is worth
 * @user_data: data for @callback
 *
 * Can be cancelled by si_introspector_stop() alone: others may wait for the same answer.
 */
void
si_introspector_check_async (SiIntrospector     *self,
                             const char         *token,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, self->stopped, callback, user_data);
  g_autofree char  *digest = si_grant_dup_digest (token);
  SiGrant          *known = si_grant_cache_find (self->cache, digest);
  Question         *question = g_hash_table_lookup (self->questions, digest);

  g_task_set_source_tag (task, si_introspector_check_async);

  if (known != NULL)
    g_task_return_pointer (task, si_grant_ref (known), (GDestroyNotify) si_grant_unref);
  else if (!is_token (token))
    g_task_return_pointer (task, NULL, NULL);
  else if (question != NULL)
    g_ptr_array_add (question->tasks, g_steal_pointer (&task));
  else
    ask (self, g_steal_pointer (&digest), token, g_steal_pointer (&task));
}

/**
 * si_introspector_check_finish:
 * @self: an introspector
 * @result: what the callback was given
 * @grant: (out) (transfer full) (nullable): what the token stands for, or %NULL where it
 *   is worth nothing
 * @error: return location for an error
 *
 * Returns: whether the provider said
 */
gboolean
si_introspector_check_finish (SiIntrospector *self,
                              GAsyncResult   *result,
                              SiGrant       **grant,
                              GError        **error)
{
  g_autoptr (GError) problem = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  *grant = g_task_propagate_pointer (G_TASK (result), &problem);
  if (problem == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}
