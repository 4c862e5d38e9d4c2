/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-overview.h"
#include "si-page.h"

G_BEGIN_DECLS

#define SI_TYPE_DONE_PAGE (si_done_page_get_type ())
G_DECLARE_FINAL_TYPE (SiDonePage, si_done_page, SI, DONE_PAGE, SiPage)

void
si_done_page_begin (SiDonePage *self, SiVerification *verification, SiOverview *overview);

G_END_DECLS
