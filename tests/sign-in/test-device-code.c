/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-device-code.h"

#include <string.h>

#include "si-error.h"
#include "si-json.h"

/* What an issuer gives to be typed on another device, and what can't be. */

#define SECRET "\"device_code\":\"secret-1\""
#define CODE ",\"user_code\":\"WDJB-MJHT\""
#define URI ",\"verification_uri\":\"https://id.example.com/device\""
#define LIFETIME ",\"expires_in\":600"
#define GOOD SECRET CODE URI LIFETIME

typedef struct {
  const char *name;
  const char *members;
  gboolean    is_good;
  guint       interval;
} Row;

static const Row rows[] = {
  { "good", GOOD, TRUE, 5 },
  { "interval", GOOD ",\"interval\":7", TRUE, 7 },
  { "interval-zero", GOOD ",\"interval\":0", TRUE, 1 },
  { "interval-negative", GOOD ",\"interval\":-9223372036854775808", TRUE, 1 },
  { "interval-enormous", GOOD ",\"interval\":9223372036854775807", TRUE, 60 },
  { "interval-word", GOOD ",\"interval\":\"7\"", TRUE, 5 },
  { "interval-fraction", GOOD ",\"interval\":7.5", TRUE, 5 },
  { "code-foreign", SECRET ",\"user_code\":\"ÅÄÖ 123\"" URI LIFETIME, TRUE, 5 },
  { "code-32", SECRET ",\"user_code\":\"12345678901234567890123456789012\"" URI LIFETIME,
    TRUE, 5 },
  { "uri-loopback", SECRET CODE ",\"verification_uri\":\"http://127.0.0.1:1/\"" LIFETIME,
    TRUE, 5 },

  { "empty", "", FALSE },
  { "secret-missing", "\"a\":1" CODE URI LIFETIME, FALSE },
  { "secret-empty", "\"device_code\":\"\"" CODE URI LIFETIME, FALSE },
  { "secret-number", "\"device_code\":1" CODE URI LIFETIME, FALSE },
  { "code-missing", SECRET URI LIFETIME, FALSE },
  { "code-empty", SECRET ",\"user_code\":\"\"" URI LIFETIME, FALSE },
  { "code-blank", SECRET ",\"user_code\":\"   \"" URI LIFETIME, FALSE },
  { "code-number", SECRET ",\"user_code\":12345678" URI LIFETIME, FALSE },
  { "code-33", SECRET ",\"user_code\":\"123456789012345678901234567890123\"" URI LIFETIME,
    FALSE },
  { "code-newline", SECRET ",\"user_code\":\"WDJB\\nMJHT\"" URI LIFETIME, FALSE },
  { "code-escape", SECRET ",\"user_code\":\"\\u001b[31m\"" URI LIFETIME, FALSE },
  { "code-invisible", SECRET ",\"user_code\":\"WDJB\xe2\x80\x8bMJHT\"" URI LIFETIME,
    FALSE },
  { "code-backwards", SECRET ",\"user_code\":\"\xe2\x80\xaeWDJB\"" URI LIFETIME, FALSE },
  { "uri-missing", SECRET CODE LIFETIME, FALSE },
  { "uri-relative", SECRET CODE ",\"verification_uri\":\"/device\"" LIFETIME, FALSE },
  { "uri-http", SECRET CODE ",\"verification_uri\":\"http://id.example.com/\"" LIFETIME,
    FALSE },
  { "uri-user",
    SECRET CODE ",\"verification_uri\":\"https://a@id.example.com/\"" LIFETIME, FALSE },
  { "uri-javascript", SECRET CODE ",\"verification_uri\":\"javascript:1\"" LIFETIME,
    FALSE },
  { "uri-number", SECRET CODE ",\"verification_uri\":1" LIFETIME, FALSE },
  { "lifetime-missing", SECRET CODE URI, FALSE },
  { "lifetime-zero", SECRET CODE URI ",\"expires_in\":0", FALSE },
  { "lifetime-negative", SECRET CODE URI ",\"expires_in\":-1", FALSE },
  { "lifetime-word", SECRET CODE URI ",\"expires_in\":\"600\"", FALSE },
};

static SiDeviceCode *
read_code (const char *members, GError **error)
{
  g_autofree char       *text = g_strconcat ("{", members, "}", NULL);
  g_autoptr (JsonObject) object = si_json_parse_object (text, strlen (text), error);

  g_assert_nonnull (object);

  return si_device_code_new_from_json (object, error);
}

static void
test_row (gconstpointer data)
{
  const Row               *row = data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (SiDeviceCode) code = read_code (row->members, &error);

  if (row->is_good) {
    g_assert_no_error (error);
    g_assert_cmpstr (si_device_code_get_secret (code), ==, "secret-1");
    g_assert_cmpuint (si_device_code_get_interval (code), ==, row->interval);
    g_assert_cmpuint (si_device_code_get_seconds_left (code), ==, 600);
  } else {
    g_assert_null (code);
    g_assert_error (error, SI_ERROR, SI_ERROR_PROTOCOL);
    g_assert_null (strstr (error->message, "secret"));
  }
}

/* An answer without a body. */
static void
test_nothing (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (si_device_code_new_from_json (NULL, &error));
  g_assert_error (error, SI_ERROR, SI_ERROR_PROTOCOL);
}

static void
test_complete_uri (void)
{
  static const struct {
    const char *member;
    const char *uri;
  } cases[] = {
    { "", "https://id.example.com/device" },
    { ",\"verification_uri_complete\":\"https://id.example.com/device?code=1\"",
      "https://id.example.com/device?code=1" },
    { ",\"verification_uri_complete\":\"http://id.example.com/device?code=1\"",
      "https://id.example.com/device" },
    { ",\"verification_uri_complete\":7", "https://id.example.com/device" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char         *members = g_strconcat (GOOD, cases[i].member, NULL);
    g_autoptr (GError)       error = NULL;
    g_autoptr (SiDeviceCode) code = read_code (members, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (si_device_code_get_user_code (code), ==, "WDJB-MJHT");
    g_assert_cmpstr (si_device_code_get_uri (code), ==, "https://id.example.com/device");
    g_assert_cmpstr (si_device_code_get_complete_uri (code), ==, cases[i].uri);
  }
}

/* No longer than anybody waits. */
static void
test_long_lifetime (void)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (SiDeviceCode) code
      = read_code (SECRET CODE URI ",\"expires_in\":9223372036854775807", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (si_device_code_get_seconds_left (code), ==, 3600);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/device-code/answer/%s", rows[i].name);

    g_test_add_data_func (path, &rows[i], test_row);
  }
  g_test_add_func ("/device-code/nothing", test_nothing);
  g_test_add_func ("/device-code/complete-uri", test_complete_uri);
  g_test_add_func ("/device-code/long-lifetime", test_long_lifetime);

  return g_test_run ();
}
