/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "si-enums.h"
#include "si-phone-number.h"

G_BEGIN_DECLS

char *si_number_text_dup_summary (SiPhoneNumber *number, SiChannel channel);
char *si_number_text_dup_example (const char *region);
char *si_number_text_dup_error (SiPhoneNumberStatus status,
                                GListModel         *countries,
                                const char         *region);

G_END_DECLS
