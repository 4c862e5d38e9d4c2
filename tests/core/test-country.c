/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-country-list.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  const char *region;
  const char *query;
  gboolean    found;
} Search;

typedef struct {
  const char *lc_all;
  const char *lc_telephone;
  const char *lang;
  const char *region;
} Locale;

static const Search searches[] = {
  { "SE", "", TRUE },          { "SE", "  ", TRUE },     { "SE", NULL, TRUE },
  { "SE", "Sverige", TRUE },   { "SE", "sve", TRUE },    { "SE", "rige", TRUE },
  { "SE", "SWEDEN", TRUE },    { "SE", "se", TRUE },     { "SE", "swe", TRUE },
  { "SE", "e", TRUE },         { "SE", "+46", TRUE },    { "SE", "+4", TRUE },
  { "SE", "46", TRUE },        { "SE", " +46 ", TRUE },  { "SE", "0046", TRUE },
  { "SE", "+٤٦", TRUE },       { "SE", "+460", FALSE },  { "SE", "+", FALSE },
  { "SE", "6", FALSE },        { "SE", "Norge", FALSE }, { "SE", "\xff", TRUE },
  { "AX", "aland", TRUE },     { "AX", "ÅLAND", TRUE },  { "DK", "dk", TRUE },
  { "CI", "cote d", TRUE },    { "CI", "Côte", TRUE },   { "CZ", "tjeck", TRUE },
  { "AT", "osterrike", TRUE }, { "GB", "uk", TRUE },     { "US", "usa", TRUE },
  { "US", "+1", TRUE },        { "CA", "+1", TRUE },     { "XK", "kosovo", TRUE },
  { "XK", "+383", TRUE },
};

static const Locale locales[] = {
  { NULL, NULL, "sv_SE.UTF-8", "SE" },
  { NULL, "en_GB", "sv_SE.UTF-8", "GB" },
  { "de_AT@euro", "en_GB", "sv_SE.UTF-8", "AT" },
  { "C.UTF-8", "en_GB", "sv_SE.UTF-8", NULL },
  { "", "", "fi_FI", "FI" },
  { NULL, NULL, "eo", NULL },
  { NULL, NULL, "en_", NULL },
  { NULL, NULL, "en_AQ", NULL },
  { NULL, NULL, "en_ZZ", NULL },
  { NULL, NULL, NULL, NULL },
};

/* A locale of that language need not be installed. Translations are not looked for in
 * C.UTF-8 since glibc 2.37, but what counts is its name: under another it does. */
static gboolean
speak (const char *language)
{
  g_autofree char *directory = g_dir_make_tmp ("locales-XXXXXX", NULL);
  g_autofree char *name = g_strconcat (language, ".UTF-8", NULL);
  g_autofree char *locale = g_build_filename (directory, name, NULL);
  g_autofree char *catalogue = g_build_filename (ISO_CODES_LOCALEDIR, language,
                                                 "LC_MESSAGES", "iso_3166-1.mo", NULL);
  gboolean         known;

  g_assert_no_errno (symlink ("/usr/lib/locale/C.utf8", locale));
  g_setenv ("LOCPATH", directory, TRUE);
  g_setenv ("LANGUAGE", language, TRUE);
  known = setlocale (LC_ALL, name) != NULL;
  g_assert_no_errno (g_unlink (locale));
  g_assert_no_errno (g_rmdir (directory));

  return known && g_file_test (catalogue, G_FILE_TEST_EXISTS);
}

static void
test_list (void)
{
  g_autoptr (GListModel) countries = si_country_list_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  const char            *previous = NULL;

  g_assert_cmpint (g_list_model_get_n_items (countries), >, 235);

  for (guint i = 0; i < g_list_model_get_n_items (countries); i++) {
    g_autoptr (SiCountry) country = g_list_model_get_item (countries, i);
    const char           *name = si_country_get_name (country);

    g_assert_cmpint (si_country_get_calling_code (country), >, 0);
    g_assert_cmpint (strlen (si_country_get_region (country)), ==, 2);
    g_assert_true (previous == NULL || g_utf8_collate (previous, name) <= 0);
    g_assert_true (g_hash_table_add (seen, (gpointer) si_country_get_region (country)));
    previous = name;
  }
}

static void
test_find (void)
{
  g_autoptr (GListModel) countries = si_country_list_new ();
  SiCountry             *bolivia = si_country_list_find (countries, "BO");

  g_assert_cmpstr (si_country_get_english_name (bolivia), ==, "Bolivia");
  g_assert_cmpint (si_country_get_calling_code (bolivia), ==, 591);
  g_assert_true (si_country_list_find (countries, "bo") == bolivia);
  g_assert_nonnull (si_country_list_find (countries, "XK"));
  g_assert_null (si_country_list_find (countries, "AQ"));
  g_assert_null (si_country_list_find (countries, ""));
  g_assert_null (si_country_list_find (countries, NULL));
}

static void
test_translated (void)
{
  g_autoptr (GListModel) countries = NULL;

  if (!speak ("sv")) {
    g_test_skip ("There are no Swedish names of countries here");
    return;
  }

  countries = si_country_list_new ();
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++) {
    SiCountry *country = si_country_list_find (countries, searches[i].region);

    if (si_country_matches (country, searches[i].query) != searches[i].found)
      g_test_fail_printf ("%s: “%s”", searches[i].region, searches[i].query);
  }
}

/* Nobody has to read English among names in another script. */
static void
test_scripts (void)
{
  const char *regions[] = { "IR", "KR", "LA", "SY", "SE" };
  const char *languages[] = { "ar", "ja" };

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++) {
    g_autoptr (GListModel) countries = NULL;

    if (!speak (languages[i])) {
      g_test_skip ("There are no such names of countries here");
      continue;
    }

    countries = si_country_list_new ();
    for (guint j = 0; j < G_N_ELEMENTS (regions); j++) {
      SiCountry  *country = si_country_list_find (countries, regions[j]);
      const char *name = si_country_get_name (country);

      if (g_unichar_get_script (g_utf8_get_char (name)) == G_UNICODE_SCRIPT_LATIN)
        g_test_fail_printf ("%s: %s is “%s”", languages[i], regions[j], name);
    }
  }
  setlocale (LC_ALL, "C");
}

/* A locale that is compiled here, with the order of its letters. */
static gboolean
make_swedish_locale (void)
{
  g_autofree char *locale = g_build_filename (g_get_user_cache_dir (), "sv.UTF-8", NULL);
  const char *argv[] = { "localedef", "-c", "-i", "sv_SE", "-f", "UTF-8", locale, NULL };
  int         status = -1;

  g_assert_no_errno (g_mkdir_with_parents (g_get_user_cache_dir (), 0700));
  g_setenv ("LOCPATH", g_get_user_cache_dir (), TRUE);

  return g_spawn_sync (NULL, (char **) argv, NULL,
                       G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL
                           | G_SPAWN_STDERR_TO_DEV_NULL,
                       NULL, NULL, NULL, NULL, &status, NULL)
         && status == 0 && setlocale (LC_ALL, "sv.UTF-8") != NULL;
}

static guint
find_position (GListModel *countries, const char *region)
{
  guint position = 0;

  g_assert_true (g_list_store_find (G_LIST_STORE (countries),
                                    si_country_list_find (countries, region), &position));

  return position;
}

/* In Swedish å, ä and ö are letters of their own, at the end of the alphabet. */
static void
test_sorted (void)
{
  g_autoptr (GListModel) countries = NULL;

  if (!speak ("sv") || !make_swedish_locale ()) {
    g_test_skip ("A Swedish locale can’t be made here");
    return;
  }

  countries = si_country_list_new ();
  g_assert_cmpuint (find_position (countries, "ZW"), <, find_position (countries, "AX"));
  g_assert_cmpuint (find_position (countries, "AX"), <, find_position (countries, "AT"));
  setlocale (LC_ALL, "C");
}

static void
set_or_unset (const char *variable, const char *value)
{
  if (value != NULL)
    g_setenv (variable, value, TRUE);
  else
    g_unsetenv (variable);
}

static void
test_locale (gconstpointer data)
{
  const Locale    *row = data;
  g_autofree char *region = NULL;

  setlocale (LC_ALL, "C");
  g_unsetenv ("LC_ADDRESS");
  set_or_unset ("LC_ALL", row->lc_all);
  set_or_unset ("LC_TELEPHONE", row->lc_telephone);
  set_or_unset ("LANG", row->lang);

  region = si_country_dup_region_from_locale ();
  g_assert_cmpstr (region, ==, row->region);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/country/translated", test_translated);
  g_test_add_func ("/country/scripts", test_scripts);
  g_test_add_func ("/country/sorted", test_sorted);
  g_test_add_func ("/country/list", test_list);
  g_test_add_func ("/country/find", test_find);
  for (guint i = 0; i < G_N_ELEMENTS (locales); i++) {
    g_autofree char *path = g_strdup_printf ("/country/locale/%u", i);

    g_test_add_data_func (path, &locales[i], test_locale);
  }

  return g_test_run ();
}
