/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-code-entry.h"
#include "si-fake-provider.h"
#include "si-test-settings.h"
#include "si-ui-test.h"
#include "si-window.h"
#include "si-wizard.h"

/* Where people write from right to left, the pages are mirrored, and the numbers are not.
 */

#define NUMBER "+46 70 174 06 05"
#define CODE "123 456"
#define PHONE                                                                            \
  "{\"id\": \"m-1\", \"type\": \"phone\", \"use\": \"mobile\","                          \
  " \"number\": \"+46701740605\", \"channels\": [\"call\", \"text\"],"                   \
  " \"usableFor\": [\"signIn\"], \"isDefault\": true, \"canChange\": true,"              \
  " \"canDelete\": true}"
#define INFO                                                                             \
  "{\"methods\": [" PHONE "], \"default\": {\"methodId\": \"m-1\", \"channel\":"         \
  " \"call\"}, \"defaultOptions\": [{\"methodId\": \"m-1\", \"channel\": \"call\"}]}"
#define EMPTY "{\"methods\": [], \"default\": null, \"defaultOptions\": []}"
#define SITE "backend-url='http://localhost/'\n"

static AdwApplication *application;

typedef struct {
  SiConfiguration *configuration;
  SiFakeProvider  *provider;
  SiOverview      *overview;
  SiWindow        *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSettings) settings = si_test_settings_new_sandbox (SITE, "issuer", "");

  fixture->configuration = si_configuration_new (settings);
  fixture->provider = si_fake_provider_new ();
  fixture->window = si_window_new (GTK_APPLICATION (application), fixture->configuration);
  si_ui_test_show (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  si_fake_provider_end (fixture->provider);
  si_ui_test_close (fixture->window);
  si_ui_test_drain ();
  si_fake_provider_end (fixture->provider);
  g_clear_object (&fixture->overview);
  g_clear_object (&fixture->provider);
  g_clear_object (&fixture->configuration);
}

static void
load (Fixture *fixture, const char *info)
{
  fixture->overview = si_fake_overview (fixture->provider, SI_EXAMPLE_CAPABILITIES, info);
  si_window_set_overview (fixture->window, fixture->overview);
  si_ui_test_drain ();
}

/* How far to the right the middle of a widget is. */
static float
get_middle (GtkWidget *widget)
{
  GtkWidget      *root = GTK_WIDGET (gtk_widget_get_root (widget));
  graphene_rect_t bounds;

  /* Laid out with the next frame. */
  si_test_run_for (50);
  g_assert_true (gtk_widget_compute_bounds (widget, root, &bounds));

  return bounds.origin.x + bounds.size.width / 2;
}

static void
assert_order (GtkWidget *left, GtkWidget *right)
{
  g_assert_cmpfloat (get_middle (left), <, get_middle (right));
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  GtkWidget *list, *row;

  load (fixture, INFO);
  list = si_ui_test_child (si_ui_test_child (fixture->window, "methods_page"), "list");
  row = gtk_widget_get_first_child (list);
  assert_order (si_ui_test_child (row, "delete_button"),
                si_ui_test_child (row, "change_button"));
  assert_order (si_ui_test_child (row, "change_button"), si_ui_test_child (row, "icon"));
  assert_order (si_ui_test_child (fixture->window, "menu_button"),
                si_ui_test_child (fixture->window, "add_button"));
}

static SiWizard *
open_wizard (Fixture *fixture)
{
  SiWizard *wizard;

  load (fixture, EMPTY);
  wizard = si_wizard_new (GTK_WINDOW (fixture->window), fixture->overview);
  si_wizard_add (wizard, FALSE);
  si_ui_test_drain ();
  si_ui_test_activate_row (gtk_widget_get_first_child (
      si_ui_test_child (si_ui_test_child (wizard, "add_page"), "list")));

  return wizard;
}

/* Text that ends to the right of where it begins, also without the focus: with it, that
 * is up to the keyboard. */
static void
assert_left_to_right (GtkEditable *field, const char *text)
{
  GtkText        *delegate = GTK_TEXT (gtk_editable_get_delegate (field));
  graphene_rect_t beginning, end;

  g_assert_false (gtk_widget_has_focus (GTK_WIDGET (delegate)));
  gtk_editable_set_text (field, text);
  si_ui_test_drain ();
  gtk_text_compute_cursor_extents (delegate, 0, &beginning, NULL);
  gtk_text_compute_cursor_extents (delegate, g_utf8_strlen (text, -1), &end, NULL);
  g_assert_cmpstr (gtk_editable_get_text (field), ==, text);
  g_assert_cmpfloat (beginning.origin.x, <, end.origin.x);
}

static void
test_wizard (Fixture *fixture, gconstpointer data)
{
  SiWizard  *wizard = open_wizard (fixture);
  GtkWidget *page = si_ui_test_child (wizard, "phone_page");
  GtkWidget *entry = si_ui_test_child (page, "number_entry");

  assert_order (si_ui_test_child (wizard, "next_button"),
                si_ui_test_child (wizard, "cancel_button"));
  assert_order (si_ui_test_child (wizard, "cancel_button"),
                si_ui_test_child (wizard, "back_button"));

  gtk_widget_grab_focus (si_ui_test_child (wizard, "cancel_button"));
  assert_left_to_right (GTK_EDITABLE (entry), NUMBER);

  si_ui_test_press_key (wizard, GDK_KEY_Left, GDK_ALT_MASK);
  g_assert_true (gtk_widget_get_mapped (page));
  si_ui_test_press_key (wizard, GDK_KEY_Right, GDK_ALT_MASK);
  g_assert_false (gtk_widget_get_mapped (page));
  si_ui_test_close (wizard);
}

static void
test_code (void)
{
  SiCodeEntry *entry = g_object_new (SI_TYPE_CODE_ENTRY, NULL);
  GtkWidget   *button = gtk_button_new_with_label ("First");
  GtkWidget   *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget   *window;

  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (entry));
  window = si_ui_test_show (box);
  gtk_widget_grab_focus (button);
  assert_left_to_right (GTK_EDITABLE (si_ui_test_child (entry, "entry")), CODE);
  si_ui_test_close (window);
}

static char *
dup_icon (const char *name, GtkTextDirection direction)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());
  g_autoptr (GtkIconPaintable) icon
      = gtk_icon_theme_lookup_icon (theme, name, NULL, 16, 1, direction, 0);
  g_autoptr (GFile) file = gtk_icon_paintable_get_file (icon);

  g_assert_true (gtk_icon_theme_has_icon (theme, name));
  g_assert_nonnull (file);

  return g_file_get_uri (file);
}

/* Where one goes back to, and on to, is on the other side. */
static void
test_arrows (void)
{
  static const char *const names[] = { "go-next-symbolic", "go-previous-symbolic" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *left_to_right = dup_icon (names[i], GTK_TEXT_DIR_LTR);
    g_autofree char *right_to_left = dup_icon (names[i], GTK_TEXT_DIR_RTL);

    g_assert_cmpstr (left_to_right, !=, right_to_left);
  }
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  si_ui_test_init (&argc, &argv);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);

  application = adw_application_new (NULL, G_APPLICATION_DEFAULT_FLAGS);
  g_application_register (G_APPLICATION (application), NULL, NULL);

  ADD ("/mirrored/list", test_list);
  ADD ("/mirrored/wizard", test_wizard);
  g_test_add_func ("/mirrored/code", test_code);
  g_test_add_func ("/mirrored/arrows", test_arrows);

  return g_test_run ();
}
