/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* How a server is to be. All strings are owned; the defaults are those of
 * si_server_options_new (): in memory, on a free port, with the built-in policy. */
typedef struct {
  char       *database; /* a path, or ":memory:" */
  guint16     port;     /* 0 picks a free one */
  JsonObject *policy;   /* the body of capabilities, and "limits"; NULL: built in */
  GPtrArray  *grants;   /* of SiGrant: who may come with which token */
  gint        step_up_max_age; /* seconds; negative: never asked for */
  gdouble     ttl;             /* seconds; negative: as the policy says */
  gdouble     resend_after;    /* seconds; negative: as the policy says */
  gdouble     dial_time;       /* seconds until a dialled phone rings */
  gdouble     ring_time;       /* seconds that it rings, and that it waits for a key */
  gboolean    long_poll;       /* whether Prefer: wait is honoured */
  gint        retry_after;     /* seconds between polls, where it is not */
  gboolean    spoken_code;     /* calls speak a code instead of asking for # */
  char       *control_socket;  /* path of the simulated phone's socket, or NULL */

  /* Who says what other tokens are worth (RFC 7662). */
  char    *introspect_url;      /* or NULL: nobody does */
  char    *introspect_client;   /* who the server is to the provider */
  char    *introspect_secret;   /* and how it proves that */
  char    *introspect_audience; /* whom a token has to be for, or NULL: anybody */
  gboolean introspect_iat; /* whether an unknown sign-in was when the token was issued */
  gdouble  introspect_cache; /* seconds for which an answer is good */
} SiServerOptions;

SiServerOptions *si_server_options_new (void);
void             si_server_options_free (SiServerOptions *self);

void si_server_options_add_token (SiServerOptions *self,
                                  const char      *token,
                                  const char      *account_id,
                                  const char      *display_name,
                                  const char      *username,
                                  const char      *scopes,
                                  GDateTime       *authenticated_at);
gboolean
si_server_options_load_tokens (SiServerOptions *self, const char *path, GError **error);
gboolean
si_server_options_load_policy (SiServerOptions *self, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SiServerOptions, si_server_options_free)

G_END_DECLS
