/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SI_FAKE_BROKER_NAME "com.microsoft.identity.broker1"

/* What a call of a method comes to. */
typedef struct {
  const char *text;       /* the answer; NULL where none comes */
  const char *error_name; /* an error of the bus with that text, instead */
  const char *type;       /* what the answer is of, instead of "(s)" */
  gboolean    leaves;     /* the broker goes away instead */
} SiFakeAnswer;

typedef struct {
  GDBusConnection *connection;
  guint            object_id;
  guint            owner_id;
  gboolean         has_name;
  SiFakeAnswer     accounts;
  SiFakeAnswer     token;
  GString         *calls;   /* the methods' names, with a space behind each */
  char            *ids;     /* the protocol's version and the id of the last call */
  char            *request; /* its request */
} SiFakeBroker;

SiFakeBroker *si_fake_broker_new (const char *address);
void          si_fake_broker_free (SiFakeBroker *self);

G_END_DECLS
