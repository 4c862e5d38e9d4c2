/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-server.h"

G_BEGIN_DECLS

#define SI_TEST_TOKEN "token-of-astrid"
#define SI_TEST_ACCOUNT "astrid"

SiServerOptions *si_test_server_options_new (void);
JsonObject      *si_test_server_policy_new (void);

SiServer *si_test_server_start (SiServerOptions *options);

void  si_test_server_wait_for_call (SiServer *server, SiSimulatedCallState state);
char *si_test_server_wait_for_code (SiServer *server);
void  si_test_server_approve (SiServer *server);

G_END_DECLS
