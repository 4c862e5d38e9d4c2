/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-http.h"
#include "si-provider.h"

G_BEGIN_DECLS

#define SI_TYPE_REST_PROVIDER (si_rest_provider_get_type ())
G_DECLARE_FINAL_TYPE (SiRestProvider, si_rest_provider, SI, REST_PROVIDER, GObject)

SiProvider *si_rest_provider_new (SiHttp *http);

G_END_DECLS
