/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-exchange.h"
#include "si-services.h"

G_BEGIN_DECLS

void si_router_dispatch (SiServices *services, SiExchange *exchange);

G_END_DECLS
