/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-redirect.h"

#include <string.h>

#include "si-error.h"
#include "si-secret.h"

/* What comes from the browser, and what is made of it. */

#define STATE "st-1"
#define ISSUER "https://id.example.com"
#define ISS "&iss=https%3A%2F%2Fid.example.com"
#define GOOD "/?code=c-1&state=" STATE

typedef struct {
  const char   *name;
  const char   *target;
  SiProblemCode problem; /* SI_PROBLEM_UNKNOWN where the code is good */
  const char   *code;
  gboolean      names_issuer;
} Row;

static const Row rows[] = {
  { "good", GOOD, SI_PROBLEM_UNKNOWN, "c-1" },
  { "order", "/?state=" STATE "&code=c-1", SI_PROBLEM_UNKNOWN, "c-1" },
  { "more", GOOD "&session_state=x&scope=a+b&x=1&x=2", SI_PROBLEM_UNKNOWN, "c-1" },
  { "no-value", GOOD "&session_state=", SI_PROBLEM_UNKNOWN, "c-1" },
  { "encoded-code", "/?code=a%2Bb%20c+d%3D&state=" STATE, SI_PROBLEM_UNKNOWN,
    "a+b c d=" },
  { "encoded-names", "/?%63ode=c-1&st%61te=st%2D1", SI_PROBLEM_UNKNOWN, "c-1" },
  { "equals-sign", "/?code=c=1=&state=" STATE, SI_PROBLEM_UNKNOWN, "c=1=" },
  { "end", GOOD "&", SI_PROBLEM_UNKNOWN, "c-1" },

  { "empty", "/?", SI_PROBLEM_REDIRECT_MISMATCH },
  { "nothing-known", "/?a=b", SI_PROBLEM_REDIRECT_MISMATCH },
  { "state-missing", "/?code=c-1", SI_PROBLEM_REDIRECT_MISMATCH },
  { "state-empty", "/?code=c-1&state=", SI_PROBLEM_REDIRECT_MISMATCH },
  { "state-wrong", "/?code=c-1&state=st-2", SI_PROBLEM_REDIRECT_MISMATCH },
  { "state-longer", GOOD "1", SI_PROBLEM_REDIRECT_MISMATCH },
  { "state-case", "/?code=c-1&state=ST-1", SI_PROBLEM_REDIRECT_MISMATCH },
  { "state-name", "/?code=c-1&State=" STATE, SI_PROBLEM_REDIRECT_MISMATCH },
  { "state-twice", GOOD "&state=" STATE, SI_PROBLEM_REDIRECT_MISMATCH },
  { "state-twice-encoded", GOOD "&%73tate=" STATE, SI_PROBLEM_REDIRECT_MISMATCH },
  { "code-missing", "/?state=" STATE, SI_PROBLEM_REDIRECT_MISMATCH },
  { "code-empty", "/?code=&state=" STATE, SI_PROBLEM_REDIRECT_MISMATCH },
  { "code-twice", GOOD "&code=c-2", SI_PROBLEM_REDIRECT_MISMATCH },
  { "code-twice-empty", "/?code=&code=c-1&state=" STATE, SI_PROBLEM_REDIRECT_MISMATCH },
  { "code-and-error", GOOD "&error=access_denied", SI_PROBLEM_REDIRECT_MISMATCH },
  { "code-and-empty-error", GOOD "&error=", SI_PROBLEM_REDIRECT_MISMATCH },

  { "issuer-right", GOOD ISS, SI_PROBLEM_UNKNOWN, "c-1" },
  { "issuer-promised", GOOD ISS, SI_PROBLEM_UNKNOWN, "c-1", TRUE },
  { "issuer-missing", GOOD, SI_PROBLEM_ISSUER_MISMATCH, NULL, TRUE },
  { "issuer-wrong", GOOD "&iss=https%3A%2F%2Fevil.example", SI_PROBLEM_ISSUER_MISMATCH },
  { "issuer-slash", GOOD ISS "%2F", SI_PROBLEM_ISSUER_MISMATCH },
  { "issuer-empty", GOOD "&iss=", SI_PROBLEM_ISSUER_MISMATCH },
  { "issuer-twice", GOOD ISS ISS, SI_PROBLEM_REDIRECT_MISMATCH },
  { "issuer-of-an-error", "/?error=access_denied&state=" STATE "&iss=x",
    SI_PROBLEM_ISSUER_MISMATCH },
  { "issuer-missing-in-an-error", "/?error=access_denied&state=" STATE,
    SI_PROBLEM_ISSUER_MISMATCH, NULL, TRUE },
  { "issuer-and-state-wrong", "/?code=c-1&state=x&iss=x", SI_PROBLEM_REDIRECT_MISMATCH },

  { "denied", "/?error=access_denied&state=" STATE ISS, SI_PROBLEM_SIGN_IN_DENIED },
  { "described", "/?error=access_denied&error_description=No%0D%0A&state=" STATE,
    SI_PROBLEM_SIGN_IN_DENIED },
  { "client", "/?error=unauthorized_client&state=" STATE, SI_PROBLEM_CLIENT_REJECTED },
  { "request", "/?error=invalid_request&state=" STATE, SI_PROBLEM_CLIENT_REJECTED },
  { "scope", "/?error=invalid_scope&state=" STATE, SI_PROBLEM_CLIENT_REJECTED },
  { "response-type", "/?error=unsupported_response_type&state=" STATE,
    SI_PROBLEM_CLIENT_REJECTED },
  { "server-error", "/?error=server_error&state=" STATE, SI_PROBLEM_INTERNAL },
  { "busy", "/?error=temporarily_unavailable&state=" STATE, SI_PROBLEM_MAINTENANCE },
  { "login", "/?error=login_required&state=" STATE, SI_PROBLEM_INVALID_TOKEN },
  { "unknown-error", "/?error=what&state=" STATE, SI_PROBLEM_SIGN_IN_FAILED },
  { "empty-error", "/?error=&state=" STATE, SI_PROBLEM_SIGN_IN_FAILED },
  { "errors", "/?error=access_denied&error=access_denied&state=" STATE,
    SI_PROBLEM_REDIRECT_MISMATCH },
  { "error-without-state", "/?error=access_denied", SI_PROBLEM_REDIRECT_MISMATCH },

  /* What can't be read to its end is not read at all. */
  { "bad-percent", GOOD "&x=%zz", SI_PROBLEM_REDIRECT_MISMATCH },
  { "half-a-percent", GOOD "&x=%4", SI_PROBLEM_REDIRECT_MISMATCH },
  { "nul", GOOD "&x=%00", SI_PROBLEM_REDIRECT_MISMATCH },
  { "nul-in-the-code", "/?code=c%00&state=" STATE, SI_PROBLEM_REDIRECT_MISMATCH },
  { "nul-in-the-state", "/?code=c-1&state=" STATE "%00x", SI_PROBLEM_REDIRECT_MISMATCH },
  { "not-utf-8", GOOD "&x=%ff%fe", SI_PROBLEM_REDIRECT_MISMATCH },
  { "raw-not-utf-8", GOOD "&x=\xff", SI_PROBLEM_REDIRECT_MISMATCH },
  { "second-code-behind-nonsense", GOOD "&x=%zz&code=c-2", SI_PROBLEM_REDIRECT_MISMATCH },
  { "no-equals-sign", GOOD "&x", SI_PROBLEM_REDIRECT_MISMATCH },
  { "no-name", GOOD "&&", SI_PROBLEM_REDIRECT_MISMATCH },
  { "fragment", GOOD "#x", SI_PROBLEM_REDIRECT_MISMATCH },
  { "code-fragment", "/?state=" STATE "&code=c-1#x", SI_PROBLEM_REDIRECT_MISMATCH },
  { "all-in-a-fragment", "/?#code=c-1&state=" STATE, SI_PROBLEM_REDIRECT_MISMATCH },
  { "semicolons", "/?code=c-1;state=" STATE, SI_PROBLEM_REDIRECT_MISMATCH },
  { "question-mark", "/??code=c-1&state=" STATE, SI_PROBLEM_REDIRECT_MISMATCH },
};

static void
check_row (const char *target, const Row *row)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (SiSecret) code
      = si_redirect_dup_code (target, STATE, ISSUER, row->names_issuer, &error);

  g_assert_true (si_redirect_is_answer (target));
  g_assert_cmpstr (code, ==, row->code);
  if (row->problem == SI_PROBLEM_UNKNOWN) {
    g_assert_no_error (error);
    return;
  }

  g_assert_nonnull (error);
  g_assert_cmpint (si_problem_get_code (si_error_get_problem (error)), ==, row->problem);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;

  check_row (row->target, row);
}

/* There are issuers whose codes have two thousand characters. */
static void
test_length (void)
{
  static const Row     too_long = { .problem = SI_PROBLEM_REDIRECT_MISMATCH };
  g_autofree char     *code = g_strnfill (4096, 'c');
  g_autofree char     *long_target = g_strdup_printf ("/?state=" STATE "&code=%s", code);
  g_autofree char     *longer_target = g_strconcat (long_target, "c", NULL);
  g_autoptr (GError)   error = NULL;
  g_autoptr (SiSecret) got
      = si_redirect_dup_code (long_target, STATE, ISSUER, FALSE, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (got, ==, code);
  check_row (longer_target, &too_long);
}

/* Browsers ask for more than that. */
static void
test_no_answer (void)
{
  static const char *const targets[] = {
    "/favicon.ico",
    "/",
    "//?code=c-1&state=" STATE,
    "/x?code=c-1&state=" STATE,
    "/%3Fcode=c-1&state=" STATE,
    "?code=c-1&state=" STATE,
    "http://127.0.0.1/?code=c-1&state=" STATE,
    "*",
    "",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    g_assert_false (si_redirect_is_answer (targets[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/redirect/answer/%s", rows[i].name);

    g_test_add_data_func (path, &rows[i], test_row);
  }
  g_test_add_func ("/redirect/length", test_length);
  g_test_add_func ("/redirect/no-answer", test_no_answer);

  return g_test_run ();
}
