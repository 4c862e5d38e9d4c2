/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-verify-page.h"

#include "si-announce.h"
#include "si-error.h"
#include "si-fake-provider.h"
#include "si-ui-test.h"

#define EMPTY                                                                            \
  "{\"account\": {}, \"methods\": [], \"default\": null, \"defaultOptions\": []}"
#define CAN_RESEND "\"2026-11-23T12:00:03Z\""

typedef struct {
  SiFakeProvider *provider;
  SiOverview     *overview;
  SiEnrollment   *enrollment;
  SiVerifyPage   *page;
  GtkWidget      *window;
  guint           n_change_number;
  guint           n_restart;
} Fixture;

static void
change_number_cb (Fixture *fixture)
{
  fixture->n_change_number++;
}

static void
restart_cb (Fixture *fixture)
{
  fixture->n_restart++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->provider = si_fake_provider_new ();
  fixture->overview
      = si_fake_overview (fixture->provider, SI_EXAMPLE_CAPABILITIES, EMPTY);
  fixture->enrollment = si_enrollment_new (SI_PROVIDER (fixture->provider));
  fixture->page = g_object_new (SI_TYPE_VERIFY_PAGE, NULL);
  g_signal_connect_swapped (fixture->page, "change-number", G_CALLBACK (change_number_cb),
                            fixture);
  g_signal_connect_swapped (fixture->page, "restart", G_CALLBACK (restart_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  si_ui_test_close (fixture->window);
  si_fake_provider_end (fixture->provider);
  g_clear_object (&fixture->enrollment);
  g_clear_object (&fixture->overview);
  si_ui_test_drain ();
  si_fake_provider_end (fixture->provider);
  g_assert_finalize_object (fixture->provider);
}

static void
begin (Fixture *fixture, const char *text)
{
  g_autoptr (SiVerification) verification = si_fake_verification (text);

  si_enrollment_adopt (fixture->enrollment, verification);
  si_verify_page_begin (fixture->page, fixture->enrollment, fixture->overview);
  fixture->window = si_ui_test_show (fixture->page);
  si_ui_test_focus_page (SI_PAGE (fixture->page));
}

static void
push (Fixture *fixture, const char *text)
{
  si_test_wait_until (si_fake_provider_count (fixture->provider, SI_FAKE_POLL) == 1);
  si_fake_provider_answer (fixture->provider, SI_FAKE_POLL, si_fake_verification (text));
  g_assert_true (si_ui_test_focus_is_seen (fixture->window));
}

static GtkWidget *
find_button (Fixture *fixture, const char *label)
{
  return si_ui_test_find (fixture->window, GTK_TYPE_BUTTON, label);
}

static gpointer
child (Fixture *fixture, const char *name)
{
  return si_ui_test_child (fixture->page, name);
}

static GtkWidget *
entry (Fixture *fixture)
{
  return si_ui_test_child (child (fixture, "code_entry"), "entry");
}

static gboolean
asks_for_code (Fixture *fixture)
{
  return si_ui_test_is_shown (entry (fixture));
}

static void
test_call (Fixture *fixture, gconstpointer data)
{
  g_autofree char *answered
      = si_test_vary (SI_EXAMPLE_CALL, "state", "\"answered\"", NULL);

  begin (fixture, SI_EXAMPLE_CALL);
  si_ui_test_assert_shows (fixture->window, "Calling +46 70 123 45 67…");
  si_ui_test_assert_shows (fixture->window, "Ringing");
  si_ui_test_assert_shows (fixture->window, "Answer and press # to approve");
  si_ui_test_assert_shows (fixture->window, "Time left: 4:57");
  g_assert_false (asks_for_code (fixture));
  g_assert_nonnull (find_button (fixture, "Call Again"));
  g_assert_nonnull (find_button (fixture, "Text me instead"));
  g_assert_nonnull (find_button (fixture, "Change Number"));
  g_assert_null (find_button (fixture, "Start Over"));
  g_assert_true (si_ui_test_focus_is_seen (fixture->window));
  si_ui_test_assert_names (fixture->window);

  push (fixture, answered);
  si_ui_test_assert_shows (fixture->window, "Answered");
  si_ui_test_click_label (fixture->window, "Change Number");
  g_assert_cmpuint (fixture->n_change_number, ==, 1);
}

static const struct {
  const char *state;
  const char *reason;
  const char *sentence;
  const char *allowed;
  gboolean    again;
  gboolean    restart;
} failures[] = {
  { "attemptFailed", "no_answer", "nobody answered", "resend", TRUE, FALSE },
  { "attemptFailed", "busy", "talking on that phone", "resend", TRUE, FALSE },
  { "attemptFailed", "voicemail", "Voicemail can’t approve", "resend", TRUE, FALSE },
  { "attemptFailed", "rejected", "was declined", "resend", TRUE, FALSE },
  { "attemptFailed", "wrong_key", "Only the # key approves", "resend", TRUE, FALSE },
  { "attemptFailed", "unreachable", "switched off", "resend", TRUE, FALSE },
  { "attemptFailed", "carrier_error", "phone network", "resend", TRUE, FALSE },
  { "attemptFailed", "undeliverable", "can’t receive text messages", "resend", TRUE,
    FALSE },
  { "attemptFailed", "abducted", "was not verified", "resend", TRUE, FALSE },
  { "failed", "too_many_attempts", "typed too many times", "", FALSE, TRUE },
  { "failed", "no_sends_left", "called or texted too many times", "", FALSE, TRUE },
  { "expired", "", "not verified in time", "", FALSE, TRUE },
  { "canceled", "", "canceled elsewhere", "", FALSE, TRUE },
  { "blocked", "", "are blocked", "", FALSE, TRUE },
};

static char *
dup_failure (guint i)
{
  g_autofree char *state = g_strdup_printf ("\"%s\"", failures[i].state);
  g_autofree char *reason = g_strdup_printf ("\"%s\"", failures[i].reason);
  g_autofree char *allowed = g_strdup_printf ("[\"%s\"]", failures[i].allowed);

  return si_test_vary (SI_EXAMPLE_CALL, "state", state, "reason", reason, "allowed",
                       allowed, "resendAt", CAN_RESEND, NULL);
}

/* Each way in which it can end has its own sentence and its next step. */
static void
test_failure (Fixture *fixture, gconstpointer data)
{
  guint            i = GPOINTER_TO_UINT (data);
  g_autofree char *text = dup_failure (i);
  GtkWidget       *again;

  begin (fixture, SI_EXAMPLE_CALL);
  push (fixture, text);

  si_ui_test_assert_shows (fixture->window, failures[i].sentence);
  g_assert_false (si_ui_test_shows (fixture->window, "Ringing"));
  g_assert_false (asks_for_code (fixture));
  again = find_button (fixture, "Call Again");
  g_assert_cmpint (again != NULL, ==, failures[i].again);
  if (again != NULL)
    g_assert_true (gtk_widget_has_css_class (again, "suggested-action"));
  g_assert_cmpint (find_button (fixture, "Start Over") != NULL, ==, failures[i].restart);
  g_assert_cmpint (si_ui_test_shows (fixture->window, "Time left"), ==,
                   !failures[i].restart);
  g_assert_nonnull (find_button (fixture, "Change Number"));
  si_ui_test_assert_names (fixture->window);

  if (failures[i].restart) {
    si_ui_test_click_label (fixture->window, "Start Over");
    g_assert_cmpuint (fixture->n_restart, ==, 1);
  }
}

/* Before it is time the button can be pressed, and says when it will be. */
static void
test_too_soon (Fixture *fixture, gconstpointer data)
{
  GtkWidget *again;

  begin (fixture, SI_EXAMPLE_CALL);
  again = find_button (fixture, "Call Again");
  g_assert_true (gtk_widget_is_sensitive (again));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (again), GTK_ACCESSIBLE_STATE_DISABLED,
                                    TRUE);
  si_ui_test_assert_shows (again, "Call Again (0:27)");
  si_ui_test_click (again);
  si_ui_test_assert_shows (fixture->window, "You can try again in 27 seconds.");
  g_assert_cmpuint (si_fake_provider_count (fixture->provider, SI_FAKE_RESEND), ==, 0);

  /* The clock goes on. */
  si_test_wait_until (si_ui_test_shows (again, "Call Again (0:25)"));
  si_ui_test_assert_shows (fixture->window, "Time left: 4:55");
}

static void
test_again (Fixture *fixture, gconstpointer data)
{
  g_autofree char *failed
      = si_test_vary (SI_EXAMPLE_CALL, "state", "\"attemptFailed\"", "reason",
                      "\"no_answer\"", "resendAt", CAN_RESEND, NULL);
  GtkWidget *again;

  begin (fixture, failed);
  again = find_button (fixture, "Call Again");
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (again), GTK_ACCESSIBLE_STATE_DISABLED,
                                    FALSE);
  gtk_widget_grab_focus (again);
  si_ui_test_click (again);
  g_assert_cmpstr (si_fake_provider_get_argument (fixture->provider, SI_FAKE_RESEND), ==,
                   "call");

  /* Once is enough. */
  si_ui_test_click (again);
  g_assert_cmpuint (si_fake_provider_count (fixture->provider, SI_FAKE_RESEND), ==, 1);

  si_fake_provider_answer (fixture->provider, SI_FAKE_RESEND,
                           si_fake_verification (SI_EXAMPLE_CALL));
  si_ui_test_assert_shows (fixture->window, "Ringing");
  g_assert_true (si_ui_test_focus_is_seen (fixture->window));
}

static void
test_again_fails (Fixture *fixture, gconstpointer data)
{
  g_autofree char *failed
      = si_test_vary (SI_EXAMPLE_CALL, "state", "\"attemptFailed\"", "reason",
                      "\"no_answer\"", "resendAt", CAN_RESEND, NULL);

  begin (fixture, failed);
  si_ui_test_click_label (fixture->window, "Call Again");
  si_fake_provider_fail (
      fixture->provider, SI_FAKE_RESEND,
      si_fake_problem (429, "{\"code\": \"rate_limited\", \"retryAfter\": 120}"));
  si_ui_test_assert_shows (fixture->window, "Too many attempts. Try again in 2 minutes.");
  si_ui_test_assert_shows (fixture->window, "nobody answered");
  g_assert_nonnull (find_button (fixture, "Call Again"));
}

/* The other way is open at once. */
static void
test_switch (Fixture *fixture, gconstpointer data)
{
  g_autofree char *queued = si_test_vary (SI_EXAMPLE_TEXT, "state", "\"queued\"", NULL);

  begin (fixture, SI_EXAMPLE_CALL);
  si_ui_test_click_label (fixture->window, "Text me instead");
  g_assert_cmpstr (si_fake_provider_get_argument (fixture->provider, SI_FAKE_RESEND), ==,
                   "text");
  si_fake_provider_answer (fixture->provider, SI_FAKE_RESEND,
                           si_fake_verification (queued));
  si_ui_test_assert_shows (fixture->window,
                           "Sending a Text Message to +46 70 123 45 67…");
  g_assert_true (asks_for_code (fixture));
  g_assert_true (si_ui_test_get_focus (fixture->window) == entry (fixture));
  g_assert_false (si_ui_test_shows (fixture->window, "earlier code"));

  push (fixture, SI_EXAMPLE_TEXT);
  si_ui_test_assert_shows (fixture->window, "A Code Was Sent to");
  g_assert_nonnull (find_button (fixture, "Call me instead"));
  g_assert_nonnull (find_button (fixture, "Send Again"));
}

static void
test_send_again (Fixture *fixture, gconstpointer data)
{
  g_autofree char *texted = si_test_vary (SI_EXAMPLE_TEXT, "resendAt", CAN_RESEND, NULL);
  g_autofree char *queued = si_test_vary (SI_EXAMPLE_TEXT, "state", "\"queued\"", NULL);

  begin (fixture, texted);
  si_ui_test_type (entry (fixture), "123");
  si_ui_test_click_label (fixture->window, "Send Again");
  si_fake_provider_answer (fixture->provider, SI_FAKE_RESEND,
                           si_fake_verification (queued));
  si_ui_test_assert_shows (fixture->window, "The earlier code no longer works.");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry (fixture))), ==, "");

  /* It must still be there when the text has gone out, a moment later. */
  push (fixture, SI_EXAMPLE_TEXT);
  si_ui_test_assert_shows (fixture->window, "The earlier code no longer works.");
}

/* A channel that the organisation does not allow is not offered. */
static void
test_no_switch (Fixture *fixture, gconstpointer data)
{
  g_autofree char *alternate
      = si_test_vary (SI_EXAMPLE_CALL, "use", "\"alternate\"", NULL);
  g_autofree char *not_allowed
      = si_test_vary (SI_EXAMPLE_CALL, "allowed", "[\"resend\", \"cancel\"]", NULL);

  begin (fixture, alternate);
  g_assert_null (find_button (fixture, "Text me instead"));
  push (fixture, SI_EXAMPLE_CALL);
  g_assert_nonnull (find_button (fixture, "Text me instead"));
  push (fixture, not_allowed);
  g_assert_null (find_button (fixture, "Text me instead"));
}

static void
test_code (Fixture *fixture, gconstpointer data)
{
  g_autofree char *four = si_test_vary (SI_EXAMPLE_TEXT, "checksLeft", "1", NULL);

  begin (fixture, SI_EXAMPLE_TEXT);
  si_ui_test_assert_shows (fixture->window, "5 attempts left");
  g_assert_true (si_ui_test_get_focus (fixture->window) == entry (fixture));
  si_ui_test_assert_names (fixture->window);

  si_ui_test_paste (entry (fixture), "123-456");
  g_assert_cmpstr (si_fake_provider_get_argument (fixture->provider, SI_FAKE_CODE), ==,
                   "123456");
  si_fake_provider_fail (
      fixture->provider, SI_FAKE_CODE,
      si_fake_problem (422, "{\"code\": \"code_incorrect\", \"checksLeft\": 1}"));
  si_ui_test_assert_shows (fixture->window,
                           "That code is not right. You have 1 attempt left.");
  si_ui_test_assert_invalid (entry (fixture), TRUE);
  g_assert_true (si_ui_test_get_focus (fixture->window) == entry (fixture));

  push (fixture, four);
  si_ui_test_assert_invalid (entry (fixture), TRUE);
  si_ui_test_type (entry (fixture), "1");
  si_ui_test_assert_shows (fixture->window, "1 attempt left");
}

static void
test_code_refused (Fixture *fixture, gconstpointer data)
{
  begin (fixture, SI_EXAMPLE_TEXT);
  si_ui_test_paste (entry (fixture), "123456");
  si_fake_provider_fail (fixture->provider, SI_FAKE_CODE,
                         si_fake_problem (429, "{\"code\": \"rate_limited\"}"));
  si_ui_test_assert_shows (fixture->window, "Too many attempts. Wait a while");
  si_ui_test_assert_invalid (entry (fixture), FALSE);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry (fixture))), ==, "123456");

  /* Return tries again. */
  g_signal_emit_by_name (entry (fixture), "activate");
  g_assert_cmpuint (si_fake_provider_count (fixture->provider, SI_FAKE_CODE), ==, 1);
}

static void
test_spoken (Fixture *fixture, gconstpointer data)
{
  g_autofree char *spoken
      = si_test_vary (SI_EXAMPLE_CALL, "approval", "\"code\"", "codeLength", "4", NULL);

  begin (fixture, spoken);
  g_assert_true (asks_for_code (fixture));
  si_ui_test_assert_shows (fixture->window, "listen to the code");
  si_ui_test_assert_shows (fixture->window, "Ringing");
  si_ui_test_paste (entry (fixture), "1234");
  g_assert_cmpstr (si_fake_provider_get_argument (fixture->provider, SI_FAKE_CODE), ==,
                   "1234");
}

static void
test_connection (Fixture *fixture, gconstpointer data)
{
  begin (fixture, SI_EXAMPLE_CALL);
  si_fake_provider_fail (fixture->provider, SI_FAKE_POLL, si_fake_offline ());
  si_ui_test_assert_shows (fixture->window, "The connection was lost.");
  si_ui_test_assert_shows (fixture->window, "Ringing");

  push (fixture, SI_EXAMPLE_CALL);
  g_assert_false (si_ui_test_shows (fixture->window, "The connection was lost."));
}

/* When it can't be followed any more, one can begin again. */
static void
test_lost (Fixture *fixture, gconstpointer data)
{
  begin (fixture, SI_EXAMPLE_CALL);
  si_fake_provider_fail (fixture->provider, SI_FAKE_POLL,
                         si_fake_problem (404, "{\"code\": \"not_found\"}"));
  si_ui_test_assert_shows (fixture->window, "This verification has ended. Start over.");
  si_ui_test_click_label (fixture->window, "Start Over");
  g_assert_cmpuint (fixture->n_restart, ==, 1);
}

/* A screen reader is told what is new, and that once. */
static void
test_announced (Fixture *fixture, gconstpointer data)
{
  g_autofree char *calling = si_test_vary (SI_EXAMPLE_CALL, "state", "\"calling\"", NULL);
  g_autofree char *failed = dup_failure (0);
  g_autofree char *arrival = NULL;
  GtkWidget       *focus;

  begin (fixture, calling);
  focus = si_ui_test_get_focus (fixture->window);
  arrival = si_page_dup_announcement (SI_PAGE (fixture->page));
  si_ui_test_assert_text (
      arrival, "Calling +46 70 123 45 67… Calling. Answer and press # to approve");

  push (fixture, SI_EXAMPLE_CALL);
  si_ui_test_assert_announced (focus, "Ringing");
  si_announce (focus, "Something else");
  push (fixture, SI_EXAMPLE_CALL);
  si_ui_test_assert_announced (focus, "Something else");

  push (fixture, failed);
  si_ui_test_assert_announced (
      focus,
      "Nobody Answered. The phone rang, but nobody answered. Have it at hand, then "
      "call again.");
}

/* A change of state leaves the focus where the person has put it. */
static void
test_focus_stays (Fixture *fixture, gconstpointer data)
{
  g_autofree char *queued = si_test_vary (SI_EXAMPLE_TEXT, "state", "\"queued\"", NULL);
  GtkWidget       *button;

  begin (fixture, queued);
  button = find_button (fixture, "Change Number");
  gtk_widget_grab_focus (button);
  push (fixture, SI_EXAMPLE_TEXT);
  g_assert_true (si_ui_test_get_focus (fixture->window) == button);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  si_ui_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++) {
    g_autofree char *path
        = g_strdup_printf ("/verify-page/failure/%s-%u", failures[i].state, i);

    g_test_add (path, Fixture, GUINT_TO_POINTER (i), set_up, test_failure, tear_down);
  }
  ADD ("/verify-page/call", test_call);
  ADD ("/verify-page/too-soon", test_too_soon);
  ADD ("/verify-page/again", test_again);
  ADD ("/verify-page/again-fails", test_again_fails);
  ADD ("/verify-page/switch", test_switch);
  ADD ("/verify-page/send-again", test_send_again);
  ADD ("/verify-page/no-switch", test_no_switch);
  ADD ("/verify-page/code", test_code);
  ADD ("/verify-page/code-refused", test_code_refused);
  ADD ("/verify-page/spoken", test_spoken);
  ADD ("/verify-page/connection", test_connection);
  ADD ("/verify-page/lost", test_lost);
  ADD ("/verify-page/announced", test_announced);
  ADD ("/verify-page/focus-stays", test_focus_stays);

  return g_test_run ();
}
