/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "si-grant.h"
#include "si-server-options.h"

G_BEGIN_DECLS

#define SI_TYPE_INTROSPECTOR (si_introspector_get_type ())

G_DECLARE_FINAL_TYPE (SiIntrospector, si_introspector, SI, INTROSPECTOR, GObject)

SiIntrospector *si_introspector_new (const SiServerOptions *options);

void si_introspector_stop (SiIntrospector *self);

void     si_introspector_check_async (SiIntrospector     *self,
                                      const char         *token,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
gboolean si_introspector_check_finish (SiIntrospector *self,
                                       GAsyncResult   *result,
                                       SiGrant       **grant,
                                       GError        **error);

G_END_DECLS
