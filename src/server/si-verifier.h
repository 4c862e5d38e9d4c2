/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-database.h"
#include "si-notifier.h"
#include "si-policy.h"
#include "si-server-options.h"
#include "si-simulated-phone.h"
#include "si-verification-record.h"

G_BEGIN_DECLS

#define SI_TYPE_VERIFIER (si_verifier_get_type ())

G_DECLARE_FINAL_TYPE (SiVerifier, si_verifier, SI, VERIFIER, GObject)

SiVerifier *si_verifier_new (SiServerOptions  *options,
                             SiDatabase       *database,
                             SiPolicy         *policy,
                             SiSimulatedPhone *phone,
                             SiNotifier       *notifier);

void si_verifier_recover (SiVerifier *self);

SiVerificationRecord *si_verifier_load (SiVerifier *self, const char *id);
void                  si_verifier_settle (SiVerifier *self, const char *account);
double                si_verifier_get_ttl (SiVerifier *self);
double                si_verifier_get_resend_after (SiVerifier *self);

void si_verifier_queue (SiVerifier           *self,
                        SiVerificationRecord *record,
                        const char           *channel,
                        const char           *language);
void si_verifier_attempt (SiVerifier *self, SiVerificationRecord *record);
const char *
si_verifier_check (SiVerifier *self, SiVerificationRecord *record, const char *code);
gboolean si_verifier_cancel (SiVerifier *self, SiVerificationRecord *record);

G_END_DECLS
