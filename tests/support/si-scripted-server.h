/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What happens to the connection after bytes that are no regular answer. */
typedef enum {
  SI_AFTERWARDS_CLOSE,
  SI_AFTERWARDS_RESET,
  SI_AFTERWARDS_HOLD,
  SI_AFTERWARDS_FLOOD, /* the same bytes again and again */
} SiAfterwards;

#define SI_TYPE_SCRIPTED_SERVER (si_scripted_server_get_type ())
G_DECLARE_FINAL_TYPE (SiScriptedServer, si_scripted_server, SI, SCRIPTED_SERVER, GObject)

/* One answer that the server is to give; it belongs to the server. */
typedef struct _SiReply SiReply;

SiScriptedServer *si_scripted_server_new (void);
SiScriptedServer *si_scripted_server_new_with_certificate (GTlsCertificate *certificate);

GUri    *si_scripted_server_get_base (SiScriptedServer *self);
SiReply *si_scripted_server_expect (SiScriptedServer *self,
                                    const char       *method,
                                    const char       *path,
                                    guint             status,
                                    const char       *body);
SiReply *si_scripted_server_expect_bytes (SiScriptedServer *self,
                                          const char       *method,
                                          const char       *path,
                                          const void       *bytes,
                                          gssize            length,
                                          SiAfterwards      afterwards);
void     si_reply_set_header (SiReply *reply, const char *name, const char *value);
void     si_reply_hold (SiReply *reply);
void     si_reply_release (SiReply *reply);
void     si_reply_repeat (SiReply *reply);

guint       si_scripted_server_get_n_requests (SiScriptedServer *self);
guint       si_scripted_server_get_n_unanswered (SiScriptedServer *self);
gboolean    si_scripted_server_is_done (SiScriptedServer *self);
const char *si_scripted_server_get_line (SiScriptedServer *self, guint index);
const char *
si_scripted_server_get_header (SiScriptedServer *self, guint index, const char *name);
const char *si_scripted_server_get_body (SiScriptedServer *self, guint index);

G_END_DECLS
