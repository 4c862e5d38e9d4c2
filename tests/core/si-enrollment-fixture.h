/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "si-enrollment.h"
#include "si-error.h"
#include "si-scripted-server.h"
#include "si-test-documents.h"
#include "si-test-loop.h"

G_BEGIN_DECLS

#define NUMBER "+46701234567"
#define START "/v1/me/verifications"
#define PATH "/v1/me/verifications/v-1"
#define IN_PROGRESS                                                                      \
  "{\"code\":\"verification_in_progress\",\"location\":\"/v1/me/verifications/v-9\"}"
#define ENDED(state)                                                                     \
  "{\"code\":\"verification_ended\",\"state\":\"" state "\",\"methodId\":\"m-7\"}"

typedef struct {
  SiScriptedServer *server;
  SiProvider       *provider;
  SiEnrollment     *self;
  GAsyncResult     *result;
  SiReply          *wait; /* the wait that is held back */
} SiEnrollmentFixture;

void si_enrollment_fixture_set_up (SiEnrollmentFixture *fixture, gconstpointer data);
void si_enrollment_fixture_tear_down (SiEnrollmentFixture *fixture, gconstpointer data);
SiReply *si_enrollment_fixture_expect (SiEnrollmentFixture *fixture,
                                       const char          *method,
                                       const char          *path,
                                       guint                status,
                                       const char          *body);
void     si_enrollment_fixture_expect_lost (SiEnrollmentFixture *fixture,
                                            const char          *method,
                                            const char          *path,
                                            guint                times);
SiReply *si_enrollment_fixture_expect_wait (SiEnrollmentFixture *fixture,
                                            const char          *body);
void     si_enrollment_fixture_wait_for_wait (SiEnrollmentFixture *fixture);
char *
si_enrollment_fixture_vary_state (const char *text, const char *word, int sends_left);
SiVerificationRequest *si_enrollment_fixture_make_request (void);
gboolean               si_enrollment_fixture_start (SiEnrollmentFixture   *fixture,
                                                    SiVerificationRequest *request,
                                                    gboolean               replace,
                                                    GError               **error);
gboolean si_enrollment_fixture_press_next (SiEnrollmentFixture *fixture, GError **error);
gboolean si_enrollment_fixture_cancel (SiEnrollmentFixture *fixture, GError **error);
void     si_enrollment_fixture_begin (SiEnrollmentFixture *fixture, const char *text);
SiVerificationState si_enrollment_fixture_state (SiEnrollmentFixture *fixture);
guint si_enrollment_fixture_count_lines (SiEnrollmentFixture *fixture, const char *line);

G_END_DECLS
