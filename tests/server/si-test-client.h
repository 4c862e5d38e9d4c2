/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "si-server.h"

G_BEGIN_DECLS

typedef struct _SiTestClient SiTestClient;
typedef struct _SiTestCall   SiTestCall;

SiTestClient *si_test_client_new (SiServer *server, const char *token);
void          si_test_client_free (SiTestClient *self);

SiTestCall *si_test_client_send (SiTestClient *self,
                                 const char   *method,
                                 const char   *path,
                                 const char   *body,
                                 const char   *headers);
SiTestCall *si_test_client_call (SiTestClient *self,
                                 const char   *method,
                                 const char   *path,
                                 const char   *body,
                                 const char   *headers);

SiTestCall *si_test_client_get (SiTestClient *self, const char *path);
SiTestCall *si_test_client_post (SiTestClient *self, const char *path, const char *body);
char       *si_test_client_begin (SiTestClient *self,
                                  const char   *use,
                                  const char   *number,
                                  const char   *channel);
char       *si_test_client_dup_etag (SiTestClient *self);

void si_test_call_free (SiTestCall *self);

gboolean    si_test_call_is_done (SiTestCall *self);
void        si_test_call_wait (SiTestCall *self);
guint       si_test_call_get_status (SiTestCall *self);
const char *si_test_call_get_header (SiTestCall *self, const char *name);
JsonObject *si_test_call_get_body (SiTestCall *self);
const char *si_test_call_get_string (SiTestCall *self, const char *member);
gint64      si_test_call_get_int (SiTestCall *self, const char *member);
void si_test_call_assert_problem (SiTestCall *self, guint status, const char *code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SiTestClient, si_test_client_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SiTestCall, si_test_call_free)

G_END_DECLS
