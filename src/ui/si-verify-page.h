/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-enrollment.h"
#include "si-overview.h"
#include "si-page.h"

G_BEGIN_DECLS

#define SI_TYPE_VERIFY_PAGE (si_verify_page_get_type ())
G_DECLARE_FINAL_TYPE (SiVerifyPage, si_verify_page, SI, VERIFY_PAGE, SiPage)

void
si_verify_page_begin (SiVerifyPage *self, SiEnrollment *enrollment, SiOverview *overview);
void si_verify_page_show_error (SiVerifyPage *self, const GError *error);

G_END_DECLS
