/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-account-view.h"
#include "si-refusal.h"

G_BEGIN_DECLS

typedef struct {
  const char *purpose;
  const char *type;
  const char *use;
  const char *number;
  const char *channel;
  const char *method_id;
} SiStartRequest;

gboolean
si_start_request_parse (SiStartRequest *self, JsonObject *body, SiRefusal *refusal);
gboolean si_start_request_check (SiStartRequest *self,
                                 SiPolicy       *policy,
                                 SiAccountView  *view,
                                 SiRefusal      *refusal);

G_END_DECLS
