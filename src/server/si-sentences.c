/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-sentences.h"

#include <libsoup/soup.h>
#include <string.h>

/* What calls and texts say, in the languages that the server speaks. */

enum {
  KEYPRESS,
  SPOKEN,
  TEXT,
  ADDED,
  CHANGED,
  DELETED,
  DEFAULT,
  N_SENTENCES,
};

static const struct {
  const char *language;
  const char *sentences[N_SENTENCES];
} LANGUAGES[] = {
  { "en",
    {
        "This is {organization}. To approve this phone for signing in, press the pound "
        "key, #. If you did not ask for this call, hang up.",
        "This is {organization}. Your code is {code}. Again: {code}. Never tell it to "
        "anybody.",
        "{organization}: your code is {code}. Never tell it to anybody.",
        "{organization}: a phone was added to your security info. Wasn't it you? Contact "
        "the help desk.",
        "{organization}: a phone number in your security info was changed. Wasn't it "
        "you? Contact the help desk.",
        "{organization}: a method was deleted from your security info. Wasn't it you? "
        "Contact the help desk.",
        "{organization}: your default sign-in method was changed. Wasn't it you? Contact "
        "the help desk.",
    } },
  { "sv",
    {
        "Det här är {organization}. Tryck på fyrkant, #, för att godkänna den här "
        "telefonen för inloggning. Lägg på om du inte har bett om samtalet.",
        "Det här är {organization}. Din kod är {code}. Jag upprepar: {code}. Lämna "
        "aldrig ut den till någon.",
        "{organization}: din kod är {code}. Lämna aldrig ut den till någon.",
        "{organization}: en telefon har lagts till i din säkerhetsinformation. Var det "
        "inte du? Kontakta supportavdelningen.",
        "{organization}: ett telefonnummer i din säkerhetsinformation har ändrats. Var "
        "det inte du? Kontakta supportavdelningen.",
        "{organization}: en metod har tagits bort från din säkerhetsinformation. Var det "
        "inte du? Kontakta supportavdelningen.",
        "{organization}: din standardinloggningsmetod har ändrats. Var det inte du? "
        "Kontakta supportavdelningen.",
    } },
};

static const struct {
  const char *kind;
  int         sentence;
} NOTICES[] = {
  { "method_added", ADDED },
  { "method_changed", CHANGED },
  { "method_deleted", DELETED },
  { "default_changed", DEFAULT },
};

static const char *
get_sentence (const char *language, int sentence)
{
  for (guint i = 0; i < G_N_ELEMENTS (LANGUAGES); i++) {
    if (g_str_equal (LANGUAGES[i].language, language))
      return LANGUAGES[i].sentences[sentence];
  }

  return LANGUAGES[0].sentences[sentence];
}

/* "sv-SE" is spoken as "sv". */
static const char *
find_language (const char *tag)
{
  gsize length = strcspn (tag, "-");

  for (guint i = 0; i < G_N_ELEMENTS (LANGUAGES); i++) {
    if (strlen (LANGUAGES[i].language) == length
        && g_ascii_strncasecmp (LANGUAGES[i].language, tag, length) == 0)
      return LANGUAGES[i].language;
  }

  return NULL;
}

static char *
fill_in (const char *language, int sentence, const char *organization, const char *code)
{
  GString *text = g_string_new (get_sentence (language, sentence));

  if (code != NULL)
    g_string_replace (text, "{code}", code, 0);
  g_string_replace (text, "{organization}", organization, 0);

  return g_string_free (text, FALSE);
}

/* Digit by digit, as a voice should say it. */
static char *
space_out (const char *code)
{
  GString *spaced = g_string_new (NULL);

  for (const char *c = code; *c != '\0'; c++) {
    if (c != code)
      g_string_append_c (spaced, ' ');
    g_string_append_c (spaced, *c);
  }

  return g_string_free (spaced, FALSE);
}

/**
 * si_sentences_pick_language:
 * @accept_language: (nullable): the header of that name
 *
 * Returns: the first language that the server speaks, by default English
 */
const char *
si_sentences_pick_language (const char *accept_language)
{
  GSList     *wanted = NULL;
  const char *picked = NULL;

  if (accept_language != NULL)
    wanted = soup_header_parse_quality_list (accept_language, NULL);

  for (GSList *l = wanted; l != NULL && picked == NULL; l = l->next)
    picked = find_language (l->data);

  soup_header_free_list (wanted);
  return picked != NULL ? picked : LANGUAGES[0].language;
}

char *
si_sentences_dup_keypress (const char *language, const char *organization)
{
  return fill_in (language, KEYPRESS, organization, NULL);
}

char *
si_sentences_dup_spoken (const char *language, const char *organization, const char *code)
{
  g_autofree char *spaced = space_out (code);

  return fill_in (language, SPOKEN, organization, spaced);
}

char *
si_sentences_dup_text (const char *language, const char *organization, const char *code)
{
  return fill_in (language, TEXT, organization, code);
}

/**
 * si_sentences_dup_notice:
 * @language: a language that the server speaks
 * @organization: the organisation's name
 * @kind: the kind of event, such as `method_added`
 *
 * Returns: (transfer full): what the person is told about it
 */
char *
si_sentences_dup_notice (const char *language, const char *organization, const char *kind)
{
  int sentence = DEFAULT;

  for (guint i = 0; i < G_N_ELEMENTS (NOTICES); i++) {
    if (g_str_equal (NOTICES[i].kind, kind))
      sentence = NOTICES[i].sentence;
  }

  return fill_in (language, sentence, organization, NULL);
}
