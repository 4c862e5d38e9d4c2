/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-events-handler.h"

#include "si-event-log.h"

/* `GET /v1/me/events`. */

void
si_events_handler_get (SiServices *services, SiExchange *exchange)
{
  g_autofree char     *cursor = si_exchange_dup_query (exchange, "cursor");
  g_autoptr (JsonNode) page = NULL;
  gint64               before = G_MAXINT64;

  if (cursor != NULL
      && !g_ascii_string_to_signed (cursor, 10, 1, G_MAXINT64, &before, NULL)) {
    si_exchange_refuse_field (exchange, "invalid_request", "cursor");
    return;
  }

  page = si_event_log_dup_page (services->database, si_exchange_get_account (exchange),
                                before);
  si_exchange_answer (exchange, SOUP_STATUS_OK, page, NULL);
}
