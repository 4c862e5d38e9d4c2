/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-error.h"
#include "si-rest-provider.h"
#include "si-scripted-server.h"
#include "si-test-documents.h"
#include "si-test-loop.h"

G_BEGIN_DECLS

#define INFO_PATH "/v1/me/security-info"
#define VERIFICATION_PATH "/v1/me/verifications/v-1"

/* Two phones, so that there is something to choose from. */
#define INFO(default_id, number)                                                         \
  "{\"account\": {\"displayName\": \"Astrid\"}, \"methods\": ["                          \
  "{\"id\": \"m-1\", \"type\": \"phone\", \"use\": \"mobile\","                          \
  " \"number\": \"" number "\", \"channels\": [\"call\", \"text\"],"                     \
  " \"isDefault\": true, \"canDelete\": true},"                                          \
  "{\"id\": \"m-2\", \"type\": \"phone\", \"use\": \"office\","                          \
  " \"number\": \"+4684400000\", \"channels\": [\"call\"], \"canDelete\": true}],"       \
  "\"default\": {\"methodId\": \"" default_id "\", \"channel\": \"call\"},"              \
  "\"defaultOptions\": [{\"methodId\": \"m-1\", \"channel\": \"call\"},"                 \
  "{\"methodId\": \"m-1\", \"channel\": \"text\"},"                                      \
  "{\"methodId\": \"m-2\", \"channel\": \"call\"}]}"
#define INFO_A INFO ("m-1", "+46701234567")

typedef struct {
  SiScriptedServer *server;
  SiProvider       *provider;
  GAsyncResult     *result;
} SiRestFixture;

void          si_rest_fixture_set_up (SiRestFixture *fixture, gconstpointer data);
void          si_rest_fixture_tear_down (SiRestFixture *fixture, gconstpointer data);
GAsyncResult *si_rest_fixture_wait_for_result (SiRestFixture *fixture);
SiReply      *si_rest_fixture_expect (SiRestFixture *fixture,
                                      const char    *method,
                                      const char    *path,
                                      guint          status,
                                      const char    *body,
                                      const char    *etag);
const char *
si_rest_fixture_header (SiRestFixture *fixture, guint index, const char *name);
SiSecurityInfo *si_rest_fixture_load (SiRestFixture *fixture, GError **error);
SiSecurityInfo *si_rest_fixture_load_first (SiRestFixture *fixture);

G_END_DECLS
