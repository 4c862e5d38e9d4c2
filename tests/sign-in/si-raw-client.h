/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _SiRawClient SiRawClient;

SiRawClient *si_raw_client_new (const char *address, guint16 port);
void         si_raw_client_free (SiRawClient *self);

void        si_raw_client_send (SiRawClient *self, const void *bytes, gssize length);
void        si_raw_client_end (SiRawClient *self);
void        si_raw_client_reset (SiRawClient *self);
gboolean    si_raw_client_has_ended (SiRawClient *self);
const char *si_raw_client_get_answer (SiRawClient *self);
const char *si_raw_client_wait (SiRawClient *self);

char *si_raw_client_browse (const char *uri);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SiRawClient, si_raw_client_free)

G_END_DECLS
