/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SI_TYPE_DEMO_PHONE (si_demo_phone_get_type ())
G_DECLARE_FINAL_TYPE (SiDemoPhone, si_demo_phone, SI, DEMO_PHONE, AdwApplicationWindow)

SiDemoPhone *si_demo_phone_new (GtkApplication *application);

void si_demo_phone_connect (SiDemoPhone *self, const char *socket);

G_END_DECLS
