/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Runs the main loop until @condition holds, and fails the test where it takes too long.
 */
#define si_test_wait_until(condition)                                                    \
  G_STMT_START                                                                           \
  {                                                                                      \
    guint si_test_deadline = si_test_start_deadline (G_STRLOC ": " #condition);          \
    while (!(condition))                                                                 \
      g_main_context_iteration (NULL, TRUE);                                             \
    g_source_remove (si_test_deadline);                                                  \
  }                                                                                      \
  G_STMT_END

guint si_test_start_deadline (const char *what);
void  si_test_run_for (guint milliseconds);
void  si_test_keep_result (GObject *source, GAsyncResult *result, gpointer user_data);

G_END_DECLS
