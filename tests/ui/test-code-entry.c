/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-code-entry.h"

#include "si-ui-test.h"

typedef struct {
  SiCodeEntry *self;
  GtkWidget   *entry;
  GtkWidget   *window;
  GPtrArray   *codes;
} Fixture;

static void
completed_cb (Fixture *fixture, const char *code)
{
  g_ptr_array_add (fixture->codes, g_strdup (code));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->codes = g_ptr_array_new_with_free_func (g_free);
  fixture->self = g_object_new (SI_TYPE_CODE_ENTRY, NULL);
  fixture->entry = si_ui_test_child (fixture->self, "entry");
  g_signal_connect_swapped (fixture->self, "completed", G_CALLBACK (completed_cb),
                            fixture);
  si_code_entry_set_length (fixture->self, 6);
  fixture->window = si_ui_test_show (fixture->self);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  si_ui_test_close (fixture->window);
  g_ptr_array_unref (fixture->codes);
}

static void
assert_codes (Fixture *fixture, guint n, const char *last)
{
  g_assert_cmpuint (fixture->codes->len, ==, n);
  if (n > 0)
    g_assert_cmpstr (g_ptr_array_index (fixture->codes, n - 1), ==, last);
}

static void
test_typed (Fixture *fixture, gconstpointer data)
{
  si_ui_test_type (fixture->entry, "12345");
  assert_codes (fixture, 0, NULL);

  si_ui_test_type (fixture->entry, "123456");
  assert_codes (fixture, 1, "123456");
}

static void
test_pasted (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *text;
    const char *code;
  } cases[] = {
    { "123 456", "123456" },
    { " 12-34-56\n", "123456" },
    { "123\u00a0456", "123456" },
    { "123–456", "123456" },
    { "Your code: 123456", "123456" },
    { "١٢٣٤٥٦", "123456" },
    { "१२३४५६", "123456" },
    { "１２３４５６", "123456" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    si_code_entry_clear (fixture->self);
    si_ui_test_paste (fixture->entry, cases[i].text);
    assert_codes (fixture, i + 1, cases[i].code);
  }
}

/* The same code is sent by itself once only; Return sends it again. */
static void
test_sent_once (Fixture *fixture, gconstpointer data)
{
  si_ui_test_paste (fixture->entry, "123456");
  si_ui_test_paste (fixture->entry, "12345");
  si_ui_test_paste (fixture->entry, "123456");
  si_ui_test_paste (fixture->entry, "123 456");
  assert_codes (fixture, 1, "123456");

  g_signal_emit_by_name (fixture->entry, "activate");
  assert_codes (fixture, 2, "123456");

  si_ui_test_paste (fixture->entry, "654321");
  assert_codes (fixture, 3, "654321");

  /* After a new code was asked for, even the same digits count. */
  si_code_entry_clear (fixture->self);
  si_ui_test_paste (fixture->entry, "654321");
  assert_codes (fixture, 4, "654321");
}

static void
test_return (Fixture *fixture, gconstpointer data)
{
  g_signal_emit_by_name (fixture->entry, "activate");
  assert_codes (fixture, 0, NULL);

  si_ui_test_paste (fixture->entry, "1234");
  g_signal_emit_by_name (fixture->entry, "activate");
  assert_codes (fixture, 1, "1234");
}

static void
test_error (Fixture *fixture, gconstpointer data)
{
  int start, end;

  si_code_entry_set_hint (fixture->self, "5 attempts left");
  si_ui_test_assert_invalid (fixture->entry, FALSE);
  si_ui_test_assert_description (fixture->entry, "5 attempts left");

  si_ui_test_paste (fixture->entry, "123456");
  si_code_entry_show_error (fixture->self, "That code is not right.");
  si_ui_test_assert_invalid (fixture->entry, TRUE);
  si_ui_test_assert_description (fixture->entry, "That code is not right.");
  si_ui_test_assert_shows (fixture->window, "That code is not right.");
  g_assert_true (si_ui_test_get_focus (fixture->window) == fixture->entry);

  /* What was typed stays, and typing replaces it. */
  g_assert_true (
      gtk_editable_get_selection_bounds (GTK_EDITABLE (fixture->entry), &start, &end));
  g_assert_cmpint (end - start, ==, 6);

  /* An error that is on screen is not talked over; the next key takes it away. */
  si_code_entry_set_hint (fixture->self, "4 attempts left");
  si_ui_test_assert_shows (fixture->window, "That code is not right.");
  si_ui_test_type (fixture->entry, "9");
  si_ui_test_assert_invalid (fixture->entry, FALSE);
  si_ui_test_assert_shows (fixture->window, "4 attempts left");
}

static void
test_accessible (Fixture *fixture, gconstpointer data)
{
  GtkInputHints hints;

  si_ui_test_assert_names (fixture->window);
  gtk_test_accessible_assert_relation (
      GTK_ACCESSIBLE (fixture->entry), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
      si_ui_test_find (fixture->self, GTK_TYPE_LABEL, NULL), NULL);
  g_object_get (fixture->entry, "input-hints", &hints, NULL);
  g_assert_true (hints & GTK_INPUT_HINT_PRIVATE);
}

static void
test_focus (Fixture *fixture, gconstpointer data)
{
  gtk_widget_grab_focus (si_code_entry_get_focus_widget (fixture->self));
  g_assert_true (si_code_entry_has_focus (fixture->self));
  g_assert_true (si_ui_test_get_focus (fixture->window) == fixture->entry);

  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  g_assert_false (si_code_entry_has_focus (fixture->self));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  si_ui_test_init (&argc, &argv);

  ADD ("/code-entry/typed", test_typed);
  ADD ("/code-entry/pasted", test_pasted);
  ADD ("/code-entry/sent-once", test_sent_once);
  ADD ("/code-entry/return", test_return);
  ADD ("/code-entry/error", test_error);
  ADD ("/code-entry/accessible", test_accessible);
  ADD ("/code-entry/focus", test_focus);

  return g_test_run ();
}
