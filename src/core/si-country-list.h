/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "si-country.h"

G_BEGIN_DECLS

GListModel *si_country_list_new (void);
SiCountry  *si_country_list_find (GListModel *countries, const char *region);
char       *si_country_dup_region_from_locale (void);

G_END_DECLS
