/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SI_TYPE_PAGE (si_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (SiPage, si_page, SI, PAGE, GtkWidget)

struct _SiPageClass {
  GtkWidgetClass parent_class;

  /* What the wizard's main button does. */
  void (*submit) (SiPage *self);

  /* What has the focus when the page comes up; by default the main button, else the first
   * thing that can have it. */
  GtkWidget *(*get_initial_focus) (SiPage *self);

  /* What a screen reader says when the page comes up, besides its title. */
  char *(*dup_announcement) (SiPage *self);
};

const char *si_page_get_title (SiPage *self);
void        si_page_set_title (SiPage *self, const char *title);
gboolean    si_page_get_busy (SiPage *self);
void        si_page_set_busy (SiPage *self, gboolean busy);
void        si_page_submit (SiPage *self);
GtkWidget  *si_page_get_initial_focus (SiPage *self);
char       *si_page_dup_announcement (SiPage *self);

G_END_DECLS
