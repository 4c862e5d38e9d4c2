/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean si_setting_is_provider_kind (const char *text);
gboolean si_setting_is_base (const char *text);
gboolean si_setting_is_issuer (const char *text);
gboolean si_setting_is_client_id (const char *text);
gboolean si_setting_is_scope (const char *text);
gboolean si_setting_is_redirect_host (const char *text);
gboolean si_setting_is_name (const char *text);
gboolean si_setting_is_phone (const char *text);
gboolean si_setting_is_email (const char *text);
char    *si_setting_dup_number (const char *text);

G_END_DECLS
