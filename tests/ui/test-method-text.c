/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-method-text.h"

#include "si-country-list.h"
#include "si-fake-provider.h"
#include "si-number-text.h"
#include "si-text.h"
#include "si-ui-test.h"

static SiMethod *
make_method (const char *text)
{
  g_autoptr (JsonObject) object = si_test_parse (text);

  return si_method_new_from_json (object, NULL);
}

static void
test_names (void)
{
  static const struct {
    const char *text;
    const char *name;
  } cases[] = {
    { "{\"id\": \"a\", \"type\": \"phone\", \"use\": \"mobile\","
      " \"number\": \"+46701740605\"}",
      "Phone +46 70 174 06 05" },
    { "{\"id\": \"a\", \"type\": \"authenticatorApp\", \"label\": \"Pixel 9\"}",
      "Authenticator app – Pixel 9" },
    { "{\"id\": \"a\", \"type\": \"authenticatorApp\"}", "Authenticator app" },
    { "{\"id\": \"a\", \"type\": \"securityKey\", \"label\": \"<b>&\"}",
      "Security key – <b>&" },
    { "{\"id\": \"a\", \"type\": \"retinaScan\"}", "Other method" },
    { "{\"id\": \"a\", \"type\": \"securityQuestions\", \"count\": 3}",
      "Security questions – 3 questions" },
    { "{\"id\": \"a\", \"type\": \"securityQuestions\", \"count\": 1}",
      "Security questions – 1 question" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (SiMethod) method = make_method (cases[i].text);
    g_autofree char     *name = si_method_text_dup_name (method);

    si_ui_test_assert_text (name, cases[i].name);
  }
}

static char *
dup_option (SiSecurityInfo *info, const char *id, SiChannel channel)
{
  g_autoptr (SiDefaultOption) option = si_default_option_new (id, channel);

  return si_method_text_dup_option (info, option);
}

static void
test_options (void)
{
  g_autofree char *text
      = si_test_vary (SI_EXAMPLE_SECURITY_INFO, "methods",
                      "[{\"id\": \"m-1\", \"type\": \"phone\", \"use\": \"mobile\","
                      " \"number\": \"+46701740605\"},"
                      " {\"id\": \"m-2\", \"type\": \"securityQuestions\"}]",
                      NULL);
  g_autoptr (SiSecurityInfo) info = si_fake_info (text);
  g_autofree char           *call = dup_option (info, "m-1", SI_CHANNEL_CALL);
  g_autofree char           *texted = dup_option (info, "m-1", SI_CHANNEL_TEXT);
  g_autofree char           *other = dup_option (info, "m-2", SI_CHANNEL_NONE);
  g_autofree char           *odd = dup_option (info, "m-2", SI_CHANNEL_CALL);
  g_autofree char           *gone = dup_option (info, "m-9", SI_CHANNEL_CALL);

  si_ui_test_assert_text (call, "Phone – call (+46 70 174 06 05)");
  si_ui_test_assert_text (texted, "Phone – text (+46 70 174 06 05)");
  g_assert_cmpstr (other, ==, "Security questions");
  g_assert_cmpstr (odd, ==, "Security questions");
  g_assert_cmpstr (gone, ==, "Other method");
}

static void
test_reasons (void)
{
  for (int i = SI_UNAVAILABLE_POLICY_DISALLOWED; i <= SI_UNAVAILABLE_OTHER; i++)
    g_assert_cmpuint (strlen (si_method_text_get_unavailable (i)), >, 10);
  g_assert_null (si_method_text_get_unavailable (SI_UNAVAILABLE_NOT));

  for (int i = SI_DELETE_BLOCKED_NOT; i <= SI_DELETE_BLOCKED_POLICY; i++)
    g_assert_cmpuint (strlen (si_method_text_get_delete_blocked (i)), >, 10);
  g_assert_cmpstr (si_method_text_get_delete_blocked (SI_DELETE_BLOCKED_LAST_METHOD), ==,
                   "Your last method can’t be deleted. Add another one first.");
}

static void
test_help_desk (void)
{
  static const struct {
    const char *support;
    const char *sentence;
  } cases[] = {
    { "{\"phone\": \"+4684400000\", \"email\": \"a@b.example\"}",
      "Ask your help desk: +46 8 440 00 00 or a@b.example." },
    { "{\"phone\": \"+4684400000\"}", "Ask your help desk: +46 8 440 00 00." },
    { "{\"email\": \"a@b.example\"}", "Ask your help desk: a@b.example." },
    { "{}", "Ask your organization’s help desk." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text
        = si_test_vary (SI_EXAMPLE_CAPABILITIES, "support", cases[i].support, NULL);
    g_autoptr (SiCapabilities) capabilities = si_fake_capabilities (text);
    g_autofree char           *sentence = si_method_text_dup_help_desk (capabilities);

    si_ui_test_assert_text (sentence, cases[i].sentence);
  }
}

static void
test_isolation (void)
{
  g_autofree char *plain = si_text_format_number ("+46701740605");
  g_autofree char *isolated = NULL;
  g_autofree char *name = NULL;
  g_autofree char *lines = NULL;
  g_autofree char *plain_lines = si_text_join_lines ("Pixel 9", "Sign-in");

  g_assert_cmpstr (plain, ==, "+46\u00a070\u00a0174\u00a006\u00a005");
  g_assert_cmpstr (plain_lines, ==, "Pixel 9\nSign-in");

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  isolated = si_text_format_number ("+46701740605");
  name = si_text_shorten ("Pixel 9");
  lines = si_text_join_lines (name, "Sign-in");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);

  g_assert_cmpstr (isolated, ==, "\u2066+46\u00a070\u00a0174\u00a006\u00a005\u2069");
  /* It may be in any script. */
  g_assert_cmpstr (name, ==, "\u2068Pixel 9\u2069");
  g_assert_cmpstr (lines, ==, "\u200f\u2068Pixel 9\u2069\n\u200fSign-in");
}

static void
test_time_left (void)
{
  g_autofree char *long_time = si_text_format_time_left (245);
  g_autofree char *short_time = si_text_format_time_left (5);

  g_assert_cmpstr (long_time, ==, "4:05");
  g_assert_cmpstr (short_time, ==, "0:05");
}

static void
test_number_summary (void)
{
  g_autoptr (SiPhoneNumber) number = si_phone_number_parse ("0701740605", "SE", NULL);
  g_autoptr (SiPhoneNumber) extended
      = si_phone_number_parse ("+1 4255551234X12345", NULL, NULL);
  g_autofree char *call = si_number_text_dup_summary (number, SI_CHANNEL_CALL);
  g_autofree char *text = si_number_text_dup_summary (number, SI_CHANNEL_TEXT);
  g_autofree char *dropped = si_number_text_dup_summary (extended, SI_CHANNEL_CALL);

  si_ui_test_assert_text (call, "+46 70 174 06 05 will be called.");
  si_ui_test_assert_text (text, "+46 70 174 06 05 will get a text message.");
  si_ui_test_assert_text (dropped,
                          "Extensions aren’t supported. +1 425-555-1234 will be called.");
}

static void
test_number_errors (void)
{
  static const struct {
    const char *typed;
    const char *region;
    const char *sentence;
  } cases[] = {
    { "", "SE", "Type the phone number." },
    { "070", "SE", "The number is too short." },
    { "+46 70 174 06 05 06 07", "SE", "The number is too long." },
    { "hello", "SE", "This is not a phone number." },
    { "0701740605", NULL, "Choose a country or region, or start the number with +." },
    { "+999 12345678", "SE", "There is no country or region with this calling code." },
  };
  g_autoptr (GListModel) countries = si_country_list_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    SiPhoneNumberStatus       status = SI_PHONE_NUMBER_POSSIBLE;
    g_autoptr (SiPhoneNumber) number
        = si_phone_number_parse (cases[i].typed, cases[i].region, &status);
    g_autofree char *sentence
        = si_number_text_dup_error (status, countries, cases[i].region);

    g_assert_null (number);
    si_ui_test_assert_text (sentence, cases[i].sentence);
  }
}

static void
test_number_error_of_every_status (void)
{
  g_autoptr (GListModel) countries = si_country_list_new ();

  for (int i = SI_PHONE_NUMBER_POSSIBLE; i <= SI_PHONE_NUMBER_UNKNOWN_COUNTRY; i++) {
    g_autofree char *here = si_number_text_dup_error (i, countries, "SE");
    g_autofree char *nowhere = si_number_text_dup_error (i, countries, NULL);

    g_assert_cmpuint (strlen (here), >, 10);
    g_assert_cmpuint (strlen (nowhere), >, 10);
  }
}

static void
test_number_example (void)
{
  g_autofree char *example = si_number_text_dup_example ("SE");
  g_autofree char *none = si_number_text_dup_example (NULL);

  g_assert_true (g_str_has_prefix (example, "For example 0"));
  g_assert_nonnull (strstr (none, "Choose a country"));
}

int
main (int argc, char **argv)
{
  si_ui_test_init (&argc, &argv);

  g_test_add_func ("/method-text/names", test_names);
  g_test_add_func ("/method-text/options", test_options);
  g_test_add_func ("/method-text/reasons", test_reasons);
  g_test_add_func ("/method-text/help-desk", test_help_desk);
  g_test_add_func ("/text/isolation", test_isolation);
  g_test_add_func ("/text/time-left", test_time_left);
  g_test_add_func ("/number-text/summary", test_number_summary);
  g_test_add_func ("/number-text/errors", test_number_errors);
  g_test_add_func ("/number-text/error-of-every-status",
                   test_number_error_of_every_status);
  g_test_add_func ("/number-text/example", test_number_example);

  return g_test_run ();
}
