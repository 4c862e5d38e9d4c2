/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-rest-provider.h"

#include "si-error.h"
#include "si-http.h"
#include "si-rest-messages.h"

/* The provider for backends that speak our own contract (data/contract.md). It remembers
 * the last capabilities and security info, so that asking again costs a 304 where nothing
 * changed. */

struct _SiRestProvider {
  GObject parent_instance;

  SiHttp         *http;
  SiCapabilities *capabilities;
  SiSecurityInfo *info;
};

static void provider_iface_init (SiProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SiRestProvider,
                               si_rest_provider,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SI_TYPE_PROVIDER,
                                                      provider_iface_init))

/* What an operation keeps while it is under way. */
typedef struct {
  SiVerification  *verification;
  guint            delay;
  SiSecurityInfo  *info;
  char            *method_id;
  SiDefaultOption *option;
  gboolean         repeated;
} Operation;

static void
operation_free (Operation *operation)
{
  g_clear_object (&operation->verification);
  g_clear_object (&operation->info);
  g_clear_pointer (&operation->method_id, g_free);
  g_clear_object (&operation->option);
  g_free (operation);
}

static GTask *
new_task (gpointer            self,
          gpointer            source_tag,
          GCancellable       *cancellable,
          GAsyncReadyCallback callback,
          gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, g_new0 (Operation, 1), (GDestroyNotify) operation_free);

  return task;
}

/* Takes the references to @task and @request. */
static void
send (GTask *task, SiHttpRequest *request, GAsyncReadyCallback callback)
{
  SiRestProvider *self = g_task_get_source_object (task);

  si_http_send_async (self->http, request, g_task_get_cancellable (task), callback, task);
  g_object_unref (request);
}

static gpointer
finish_pointer (SiProvider *provider, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, provider), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
finish_boolean (SiProvider *provider, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, provider), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Takes @object, or @error where @response made none. The error comes by reference,
 * because what makes the object is called among the arguments. */
static void
return_object (GTask *task, SiHttpResponse *response, gpointer object, GError **error)
{
  if (object == NULL) {
    g_task_return_error (task, si_error_new_from_transport (
                                   *error, si_http_response_get_request_id (response)));
    g_clear_error (error);
    return;
  }

  g_task_return_pointer (task, object, g_object_unref);
}

static SiProviderFeatures
get_features (SiProvider *provider)
{
  return SI_PROVIDER_FEATURE_ADD_PHONE | SI_PROVIDER_FEATURE_CHANGE_PHONE
         | SI_PROVIDER_FEATURE_VERIFY | SI_PROVIDER_FEATURE_SWITCH_CHANNEL
         | SI_PROVIDER_FEATURE_DELETE | SI_PROVIDER_FEATURE_DEFAULT;
}

static void
load_capabilities_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)          task = user_data;
  SiRestProvider            *self = g_task_get_source_object (task);
  GError                    *error = NULL;
  g_autoptr (SiHttpResponse) response
      = si_http_send_finish (SI_HTTP (source), result, &error);
  g_autoptr (SiCapabilities) capabilities = NULL;

  if (response == NULL) {
    g_task_return_error (task, error);
    return;
  }

  if (si_http_response_get_status (response) == SOUP_STATUS_NOT_MODIFIED)
    g_set_object (&capabilities, self->capabilities);
  else
    capabilities = si_rest_messages_read_capabilities (response, &error);

  if (capabilities != NULL)
    g_set_object (&self->capabilities, capabilities);
  return_object (task, response, g_steal_pointer (&capabilities), &error);
}

static void
load_capabilities_async (SiProvider         *provider,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  SiRestProvider *self = SI_REST_PROVIDER (provider);
  SiHttpRequest  *request = si_http_request_new (SOUP_METHOD_GET, "/v1/capabilities");

  if (self->capabilities != NULL)
    si_http_request_set_header (request, "If-None-Match",
                                si_capabilities_get_etag (self->capabilities));
  send (new_task (self, load_capabilities_async, cancellable, callback, user_data),
        request, load_capabilities_cb);
}

static SiCapabilities *
load_capabilities_finish (SiProvider *provider, GAsyncResult *result, GError **error)
{
  return finish_pointer (provider, result, error);
}

/* Keeps the security info of @response, or what is kept already where it did not change.
 */
static SiSecurityInfo *
take_info (SiRestProvider *self, SiHttpResponse *response, GError **error)
{
  g_autoptr (SiSecurityInfo) info = NULL;

  if (si_http_response_get_status (response) == SOUP_STATUS_NOT_MODIFIED)
    g_set_object (&info, self->info);
  else
    info = si_rest_messages_read_info (response, error);

  if (info != NULL)
    g_set_object (&self->info, info);

  return g_steal_pointer (&info);
}

static void
info_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)          task = user_data;
  SiRestProvider            *self = g_task_get_source_object (task);
  GError                    *error = NULL;
  g_autoptr (SiHttpResponse) response
      = si_http_send_finish (SI_HTTP (source), result, &error);

  if (response == NULL)
    g_task_return_error (task, error);
  else
    return_object (task, response, take_info (self, response, &error), &error);
}

static void
load_security_info_async (SiProvider         *provider,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  SiRestProvider *self = SI_REST_PROVIDER (provider);
  SiHttpRequest  *request = si_http_request_new (SOUP_METHOD_GET, "/v1/me/security-info");

  if (self->info != NULL)
    si_http_request_set_header (request, "If-None-Match",
                                si_security_info_get_etag (self->info));
  send (new_task (self, load_security_info_async, cancellable, callback, user_data),
        request, info_cb);
}

static SiSecurityInfo *
info_finish (SiProvider *provider, GAsyncResult *result, GError **error)
{
  return finish_pointer (provider, result, error);
}

static void
verification_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)          task = user_data;
  GError                    *error = NULL;
  g_autoptr (SiHttpResponse) response
      = si_http_send_finish (SI_HTTP (source), result, &error);

  if (response == NULL)
    g_task_return_error (task, error);
  else
    return_object (task, response, si_rest_messages_read_verification (response, &error),
                   &error);
}

static SiVerification *
verification_finish (SiProvider *provider, GAsyncResult *result, GError **error)
{
  return finish_pointer (provider, result, error);
}

static void
start_verification_async (SiProvider            *provider,
                          SiVerificationRequest *request,
                          GCancellable          *cancellable,
                          GAsyncReadyCallback    callback,
                          gpointer               user_data)
{
  send (new_task (provider, start_verification_async, cancellable, callback, user_data),
        si_rest_messages_new_start (request), verification_cb);
}

static void
get_verification_async (SiProvider         *provider,
                        const char         *location,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  send (new_task (provider, get_verification_async, cancellable, callback, user_data),
        si_http_request_new (SOUP_METHOD_GET, location), verification_cb);
}

static void
poll_verification_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)          task = user_data;
  Operation                 *operation = g_task_get_task_data (task);
  GError                    *error = NULL;
  g_autoptr (SiHttpResponse) response
      = si_http_send_finish (SI_HTTP (source), result, &error);

  if (response == NULL) {
    g_task_return_error (task, error);
    return;
  }

  operation->delay = si_rest_messages_read_delay (response);
  if (si_http_response_get_status (response) == SOUP_STATUS_NOT_MODIFIED)
    g_task_return_pointer (task, g_steal_pointer (&operation->verification),
                           g_object_unref);
  else
    return_object (task, response, si_rest_messages_read_verification (response, &error),
                   &error);
}

static void
poll_verification_async (SiProvider         *provider,
                         SiVerification     *verification,
                         guint               wait,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  GTask *task
      = new_task (provider, poll_verification_async, cancellable, callback, user_data);
  Operation *operation = g_task_get_task_data (task);

  operation->verification = g_object_ref (verification);
  send (task, si_rest_messages_new_poll (verification, wait), poll_verification_cb);
}

static SiVerification *
poll_verification_finish (SiProvider   *provider,
                          GAsyncResult *result,
                          guint        *delay,
                          GError      **error)
{
  Operation *operation;

  g_return_val_if_fail (g_task_is_valid (result, provider), NULL);

  operation = g_task_get_task_data (G_TASK (result));
  *delay = operation->delay;

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
submit_code_async (SiProvider         *provider,
                   SiVerification     *verification,
                   const char         *code,
                   GCancellable       *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer            user_data)
{
  send (new_task (provider, submit_code_async, cancellable, callback, user_data),
        si_rest_messages_new_code (verification, code), verification_cb);
}

static void
resend_async (SiProvider         *provider,
              SiVerification     *verification,
              SiChannel           channel,
              const char         *idempotency_key,
              GCancellable       *cancellable,
              GAsyncReadyCallback callback,
              gpointer            user_data)
{
  send (new_task (provider, resend_async, cancellable, callback, user_data),
        si_rest_messages_new_resend (verification, channel, idempotency_key),
        verification_cb);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)          task = user_data;
  GError                    *error = NULL;
  g_autoptr (SiHttpResponse) response
      = si_http_send_finish (SI_HTTP (source), result, &error);

  if (response == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
cancel_verification_async (SiProvider         *provider,
                           SiVerification     *verification,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  send (new_task (provider, cancel_verification_async, cancellable, callback, user_data),
        si_rest_messages_new_cancel (verification), done_cb);
}

/* Whether a method is still the phone that the person saw under its id. */
static gboolean
has_same_number (SiMethod *seen, SiMethod *now)
{
  return seen != NULL && now != NULL
         && g_strcmp0 (si_method_get_number (seen), si_method_get_number (now)) == 0;
}

/* Whether the method, its number and whether it is the default are as the person saw
 * them. */
static gboolean
method_is_unchanged (SiMethod *seen, SiMethod *now)
{
  return has_same_number (seen, now)
         && si_method_get_is_default (seen) == si_method_get_is_default (now);
}

/* Whether the backend itself says so: a proxy's 404 page says nothing of the method. */
static gboolean
is_gone (const GError *error)
{
  SiProblem *problem = error != NULL ? si_error_get_problem (error) : NULL;

  return problem != NULL && si_problem_get_code (problem) == SI_PROBLEM_NOT_FOUND
         && si_problem_get_code_word (problem) != NULL;
}

static void delete_method_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
reload_before_delete_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)          task = user_data;
  Operation                 *operation = g_task_get_task_data (task);
  GError                    *error = NULL;
  g_autoptr (SiSecurityInfo) info
      = si_provider_load_security_info_finish (SI_PROVIDER (source), result, &error);
  SiMethod *seen, *now;

  if (info == NULL) {
    g_task_return_error (task, error);
    return;
  }

  seen = si_security_info_find_method (operation->info, operation->method_id);
  now = si_security_info_find_method (info, operation->method_id);
  if (now == NULL)
    g_task_return_boolean (task, TRUE);
  else if (method_is_unchanged (seen, now))
    send (g_steal_pointer (&task),
          si_rest_messages_new_delete (info, operation->method_id), delete_method_cb);
  else
    g_task_return_new_error (task, SI_ERROR, SI_ERROR_CHANGED, "The method was changed");
}

static void
delete_method_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)          task = user_data;
  Operation                 *operation = g_task_get_task_data (task);
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiHttpResponse) response
      = si_http_send_finish (SI_HTTP (source), result, &error);

  if (response != NULL || is_gone (error)) {
    g_task_return_boolean (task, TRUE);
  } else if (g_error_matches (error, SI_ERROR, SI_ERROR_CHANGED)
             && !operation->repeated) {
    operation->repeated = TRUE;
    si_provider_load_security_info_async (g_task_get_source_object (task),
                                          g_task_get_cancellable (task),
                                          reload_before_delete_cb, g_object_ref (task));
  } else {
    g_task_return_error (task, g_steal_pointer (&error));
  }
}

static void
delete_method_async (SiProvider         *provider,
                     SiSecurityInfo     *info,
                     const char         *method_id,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  GTask *task
      = new_task (provider, delete_method_async, cancellable, callback, user_data);
  Operation *operation = g_task_get_task_data (task);

  operation->info = g_object_ref (info);
  operation->method_id = g_strdup (method_id);
  send (task, si_rest_messages_new_delete (info, method_id), delete_method_cb);
}

/* Whether @now offers the option as the person saw it in @seen, and the same default. */
static gboolean
option_is_unchanged (SiSecurityInfo *seen, SiSecurityInfo *now, SiDefaultOption *option)
{
  const char *id = si_default_option_get_method_id (option);

  return si_security_info_has_default_option (now, option)
         && has_same_number (si_security_info_find_method (seen, id),
                             si_security_info_find_method (now, id))
         && si_default_option_equal (si_security_info_get_default (now),
                                     si_security_info_get_default (seen));
}

static void set_default_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
reload_before_default_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)          task = user_data;
  Operation                 *operation = g_task_get_task_data (task);
  GError                    *error = NULL;
  g_autoptr (SiSecurityInfo) info
      = si_provider_load_security_info_finish (SI_PROVIDER (source), result, &error);

  if (info == NULL)
    g_task_return_error (task, error);
  else if (si_default_option_equal (si_security_info_get_default (info),
                                    operation->option))
    g_task_return_pointer (task, g_steal_pointer (&info), g_object_unref);
  else if (option_is_unchanged (operation->info, info, operation->option))
    send (g_steal_pointer (&task),
          si_rest_messages_new_set_default (info, operation->option), set_default_cb);
  else
    g_task_return_new_error (task, SI_ERROR, SI_ERROR_CHANGED,
                             "The options were changed");
}

static void
set_default_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)          task = user_data;
  SiRestProvider            *self = g_task_get_source_object (task);
  Operation                 *operation = g_task_get_task_data (task);
  GError                    *error = NULL;
  g_autoptr (SiHttpResponse) response
      = si_http_send_finish (SI_HTTP (source), result, &error);

  if (response != NULL) {
    return_object (task, response, take_info (self, response, &error), &error);
  } else if (g_error_matches (error, SI_ERROR, SI_ERROR_CHANGED)
             && !operation->repeated) {
    g_error_free (error);
    operation->repeated = TRUE;
    si_provider_load_security_info_async (SI_PROVIDER (self),
                                          g_task_get_cancellable (task),
                                          reload_before_default_cb, g_object_ref (task));
  } else {
    g_task_return_error (task, error);
  }
}

static void
set_default_async (SiProvider         *provider,
                   SiSecurityInfo     *info,
                   SiDefaultOption    *option,
                   GCancellable       *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer            user_data)
{
  GTask *task = new_task (provider, set_default_async, cancellable, callback, user_data);
  Operation *operation = g_task_get_task_data (task);

  operation->info = g_object_ref (info);
  operation->option = g_object_ref (option);
  send (task, si_rest_messages_new_set_default (info, option), set_default_cb);
}

static void
provider_iface_init (SiProviderInterface *iface)
{
  iface->get_features = get_features;
  iface->load_capabilities_async = load_capabilities_async;
  iface->load_capabilities_finish = load_capabilities_finish;
  iface->load_security_info_async = load_security_info_async;
  iface->load_security_info_finish = info_finish;
  iface->start_verification_async = start_verification_async;
  iface->start_verification_finish = verification_finish;
  iface->get_verification_async = get_verification_async;
  iface->get_verification_finish = verification_finish;
  iface->poll_verification_async = poll_verification_async;
  iface->poll_verification_finish = poll_verification_finish;
  iface->submit_code_async = submit_code_async;
  iface->submit_code_finish = verification_finish;
  iface->resend_async = resend_async;
  iface->resend_finish = verification_finish;
  iface->cancel_verification_async = cancel_verification_async;
  iface->cancel_verification_finish = finish_boolean;
  iface->delete_method_async = delete_method_async;
  iface->delete_method_finish = finish_boolean;
  iface->set_default_async = set_default_async;
  iface->set_default_finish = info_finish;
}

static void
si_rest_provider_finalize (GObject *object)
{
  SiRestProvider *self = SI_REST_PROVIDER (object);

  g_clear_object (&self->http);
  g_clear_object (&self->capabilities);
  g_clear_object (&self->info);

  G_OBJECT_CLASS (si_rest_provider_parent_class)->finalize (object);
}

static void
si_rest_provider_class_init (SiRestProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_rest_provider_finalize;
}

static void
si_rest_provider_init (SiRestProvider *self)
{
}

/**
 * si_rest_provider_new:
 * @http: a connection to the backend
 *
 * Returns: (transfer full): a provider for a backend that speaks the contract
 */
SiProvider *
si_rest_provider_new (SiHttp *http)
{
  SiRestProvider *self = g_object_new (SI_TYPE_REST_PROVIDER, NULL);

  self->http = g_object_ref (http);

  return SI_PROVIDER (self);
}
