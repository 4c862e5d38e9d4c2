/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-clock.h"

#include <time.h>

/**
 * si_clock_get_time:
 *
 * The time on a clock that runs through suspend and that nobody can set: what countdowns
 * are reckoned on (contract, "GET /v1/me/verifications/{id}").
 *
 * Returns: microseconds since the machine started
 */
gint64
si_clock_get_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);

  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}
