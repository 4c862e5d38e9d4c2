/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-ui-session.h"

#include "si-fixed-token.h"
#include "si-rest-provider.h"
#include "si-uri.h"

/* The app as a person meets it, up to the wizard, with the reference backend behind. */

/**
 * si_ui_session_start:
 * @self: a session, all zero
 * @options: (transfer full): how the backend is to be
 *
 * Starts the backend; nothing is loaded yet.
 */
void
si_ui_session_start (SiUiSession *self, SiServerOptions *options)
{
  g_autoptr (GUri)          base = NULL;
  g_autoptr (SiTokenSource) tokens = si_fixed_token_new (SI_TEST_TOKEN);
  g_autoptr (SiHttp)        http = NULL;

  self->server = si_test_server_start (options);
  base = si_uri_parse_base (si_server_get_base_url (self->server), NULL);
  http = si_http_new (base, tokens);
  self->provider = si_rest_provider_new (http);
  self->overview = si_overview_new (self->provider);
}

void
si_ui_session_end (SiUiSession *self)
{
  if (self->wizard != NULL)
    gtk_window_close (GTK_WINDOW (self->wizard));
  g_clear_weak_pointer (&self->wizard);
  if (self->parent != NULL)
    gtk_window_destroy (GTK_WINDOW (self->parent));
  self->parent = NULL;
  g_clear_object (&self->overview);
  g_clear_object (&self->provider);
  si_ui_test_drain ();
  si_server_stop (self->server);
  si_ui_test_drain ();
  g_clear_object (&self->server);
}

void
si_ui_session_load (SiUiSession *self)
{
  si_overview_refresh (self->overview);
  si_test_wait_until (!si_overview_get_loading (self->overview));
  g_assert_no_error (si_overview_get_error (self->overview));
}

/* Makes a wizard, for the test to begin. */
void
si_ui_session_open_wizard (SiUiSession *self)
{
  if (!si_overview_is_loaded (self->overview))
    si_ui_session_load (self);
  if (self->parent == NULL)
    self->parent = si_ui_test_show (gtk_label_new ("The window below"));

  g_clear_weak_pointer (&self->wizard);
  g_set_weak_pointer (&self->wizard,
                      si_wizard_new (GTK_WINDOW (self->parent), self->overview));
}

gpointer
si_ui_session_get_page (SiUiSession *self)
{
  g_assert_nonnull (self->wizard);

  return gtk_stack_get_visible_child (si_ui_test_child (self->wizard, "stack"));
}

const char *
si_ui_session_get_page_type (SiUiSession *self)
{
  return G_OBJECT_TYPE_NAME (si_ui_session_get_page (self));
}

GtkWidget *
si_ui_session_get_button (SiUiSession *self, const char *label)
{
  return si_ui_test_find (self->wizard, GTK_TYPE_BUTTON, label);
}

/**
 * si_ui_session_request:
 * @self: a session whose wizard is at the phone
 * @number: what to type
 * @channel: "Call me" or "Text me"
 *
 * Fills in the form and presses Next.
 */
void
si_ui_session_request (SiUiSession *self, const char *number, const char *channel)
{
  gpointer   page = si_ui_session_get_page (self);
  GtkWidget *choice = si_ui_test_find (page, GTK_TYPE_CHECK_BUTTON, channel);

  si_ui_test_paste (si_ui_test_child (page, "number_entry"), number);
  if (choice != NULL)
    si_ui_test_click (choice);
  si_ui_test_click_label (self->wizard, "Next");
}
