/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-application-hold.h"

/**
 * si_application_hold_for:
 * @task: a task that ends in a bounded time
 *
 * Keeps the app from ending before @task has. Where there is no app nothing happens.
 */
void
si_application_hold_for (GTask *task)
{
  GApplication *application = g_application_get_default ();

  if (application == NULL)
    return;

  g_application_hold (application);
  g_signal_connect_object (task, "notify::completed", G_CALLBACK (g_application_release),
                           application, G_CONNECT_SWAPPED);
}
