/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-capabilities.h"
#include "si-security-info.h"
#include "si-verification.h"

G_BEGIN_DECLS

/* What a service can do at all: the UI asks this, and never which service it is. */
typedef enum {
  SI_PROVIDER_FEATURE_NONE = 0,
  SI_PROVIDER_FEATURE_ADD_PHONE = 1 << 0,
  SI_PROVIDER_FEATURE_CHANGE_PHONE = 1 << 1,
  SI_PROVIDER_FEATURE_VERIFY = 1 << 2, /* else an added phone counts at once */
  SI_PROVIDER_FEATURE_SWITCH_CHANNEL = 1 << 3,
  SI_PROVIDER_FEATURE_DELETE = 1 << 4,
  SI_PROVIDER_FEATURE_DEFAULT = 1 << 5,
} SiProviderFeatures;

#define SI_TYPE_PROVIDER (si_provider_get_type ())
G_DECLARE_INTERFACE (SiProvider, si_provider, SI, PROVIDER, GObject)

struct _SiProviderInterface {
  GTypeInterface parent_interface;

  SiProviderFeatures (*get_features) (SiProvider *self);

  void (*load_capabilities_async) (SiProvider         *self,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
  SiCapabilities *(*load_capabilities_finish) (SiProvider   *self,
                                               GAsyncResult *result,
                                               GError      **error);

  void (*load_security_info_async) (SiProvider         *self,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data);
  SiSecurityInfo *(*load_security_info_finish) (SiProvider   *self,
                                                GAsyncResult *result,
                                                GError      **error);

  void (*start_verification_async) (SiProvider            *self,
                                    SiVerificationRequest *request,
                                    GCancellable          *cancellable,
                                    GAsyncReadyCallback    callback,
                                    gpointer               user_data);
  SiVerification *(*start_verification_finish) (SiProvider   *self,
                                                GAsyncResult *result,
                                                GError      **error);

  void (*get_verification_async) (SiProvider         *self,
                                  const char         *location,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
  SiVerification *(*get_verification_finish) (SiProvider   *self,
                                              GAsyncResult *result,
                                              GError      **error);

  void (*poll_verification_async) (SiProvider         *self,
                                   SiVerification     *verification,
                                   guint               wait,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
  SiVerification *(*poll_verification_finish) (SiProvider   *self,
                                               GAsyncResult *result,
                                               guint        *delay,
                                               GError      **error);

  void (*submit_code_async) (SiProvider         *self,
                             SiVerification     *verification,
                             const char         *code,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data);
  SiVerification *(*submit_code_finish) (SiProvider   *self,
                                         GAsyncResult *result,
                                         GError      **error);

  void (*resend_async) (SiProvider         *self,
                        SiVerification     *verification,
                        SiChannel           channel,
                        const char         *idempotency_key,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data);
  SiVerification *(*resend_finish) (SiProvider   *self,
                                    GAsyncResult *result,
                                    GError      **error);

  void (*cancel_verification_async) (SiProvider         *self,
                                     SiVerification     *verification,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
  gboolean (*cancel_verification_finish) (SiProvider   *self,
                                          GAsyncResult *result,
                                          GError      **error);

  void (*delete_method_async) (SiProvider         *self,
                               SiSecurityInfo     *info,
                               const char         *method_id,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data);
  gboolean (*delete_method_finish) (SiProvider   *self,
                                    GAsyncResult *result,
                                    GError      **error);

  void (*set_default_async) (SiProvider         *self,
                             SiSecurityInfo     *info,
                             SiDefaultOption    *option,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data);
  SiSecurityInfo *(*set_default_finish) (SiProvider   *self,
                                         GAsyncResult *result,
                                         GError      **error);
};

SiProviderFeatures si_provider_get_features (SiProvider *self);

void            si_provider_load_capabilities_async (SiProvider         *self,
                                                     GCancellable       *cancellable,
                                                     GAsyncReadyCallback callback,
                                                     gpointer            user_data);
SiCapabilities *si_provider_load_capabilities_finish (SiProvider   *self,
                                                      GAsyncResult *result,
                                                      GError      **error);

void            si_provider_load_security_info_async (SiProvider         *self,
                                                      GCancellable       *cancellable,
                                                      GAsyncReadyCallback callback,
                                                      gpointer            user_data);
SiSecurityInfo *si_provider_load_security_info_finish (SiProvider   *self,
                                                       GAsyncResult *result,
                                                       GError      **error);

void            si_provider_start_verification_async (SiProvider            *self,
                                                      SiVerificationRequest *request,
                                                      GCancellable          *cancellable,
                                                      GAsyncReadyCallback    callback,
                                                      gpointer               user_data);
SiVerification *si_provider_start_verification_finish (SiProvider   *self,
                                                       GAsyncResult *result,
                                                       GError      **error);

void            si_provider_get_verification_async (SiProvider         *self,
                                                    const char         *location,
                                                    GCancellable       *cancellable,
                                                    GAsyncReadyCallback callback,
                                                    gpointer            user_data);
SiVerification *si_provider_get_verification_finish (SiProvider   *self,
                                                     GAsyncResult *result,
                                                     GError      **error);

void            si_provider_poll_verification_async (SiProvider         *self,
                                                     SiVerification     *verification,
                                                     guint               wait,
                                                     GCancellable       *cancellable,
                                                     GAsyncReadyCallback callback,
                                                     gpointer            user_data);
SiVerification *si_provider_poll_verification_finish (SiProvider   *self,
                                                      GAsyncResult *result,
                                                      guint        *delay,
                                                      GError      **error);

void si_provider_submit_code_async (SiProvider         *self,
                                    SiVerification     *verification,
                                    const char         *code,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data);
SiVerification *
si_provider_submit_code_finish (SiProvider *self, GAsyncResult *result, GError **error);

void si_provider_resend_async (SiProvider         *self,
                               SiVerification     *verification,
                               SiChannel           channel,
                               const char         *idempotency_key,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data);
SiVerification *
si_provider_resend_finish (SiProvider *self, GAsyncResult *result, GError **error);

void     si_provider_cancel_verification_async (SiProvider         *self,
                                                SiVerification     *verification,
                                                GCancellable       *cancellable,
                                                GAsyncReadyCallback callback,
                                                gpointer            user_data);
gboolean si_provider_cancel_verification_finish (SiProvider   *self,
                                                 GAsyncResult *result,
                                                 GError      **error);

void si_provider_delete_method_async (SiProvider         *self,
                                      SiSecurityInfo     *info,
                                      const char         *method_id,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
gboolean
si_provider_delete_method_finish (SiProvider *self, GAsyncResult *result, GError **error);

void si_provider_set_default_async (SiProvider         *self,
                                    SiSecurityInfo     *info,
                                    SiDefaultOption    *option,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data);
SiSecurityInfo *
si_provider_set_default_finish (SiProvider *self, GAsyncResult *result, GError **error);

G_END_DECLS
