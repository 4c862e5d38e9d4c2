/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-configuration.h"

#include "si-test-settings.h"

/* What becomes of an administrator's settings. */

#define BACKEND "https://id.contoso.example/api"
#define ISSUER "https://login.contoso.example/realms/work"

typedef struct {
  const char *key;
  const char *value;
} Setting;

/* Everything that has to be set for a service elsewhere. */
static const Setting needed[] = {
  { "backend-url", "'" BACKEND "'" },
  { "issuer", "'" ISSUER "'" },
  { "client-id", "'security-info'" },
};

static GSettings *
new_needed_settings (void)
{
  GSettings *settings = si_test_settings_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    si_test_settings_set (settings, needed[i].key, needed[i].value);

  return settings;
}

/* Without the schema, and as it comes. */
static void
test_nothing (void)
{
  g_autoptr (GSettings) settings = si_test_settings_new ();
  GSettings *const      either[] = { NULL, settings };

  for (gsize i = 0; i < G_N_ELEMENTS (either); i++) {
    g_autoptr (SiConfiguration) configuration = si_configuration_new (either[i]);
    gsize                       n_ports;

    g_assert_false (si_configuration_is_set_up (configuration));
    g_assert_false (si_configuration_is_managed (configuration));
    g_assert_null (si_configuration_get_unusable_key (configuration));
    g_assert_null (si_configuration_get_backend (configuration));
    g_assert_null (si_configuration_get_issuer (configuration));
    g_assert_null (si_configuration_get_client_id (configuration));
    g_assert_nonnull (si_configuration_get_scopes (configuration));
    g_assert_cmpstr (si_configuration_get_redirect_host (configuration), ==, "127.0.0.1");
    g_assert_null (si_configuration_get_redirect_ports (configuration, &n_ports));
    g_assert_cmpuint (n_ports, ==, 0);
    g_assert_null (si_configuration_get_organization (configuration));
  }
}

static void
test_defaults (void)
{
  g_autoptr (GSettings)       settings = new_needed_settings ();
  g_autoptr (SiConfiguration) configuration = si_configuration_new (settings);
  g_autofree char            *scope = si_configuration_dup_scope (configuration);
  g_autofree char            *backend
      = g_uri_to_string (si_configuration_get_backend (configuration));
  gsize n_ports;

  g_assert_true (si_configuration_is_set_up (configuration));
  g_assert_null (si_configuration_get_unusable_key (configuration));
  g_assert_cmpstr (backend, ==, BACKEND "/");
  g_assert_cmpstr (si_configuration_get_issuer (configuration), ==, ISSUER);
  g_assert_cmpstr (si_configuration_get_client_id (configuration), ==, "security-info");
  g_assert_cmpstr (scope, ==,
                   "openid offline_access securityinfo.read securityinfo.manage");
  g_assert_cmpuint (g_strv_length ((char **) si_configuration_get_scopes (configuration)),
                    ==, 4);
  g_assert_cmpstr (si_configuration_get_redirect_host (configuration), ==, "127.0.0.1");
  g_assert_null (si_configuration_get_redirect_ports (configuration, &n_ports));
  g_assert_cmpuint (n_ports, ==, 0);
  g_assert_true (si_configuration_get_use_device_code (configuration));
  g_assert_false (si_configuration_get_use_broker (configuration));
  g_assert_null (si_configuration_get_support_url (configuration));
  g_assert_null (si_configuration_get_privacy_url (configuration));
}

static void
test_everything (void)
{
  g_autoptr (GSettings)       settings = new_needed_settings ();
  g_autoptr (SiConfiguration) configuration = NULL;
  g_autofree char            *scope = NULL;
  const guint16              *ports;
  gsize                       n_ports;

  si_test_settings_set (settings, "scopes", "['openid', 'api://security-info/manage']");
  si_test_settings_set (settings, "redirect-host", "'localhost'");
  si_test_settings_set (settings, "redirect-ports", "[8400, 65535, 1]");
  si_test_settings_set (settings, "use-device-code", "false");
  si_test_settings_set (settings, "use-broker", "true");
  si_test_settings_set (settings, "organization-name", "'Contoso <AB> & Söner'");
  si_test_settings_set (settings, "support-url", "'https://help.contoso.example/'");
  si_test_settings_set (settings, "support-phone", "'+46 (0)8-440 00 00'");
  si_test_settings_set (settings, "support-email", "'help@contoso.example'");
  si_test_settings_set (settings, "password-reset-url", "'https://pw.contoso.example/'");
  si_test_settings_set (settings, "sign-in-help-url", "'mailto:help@contoso.example'");
  si_test_settings_set (settings, "privacy-url",
                        "'https://contoso.example/privacy?lang=sv#work'");

  configuration = si_configuration_new (settings);
  g_assert_null (si_configuration_get_unusable_key (configuration));
  scope = si_configuration_dup_scope (configuration);
  g_assert_cmpstr (scope, ==, "openid api://security-info/manage");
  g_assert_cmpstr (si_configuration_get_redirect_host (configuration), ==, "localhost");
  ports = si_configuration_get_redirect_ports (configuration, &n_ports);
  g_assert_cmpuint (n_ports, ==, 3);
  g_assert_cmpuint (ports[0], ==, 8400);
  g_assert_cmpuint (ports[1], ==, 65535);
  g_assert_cmpuint (ports[2], ==, 1);
  g_assert_false (si_configuration_get_use_device_code (configuration));
  g_assert_true (si_configuration_get_use_broker (configuration));
  g_assert_cmpstr (si_configuration_get_organization (configuration), ==,
                   "Contoso <AB> & Söner");
  g_assert_cmpstr (si_configuration_get_support_url (configuration), ==,
                   "https://help.contoso.example/");
  g_assert_cmpstr (si_configuration_get_support_phone (configuration), ==, "+4684400000");
  g_assert_cmpstr (si_configuration_get_support_email (configuration), ==,
                   "help@contoso.example");
  g_assert_cmpstr (si_configuration_get_password_reset_url (configuration), ==,
                   "https://pw.contoso.example/");
  g_assert_cmpstr (si_configuration_get_sign_in_help_url (configuration), ==,
                   "mailto:help@contoso.example");
  g_assert_cmpstr (si_configuration_get_privacy_url (configuration), ==,
                   "https://contoso.example/privacy?lang=sv#work");
}

#define TEN "aaaaaaaaaa"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

static const struct {
  const char *key;
  const char *value;
  gboolean    is_usable;
} values[] = {
  { "provider-kind", "'rest'", TRUE },
  { "provider-kind", "''", TRUE },
  { "provider-kind", "'graph'", FALSE },
  { "provider-kind", "'REST'", FALSE },

  /* The rest of them is tried with si_uri_parse_base() itself. */
  { "backend-url", "'http://127.0.0.1:8080'", TRUE },
  { "backend-url", "'http://id.contoso.example/'", FALSE },
  { "backend-url", "'id.contoso.example'", FALSE },
  { "backend-url", "'https://id.contoso.example/?a=b'", FALSE },
  { "backend-url", "' https://id.contoso.example/'", FALSE },

  { "issuer", "'https://login.contoso.example'", TRUE },
  { "issuer", "'https://login.contoso.example/'", TRUE },
  { "issuer", "'https://login.contoso.example:8443/realms/a%20b/'", TRUE },
  { "issuer", "'http://localhost:8080/realms/work'", TRUE },
  { "issuer", "'http://[::1]:8080'", TRUE },
  { "issuer", "'http://login.contoso.example'", FALSE },
  { "issuer", "'login.contoso.example'", FALSE },
  { "issuer", "'https://'", FALSE },
  { "issuer", "'https://login.contoso.example/?'", FALSE },
  { "issuer", "'https://login.contoso.example/?tenant=a'", FALSE },
  { "issuer", "'https://login.contoso.example/#a'", FALSE },
  { "issuer", "'https://login.contoso.example#'", FALSE },
  { "issuer", "'https://a@login.contoso.example/'", FALSE },
  { "issuer", "'https://a:b@login.contoso.example/'", FALSE },
  { "issuer", "'https://login.contoso.example/\\n'", FALSE },
  { "issuer", "' '", FALSE },

  { "client-id", "'0f8fad5b-d9cb-469f-a165-70867728950e'", TRUE },
  { "client-id", "'Security Info (desktop)'", TRUE },
  { "client-id", "' security-info'", FALSE },
  { "client-id", "'security-info '", FALSE },
  { "client-id", "'security-info\\n'", FALSE },
  { "client-id", "'säkerhet'", FALSE },
  { "client-id", "'" HUNDRED HUNDRED HUNDRED "'", FALSE },

  { "scopes", "['openid']", TRUE },
  { "scopes", "['a!#[]~', 'openid']", TRUE },
  { "scopes", "@as []", FALSE },
  { "scopes", "['offline_access']", FALSE },
  { "scopes", "['openid offline_access']", FALSE },
  { "scopes", "['openid', 'a b']", FALSE },
  { "scopes", "['openid', '']", FALSE },
  { "scopes", "['openid', 'a\"b']", FALSE },
  { "scopes", "['openid', 'a\\\\b']", FALSE },
  { "scopes", "['openid', 'a\\tb']", FALSE },
  { "scopes", "['openid', 'å']", FALSE },
  { "scopes", "['openid', '" HUNDRED HUNDRED HUNDRED "']", FALSE },

  { "redirect-host", "'localhost'", TRUE },
  { "redirect-host", "'127.0.0.2'", FALSE },
  { "redirect-host", "'contoso.example'", FALSE },
  { "redirect-host", "'LOCALHOST'", FALSE },

  { "redirect-ports", "@ai []", TRUE },
  { "redirect-ports", "[8400]", TRUE },
  { "redirect-ports", "[0]", FALSE },
  { "redirect-ports", "[-1]", FALSE },
  { "redirect-ports", "[65536]", FALSE },
  { "redirect-ports", "[65537]", FALSE },
  { "redirect-ports", "[8400, 8401, 8400]", FALSE },
  { "redirect-ports", "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]", TRUE },
  { "redirect-ports", "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]", FALSE },

  { "organization-name", "'" HUNDRED "'", TRUE },
  { "organization-name", "'" HUNDRED "a'", FALSE },
  { "organization-name", "'ÅÄÖ " TEN TEN TEN TEN TEN TEN TEN TEN TEN "'", TRUE },
  { "organization-name", "'Contoso\\nAB'", FALSE },
  { "organization-name", "'Contoso\\u001b[31m'", FALSE },
  { "organization-name", "'Contoso\\u2028AB'", FALSE },

  { "support-url", "'tel:+4684400000'", TRUE },
  { "support-url", "'http://help.contoso.example/'", FALSE },
  { "support-url", "'file:///etc/passwd'", FALSE },
  { "support-url", "'javascript:alert(1)'", FALSE },
  { "support-url", "'help.contoso.example'", FALSE },
  { "password-reset-url", "'http://pw.contoso.example/'", FALSE },
  { "sign-in-help-url", "'https:///'", FALSE },
  { "privacy-url", "'https://contoso.example/\\nprivacy'", FALSE },

  { "support-phone", "'+4684400000'", TRUE },
  { "support-phone", "'4711'", TRUE },
  { "support-phone", "'47 11'", TRUE },
  { "support-phone", "'+'", FALSE },
  { "support-phone", "' '", FALSE },
  { "support-phone", "'the help desk'", FALSE },
  { "support-phone", "'+46 8 440 00 00 ext. 12'", FALSE },
  { "support-phone", "'4711;phone-context=evil'", FALSE },
  { "support-phone", "'+1 555\\n'", FALSE },
  { "support-phone", "'1234567890123456'", FALSE },

  { "support-email", "'help+desk@contoso.example'", TRUE },
  { "support-email", "'help'", FALSE },
  { "support-email", "'@contoso.example'", FALSE },
  { "support-email", "'help@'", FALSE },
  { "support-email", "'a@b@contoso.example'", FALSE },
  { "support-email", "'a@contoso.example,b@contoso.example'", FALSE },
  { "support-email", "'help@contoso.example?cc=evil@example.com'", FALSE },
  { "support-email", "'Help <help@contoso.example>'", FALSE },
  { "support-email", "'help@contoso.example\\n'", FALSE },
  { "support-email", "'mailto:help@contoso.example'", FALSE },
  { "support-email", "'" HUNDRED HUNDRED HUNDRED "@contoso.example'", FALSE },
};

static void
test_values (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++) {
    g_autoptr (GSettings)       settings = new_needed_settings ();
    g_autoptr (SiConfiguration) configuration = NULL;

    g_test_message ("%s=%s", values[i].key, values[i].value);
    si_test_settings_set (settings, values[i].key, values[i].value);
    configuration = si_configuration_new (settings);
    g_assert_true (si_configuration_is_set_up (configuration));
    g_assert_cmpstr (si_configuration_get_unusable_key (configuration), ==,
                     values[i].is_usable ? NULL : values[i].key);
  }
}

static void
test_too_many_scopes (void)
{
  g_autoptr (GSettings)       settings = new_needed_settings ();
  g_autoptr (SiConfiguration) configuration = NULL;
  const char                 *scopes[40] = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (scopes) - 1; i++)
    scopes[i] = "openid";
  g_settings_set_strv (settings, "scopes", scopes);

  configuration = si_configuration_new (settings);
  g_assert_cmpstr (si_configuration_get_unusable_key (configuration), ==, "scopes");
  g_assert_null (si_configuration_get_scopes (configuration)[0]);
}

/* What can't be used is not there, and the rest is: the help desk's number may be. */
static void
test_unusable (void)
{
  g_autoptr (GSettings)       settings = new_needed_settings ();
  g_autoptr (SiConfiguration) configuration = NULL;
  gsize                       n_ports;

  si_test_settings_set (settings, "backend-url", "'http://id.contoso.example/'");
  si_test_settings_set (settings, "redirect-host", "'contoso.example'");
  si_test_settings_set (settings, "redirect-ports", "[8400, 0]");
  si_test_settings_set (settings, "support-phone", "'+46 8 440 00 00'");
  si_test_settings_set (settings, "support-email", "'nobody'");

  configuration = si_configuration_new (settings);
  g_assert_true (si_configuration_is_set_up (configuration));
  g_assert_cmpstr (si_configuration_get_unusable_key (configuration), ==, "backend-url");
  g_assert_null (si_configuration_get_backend (configuration));
  g_assert_cmpstr (si_configuration_get_redirect_host (configuration), ==, "127.0.0.1");
  g_assert_null (si_configuration_get_redirect_ports (configuration, &n_ports));
  g_assert_cmpstr (si_configuration_get_support_phone (configuration), ==, "+4684400000");
  g_assert_null (si_configuration_get_support_email (configuration));
}

static const struct {
  const char *backend;
  const char *issuer;
  const char *client_id;
  const char *scopes;
  const char *unusable_key;
} clients[] = {
  { "'" BACKEND "'", "'" ISSUER "'", "'a'", "['openid']", NULL },
  { "'" BACKEND "'", "''", "''", "['openid']", "issuer" },
  { "'" BACKEND "'", "''", "'a'", "['openid']", "issuer" },
  { "'" BACKEND "'", "''", "' '", "['openid']", "issuer" },
  { "'" BACKEND "'", "'" ISSUER "'", "''", "['openid']", "client-id" },
  { "'" BACKEND "'", "'" ISSUER "'", "''", "['a b']", "client-id" },
  { "'http://localhost:80/'", "''", "''", "['openid']", NULL },
  { "'http://localhost:80/'", "''", "''", "@as []", NULL },
  { "'http://localhost:80/'", "''", "'a'", "['openid']", "issuer" },
  { "'http://localhost:80/'", "'" ISSUER "'", "''", "['openid']", "client-id" },
  { "'http://localhost:80/'", "'" ISSUER "'", "'a'", "['openid']", NULL },
};

/* Where one signs in and as which client belong together. */
static void
test_clients (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (clients); i++) {
    g_autoptr (GSettings)       settings = si_test_settings_new ();
    g_autoptr (SiConfiguration) configuration = NULL;

    g_test_message ("%" G_GSIZE_FORMAT, i);
    si_test_settings_set (settings, "backend-url", clients[i].backend);
    si_test_settings_set (settings, "issuer", clients[i].issuer);
    si_test_settings_set (settings, "client-id", clients[i].client_id);
    si_test_settings_set (settings, "scopes", clients[i].scopes);
    configuration = si_configuration_new (settings);
    g_assert_cmpstr (si_configuration_get_unusable_key (configuration), ==,
                     clients[i].unusable_key);
  }
}

/* Exactly as it was written: it is compared with what the provider says. */
static void
test_issuer_is_kept (void)
{
  static const char *const issuers[] = {
    "https://LOGIN.contoso.example",
    "https://login.contoso.example:443/",
    "https://login.contoso.example/a%7Eb//",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (issuers); i++) {
    g_autoptr (GSettings)       settings = new_needed_settings ();
    g_autoptr (SiConfiguration) configuration = NULL;

    g_settings_set_string (settings, "issuer", issuers[i]);
    configuration = si_configuration_new (settings);
    g_assert_cmpstr (si_configuration_get_issuer (configuration), ==, issuers[i]);
  }
}

static void
test_snapshot (void)
{
  g_autoptr (GSettings)       settings = new_needed_settings ();
  g_autoptr (SiConfiguration) configuration = si_configuration_new (settings);

  g_settings_set_string (settings, "issuer", "https://elsewhere.example");
  g_assert_cmpstr (si_configuration_get_issuer (configuration), ==, ISSUER);
}

#define SITE                                                                             \
  "backend-url='" BACKEND "'\nissuer='" ISSUER "'\nclient-id='security-info'\n"          \
  "redirect-ports=[8400, 8401]\n"

static void
assert_managed (const char *locked, gboolean is_managed, const char *backend)
{
  g_autoptr (GSettings) settings = si_test_settings_new_sandbox (
      SITE, locked, "backend-url='https://mine.example/'\nuse-broker=true\n");
  g_autoptr (SiConfiguration) configuration = si_configuration_new (settings);
  g_autofree char *found = g_uri_to_string (si_configuration_get_backend (configuration));
  gsize            n_ports;

  g_assert_null (si_configuration_get_unusable_key (configuration));
  g_assert_true (si_configuration_is_managed (configuration) == is_managed);
  g_assert_cmpstr (found, ==, backend);
  g_assert_true (si_configuration_get_use_broker (configuration));
  g_assert_nonnull (si_configuration_get_redirect_ports (configuration, &n_ports));
  g_assert_cmpuint (n_ports, ==, 2);
}

/* It is managed where the service, or the place to sign in, is not one's own to choose.
 */
static void
test_locks (void)
{
  assert_managed (NULL, FALSE, "https://mine.example/");
  assert_managed ("support-url", FALSE, "https://mine.example/");
  assert_managed ("backend-url", TRUE, BACKEND "/");
  assert_managed ("issuer", TRUE, "https://mine.example/");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/configuration/nothing", test_nothing);
  g_test_add_func ("/configuration/defaults", test_defaults);
  g_test_add_func ("/configuration/everything", test_everything);
  g_test_add_func ("/configuration/values", test_values);
  g_test_add_func ("/configuration/too-many-scopes", test_too_many_scopes);
  g_test_add_func ("/configuration/unusable", test_unusable);
  g_test_add_func ("/configuration/clients", test_clients);
  g_test_add_func ("/configuration/issuer-is-kept", test_issuer_is_kept);
  g_test_add_func ("/configuration/snapshot", test_snapshot);
  g_test_add_func ("/configuration/locks", test_locks);

  return g_test_run ();
}
