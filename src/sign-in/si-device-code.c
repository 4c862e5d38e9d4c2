/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-device-code.h"

#include <string.h>

#include "si-clock.h"
#include "si-error.h"
#include "si-json.h"
#include "si-secret.h"
#include "si-uri.h"

/* A code to type on another device, and where (RFC 8628, section 3.2). */

#define DEFAULT_INTERVAL_SECONDS 5
#define MAX_INTERVAL_SECONDS 60
#define MAX_LIFETIME_SECONDS (60 * 60)
/* What a person can be asked to type. */
#define MAX_USER_CODE_CHARACTERS 32

struct _SiDeviceCode {
  GObject parent_instance;

  char  *secret;
  char  *user_code;
  char  *uri;
  char  *complete_uri;
  guint  interval;
  gint64 expires_at; /* on si_clock_get_time()'s clock */
};

G_DEFINE_FINAL_TYPE (SiDeviceCode, si_device_code, G_TYPE_OBJECT)

static gboolean
can_be_typed (const char *code)
{
  if (code == NULL || code[strspn (code, " ")] == '\0'
      || g_utf8_strlen (code, -1) > MAX_USER_CODE_CHARACTERS)
    return FALSE;

  for (const char *c = code; *c != '\0'; c = g_utf8_next_char (c)) {
    if (!g_unichar_isgraph (g_utf8_get_char (c)) && *c != ' ')
      return FALSE;
  }

  return TRUE;
}

static char *
dup_uri (JsonObject *object, const char *member)
{
  const char      *text = si_json_get_string (object, member);
  g_autoptr (GUri) uri = si_uri_parse_endpoint (text, NULL);

  return uri != NULL ? g_strdup (text) : NULL;
}

static void
si_device_code_finalize (GObject *object)
{
  SiDeviceCode *self = SI_DEVICE_CODE (object);

  g_clear_pointer (&self->secret, si_secret_free);
  g_clear_pointer (&self->user_code, si_secret_free);
  g_clear_pointer (&self->uri, g_free);
  g_clear_pointer (&self->complete_uri, si_secret_free);

  G_OBJECT_CLASS (si_device_code_parent_class)->finalize (object);
}

static void
si_device_code_class_init (SiDeviceCodeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = si_device_code_finalize;
}

static void
si_device_code_init (SiDeviceCode *self)
{
}

/**
 * si_device_code_new_from_json:
 * @object: what the device authorization endpoint answered, just now
 * @error: return location for a `SI_ERROR`
 *
 * Returns: (transfer full): the code, or %NULL with @error set where it can't be used
 */
SiDeviceCode *
si_device_code_new_from_json (JsonObject *object, GError **error)
{
  g_autoptr (SiDeviceCode) self = g_object_new (SI_TYPE_DEVICE_CODE, NULL);
  gint64                   lifetime = si_json_get_int (object, "expires_in", 0);

  self->secret = g_strdup (si_json_get_string (object, "device_code"));
  self->user_code = g_strdup (si_json_get_string (object, "user_code"));
  self->uri = dup_uri (object, "verification_uri");
  self->complete_uri = dup_uri (object, "verification_uri_complete");
  self->interval = CLAMP (si_json_get_int (object, "interval", DEFAULT_INTERVAL_SECONDS),
                          1, MAX_INTERVAL_SECONDS);
  self->expires_at
      = si_clock_get_time () + CLAMP (lifetime, 0, MAX_LIFETIME_SECONDS) * G_USEC_PER_SEC;

  if (self->secret == NULL || *self->secret == '\0' || !can_be_typed (self->user_code)
      || self->uri == NULL || lifetime <= 0) {
    g_set_error (error, SI_ERROR, SI_ERROR_PROTOCOL, "The code can't be used");
    return NULL;
  }

  return g_steal_pointer (&self);
}

/**
 * si_device_code_get_secret:
 * @self: a code
 *
 * Returns: what this app shows that it began with (`device_code`)
 */
const char *
si_device_code_get_secret (SiDeviceCode *self)
{
  g_return_val_if_fail (SI_IS_DEVICE_CODE (self), NULL);

  return self->secret;
}

/**
 * si_device_code_get_user_code:
 * @self: a code
 *
 * Returns: what the person types
 */
const char *
si_device_code_get_user_code (SiDeviceCode *self)
{
  g_return_val_if_fail (SI_IS_DEVICE_CODE (self), NULL);

  return self->user_code;
}

/**
 * si_device_code_get_uri:
 * @self: a code
 *
 * Returns: the short address where it is typed
 */
const char *
si_device_code_get_uri (SiDeviceCode *self)
{
  g_return_val_if_fail (SI_IS_DEVICE_CODE (self), NULL);

  return self->uri;
}

/**
 * si_device_code_get_complete_uri:
 * @self: a code
 *
 * Returns: an address that has the code in it, where there is one, else the short one
 */
const char *
si_device_code_get_complete_uri (SiDeviceCode *self)
{
  g_return_val_if_fail (SI_IS_DEVICE_CODE (self), NULL);

  return self->complete_uri != NULL ? self->complete_uri : self->uri;
}

/**
 * si_device_code_get_interval:
 * @self: a code
 *
 * Returns: how many seconds there have to be between two polls
 */
guint
si_device_code_get_interval (SiDeviceCode *self)
{
  g_return_val_if_fail (SI_IS_DEVICE_CODE (self), DEFAULT_INTERVAL_SECONDS);

  return self->interval;
}

/**
 * si_device_code_get_seconds_left:
 * @self: a code
 *
 * Returns: for how many seconds it is still good, by a clock that runs through suspend
 */
guint
si_device_code_get_seconds_left (SiDeviceCode *self)
{
  gint64 left;

  g_return_val_if_fail (SI_IS_DEVICE_CODE (self), 0);

  left = self->expires_at - si_clock_get_time ();

  return left > 0 ? (left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC : 0;
}
