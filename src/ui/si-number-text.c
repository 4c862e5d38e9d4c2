/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-number-text.h"

#include <glib/gi18n.h>

#include "si-country-list.h"
#include "si-text.h"

/* The words for a number that is being typed: what will be called, or what is wrong with
 * it. */

/* Returns: (transfer full): the number in full as it will be called or texted */
char *
si_number_text_dup_summary (SiPhoneNumber *number, SiChannel channel)
{
  g_autofree char *shown
      = si_text_join_number (si_phone_number_get_international (number));
  gboolean text = channel == SI_CHANNEL_TEXT;

  if (si_phone_number_get_extension (number) != NULL && text)
    return g_strdup_printf (
        /* Translators: an extension is the number of one phone behind a company’s number,
         * such as 123 in +1 425-555-1234 ext. 123; %s is the number without it */
        _ ("Extensions aren’t supported. %s will get a text message."), shown);
  if (si_phone_number_get_extension (number) != NULL)
    /* Translators: an extension is the number of one phone behind a company’s number,
     * such as 123 in +1 425-555-1234 ext. 123; %s is the number without it */
    return g_strdup_printf (_ ("Extensions aren’t supported. %s will be called."), shown);

  if (text)
    /* Translators: a phone number */
    return g_strdup_printf (_ ("%s will get a text message."), shown);

  /* Translators: a phone number */
  return g_strdup_printf (_ ("%s will be called."), shown);
}

/* Returns: (transfer full): what a number in @region looks like */
char *
si_number_text_dup_example (const char *region)
{
  g_autofree char *example = region != NULL ? si_phone_number_dup_example (region) : NULL;
  g_autofree char *shown = NULL;

  if (example == NULL)
    return g_strdup (_ ("Choose a country or region, or start the number with +."));

  shown = si_text_join_number (example);

  /* Translators: a phone number as it is written in the chosen country */
  return g_strdup_printf (_ ("For example %s"), shown);
}

/* Returns: (transfer full): what is wrong with a number that can't be right */
char *
si_number_text_dup_error (SiPhoneNumberStatus status,
                          GListModel         *countries,
                          const char         *region)
{
  SiCountry *country = si_country_list_find (countries, region);

  switch (status) {
  case SI_PHONE_NUMBER_EMPTY:
    return g_strdup (_ ("Type the phone number."));
  case SI_PHONE_NUMBER_TOO_SHORT:
    return g_strdup (_ ("The number is too short."));
  case SI_PHONE_NUMBER_TOO_LONG:
    return g_strdup (_ ("The number is too long."));
  case SI_PHONE_NUMBER_UNKNOWN_COUNTRY:
    if (region == NULL)
      return g_strdup (_ ("Choose a country or region, or start the number with +."));
    /* Translators: a calling code is such as +46 */
    return g_strdup (_ ("There is no country or region with this calling code."));
  case SI_PHONE_NUMBER_WRONG_LENGTH:
    if (country != NULL)
      return g_strdup_printf (
          /* Translators: the name of a country or region, as it is in a list */
          _ ("The number has the wrong length for the country or region (%s)."),
          si_country_get_name (country));
    return g_strdup (_ ("The number has the wrong length."));
  case SI_PHONE_NUMBER_NOT_A_NUMBER:
  case SI_PHONE_NUMBER_POSSIBLE:
  default:
    return g_strdup (_ ("This is not a phone number."));
  }
}
