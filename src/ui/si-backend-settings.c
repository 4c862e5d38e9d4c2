/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "si-backend-settings.h"

/* What an administrator configures, read from GSettings. */

/* Returns: (transfer full) (nullable): the backend's address as it was configured;
 * nothing without the schema, which an uninstalled app does not find */
char *
si_backend_settings_dup_url (void)
{
  GSettingsSchemaSource      *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettings)       settings = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, APP_ID, TRUE);
  if (schema == NULL)
    return NULL;

  settings = g_settings_new_full (schema, NULL, NULL);

  return g_settings_get_string (settings, "backend-url");
}
