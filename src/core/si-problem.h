/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "si-challenge.h"
#include "si-enums.h"

G_BEGIN_DECLS

typedef enum {
  SI_PROBLEM_UNKNOWN,
  SI_PROBLEM_INVALID_REQUEST,
  SI_PROBLEM_NUMBER_UNPARSEABLE,
  SI_PROBLEM_NUMBER_TYPE_NOT_ALLOWED,
  SI_PROBLEM_COUNTRY_NOT_ALLOWED,
  SI_PROBLEM_CHANNEL_NOT_AVAILABLE,
  SI_PROBLEM_CODE_INCORRECT,
  SI_PROBLEM_IDEMPOTENCY_MISMATCH,
  SI_PROBLEM_INVALID_TOKEN,
  SI_PROBLEM_STEP_UP_REQUIRED,
  SI_PROBLEM_POLICY_DISALLOWED,
  SI_PROBLEM_TELEPHONY_BLOCKED,
  SI_PROBLEM_ACCOUNT_MISMATCH,
  SI_PROBLEM_INSUFFICIENT_SCOPE,
  SI_PROBLEM_NOT_FOUND,
  SI_PROBLEM_VERIFICATION_ENDED,
  SI_PROBLEM_NUMBER_IN_USE,
  SI_PROBLEM_METHOD_LIMIT_REACHED,
  SI_PROBLEM_MOBILE_REQUIRED_FIRST,
  SI_PROBLEM_VERIFICATION_IN_PROGRESS,
  SI_PROBLEM_LAST_METHOD,
  SI_PROBLEM_MINIMUM_METHODS,
  SI_PROBLEM_REQUIRED_BY_ALTERNATE,
  SI_PROBLEM_PRECONDITION_FAILED,
  SI_PROBLEM_PRECONDITION_REQUIRED,
  SI_PROBLEM_RESEND_TOO_SOON,
  SI_PROBLEM_RATE_LIMITED,
  SI_PROBLEM_NO_SENDS_LEFT,
  SI_PROBLEM_INTERNAL,
  SI_PROBLEM_MAINTENANCE,

  /* What no backend says: this app finds it out by itself. */
  SI_PROBLEM_SIGN_IN_DENIED,
  SI_PROBLEM_SIGN_IN_EXPIRED,
  SI_PROBLEM_SIGN_IN_FAILED,
  SI_PROBLEM_CLIENT_REJECTED,
  SI_PROBLEM_ISSUER_MISMATCH,
  SI_PROBLEM_REDIRECT_MISMATCH,
  SI_PROBLEM_ID_TOKEN_INVALID,
  SI_PROBLEM_CLOCK_WRONG,
  SI_PROBLEM_PORT_TAKEN,
  SI_PROBLEM_WRONG_ACCOUNT,
  SI_PROBLEM_CERTIFICATE_EXPIRED,
  SI_PROBLEM_CERTIFICATE_NOT_YET_VALID,
  SI_PROBLEM_CERTIFICATE_WRONG_HOST,
  SI_PROBLEM_CERTIFICATE_SELF_SIGNED,
  SI_PROBLEM_CERTIFICATE_UNKNOWN_AUTHORITY,
  SI_PROBLEM_CERTIFICATE_REFUSED,
} SiProblemCode;

#define SI_TYPE_PROBLEM (si_problem_get_type ())
G_DECLARE_FINAL_TYPE (SiProblem, si_problem, SI, PROBLEM, GObject)

SiProblem *si_problem_new (guint       status,
                           JsonObject *object,
                           int         retry_after,
                           const char *request_id);
SiProblem *si_problem_new_local (SiProblemCode code, const char *request_id);

void si_problem_set_challenge (SiProblem *self, SiChallenge *challenge);

SiProblemCode       si_problem_get_code (SiProblem *self);
guint               si_problem_get_status (SiProblem *self);
const char         *si_problem_get_code_word (SiProblem *self);
const char         *si_problem_get_detail (SiProblem *self);
const char         *si_problem_get_field (SiProblem *self);
int                 si_problem_get_checks_left (SiProblem *self);
int                 si_problem_get_retry_after (SiProblem *self);
const char         *si_problem_get_location (SiProblem *self);
SiVerificationState si_problem_get_state (SiProblem *self);
const char         *si_problem_get_method_id (SiProblem *self);
const char         *si_problem_get_manage_url (SiProblem *self);
const char         *si_problem_get_request_id (SiProblem *self);
SiChallenge        *si_problem_get_challenge (SiProblem *self);

G_END_DECLS
