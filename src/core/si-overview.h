/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-provider.h"

G_BEGIN_DECLS

#define SI_TYPE_OVERVIEW (si_overview_get_type ())
G_DECLARE_FINAL_TYPE (SiOverview, si_overview, SI, OVERVIEW, GObject)

SiOverview *si_overview_new (SiProvider *provider);

SiProvider     *si_overview_get_provider (SiOverview *self);
SiCapabilities *si_overview_get_capabilities (SiOverview *self);
SiSecurityInfo *si_overview_get_security_info (SiOverview *self);
const GError   *si_overview_get_error (SiOverview *self);
gboolean        si_overview_get_loading (SiOverview *self);
gboolean        si_overview_is_loaded (SiOverview *self);
void            si_overview_refresh (SiOverview *self);
void            si_overview_refresh_security_info (SiOverview *self);
void            si_overview_set_security_info (SiOverview *self, SiSecurityInfo *info);

G_END_DECLS
