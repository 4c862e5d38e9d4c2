/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-default-choice.h"
#include "si-grant.h"
#include "si-method-record.h"
#include "si-policy.h"

G_BEGIN_DECLS

typedef struct _SiAccountView SiAccountView;

SiAccountView *
si_account_view_load (SiDatabase *database, SiPolicy *policy, const char *account);

void si_account_view_free (SiAccountView *self);

GPtrArray      *si_account_view_get_methods (SiAccountView *self);
SiMethodRecord *si_account_view_find_method (SiAccountView *self, const char *id);
SiMethodRecord *si_account_view_find_number (SiAccountView *self, const char *number);
guint           si_account_view_count_use (SiAccountView *self, const char *use);
GStrv           si_account_view_dup_numbers (SiAccountView *self);

const SiDefaultChoice *si_account_view_get_default (SiAccountView *self);
gboolean si_account_view_has_option (SiAccountView *self, const SiDefaultChoice *choice);
SiDefaultChoice *si_account_view_dup_best_option (SiAccountView *self);
SiDefaultChoice *si_account_view_dup_default_without (SiAccountView  *self,
                                                      SiMethodRecord *method);
const char      *si_account_view_get_delete_block (SiAccountView  *self,
                                                   SiMethodRecord *method);

JsonNode *si_account_view_to_json (SiAccountView *self, const SiGrant *grant);
char     *si_account_view_dup_etag (SiAccountView *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SiAccountView, si_account_view_free)

G_END_DECLS
