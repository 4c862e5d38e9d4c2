/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-timestamp.h"

/* Points in time as microseconds since 1970, always whole milliseconds: what is stored is
 * then exactly what the wire says, and nothing ends a fraction before its own time. */

gint64
si_timestamp_now (void)
{
  return g_get_real_time () / 1000 * 1000;
}

gint64
si_timestamp_after (gint64 timestamp, double seconds)
{
  return timestamp + (gint64) (seconds * 1000) * 1000;
}

/**
 * si_timestamp_format:
 * @timestamp: a time
 *
 * Returns: (transfer full): the time in RFC 3339, with milliseconds where there are any
 */
char *
si_timestamp_format (gint64 timestamp)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (timestamp / G_USEC_PER_SEC);
  g_autofree char      *seconds = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");
  int                   milliseconds = (int) (timestamp % G_USEC_PER_SEC / 1000);

  if (milliseconds == 0)
    return g_strconcat (seconds, "Z", NULL);

  return g_strdup_printf ("%s.%03dZ", seconds, milliseconds);
}
