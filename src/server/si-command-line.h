/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-server-options.h"

G_BEGIN_DECLS

typedef struct {
  SiServerOptions *options;
  gboolean         version;
  gboolean         example;
} SiCommandLine;

gboolean si_command_line_parse (SiCommandLine *self, char ***argv, GError **error);
void     si_command_line_clear (SiCommandLine *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SiCommandLine, si_command_line_clear)

G_END_DECLS
