/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-provider.h"

G_BEGIN_DECLS

#define SI_TYPE_WAITER (si_waiter_get_type ())
G_DECLARE_FINAL_TYPE (SiWaiter, si_waiter, SI, WAITER, GObject)

SiWaiter *si_waiter_new (SiProvider *provider);

SiVerification *si_waiter_get_verification (SiWaiter *self);
gboolean        si_waiter_get_connected (SiWaiter *self);
void            si_waiter_watch (SiWaiter *self, SiVerification *verification);
void            si_waiter_stop (SiWaiter *self);

G_END_DECLS
