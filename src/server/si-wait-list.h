/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SiWaitList SiWaitList;

SiWaitList *si_wait_list_new (void);
void        si_wait_list_free (SiWaitList *self);

void si_wait_list_add (SiWaitList *self,
                       const char *id,
                       guint       seconds,
                       GFunc       callback,
                       gpointer    exchange,
                       gpointer    user_data);
void si_wait_list_wake (SiWaitList *self, const char *id);
void si_wait_list_wake_all (SiWaitList *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SiWaitList, si_wait_list_free)

G_END_DECLS
