/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-done-page.h"
#include "si-error.h"
#include "si-fake-provider.h"
#include "si-ui-test.h"
#include "si-wizard.h"

/* What goes wrong on the way, at the very moment that a test chooses. */

#define EMPTY                                                                            \
  "{\"account\": {}, \"methods\": [], \"default\": null, \"defaultOptions\": []}"
#define PHONE_AND_APP                                                                    \
  "\"methods\": [{\"id\": \"m-1\", \"type\": \"phone\", \"use\": \"mobile\","            \
  " \"number\": \"+46701234567\", \"channels\": [\"call\", \"text\"]},"                  \
  " {\"id\": \"m-2\", \"type\": \"authenticatorApp\", \"isDefault\": true}]"
#define OPTIONS                                                                          \
  "\"defaultOptions\": [{\"methodId\": \"m-1\", \"channel\": \"call\"},"                 \
  " {\"methodId\": \"m-1\", \"channel\": \"text\"},"                                     \
  " {\"methodId\": \"m-2\", \"channel\": null}]"
#define ADDED                                                                            \
  "{\"account\": {}, " PHONE_AND_APP ", \"default\": {\"methodId\": \"m-2\","            \
  " \"channel\": null}, " OPTIONS "}"
#define ADDED_AS_DEFAULT                                                                 \
  "{\"account\": {}, " PHONE_AND_APP ", \"default\": {\"methodId\": \"m-1\","            \
  " \"channel\": \"call\"}, " OPTIONS "}"

typedef struct {
  SiFakeProvider *provider;
  SiOverview     *overview;
  GtkWidget      *parent;
  SiWizard       *wizard;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->provider = si_fake_provider_new ();
  fixture->overview
      = si_fake_overview (fixture->provider, SI_EXAMPLE_CAPABILITIES, EMPTY);
  fixture->parent = si_ui_test_show (gtk_label_new ("The window below"));
  g_set_weak_pointer (&fixture->wizard,
                      si_wizard_new (GTK_WINDOW (fixture->parent), fixture->overview));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  /* One that was never shown can't be closed. */
  if (fixture->wizard != NULL && !gtk_widget_get_realized (GTK_WIDGET (fixture->wizard)))
    gtk_window_destroy (GTK_WINDOW (fixture->wizard));
  else if (fixture->wizard != NULL)
    gtk_window_close (GTK_WINDOW (fixture->wizard));
  si_test_wait_until (
      (si_fake_provider_end (fixture->provider), fixture->wizard == NULL));
  si_ui_test_close (fixture->parent);
  g_clear_object (&fixture->overview);
  si_fake_provider_end (fixture->provider);
  g_assert_finalize_object (fixture->provider);
}

static gpointer
get_page (Fixture *fixture)
{
  return gtk_stack_get_visible_child (si_ui_test_child (fixture->wizard, "stack"));
}

static void
assert_page (Fixture *fixture, const char *type)
{
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (get_page (fixture)), ==, type);
  g_assert_true (si_ui_test_focus_is_seen (fixture->wizard));
}

static void
back (Fixture *fixture)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->wizard), "wizard.back", NULL);
  si_ui_test_drain ();
}

static void
request (Fixture *fixture)
{
  si_wizard_add (fixture->wizard, TRUE);
  si_ui_test_paste (si_ui_test_child (get_page (fixture), "number_entry"),
                    "+46701234567");
  si_ui_test_click_label (fixture->wizard, "Next");
  g_assert_cmpstr (si_fake_provider_get_argument (fixture->provider, SI_FAKE_START), ==,
                   "add mobile +46701234567 call");
}

static void
begin (Fixture *fixture)
{
  request (fixture);
  si_fake_provider_answer (fixture->provider, SI_FAKE_START,
                           si_fake_verification (SI_EXAMPLE_CALL));
  assert_page (fixture, "SiVerifyPage");
}

static void
verify (Fixture *fixture, const char *new_default, const char *info)
{
  g_autofree char *verified
      = si_test_vary (SI_EXAMPLE_CALL, "state", "\"verified\"", "methodId", "\"m-1\"",
                      "newDefault", new_default, NULL);

  begin (fixture);
  si_fake_provider_answer (fixture->provider, SI_FAKE_POLL,
                           si_fake_verification (verified));
  assert_page (fixture, "SiDonePage");
  g_assert_null (si_ui_test_find (fixture->wizard, GTK_TYPE_CHECK_BUTTON, NULL));
  si_fake_provider_answer (fixture->provider, SI_FAKE_INFO, si_fake_info (info));
}

static void
test_start_fails (Fixture *fixture, gconstpointer data)
{
  request (fixture);

  /* One press is enough, and Back waits. */
  si_ui_test_click_label (fixture->wizard, "Next");
  back (fixture);
  g_assert_cmpuint (si_fake_provider_count (fixture->provider, SI_FAKE_START), ==, 1);
  assert_page (fixture, "SiPhonePage");

  si_fake_provider_fail (fixture->provider, SI_FAKE_START, si_fake_offline ());
  assert_page (fixture, "SiPhonePage");
  si_ui_test_assert_shows (fixture->wizard, "The service did not answer.");

  si_ui_test_click_label (fixture->wizard, "Next");
  g_assert_cmpuint (si_fake_provider_count (fixture->provider, SI_FAKE_START), ==, 1);
}

/* A backend that says that another is open, but not which. */
static void
test_unnamed_conflict (Fixture *fixture, gconstpointer data)
{
  request (fixture);
  si_fake_provider_fail (
      fixture->provider, SI_FAKE_START,
      si_fake_problem (409, "{\"code\": \"verification_in_progress\"}"));
  assert_page (fixture, "SiPhonePage");
  si_ui_test_assert_shows (fixture->wizard, "Another number is being verified.");
}

static void
test_cancel_fails (Fixture *fixture, gconstpointer data)
{
  begin (fixture);
  back (fixture);
  back (fixture);
  g_assert_cmpuint (si_fake_provider_count (fixture->provider, SI_FAKE_CANCEL), ==, 1);
  assert_page (fixture, "SiVerifyPage");

  si_fake_provider_fail (fixture->provider, SI_FAKE_CANCEL, si_fake_offline ());
  assert_page (fixture, "SiVerifyPage");
  si_ui_test_assert_shows (fixture->wizard, "The service did not answer.");
  g_assert_cmpuint (si_fake_provider_count (fixture->provider, SI_FAKE_POLL), ==, 1);
}

static void
test_approved_first (Fixture *fixture, gconstpointer data)
{
  g_autofree char *verified = si_test_vary (SI_EXAMPLE_CALL, "state", "\"verified\"",
                                            "methodId", "\"m-1\"", NULL);

  begin (fixture);
  back (fixture);
  si_fake_provider_fail (
      fixture->provider, SI_FAKE_CANCEL,
      si_fake_problem (409, "{\"code\": \"verification_ended\", \"state\": \"verified\","
                            " \"methodId\": \"m-1\"}"));
  si_fake_provider_answer (fixture->provider, SI_FAKE_POLL,
                           si_fake_verification (verified));
  assert_page (fixture, "SiDonePage");
}

static void
finished_cb (SiVerification **kept, SiVerification *approved)
{
  g_set_object (kept, approved);
}

/* The window is gone when the approval turns out to have been first: it is still told. */
static void
test_closed_but_approved (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiVerification) approved = NULL;
  g_autofree char *verified = si_test_vary (SI_EXAMPLE_CALL, "state", "\"verified\"",
                                            "methodId", "\"m-1\"", NULL);

  begin (fixture);
  g_signal_connect_swapped (fixture->wizard, "finished", G_CALLBACK (finished_cb),
                            &approved);
  gtk_window_close (GTK_WINDOW (fixture->wizard));
  si_ui_test_drain ();
  si_fake_provider_fail (
      fixture->provider, SI_FAKE_CANCEL,
      si_fake_problem (409,
                       "{\"code\": \"verification_ended\", \"state\": \"verified\"}"));
  si_fake_provider_answer (fixture->provider, SI_FAKE_POLL,
                           si_fake_verification (verified));
  g_assert_nonnull (approved);
  g_assert_null (fixture->wizard);
}

/* Closed while Back still waits: its answer finds no window any more. */
static void
test_closed_while_canceling (Fixture *fixture, gconstpointer data)
{
  begin (fixture);
  back (fixture);
  gtk_window_close (GTK_WINDOW (fixture->wizard));
  si_ui_test_drain ();
  si_fake_provider_fail (fixture->provider, SI_FAKE_CANCEL, si_fake_offline ());
}

static void
test_done_offers (Fixture *fixture, gconstpointer data)
{
  verify (fixture, "null", ADDED);
  si_ui_test_assert_shows (fixture->wizard, "Use as default sign-in method");
  si_ui_test_assert_shows (fixture->wizard, "to sign in and to reset your password");
  si_ui_test_assert_names (fixture->wizard);

  si_ui_test_click (si_ui_test_find (fixture->wizard, GTK_TYPE_CHECK_BUTTON, NULL));
  si_ui_test_click_label (fixture->wizard, "Done");
  g_assert_cmpstr (si_fake_provider_get_argument (fixture->provider, SI_FAKE_SET_DEFAULT),
                   ==, "m-1 call");
  si_fake_provider_answer (fixture->provider, SI_FAKE_SET_DEFAULT,
                           si_fake_info (ADDED_AS_DEFAULT));
  si_test_wait_until (fixture->wizard == NULL);
}

static void
test_done_without (Fixture *fixture, gconstpointer data)
{
  verify (fixture, "null", ADDED);
  si_ui_test_click_label (fixture->wizard, "Done");
  g_assert_cmpuint (si_fake_provider_count (fixture->provider, SI_FAKE_SET_DEFAULT), ==,
                    0);
  si_test_wait_until (fixture->wizard == NULL);
}

static void
test_done_is_default (Fixture *fixture, gconstpointer data)
{
  verify (fixture, "{\"methodId\": \"m-1\", \"channel\": \"call\"}", ADDED_AS_DEFAULT);
  si_ui_test_assert_shows (fixture->wizard, "It is now your default sign-in method.");
  g_assert_null (si_ui_test_find (fixture->wizard, GTK_TYPE_CHECK_BUTTON, NULL));
}

/* A failure keeps the page; one that says that the list is old gets a new one. */
static void
test_done_fails (Fixture *fixture, gconstpointer data)
{
  verify (fixture, "null", ADDED);
  si_ui_test_click (si_ui_test_find (fixture->wizard, GTK_TYPE_CHECK_BUTTON, NULL));
  si_ui_test_click_label (fixture->wizard, "Done");
  si_fake_provider_fail (fixture->provider, SI_FAKE_SET_DEFAULT, si_fake_offline ());
  assert_page (fixture, "SiDonePage");
  si_ui_test_assert_shows (fixture->wizard, "The service did not answer.");

  si_ui_test_click_label (fixture->wizard, "Done");
  si_fake_provider_fail (fixture->provider, SI_FAKE_SET_DEFAULT,
                         si_fake_problem (412, "{\"code\": \"precondition_failed\"}"));
  si_ui_test_assert_shows (fixture->wizard, "changed elsewhere");
  g_assert_cmpuint (si_fake_provider_count (fixture->provider, SI_FAKE_INFO), ==, 1);
}

static void
test_done_closed_early (Fixture *fixture, gconstpointer data)
{
  verify (fixture, "null", ADDED);
  si_ui_test_click (si_ui_test_find (fixture->wizard, GTK_TYPE_CHECK_BUTTON, NULL));
  si_ui_test_click_label (fixture->wizard, "Done");
  si_ui_test_press_key (fixture->wizard, GDK_KEY_Escape, 0);
  si_ui_test_drain ();
  si_fake_provider_answer (fixture->provider, SI_FAKE_SET_DEFAULT,
                           si_fake_info (ADDED_AS_DEFAULT));
  si_test_wait_until (fixture->wizard == NULL);
  g_assert_nonnull (
      si_security_info_get_default (si_overview_get_security_info (fixture->overview)));
}

static const struct {
  const char *uses;
  const char *sentence;
} usable[] = {
  { "[\"signIn\", \"passwordReset\"]", "to sign in and to reset your password" },
  { "[\"signIn\"]", "It can be used to sign in." },
  { "[\"passwordReset\"]", "It can be used to reset your password." },
};

static SiOverview *
load_with_uses (Fixture *fixture, const char *uses, const char *system_chosen)
{
  g_autofree char *methods = g_strdup_printf (
      "[{\"type\": \"phone\", \"canAdd\": true, \"uses\": [{\"use\": \"mobile\","
      " \"channels\": [\"call\"], \"max\": 1, \"usableFor\": %s}]}]",
      uses);
  g_autofree char *capabilities
      = si_test_vary (SI_EXAMPLE_CAPABILITIES, "methods", methods,
                      "defaultIsSystemChosen", system_chosen, NULL);

  return si_fake_overview (fixture->provider, capabilities, ADDED);
}

/* No method's id: then nothing is said of the default either. */
static void
test_done_uses (Fixture *fixture, gconstpointer data)
{
  g_autofree char *verified
      = si_test_vary (SI_EXAMPLE_CALL, "state", "\"verified\"", NULL);
  g_autoptr (SiVerification) verification = si_fake_verification (verified);

  for (guint i = 0; i < G_N_ELEMENTS (usable); i++) {
    g_autoptr (SiOverview) overview = load_with_uses (fixture, usable[i].uses, "false");
    SiDonePage            *page = g_object_new (SI_TYPE_DONE_PAGE, NULL);
    GtkWidget             *window = si_ui_test_show (page);

    si_done_page_begin (page, verification, overview);
    si_ui_test_drain ();
    si_ui_test_assert_shows (window, usable[i].sentence);
    si_ui_test_close (window);
  }
}

static void
test_done_system_chosen (Fixture *fixture, gconstpointer data)
{
  g_autofree char *verified = si_test_vary (SI_EXAMPLE_CALL, "state", "\"verified\"",
                                            "methodId", "\"m-1\"", NULL);
  g_autoptr (SiVerification) verification = si_fake_verification (verified);
  g_autoptr (SiOverview)     overview = load_with_uses (fixture, "[\"signIn\"]", "true");
  SiDonePage                *page = g_object_new (SI_TYPE_DONE_PAGE, NULL);
  GtkWidget                 *window = si_ui_test_show (page);

  si_done_page_begin (page, verification, overview);
  si_ui_test_drain ();
  g_assert_null (si_ui_test_find (window, GTK_TYPE_CHECK_BUTTON, NULL));
  si_ui_test_close (window);
}

/* It is the default by call already: by text it need not be offered. */
static void
test_done_other_channel (Fixture *fixture, gconstpointer data)
{
  g_autofree char *verified
      = si_test_vary (SI_EXAMPLE_TEXT, "state", "\"verified\"", "methodId", "\"m-1\"",
                      "purpose", "\"change\"", NULL);
  g_autoptr (SiVerification) verification = si_fake_verification (verified);
  g_autoptr (SiOverview)     overview
      = si_fake_overview (fixture->provider, SI_EXAMPLE_CAPABILITIES, ADDED_AS_DEFAULT);
  SiDonePage *page = g_object_new (SI_TYPE_DONE_PAGE, NULL);
  GtkWidget  *window = si_ui_test_show (page);

  si_done_page_begin (page, verification, overview);
  si_ui_test_drain ();
  si_ui_test_assert_shows (window, "The number was changed to +46 70 123 45 67");
  g_assert_null (si_ui_test_find (window, GTK_TYPE_CHECK_BUTTON, NULL));
  si_ui_test_close (window);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  si_ui_test_init (&argc, &argv);

  ADD ("/wizard-failures/start-fails", test_start_fails);
  ADD ("/wizard-failures/unnamed-conflict", test_unnamed_conflict);
  ADD ("/wizard-failures/cancel-fails", test_cancel_fails);
  ADD ("/wizard-failures/approved-first", test_approved_first);
  ADD ("/wizard-failures/closed-but-approved", test_closed_but_approved);
  ADD ("/wizard-failures/closed-while-canceling", test_closed_while_canceling);
  ADD ("/done-page/offers", test_done_offers);
  ADD ("/done-page/without", test_done_without);
  ADD ("/done-page/is-default", test_done_is_default);
  ADD ("/done-page/fails", test_done_fails);
  ADD ("/done-page/closed-early", test_done_closed_early);
  ADD ("/done-page/uses", test_done_uses);
  ADD ("/done-page/system-chosen", test_done_system_chosen);
  ADD ("/done-page/other-channel", test_done_other_channel);

  return g_test_run ();
}
