/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-provider.h"

G_BEGIN_DECLS

void            si_verification_start_async (SiProvider            *provider,
                                             SiVerificationRequest *request,
                                             SiVerification        *replaced,
                                             GAsyncReadyCallback    callback,
                                             gpointer               user_data);
SiVerification *si_verification_start_finish (SiProvider      *provider,
                                              GAsyncResult    *result,
                                              SiVerification **other,
                                              GError         **error);

G_END_DECLS
