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

  /* What has the focus when the page comes up. */
  GtkWidget *(*get_initial_focus) (SiPage *self);
};

const char *si_page_get_title (SiPage *self);
void        si_page_set_title (SiPage *self, const char *title);
gboolean    si_page_get_busy (SiPage *self);
void        si_page_set_busy (SiPage *self, gboolean busy);
void        si_page_submit (SiPage *self);
void        si_page_take_focus (SiPage *self);

G_END_DECLS
