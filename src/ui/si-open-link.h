/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "si-uri.h"

G_BEGIN_DECLS

void si_open_link (GtkWidget *widget, const char *link);

G_END_DECLS
