/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-country.h"
#include "si-method-policy.h"
#include "si-page.h"

G_BEGIN_DECLS

#define SI_TYPE_COUNTRY_PAGE (si_country_page_get_type ())
G_DECLARE_FINAL_TYPE (SiCountryPage, si_country_page, SI, COUNTRY_PAGE, SiPage)

void
si_country_page_show (SiCountryPage *self, GListModel *countries, SiMethodPolicy *policy);

G_END_DECLS
