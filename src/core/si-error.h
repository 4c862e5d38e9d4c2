/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-problem.h"

G_BEGIN_DECLS

#define SI_ERROR (si_error_quark ())

/* Named by what the user can do. */
typedef enum {
  SI_ERROR_OFFLINE,          /* look at the connection, try again */
  SI_ERROR_UNTRUSTED,        /* the server's certificate was refused: ask the help desk */
  SI_ERROR_SIGN_IN_REQUIRED, /* sign in again */
  SI_ERROR_STEP_UP_REQUIRED, /* prove once more who it is */
  SI_ERROR_INVALID_INPUT,    /* correct what was entered */
  SI_ERROR_REJECTED_CODE,    /* type the code again */
  SI_ERROR_IN_PROGRESS,      /* decide about the verification that is open */
  SI_ERROR_ENDED,            /* begin again */
  SI_ERROR_CHANGED,          /* look again: somebody else changed it */
  SI_ERROR_NOT_ALLOWED,      /* choose another way, or ask the help desk */
  SI_ERROR_RATE_LIMITED,     /* wait */
  SI_ERROR_UNAVAILABLE,      /* try later */
  SI_ERROR_PROTOCOL,         /* the answer made no sense: ask the help desk */
  SI_ERROR_FAILED,
} SiError;

GQuark si_error_quark (void);

GError    *si_error_new_from_problem (SiProblem *problem);
GError    *si_error_new_local (SiProblemCode code, const char *request_id);
GError    *si_error_new_from_transport (const GError *error, const char *request_id);
SiProblem *si_error_get_problem (const GError *error);
gboolean   si_error_was_answered (const GError *error);

G_END_DECLS
