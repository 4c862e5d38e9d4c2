/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-capabilities.h"
#include "si-security-info.h"

G_BEGIN_DECLS

const char *si_method_text_get_type_name (SiMethodType type);
const char *si_method_text_get_icon_name (SiMethodType type);
const char *si_method_text_get_use_name (SiPhoneUse use);
char       *si_method_text_dup_detail (SiMethod *method);
char       *si_method_text_dup_name (SiMethod *method);
char       *si_method_text_dup_delete_label (SiMethod *method);
char       *si_method_text_dup_delete_question (SiMethod *method);
char       *si_method_text_dup_deleted (SiMethod *method);
const char *si_method_text_get_usable_for (SiUsableFor usable_for);
char       *si_method_text_dup_option (SiSecurityInfo *info, SiDefaultOption *option);
const char *si_method_text_get_unavailable (SiUnavailable unavailable);
const char *si_method_text_get_delete_blocked (SiDeleteBlocked blocked);
char       *si_method_text_dup_help_desk (SiCapabilities *capabilities);

G_END_DECLS
