/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  SI_PHONE_NUMBER_POSSIBLE,
  SI_PHONE_NUMBER_EMPTY,
  SI_PHONE_NUMBER_NOT_A_NUMBER,
  SI_PHONE_NUMBER_TOO_SHORT,
  SI_PHONE_NUMBER_TOO_LONG,
  SI_PHONE_NUMBER_WRONG_LENGTH,
  SI_PHONE_NUMBER_UNKNOWN_COUNTRY,
} SiPhoneNumberStatus;

typedef struct _SiPhoneNumber SiPhoneNumber;

SiPhoneNumber *
si_phone_number_parse (const char *text, const char *region, SiPhoneNumberStatus *status);
void si_phone_number_free (SiPhoneNumber *self);

const char *si_phone_number_get_e164 (SiPhoneNumber *self);
const char *si_phone_number_get_international (SiPhoneNumber *self);
const char *si_phone_number_get_extension (SiPhoneNumber *self);
const char *si_phone_number_get_region (SiPhoneNumber *self);
int         si_phone_number_get_country_code (SiPhoneNumber *self);

char *si_phone_number_format_e164 (const char *e164);
char *si_phone_number_format_typing (const char *text,
                                     const char *region,
                                     int         position,
                                     int        *new_position);
char *si_phone_number_dup_example (const char *region);
int   si_phone_number_get_calling_code (const char *region);
char *si_phone_number_dup_main_region (int calling_code);
GStrv si_phone_number_dup_regions (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SiPhoneNumber, si_phone_number_free)

G_END_DECLS
