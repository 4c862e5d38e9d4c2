/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  SI_SCOPE_NONE = 0,
  SI_SCOPE_READ = 1 << 0,
  SI_SCOPE_MANAGE = 1 << 1,
} SiScope;

/* Times are microseconds since 1970. */
typedef struct {
  char   *digest;
  char   *account_id;
  char   *display_name;
  char   *username;
  SiScope scopes;
  gint64  authenticated_at;
  gint64  expires_at;
} SiGrant;

SiGrant *si_grant_new (const char *token,
                       const char *account_id,
                       const char *display_name,
                       const char *username,
                       const char *scopes,
                       gint64      authenticated_at);
SiGrant *si_grant_ref (SiGrant *self);
void     si_grant_unref (SiGrant *self);

SiGrant *si_grant_find (GPtrArray *grants, const char *token);
char    *si_grant_dup_digest (const char *token);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SiGrant, si_grant_unref)

G_END_DECLS
