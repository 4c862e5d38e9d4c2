/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-setting.h"

#include "si-phone-number.h"
#include "si-uri.h"

/* What the values are that an administrator may set. */

#define MAX_CLIENT_ID_LENGTH 256
#define MAX_SCOPE_LENGTH 256
#define MAX_NAME_CHARACTERS 100
#define MAX_PHONE_LENGTH 40
#define MAX_INTERNAL_DIGITS 15
#define MAX_EMAIL_LENGTH 254

gboolean
si_setting_is_provider_kind (const char *text)
{
  return strcmp (text, "rest") == 0;
}

gboolean
si_setting_is_base (const char *text)
{
  g_autoptr (GUri) uri = si_uri_parse_base (text, NULL);

  return uri != NULL;
}

/* OpenID Connect Discovery 1.0, section 3. */
gboolean
si_setting_is_issuer (const char *text)
{
  g_autoptr (GUri) uri = si_uri_parse_endpoint (text, NULL);

  return uri != NULL && g_uri_get_query (uri) == NULL;
}

/* RFC 6749, appendix A.1, without blanks around it, which nobody means. */
gboolean
si_setting_is_client_id (const char *text)
{
  for (const char *c = text; *c != '\0'; c++) {
    if (!g_ascii_isprint (*c))
      return FALSE;
  }

  return strlen (text) <= MAX_CLIENT_ID_LENGTH && *text != ' '
         && !g_str_has_suffix (text, " ");
}

/* RFC 6749, section 3.3. */
gboolean
si_setting_is_scope (const char *text)
{
  for (const char *c = text; *c != '\0'; c++) {
    if (!g_ascii_isgraph (*c) || *c == '"' || *c == '\\')
      return FALSE;
  }

  return *text != '\0' && strlen (text) <= MAX_SCOPE_LENGTH;
}

gboolean
si_setting_is_redirect_host (const char *text)
{
  return strcmp (text, "127.0.0.1") == 0 || strcmp (text, "localhost") == 0;
}

gboolean
si_setting_is_name (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c)) {
    GUnicodeType type = g_unichar_type (g_utf8_get_char (c));

    if (type == G_UNICODE_CONTROL || type == G_UNICODE_LINE_SEPARATOR
        || type == G_UNICODE_PARAGRAPH_SEPARATOR)
      return FALSE;
  }

  return g_utf8_strlen (text, -1) <= MAX_NAME_CHARACTERS;
}

/* The address alone: without a name, a second one, or what else a mailto: may have. */
gboolean
si_setting_is_email (const char *text)
{
  const char *at = strchr (text, '@');

  for (const char *c = text; *c != '\0'; c++) {
    if ((guchar) *c <= ' ' || *c == 0x7f || strchr ("\"%&,:;<>?#()[]\\/", *c) != NULL)
      return FALSE;
  }

  return strlen (text) <= MAX_EMAIL_LENGTH && at != NULL && at != text && at[1] != '\0'
         && strchr (at + 1, '@') == NULL;
}

/* Returns: (transfer full) (nullable): the digits of a number that is called from within
 * the organization alone */
static char *
dup_internal_number (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++) {
    if (g_ascii_isdigit (*c))
      g_string_append_c (digits, *c);
    else if (strchr (" -", *c) == NULL)
      return NULL;
  }

  return digits->len > 0 && digits->len <= MAX_INTERNAL_DIGITS ? g_strdup (digits->str)
                                                               : NULL;
}

/* Returns: (transfer full) (nullable): the number as it is dialed */
char *
si_setting_dup_number (const char *text)
{
  g_autoptr (SiPhoneNumber) number = NULL;

  if (strlen (text) > MAX_PHONE_LENGTH)
    return NULL;

  if (*text != '+')
    return dup_internal_number (text);

  /* An extension can't be dialed with it. */
  number = si_phone_number_parse (text, NULL, NULL);
  if (number == NULL || si_phone_number_get_extension (number) != NULL)
    return NULL;

  return g_strdup (si_phone_number_get_e164 (number));
}

gboolean
si_setting_is_phone (const char *text)
{
  g_autofree char *number = si_setting_dup_number (text);

  return number != NULL;
}
