/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-policy.h"
#include "si-simulated-phone.h"

G_BEGIN_DECLS

typedef struct _SiNotifier SiNotifier;

SiNotifier *si_notifier_new (SiPolicy *policy, SiSimulatedPhone *phone);
void        si_notifier_free (SiNotifier *self);

void si_notifier_queue (SiNotifier *self,
                        GStrv       numbers,
                        const char *language,
                        const char *kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SiNotifier, si_notifier_free)

G_END_DECLS
