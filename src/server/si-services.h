/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-database.h"
#include "si-introspector.h"
#include "si-notifier.h"
#include "si-policy.h"
#include "si-server-options.h"
#include "si-verifier.h"
#include "si-wait-list.h"

G_BEGIN_DECLS

/* What the handlers of requests work with. */
typedef struct {
  SiServerOptions *options;
  SiPolicy        *policy;
  SiDatabase      *database;
  SiNotifier      *notifier;
  SiVerifier      *verifier;
  SiWaitList      *waits;
  SiIntrospector  *introspector; /* or NULL */
  char            *failure;      /* how the next request is to fail, or NULL */
  gint             failure_retry_after;
} SiServices;

SiServices *
si_services_new (SiServerOptions *options, SiSimulatedPhone *phone, GError **error);

void si_services_free (SiServices *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SiServices, si_services_free)

G_END_DECLS
