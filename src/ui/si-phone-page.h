/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-overview.h"
#include "si-page.h"

G_BEGIN_DECLS

#define SI_TYPE_PHONE_PAGE (si_phone_page_get_type ())
G_DECLARE_FINAL_TYPE (SiPhonePage, si_phone_page, SI, PHONE_PAGE, SiPage)

void            si_phone_page_begin (SiPhonePage *self,
                                     SiOverview  *overview,
                                     GListModel  *countries,
                                     SiMethod    *method);
SiMethodPolicy *si_phone_page_get_policy (SiPhonePage *self);
void            si_phone_page_set_region (SiPhonePage *self, const char *region);
void            si_phone_page_show_error (SiPhonePage *self, const GError *error);

G_END_DECLS
