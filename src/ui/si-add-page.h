/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-overview.h"
#include "si-page.h"

G_BEGIN_DECLS

#define SI_TYPE_ADD_PAGE (si_add_page_get_type ())
G_DECLARE_FINAL_TYPE (SiAddPage, si_add_page, SI, ADD_PAGE, SiPage)

void si_add_page_show (SiAddPage *self, SiOverview *overview);

G_END_DECLS
