/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-error.h"
#include "si-http.h"
#include "si-json.h"
#include "si-scripted-server.h"
#include "si-test-loop.h"

G_BEGIN_DECLS

#define TOKEN "very-secret-token"
#define SECRET "+46701234567"
#define JSON "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

typedef struct {
  SiScriptedServer *server;
  SiHttp           *http;
} SiHttpFixture;

void si_http_fixture_set_up (SiHttpFixture *fixture, gconstpointer data);
void si_http_fixture_tear_down (SiHttpFixture *fixture, gconstpointer data);
SiHttpResponse *
si_http_fixture_send (SiHttpFixture *fixture, SiHttpRequest *request, GError **error);
SiHttpResponse *si_http_fixture_get (SiHttpFixture *fixture, GError **error);

G_END_DECLS
