/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-phone-page.h"
#include "si-ui-session.h"

/* The wizard against the reference backend, from the first page to the last. */

typedef SiUiSession Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  SiServerOptions *options = si_test_server_options_new ();

  options->resend_after = 0;
  si_ui_session_start (fixture, options);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  si_ui_session_end (fixture);
}

static void
begin_phone (Fixture *fixture)
{
  si_ui_session_open_wizard (fixture);
  si_wizard_add (fixture->wizard, TRUE);
}

static void
begin_call (Fixture *fixture, const char *number)
{
  begin_phone (fixture);
  si_ui_session_request (fixture, number, "Call me");
  si_ui_session_wait_for_page (fixture, "SiVerifyPage");
}

static void
back (Fixture *fixture)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->wizard), "wizard.back", NULL);
  si_ui_test_drain ();
}

static guint
count_methods (Fixture *fixture)
{
  si_ui_session_load (fixture);

  return g_list_model_get_n_items (
      si_security_info_get_methods (si_overview_get_security_info (fixture->overview)));
}

static gboolean
is_open_on_backend (Fixture *fixture)
{
  si_ui_session_load (fixture);

  return si_security_info_get_open_verification (
             si_overview_get_security_info (fixture->overview))
         != NULL;
}

static void
assert_usable (Fixture *fixture)
{
  si_ui_test_assert_names (fixture->wizard);
  g_assert_true (si_ui_test_focus_is_seen (fixture->wizard));
}

static void
test_call (Fixture *fixture, gconstpointer data)
{
  si_ui_session_open_wizard (fixture);
  si_wizard_add (fixture->wizard, FALSE);
  si_ui_session_wait_for_page (fixture, "SiAddPage");
  assert_usable (fixture);
  g_assert_null (si_ui_session_get_button (fixture, "Back"));
  g_assert_null (si_ui_session_get_button (fixture, "Next"));

  si_ui_test_activate_row (
      si_ui_test_find (fixture->wizard, ADW_TYPE_ACTION_ROW, "Phone"));
  si_ui_session_wait_for_page (fixture, "SiPhonePage");
  assert_usable (fixture);
  g_assert_nonnull (si_ui_session_get_button (fixture, "Back"));

  si_ui_session_request (fixture, "070-174 06 05", "Call me");
  si_ui_session_wait_for_page (fixture, "SiVerifyPage");
  assert_usable (fixture);
  si_test_server_approve (fixture->server);
  si_ui_session_wait_for_page (fixture, "SiDonePage");
  assert_usable (fixture);
  si_ui_test_assert_shows (fixture->wizard, "+46 70 174 06 05 was added");
  g_assert_null (si_ui_session_get_button (fixture, "Back"));
  g_assert_null (si_ui_session_get_button (fixture, "Cancel"));

  si_ui_test_click_label (fixture->wizard, "Done");
  si_test_wait_until (fixture->wizard == NULL);
  g_assert_cmpuint (count_methods (fixture), ==, 1);
}

static void
test_text (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = NULL;
  gpointer         entry;

  begin_phone (fixture);
  si_ui_session_request (fixture, "+46701740605", "Text me");
  si_ui_session_wait_for_page (fixture, "SiVerifyPage");
  code = si_test_server_wait_for_code (fixture->server);
  entry = si_ui_test_child (
      si_ui_test_child (si_ui_session_get_page (fixture), "code_entry"), "entry");

  si_ui_test_paste (entry, strcmp (code, "000000") == 0 ? "111111" : "000000");
  si_test_wait_until (si_ui_test_shows (fixture->wizard, "4 attempts left"));
  si_ui_test_assert_invalid (entry, TRUE);

  si_ui_test_paste (entry, code);
  si_ui_session_wait_for_page (fixture, "SiDonePage");
}

/* Nothing that was typed is lost by going back. */
static void
test_back_and_forth (Fixture *fixture, gconstpointer data)
{
  GtkWidget *entry;

  si_ui_session_open_wizard (fixture);
  si_wizard_add (fixture->wizard, FALSE);
  si_ui_test_activate_row (
      si_ui_test_find (fixture->wizard, ADW_TYPE_ACTION_ROW, "Phone"));
  entry = si_ui_test_child (si_ui_session_get_page (fixture), "number_entry");
  si_ui_test_type (entry, "0701740605");

  back (fixture);
  si_ui_session_wait_for_page (fixture, "SiAddPage");
  assert_usable (fixture);
  si_ui_test_activate_row (
      si_ui_test_find (fixture->wizard, ADW_TYPE_ACTION_ROW, "Phone"));
  si_ui_session_wait_for_page (fixture, "SiPhonePage");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "070-174 06 05");

  si_ui_test_activate_row (
      si_ui_test_child (si_ui_session_get_page (fixture), "country_row"));
  si_ui_session_wait_for_page (fixture, "SiCountryPage");
  assert_usable (fixture);
  back (fixture);
  si_ui_session_wait_for_page (fixture, "SiPhonePage");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "070-174 06 05");
}

static void
test_country (Fixture *fixture, gconstpointer data)
{
  gpointer page;

  begin_phone (fixture);
  g_assert_null (si_ui_session_get_button (fixture, "Back"));
  page = si_ui_session_get_page (fixture);
  si_ui_test_activate_row (si_ui_test_child (page, "country_row"));
  si_ui_session_wait_for_page (fixture, "SiCountryPage");
  gtk_editable_set_text (
      GTK_EDITABLE (si_ui_test_child (si_ui_session_get_page (fixture), "search_entry")),
      "norway");
  g_signal_emit_by_name (
      si_ui_test_child (si_ui_session_get_page (fixture), "search_entry"), "activate");
  si_ui_session_wait_for_page (fixture, "SiPhonePage");
  si_ui_test_assert_shows (page, "Norway (+47)");
}

/* Esc on the list of countries leaves the list, not the wizard with all that was typed.
 */
static void
test_escape_from_countries (Fixture *fixture, gconstpointer data)
{
  begin_phone (fixture);
  si_ui_test_activate_row (
      si_ui_test_child (si_ui_session_get_page (fixture), "country_row"));
  si_ui_session_wait_for_page (fixture, "SiCountryPage");
  si_ui_test_press_key (fixture->wizard, GDK_KEY_Escape, 0);
  si_ui_test_drain ();
  g_assert_nonnull (fixture->wizard);
  g_assert_cmpstr (si_ui_session_get_page_type (fixture), ==, "SiPhonePage");

  /* In the field it first ends the search. */
  si_ui_test_activate_row (
      si_ui_test_child (si_ui_session_get_page (fixture), "country_row"));
  g_signal_emit_by_name (
      si_ui_test_child (si_ui_session_get_page (fixture), "search_entry"), "stop-search");
  si_ui_test_drain ();
  g_assert_cmpstr (si_ui_session_get_page_type (fixture), ==, "SiPhonePage");
}

static void
test_refused_number (Fixture *fixture, gconstpointer data)
{
  gpointer page;

  begin_phone (fixture);
  page = si_ui_session_get_page (fixture);
  si_ui_session_request (fixture, "+46 70 999 00 01", "Call me");
  si_test_wait_until (!si_page_get_busy (page));
  g_assert_cmpstr (si_ui_session_get_page_type (fixture), ==, "SiPhonePage");
  si_ui_test_assert_shows (fixture->wizard,
                           "Calls and text messages to this number are blocked.");
  /* What turned leaves its room to the title. */
  g_assert_null (si_ui_test_find (fixture->wizard, GTK_TYPE_SPINNER, NULL));
  assert_usable (fixture);
}

/* Back waits for the call to be hung up; what was typed is there, and can be sent. */
static void
test_back_from_call (Fixture *fixture, gconstpointer data)
{
  GtkWidget *entry;

  begin_call (fixture, "070-174 06 05");
  si_test_server_wait_for_call (fixture->server, SI_SIMULATED_CALL_RINGING);
  back (fixture);
  si_ui_session_wait_for_page (fixture, "SiPhonePage");
  si_test_server_wait_for_call (fixture->server, SI_SIMULATED_CALL_ENDED);
  g_assert_false (is_open_on_backend (fixture));
  assert_usable (fixture);

  entry = si_ui_test_child (si_ui_session_get_page (fixture), "number_entry");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "070-174 06 05");
  si_ui_session_request (fixture, "070-174 06 06", "Call me");
  si_ui_session_wait_for_page (fixture, "SiVerifyPage");
  si_ui_test_assert_shows (fixture->wizard, "+46 70 174 06 06");
}

static void
test_change_number_button (Fixture *fixture, gconstpointer data)
{
  begin_call (fixture, "070-174 06 05");
  si_ui_test_click_label (fixture->wizard, "Change Number");
  si_ui_session_wait_for_page (fixture, "SiPhonePage");
  g_assert_false (is_open_on_backend (fixture));
}

/* An approval that came before the cancellation wins. */
static void
test_approved_first (Fixture *fixture, gconstpointer data)
{
  begin_call (fixture, "070-174 06 05");
  si_test_server_approve (fixture->server);
  back (fixture);
  si_ui_session_wait_for_page (fixture, "SiDonePage");
  si_ui_test_assert_shows (fixture->wizard, "+46 70 174 06 05 was added");
}

static void
finished_cb (guint *n_finished, SiVerification *approved)
{
  (*n_finished)++;
}

static void
test_close (Fixture *fixture, gconstpointer data)
{
  guint n_finished = 0;

  begin_call (fixture, "070-174 06 05");
  si_test_server_wait_for_call (fixture->server, SI_SIMULATED_CALL_RINGING);
  g_signal_connect_swapped (fixture->wizard, "finished", G_CALLBACK (finished_cb),
                            &n_finished);
  si_ui_test_press_key (fixture->wizard, GDK_KEY_Escape, 0);
  si_test_wait_until (fixture->wizard == NULL);
  si_test_server_wait_for_call (fixture->server, SI_SIMULATED_CALL_ENDED);
  g_assert_cmpuint (n_finished, ==, 1);
  g_assert_false (is_open_on_backend (fixture));
}

/* Closed before the backend has answered at all: what it began is canceled too. */
static void
test_close_while_starting (Fixture *fixture, gconstpointer data)
{
  begin_phone (fixture);
  si_ui_session_request (fixture, "070-174 06 05", "Call me");
  gtk_window_close (GTK_WINDOW (fixture->wizard));
  si_test_wait_until (fixture->wizard == NULL);
  si_test_server_wait_for_call (fixture->server, SI_SIMULATED_CALL_ENDED);
  g_assert_false (is_open_on_backend (fixture));
}

static void
test_close_at_once (Fixture *fixture, gconstpointer data)
{
  begin_phone (fixture);
  gtk_window_close (GTK_WINDOW (fixture->wizard));
  si_test_wait_until (fixture->wizard == NULL);
}

static void
test_change (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id
      = si_server_add_phone (fixture->server, SI_TEST_ACCOUNT, "mobile", "+46701740605");
  SiSecurityInfo *info;

  si_ui_session_open_wizard (fixture);
  info = si_overview_get_security_info (fixture->overview);
  si_wizard_change (fixture->wizard, si_security_info_find_method (info, id));
  si_ui_test_assert_shows (fixture->wizard, "The current number is +46 70 174 06 05.");

  si_ui_session_request (fixture, "070-174 06 06", "Call me");
  si_test_server_approve (fixture->server);
  si_ui_session_wait_for_page (fixture, "SiDonePage");
  si_ui_test_assert_shows (fixture->wizard, "The number was changed to +46 70 174 06 06");
  g_assert_cmpuint (count_methods (fixture), ==, 1);

  /* It is the default still: there is nothing to offer. */
  g_assert_null (si_ui_test_find (fixture->wizard, GTK_TYPE_CHECK_BUTTON, NULL));
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SiVerification **verification = user_data;

  *verification
      = si_provider_start_verification_finish (SI_PROVIDER (source), result, NULL);
}

/* Begun on another device. */
static SiVerification *
start_elsewhere (Fixture *fixture, const char *number)
{
  g_autoptr (SiVerificationRequest) request
      = si_verification_request_new_add (SI_PHONE_USE_MOBILE, number, SI_CHANNEL_CALL);
  SiVerification *verification = NULL;

  si_provider_start_verification_async (fixture->provider, request, NULL, started_cb,
                                        &verification);
  si_test_wait_until (verification != NULL);

  return verification;
}

static void
test_conflict_continue (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerification) other = start_elsewhere (fixture, "+46701740601");

  begin_phone (fixture);
  si_ui_session_request (fixture, "070-174 06 05", "Call me");
  si_ui_session_wait_for_page (fixture, "SiOpenPage");
  assert_usable (fixture);
  si_ui_test_assert_shows (fixture->wizard, "+46 70 174 06 01 is already being verified");
  g_assert_nonnull (
      si_ui_session_get_button (fixture, "Cancel It and Call +46 70 174 06 05"));

  si_ui_test_click_label (fixture->wizard, "Continue with +46 70 174 06 01");
  si_ui_session_wait_for_page (fixture, "SiVerifyPage");
  si_test_server_approve (fixture->server);
  si_ui_session_wait_for_page (fixture, "SiDonePage");
  si_ui_test_assert_shows (fixture->wizard, "+46 70 174 06 01 was added");
}

static void
test_conflict_replace (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerification) other = start_elsewhere (fixture, "+46701740601");

  begin_phone (fixture);
  si_ui_session_request (fixture, "070-174 06 05", "Text me");
  si_ui_session_wait_for_page (fixture, "SiOpenPage");
  si_ui_test_click_label (fixture->wizard, "Cancel It and Text +46 70 174 06 05");
  si_ui_session_wait_for_page (fixture, "SiVerifyPage");
  si_ui_test_assert_shows (fixture->wizard, "+46 70 174 06 05");
}

static void
test_conflict_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerification) other = start_elsewhere (fixture, "+46701740601");
  gpointer                   entry;

  begin_phone (fixture);
  si_ui_session_request (fixture, "070-174 06 05", "Call me");
  si_ui_session_wait_for_page (fixture, "SiOpenPage");
  back (fixture);
  si_ui_session_wait_for_page (fixture, "SiPhonePage");
  entry = si_ui_test_child (si_ui_session_get_page (fixture), "number_entry");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "070-174 06 05");

  /* The same once more leads there again. */
  si_ui_test_click_label (fixture->wizard, "Next");
  si_ui_session_wait_for_page (fixture, "SiOpenPage");
}

static void
test_resume (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerification) other = start_elsewhere (fixture, "+46701740601");

  si_ui_session_open_wizard (fixture);
  si_wizard_resume (fixture->wizard, other);
  g_assert_cmpstr (si_ui_session_get_page_type (fixture), ==, "SiVerifyPage");
  assert_usable (fixture);
  si_test_server_approve (fixture->server);
  si_ui_session_wait_for_page (fixture, "SiDonePage");
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  si_ui_test_init (&argc, &argv);

  ADD ("/wizard/call", test_call);
  ADD ("/wizard/text", test_text);
  ADD ("/wizard/back-and-forth", test_back_and_forth);
  ADD ("/wizard/country", test_country);
  ADD ("/wizard/escape-from-countries", test_escape_from_countries);
  ADD ("/wizard/refused-number", test_refused_number);
  ADD ("/wizard/back-from-call", test_back_from_call);
  ADD ("/wizard/change-number-button", test_change_number_button);
  ADD ("/wizard/approved-first", test_approved_first);
  ADD ("/wizard/close", test_close);
  ADD ("/wizard/close-while-starting", test_close_while_starting);
  ADD ("/wizard/close-at-once", test_close_at_once);
  ADD ("/wizard/change", test_change);
  ADD ("/wizard/conflict-continue", test_conflict_continue);
  ADD ("/wizard/conflict-replace", test_conflict_replace);
  ADD ("/wizard/conflict-back", test_conflict_back);
  ADD ("/wizard/resume", test_resume);

  return g_test_run ();
}
