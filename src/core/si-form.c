/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-form.h"

#include <string.h>

/* Names and values as a form sends them (application/x-www-form-urlencoded), encoded as
 * they are added, so that no other copy of a secret is kept. It is wiped when it is
 * freed.
 */

/* What is longer moves in memory, and is not wiped where it was. */
#define EXPECTED_LENGTH (16 * 1024)

struct _SiForm {
  GString *text;
};

static void
wipe (gpointer data)
{
  GString *text = data;

  explicit_bzero (text->str, text->len);
  g_string_free (text, TRUE);
}

/**
 * si_form_new:
 *
 * Returns: (transfer full): a form without fields
 */
SiForm *
si_form_new (void)
{
  SiForm *self = g_new0 (SiForm, 1);

  self->text = g_string_sized_new (EXPECTED_LENGTH);

  return self;
}

void
si_form_free (SiForm *self)
{
  wipe (self->text);
  g_free (self);
}

/**
 * si_form_add:
 * @self: a form
 * @name: the name of a field
 * @value: (nullable): its value; with %NULL nothing is added
 */
void
si_form_add (SiForm *self, const char *name, const char *value)
{
  if (value == NULL)
    return;

  if (self->text->len > 0)
    g_string_append_c (self->text, '&');
  g_string_append_uri_escaped (self->text, name, NULL, FALSE);
  g_string_append_c (self->text, '=');
  g_string_append_uri_escaped (self->text, value, NULL, FALSE);
}

/**
 * si_form_dup_text:
 * @self: a form
 *
 * Returns: (transfer full): the form as it is sent, or as a URL's query
 */
char *
si_form_dup_text (SiForm *self)
{
  return g_strndup (self->text->str, self->text->len);
}

/**
 * si_form_free_to_bytes:
 * @self: (transfer full): a form
 *
 * Returns: (transfer full): the form as it is sent; what they hold is wiped with them
 */
GBytes *
si_form_free_to_bytes (SiForm *self)
{
  GString *text = self->text;

  g_free (self);

  return g_bytes_new_with_free_func (text->str, text->len, wipe, text);
}
