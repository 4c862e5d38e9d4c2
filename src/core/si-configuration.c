/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-configuration.h"

#include "si-setting.h"
#include "si-uri.h"

/* What an administrator has set, as it was when this was made. Each value is checked, and
 * is there only if it can be used; the first that can't is remembered by its key, for the
 * app to say so: it never goes on with another server than the one that was meant. */

#define MAX_SCOPES 32
#define MAX_PORTS 16

struct _SiConfiguration {
  GObject parent_instance;

  gboolean    is_set_up;
  gboolean    is_managed;
  const char *unusable_key;

  GUri    *backend;
  char    *issuer;
  char    *client_id;
  GStrv    scopes;
  char    *redirect_host;
  GArray  *redirect_ports;
  gboolean use_device_code;
  gboolean use_broker;

  char *organization;
  char *support_url;
  char *support_phone;
  char *support_email;
  char *password_reset_url;
  char *sign_in_help_url;
  char *privacy_url;
};

G_DEFINE_FINAL_TYPE (SiConfiguration, si_configuration, G_TYPE_OBJECT)

/* @key is one that is never freed. */
static void
refuse (SiConfiguration *self, const char *key)
{
  if (self->unusable_key == NULL)
    self->unusable_key = key;
}

static gboolean
is_empty (GSettings *settings, const char *key)
{
  g_autofree char *text = g_settings_get_string (settings, key);

  return *text == '\0';
}

/* Returns: (transfer full) (nullable): what is set, if it can be used */
static char *
read_text (SiConfiguration *self,
           GSettings       *settings,
           const char      *key,
           gboolean (*is_usable) (const char *text))
{
  g_autofree char *text = g_settings_get_string (settings, key);

  if (*text == '\0')
    return NULL;

  if (!is_usable (text)) {
    refuse (self, key);
    return NULL;
  }

  return g_steal_pointer (&text);
}

/* There is one kind, so that it is only checked. */
static void
read_backend (SiConfiguration *self, GSettings *settings)
{
  g_autofree char *kind
      = read_text (self, settings, "provider-kind", si_setting_is_provider_kind);
  g_autofree char *url = read_text (self, settings, "backend-url", si_setting_is_base);

  self->is_set_up = !is_empty (settings, "backend-url");
  if (url != NULL)
    self->backend = si_uri_parse_base (url, NULL);
}

/* One without the other signs nobody in, nor does a service elsewhere without both. */
static void
read_client (SiConfiguration *self, GSettings *settings)
{
  gboolean is_elsewhere = self->backend != NULL && !si_uri_is_loopback (self->backend);

  self->issuer = read_text (self, settings, "issuer", si_setting_is_issuer);
  if (self->issuer == NULL && (is_elsewhere || !is_empty (settings, "client-id")))
    refuse (self, "issuer");

  self->client_id = read_text (self, settings, "client-id", si_setting_is_client_id);
  if (self->issuer != NULL && self->client_id == NULL)
    refuse (self, "client-id");
}

static gboolean
scopes_are_usable (GStrv scopes)
{
  for (guint i = 0; scopes[i] != NULL; i++) {
    if (!si_setting_is_scope (scopes[i]))
      return FALSE;
  }

  return g_strv_length (scopes) <= MAX_SCOPES;
}

static void
read_scopes (SiConfiguration *self, GSettings *settings)
{
  g_auto (GStrv) scopes = g_settings_get_strv (settings, "scopes");
  gboolean       has_openid = g_strv_contains ((const char *const *) scopes, "openid");

  if (!scopes_are_usable (scopes) || (self->issuer != NULL && !has_openid)) {
    refuse (self, "scopes");
    return;
  }

  g_strfreev (self->scopes);
  self->scopes = g_steal_pointer (&scopes);
}

/* Returns: whether it is one, and another than those before */
static gboolean
append_port (GArray *ports, gint32 number)
{
  guint16 port = (guint16) number;

  if (number < 1 || number > G_MAXUINT16)
    return FALSE;

  for (guint i = 0; i < ports->len; i++) {
    if (g_array_index (ports, guint16, i) == port)
      return FALSE;
  }

  g_array_append_val (ports, port);

  return TRUE;
}

static void
read_ports (SiConfiguration *self, GSettings *settings)
{
  g_autoptr (GVariant) value = g_settings_get_value (settings, "redirect-ports");
  gsize                n_numbers;
  const gint32 *numbers = g_variant_get_fixed_array (value, &n_numbers, sizeof *numbers);
  gboolean      is_usable = n_numbers <= MAX_PORTS;

  for (gsize i = 0; is_usable && i < n_numbers; i++)
    is_usable = append_port (self->redirect_ports, numbers[i]);

  if (!is_usable) {
    g_array_set_size (self->redirect_ports, 0);
    refuse (self, "redirect-ports");
  }
}

static void
read_sign_in (SiConfiguration *self, GSettings *settings)
{
  read_client (self, settings);
  read_scopes (self, settings);
  self->redirect_host
      = read_text (self, settings, "redirect-host", si_setting_is_redirect_host);
  read_ports (self, settings);
  self->use_device_code = g_settings_get_boolean (settings, "use-device-code");
  self->use_broker = g_settings_get_boolean (settings, "use-broker");
}

static void
read_help (SiConfiguration *self, GSettings *settings)
{
  g_autofree char *phone = NULL;

  self->organization
      = read_text (self, settings, "organization-name", si_setting_is_name);
  self->support_url = read_text (self, settings, "support-url", si_uri_may_open);
  phone = read_text (self, settings, "support-phone", si_setting_is_phone);
  self->support_phone = phone != NULL ? si_setting_dup_number (phone) : NULL;
  self->support_email = read_text (self, settings, "support-email", si_setting_is_email);
  self->password_reset_url
      = read_text (self, settings, "password-reset-url", si_uri_may_open);
  self->sign_in_help_url
      = read_text (self, settings, "sign-in-help-url", si_uri_may_open);
  self->privacy_url = read_text (self, settings, "privacy-url", si_uri_may_open);
}

static void
si_configuration_finalize (GObject *object)
{
  SiConfiguration *self = SI_CONFIGURATION (object);

  g_clear_pointer (&self->backend, g_uri_unref);
  g_clear_pointer (&self->issuer, g_free);
  g_clear_pointer (&self->client_id, g_free);
  g_clear_pointer (&self->scopes, g_strfreev);
  g_clear_pointer (&self->redirect_host, g_free);
  g_clear_pointer (&self->redirect_ports, g_array_unref);
  g_clear_pointer (&self->organization, g_free);
  g_clear_pointer (&self->support_url, g_free);
  g_clear_pointer (&self->support_phone, g_free);
  g_clear_pointer (&self->support_email, g_free);
  g_clear_pointer (&self->password_reset_url, g_free);
  g_clear_pointer (&self->sign_in_help_url, g_free);
  g_clear_pointer (&self->privacy_url, g_free);

  G_OBJECT_CLASS (si_configuration_parent_class)->finalize (object);
}

static void
si_configuration_class_init (SiConfigurationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_configuration_finalize;
}

static void
si_configuration_init (SiConfiguration *self)
{
  self->scopes = g_new0 (char *, 1);
  self->redirect_ports = g_array_new (FALSE, FALSE, sizeof (guint16));
}

/**
 * si_configuration_new:
 * @settings: (nullable): the app's settings; without any, nothing is set up
 *
 * Returns: (transfer full): what @settings say now
 */
SiConfiguration *
si_configuration_new (GSettings *settings)
{
  SiConfiguration *self = g_object_new (SI_TYPE_CONFIGURATION, NULL);

  if (settings == NULL)
    return self;

  self->is_managed = !g_settings_is_writable (settings, "backend-url")
                     || !g_settings_is_writable (settings, "issuer");
  read_backend (self, settings);
  read_sign_in (self, settings);
  read_help (self, settings);

  return self;
}

/**
 * si_configuration_is_set_up:
 * @self: a configuration
 *
 * Returns: whether a service is named, be it one that can be used or not
 */
gboolean
si_configuration_is_set_up (SiConfiguration *self)
{
  g_return_val_if_fail (SI_IS_CONFIGURATION (self), FALSE);

  return self->is_set_up;
}

/**
 * si_configuration_get_unusable_key:
 * @self: a configuration
 *
 * With such a key the app is not to be used: what was meant can't be known.
 *
 * Returns: (nullable): the first key whose value can't be used, or is needed and missing
 */
const char *
si_configuration_get_unusable_key (SiConfiguration *self)
{
  g_return_val_if_fail (SI_IS_CONFIGURATION (self), NULL);

  return self->unusable_key;
}

/**
 * si_configuration_is_managed:
 * @self: a configuration
 *
 * Returns: whether the person can't choose the service or where to sign in: an
 *   administrator has locked it
 */
gboolean
si_configuration_is_managed (SiConfiguration *self)
{
  g_return_val_if_fail (SI_IS_CONFIGURATION (self), FALSE);

  return self->is_managed;
}

/**
 * si_configuration_get_backend:
 * @self: a configuration
 *
 * Returns: (transfer none) (nullable): the service's address, its path ending in "/"
 */
GUri *
si_configuration_get_backend (SiConfiguration *self)
{
  g_return_val_if_fail (SI_IS_CONFIGURATION (self), NULL);

  return self->backend;
}

/**
 * si_configuration_get_issuer:
 * @self: a configuration
 *
 * Returns: (nullable): the OpenID Provider exactly as it was written, %NULL where nobody
 *   signs in
 */
const char *
si_configuration_get_issuer (SiConfiguration *self)
{
  g_return_val_if_fail (SI_IS_CONFIGURATION (self), NULL);

  return self->issuer;
}

const char *
si_configuration_get_client_id (SiConfiguration *self)
{
  g_return_val_if_fail (SI_IS_CONFIGURATION (self), NULL);

  return self->client_id;
}

const char *const *
si_configuration_get_scopes (SiConfiguration *self)
{
  g_return_val_if_fail (SI_IS_CONFIGURATION (self), NULL);

  return (const char *const *) self->scopes;
}

/**
 * si_configuration_dup_scope:
 * @self: a configuration
 *
 * Returns: (transfer full): the scopes as a request has them, with blanks between them
 */
char *
si_configuration_dup_scope (SiConfiguration *self)
{
  g_return_val_if_fail (SI_IS_CONFIGURATION (self), NULL);

  return g_strjoinv (" ", self->scopes);
}

/**
 * si_configuration_get_redirect_host:
 * @self: a configuration
 *
 * Returns: the host of the address that the browser comes back to
 */
const char *
si_configuration_get_redirect_host (SiConfiguration *self)
{
  g_return_val_if_fail (SI_IS_CONFIGURATION (self), NULL);

  return self->redirect_host != NULL ? self->redirect_host : "127.0.0.1";
}

/**
 * si_configuration_get_redirect_ports:
 * @self: a configuration
 * @n_ports: (out): return location for how many there are
 *
 * Returns: (array length=n_ports) (nullable): the ports to try, in this order; %NULL
 *   where any free one will do
 */
const guint16 *
si_configuration_get_redirect_ports (SiConfiguration *self, gsize *n_ports)
{
  g_return_val_if_fail (SI_IS_CONFIGURATION (self), NULL);
  g_return_val_if_fail (n_ports != NULL, NULL);

  *n_ports = self->redirect_ports->len;

  return *n_ports > 0 ? (const guint16 *) self->redirect_ports->data : NULL;
}

gboolean
si_configuration_get_use_device_code (SiConfiguration *self)
{
  g_return_val_if_fail (SI_IS_CONFIGURATION (self), FALSE);

  return self->use_device_code;
}

gboolean
si_configuration_get_use_broker (SiConfiguration *self)
{
  g_return_val_if_fail (SI_IS_CONFIGURATION (self), FALSE);

  return self->use_broker;
}

const char *
si_configuration_get_organization (SiConfiguration *self)
{
  g_return_val_if_fail (SI_IS_CONFIGURATION (self), NULL);

  return self->organization;
}

const char *
si_configuration_get_support_url (SiConfiguration *self)
{
  g_return_val_if_fail (SI_IS_CONFIGURATION (self), NULL);

  return self->support_url;
}

/**
 * si_configuration_get_support_phone:
 * @self: a configuration
 *
 * Returns: (nullable): the help desk's number as it is dialed: E.164, or an internal one
 */
const char *
si_configuration_get_support_phone (SiConfiguration *self)
{
  g_return_val_if_fail (SI_IS_CONFIGURATION (self), NULL);

  return self->support_phone;
}

const char *
si_configuration_get_support_email (SiConfiguration *self)
{
  g_return_val_if_fail (SI_IS_CONFIGURATION (self), NULL);

  return self->support_email;
}

const char *
si_configuration_get_password_reset_url (SiConfiguration *self)
{
  g_return_val_if_fail (SI_IS_CONFIGURATION (self), NULL);

  return self->password_reset_url;
}

const char *
si_configuration_get_sign_in_help_url (SiConfiguration *self)
{
  g_return_val_if_fail (SI_IS_CONFIGURATION (self), NULL);

  return self->sign_in_help_url;
}

const char *
si_configuration_get_privacy_url (SiConfiguration *self)
{
  g_return_val_if_fail (SI_IS_CONFIGURATION (self), NULL);

  return self->privacy_url;
}
