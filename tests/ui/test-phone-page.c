/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-phone-page.h"

#include "si-country-list.h"
#include "si-fake-provider.h"
#include "si-ui-test.h"

#define EMPTY                                                                            \
  "{\"account\": {}, \"methods\": [], \"default\": null, \"defaultOptions\": []}"

typedef struct {
  SiFakeProvider        *provider;
  SiOverview            *overview;
  GListModel            *countries;
  SiPhonePage           *page;
  GtkWidget             *window;
  GtkWidget             *entry;
  SiVerificationRequest *request;
  guint                  n_choose;
} Fixture;

static void
requested_cb (Fixture *fixture, SiVerificationRequest *request)
{
  g_set_object (&fixture->request, request);
}

static void
choose_cb (Fixture *fixture)
{
  fixture->n_choose++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->provider = si_fake_provider_new ();
  fixture->countries = si_country_list_new ();
  fixture->page = g_object_new (SI_TYPE_PHONE_PAGE, NULL);
  fixture->entry = si_ui_test_child (fixture->page, "number_entry");
  g_signal_connect_swapped (fixture->page, "requested", G_CALLBACK (requested_cb),
                            fixture);
  g_signal_connect_swapped (fixture->page, "choose-country", G_CALLBACK (choose_cb),
                            fixture);
  fixture->window = si_ui_test_show (fixture->page);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  si_ui_test_close (fixture->window);
  g_clear_object (&fixture->request);
  g_clear_object (&fixture->countries);
  g_clear_object (&fixture->overview);
  si_fake_provider_end (fixture->provider);
  g_assert_finalize_object (fixture->provider);
}

static void
begin (Fixture *fixture, const char *methods, const char *info, gboolean change)
{
  g_autofree char *capabilities
      = methods != NULL ? si_test_vary (SI_EXAMPLE_CAPABILITIES, "methods", methods, NULL)
                        : g_strdup (SI_EXAMPLE_CAPABILITIES);
  SiSecurityInfo *loaded;

  fixture->overview = si_fake_overview (fixture->provider, capabilities, info);
  loaded = si_overview_get_security_info (fixture->overview);
  si_phone_page_begin (fixture->page, fixture->overview, fixture->countries,
                       change ? si_security_info_find_method (loaded, "m-1") : NULL);
  si_ui_test_drain ();
  si_ui_test_assert_names (fixture->window);
}

static void
submit (Fixture *fixture)
{
  g_clear_object (&fixture->request);
  si_page_submit (SI_PAGE (fixture->page));
  si_ui_test_drain ();
}

static const char *
get_country (Fixture *fixture)
{
  return adw_action_row_get_subtitle (si_ui_test_child (fixture->page, "country_row"));
}

static const char *
get_summary (Fixture *fixture)
{
  return si_ui_test_get_text (si_ui_test_child (fixture->page, "summary_label"));
}

static const struct {
  const char *region;
  const char *typed;
  const char *e164;
  const char *country;
  const char *summary;
} numbers[] = {
  { "SE", "070-174 06 05", "+46701740605", "Sweden (+46)",
    "+46 70 174 06 05 will be called." },
  { "SE", "+46 (0)70-174 06 05", "+46701740605", "Sweden (+46)", NULL },
  { "US", "+46 (0)70-174 06 05", "+46701740605", "Sweden (+46)", NULL },
  { "SE", "0046701740605", "+46701740605", "Sweden (+46)", NULL },
  { "US", "tel:+46-70-174-06-05", "+46701740605", "Sweden (+46)", NULL },
  { "US", "(425) 555-1234", "+14255551234", "United States (+1)", NULL },
  { "SE", "+1 4255551234X12345", "+14255551234", "United States (+1)",
    "Extensions aren’t supported. +1 425-555-1234 will be called." },
  { "SE", "٠٧٠١٧٤٠٦٠٥", "+46701740605", "Sweden (+46)", NULL },
  { "SE", "070\u00a0174\u00a006\u00a005", "+46701740605", "Sweden (+46)", NULL },
  { "SE", "\u202a+46 70 174 06 05\u202c", "+46701740605", "Sweden (+46)", NULL },
};

static void
check_number (Fixture *fixture, guint i)
{
  const char *e164;

  g_test_message ("%s in %s", numbers[i].typed, numbers[i].region);
  g_assert_cmpstr (get_country (fixture), ==, numbers[i].country);
  if (numbers[i].summary != NULL)
    si_ui_test_assert_text (get_summary (fixture), numbers[i].summary);
  si_ui_test_assert_invalid (fixture->entry, FALSE);

  submit (fixture);
  g_assert_nonnull (fixture->request);
  e164 = si_verification_request_get_number (fixture->request);
  g_assert_cmpstr (e164, ==, numbers[i].e164);
}

static void
test_pasted (Fixture *fixture, gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);

  begin (fixture, NULL, EMPTY, FALSE);
  si_phone_page_set_region (fixture->page, numbers[i].region);
  si_ui_test_paste (fixture->entry, numbers[i].typed);
  check_number (fixture, i);
}

static void
test_typed (Fixture *fixture, gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);

  begin (fixture, NULL, EMPTY, FALSE);
  si_phone_page_set_region (fixture->page, numbers[i].region);
  si_ui_test_type (fixture->entry, numbers[i].typed);
  check_number (fixture, i);
}

/* What is typed takes the shape that the country gives it, and the caret stays behind the
 * digit that was typed. */
static void
test_formatting (Fixture *fixture, gconstpointer data)
{
  begin (fixture, NULL, EMPTY, FALSE);
  g_assert_cmpstr (get_country (fixture), ==, "Sweden (+46)");
  g_assert_true (g_str_has_prefix (get_summary (fixture), "For example 0"));

  si_ui_test_type (fixture->entry, "0701740605");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (fixture->entry)), ==,
                   "070-174 06 05");
  g_assert_cmpint (gtk_editable_get_position (GTK_EDITABLE (fixture->entry)), ==, 13);
}

static void
test_errors (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *typed;
    const char *error;
  } cases[] = {
    { "", "Type the phone number." },
    { "070", "The number is too short." },
    { "070 174 06 05 06 07 08 09", "The number is too long." },
    { "hello", "This is not a phone number." },
    { "+45 32 12 34 56", "Your organization does not allow numbers from this country or "
                         "region. Use another number." },
  };

  begin (fixture, NULL, EMPTY, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *kept = NULL;

    /* Not before Next. */
    si_phone_page_set_region (fixture->page, "SE");
    si_ui_test_type (fixture->entry, cases[i].typed);
    si_ui_test_assert_invalid (fixture->entry, FALSE);
    g_assert_cmpstr (get_summary (fixture), !=, cases[i].error);
    kept = g_strdup (gtk_editable_get_text (GTK_EDITABLE (fixture->entry)));

    submit (fixture);
    g_assert_null (fixture->request);
    g_assert_cmpstr (get_summary (fixture), ==, cases[i].error);
    si_ui_test_assert_invalid (fixture->entry, TRUE);
    si_ui_test_assert_description (fixture->entry, cases[i].error);
    g_assert_true (si_ui_test_get_focus (fixture->window) == fixture->entry);
    g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (fixture->entry)), ==, kept);

    si_ui_test_type (fixture->entry, "0");
    si_ui_test_assert_invalid (fixture->entry, FALSE);
  }
}

/* What the metadata does not know is let through: the backend decides. */
static void
test_unknown_number (Fixture *fixture, gconstpointer data)
{
  begin (fixture, NULL, EMPTY, FALSE);
  si_ui_test_type (fixture->entry, "+1 555 555 0100");
  submit (fixture);
  g_assert_nonnull (fixture->request);
}

static void
test_return (Fixture *fixture, gconstpointer data)
{
  begin (fixture, NULL, EMPTY, FALSE);
  si_ui_test_type (fixture->entry, "0701740605");
  g_signal_emit_by_name (fixture->entry, "activate");
  g_assert_nonnull (fixture->request);
}

static void
test_channels (Fixture *fixture, gconstpointer data)
{
  begin (fixture, NULL, EMPTY, FALSE);
  si_ui_test_type (fixture->entry, "0701740605");

  submit (fixture);
  g_assert_cmpint (si_verification_request_get_channel (fixture->request), ==,
                   SI_CHANNEL_CALL);

  si_ui_test_click (si_ui_test_find (fixture->window, GTK_TYPE_CHECK_BUTTON, "Text me"));
  si_ui_test_assert_text (get_summary (fixture),
                          "+46 70 174 06 05 will get a text message.");
  submit (fixture);
  g_assert_cmpint (si_verification_request_get_channel (fixture->request), ==,
                   SI_CHANNEL_TEXT);
}

#define WITHOUT(channel, reason)                                                         \
  "[{\"channel\": \"" channel "\", \"reason\": \"" reason "\"}]"

static const struct {
  const char *channel;
  const char *unavailable;
  const char *sentence;
  SiChannel   expected;
} single_channels[] = {
  { "call", "[]", "You will get a call.", SI_CHANNEL_CALL },
  { "text", "[]", "You will get a text message with a code.", SI_CHANNEL_TEXT },
  { "call", WITHOUT ("text", "policy_disallowed"),
    "You will get a call. Your organization does not allow text messages to this phone.",
    SI_CHANNEL_CALL },
  { "text", WITHOUT ("call", "not_available"),
    "You will get a text message with a code. This phone can’t be called.",
    SI_CHANNEL_TEXT },
};

/* One way is stated, not asked, and why there is no other. */
static void
test_one_channel (Fixture *fixture, gconstpointer data)
{
  guint            i = GPOINTER_TO_UINT (data);
  g_autofree char *methods = g_strdup_printf (
      "[{\"type\": \"phone\", \"canAdd\": true, \"uses\": [{\"use\": \"mobile\","
      " \"channels\": [\"%s\"], \"max\": 1, \"unavailableChannels\": %s}]}]",
      single_channels[i].channel, single_channels[i].unavailable);

  begin (fixture, methods, EMPTY, FALSE);
  g_assert_null (si_ui_test_find (fixture->window, GTK_TYPE_CHECK_BUTTON, NULL));
  si_ui_test_assert_shows (fixture->window, single_channels[i].sentence);
  si_ui_test_type (fixture->entry, "+46701740605");
  submit (fixture);
  g_assert_cmpint (si_verification_request_get_channel (fixture->request), ==,
                   single_channels[i].expected);
}

#define USE(use, channels)                                                               \
  "{\"use\": \"" use "\", \"channels\": " channels ", \"max\": 1, "                      \
  "\"usableFor\": [\"signIn\"]}"

/* Only what can be added now, and asked only where there is a choice. */
static void
test_uses (Fixture *fixture, gconstpointer data)
{
  const char *methods = "[{\"type\": \"phone\", \"canAdd\": true, \"uses\": [" USE (
      "mobile", "[\"call\", \"text\"]") "," USE ("alternate",
                                                 "[]") "," USE ("office",
                                                                "[\"call\"]") "]}]";

  begin (fixture, methods, EMPTY, FALSE);
  si_ui_test_assert_shows (fixture->window, "Which phone is it?");
  g_assert_null (
      si_ui_test_find (fixture->window, GTK_TYPE_CHECK_BUTTON, "Alternate phone"));

  si_ui_test_click (si_ui_test_find (fixture->window, GTK_TYPE_CHECK_BUTTON, "Text me"));
  si_ui_test_click (
      si_ui_test_find (fixture->window, GTK_TYPE_CHECK_BUTTON, "Office phone"));
  si_ui_test_drain ();
  si_ui_test_assert_shows (fixture->window, "You will get a call.");
  g_assert_null (si_ui_test_find (fixture->window, GTK_TYPE_CHECK_BUTTON, "Text me"));

  si_ui_test_type (fixture->entry, "+46701740605");
  submit (fixture);
  g_assert_cmpint (si_verification_request_get_use (fixture->request), ==,
                   SI_PHONE_USE_OFFICE);
  g_assert_cmpint (si_verification_request_get_channel (fixture->request), ==,
                   SI_CHANNEL_CALL);
}

static void
test_one_use (Fixture *fixture, gconstpointer data)
{
  begin (fixture, NULL, EMPTY, FALSE);
  g_assert_false (si_ui_test_shows (fixture->window, "Which phone is it?"));
  si_ui_test_type (fixture->entry, "0701740605");
  submit (fixture);
  g_assert_cmpint (si_verification_request_get_use (fixture->request), ==,
                   SI_PHONE_USE_MOBILE);
}

static void
test_change (Fixture *fixture, gconstpointer data)
{
  begin (fixture, NULL, SI_EXAMPLE_SECURITY_INFO, TRUE);
  g_assert_cmpstr (si_page_get_title (SI_PAGE (fixture->page)), ==, "Change Number");
  si_ui_test_assert_shows (
      fixture->window,
      "The current number is +46 70 123 45 67. It stays until the new one is verified.");
  g_assert_false (si_ui_test_shows (fixture->window, "Which phone is it?"));

  si_ui_test_type (fixture->entry, "0701740605");
  submit (fixture);
  g_assert_cmpint (si_verification_request_get_purpose (fixture->request), ==,
                   SI_PURPOSE_CHANGE);
  g_assert_cmpstr (si_verification_request_get_method_id (fixture->request), ==, "m-1");
}

/* A change where the organisation no longer says how such a phone is reached: as it was
 * reached so far. */
static void
test_change_without_policy (Fixture *fixture, gconstpointer data)
{
  begin (fixture,
         "[{\"type\": \"phone\", \"canAdd\": false, \"reason\": \"policy_disallowed\"}]",
         SI_EXAMPLE_SECURITY_INFO, TRUE);
  si_ui_test_type (fixture->entry, "0701740605");
  submit (fixture);
  g_assert_cmpint (si_verification_request_get_channel (fixture->request), ==,
                   SI_CHANNEL_CALL);
}

/* A country is chosen on a page of its own; what was typed stays. */
static void
test_country (Fixture *fixture, gconstpointer data)
{
  begin (fixture, NULL, EMPTY, FALSE);
  si_ui_test_type (fixture->entry, "4255551234");
  si_ui_test_activate_row (si_ui_test_child (fixture->page, "country_row"));
  g_assert_cmpuint (fixture->n_choose, ==, 1);

  si_phone_page_set_region (fixture->page, "US");
  g_assert_cmpstr (get_country (fixture), ==, "United States (+1)");
  si_ui_test_assert_text (get_summary (fixture), "+1 425-555-1234 will be called.");
}

static void
test_no_country (Fixture *fixture, gconstpointer data)
{
  begin (fixture,
         "[{\"type\": \"phone\", \"canAdd\": true, \"uses\": [" USE (
             "mobile", "[\"call\"]") "], \"countries\": {\"allow\": [\"XK\"]}}]",
         EMPTY, FALSE);
  g_assert_cmpstr (get_country (fixture), ==, "Not chosen");
  si_ui_test_type (fixture->entry, "0701740605");
  submit (fixture);
  g_assert_cmpstr (get_summary (fixture), ==,
                   "Choose a country or region, or start the number with +.");
}

/* What the backend says of the number is said of the number. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = si_fake_problem (409, "{\"code\": \"number_in_use\"}");

  begin (fixture, NULL, EMPTY, FALSE);
  si_ui_test_type (fixture->entry, "0701740605");
  si_phone_page_show_error (fixture->page, error);
  si_ui_test_drain ();
  g_assert_cmpstr (get_summary (fixture), ==,
                   "This number is already one of your methods. Use another number.");
  si_ui_test_assert_invalid (fixture->entry, TRUE);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (fixture->entry)), ==,
                   "070-174 06 05");
}

/* A connection that is gone is not the number's fault. */
static void
test_offline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = si_fake_offline ();

  begin (fixture, NULL, EMPTY, FALSE);
  si_ui_test_type (fixture->entry, "0701740605");
  si_phone_page_show_error (fixture->page, error);
  si_ui_test_drain ();
  si_ui_test_assert_shows (fixture->window, "The service did not answer.");
  si_ui_test_assert_invalid (fixture->entry, FALSE);
  si_ui_test_assert_description (fixture->entry, get_summary (fixture));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
#define ADD_WITH(path, i, function)                                                      \
  g_test_add (path, Fixture, GUINT_TO_POINTER (i), set_up, function, tear_down)

int
main (int argc, char **argv)
{
  si_ui_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    g_autofree char *pasted = g_strdup_printf ("/phone-page/pasted/%u", i);
    g_autofree char *typed = g_strdup_printf ("/phone-page/typed/%u", i);

    ADD_WITH (pasted, i, test_pasted);
    ADD_WITH (typed, i, test_typed);
  }
  ADD ("/phone-page/formatting", test_formatting);
  ADD ("/phone-page/errors", test_errors);
  ADD ("/phone-page/unknown-number", test_unknown_number);
  ADD ("/phone-page/return", test_return);
  ADD ("/phone-page/channels", test_channels);
  ADD_WITH ("/phone-page/only-call", 0, test_one_channel);
  ADD_WITH ("/phone-page/only-text", 1, test_one_channel);
  ADD_WITH ("/phone-page/no-text", 2, test_one_channel);
  ADD_WITH ("/phone-page/no-call", 3, test_one_channel);
  ADD ("/phone-page/uses", test_uses);
  ADD ("/phone-page/one-use", test_one_use);
  ADD ("/phone-page/change", test_change);
  ADD ("/phone-page/change-without-policy", test_change_without_policy);
  ADD ("/phone-page/country", test_country);
  ADD ("/phone-page/no-country", test_no_country);
  ADD ("/phone-page/refused", test_refused);
  ADD ("/phone-page/offline", test_offline);

  return g_test_run ();
}
