/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-openid-client.h"
#include "si-scripted-server.h"
#include "si-test-loop.h"

G_BEGIN_DECLS

#define CLIENT_ID "client-1"
#define SCOPE "openid securityinfo.manage"
#define SUBJECT "subject-of-astrid"
#define OTHER_SUBJECT "subject-of-bo"

#define DISCOVERY_PATH "/.well-known/openid-configuration"

typedef struct {
  SiScriptedServer *server;
  char             *issuer; /* its name, without a slash at the end */
  SiHttp           *http;
  SiOpenidClient   *client;
} SiIssuerFixture;

void si_issuer_fixture_set_up (SiIssuerFixture *fixture, gconstpointer data);
void si_issuer_fixture_tear_down (SiIssuerFixture *fixture, gconstpointer data);

SiReply *si_issuer_fixture_describe (SiIssuerFixture *fixture, const char *members);
SiReply *si_issuer_fixture_expect_tokens (SiIssuerFixture *fixture,
                                          const char      *access_token,
                                          const char      *refresh_token,
                                          const char      *id_token);
SiReply *
si_issuer_fixture_refuse (SiIssuerFixture *fixture, guint status, const char *word);
SiReply *si_issuer_fixture_expect_device_code (SiIssuerFixture *fixture, guint interval);
SiReply *si_issuer_fixture_expect_revocation (SiIssuerFixture *fixture);

char *si_issuer_fixture_dup_jwt (const char *claims);
char *si_issuer_fixture_dup_id_token (SiIssuerFixture *fixture,
                                      const char      *subject,
                                      const char      *nonce);

char *si_issuer_fixture_dup_value (const char *form, const char *name);
void  si_issuer_fixture_assert_field (SiIssuerFixture *fixture,
                                      guint            index,
                                      const char      *name,
                                      const char      *value);
guint si_issuer_fixture_count (SiIssuerFixture *fixture, const char *line);

G_END_DECLS
