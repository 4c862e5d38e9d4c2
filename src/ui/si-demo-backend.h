/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SI_TYPE_DEMO_BACKEND (si_demo_backend_get_type ())
G_DECLARE_FINAL_TYPE (SiDemoBackend, si_demo_backend, SI, DEMO_BACKEND, GObject)

SiDemoBackend *si_demo_backend_new (void);

const char *si_demo_backend_get_url (SiDemoBackend *self);
const char *si_demo_backend_get_token (SiDemoBackend *self);
const char *si_demo_backend_get_socket (SiDemoBackend *self);

void si_demo_backend_start_async (SiDemoBackend      *self,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
gboolean
si_demo_backend_start_finish (SiDemoBackend *self, GAsyncResult *result, GError **error);
void si_demo_backend_stop (SiDemoBackend *self);

G_END_DECLS
