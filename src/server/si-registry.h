/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-account-view.h"
#include "si-verification-record.h"

G_BEGIN_DECLS

gboolean
si_registry_enrol (SiDatabase *database, SiPolicy *policy, SiVerificationRecord *record);
void si_registry_add (SiDatabase           *database,
                      SiPolicy             *policy,
                      const SiMethodRecord *method,
                      const char           *channel);
void
si_registry_delete (SiDatabase *database, SiAccountView *view, SiMethodRecord *method);
void si_registry_set_default (SiDatabase            *database,
                              SiAccountView         *view,
                              const SiDefaultChoice *choice);

G_END_DECLS
