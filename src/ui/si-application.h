/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SI_TYPE_APPLICATION (si_application_get_type ())
G_DECLARE_FINAL_TYPE (SiApplication, si_application, SI, APPLICATION, AdwApplication)

SiApplication *si_application_new (gboolean demo);

G_END_DECLS
