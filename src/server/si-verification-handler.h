/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-exchange.h"
#include "si-services.h"

G_BEGIN_DECLS

SiVerificationRecord *si_verification_handler_find (SiServices *services,
                                                    SiExchange *exchange);
void                  si_verification_handler_answer (SiServices           *services,
                                                      SiExchange           *exchange,
                                                      guint                 status,
                                                      SiVerificationRecord *record);
gboolean              si_verification_handler_check_open (SiExchange           *exchange,
                                                          SiVerificationRecord *record);

void si_verification_handler_get (SiServices *services, SiExchange *exchange);
void si_verification_handler_code (SiServices *services, SiExchange *exchange);
void si_verification_handler_delete (SiServices *services, SiExchange *exchange);

G_END_DECLS
