/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SI_TYPE_REDIRECT_LISTENER (si_redirect_listener_get_type ())
G_DECLARE_FINAL_TYPE (SiRedirectListener,
                      si_redirect_listener,
                      SI,
                      REDIRECT_LISTENER,
                      GObject)

SiRedirectListener *si_redirect_listener_new (const char    *host,
                                              const guint16 *ports,
                                              gsize          n_ports,
                                              GError       **error);

const char *si_redirect_listener_get_uri (SiRedirectListener *self);
void        si_redirect_listener_set_pages (SiRedirectListener *self,
                                            const char         *success,
                                            const char         *failure);
void si_redirect_listener_set_timeout (SiRedirectListener *self, guint milliseconds);
void si_redirect_listener_stop (SiRedirectListener *self);

G_END_DECLS
