/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-country-list.h"

#include <langinfo.h>
#include <libintl.h>
#include <string.h>

#include "si-json.h"
#include "si-phone-number.h"

/* The countries that a phone number can be in. Names come from iso-codes and its
 * translations; where that is not installed, the ISO code has to do. */

/* Have a calling code, but no entry in ISO 3166-1. */
static const struct {
  const char *region;
  const char *name;
} extra_countries[] = {
  { "AC", "Ascension Island" },
  { "TA", "Tristan da Cunha" },
  { "XK", "Kosovo" },
};

static int
compare_names (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return g_utf8_collate (si_country_get_name ((SiCountry *) a),
                         si_country_get_name ((SiCountry *) b));
}

static void
take_country (GListStore *store, SiCountry *country)
{
  g_autoptr (SiCountry) taken = country;

  if (taken != NULL)
    g_list_store_insert_sorted (store, taken, compare_names, NULL);
}

static void
bind_translations (void)
{
  const char *const *dirs = g_get_system_data_dirs ();
  const char        *locale_dir = ISO_CODES_LOCALEDIR;
  g_autofree char   *found = NULL;

  for (guint i = 0; !g_file_test (locale_dir, G_FILE_TEST_IS_DIR) && dirs[i] != NULL;
       i++) {
    g_free (found);
    found = g_build_filename (dirs[i], "locale", NULL);
    locale_dir = found;
  }

  bindtextdomain (SI_COUNTRY_DOMAIN, locale_dir);
  bind_textdomain_codeset (SI_COUNTRY_DOMAIN, "UTF-8");
}

static char *
read_iso_codes (gsize *length)
{
  const char *const *dirs = g_get_system_data_dirs ();
  char              *text = NULL;

  if (g_file_get_contents (ISO_CODES_FILE, &text, length, NULL))
    return text;

  for (guint i = 0; dirs[i] != NULL; i++) {
    g_autofree char *file = NULL;

    file = g_build_filename (dirs[i], "iso-codes", "json", "iso_3166-1.json", NULL);
    if (g_file_get_contents (file, &text, length, NULL))
      return text;
  }

  return NULL;
}

static gboolean
add_iso_countries (GListStore *store)
{
  g_autoptr (JsonObject) root = NULL;
  g_autofree char       *text = NULL;
  gsize                  length = 0;
  JsonArray             *entries;

  text = read_iso_codes (&length);
  root = text != NULL ? si_json_parse_object (text, length, NULL) : NULL;
  entries = si_json_get_array (root, "3166-1");
  if (entries == NULL)
    return FALSE;

  for (guint i = 0; i < json_array_get_length (entries); i++) {
    JsonObject *entry = si_json_array_get_object (entries, i);
    const char *region = si_json_get_string (entry, "alpha_2");
    const char *full_name = si_json_get_string (entry, "name");
    const char *name = si_json_get_string (entry, "common_name");

    if (name == NULL)
      name = full_name;
    if (region != NULL && name != NULL)
      take_country (store, si_country_new (region, name, full_name,
                                           si_json_get_string (entry, "alpha_3")));
  }

  return TRUE;
}

static void
add_bare_regions (GListStore *store)
{
  g_auto (GStrv) regions = si_phone_number_dup_regions ();

  g_message ("There are no country names: iso-codes is not installed");
  for (guint i = 0; regions[i] != NULL; i++) {
    if (si_country_list_find (G_LIST_MODEL (store), regions[i]) == NULL)
      take_country (store, si_country_new (regions[i], regions[i], NULL, NULL));
  }
}

/**
 * si_country_list_new:
 *
 * Lists the countries that have a calling code, by their names in the user's language.
 *
 * Returns: (transfer full): a list of `SiCountry`
 */
GListModel *
si_country_list_new (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SI_TYPE_COUNTRY);
  gboolean               complete;

  bind_translations ();
  complete = add_iso_countries (store);

  for (guint i = 0; i < G_N_ELEMENTS (extra_countries); i++)
    take_country (store, si_country_new (extra_countries[i].region,
                                         extra_countries[i].name, NULL, NULL));

  if (!complete)
    add_bare_regions (store);

  return G_LIST_MODEL (g_steal_pointer (&store));
}

/**
 * si_country_list_find:
 * @countries: a list of `SiCountry`
 * @region: (nullable): an ISO 3166 code
 *
 * Returns: (transfer none) (nullable): the country, or %NULL where it is not in the list
 */
SiCountry *
si_country_list_find (GListModel *countries, const char *region)
{
  g_return_val_if_fail (G_IS_LIST_MODEL (countries), NULL);

  for (guint i = 0; region != NULL && i < g_list_model_get_n_items (countries); i++) {
    /* The list keeps its own reference. */
    g_autoptr (SiCountry) country = g_list_model_get_item (countries, i);

    if (g_ascii_strcasecmp (si_country_get_region (country), region) == 0)
      return country;
  }

  return NULL;
}

static char *
dup_region_of_locale (const char *locale)
{
  const char      *separator = strchr (locale, '_');
  g_autofree char *region = NULL;

  if (separator == NULL || strlen (separator) < 3)
    return NULL;

  region = g_ascii_strup (separator + 1, 2);

  return si_phone_number_get_calling_code (region) != 0 ? g_steal_pointer (&region)
                                                        : NULL;
}

/**
 * si_country_dup_region_from_locale:
 *
 * Returns: (transfer full) (nullable): the ISO 3166 code of the country whose formats the
 *   user has chosen, or %NULL where the locale names none that has a calling code
 */
char *
si_country_dup_region_from_locale (void)
{
  const char *const variables[] = { "LC_ALL", "LC_TELEPHONE", "LC_ADDRESS", "LANG" };
  const char       *region = nl_langinfo (_NL_ADDRESS_COUNTRY_AB2);

  if (region != NULL && si_phone_number_get_calling_code (region) != 0)
    return g_strdup (region);

  /* The chosen locale need not be installed. */
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++) {
    const char *locale = g_getenv (variables[i]);

    if (locale != NULL && *locale != '\0')
      return dup_region_of_locale (locale);
  }

  return NULL;
}
