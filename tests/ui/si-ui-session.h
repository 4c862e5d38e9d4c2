/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-overview.h"
#include "si-test-server.h"
#include "si-ui-test.h"
#include "si-wizard.h"

G_BEGIN_DECLS

/* The reference backend in this process, and what the app knows of it. */
typedef struct {
  SiServer   *server;
  SiProvider *provider;
  SiOverview *overview;
  GtkWidget  *parent;
  SiWizard   *wizard;
} SiUiSession;

void si_ui_session_start (SiUiSession *self, SiServerOptions *options);
void si_ui_session_end (SiUiSession *self);
void si_ui_session_load (SiUiSession *self);
void si_ui_session_open_wizard (SiUiSession *self);
void si_ui_session_request (SiUiSession *self, const char *number, const char *channel);

gpointer    si_ui_session_get_page (SiUiSession *self);
const char *si_ui_session_get_page_type (SiUiSession *self);
GtkWidget  *si_ui_session_get_button (SiUiSession *self, const char *label);

#define si_ui_session_wait_for_page(self, type)                                          \
  si_test_wait_until (g_str_equal (si_ui_session_get_page_type (self), type))

G_END_DECLS
