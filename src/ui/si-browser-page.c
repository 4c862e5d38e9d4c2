/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-browser-page.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>
#include <string.h>

/* What the browser shows when it comes back from signing in. The page holds nothing that
 * came from anywhere else, and loads nothing. */

#define PAGE                                                                             \
  "<!DOCTYPE html>\n"                                                                    \
  "<html lang=\"%s\" dir=\"%s\"><head><meta charset=\"utf-8\">"                          \
  "<meta name=\"viewport\" content=\"width=device-width\">"                              \
  "<meta name=\"color-scheme\" content=\"light dark\"><title>%s</title>"                 \
  "<style>body{font:1.1em/1.5 Cantarell,sans-serif;max-width:30em;margin:20vh auto;"     \
  "padding:0 1em;text-align:center}h1{font-size:1.6em}</style></head>"                   \
  "<body><main><h1>%s</h1><p>%s</p></main></body></html>\n"

/* "sv_SE.UTF-8" is "sv-SE" there (BCP 47). */
static char *
dup_language (void)
{
  const char *name = g_get_language_names ()[0];
  char       *language = g_strndup (name, strcspn (name, ".@"));

  if (g_str_equal (language, "C") || g_str_equal (language, "POSIX")) {
    g_free (language);
    return g_strdup ("en");
  }

  return g_strdelimit (language, "_", '-');
}

static char *
dup_page (const char *heading, const char *sentence)
{
  gboolean         mirrored = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;
  g_autofree char *language = dup_language ();
  g_autofree char *title = g_markup_escape_text (_ ("Security Info"), -1);
  g_autofree char *escaped_heading = g_markup_escape_text (heading, -1);
  g_autofree char *escaped_sentence = g_markup_escape_text (sentence, -1);

  return g_strdup_printf (PAGE, language, mirrored ? "rtl" : "ltr", title,
                          escaped_heading, escaped_sentence);
}

/* Returns: (transfer full): HTML */
char *
si_browser_page_dup_success (void)
{
  return dup_page (
      /* Translators: the heading of a page in the browser */
      _ ("You Can Close This Window"),
      /* Translators: on a page in the browser; the app’s name as it is elsewhere */
      _ ("Security Info continues automatically."));
}

/* Returns: (transfer full): HTML */
char *
si_browser_page_dup_failure (void)
{
  return dup_page (
      /* Translators: the heading of a page in the browser */
      _ ("You Are Not Signed In"),
      /* Translators: on a page in the browser; the app’s name as it is elsewhere */
      _ ("You can close this window. Security Info tells you what happened, "
         "and you can try again there."));
}
