/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-certificate-problem.h"

#include "si-error.h"

/* Why a server's certificate was refused, in the order of what can be said about it. */

static const struct {
  GTlsCertificateFlags flag;
  SiProblemCode        code;
} reasons[] = {
  { G_TLS_CERTIFICATE_BAD_IDENTITY, SI_PROBLEM_CERTIFICATE_WRONG_HOST },
  { G_TLS_CERTIFICATE_EXPIRED, SI_PROBLEM_CERTIFICATE_EXPIRED },
  { G_TLS_CERTIFICATE_NOT_ACTIVATED, SI_PROBLEM_CERTIFICATE_NOT_YET_VALID },
  { G_TLS_CERTIFICATE_UNKNOWN_CA, SI_PROBLEM_CERTIFICATE_UNKNOWN_AUTHORITY },
};

static gboolean
is_self_signed (GTlsCertificate *certificate)
{
  g_autofree char *subject = g_tls_certificate_get_subject_name (certificate);
  g_autofree char *issuer = g_tls_certificate_get_issuer_name (certificate);

  return subject != NULL && g_strcmp0 (subject, issuer) == 0;
}

/**
 * si_certificate_problem_from_flags:
 * @certificate: (nullable): the server's certificate
 * @flags: what is wrong with it
 *
 * Returns: the code that says so
 */
SiProblemCode
si_certificate_problem_from_flags (GTlsCertificate     *certificate,
                                   GTlsCertificateFlags flags)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++) {
    if ((flags & reasons[i].flag) == 0)
      continue;

    return reasons[i].flag == G_TLS_CERTIFICATE_UNKNOWN_CA && certificate != NULL
                   && is_self_signed (certificate)
               ? SI_PROBLEM_CERTIFICATE_SELF_SIGNED
               : reasons[i].code;
  }

  return SI_PROBLEM_CERTIFICATE_REFUSED;
}

/**
 * si_certificate_problem_new_error:
 * @message: a message that was not sent because of the server's certificate
 * @request_id: the request's id
 *
 * Returns: (transfer full): an error of the domain `SI_ERROR` that says why
 */
GError *
si_certificate_problem_new_error (SoupMessage *message, const char *request_id)
{
  SiProblemCode code = si_certificate_problem_from_flags (
      soup_message_get_tls_peer_certificate (message),
      soup_message_get_tls_peer_certificate_errors (message));

  return si_error_new_local (code, request_id);
}
