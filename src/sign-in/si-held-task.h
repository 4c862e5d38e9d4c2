/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _SiHeldTask SiHeldTask;

typedef void (*SiHeldTaskFunc) (SiHeldTask *held, gpointer user_data);

SiHeldTask *si_held_task_new (GTask *task, SiHeldTaskFunc cancelled, gpointer user_data);
GTask      *si_held_task_release (SiHeldTask *self);

G_END_DECLS
