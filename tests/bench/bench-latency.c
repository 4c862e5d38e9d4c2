/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-ui-session.h"

/* From the backend's COMMIT of an approval to the first painted frame of the page that
 * says so: measured in the app, over loopback, with long-polling, without animations. */

#define N_RUNS 60
#define MAX_MEDIAN_US 20000
#define MAX_P95_US 50000

typedef struct {
  SiUiSession session;
  gint64      committed_at;
  gint64      painted_at;
} Run;

static void
committed_cb (Run *run, const char *id, gint64 at)
{
  run->committed_at = at;
}

static void
painted_cb (Run *run)
{
  if (run->committed_at != 0 && run->painted_at == 0
      && g_str_equal (si_ui_session_get_page_type (&run->session), "SiDonePage"))
    run->painted_at = g_get_monotonic_time ();
}

static void
press_when_answered (SiUiSession *session)
{
  SiSimulatedPhone  *phone = si_server_get_phone (session->server);
  g_autofree char   *id = NULL;
  g_autoptr (GError) error = NULL;

  si_test_server_wait_for_call (session->server, SI_SIMULATED_CALL_RINGING);
  si_test_wait_until (si_ui_test_shows (session->wizard, "Ringing"));
  id = g_strdup (si_simulated_call_get_id (si_simulated_phone_get_ringing (phone)));
  si_simulated_phone_answer (phone, id, &error);
  g_assert_no_error (error);
  si_test_wait_until (si_ui_test_shows (session->wizard, "Answered"));

  /* By now the next request waits at the backend, as it does while a person listens. */
  si_test_run_for (20);
  si_simulated_phone_press (phone, id, '#', &error);
  g_assert_no_error (error);
}

static gint64
measure (void)
{
  Run            run = { 0 };
  SiUiSession   *session = &run.session;
  GdkFrameClock *clock;

  si_ui_session_start (session, si_test_server_options_new ());
  g_signal_connect_swapped (session->server, "committed", G_CALLBACK (committed_cb),
                            &run);
  si_ui_session_open_wizard (session);
  si_wizard_add (session->wizard, TRUE);
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (session->wizard));
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (painted_cb), &run);

  si_ui_session_request (session, "070-174 06 05", "Call me");
  press_when_answered (session);
  si_test_wait_until (run.painted_at != 0);

  g_signal_handlers_disconnect_by_data (clock, &run);
  si_ui_session_end (session);

  return run.painted_at - run.committed_at;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 first = *(const gint64 *) a, second = *(const gint64 *) b;

  return first < second ? -1 : first > second;
}

static void
test_latency (void)
{
  gint64 times[N_RUNS];
  gint64 median, p95;

  for (guint i = 0; i < N_RUNS; i++)
    times[i] = measure ();

  qsort (times, N_RUNS, sizeof (gint64), compare);
  median = times[N_RUNS / 2];
  p95 = times[N_RUNS * 95 / 100];
  g_test_message ("median %.1f ms, 95th percentile %.1f ms, least %.1f ms, most %.1f ms "
                  "of %d runs",
                  median / 1e3, p95 / 1e3, times[0] / 1e3, times[N_RUNS - 1] / 1e3,
                  N_RUNS);

  g_assert_cmpint (median, >, 0);
  g_assert_cmpint (median, <=, MAX_MEDIAN_US);
  g_assert_cmpint (p95, <=, MAX_P95_US);
}

int
main (int argc, char **argv)
{
  si_ui_test_init (&argc, &argv);

  g_test_add_func ("/bench/latency", test_latency);

  return g_test_run ();
}
