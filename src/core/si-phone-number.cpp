/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-phone-number.h"

#include <memory>
#include <set>
#include <string>

#include <phonenumbers/asyoutypeformatter.h>
#include <phonenumbers/logger.h>
#include <phonenumbers/phonenumber.pb.h>
#include <phonenumbers/phonenumberutil.h>

/* Phone numbers as people type them. This is the one file that sees libphonenumber and
 * C++: no exception leaves it, and no number is ever logged, by the library or from here.
 * The library's table of valid numbers ages faster than distributions update it, so a
 * number is only ever refused for its length or its country code: whether it exists is
 * for the backend to say. */

using i18n::phonenumbers::AsYouTypeFormatter;
using i18n::phonenumbers::NullLogger;
using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

struct _SiPhoneNumber {
  std::string e164;
  std::string international;
  std::string extension;
  std::string region;
  int         country_code;
};

/* What the library takes at most; it is not asked about anything longer. */
#define MAX_LENGTH 250
/* ITU-T E.164: fifteen digits and the plus sign. */
#define MAX_E164_LENGTH 16
/* A number is formatted while it is typed only as long as it can be one. */
#define MAX_TYPED_DIGITS 20

#define UNKNOWN_REGION "ZZ"

static PhoneNumberUtil *
get_util ()
{
  static PhoneNumberUtil *util = [] {
    PhoneNumberUtil *instance = PhoneNumberUtil::GetInstance ();
    instance->SetLogger (new NullLogger);
    return instance;
  }();

  return util;
}

template <typename T, typename Function>
static T
guard (T fallback, Function function) noexcept
{
  try {
    return function ();
  } catch (...) {
    return fallback;
  }
}

static std::string
region_or_unknown (const char *region)
{
  return region != nullptr && *region != '\0' ? region : UNKNOWN_REGION;
}

/* Puts digits and the plus sign of any script into ASCII, any space into a plain one, and
 * leaves out what is invisible, such as the marks that set a number apart in
 * right-to-left text. */
static std::string
to_plain_text (const char *text)
{
  std::string plain;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (g_unichar_isdigit (c))
      plain += static_cast<char> ('0' + g_unichar_digit_value (c));
    else if (c == 0xff0b || c == 0xfe62)
      plain += '+';
    else if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
      plain += ' ';
    else if (g_unichar_type (c) != G_UNICODE_FORMAT)
      plain.append (p, g_utf8_next_char (p) - p);
  }

  plain.erase (0, plain.find_first_not_of (' '));
  plain.erase (plain.find_last_not_of (' ') + 1);

  return plain;
}

static std::string
strip_tel_scheme (const std::string &text)
{
  g_autofree char *unescaped = nullptr;

  if (g_ascii_strncasecmp (text.c_str (), "tel:", 4) != 0)
    return text;

  unescaped = g_uri_unescape_string (text.c_str () + 4, nullptr);

  return unescaped != nullptr && g_utf8_validate (unescaped, -1, nullptr)
             ? to_plain_text (unescaped)
             : "";
}

static bool
has_letters (const std::string &text)
{
  for (const char *p = text.c_str (); *p != '\0'; p = g_utf8_next_char (p)) {
    if (g_unichar_isalpha (g_utf8_get_char (p)))
      return true;
  }

  return false;
}

/* Letters as on a phone's keys ("1-800-FLOWERS") name no one's own phone, but the library
 * would turn a remark after the number into digits, too. */
static bool
has_keypad_letters (const std::string &text)
{
  std::string::size_type first = text.find_first_of ("+(0123456789");
  std::string::size_type last = text.find_last_not_of (" ().,:;-/!?");

  return first != std::string::npos && last != std::string::npos && last >= first
         && get_util ()->IsAlphaNumber (text.substr (first, last - first + 1));
}

static SiPhoneNumberStatus
to_status (PhoneNumberUtil::ErrorType error, const std::string &text)
{
  switch (error) {
  case PhoneNumberUtil::NO_PARSING_ERROR:
    return SI_PHONE_NUMBER_POSSIBLE;
  case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR:
    return SI_PHONE_NUMBER_UNKNOWN_COUNTRY;
  case PhoneNumberUtil::TOO_SHORT_AFTER_IDD:
  case PhoneNumberUtil::TOO_SHORT_NSN:
    return SI_PHONE_NUMBER_TOO_SHORT;
  case PhoneNumberUtil::TOO_LONG_NSN:
    return SI_PHONE_NUMBER_TOO_LONG;
  case PhoneNumberUtil::NOT_A_NUMBER:
  default:
    /* The library says so of a number's first digits, too. */
    if (text.find_first_of ("+0123456789") != std::string::npos && !has_letters (text))
      return SI_PHONE_NUMBER_TOO_SHORT;
    return SI_PHONE_NUMBER_NOT_A_NUMBER;
  }
}

static SiPhoneNumberStatus
check_length (const PhoneNumber &number)
{
  std::string e164;

  switch (get_util ()->IsPossibleNumberWithReason (number)) {
  case PhoneNumberUtil::IS_POSSIBLE:
    break;
  case PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY:
  case PhoneNumberUtil::TOO_SHORT:
    return SI_PHONE_NUMBER_TOO_SHORT;
  case PhoneNumberUtil::TOO_LONG:
    return SI_PHONE_NUMBER_TOO_LONG;
  case PhoneNumberUtil::INVALID_COUNTRY_CODE:
    return SI_PHONE_NUMBER_UNKNOWN_COUNTRY;
  case PhoneNumberUtil::INVALID_LENGTH:
  default:
    return SI_PHONE_NUMBER_WRONG_LENGTH;
  }

  get_util ()->Format (number, PhoneNumberUtil::E164, &e164);

  return e164.length () > MAX_E164_LENGTH ? SI_PHONE_NUMBER_TOO_LONG
                                          : SI_PHONE_NUMBER_POSSIBLE;
}

static SiPhoneNumberStatus
parse_plain (const std::string &text, const std::string &region, PhoneNumber *number)
{
  PhoneNumberUtil::ErrorType error;

  error = get_util ()->ParseAndKeepRawInput (text, region, number);
  if (error != PhoneNumberUtil::NO_PARSING_ERROR)
    return to_status (error, text);

  return check_length (*number);
}

/* Most of the world dials 00 where the plus sign stands, and people write it so in
 * countries that dial something else, too. Where the region's own exit code was
 * recognised (Australia's 0011, say) that reading stands. */
static bool
parse_exit_code (const std::string &text, PhoneNumber *number)
{
  std::string::size_type first = text.find_first_of ("+0123456789");
  PhoneNumber            international;

  if (first == std::string::npos || text.compare (first, 2, "00") != 0
      || number->country_code_source () == PhoneNumber::FROM_NUMBER_WITH_IDD)
    return false;

  if (parse_plain ("+" + text.substr (first + 2), UNKNOWN_REGION, &international)
      != SI_PHONE_NUMBER_POSSIBLE)
    return false;

  *number = international;
  return true;
}

/* Several countries share a calling code, and for a number that is not in the library's
 * table it can't tell which it is: then the one that was asked for, if it is among them.
 */
static std::string
find_region (const PhoneNumber &number, const std::string &region)
{
  int         code = number.country_code ();
  std::string found;

  get_util ()->GetRegionCodeForNumber (number, &found);
  if (found.length () == 2 && found != UNKNOWN_REGION)
    return found;

  if (get_util ()->GetCountryCodeForRegion (region) == code)
    return region;

  get_util ()->GetRegionCodeForCountryCode (code, &found);

  return found.length () == 2 && found != UNKNOWN_REGION ? found : "";
}

static SiPhoneNumberStatus
parse (const char *text, const char *region_code, PhoneNumber *number)
{
  std::string         region = region_or_unknown (region_code);
  std::string         plain;
  SiPhoneNumberStatus status;

  if (text == nullptr || *text == '\0')
    return SI_PHONE_NUMBER_EMPTY;
  if (strlen (text) > 4 * MAX_LENGTH)
    return SI_PHONE_NUMBER_TOO_LONG;
  if (!g_utf8_validate (text, -1, nullptr))
    return SI_PHONE_NUMBER_NOT_A_NUMBER;

  plain = strip_tel_scheme (to_plain_text (text));
  if (plain.empty ())
    return SI_PHONE_NUMBER_EMPTY;
  if (plain.length () > MAX_LENGTH)
    return SI_PHONE_NUMBER_TOO_LONG;
  if (has_keypad_letters (plain))
    return SI_PHONE_NUMBER_NOT_A_NUMBER;

  status = parse_plain (plain, region, number);

  return parse_exit_code (plain, number) ? SI_PHONE_NUMBER_POSSIBLE : status;
}

static SiPhoneNumber *
parse_number (const char *text, const char *region, SiPhoneNumberStatus *status)
{
  PhoneNumber                    number;
  std::unique_ptr<SiPhoneNumber> self;

  *status = parse (text, region, &number);
  if (*status != SI_PHONE_NUMBER_POSSIBLE)
    return nullptr;

  self.reset (new SiPhoneNumber);
  self->extension = number.extension ();
  self->country_code = number.country_code ();
  self->region = find_region (number, region_or_unknown (region));
  number.clear_extension ();
  get_util ()->Format (number, PhoneNumberUtil::E164, &self->e164);
  get_util ()->Format (number, PhoneNumberUtil::INTERNATIONAL, &self->international);

  return self.release ();
}

/**
 * si_phone_number_parse:
 * @text: (nullable): a number as typed or pasted
 * @region: (nullable): the ISO 3166 code of the country that it is in where it has no
 *   country code of its own
 * @status: (out) (optional): return location for why there is no number
 *
 * Reads a phone number in any of the ways that people write one. A number that is
 * unknown but possible is accepted: only the backend can tell whether it works.
 *
 * Returns: (transfer full) (nullable): the number, or %NULL with @status saying why not
 */
SiPhoneNumber *
si_phone_number_parse (const char *text, const char *region, SiPhoneNumberStatus *status)
{
  SiPhoneNumberStatus found = SI_PHONE_NUMBER_NOT_A_NUMBER;
  SiPhoneNumber      *self;

  self = guard<SiPhoneNumber *> (nullptr,
                                 [&] { return parse_number (text, region, &found); });
  if (status != nullptr)
    *status = found;

  return self;
}

void
si_phone_number_free (SiPhoneNumber *self)
{
  delete self;
}

/**
 * si_phone_number_get_e164:
 * @self: a number
 *
 * Returns: the number as the backend wants it ("+46701740605"), without extension
 */
const char *
si_phone_number_get_e164 (SiPhoneNumber *self)
{
  g_return_val_if_fail (self != nullptr, nullptr);

  return self->e164.c_str ();
}

/**
 * si_phone_number_get_international:
 * @self: a number
 *
 * Returns: the number as it is shown ("+46 70 174 06 05"), without extension
 */
const char *
si_phone_number_get_international (SiPhoneNumber *self)
{
  g_return_val_if_fail (self != nullptr, nullptr);

  return self->international.c_str ();
}

/**
 * si_phone_number_get_extension:
 * @self: a number
 *
 * Returns: (nullable): the digits of the extension that was left out, or %NULL where the
 *   number had none
 */
const char *
si_phone_number_get_extension (SiPhoneNumber *self)
{
  g_return_val_if_fail (self != nullptr, nullptr);

  return self->extension.empty () ? nullptr : self->extension.c_str ();
}

/**
 * si_phone_number_get_region:
 * @self: a number
 *
 * Returns: (nullable): the ISO 3166 code of the number's country, or %NULL where it is in
 *   none (+800). Of a calling code that countries share it is the likeliest.
 */
const char *
si_phone_number_get_region (SiPhoneNumber *self)
{
  g_return_val_if_fail (self != nullptr, nullptr);

  return self->region.empty () ? nullptr : self->region.c_str ();
}

int
si_phone_number_get_country_code (SiPhoneNumber *self)
{
  g_return_val_if_fail (self != nullptr, 0);

  return self->country_code;
}

static bool
is_e164 (const char *text)
{
  gsize length = strlen (text);

  return text[0] == '+' && length > 1 && length <= MAX_E164_LENGTH
         && strspn (text + 1, "0123456789") == length - 1;
}

/**
 * si_phone_number_format_e164:
 * @e164: a number from the backend
 *
 * Returns: (transfer full): the number for showing ("+46 70 174 06 05"); what is no whole
 *   number, as one with digits masked, comes back as it is
 */
char *
si_phone_number_format_e164 (const char *e164)
{
  char *formatted;

  g_return_val_if_fail (e164 != nullptr, nullptr);

  formatted = guard<char *> (nullptr, [&] () -> char * {
    PhoneNumber number;
    std::string text;

    if (!is_e164 (e164)
        || get_util ()->Parse (e164, UNKNOWN_REGION, &number)
               != PhoneNumberUtil::NO_PARSING_ERROR)
      return nullptr;

    get_util ()->Format (number, PhoneNumberUtil::INTERNATIONAL, &text);
    return g_strdup (text.c_str ());
  });

  return formatted != nullptr ? formatted : g_strdup (e164);
}

/* The characters of @text that count, and how many of them are before @position. Anything
 * that is neither part of a number nor put in between its digits yields none. */
static std::string
collect_typed (const char *text, int position, int *n_before)
{
  std::string typed;
  int         index = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p), index++) {
    gunichar c = g_utf8_get_char (p);

    if (index == position)
      *n_before = typed.length ();

    if (g_unichar_isdigit (c))
      typed += static_cast<char> ('0' + g_unichar_digit_value (c));
    else if (typed.empty () && (c == '+' || c == 0xff0b || c == 0xfe62))
      typed += '+';
    else if (!g_unichar_isspace (c) && g_unichar_type (c) != G_UNICODE_FORMAT
             && g_unichar_type (c) != G_UNICODE_DASH_PUNCTUATION
             && (c >= 0x80 || strchr ("().-/", c) == nullptr))
      return "";
  }

  if (position < 0 || position >= index)
    *n_before = typed.length ();

  return typed;
}

static char *
format_typing (const char *text, const char *region, int position, int *new_position)
{
  std::unique_ptr<AsYouTypeFormatter> formatter;
  std::string                         typed, formatted;
  int                                 n_before = 0;

  if (!g_utf8_validate (text, -1, nullptr))
    return g_strdup (text);

  typed = collect_typed (text, position, &n_before);
  if (typed.empty () || typed.length () > MAX_TYPED_DIGITS)
    return g_strdup (text);

  formatter.reset (get_util ()->GetAsYouTypeFormatter (region_or_unknown (region)));
  for (int i = 0; i < static_cast<int> (typed.length ()); i++) {
    if (i == n_before - 1)
      formatter->InputDigitAndRememberPosition (typed[i], &formatted);
    else
      formatter->InputDigit (typed[i], &formatted);
  }

  *new_position = n_before > 0 ? formatter->GetRememberedPosition () : 0;

  return g_strdup (formatted.c_str ());
}

/**
 * si_phone_number_format_typing:
 * @text: what is in the entry
 * @region: (nullable): the country chosen
 * @position: where the caret is, in characters; -1 for the end
 * @new_position: (out) (optional): return location for where it belongs now
 *
 * Formats a number while it is typed. The caret stays behind the digit that it was
 * behind. Text that is more than digits and their punctuation comes back as it is.
 *
 * Returns: (transfer full): the text for the entry
 */
char *
si_phone_number_format_typing (const char *text,
                               const char *region,
                               int         position,
                               int        *new_position)
{
  int   found = position;
  char *formatted;

  g_return_val_if_fail (text != nullptr, nullptr);

  formatted = guard<char *> (
      nullptr, [&] { return format_typing (text, region, position, &found); });
  if (new_position != nullptr)
    *new_position = found;

  return formatted != nullptr ? formatted : g_strdup (text);
}

/**
 * si_phone_number_dup_example:
 * @region: an ISO 3166 code
 *
 * Returns: (transfer full) (nullable): a mobile number of that country as it is written
 *   there, that belongs to nobody; %NULL for an unknown country
 */
char *
si_phone_number_dup_example (const char *region)
{
  g_return_val_if_fail (region != nullptr, nullptr);

  return guard<char *> (nullptr, [&] () -> char * {
    PhoneNumber number;
    std::string text;

    if (!get_util ()->GetExampleNumberForType (region, PhoneNumberUtil::MOBILE, &number)
        && !get_util ()->GetExampleNumber (region, &number))
      return nullptr;

    get_util ()->Format (number, PhoneNumberUtil::NATIONAL, &text);
    return g_strdup (text.c_str ());
  });
}

/**
 * si_phone_number_get_calling_code:
 * @region: an ISO 3166 code
 *
 * Returns: the calling code (46 for "SE"), or 0 for a country that has none
 */
int
si_phone_number_get_calling_code (const char *region)
{
  g_return_val_if_fail (region != nullptr, 0);

  return guard<int> (0, [&] { return get_util ()->GetCountryCodeForRegion (region); });
}

/**
 * si_phone_number_dup_main_region:
 * @calling_code: a calling code
 *
 * Returns: (transfer full) (nullable): the ISO 3166 code of the largest of the countries
 *   that have @calling_code ("US" for 1), or %NULL where there is none
 */
char *
si_phone_number_dup_main_region (int calling_code)
{
  return guard<char *> (nullptr, [&] () -> char * {
    std::string region;

    get_util ()->GetRegionCodeForCountryCode (calling_code, &region);
    if (region.length () != 2 || region == UNKNOWN_REGION)
      return nullptr;

    return g_strdup (region.c_str ());
  });
}

/**
 * si_phone_number_dup_regions:
 *
 * Returns: (transfer full): the ISO 3166 codes of all countries that have a calling code
 */
GStrv
si_phone_number_dup_regions (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  guard<bool> (false, [&] {
    std::set<std::string> regions;

    get_util ()->GetSupportedRegions (&regions);
    for (const std::string &region : regions)
      g_strv_builder_add (builder, region.c_str ());

    return true;
  });

  return g_strv_builder_end (builder);
}
