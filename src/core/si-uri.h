/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GUri    *si_uri_parse_base (const char *text, GError **error);
GUri    *si_uri_parse_endpoint (const char *text, GError **error);
char    *si_uri_join (GUri *base, const char *path, GError **error);
gboolean si_uri_is_loopback (GUri *uri);
gboolean si_uri_may_open (const char *text);

G_END_DECLS
