/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-grant.h"

G_BEGIN_DECLS

#define SI_GRANT_CACHE_SIZE 256

typedef struct _SiGrantCache SiGrantCache;

SiGrantCache *si_grant_cache_new (double seconds);
void          si_grant_cache_free (SiGrantCache *self);

void     si_grant_cache_add (SiGrantCache *self, SiGrant *grant);
SiGrant *si_grant_cache_find (SiGrantCache *self, const char *digest);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SiGrantCache, si_grant_cache_free)

G_END_DECLS
