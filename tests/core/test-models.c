/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-capabilities.h"
#include "si-security-info.h"
#include "si-test-documents.h"
#include "si-verification.h"

static SiCapabilities *
read_capabilities (const char *text, GError **error)
{
  g_autoptr (JsonObject) object = si_test_parse (text);

  return si_capabilities_new_from_json (object, "\"c-1\"", error);
}

static SiSecurityInfo *
read_info (const char *text, GError **error)
{
  g_autoptr (JsonObject) object = si_test_parse (text);

  return si_security_info_new_from_json (object, "\"i-1\"", error);
}

static SiVerification *
read_verification (const char *text, GError **error)
{
  g_autoptr (JsonObject) object = si_test_parse (text);

  return si_verification_new_from_json (object, "\"v-1\"", 0, error);
}

static void
test_capabilities (void)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiCapabilities) self = read_capabilities (SI_EXAMPLE_CAPABILITIES, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (si_capabilities_get_etag (self), ==, "\"c-1\"");
  g_assert_cmpstr (si_capabilities_get_organization (self), ==, "Contoso AB");
  g_assert_cmpstr (si_capabilities_get_support_url (self), ==,
                   "https://help.contoso.example/");
  g_assert_cmpstr (si_capabilities_get_support_phone (self), ==, "+4684400000");
  g_assert_cmpstr (si_capabilities_get_support_email (self), ==, "help@contoso.example");
  g_assert_cmpstr (si_capabilities_get_password_reset_url (self), ==,
                   "https://pw.contoso.example/");
  g_assert_cmpstr (si_capabilities_get_sign_in_help_url (self), ==,
                   "https://help.contoso.example/signin");
  g_assert_cmpstr (si_capabilities_get_manage_url (self), ==,
                   "https://account.contoso.example/security-info");
  g_assert_cmpuint (g_list_model_get_n_items (si_capabilities_get_policies (self)), ==,
                    3);
  g_assert_false (si_capabilities_get_registration_required (self));
  g_assert_false (si_capabilities_get_default_is_system_chosen (self));
  g_assert_null (si_capabilities_find_policy (self, SI_METHOD_TYPE_EMAIL));
}

static void
test_method_policies (void)
{
  g_autoptr (SiCapabilities) self = read_capabilities (SI_EXAMPLE_CAPABILITIES, NULL);
  SiMethodPolicy *phone = si_capabilities_find_policy (self, SI_METHOD_TYPE_PHONE);
  SiMethodPolicy *questions
      = si_capabilities_find_policy (self, SI_METHOD_TYPE_SECURITY_QUESTIONS);

  g_assert_cmpint (si_method_policy_get_method_type (phone), ==, SI_METHOD_TYPE_PHONE);
  g_assert_true (si_method_policy_get_can_add (phone));
  g_assert_cmpint (si_method_policy_get_unavailable (phone), ==, SI_UNAVAILABLE_NOT);
  g_assert_cmpint (si_method_policy_get_usable_for (phone), ==,
                   SI_USABLE_FOR_SIGN_IN | SI_USABLE_FOR_PASSWORD_RESET);
  g_assert_cmpuint (g_list_model_get_n_items (si_method_policy_get_phones (phone)), ==,
                    2);
  g_assert_true (si_method_policy_allows_country (phone, "NO"));
  g_assert_false (si_method_policy_allows_country (phone, "DK"));
  g_assert_cmpstr (si_method_policy_get_default_country (phone), ==, "SE");
  g_assert_null (si_method_policy_find_phone (phone, SI_PHONE_USE_OFFICE));

  g_assert_false (si_method_policy_get_can_add (questions));
  g_assert_cmpint (si_method_policy_get_unavailable (questions), ==,
                   SI_UNAVAILABLE_POLICY_DISALLOWED);
  g_assert_true (si_method_policy_allows_country (questions, "DK"));
}

static void
test_phone_policies (void)
{
  g_autoptr (SiCapabilities) self = read_capabilities (SI_EXAMPLE_CAPABILITIES, NULL);
  SiMethodPolicy *policy = si_capabilities_find_policy (self, SI_METHOD_TYPE_PHONE);
  SiPhonePolicy  *mobile = si_method_policy_find_phone (policy, SI_PHONE_USE_MOBILE);
  SiPhonePolicy *alternate = si_method_policy_find_phone (policy, SI_PHONE_USE_ALTERNATE);

  g_assert_cmpint (si_phone_policy_get_use (mobile), ==, SI_PHONE_USE_MOBILE);
  g_assert_cmpint (si_phone_policy_get_channels (mobile), ==,
                   SI_CHANNEL_CALL | SI_CHANNEL_TEXT);
  g_assert_cmpint (si_phone_policy_get_channel_unavailable (mobile, SI_CHANNEL_TEXT), ==,
                   SI_UNAVAILABLE_NOT);
  g_assert_cmpuint (si_phone_policy_get_max (mobile), ==, 1);
  g_assert_cmpint (si_phone_policy_get_requires (mobile), ==, SI_PHONE_USE_NONE);

  g_assert_cmpint (si_phone_policy_get_channels (alternate), ==, SI_CHANNEL_CALL);
  g_assert_cmpint (si_phone_policy_get_channel_unavailable (alternate, SI_CHANNEL_TEXT),
                   ==, SI_UNAVAILABLE_POLICY_DISALLOWED);
  g_assert_cmpint (si_phone_policy_get_channel_unavailable (alternate, SI_CHANNEL_CALL),
                   ==, SI_UNAVAILABLE_NOT);
  g_assert_cmpint (si_phone_policy_get_usable_for (alternate), ==, SI_USABLE_FOR_SIGN_IN);
  g_assert_cmpint (si_phone_policy_get_requires (alternate), ==, SI_PHONE_USE_MOBILE);
}

/* Optional members left out, unknown words, addresses that may not be opened. */
static void
test_capabilities_sparse (void)
{
  const char *text
      = "{\"support\": {\"url\": \"http://help.example/\"},"
        " \"links\": {\"manage\": \"file:///etc/passwd\"}, \"methods\": ["
        "  {\"type\": \"phone\", \"canAdd\": true, \"uses\": ["
        "    {\"use\": \"pager\", \"channels\": [\"call\"]},"
        "    {\"use\": \"office\", \"channels\": [\"call\", \"fax\"],"
        "     \"unavailableChannels\": [{\"channel\": \"text\", \"reason\": \"moon\"},"
        "                               {\"channel\": \"fax\"}, 1]}]},"
        "  {\"type\": \"passkey\", \"canAdd\": true},"
        "  {\"type\": \"email\", \"canAdd\": false}]}";
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiCapabilities) self = read_capabilities (text, &error);
  SiMethodPolicy            *phone, *other;
  SiPhonePolicy             *office;

  g_assert_no_error (error);
  g_assert_null (si_capabilities_get_organization (self));
  g_assert_null (si_capabilities_get_support_url (self));
  g_assert_null (si_capabilities_get_support_phone (self));
  g_assert_null (si_capabilities_get_manage_url (self));

  phone = si_capabilities_find_policy (self, SI_METHOD_TYPE_PHONE);
  g_assert_cmpuint (g_list_model_get_n_items (si_method_policy_get_phones (phone)), ==,
                    1);
  g_assert_true (si_method_policy_allows_country (phone, "KP"));
  g_assert_null (si_method_policy_get_default_country (phone));

  office = si_method_policy_find_phone (phone, SI_PHONE_USE_OFFICE);
  g_assert_cmpint (si_phone_policy_get_channels (office), ==, SI_CHANNEL_CALL);
  g_assert_cmpint (si_phone_policy_get_channel_unavailable (office, SI_CHANNEL_TEXT), ==,
                   SI_UNAVAILABLE_OTHER);

  other = si_capabilities_find_policy (self, SI_METHOD_TYPE_OTHER);
  g_assert_false (si_method_policy_get_can_add (other));

  /* One that can't be added always says why, in general words if need be. */
  other = si_capabilities_find_policy (self, SI_METHOD_TYPE_EMAIL);
  g_assert_false (si_method_policy_get_can_add (other));
  g_assert_cmpint (si_method_policy_get_unavailable (other), ==, SI_UNAVAILABLE_OTHER);
}

static void
test_security_info (void)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiSecurityInfo) self = read_info (SI_EXAMPLE_SECURITY_INFO, &error);
  SiDefaultOption           *option;

  g_assert_no_error (error);
  g_assert_cmpstr (si_security_info_get_etag (self), ==, "\"i-1\"");
  g_assert_cmpstr (si_security_info_get_account_name (self), ==, "Astrid Lind");
  g_assert_cmpstr (si_security_info_get_account_username (self), ==,
                   "astrid@contoso.example");
  g_assert_cmpuint (g_list_model_get_n_items (si_security_info_get_methods (self)), ==,
                    1);
  g_assert_cmpuint (si_security_info_count_phones (self, SI_PHONE_USE_MOBILE), ==, 1);
  g_assert_cmpuint (si_security_info_count_phones (self, SI_PHONE_USE_OFFICE), ==, 0);
  g_assert_cmpstr (si_security_info_get_open_verification (self), ==,
                   "/v1/me/verifications/v-1");
  g_assert_null (si_security_info_find_method (self, "m-2"));
  g_assert_null (si_security_info_find_method (self, NULL));

  option = si_security_info_get_default (self);
  g_assert_cmpstr (si_default_option_get_method_id (option), ==, "m-1");
  g_assert_cmpint (si_default_option_get_channel (option), ==, SI_CHANNEL_CALL);

  /* The example names m-2 without listing it: an option that nobody could word. */
  g_assert_cmpuint (
      g_list_model_get_n_items (si_security_info_get_default_options (self)), ==, 2);
}

static void
test_method (void)
{
  g_autoptr (SiSecurityInfo) info = read_info (SI_EXAMPLE_SECURITY_INFO, NULL);
  SiMethod                  *self = si_security_info_find_method (info, "m-1");
  SiDefaultOption           *option = si_method_get_default_if_deleted (self);

  g_assert_cmpstr (si_method_get_id (self), ==, "m-1");
  g_assert_cmpint (si_method_get_method_type (self), ==, SI_METHOD_TYPE_PHONE);
  g_assert_cmpint (si_method_get_use (self), ==, SI_PHONE_USE_MOBILE);
  g_assert_cmpstr (si_method_get_number (self), ==, "+46701234567");
  g_assert_null (si_method_get_label (self));
  g_assert_cmpint (si_method_get_count (self), ==, 0);
  g_assert_cmpint (si_method_get_channels (self), ==, SI_CHANNEL_CALL | SI_CHANNEL_TEXT);
  g_assert_cmpint (si_method_get_usable_for (self), ==,
                   SI_USABLE_FOR_SIGN_IN | SI_USABLE_FOR_PASSWORD_RESET);
  g_assert_true (si_method_get_is_default (self));
  g_assert_true (si_method_get_can_change (self));
  g_assert_true (si_method_get_can_delete (self));
  g_assert_cmpint (si_method_get_delete_blocked (self), ==, SI_DELETE_BLOCKED_NOT);
  g_assert_cmpstr (si_default_option_get_method_id (option), ==, "m-2");
  g_assert_cmpint (si_default_option_get_channel (option), ==, SI_CHANNEL_NONE);
}

static void
test_other_methods (void)
{
  const char *text
      = "{\"methods\": ["
        " {\"id\": \"a\", \"type\": \"authenticatorApp\", \"device\": \"Pixel\"},"
        " {\"id\": \"k\", \"type\": \"securityKey\", \"label\": \"\","
        "  \"model\": \"Solo\", \"canDelete\": true, \"deleteBlocked\": \"moon\"},"
        " {\"id\": \"e\", \"type\": \"email\", \"address\": \"a@b.example\"},"
        " {\"id\": \"q\", \"type\": \"securityQuestions\", \"count\": 3},"
        " {\"id\": \"x\", \"type\": \"passkey\", \"label\": \"New\", \"number\": 1,"
        "  \"canChange\": true, \"canDelete\": true}],"
        " \"default\": null, \"defaultOptions\": ["
        "  {\"methodId\": \"a\", \"channel\": null}, {\"methodId\": \"k\"},"
        "  {\"methodId\": \"e\", \"channel\": \"pigeon\"}, null, 1]}";
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiSecurityInfo) info = read_info (text, &error);
  SiMethod                  *other;

  g_assert_no_error (error);
  g_assert_cmpstr (si_method_get_label (si_security_info_find_method (info, "a")), ==,
                   "Pixel");
  g_assert_cmpstr (si_method_get_label (si_security_info_find_method (info, "k")), ==,
                   "Solo");
  g_assert_cmpint (
      si_method_get_delete_blocked (si_security_info_find_method (info, "k")), ==,
      SI_DELETE_BLOCKED_POLICY);
  g_assert_cmpstr (si_method_get_label (si_security_info_find_method (info, "e")), ==,
                   "a@b.example");
  g_assert_cmpint (si_method_get_count (si_security_info_find_method (info, "q")), ==, 3);
  g_assert_null (si_security_info_get_default (info));
  g_assert_null (si_security_info_get_open_verification (info));

  /* One over a channel that is not known can't be worded either. */
  g_assert_cmpuint (
      g_list_model_get_n_items (si_security_info_get_default_options (info)), ==, 2);

  other = si_security_info_find_method (info, "x");
  g_assert_cmpint (si_method_get_method_type (other), ==, SI_METHOD_TYPE_OTHER);
  g_assert_cmpstr (si_method_get_label (other), ==, "New");
  g_assert_false (si_method_get_can_change (other));
  g_assert_false (si_method_get_can_delete (other));
}

static void
test_default_options_equal (void)
{
  g_autoptr (SiDefaultOption) call = si_default_option_new ("m-1", SI_CHANNEL_CALL);
  g_autoptr (SiDefaultOption) same = si_default_option_new ("m-1", SI_CHANNEL_CALL);
  g_autoptr (SiDefaultOption) text = si_default_option_new ("m-1", SI_CHANNEL_TEXT);
  g_autoptr (SiDefaultOption) other = si_default_option_new ("m-2", SI_CHANNEL_CALL);

  g_assert_true (si_default_option_equal (call, same));
  g_assert_false (si_default_option_equal (call, text));
  g_assert_false (si_default_option_equal (call, other));
  g_assert_false (si_default_option_equal (call, NULL));
  g_assert_false (si_default_option_equal (NULL, call));
  g_assert_true (si_default_option_equal (NULL, NULL));
}

static void
test_verification_by_call (void)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (SiVerification) self = read_verification (SI_EXAMPLE_CALL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (si_verification_get_id (self), ==, "v-1");
  g_assert_cmpstr (si_verification_get_etag (self), ==, "\"v-1\"");
  g_assert_cmpint (si_verification_get_purpose (self), ==, SI_PURPOSE_ADD);
  g_assert_cmpint (si_verification_get_use (self), ==, SI_PHONE_USE_MOBILE);
  g_assert_cmpstr (si_verification_get_target (self), ==, "+46701234567");
  g_assert_null (si_verification_get_method_id (self));
  g_assert_cmpint (si_verification_get_state (self), ==, SI_VERIFICATION_STATE_RINGING);
  g_assert_cmpint (si_verification_get_reason (self), ==, SI_VERIFICATION_REASON_NONE);
  g_assert_cmpint (si_verification_get_channel (self), ==, SI_CHANNEL_CALL);
  g_assert_cmpint (si_verification_get_approval (self), ==, SI_APPROVAL_KEYPRESS);
  g_assert_cmpint (si_verification_get_sends_left (self), ==, 4);
  g_assert_cmpint (si_verification_get_checks_left (self), ==, 5);
  g_assert_null (si_verification_get_new_default (self));
  g_assert_false (si_verification_allows (self, SI_VERIFICATION_ACTION_SUBMIT_CODE));
  g_assert_true (si_verification_allows (self, SI_VERIFICATION_ACTION_RESEND));
  g_assert_true (si_verification_allows (self, SI_VERIFICATION_ACTION_SWITCH_CHANNEL));
  g_assert_true (si_verification_allows (self, SI_VERIFICATION_ACTION_CANCEL));
  g_assert_false (si_verification_has_ended (self));
}

static void
test_verification_by_text (void)
{
  g_autoptr (SiVerification) self = read_verification (SI_EXAMPLE_TEXT, NULL);

  g_assert_cmpint (si_verification_get_state (self), ==, SI_VERIFICATION_STATE_TEXTED);
  g_assert_cmpint (si_verification_get_channel (self), ==, SI_CHANNEL_TEXT);
  g_assert_cmpint (si_verification_get_approval (self), ==, SI_APPROVAL_CODE);
  g_assert_cmpint (si_verification_get_code_length (self), ==, 6);
  g_assert_true (si_verification_allows (self, SI_VERIFICATION_ACTION_SUBMIT_CODE));
}

static void
test_verification_ends (void)
{
  const char *const ends[]
      = { "verified", "failed", "expired", "canceled", "blocked", NULL };
  const char *const open[] = { "queued", "calling",       "ringing",  "answered",
                               "texted", "attemptFailed", "dreaming", NULL };

  for (guint i = 0; ends[i] != NULL; i++) {
    g_autofree char *state = g_strdup_printf ("\"%s\"", ends[i]);
    g_autofree char *text = si_test_vary (
        SI_EXAMPLE_CALL, "state", state, "methodId", "\"m-7\"", "reason", "\"moon\"",
        "newDefault", "{\"methodId\": \"m-7\", \"channel\": \"call\"}", NULL);
    g_autoptr (SiVerification) self = read_verification (text, NULL);

    g_assert_true (si_verification_has_ended (self));
    g_assert_cmpstr (si_verification_get_method_id (self), ==, "m-7");
    g_assert_cmpint (si_verification_get_reason (self), ==, SI_VERIFICATION_REASON_OTHER);
    g_assert_nonnull (si_verification_get_new_default (self));
  }

  for (guint i = 0; open[i] != NULL; i++) {
    g_autofree char *state = g_strdup_printf ("\"%s\"", open[i]);
    g_autofree char *text = si_test_vary (SI_EXAMPLE_CALL, "state", state, NULL);
    g_autoptr (SiVerification) self = read_verification (text, NULL);

    g_assert_false (si_verification_has_ended (self));
  }
}

static void
test_verification_answers (void)
{
  g_autoptr (SiVerification)        self = read_verification (SI_EXAMPLE_CALL, NULL);
  g_autoptr (SiVerificationRequest) same = si_verification_request_new_add (
      SI_PHONE_USE_MOBILE, "+46701234567", SI_CHANNEL_CALL);
  g_autoptr (SiVerificationRequest) number = si_verification_request_new_add (
      SI_PHONE_USE_MOBILE, "+46701234568", SI_CHANNEL_CALL);
  g_autoptr (SiVerificationRequest) channel = si_verification_request_new_add (
      SI_PHONE_USE_MOBILE, "+46701234567", SI_CHANNEL_TEXT);
  g_autoptr (SiVerificationRequest) use = si_verification_request_new_add (
      SI_PHONE_USE_OFFICE, "+46701234567", SI_CHANNEL_CALL);
  g_autoptr (SiVerificationRequest) purpose = si_verification_request_new_change (
      "m-1", SI_PHONE_USE_MOBILE, "+46701234567", SI_CHANNEL_CALL);

  g_assert_true (si_verification_answers (self, same));
  g_assert_false (si_verification_answers (self, number));
  g_assert_false (si_verification_answers (self, channel));
  g_assert_false (si_verification_answers (self, use));
  g_assert_false (si_verification_answers (self, purpose));
}

static void
touch_capabilities (SiCapabilities *self)
{
  GListModel *policies = si_capabilities_get_policies (self);

  for (guint i = 0; i < g_list_model_get_n_items (policies); i++) {
    g_autoptr (SiMethodPolicy) policy = g_list_model_get_item (policies, i);

    si_method_policy_allows_country (policy, "SE");
    si_method_policy_find_phone (policy, SI_PHONE_USE_MOBILE);
  }
}

static void
touch_info (SiSecurityInfo *self)
{
  GListModel *methods = si_security_info_get_methods (self);
  GListModel *options = si_security_info_get_default_options (self);

  for (guint i = 0; i < g_list_model_get_n_items (methods); i++) {
    g_autoptr (SiMethod) method = g_list_model_get_item (methods, i);

    g_assert_nonnull (si_method_get_id (method));
    if (si_method_get_method_type (method) == SI_METHOD_TYPE_PHONE)
      g_assert_nonnull (si_method_get_number (method));
  }

  for (guint i = 0; i < g_list_model_get_n_items (options); i++) {
    g_autoptr (SiDefaultOption) option = g_list_model_get_item (options, i);

    g_assert_nonnull (
        si_security_info_find_method (self, si_default_option_get_method_id (option)));
  }
}

static void
touch_verification (SiVerification *self)
{
  g_assert_nonnull (si_verification_get_id (self));
  g_assert_nonnull (si_verification_get_target (self));
  g_assert_cmpint (si_verification_get_code_length (self), >=, 1);
  g_assert_cmpint (si_verification_get_code_length (self), <=, 32);
  g_assert_cmpint (si_verification_get_seconds_left (self, 0), >=, 0);
  g_assert_cmpint (si_verification_get_seconds_to_resend (self, 0), >=, 0);
}

static void
read_hostile (JsonNode *root, guint kind)
{
  JsonObject        *object = json_node_get_object (root);
  g_autoptr (GError) error = NULL;

  if (kind == 0) {
    g_autoptr (SiCapabilities) self
        = si_capabilities_new_from_json (object, NULL, &error);

    g_assert_true ((self == NULL) == (error != NULL));
    if (self != NULL)
      touch_capabilities (self);
  } else if (kind == 1) {
    g_autoptr (SiSecurityInfo) self
        = si_security_info_new_from_json (object, NULL, &error);

    g_assert_true ((self == NULL) == (error != NULL));
    if (self != NULL)
      touch_info (self);
  } else {
    g_autoptr (SiVerification) self
        = si_verification_new_from_json (object, NULL, 0, &error);

    g_assert_true ((self == NULL) == (error != NULL));
    if (self != NULL)
      touch_verification (self);
  }
}

/* Each node of each example, replaced by each of many things that should not be there. */
static void
test_hostile (void)
{
  const char *const texts[]
      = { SI_EXAMPLE_CAPABILITIES, SI_EXAMPLE_SECURITY_INFO, SI_EXAMPLE_TEXT };
  const char *const intruders[]
      = { "null",        "true",    "-1",   "99999999999999999999",
          "1e400",       "1.5",     "\"\"", "\"x\"",
          "\"\\u0000\"", "\"\\n\"", "[]",   "[[]]",
          "[null]",      "{}" };

  for (guint kind = 0; kind < G_N_ELEMENTS (texts); kind++) {
    g_autoptr (JsonNode) example = json_from_string (texts[kind], NULL);

    for (guint i = 0; i < G_N_ELEMENTS (intruders); i++) {
      g_autoptr (JsonNode) intruder = json_from_string (intruders[i], NULL);

      for (guint n = 1; n < 200; n++) {
        guint                index = n;
        g_autoptr (JsonNode) root = si_test_replace_node (example, &index, intruder);

        read_hostile (root, kind);
      }
    }
  }
}

static void
test_required_members (void)
{
  const char *const bad_verifications[] = {
    "{}",
    "{\"id\": \"v\", \"state\": \"queued\"}",
    "{\"id\": \"v\", \"target\": \"+46701234567\"}",
    "{\"state\": \"queued\", \"target\": \"+46701234567\"}",
    "{\"id\": \"\", \"state\": \"queued\", \"target\": \"+46701234567\"}",
  };
  const char *const bad_infos[] = {
    "{}",
    "{\"methods\": {}}",
    "{\"methods\": [1]}",
    "{\"methods\": [{\"id\": \"m\"}]}",
    "{\"methods\": [{\"type\": \"email\"}]}",
    "{\"methods\": [{\"id\": \"\", \"type\": \"email\"}]}",
    "{\"methods\": [{\"id\": \"..\", \"type\": \"email\"}]}",
    "{\"methods\": [{\"id\": \"m\", \"type\": \"phone\"}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad_verifications); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (read_verification (bad_verifications[i], &error));
    g_assert_nonnull (error);
  }

  for (guint i = 0; i < G_N_ELEMENTS (bad_infos); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (read_info (bad_infos[i], &error));
    g_assert_nonnull (error);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/models/capabilities", test_capabilities);
  g_test_add_func ("/models/method-policies", test_method_policies);
  g_test_add_func ("/models/phone-policies", test_phone_policies);
  g_test_add_func ("/models/capabilities-sparse", test_capabilities_sparse);
  g_test_add_func ("/models/security-info", test_security_info);
  g_test_add_func ("/models/method", test_method);
  g_test_add_func ("/models/other-methods", test_other_methods);
  g_test_add_func ("/models/default-options-equal", test_default_options_equal);
  g_test_add_func ("/models/verification-by-call", test_verification_by_call);
  g_test_add_func ("/models/verification-by-text", test_verification_by_text);
  g_test_add_func ("/models/verification-ends", test_verification_ends);
  g_test_add_func ("/models/verification-answers", test_verification_answers);
  g_test_add_func ("/models/hostile", test_hostile);
  g_test_add_func ("/models/required-members", test_required_members);

  return g_test_run ();
}
