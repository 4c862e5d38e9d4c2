/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "si-capabilities.h"
#include "si-configuration.h"

G_BEGIN_DECLS

#define SI_TYPE_HELP_GROUP (si_help_group_get_type ())
G_DECLARE_FINAL_TYPE (SiHelpGroup, si_help_group, SI, HELP_GROUP, AdwPreferencesGroup)

void si_help_group_set_sources (SiHelpGroup     *self,
                                SiConfiguration *configuration,
                                SiCapabilities  *capabilities);

G_END_DECLS
