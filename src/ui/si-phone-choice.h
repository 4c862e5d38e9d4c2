/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-overview.h"

G_BEGIN_DECLS

SiUnavailable si_phone_choice_get_use_unavailable (SiOverview    *overview,
                                                   SiPhonePolicy *phone);
SiUnavailable si_phone_choice_get_unavailable (SiOverview *overview);

G_END_DECLS
