/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-id-token.h"

#include <string.h>

#include "si-error.h"
#include "si-issuer-fixture.h"

/* What an issuer says about who signed in, and what of it is believed. */

#define ISSUER "https://id.example.com"
#define NONCE "nonce-1"
#define ISS "\"iss\":\"" ISSUER "\","
#define AUD "\"aud\":\"" CLIENT_ID "\","
#define SUB "\"sub\":\"" SUBJECT "\","
#define N "\"nonce\":\"" NONCE "\","
#define EXP "\"exp\":2000000300"
/* By the issuer's clock. */
#define NOW G_GINT64_CONSTANT (2000000000)
#define NOT_SAID (-1)

typedef struct {
  const char   *name;
  const char   *claims;
  SiProblemCode problem; /* SI_PROBLEM_UNKNOWN where it is good */
} Row;

static const Row rows[] = {
  { "good", "{" ISS AUD SUB N EXP "}", SI_PROBLEM_UNKNOWN },
  { "more", "{" ISS AUD SUB N "\"amr\":[\"pwd\"],\"auth_time\":0,\"at_hash\":7," EXP "}",
    SI_PROBLEM_UNKNOWN },

  { "issuer-missing", "{" AUD SUB N EXP "}", SI_PROBLEM_ISSUER_MISMATCH },
  { "issuer-wrong", "{\"iss\":\"https://evil.example\"," AUD SUB N EXP "}",
    SI_PROBLEM_ISSUER_MISMATCH },
  { "issuer-slash", "{\"iss\":\"" ISSUER "/\"," AUD SUB N EXP "}",
    SI_PROBLEM_ISSUER_MISMATCH },
  { "issuer-list", "{\"iss\":[\"" ISSUER "\"]," AUD SUB N EXP "}",
    SI_PROBLEM_ISSUER_MISMATCH },
  { "issuer-null", "{\"iss\":null," AUD SUB N EXP "}", SI_PROBLEM_ISSUER_MISMATCH },

  { "audience-missing", "{" ISS SUB N EXP "}", SI_PROBLEM_ID_TOKEN_INVALID },
  { "audience-wrong", "{" ISS "\"aud\":\"client-2\"," SUB N EXP "}",
    SI_PROBLEM_ID_TOKEN_INVALID },
  { "audience-number", "{" ISS "\"aud\":1," SUB N EXP "}", SI_PROBLEM_ID_TOKEN_INVALID },
  { "audience-empty", "{" ISS "\"aud\":[]," SUB N EXP "}", SI_PROBLEM_ID_TOKEN_INVALID },
  { "audience-object", "{" ISS "\"aud\":{\"" CLIENT_ID "\":1}," SUB N EXP "}",
    SI_PROBLEM_ID_TOKEN_INVALID },
  { "audience-words", "{" ISS "\"aud\":\"" CLIENT_ID " x\"," SUB N EXP "}",
    SI_PROBLEM_ID_TOKEN_INVALID },
  { "audience-list", "{" ISS "\"aud\":[\"" CLIENT_ID "\"]," SUB N EXP "}",
    SI_PROBLEM_UNKNOWN },
  { "audience-list-wrong", "{" ISS "\"aud\":[\"a\",\"b\",7,null]," SUB N EXP "}",
    SI_PROBLEM_ID_TOKEN_INVALID },
  { "audiences", "{" ISS "\"aud\":[\"a\",\"" CLIENT_ID "\"]," SUB N EXP "}",
    SI_PROBLEM_UNKNOWN },
  { "audiences-party",
    "{" ISS "\"aud\":[\"a\",\"" CLIENT_ID "\"],\"azp\":\"" CLIENT_ID "\"," SUB N EXP "}",
    SI_PROBLEM_UNKNOWN },
  { "audiences-other-party",
    "{" ISS "\"aud\":[\"a\",\"" CLIENT_ID "\"],\"azp\":\"a\"," SUB N EXP "}",
    SI_PROBLEM_ID_TOKEN_INVALID },
  { "party", "{" ISS AUD "\"azp\":\"" CLIENT_ID "\"," SUB N EXP "}", SI_PROBLEM_UNKNOWN },
  { "other-party", "{" ISS AUD "\"azp\":\"a\"," SUB N EXP "}",
    SI_PROBLEM_ID_TOKEN_INVALID },
  { "party-without-audience", "{" ISS "\"azp\":\"" CLIENT_ID "\"," SUB N EXP "}",
    SI_PROBLEM_ID_TOKEN_INVALID },

  { "nonce-missing", "{" ISS AUD SUB EXP "}", SI_PROBLEM_ID_TOKEN_INVALID },
  { "nonce-wrong", "{" ISS AUD SUB "\"nonce\":\"nonce-2\"," EXP "}",
    SI_PROBLEM_ID_TOKEN_INVALID },
  { "nonce-empty", "{" ISS AUD SUB "\"nonce\":\"\"," EXP "}",
    SI_PROBLEM_ID_TOKEN_INVALID },
  { "nonce-number", "{" ISS AUD SUB "\"nonce\":1," EXP "}", SI_PROBLEM_ID_TOKEN_INVALID },

  { "subject-missing", "{" ISS AUD N EXP "}", SI_PROBLEM_ID_TOKEN_INVALID },
  { "subject-empty", "{" ISS AUD "\"sub\":\"\"," N EXP "}", SI_PROBLEM_ID_TOKEN_INVALID },
  { "subject-number", "{" ISS AUD "\"sub\":7," N EXP "}", SI_PROBLEM_ID_TOKEN_INVALID },
  { "subject-newline", "{" ISS AUD "\"sub\":\"a\\nb\"," N EXP "}",
    SI_PROBLEM_ID_TOKEN_INVALID },
  { "subject-null", "{" ISS AUD "\"sub\":null," N EXP "}", SI_PROBLEM_ID_TOKEN_INVALID },
  { "subject-list", "{" ISS AUD "\"sub\":[\"a\"]," N EXP "}",
    SI_PROBLEM_ID_TOKEN_INVALID },

  { "expiry-missing", "{" ISS AUD SUB "\"nonce\":\"" NONCE "\"}",
    SI_PROBLEM_ID_TOKEN_INVALID },
  { "expiry-word", "{" ISS AUD SUB N "\"exp\":\"2000000300\"}",
    SI_PROBLEM_ID_TOKEN_INVALID },
  { "expiry-null", "{" ISS AUD SUB N "\"exp\":null}", SI_PROBLEM_ID_TOKEN_INVALID },
  { "expiry-zero", "{" ISS AUD SUB N "\"exp\":0}", SI_PROBLEM_ID_TOKEN_INVALID },
  { "expiry-negative", "{" ISS AUD SUB N "\"exp\":-9223372036854775808}",
    SI_PROBLEM_ID_TOKEN_INVALID },
  { "expiry-enormous", "{" ISS AUD SUB N "\"exp\":9223372036854775807}",
    SI_PROBLEM_UNKNOWN },
  { "expired-just-now", "{" ISS AUD SUB N "\"exp\":1999999400}", SI_PROBLEM_UNKNOWN },
  { "expired", "{" ISS AUD SUB N "\"exp\":1999999399}", SI_PROBLEM_ID_TOKEN_INVALID },

  { "empty-object", "{}", SI_PROBLEM_ISSUER_MISMATCH },
  { "list", "[{" ISS AUD SUB N EXP "}]", SI_PROBLEM_ID_TOKEN_INVALID },
  { "word", "\"token\"", SI_PROBLEM_ID_TOKEN_INVALID },
  { "nothing", "", SI_PROBLEM_ID_TOKEN_INVALID },
  { "no-json", "sub=a&iss=b", SI_PROBLEM_ID_TOKEN_INVALID },
  { "cut-short", "{" ISS AUD SUB N "\"exp\":2000000300", SI_PROBLEM_ID_TOKEN_INVALID },
  { "not-utf-8", "{" ISS AUD "\"sub\":\"\xff\"," N EXP "}", SI_PROBLEM_ID_TOKEN_INVALID },
};

static void
assert_token (const char *text, const char *nonce, gint64 now, SiProblemCode problem)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *subject
      = si_id_token_dup_subject (text, ISSUER, CLIENT_ID, nonce, now, &error);

  if (problem == SI_PROBLEM_UNKNOWN) {
    g_assert_no_error (error);
    g_assert_cmpstr (subject, ==, SUBJECT);
    return;
  }

  g_assert_null (subject);
  g_assert_nonnull (error);
  g_assert_cmpint (si_problem_get_code (si_error_get_problem (error)), ==, problem);
}

static void
assert_claims (const char *claims, const char *nonce, gint64 now, SiProblemCode problem)
{
  g_autofree char *text = si_issuer_fixture_dup_jwt (claims);

  assert_token (text, nonce, now, problem);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;

  assert_claims (row->claims, NONCE, NOW, row->problem);
}

/* There is none in a refresh or with a code for another device: what comes is not read.
 */
static void
test_no_nonce (void)
{
  assert_claims ("{" ISS AUD SUB EXP "}", NULL, NOW, SI_PROBLEM_UNKNOWN);
  assert_claims ("{" ISS AUD SUB N EXP "}", NULL, NOW, SI_PROBLEM_UNKNOWN);
}

/* A token that is good for five minutes, where one of the clocks is off. The issuer's own
 * is the one that counts, if it says what it shows. */
static void
test_clocks (void)
{
  static const struct {
    int           ahead; /* this machine's clock, in seconds */
    gboolean      is_said;
    SiProblemCode problem;
  } cases[] = {
    { 0, TRUE, SI_PROBLEM_UNKNOWN },          { 0, FALSE, SI_PROBLEM_UNKNOWN },
    { 600, TRUE, SI_PROBLEM_UNKNOWN },        { 600, FALSE, SI_PROBLEM_UNKNOWN },
    { -600, TRUE, SI_PROBLEM_UNKNOWN },       { -600, FALSE, SI_PROBLEM_UNKNOWN },
    { 86400, TRUE, SI_PROBLEM_UNKNOWN },      { 86400, FALSE, SI_PROBLEM_CLOCK_WRONG },
    { -86400, TRUE, SI_PROBLEM_UNKNOWN },     { -86400, FALSE, SI_PROBLEM_UNKNOWN },
    { 899, FALSE, SI_PROBLEM_UNKNOWN },       { 910, FALSE, SI_PROBLEM_CLOCK_WRONG },
    { 1000000000, TRUE, SI_PROBLEM_UNKNOWN },
  };
  gint64 here = g_get_real_time () / G_USEC_PER_SEC;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    gint64           there = here - cases[i].ahead;
    g_autofree char *claims = g_strdup_printf (
        "{" ISS AUD SUB N "\"exp\":%" G_GINT64_FORMAT "}", there + 300);

    assert_claims (claims, NONCE, cases[i].is_said ? there : NOT_SAID, cases[i].problem);
  }
}

/* That there is no time in it says nothing about a clock. */
static void
test_no_expiry_and_no_clock (void)
{
  assert_claims ("{" ISS AUD SUB "\"nonce\":\"" NONCE "\"}", NONCE, NOT_SAID,
                 SI_PROBLEM_ID_TOKEN_INVALID);
  assert_claims ("{" ISS AUD SUB N "\"exp\":\"soon\"}", NONCE, NOT_SAID,
                 SI_PROBLEM_ID_TOKEN_INVALID);
}

static void
test_subject_length (void)
{
  g_autofree char *subject = g_strnfill (255, 's');
  g_autofree char *claims
      = g_strdup_printf ("{" ISS AUD "\"sub\":\"%s\"," N EXP "}", subject);
  g_autofree char *longer
      = g_strdup_printf ("{" ISS AUD "\"sub\":\"%ss\"," N EXP "}", subject);
  g_autofree char   *text = si_issuer_fixture_dup_jwt (claims);
  g_autoptr (GError) error = NULL;
  g_autofree char   *got
      = si_id_token_dup_subject (text, ISSUER, CLIENT_ID, NONCE, NOW, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (got, ==, subject);
  assert_claims (longer, NONCE, NOW, SI_PROBLEM_ID_TOKEN_INVALID);
}

/* What is no token at all. */
static void
test_no_token (void)
{
  static const char *const tokens[] = {
    "",        ".",           "..",    "...",      "a.b",          "a.b.c",
    "a.e30.c", "a.e30.c.d.e", "token", "a.!!!!.c", "a.\xff\xff.c", "{\"sub\":\"a\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (
        si_id_token_dup_subject (tokens[i], ISSUER, CLIENT_ID, NONCE, NOW, &error));
    g_assert_error (error, SI_ERROR, SI_ERROR_PROTOCOL);
  }
}

/* Nothing but the alphabet of RFC 7515, and no piece that can't be. */
static void
test_alphabet (void)
{
  static const char *const bad[]
      = { "\n\n\n\n", "    ", "!!!!", "====", "%%%%", "\xff\xff\xff\xff" };
  g_autofree char *text = si_issuer_fixture_dup_jwt ("{" ISS AUD SUB N EXP "}");
  const char      *middle = strchr (text, '.') + 5;

  assert_token (text, NONCE, NOW, SI_PROBLEM_UNKNOWN);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *spoilt
        = g_strdup_printf ("%.*s%s%s", (int) (middle - text), text, bad[i], middle);

    assert_token (spoilt, NONCE, NOW, SI_PROBLEM_ID_TOKEN_INVALID);
  }
}

static void
test_size (void)
{
  g_autofree char *filling = g_strnfill (30 * 1024, 'x');
  g_autofree char *claims
      = g_strdup_printf ("{" ISS AUD SUB N "\"x\":\"%s\"," EXP "}", filling);
  g_autofree char *text = si_issuer_fixture_dup_jwt (claims);
  g_autofree char *signature = g_strnfill (32 * 1024, 'x');
  g_autofree char *huge = g_strconcat (text, signature, NULL);

  assert_token (text, NONCE, NOW, SI_PROBLEM_UNKNOWN);
  assert_token (huge, NONCE, NOW, SI_PROBLEM_ID_TOKEN_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/id-token/claims/%s", rows[i].name);

    g_test_add_data_func (path, &rows[i], test_row);
  }
  g_test_add_func ("/id-token/no-nonce", test_no_nonce);
  g_test_add_func ("/id-token/clocks", test_clocks);
  g_test_add_func ("/id-token/no-expiry-and-no-clock", test_no_expiry_and_no_clock);
  g_test_add_func ("/id-token/subject-length", test_subject_length);
  g_test_add_func ("/id-token/no-token", test_no_token);
  g_test_add_func ("/id-token/alphabet", test_alphabet);
  g_test_add_func ("/id-token/size", test_size);

  return g_test_run ();
}
