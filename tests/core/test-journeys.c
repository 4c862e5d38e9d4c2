/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-enrollment.h"
#include "si-error.h"
#include "si-fixed-token.h"
#include "si-overview.h"
#include "si-rest-provider.h"
#include "si-test-loop.h"
#include "si-test-server.h"
#include "si-uri.h"

#include <libsoup/soup.h>

/* From the first request to the last, against the reference backend: what the person
 * gets, and how many requests that costs. */

#define MOBILE "+46701740605"
#define OTHER "+46701740606"

typedef struct {
  gboolean long_poll;
  gboolean spoken_code;
  double   ttl;
} Setting;

static const Setting USUAL = { TRUE, FALSE, -1 };
static const Setting POLLED = { FALSE, FALSE, -1 };
static const Setting SPOKEN = { TRUE, TRUE, -1 };
static const Setting SHORT = { TRUE, FALSE, 1 };

typedef struct {
  SiServer         *server;
  SiSimulatedPhone *phone;
  SiProvider       *provider;
  SiEnrollment     *enrollment;
  SiOverview       *overview;
  GString          *states; /* those that were shown, one character each */
  GAsyncResult     *result;
} Fixture;

static guint n_requests;

static gboolean
count_request (GSignalInvocationHint *hint,
               guint                  n_values,
               const GValue          *values,
               gpointer               data)
{
  n_requests++;

  return TRUE;
}

static void
shown_cb (Fixture *fixture)
{
  static const char letters[] = "?qcraTFVXECB";
  SiVerification   *verification = si_enrollment_get_verification (fixture->enrollment);

  g_string_append_c (
      fixture->states,
      verification != NULL ? letters[si_verification_get_state (verification)] : '-');
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiTokenSource) tokens = si_fixed_token_new (SI_TEST_TOKEN);
  g_autoptr (SiHttp)        http = NULL;
  const Setting            *setting = data;
  SiServerOptions          *options = si_test_server_options_new ();
  g_autoptr (GUri)          base = NULL;
  g_autoptr (GError)        error = NULL;

  options->long_poll = setting->long_poll;
  options->retry_after = 1;
  options->spoken_code = setting->spoken_code;
  options->ttl = setting->ttl;
  options->resend_after = 0;
  options->dial_time = 0.05;
  options->ring_time = 20;
  fixture->server = si_test_server_start (options);
  fixture->phone = si_server_get_phone (fixture->server);

  base = si_uri_parse_base (si_server_get_base_url (fixture->server), &error);
  g_assert_no_error (error);
  http = si_http_new (base, tokens);
  fixture->provider = si_rest_provider_new (http);
  fixture->overview = si_overview_new (fixture->provider);
  fixture->enrollment = si_enrollment_new (fixture->provider);
  fixture->states = g_string_new (NULL);
  g_signal_connect_swapped (fixture->enrollment, "notify::verification",
                            G_CALLBACK (shown_cb), fixture);
  n_requests = 0;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->result);
  g_assert_finalize_object (fixture->enrollment);
  g_assert_finalize_object (fixture->overview);
  si_test_run_for (20);
  g_assert_finalize_object (fixture->provider);
  g_string_free (fixture->states, TRUE);
  g_clear_object (&fixture->server);
}

static gboolean
start_request (Fixture               *fixture,
               SiVerificationRequest *request,
               gboolean               replace,
               GError               **error)
{
  g_clear_object (&fixture->result);
  si_enrollment_start_async (fixture->enrollment, request, replace, si_test_keep_result,
                             &fixture->result);
  si_test_wait_until (fixture->result != NULL);

  return si_enrollment_start_finish (fixture->enrollment, fixture->result, error);
}

static gboolean
start (Fixture *fixture, const char *number, SiChannel channel, GError **error)
{
  g_autoptr (SiVerificationRequest) request
      = si_verification_request_new_add (SI_PHONE_USE_MOBILE, number, channel);

  return start_request (fixture, request, FALSE, error);
}

static void
start_well (Fixture *fixture, SiChannel channel)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (start (fixture, MOBILE, channel, &error));
  g_assert_no_error (error);
}

static gboolean
submit (Fixture *fixture, const char *code, GError **error)
{
  g_clear_object (&fixture->result);
  si_enrollment_submit_code_async (fixture->enrollment, code, si_test_keep_result,
                                   &fixture->result);
  si_test_wait_until (fixture->result != NULL);

  return si_enrollment_submit_code_finish (fixture->enrollment, fixture->result, error);
}

static void
resend (Fixture *fixture, SiChannel channel)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->result);
  si_enrollment_resend_async (fixture->enrollment, channel, si_test_keep_result,
                              &fixture->result);
  si_test_wait_until (fixture->result != NULL);
  si_enrollment_resend_finish (fixture->enrollment, fixture->result, &error);
  g_assert_no_error (error);
}

static gboolean
cancel (Fixture *fixture, GError **error)
{
  g_clear_object (&fixture->result);
  si_enrollment_cancel_async (fixture->enrollment, si_test_keep_result, &fixture->result);
  si_test_wait_until (fixture->result != NULL);

  return si_enrollment_cancel_finish (fixture->enrollment, fixture->result, error);
}

static SiVerification *
get (Fixture *fixture)
{
  return si_enrollment_get_verification (fixture->enrollment);
}

static void
wait_for_state (Fixture *fixture, SiVerificationState state)
{
  si_test_wait_until (si_verification_get_state (get (fixture)) == state);
}

static void
wait_for_failure (Fixture *fixture, SiVerificationReason reason)
{
  wait_for_state (fixture, SI_VERIFICATION_STATE_ATTEMPT_FAILED);
  g_assert_cmpint (si_verification_get_reason (get (fixture)), ==, reason);
}

static gboolean
delete_method (Fixture *fixture, SiSecurityInfo *info, const char *id, GError **error)
{
  g_clear_object (&fixture->result);
  si_provider_delete_method_async (fixture->provider, info, id, NULL, si_test_keep_result,
                                   &fixture->result);
  si_test_wait_until (fixture->result != NULL);

  return si_provider_delete_method_finish (fixture->provider, fixture->result, error);
}

static char *
dup_ringing (Fixture *fixture)
{
  si_test_server_wait_for_call (fixture->server, SI_SIMULATED_CALL_RINGING);

  return g_strdup (
      si_simulated_call_get_id (si_simulated_phone_get_ringing (fixture->phone)));
}

static void
refresh (Fixture *fixture)
{
  si_overview_refresh (fixture->overview);
  si_test_wait_until (!si_overview_get_loading (fixture->overview));
  g_assert_no_error (si_overview_get_error (fixture->overview));
}

static guint
count_methods (Fixture *fixture)
{
  refresh (fixture);

  return g_list_model_get_n_items (
      si_security_info_get_methods (si_overview_get_security_info (fixture->overview)));
}

/* Two requests for the list; then, by call, two requests at most besides one for each
 * change of state. */
static void
test_add_by_call (Fixture *fixture, gconstpointer data)
{
  g_autofree char *call = NULL;
  SiMethod        *method;

  refresh (fixture);
  g_assert_cmpuint (n_requests, ==, 2);

  start_well (fixture, SI_CHANNEL_CALL);
  call = dup_ringing (fixture);
  wait_for_state (fixture, SI_VERIFICATION_STATE_RINGING);
  si_simulated_phone_answer (fixture->phone, call, NULL);
  wait_for_state (fixture, SI_VERIFICATION_STATE_ANSWERED);
  si_simulated_phone_press (fixture->phone, call, '#', NULL);
  wait_for_state (fixture, SI_VERIFICATION_STATE_VERIFIED);
  si_test_run_for (100);

  g_assert_true (g_str_has_suffix (fixture->states->str, "raV"));
  g_assert_cmpuint (n_requests - 2, <=, 2 + fixture->states->len - 1);
  g_assert_cmpuint (
      g_list_model_get_n_items (si_simulated_phone_get_calls (fixture->phone)), ==, 1);
  g_assert_nonnull (si_verification_get_new_default (get (fixture)));

  refresh (fixture);
  method
      = si_security_info_find_method (si_overview_get_security_info (fixture->overview),
                                      si_verification_get_method_id (get (fixture)));
  g_assert_cmpstr (si_method_get_number (method), ==, MOBILE);
  g_assert_true (si_method_get_is_default (method));
}

/* With a backend that can only be polled: no more than its Retry-After allows. */
static void
test_add_by_call_polled (Fixture *fixture, gconstpointer data)
{
  g_autofree char *call = NULL;

  start_well (fixture, SI_CHANNEL_CALL);
  call = dup_ringing (fixture);
  si_test_run_for (2500);
  g_assert_cmpuint (n_requests, >=, 3);
  g_assert_cmpuint (n_requests, <=, 4);
  si_simulated_phone_answer (fixture->phone, call, NULL);
  si_simulated_phone_press (fixture->phone, call, '#', NULL);
  wait_for_state (fixture, SI_VERIFICATION_STATE_VERIFIED);
  g_assert_cmpuint (n_requests, <=, 6);
}

static void
test_add_by_text (Fixture *fixture, gconstpointer data)
{
  g_autofree char   *code = NULL, *wrong = NULL;
  g_autoptr (GError) error = NULL;

  start_well (fixture, SI_CHANNEL_TEXT);
  code = si_test_server_wait_for_code (fixture->server);
  wait_for_state (fixture, SI_VERIFICATION_STATE_TEXTED);
  wrong = g_strdup (code);
  wrong[0] = wrong[0] == '9' ? '0' : wrong[0] + 1;

  g_assert_false (submit (fixture, wrong, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_REJECTED_CODE);
  g_assert_cmpint (si_problem_get_checks_left (si_error_get_problem (error)), ==, 4);
  g_clear_error (&error);
  si_test_wait_until (si_verification_get_checks_left (get (fixture)) == 4);

  g_assert_true (submit (fixture, code, &error));
  g_assert_no_error (error);
  wait_for_state (fixture, SI_VERIFICATION_STATE_VERIFIED);
  g_assert_cmpuint (count_methods (fixture), ==, 1);
}

static void
test_no_checks_left (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = NULL;

  start_well (fixture, SI_CHANNEL_TEXT);
  code = si_test_server_wait_for_code (fixture->server);
  code[0] = code[0] == '9' ? '0' : code[0] + 1;
  for (guint i = 0; i < 5; i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (submit (fixture, code, &error));
    g_assert_error (error, SI_ERROR, SI_ERROR_REJECTED_CODE);
  }
  wait_for_state (fixture, SI_VERIFICATION_STATE_FAILED);
  g_assert_cmpint (si_verification_get_reason (get (fixture)), ==,
                   SI_VERIFICATION_REASON_TOO_MANY_ATTEMPTS);
}

static void
test_spoken_code (Fixture *fixture, gconstpointer data)
{
  g_autofree char   *id = NULL, *code = NULL;
  g_autoptr (GError) error = NULL;

  start_well (fixture, SI_CHANNEL_CALL);
  id = dup_ringing (fixture);
  g_assert_cmpint (si_verification_get_approval (get (fixture)), ==, SI_APPROVAL_CODE);
  code = g_strdup (
      si_simulated_call_get_code (si_simulated_phone_get_ringing (fixture->phone)));
  si_simulated_phone_answer (fixture->phone, id, NULL);
  g_assert_true (submit (fixture, code, &error));
  g_assert_no_error (error);
  wait_for_state (fixture, SI_VERIFICATION_STATE_VERIFIED);
}

/* Every way in which an attempt ends, one after the other, each followed by Call Again:
 * the fifth is the last that there is. */
static void
test_reasons (Fixture *fixture, gconstpointer data)
{
  const struct {
    const char          *word;
    SiVerificationReason reason;
  } rows[] = {
    { "busy", SI_VERIFICATION_REASON_BUSY },
    { "no_answer", SI_VERIFICATION_REASON_NO_ANSWER },
    { "voicemail", SI_VERIFICATION_REASON_VOICEMAIL },
    { "unreachable", SI_VERIFICATION_REASON_UNREACHABLE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_assert_true (si_simulated_phone_set_next (fixture->phone, rows[i].word, NULL));
    if (i == 0)
      start_well (fixture, SI_CHANNEL_CALL);
    else
      resend (fixture, SI_CHANNEL_CALL);
    wait_for_failure (fixture, rows[i].reason);
    g_assert_cmpint (si_verification_get_sends_left (get (fixture)), ==, 4 - (int) i);
  }

  g_assert_true (si_simulated_phone_set_next (fixture->phone, "carrier_error", NULL));
  resend (fixture, SI_CHANNEL_CALL);
  wait_for_state (fixture, SI_VERIFICATION_STATE_FAILED);
  g_assert_cmpint (si_verification_get_reason (get (fixture)), ==,
                   SI_VERIFICATION_REASON_NO_SENDS_LEFT);
  g_assert_cmpuint (
      g_list_model_get_n_items (si_simulated_phone_get_calls (fixture->phone)), ==, 5);
}

static void
test_declined_and_wrong_key (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL, *second = NULL;

  start_well (fixture, SI_CHANNEL_CALL);
  first = dup_ringing (fixture);
  si_simulated_phone_decline (fixture->phone, first, NULL);
  wait_for_failure (fixture, SI_VERIFICATION_REASON_REJECTED);

  resend (fixture, SI_CHANNEL_CALL);
  second = dup_ringing (fixture);
  si_simulated_phone_answer (fixture->phone, second, NULL);
  si_simulated_phone_press (fixture->phone, second, '5', NULL);
  wait_for_failure (fixture, SI_VERIFICATION_REASON_WRONG_KEY);
}

static void
test_undeliverable (Fixture *fixture, gconstpointer data)
{
  si_simulated_phone_set_next (fixture->phone, "undeliverable", NULL);
  start_well (fixture, SI_CHANNEL_TEXT);
  wait_for_failure (fixture, SI_VERIFICATION_REASON_UNDELIVERABLE);
}

/* "Text me instead", while the phone rings. */
static void
test_switch_channel (Fixture *fixture, gconstpointer data)
{
  g_autofree char   *call = NULL, *code = NULL;
  g_autoptr (GError) error = NULL;

  start_well (fixture, SI_CHANNEL_CALL);
  call = dup_ringing (fixture);
  resend (fixture, SI_CHANNEL_TEXT);
  g_assert_null (si_simulated_phone_get_ringing (fixture->phone));
  code = si_test_server_wait_for_code (fixture->server);
  wait_for_state (fixture, SI_VERIFICATION_STATE_TEXTED);
  g_assert_true (submit (fixture, code, &error));
  g_assert_no_error (error);
}

static void
test_change_number (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id
      = si_server_add_phone (fixture->server, SI_TEST_ACCOUNT, "mobile", MOBILE);
  g_autoptr (SiVerificationRequest) request = si_verification_request_new_change (
      id, SI_PHONE_USE_MOBILE, OTHER, SI_CHANNEL_CALL);
  g_autoptr (GError) error = NULL;

  start_request (fixture, request, FALSE, &error);
  g_assert_no_error (error);
  si_test_server_wait_for_call (fixture->server, SI_SIMULATED_CALL_RINGING);
  g_assert_cmpuint (count_methods (fixture), ==, 1);
  g_assert_cmpstr (si_method_get_number (si_security_info_find_method (
                       si_overview_get_security_info (fixture->overview), id)),
                   ==, MOBILE);

  si_test_server_approve (fixture->server);
  wait_for_state (fixture, SI_VERIFICATION_STATE_VERIFIED);
  g_assert_cmpstr (si_verification_get_method_id (get (fixture)), ==, id);
  g_assert_cmpuint (count_methods (fixture), ==, 1);
  g_assert_cmpstr (si_method_get_number (si_security_info_find_method (
                       si_overview_get_security_info (fixture->overview), id)),
                   ==, OTHER);
}

static void
test_default_and_delete (Fixture *fixture, gconstpointer data)
{
  g_autofree char *mobile
      = si_server_add_phone (fixture->server, SI_TEST_ACCOUNT, "mobile", MOBILE);
  g_autofree char *office
      = si_server_add_phone (fixture->server, SI_TEST_ACCOUNT, "office", "+46841740601");
  g_autoptr (SiDefaultOption) option = si_default_option_new (office, SI_CHANNEL_CALL);
  g_autoptr (SiSecurityInfo)  before = NULL, info = NULL;
  g_autoptr (GError)          error = NULL;

  refresh (fixture);
  before = g_object_ref (si_overview_get_security_info (fixture->overview));
  si_provider_set_default_async (fixture->provider, before, option, NULL,
                                 si_test_keep_result, &fixture->result);
  si_test_wait_until (fixture->result != NULL);
  info = si_provider_set_default_finish (fixture->provider, fixture->result, &error);
  g_assert_no_error (error);
  g_assert_true (si_default_option_equal (si_security_info_get_default (info), option));

  /* With the list from before the default was moved: it may not go by itself. */
  g_assert_false (delete_method (fixture, before, office, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_CHANGED);
  g_clear_error (&error);

  g_assert_true (delete_method (fixture, info, office, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_methods (fixture), ==, 1);
  g_assert_cmpstr (si_default_option_get_method_id (si_security_info_get_default (
                       si_overview_get_security_info (fixture->overview))),
                   ==, mobile);
}

static void
test_expiry (Fixture *fixture, gconstpointer data)
{
  start_well (fixture, SI_CHANNEL_CALL);
  si_test_server_wait_for_call (fixture->server, SI_SIMULATED_CALL_RINGING);
  wait_for_state (fixture, SI_VERIFICATION_STATE_EXPIRED);
  g_assert_cmpuint (count_methods (fixture), ==, 0);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  start_well (fixture, SI_CHANNEL_CALL);
  si_test_server_wait_for_call (fixture->server, SI_SIMULATED_CALL_RINGING);
  g_assert_true (cancel (fixture, &error));
  g_assert_no_error (error);
  g_assert_null (si_simulated_phone_get_ringing (fixture->phone));
  g_assert_null (get (fixture));
}

/* Pressing # and Cancel at once: the phone was added. */
static void
test_cancel_too_late (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  start_well (fixture, SI_CHANNEL_CALL);
  si_test_server_wait_for_call (fixture->server, SI_SIMULATED_CALL_RINGING);
  wait_for_state (fixture, SI_VERIFICATION_STATE_RINGING);
  si_test_server_approve (fixture->server);
  g_assert_true (cancel (fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpint (si_verification_get_state (get (fixture)), ==,
                   SI_VERIFICATION_STATE_VERIFIED);
  g_assert_nonnull (si_verification_get_method_id (get (fixture)));
}

/* The app starts again while the phone rings: found in the list, or by asking again. */
static void
test_go_on (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SiEnrollment)          again = si_enrollment_new (fixture->provider);
  g_autoptr (SiVerificationRequest) other
      = si_verification_request_new_add (SI_PHONE_USE_MOBILE, OTHER, SI_CHANNEL_CALL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  start_well (fixture, SI_CHANNEL_CALL);
  refresh (fixture);
  g_assert_nonnull (si_security_info_get_open_verification (
      si_overview_get_security_info (fixture->overview)));

  si_enrollment_start_async (again, other, FALSE, si_test_keep_result, &result);
  si_test_wait_until (result != NULL);
  g_assert_false (si_enrollment_start_finish (again, result, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_IN_PROGRESS);
  g_clear_error (&error);
  g_assert_cmpstr (si_verification_get_target (si_enrollment_get_other (again)), ==,
                   MOBILE);

  g_clear_object (&result);
  si_enrollment_start_async (again, other, TRUE, si_test_keep_result, &result);
  si_test_wait_until (result != NULL);
  g_assert_true (si_enrollment_start_finish (again, result, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (si_verification_get_target (si_enrollment_get_verification (again)),
                   ==, OTHER);
  wait_for_state (fixture, SI_VERIFICATION_STATE_CANCELED);
}

/* What the server refuses, by name: each code reaches the person as it should. */
static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  const struct {
    const char *number;
    int         error;
  } rows[] = {
    { "+46900123456", SI_ERROR_INVALID_INPUT },
    { "+46709991234", SI_ERROR_NOT_ALLOWED },
    { "garbage", SI_ERROR_INVALID_INPUT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (start (fixture, rows[i].number, SI_CHANNEL_CALL, &error));
    g_assert_error (error, SI_ERROR, rows[i].error);
    g_assert_null (strstr (error->message, rows[i].number));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_type_class_unref (g_type_class_ref (SOUP_TYPE_SESSION));
  g_signal_add_emission_hook (g_signal_lookup ("request-queued", SOUP_TYPE_SESSION), 0,
                              count_request, NULL, NULL);

#define ADD(name, setting, function)                                                     \
  g_test_add ("/journeys/" name, Fixture, &setting, set_up, function, tear_down)

  ADD ("add-by-call", USUAL, test_add_by_call);
  ADD ("add-by-call-polled", POLLED, test_add_by_call_polled);
  ADD ("add-by-text", USUAL, test_add_by_text);
  ADD ("no-checks-left", USUAL, test_no_checks_left);
  ADD ("spoken-code", SPOKEN, test_spoken_code);
  ADD ("reasons", USUAL, test_reasons);
  ADD ("declined-and-wrong-key", USUAL, test_declined_and_wrong_key);
  ADD ("undeliverable", USUAL, test_undeliverable);
  ADD ("switch-channel", USUAL, test_switch_channel);
  ADD ("change-number", USUAL, test_change_number);
  ADD ("default-and-delete", USUAL, test_default_and_delete);
  ADD ("expiry", SHORT, test_expiry);
  ADD ("cancel", USUAL, test_cancel);
  ADD ("cancel-too-late", USUAL, test_cancel_too_late);
  ADD ("go-on", USUAL, test_go_on);
  ADD ("refusals", USUAL, test_refusals);

  return g_test_run ();
}
