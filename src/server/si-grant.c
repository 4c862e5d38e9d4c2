/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-grant.h"

/* What an access token stands for: an account, what its holder may do, when that person
 * signed in, and until when that holds. Only the token's digest is kept. */

static SiScope
parse_scopes (const char *text)
{
  g_auto (GStrv) names = g_strsplit (text != NULL ? text : "", " ", -1);
  SiScope        scopes = SI_SCOPE_NONE;

  if (g_strv_contains ((const char *const *) names, "securityinfo.read"))
    scopes |= SI_SCOPE_READ;
  if (g_strv_contains ((const char *const *) names, "securityinfo.manage"))
    scopes |= SI_SCOPE_MANAGE;

  return scopes;
}

static void
clear_grant (gpointer data)
{
  SiGrant *self = data;

  g_free (self->digest);
  g_free (self->account_id);
  g_free (self->display_name);
  g_free (self->username);
}

/**
 * si_grant_dup_digest:
 * @token: an access token
 *
 * Returns: (transfer full): what is the same for the same token alone, and tells nothing
 *   about it
 */
char *
si_grant_dup_digest (const char *token)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
}

/**
 * si_grant_new:
 * @token: the access token
 * @account_id: whose it is
 * @display_name: the account's name
 * @username: the account's sign-in name
 * @scopes: (nullable): scopes with spaces between
 * @authenticated_at: when the person signed in
 *
 * Returns: (transfer full): the grant, which does not expire
 */
SiGrant *
si_grant_new (const char *token,
              const char *account_id,
              const char *display_name,
              const char *username,
              const char *scopes,
              gint64      authenticated_at)
{
  SiGrant *self = g_rc_box_new0 (SiGrant);

  self->digest = si_grant_dup_digest (token);
  self->account_id = g_strdup (account_id);
  self->display_name = g_strdup (display_name);
  self->username = g_strdup (username);
  self->scopes = parse_scopes (scopes);
  self->authenticated_at = authenticated_at;
  self->expires_at = G_MAXINT64;

  return self;
}

SiGrant *
si_grant_ref (SiGrant *self)
{
  return g_rc_box_acquire (self);
}

void
si_grant_unref (SiGrant *self)
{
  g_rc_box_release_full (self, clear_grant);
}

/**
 * si_grant_find:
 * @grants: (element-type SiGrant): the known grants
 * @token: what came with a request
 *
 * Returns: (transfer none) (nullable): what @token stands for
 */
SiGrant *
si_grant_find (GPtrArray *grants, const char *token)
{
  /* Comparing digests tells a guesser nothing about the token. */
  g_autofree char *digest = si_grant_dup_digest (token);

  for (guint i = 0; i < grants->len; i++) {
    SiGrant *grant = g_ptr_array_index (grants, i);

    if (g_str_equal (grant->digest, digest))
      return grant;
  }

  return NULL;
}
