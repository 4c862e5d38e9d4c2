/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-fake-provider.h"

#include "si-clock.h"
#include "si-error.h"

/* A provider that does nothing by itself: each request stays open until the test answers
 * it. So a test can look at what is on screen at any moment in between. */

struct _SiFakeProvider {
  GObject parent_instance;

  SiProviderFeatures features;
  GPtrArray         *tasks;
};

static void provider_iface_init (SiProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SiFakeProvider,
                               si_fake_provider,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SI_TYPE_PROVIDER,
                                                      provider_iface_init))

static void
canceled_cb (GTask *task)
{
  SiFakeProvider   *self = g_task_get_source_object (task);
  g_autoptr (GTask) kept = g_object_ref (task);

  /* One that was answered is on its way back. */
  if (g_ptr_array_remove (self->tasks, task))
    g_task_return_error_if_cancelled (kept);
}

static void
keep (gpointer            self,
      SiFakeRequest       request,
      const char         *argument,
      GCancellable       *cancellable,
      GAsyncReadyCallback callback,
      gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, GINT_TO_POINTER (request));
  g_task_set_task_data (task, g_strdup (argument), g_free);
  g_ptr_array_add (SI_FAKE_PROVIDER (self)->tasks, task);
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (canceled_cb), task,
                             G_CONNECT_SWAPPED);
}

static GTask *
find (SiFakeProvider *self, SiFakeRequest request)
{
  for (guint i = 0; i < self->tasks->len; i++) {
    GTask *task = g_ptr_array_index (self->tasks, i);

    if (g_task_get_source_tag (task) == GINT_TO_POINTER (request))
      return task;
  }

  return NULL;
}

static GTask *
take (SiFakeProvider *self, SiFakeRequest request)
{
  GTask *task = find (self, request);

  g_assert_nonnull (task);
  g_object_ref (task);
  g_ptr_array_remove (self->tasks, task);

  return task;
}

static gpointer
finish_pointer (SiProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
finish_boolean (SiProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static SiCapabilities *
finish_capabilities (SiProvider *provider, GAsyncResult *result, GError **error)
{
  return finish_pointer (provider, result, error);
}

static SiSecurityInfo *
finish_info (SiProvider *provider, GAsyncResult *result, GError **error)
{
  return finish_pointer (provider, result, error);
}

static SiVerification *
finish_verification (SiProvider *provider, GAsyncResult *result, GError **error)
{
  return finish_pointer (provider, result, error);
}

static SiVerification *
finish_poll (SiProvider *provider, GAsyncResult *result, guint *delay, GError **error)
{
  *delay = 0;

  return finish_pointer (provider, result, error);
}

static SiProviderFeatures
get_features (SiProvider *provider)
{
  return SI_FAKE_PROVIDER (provider)->features;
}

static void
load_capabilities (SiProvider         *self,
                   GCancellable       *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer            user_data)
{
  keep (self, SI_FAKE_CAPABILITIES, NULL, cancellable, callback, user_data);
}

static void
load_info (SiProvider         *self,
           GCancellable       *cancellable,
           GAsyncReadyCallback callback,
           gpointer            user_data)
{
  keep (self, SI_FAKE_INFO, NULL, cancellable, callback, user_data);
}

static void
start (SiProvider            *self,
       SiVerificationRequest *request,
       GCancellable          *cancellable,
       GAsyncReadyCallback    callback,
       gpointer               user_data)
{
  g_autofree char *text = g_strdup_printf (
      "%s %s %s %s", si_purpose_to_word (si_verification_request_get_purpose (request)),
      si_phone_use_to_word (si_verification_request_get_use (request)),
      si_verification_request_get_number (request),
      si_channel_to_word (si_verification_request_get_channel (request)));

  keep (self, SI_FAKE_START, text, cancellable, callback, user_data);
}

static void
get_verification (SiProvider         *self,
                  const char         *location,
                  GCancellable       *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer            user_data)
{
  keep (self, SI_FAKE_GET, location, cancellable, callback, user_data);
}

static void
poll (SiProvider         *self,
      SiVerification     *verification,
      guint               wait,
      GCancellable       *cancellable,
      GAsyncReadyCallback callback,
      gpointer            user_data)
{
  keep (self, SI_FAKE_POLL, NULL, cancellable, callback, user_data);
}

static void
submit_code (SiProvider         *self,
             SiVerification     *verification,
             const char         *code,
             GCancellable       *cancellable,
             GAsyncReadyCallback callback,
             gpointer            user_data)
{
  keep (self, SI_FAKE_CODE, code, cancellable, callback, user_data);
}

static void
resend (SiProvider         *self,
        SiVerification     *verification,
        SiChannel           channel,
        const char         *idempotency_key,
        GCancellable       *cancellable,
        GAsyncReadyCallback callback,
        gpointer            user_data)
{
  keep (self, SI_FAKE_RESEND, si_channel_to_word (channel), cancellable, callback,
        user_data);
}

static void
cancel (SiProvider         *self,
        SiVerification     *verification,
        GCancellable       *cancellable,
        GAsyncReadyCallback callback,
        gpointer            user_data)
{
  keep (self, SI_FAKE_CANCEL, si_verification_get_id (verification), cancellable,
        callback, user_data);
}

static void
delete_method (SiProvider         *self,
               SiSecurityInfo     *info,
               const char         *method_id,
               GCancellable       *cancellable,
               GAsyncReadyCallback callback,
               gpointer            user_data)
{
  keep (self, SI_FAKE_DELETE, method_id, cancellable, callback, user_data);
}

static void
set_default (SiProvider         *self,
             SiSecurityInfo     *info,
             SiDefaultOption    *option,
             GCancellable       *cancellable,
             GAsyncReadyCallback callback,
             gpointer            user_data)
{
  const char      *channel = si_channel_to_word (si_default_option_get_channel (option));
  g_autofree char *text = g_strdup_printf (
      "%s %s", si_default_option_get_method_id (option), channel != NULL ? channel : "-");

  keep (self, SI_FAKE_SET_DEFAULT, text, cancellable, callback, user_data);
}

static void
provider_iface_init (SiProviderInterface *iface)
{
  iface->get_features = get_features;
  iface->load_capabilities_async = load_capabilities;
  iface->load_capabilities_finish = finish_capabilities;
  iface->load_security_info_async = load_info;
  iface->load_security_info_finish = finish_info;
  iface->start_verification_async = start;
  iface->start_verification_finish = finish_verification;
  iface->get_verification_async = get_verification;
  iface->get_verification_finish = finish_verification;
  iface->poll_verification_async = poll;
  iface->poll_verification_finish = finish_poll;
  iface->submit_code_async = submit_code;
  iface->submit_code_finish = finish_verification;
  iface->resend_async = resend;
  iface->resend_finish = finish_verification;
  iface->cancel_verification_async = cancel;
  iface->cancel_verification_finish = finish_boolean;
  iface->delete_method_async = delete_method;
  iface->delete_method_finish = finish_boolean;
  iface->set_default_async = set_default;
  iface->set_default_finish = finish_info;
}

static void
si_fake_provider_finalize (GObject *object)
{
  g_ptr_array_unref (SI_FAKE_PROVIDER (object)->tasks);

  G_OBJECT_CLASS (si_fake_provider_parent_class)->finalize (object);
}

static void
si_fake_provider_class_init (SiFakeProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_fake_provider_finalize;
}

static void
si_fake_provider_init (SiFakeProvider *self)
{
  self->tasks = g_ptr_array_new_with_free_func (g_object_unref);
  self->features = SI_PROVIDER_FEATURE_ADD_PHONE | SI_PROVIDER_FEATURE_CHANGE_PHONE
                   | SI_PROVIDER_FEATURE_VERIFY | SI_PROVIDER_FEATURE_SWITCH_CHANNEL
                   | SI_PROVIDER_FEATURE_DELETE | SI_PROVIDER_FEATURE_DEFAULT;
}

SiFakeProvider *
si_fake_provider_new (void)
{
  return g_object_new (SI_TYPE_FAKE_PROVIDER, NULL);
}

void
si_fake_provider_set_features (SiFakeProvider *self, SiProviderFeatures features)
{
  self->features = features;
}

/* Returns: how many requests of a kind wait for an answer */
guint
si_fake_provider_count (SiFakeProvider *self, SiFakeRequest request)
{
  guint n = 0;

  for (guint i = 0; i < self->tasks->len; i++)
    n += g_task_get_source_tag (g_ptr_array_index (self->tasks, i))
         == GINT_TO_POINTER (request);

  return n;
}

/* Returns: (nullable): what the oldest request of a kind that waits is about */
const char *
si_fake_provider_get_argument (SiFakeProvider *self, SiFakeRequest request)
{
  GTask *task = find (self, request);

  return task != NULL ? g_task_get_task_data (task) : NULL;
}

/**
 * si_fake_provider_answer:
 * @self: a provider
 * @request: what was asked for
 * @object: (transfer full) (nullable): the answer, %NULL where there is but success
 */
void
si_fake_provider_answer (SiFakeProvider *self, SiFakeRequest request, gpointer object)
{
  g_autoptr (GTask) task = take (self, request);

  if (object != NULL)
    g_task_return_pointer (task, object, g_object_unref);
  else
    g_task_return_boolean (task, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Takes @error. */
void
si_fake_provider_fail (SiFakeProvider *self, SiFakeRequest request, GError *error)
{
  g_autoptr (GTask) task = take (self, request);

  g_task_return_error (task, error);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Ends what still waits, as when the app goes, so that everything can be let go of. */
void
si_fake_provider_end (SiFakeProvider *self)
{
  while (self->tasks->len > 0) {
    g_autoptr (GTask) task = g_object_ref (g_ptr_array_index (self->tasks, 0));

    g_ptr_array_remove_index (self->tasks, 0);
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The test is over");
    while (g_main_context_iteration (NULL, FALSE))
      ;
  }
}

SiCapabilities *
si_fake_capabilities (const char *text)
{
  g_autoptr (JsonObject) object = si_test_parse (text);
  g_autoptr (GError)     error = NULL;
  SiCapabilities *capabilities = si_capabilities_new_from_json (object, NULL, &error);

  g_assert_no_error (error);

  return capabilities;
}

SiSecurityInfo *
si_fake_info (const char *text)
{
  g_autoptr (JsonObject) object = si_test_parse (text);
  g_autoptr (GError)     error = NULL;
  SiSecurityInfo        *info = si_security_info_new_from_json (object, "\"1\"", &error);

  g_assert_no_error (error);

  return info;
}

SiVerification *
si_fake_verification (const char *text)
{
  g_autoptr (JsonObject) object = si_test_parse (text);
  g_autoptr (GError)     error = NULL;
  SiVerification        *verification
      = si_verification_new_from_json (object, NULL, si_clock_get_time (), &error);

  g_assert_no_error (error);

  return verification;
}

/* Returns: (transfer full): the error for an answer with @status and the body @text */
GError *
si_fake_problem (guint status, const char *text)
{
  g_autoptr (JsonObject) object = si_test_parse (text);
  g_autoptr (SiProblem)  problem = si_problem_new (status, object, -1, "request-1");

  return si_error_new_from_problem (problem);
}

GError *
si_fake_offline (void)
{
  g_autoptr (GError) error
      = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE, "Unreachable");

  return si_error_new_from_transport (error, "request-1");
}

/* Returns: (transfer full): an overview that has loaded both */
SiOverview *
si_fake_overview (SiFakeProvider *provider, const char *capabilities, const char *info)
{
  SiOverview *overview = si_overview_new (SI_PROVIDER (provider));

  si_overview_refresh (overview);
  si_fake_provider_answer (provider, SI_FAKE_CAPABILITIES,
                           si_fake_capabilities (capabilities));
  si_fake_provider_answer (provider, SI_FAKE_INFO, si_fake_info (info));
  g_assert_true (si_overview_is_loaded (overview));

  return overview;
}
