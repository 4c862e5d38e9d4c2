/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-overview.h"
#include "si-test-documents.h"

G_BEGIN_DECLS

/* What a provider is asked for. */
typedef enum {
  SI_FAKE_CAPABILITIES,
  SI_FAKE_INFO,
  SI_FAKE_START,
  SI_FAKE_GET,
  SI_FAKE_POLL,
  SI_FAKE_CODE,
  SI_FAKE_RESEND,
  SI_FAKE_CANCEL,
  SI_FAKE_DELETE,
  SI_FAKE_SET_DEFAULT,
} SiFakeRequest;

#define SI_TYPE_FAKE_PROVIDER (si_fake_provider_get_type ())
G_DECLARE_FINAL_TYPE (SiFakeProvider, si_fake_provider, SI, FAKE_PROVIDER, GObject)

SiFakeProvider *si_fake_provider_new (void);

void  si_fake_provider_set_features (SiFakeProvider *self, SiProviderFeatures features);
guint si_fake_provider_count (SiFakeProvider *self, SiFakeRequest request);
const char *si_fake_provider_get_argument (SiFakeProvider *self, SiFakeRequest request);
void
si_fake_provider_answer (SiFakeProvider *self, SiFakeRequest request, gpointer object);
void si_fake_provider_fail (SiFakeProvider *self, SiFakeRequest request, GError *error);

void si_fake_provider_end (SiFakeProvider *self);

SiCapabilities *si_fake_capabilities (const char *text);
SiSecurityInfo *si_fake_info (const char *text);
SiVerification *si_fake_verification (const char *text);
GError         *si_fake_problem (guint status, const char *text);
GError         *si_fake_offline (void);
SiOverview *
si_fake_overview (SiFakeProvider *provider, const char *capabilities, const char *info);

G_END_DECLS
