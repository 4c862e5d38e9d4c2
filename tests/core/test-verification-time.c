/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-clock.h"
#include "si-test-documents.h"
#include "si-verification.h"

/* Countdowns come from the backend's own two times alone: the example's verification has
 * 297 seconds left, and 27 until it may be sent again, whatever this machine thinks. */

#define SECONDS(n) ((gint64) ((n) *1e6))

static SiVerification *
read_at (const char *text, gint64 received_at)
{
  g_autoptr (JsonObject) object = si_test_parse (text);

  return si_verification_new_from_json (object, NULL, received_at, NULL);
}

static void
test_countdown (void)
{
  gint64                     now = SECONDS (1000);
  g_autoptr (SiVerification) self = read_at (SI_EXAMPLE_CALL, now);

  g_assert_cmpint (si_verification_get_seconds_left (self, now), ==, 297);
  g_assert_cmpint (si_verification_get_seconds_left (self, now + 1), ==, 297);
  g_assert_cmpint (si_verification_get_seconds_left (self, now + SECONDS (1)), ==, 296);
  g_assert_cmpint (si_verification_get_seconds_left (self, now + SECONDS (296.5)), ==, 1);
  g_assert_cmpint (si_verification_get_seconds_left (self, now + SECONDS (297)), ==, 0);
  g_assert_cmpint (si_verification_get_seconds_left (self, now + SECONDS (9999)), ==, 0);

  g_assert_cmpint (si_verification_get_seconds_to_resend (self, now), ==, 27);
  g_assert_cmpint (si_verification_get_seconds_to_resend (self, now + SECONDS (27)), ==,
                   0);
}

/* Both clocks off against each other by ten minutes, either way: the backend's times all
 * move together. */
static void
test_offset (void)
{
  const char *const offsets[][3] = {
    { "\"2026-11-23T12:10:03Z\"", "\"2026-11-23T12:15:00Z\"",
      "\"2026-11-23T12:10:30Z\"" },
    { "\"2026-11-23T11:50:03Z\"", "\"2026-11-23T11:55:00Z\"",
      "\"2026-11-23T11:50:30Z\"" },
    { "\"2026-11-23T13:00:03+01:00\"", "\"2026-11-23T12:05:00Z\"",
      "\"2026-11-23T07:00:30-05:00\"" },
    { "\"1999-12-31T23:59:59Z\"", "\"2000-01-01T00:04:56Z\"",
      "\"2000-01-01T00:00:26Z\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (offsets); i++) {
    g_autofree char *text
        = si_test_vary (SI_EXAMPLE_CALL, "serverTime", offsets[i][0], "expiresAt",
                        offsets[i][1], "resendAt", offsets[i][2], NULL);
    g_autoptr (SiVerification) self = read_at (text, SECONDS (5));

    g_assert_cmpint (si_verification_get_seconds_left (self, SECONDS (5)), ==, 297);
    g_assert_cmpint (si_verification_get_seconds_to_resend (self, SECONDS (5)), ==, 27);
  }
}

/* The same deadline, read again later: it never moves. */
static void
test_read_again (void)
{
  g_autofree char *later_text
      = si_test_vary (SI_EXAMPLE_CALL, "serverTime", "\"2026-11-23T12:01:03Z\"", NULL);
  g_autoptr (SiVerification) self = read_at (SI_EXAMPLE_CALL, SECONDS (100));
  g_autoptr (SiVerification) later = read_at (later_text, SECONDS (160));

  g_assert_cmpint (si_verification_get_seconds_left (self, SECONDS (200)), ==,
                   si_verification_get_seconds_left (later, SECONDS (200)));
}

static void
test_over_already (void)
{
  g_autofree char *text
      = si_test_vary (SI_EXAMPLE_CALL, "serverTime", "\"2026-11-23T13:00:00Z\"", NULL);
  g_autoptr (SiVerification) self = read_at (text, SECONDS (5));

  g_assert_cmpint (si_verification_get_seconds_left (self, SECONDS (5)), ==, 0);
  g_assert_cmpint (si_verification_get_seconds_to_resend (self, SECONDS (5)), ==, 0);
}

/* Without times that can be read there is no countdown, and nothing to wait for. */
static void
test_no_time (void)
{
  const char *const bad[] = { "null",
                              "0",
                              "\"\"",
                              "\"soon\"",
                              "\"2026-11-23\"",
                              "\"2026-11-23T12:00:00\"",
                              "\"2026-13-45T99:99:99Z\"" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *no_server
        = si_test_vary (SI_EXAMPLE_CALL, "serverTime", bad[i], NULL);
    g_autofree char *no_end
        = si_test_vary (SI_EXAMPLE_CALL, "expiresAt", bad[i], "resendAt", bad[i], NULL);
    g_autoptr (SiVerification) one = read_at (no_server, SECONDS (5));
    g_autoptr (SiVerification) other = read_at (no_end, SECONDS (5));

    g_assert_cmpint (si_verification_get_seconds_left (one, SECONDS (5)), ==, G_MAXINT);
    g_assert_cmpint (si_verification_get_seconds_to_resend (one, SECONDS (5)), ==, 0);
    g_assert_cmpint (si_verification_get_seconds_left (other, SECONDS (5)), ==, G_MAXINT);
    g_assert_cmpint (si_verification_get_seconds_to_resend (other, SECONDS (5)), ==, 0);
  }
}

static void
test_far_away (void)
{
  g_autofree char *text
      = si_test_vary (SI_EXAMPLE_CALL, "serverTime", "\"0001-01-01T00:00:00Z\"",
                      "expiresAt", "\"9999-12-31T23:59:59Z\"", NULL);
  g_autoptr (SiVerification) self = read_at (text, si_clock_get_time ());

  g_assert_cmpint (si_verification_get_seconds_left (self, si_clock_get_time ()), ==,
                   G_MAXINT);
}

static void
test_clock (void)
{
  gint64 first = si_clock_get_time ();
  gint64 second = si_clock_get_time ();

  g_assert_cmpint (first, >, 0);
  g_assert_cmpint (second, >=, first);

  /* It runs through suspend, so it is never behind the one that does not. */
  g_assert_cmpint (si_clock_get_time (), >=, g_get_monotonic_time () - 1000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/verification-time/countdown", test_countdown);
  g_test_add_func ("/verification-time/offset", test_offset);
  g_test_add_func ("/verification-time/read-again", test_read_again);
  g_test_add_func ("/verification-time/over-already", test_over_already);
  g_test_add_func ("/verification-time/no-time", test_no_time);
  g_test_add_func ("/verification-time/far-away", test_far_away);
  g_test_add_func ("/verification-time/clock", test_clock);

  return g_test_run ();
}
