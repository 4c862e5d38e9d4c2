/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SI_TYPE_RADIO_LIST (si_radio_list_get_type ())
G_DECLARE_FINAL_TYPE (SiRadioList, si_radio_list, SI, RADIO_LIST, GtkWidget)

void       si_radio_list_clear (SiRadioList *self);
void       si_radio_list_append (SiRadioList *self,
                                 int          value,
                                 const char  *title,
                                 const char  *subtitle);
int        si_radio_list_get_value (SiRadioList *self);
void       si_radio_list_set_value (SiRadioList *self, int value);
guint      si_radio_list_get_length (SiRadioList *self);
GtkWidget *si_radio_list_get_focus_widget (SiRadioList *self);

G_END_DECLS
