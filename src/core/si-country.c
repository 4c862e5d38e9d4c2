/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-country.h"

#include <libintl.h>
#include <string.h>

#include "si-phone-number.h"

/* A country or region that phone numbers belong to, with what a person may look for it
 * by. */

struct _SiCountry {
  GObject parent_instance;

  char *region;
  char *name;
  char *english_name;
  /* All that a search looks at, folded; terms are apart by newlines. */
  char *names_key;
  char *codes_key;
  int   calling_code;
};

enum {
  PROP_0,
  PROP_REGION,
  PROP_NAME,
  PROP_ENGLISH_NAME,
  PROP_CALLING_CODE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SiCountry, si_country, G_TYPE_OBJECT)

/* Without case, accents and differences between scripts' digits. */
static char *
fold (const char *text)
{
  g_autofree char    *decomposed = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *p = decomposed; p != NULL && *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (g_unichar_isdigit (c))
      g_string_append_c (plain, '0' + g_unichar_digit_value (c));
    else if (g_unichar_isspace (c))
      g_string_append_c (plain, ' ');
    else if (!g_unichar_ismark (c) && g_unichar_type (c) != G_UNICODE_FORMAT)
      g_string_append_unichar (plain, c);
  }

  return g_utf8_casefold (plain->str, plain->len);
}

static void
add_term (GString *key, const char *text)
{
  g_autofree char *folded = fold (text);

  g_string_append_printf (key, "\n%s", folded);
}

/* Letters such as ø and ł have no accent to take off, but are typed as o and l. */
static char *
build_names_key (SiCountry *self)
{
  g_autofree char *ascii = g_str_to_ascii (self->name, NULL);
  GString         *terms = g_string_new (NULL);

  add_term (terms, self->name);
  add_term (terms, self->english_name);
  if (strchr (ascii, '?') == NULL)
    add_term (terms, ascii);

  return g_string_free (terms, FALSE);
}

static char *
build_codes_key (SiCountry *self, const char *alpha_3)
{
  GString *terms = g_string_new (NULL);

  add_term (terms, self->region);
  if (alpha_3 != NULL)
    add_term (terms, alpha_3);
  /* Nobody in the United Kingdom would think of GB. */
  if (strcmp (self->region, "GB") == 0)
    add_term (terms, "UK");

  g_string_append_c (terms, '\n');

  return g_string_free (terms, FALSE);
}

static void
si_country_finalize (GObject *object)
{
  SiCountry *self = SI_COUNTRY (object);

  g_free (self->region);
  g_free (self->name);
  g_free (self->english_name);
  g_free (self->names_key);
  g_free (self->codes_key);

  G_OBJECT_CLASS (si_country_parent_class)->finalize (object);
}

static void
si_country_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SiCountry *self = SI_COUNTRY (object);

  switch (id) {
  case PROP_REGION:
    g_value_set_string (value, self->region);
    break;
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_ENGLISH_NAME:
    g_value_set_string (value, self->english_name);
    break;
  case PROP_CALLING_CODE:
    g_value_set_int (value, self->calling_code);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
si_country_class_init (SiCountryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = si_country_finalize;
  object_class->get_property = si_country_get_property;

  properties[PROP_REGION] = g_param_spec_string ("region", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_ENGLISH_NAME]
      = g_param_spec_string ("english-name", NULL, NULL, NULL, flags);
  properties[PROP_CALLING_CODE]
      = g_param_spec_int ("calling-code", NULL, NULL, 0, 999, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
si_country_init (SiCountry *self)
{
}

/* Of the short names some are not translated into each language (iso-codes 4.13), of the
 * longer ones more are. To somebody who reads Arabic or Japanese a longer name is better
 * than an English one, but “Laos” is better than any where letters are Latin ones. */
static const char *
translate (const char *english_name, const char *full_name)
{
  const char *name = dgettext (SI_COUNTRY_DOMAIN, english_name);
  const char *full;

  if (name != english_name || full_name == NULL)
    return name;

  full = dgettext (SI_COUNTRY_DOMAIN, full_name);

  return g_unichar_get_script (g_utf8_get_char (full)) == G_UNICODE_SCRIPT_LATIN ? name
                                                                                 : full;
}

/**
 * si_country_new:
 * @region: an ISO 3166 code ("SE")
 * @english_name: its name in English, which is translated by iso-codes
 * @full_name: (nullable): its name in English in full, which is translated likewise
 * @alpha_3: (nullable): its longer ISO 3166 code ("SWE")
 *
 * Returns: (transfer full) (nullable): the country, or %NULL where it has no calling code
 */
SiCountry *
si_country_new (const char *region,
                const char *english_name,
                const char *full_name,
                const char *alpha_3)
{
  SiCountry *self;
  int        calling_code = si_phone_number_get_calling_code (region);

  if (calling_code == 0)
    return NULL;

  self = g_object_new (SI_TYPE_COUNTRY, NULL);
  self->region = g_strdup (region);
  self->english_name = g_strdup (english_name);
  self->name = g_strdup (translate (english_name, full_name));
  self->calling_code = calling_code;
  self->names_key = build_names_key (self);
  self->codes_key = build_codes_key (self, alpha_3);

  return self;
}

const char *
si_country_get_region (SiCountry *self)
{
  g_return_val_if_fail (SI_IS_COUNTRY (self), NULL);

  return self->region;
}

/**
 * si_country_get_name:
 * @self: a country
 *
 * Returns: its name in the user's language
 */
const char *
si_country_get_name (SiCountry *self)
{
  g_return_val_if_fail (SI_IS_COUNTRY (self), NULL);

  return self->name;
}

const char *
si_country_get_english_name (SiCountry *self)
{
  g_return_val_if_fail (SI_IS_COUNTRY (self), NULL);

  return self->english_name;
}

int
si_country_get_calling_code (SiCountry *self)
{
  g_return_val_if_fail (SI_IS_COUNTRY (self), 0);

  return self->calling_code;
}

static gboolean
matches_calling_code (SiCountry *self, const char *digits)
{
  g_autofree char *code = g_strdup_printf ("%d", self->calling_code);

  return *digits != '\0' && g_str_has_prefix (code, digits);
}

/* Returns: (nullable): the digits of what is meant as a calling code */
static const char *
find_calling_code (const char *query)
{
  if (g_str_has_prefix (query, "+"))
    return query + 1;
  if (g_str_has_prefix (query, "00"))
    return query + 2;

  return g_ascii_isdigit (*query) ? query : NULL;
}

/* Of those that share a calling code the largest is meant. */
static gboolean
is_main_of_calling_code (SiCountry *self, const char *digits)
{
  g_autofree char *code = g_strdup_printf ("%d", self->calling_code);
  g_autofree char *region = NULL;

  if (strcmp (code, digits) != 0)
    return FALSE;

  region = si_phone_number_dup_main_region (self->calling_code);

  return g_strcmp0 (region, self->region) == 0;
}

/**
 * si_country_is_meant:
 * @self: a country
 * @query: what was typed into a search field
 *
 * Returns: whether @query is one of its codes in full, so that nothing else is more
 * likely
 */
gboolean
si_country_is_meant (SiCountry *self, const char *query)
{
  g_autofree char *folded = NULL;
  g_autofree char *code = NULL;
  const char      *digits;

  g_return_val_if_fail (SI_IS_COUNTRY (self), FALSE);

  folded = g_strstrip (fold (query));
  digits = find_calling_code (folded);
  if (digits != NULL)
    return is_main_of_calling_code (self, digits);

  code = g_strdup_printf ("\n%s\n", folded);

  return *folded != '\0' && strstr (self->codes_key, code) != NULL;
}

/**
 * si_country_matches:
 * @self: a country
 * @query: what was typed into a search field
 *
 * Looks for @query anywhere in the country's name in the user's language and in English,
 * and at the beginning of its ISO codes and of its calling code ("46", "+46" and "0046"),
 * whatever the case and the accents.
 *
 * Returns: whether it was found; always where @query is empty
 */
gboolean
si_country_matches (SiCountry *self, const char *query)
{
  g_autofree char *folded = NULL;
  g_autofree char *code_term = NULL;
  const char      *digits;

  g_return_val_if_fail (SI_IS_COUNTRY (self), FALSE);

  folded = query != NULL ? g_strstrip (fold (query)) : NULL;
  if (folded == NULL || *folded == '\0')
    return TRUE;

  digits = find_calling_code (folded);
  if (digits != NULL)
    return matches_calling_code (self, digits);

  code_term = g_strconcat ("\n", folded, NULL);

  return strstr (self->names_key, folded) != NULL
         || strstr (self->codes_key, code_term) != NULL;
}
