/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-phone-number.h"

#include <string.h>

typedef struct {
  const char *text;
  const char *region;
  const char *e164;
  const char *number_region;
  const char *extension;
} Accepted;

typedef struct {
  const char         *text;
  const char         *region;
  SiPhoneNumberStatus status;
} Refused;

typedef struct {
  const char *text; /* with the caret as '|' */
  const char *region;
  const char *formatted;
} Typed;

static const Accepted accepted[] = {
  { "070-174 06 05", "SE", "+46701740605", "SE", NULL },
  { "  070 1740605 ", "SE", "+46701740605", "SE", NULL },
  { "+46 (0)70-174 06 05", "SE", "+46701740605", "SE", NULL },
  { "+46 (0)70-174 06 05", NULL, "+46701740605", "SE", NULL },
  { "+46 70 174 06 05", "US", "+46701740605", "SE", NULL },
  { "My number is 070-174 06 05", "SE", "+46701740605", "SE", NULL },
  /* 00 is not what one dials in the US or Australia, but what people write. */
  { "0046701740605", "SE", "+46701740605", "SE", NULL },
  { "0046701740605", "US", "+46701740605", "SE", NULL },
  { "(00) 46 70-174 06 05", "US", "+46701740605", "SE", NULL },
  { "0046 8 12 34 56", "US", "+468123456", "SE", NULL },
  { "0046701740605", NULL, "+46701740605", "SE", NULL },
  { "011 46 70 174 06 05", "US", "+46701740605", "SE", NULL },
  { "0011 47 22 33 44 55", "AU", "+4722334455", "NO", NULL },
  /* Links, as in a contact or on a page. */
  { "tel:+46-70-174-06-05", "US", "+46701740605", "SE", NULL },
  { "TEL:%2B46701740605", NULL, "+46701740605", "SE", NULL },
  { "tel:070-174-06-05;phone-context=+46", "US", "+46701740605", "SE", NULL },
  /* Extensions. */
  { "(425) 555-1234", "US", "+14255551234", "US", NULL },
  { "+1 4255551234X12345", "US", "+14255551234", "US", "12345" },
  { "+1 425-555-1234 ext. 7", "SE", "+14255551234", "US", "7" },
  { "tel:+1-425-555-1234;ext=99", "SE", "+14255551234", "US", "99" },
  /* Other scripts, spaces and invisible characters. */
  { "٠٧٠١٧٤٠٦٠٥", "SE", "+46701740605", "SE", NULL },
  { "+۴۶۷۰۱۷۴۰۶۰۵", NULL, "+46701740605", "SE", NULL },
  { "०७०१७४०६०५", "SE", "+46701740605", "SE", NULL },
  { "＋４６７０１７４０６０５", NULL, "+46701740605", "SE", NULL },
  { "070\u00a0174\u202f06\u200905", "SE", "+46701740605", "SE", NULL },
  { "070‑174–06—05", "SE", "+46701740605", "SE", NULL },
  { "\u2066+46 70 174 06 05\u2069", NULL, "+46701740605", "SE", NULL },
  { "\u202d+46 70 174 06 05\u202c", NULL, "+46701740605", "SE", NULL },
  { "\ufeff070\t174\n06 05\u200e", "SE", "+46701740605", "SE", NULL },
  { "0\u200b70\u00ad1740605", "SE", "+46701740605", "SE", NULL },
  /* Countries with rules of their own. */
  { "06 12345678", "IT", "+390612345678", "IT", NULL },
  { "0343 15 555 1212", "AR", "+5493435551212", "AR", NULL },
  { "8 (912) 345-67-89", "RU", "+79123456789", "RU", NULL },
  { "044 123 456", "XK", "+38344123456", "XK", NULL },
  /* Unknown to the library, but possible. */
  { "+1 555 123 4567", "CA", "+15551234567", "CA", NULL },
  { "+1 555 123 4567", "SE", "+15551234567", "US", NULL },
  { "+46 99 999 99 99", "SE", "+46999999999", "SE", NULL },
  { "+800 1234 5678", "SE", "+80012345678", NULL, NULL },
};

static const Refused refused[] = {
  { NULL, "SE", SI_PHONE_NUMBER_EMPTY },
  { "", "SE", SI_PHONE_NUMBER_EMPTY },
  { " \u00a0\t", "SE", SI_PHONE_NUMBER_EMPTY },
  { "\u200e", "SE", SI_PHONE_NUMBER_EMPTY },
  { "tel:", "SE", SI_PHONE_NUMBER_EMPTY },
  { "hello", "SE", SI_PHONE_NUMBER_NOT_A_NUMBER },
  { "---", "SE", SI_PHONE_NUMBER_NOT_A_NUMBER },
  { "070 hello", "SE", SI_PHONE_NUMBER_NOT_A_NUMBER },
  { "1-800-FLOWERS", "US", SI_PHONE_NUMBER_NOT_A_NUMBER },
  { "0701740605 (Anna)", "SE", SI_PHONE_NUMBER_NOT_A_NUMBER },
  { "My number is 070 174 hello.", "SE", SI_PHONE_NUMBER_NOT_A_NUMBER },
  { "anna@example.com", "SE", SI_PHONE_NUMBER_NOT_A_NUMBER },
  { "070\xff"
    "1740605",
    "SE", SI_PHONE_NUMBER_NOT_A_NUMBER },
  { "tel:%ff%fe", "SE", SI_PHONE_NUMBER_EMPTY },
  { "+", "SE", SI_PHONE_NUMBER_TOO_SHORT },
  { "0", "SE", SI_PHONE_NUMBER_TOO_SHORT },
  { "00", "SE", SI_PHONE_NUMBER_TOO_SHORT },
  { "+46", "SE", SI_PHONE_NUMBER_TOO_SHORT },
  { "+46 0", "SE", SI_PHONE_NUMBER_TOO_SHORT },
  { "070", "SE", SI_PHONE_NUMBER_TOO_SHORT },
  { "112", "SE", SI_PHONE_NUMBER_TOO_SHORT },
  { "555-1234", "US", SI_PHONE_NUMBER_TOO_SHORT },
  { "070-174 06 05 06 07", "SE", SI_PHONE_NUMBER_TOO_LONG },
  { "0701740605 0702222222", "SE", SI_PHONE_NUMBER_TOO_LONG },
  { "+49 176 123456789012", "DE", SI_PHONE_NUMBER_TOO_LONG },
  { "46701740605", "US", SI_PHONE_NUMBER_TOO_LONG },
  { "+999 123456", "SE", SI_PHONE_NUMBER_UNKNOWN_COUNTRY },
  { "070-174 06 05", NULL, SI_PHONE_NUMBER_UNKNOWN_COUNTRY },
  { "070-174 06 05", "", SI_PHONE_NUMBER_UNKNOWN_COUNTRY },
  { "070-174 06 05", "AQ", SI_PHONE_NUMBER_UNKNOWN_COUNTRY },
};

static const Typed typed[] = {
  { "070|", "SE", "070|" },
  { "0701740605|", "SE", "070-174 06 05|" },
  { "070-1740605|", "SE", "070-174 06 05|" },
  { "070-174 06 0|", "SE", "070-174 06 0|" },
  { "07|0-174 06 05", "SE", "07|0-174 06 05" },
  { "|0701740605", "SE", "|070-174 06 05" },
  { "070|1740605", "SE", "070|-174 06 05" },
  { "0701|740605", "SE", "070-1|74 06 05" },
  { "+46701740605|", "SE", "+46 70 174 06 05|" },
  { "+46701740605|", "US", "+46 70 174 06 05|" },
  { "+467|01740605", NULL, "+46 7|0 174 06 05" },
  { "4255551234|", "US", "(425) 555-1234|" },
  { "425|5551234", "US", "(425|) 555-1234" },
  { "٠٧٠١٧٤٠٦٠٥|", "SE", "070-174 06 05|" },
  { "\u2066+46701740605\u2069|", "SE", "+46 70 174 06 05|" },
  { "＋46701740605|", "SE", "+46 70 174 06 05|" },
  /* What can't be formatted stays, and so does the caret. */
  { "|", "SE", "|" },
  { "tel:+46|", "SE", "tel:+46|" },
  { "4255551234x1|2", "US", "4255551234x1|2" },
  { "07|0#", "SE", "07|0#" },
  { "070é|", "SE", "070é|" },
  { "070+46|", "SE", "070+46|" },
  { "07017406050607080910111213|", "SE", "07017406050607080910111213|" },
};

static void
test_accepted (gconstpointer data)
{
  const Accepted           *row = data;
  SiPhoneNumberStatus       status;
  g_autoptr (SiPhoneNumber) number = NULL;

  number = si_phone_number_parse (row->text, row->region, &status);

  g_assert_cmpint (status, ==, SI_PHONE_NUMBER_POSSIBLE);
  g_assert_nonnull (number);
  g_assert_cmpstr (si_phone_number_get_e164 (number), ==, row->e164);
  g_assert_cmpstr (si_phone_number_get_region (number), ==, row->number_region);
  g_assert_cmpstr (si_phone_number_get_extension (number), ==, row->extension);
  g_assert_null (strstr (si_phone_number_get_international (number), "ext"));
}

static void
test_refused (gconstpointer data)
{
  const Refused            *row = data;
  SiPhoneNumberStatus       status = SI_PHONE_NUMBER_POSSIBLE;
  g_autoptr (SiPhoneNumber) number = NULL;

  number = si_phone_number_parse (row->text, row->region, &status);

  g_assert_null (number);
  g_assert_cmpint (status, ==, row->status);
  g_assert_null (si_phone_number_parse (row->text, row->region, NULL));
}

static void
test_typing (gconstpointer data)
{
  const Typed        *row = data;
  const char         *caret = strchr (row->text, '|');
  int                 position = g_utf8_pointer_to_offset (row->text, caret);
  int                 new_position = -1;
  g_autofree char    *formatted = NULL;
  g_autoptr (GString) text = g_string_new (row->text);
  g_autoptr (GString) result = NULL;

  g_string_erase (text, caret - row->text, 1);
  formatted
      = si_phone_number_format_typing (text->str, row->region, position, &new_position);

  result = g_string_new (formatted);
  g_string_insert_c (result,
                     g_utf8_offset_to_pointer (formatted, new_position) - formatted, '|');
  g_assert_cmpstr (result->str, ==, row->formatted);
}

/* The caret must follow from the left of every digit to the right of the last. */
static void
test_typing_every_position (void)
{
  const char *text = "+46701740605";
  const int   expected[] = { 0, 1, 2, 3, 5, 6, 8, 9, 10, 12, 13, 15, 16 };

  for (int i = 0; i < (int) G_N_ELEMENTS (expected); i++) {
    g_autofree char *formatted = NULL;
    int              position = -1;

    formatted = si_phone_number_format_typing (text, "SE", i, &position);
    g_assert_cmpstr (formatted, ==, "+46 70 174 06 05");
    g_assert_cmpint (position, ==, expected[i]);
  }
}

static void
test_format_e164 (void)
{
  const char *const rows[][2] = {
    { "+46701740605", "+46 70 174 06 05" },
    { "+14255551234", "+1 425-555-1234" },
    { "+46 70 *** ** 05", "+46 70 *** ** 05" },
    { "+XX XXXXXXX05", "+XX XXXXXXX05" },
    { "0701740605", "0701740605" },
    { "+9991234", "+9991234" },
    { "+", "+" },
    { "", "" },
    { "+1234567890123456", "+1234567890123456" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *formatted = si_phone_number_format_e164 (rows[i][0]);

    g_assert_cmpstr (formatted, ==, rows[i][1]);
  }
}

static void
test_long_input (void)
{
  SiPhoneNumberStatus status;
  const gsize         lengths[] = { 200, 250, 251, 1000, 1001, 100000 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
    g_autofree char *digits = g_strnfill (lengths[i], '1');
    g_autofree char *formatted = NULL;

    g_assert_null (si_phone_number_parse (digits, "SE", &status));
    g_assert_cmpint (status, ==, SI_PHONE_NUMBER_TOO_LONG);

    formatted = si_phone_number_format_typing (digits, "SE", -1, NULL);
    g_assert_cmpstr (formatted, ==, digits);
  }
}

static void
test_every_region (void)
{
  g_auto (GStrv) regions = si_phone_number_dup_regions ();

  g_assert_cmpint (g_strv_length (regions), >, 240);

  for (guint i = 0; regions[i] != NULL; i++) {
    g_autofree char          *example = si_phone_number_dup_example (regions[i]);
    g_autofree char          *main_region = NULL;
    g_autoptr (SiPhoneNumber) number = NULL;
    int                       code = si_phone_number_get_calling_code (regions[i]);

    number = si_phone_number_parse (example, regions[i], NULL);
    main_region = si_phone_number_dup_main_region (code);

    g_assert_nonnull (number);
    g_assert_cmpint (si_phone_number_get_country_code (number), ==, code);
    g_assert_cmpint (si_phone_number_get_calling_code (main_region), ==, code);
  }
}

static void
test_regions (void)
{
  g_autofree char *sweden = si_phone_number_dup_example ("SE");
  g_autofree char *shared = si_phone_number_dup_main_region (1);

  g_assert_cmpstr (sweden, ==, "070-123 45 67");
  g_assert_cmpstr (shared, ==, "US");
  g_assert_cmpint (si_phone_number_get_calling_code ("SE"), ==, 46);
  g_assert_cmpint (si_phone_number_get_calling_code ("XK"), ==, 383);
  g_assert_cmpint (si_phone_number_get_calling_code ("AQ"), ==, 0);
  g_assert_cmpint (si_phone_number_get_calling_code (""), ==, 0);
  g_assert_null (si_phone_number_dup_example ("AQ"));
  g_assert_null (si_phone_number_dup_main_region (999));
  g_assert_null (si_phone_number_dup_main_region (800));
}

static void
add_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (accepted); i++) {
    g_autofree char *path = g_strdup_printf ("/phone-number/accepted/%u", i);

    g_test_add_data_func (path, &accepted[i], test_accepted);
  }

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autofree char *path = g_strdup_printf ("/phone-number/refused/%u", i);

    g_test_add_data_func (path, &refused[i], test_refused);
  }

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++) {
    g_autofree char *path = g_strdup_printf ("/phone-number/typing/%u", i);

    g_test_add_data_func (path, &typed[i], test_typing);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add_rows ();
  g_test_add_func ("/phone-number/typing/every-position", test_typing_every_position);
  g_test_add_func ("/phone-number/format-e164", test_format_e164);
  g_test_add_func ("/phone-number/long-input", test_long_input);
  g_test_add_func ("/phone-number/every-region", test_every_region);
  g_test_add_func ("/phone-number/regions", test_regions);

  return g_test_run ();
}
