/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "si-problem.h"

G_BEGIN_DECLS

SiProblemCode si_certificate_problem_from_flags (GTlsCertificate     *certificate,
                                                 GTlsCertificateFlags flags);
GError *si_certificate_problem_new_error (SoupMessage *message, const char *request_id);

G_END_DECLS
