/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-page.h"
#include "si-verification.h"

G_BEGIN_DECLS

#define SI_TYPE_OPEN_PAGE (si_open_page_get_type ())
G_DECLARE_FINAL_TYPE (SiOpenPage, si_open_page, SI, OPEN_PAGE, SiPage)

void
si_open_page_show (SiOpenPage *self, SiVerification *open, SiVerificationRequest *wanted);

G_END_DECLS
