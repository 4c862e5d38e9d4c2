/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-security-info-handler.h"

#include "si-account-view.h"

/* `GET /v1/me/security-info`. */

void
si_security_info_handler_get (SiServices *services, SiExchange *exchange)
{
  g_autoptr (SiAccountView) view = si_account_view_load (
      services->database, services->policy, si_exchange_get_account (exchange));
  g_autoptr (JsonNode) body
      = si_account_view_to_json (view, si_exchange_get_grant (exchange));
  g_autofree char *etag = si_account_view_dup_etag (view);

  si_exchange_answer_cached (exchange, body, etag);
}
