/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _SiPolicy SiPolicy;

SiPolicy *si_policy_new (JsonObject *body, GError **error);
void      si_policy_free (SiPolicy *self);

JsonObject *si_policy_get_body (SiPolicy *self);
const char *si_policy_get_organization (SiPolicy *self);
const char *si_policy_get_manage_url (SiPolicy *self);
const char *si_policy_get_acr_values (SiPolicy *self);

JsonObject *si_policy_get_type (SiPolicy *self, const char *type);
JsonArray  *si_policy_get_uses (SiPolicy *self);
JsonObject *si_policy_get_use (SiPolicy *self, const char *use);
GStrv       si_policy_dup_channels (SiPolicy *self, const char *use);
GStrv       si_policy_dup_usable_for (SiPolicy *self, const char *type, const char *use);
gboolean    si_policy_can_add (SiPolicy *self, const char *type);
gboolean    si_policy_is_locked (SiPolicy *self, const char *type);

gboolean    si_policy_allows_country (SiPolicy *self, const char *region);
const char *si_policy_get_number_refusal (SiPolicy *self, const char *number);

gint64   si_policy_get_verification (SiPolicy *self, const char *member);
gint64   si_policy_get_limit (SiPolicy *self, const char *member);
gint64   si_policy_get_minimum_methods (SiPolicy *self);
gboolean si_policy_chooses_default (SiPolicy *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SiPolicy, si_policy_free)

G_END_DECLS
