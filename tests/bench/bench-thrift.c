/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <libsoup/soup.h>

#include "si-ui-session.h"

/* What the app costs while it works and while it waits: requests, and wake-ups. */

static guint n_requests;
static guint n_under_way;
static guint n_side_by_side; /* the most that were under way at once */
static guint n_wakeups;

static gboolean
request_queued_cb (GSignalInvocationHint *hint,
                   guint                  n_values,
                   const GValue          *values,
                   gpointer               user_data)
{
  n_requests++;
  n_under_way++;
  n_side_by_side = MAX (n_side_by_side, n_under_way);

  return TRUE;
}

static gboolean
request_unqueued_cb (GSignalInvocationHint *hint,
                     guint                  n_values,
                     const GValue          *values,
                     gpointer               user_data)
{
  n_under_way--;

  return TRUE;
}

/* Counts how often the process comes back from waiting. */
static int
counting_poll (GPollFD *fds, guint n_fds, int timeout)
{
  if (timeout != 0)
    n_wakeups++;

  return g_poll (fds, n_fds, timeout);
}

static void
test_list (void)
{
  SiUiSession session = { 0 };

  si_ui_session_start (&session, si_test_server_options_new ());
  n_requests = 0;
  n_side_by_side = 0;

  /* Both go out at once: neither waits for the other's answer. */
  si_overview_refresh (session.overview);
  si_test_wait_until (!si_overview_get_loading (session.overview));
  g_assert_true (si_overview_is_loaded (session.overview));
  g_assert_cmpuint (n_requests, ==, 2);
  g_assert_cmpuint (n_side_by_side, ==, 2);

  si_ui_session_end (&session);
}

/* As slowly as a person is, so that the app sees every state. */
static void
answer_slowly (SiUiSession *session)
{
  SiSimulatedPhone  *phone = si_server_get_phone (session->server);
  g_autoptr (GError) error = NULL;
  g_autofree char   *id = NULL;

  si_test_wait_until (si_ui_test_shows (session->wizard, "Calling\n"));
  si_test_wait_until (si_ui_test_shows (session->wizard, "Ringing"));
  id = g_strdup (si_simulated_call_get_id (si_simulated_phone_get_ringing (phone)));
  si_simulated_phone_answer (phone, id, &error);
  g_assert_no_error (error);
  si_test_wait_until (si_ui_test_shows (session->wizard, "Answered"));
  si_simulated_phone_press (phone, id, '#', &error);
  g_assert_no_error (error);
  si_ui_session_wait_for_page (session, "SiDonePage");
}

/* Two, one for each change of state (calling, ringing, answered, verified), and one for
 * each 25 seconds. */
static void
test_call (void)
{
  SiUiSession      session = { 0 };
  SiServerOptions *options = si_test_server_options_new ();

  options->dial_time = 0.2;
  si_ui_session_start (&session, options);
  si_ui_session_open_wizard (&session);
  si_wizard_add (session.wizard, TRUE);

  n_requests = 0;
  si_ui_session_request (&session, "070-174 06 05", "Call me");
  answer_slowly (&session);
  si_test_wait_until (!si_overview_get_loading (session.overview));
  si_test_run_for (200);
  g_test_message ("%u requests for a verification by call", n_requests);
  g_assert_cmpuint (n_requests, <=, 2 + 4);

  si_ui_session_end (&session);
}

static guint
count_wakeups (guint milliseconds)
{
  n_wakeups = 0;
  si_test_run_for (milliseconds);

  return n_wakeups;
}

/* While a phone rings the app does nothing but count the time down, once a second. Each
 * time costs the timer and a frame. */
static void
test_waiting (void)
{
  SiUiSession session = { 0 };
  guint       n;

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  si_ui_session_start (&session, si_test_server_options_new ());
  si_ui_session_open_wizard (&session);
  si_wizard_add (session.wizard, TRUE);
  si_ui_session_request (&session, "070-174 06 05", "Call me");
  si_test_wait_until (si_ui_test_shows (session.wizard, "Ringing"));
  si_test_run_for (1000);

  n_requests = 0;
  n = count_wakeups (4000);
  g_test_message ("%.1f wake-ups a second while a phone rings", n / 4.0);
  g_assert_cmpuint (n, <=, 4 * 6);
  g_assert_cmpuint (n_requests, ==, 0);

  si_ui_session_end (&session);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

/* With nothing under way nothing happens at all. */
static void
test_idle (void)
{
  SiUiSession session = { 0 };
  guint       n;

  si_ui_session_start (&session, si_test_server_options_new ());
  si_ui_session_load (&session);
  session.parent = si_ui_test_show (gtk_label_new ("The window"));
  si_test_run_for (1000);

  n_requests = 0;
  n = count_wakeups (3000);
  g_test_message ("%.1f wake-ups a second while nothing is under way", n / 3.0);
  g_assert_cmpuint (n, <=, 3);
  g_assert_cmpuint (n_requests, ==, 0);

  si_ui_session_end (&session);
}

int
main (int argc, char **argv)
{
  si_ui_test_init (&argc, &argv);

  g_main_context_set_poll_func (NULL, counting_poll);
  g_type_class_unref (g_type_class_ref (SOUP_TYPE_SESSION));
  g_signal_add_emission_hook (g_signal_lookup ("request-queued", SOUP_TYPE_SESSION), 0,
                              request_queued_cb, NULL, NULL);
  g_signal_add_emission_hook (g_signal_lookup ("request-unqueued", SOUP_TYPE_SESSION), 0,
                              request_unqueued_cb, NULL, NULL);

  g_test_add_func ("/bench/list", test_list);
  g_test_add_func ("/bench/call", test_call);
  g_test_add_func ("/bench/waiting", test_waiting);
  g_test_add_func ("/bench/idle", test_idle);

  return g_test_run ();
}
