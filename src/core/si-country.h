/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The gettext domain of the countries' names. */
#define SI_COUNTRY_DOMAIN "iso_3166-1"

#define SI_TYPE_COUNTRY (si_country_get_type ())

G_DECLARE_FINAL_TYPE (SiCountry, si_country, SI, COUNTRY, GObject)

SiCountry *si_country_new (const char *region,
                           const char *english_name,
                           const char *full_name,
                           const char *alpha_3);

const char *si_country_get_region (SiCountry *self);
const char *si_country_get_name (SiCountry *self);
const char *si_country_get_english_name (SiCountry *self);
int         si_country_get_calling_code (SiCountry *self);
gboolean    si_country_is_meant (SiCountry *self, const char *query);
gboolean    si_country_matches (SiCountry *self, const char *query);

G_END_DECLS
