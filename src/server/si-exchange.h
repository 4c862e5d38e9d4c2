/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "si-grant.h"
#include "si-refusal.h"

G_BEGIN_DECLS

#define SI_EXCHANGE_MAX_BODY (64 * 1024)

#define SI_TYPE_EXCHANGE (si_exchange_get_type ())

G_DECLARE_FINAL_TYPE (SiExchange, si_exchange, SI, EXCHANGE, GObject)

SiExchange *si_exchange_new (SoupServerMessage *message);

const char    *si_exchange_get_method (SiExchange *self);
const char    *si_exchange_get_path (SiExchange *self);
const char    *si_exchange_get_header (SiExchange *self, const char *name);
char          *si_exchange_dup_query (SiExchange *self, const char *name);
const char    *si_exchange_get_language (SiExchange *self);
const SiGrant *si_exchange_get_grant (SiExchange *self);
const char    *si_exchange_get_account (SiExchange *self);
const char    *si_exchange_get_id (SiExchange *self);
char          *si_exchange_dup_fingerprint (SiExchange *self);
gboolean si_exchange_matches (SiExchange *self, const char *header, const char *etag);

void si_exchange_set_grant (SiExchange *self, SiGrant *grant);
void si_exchange_set_id (SiExchange *self, const char *id);
void si_exchange_set_header (SiExchange *self, const char *name, const char *value);

JsonObject *si_exchange_parse_body (SiExchange *self);
JsonObject *si_exchange_parse_optional_body (SiExchange *self);

void     si_exchange_pause (SiExchange *self);
gboolean si_exchange_is_gone (SiExchange *self);
void
si_exchange_answer (SiExchange *self, guint status, JsonNode *body, const char *etag);
void si_exchange_answer_empty (SiExchange *self, guint status);
void si_exchange_answer_cached (SiExchange *self, JsonNode *body, const char *etag);
void si_exchange_refuse (SiExchange *self, const SiRefusal *refusal);
void si_exchange_refuse_code (SiExchange *self, const char *code);
void si_exchange_refuse_field (SiExchange *self, const char *code, const char *field);

G_END_DECLS
