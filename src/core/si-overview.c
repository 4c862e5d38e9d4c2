/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-overview.h"

#include "si-error.h"

/* What is known at present: what the organisation allows and what the person has. What
 * was loaded once stays while it is loaded again, and when that fails. */

struct _SiOverview {
  GObject parent_instance;

  SiProvider     *provider;
  SiCapabilities *capabilities;
  SiSecurityInfo *info;
  GCancellable   *cancellable;
  GError         *error;
  guint           pending;
};

G_DEFINE_FINAL_TYPE (SiOverview, si_overview, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
emit_changed (SiOverview *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
end_loading (SiOverview *self, GError *error)
{
  self->pending--;

  /* What is asked for here can't have ended: the address is one of something else. */
  if (g_error_matches (error, SI_ERROR, SI_ERROR_ENDED))
    error->code = SI_ERROR_PROTOCOL;

  if (error != NULL) {
    g_clear_error (&self->error);
    self->error = error;
  }

  emit_changed (self);
}

static void
load_capabilities_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SiOverview)     self = user_data;
  GError                    *error = NULL;
  g_autoptr (SiCapabilities) capabilities
      = si_provider_load_capabilities_finish (SI_PROVIDER (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_error_free (error);
    return;
  }

  if (capabilities != NULL)
    g_set_object (&self->capabilities, capabilities);
  end_loading (self, error);
}

static void
load_security_info_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SiOverview)     self = user_data;
  GError                    *error = NULL;
  g_autoptr (SiSecurityInfo) info
      = si_provider_load_security_info_finish (SI_PROVIDER (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_error_free (error);
    return;
  }

  if (info != NULL)
    g_set_object (&self->info, info);
  end_loading (self, error);
}

/* Whatever was under way counts no more. */
static void
begin_loading (SiOverview *self, guint n_requests)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_error (&self->error);
  self->pending = n_requests;
}

static void
load_security_info (SiOverview *self)
{
  si_provider_load_security_info_async (self->provider, self->cancellable,
                                        load_security_info_cb, g_object_ref (self));
}

static void
si_overview_dispose (GObject *object)
{
  SiOverview *self = SI_OVERVIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->capabilities);
  g_clear_object (&self->info);
  g_clear_object (&self->provider);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (si_overview_parent_class)->dispose (object);
}

static void
si_overview_class_init (SiOverviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = si_overview_dispose;

  /**
   * SiOverview::changed:
   * @self: the overview
   *
   * Emitted when anything that it knows, or whether it is loading, changed.
   */
  signals[CHANGED]
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 0);
}

static void
si_overview_init (SiOverview *self)
{
}

/**
 * si_overview_new:
 * @provider: whom to ask
 *
 * Returns: (transfer full): an overview that knows nothing yet
 */
SiOverview *
si_overview_new (SiProvider *provider)
{
  SiOverview *self = g_object_new (SI_TYPE_OVERVIEW, NULL);

  self->provider = g_object_ref (provider);

  return self;
}

SiProvider *
si_overview_get_provider (SiOverview *self)
{
  g_return_val_if_fail (SI_IS_OVERVIEW (self), NULL);

  return self->provider;
}

/**
 * si_overview_get_capabilities:
 * @self: an overview
 *
 * Returns: (transfer none) (nullable): what the organisation allows, once it is known
 */
SiCapabilities *
si_overview_get_capabilities (SiOverview *self)
{
  g_return_val_if_fail (SI_IS_OVERVIEW (self), NULL);

  return self->capabilities;
}

/**
 * si_overview_get_security_info:
 * @self: an overview
 *
 * Returns: (transfer none) (nullable): what the person has, once it is known
 */
SiSecurityInfo *
si_overview_get_security_info (SiOverview *self)
{
  g_return_val_if_fail (SI_IS_OVERVIEW (self), NULL);

  return self->info;
}

/**
 * si_overview_get_error:
 * @self: an overview
 *
 * Returns: (nullable): why the last refresh failed
 */
const GError *
si_overview_get_error (SiOverview *self)
{
  g_return_val_if_fail (SI_IS_OVERVIEW (self), NULL);

  return self->error;
}

gboolean
si_overview_get_loading (SiOverview *self)
{
  g_return_val_if_fail (SI_IS_OVERVIEW (self), FALSE);

  return self->pending > 0;
}

/**
 * si_overview_is_loaded:
 * @self: an overview
 *
 * Returns: whether both halves are known
 */
gboolean
si_overview_is_loaded (SiOverview *self)
{
  g_return_val_if_fail (SI_IS_OVERVIEW (self), FALSE);

  return self->capabilities != NULL && self->info != NULL;
}

/**
 * si_overview_refresh:
 * @self: an overview
 *
 * Asks for everything, with two requests side by side.
 */
void
si_overview_refresh (SiOverview *self)
{
  g_return_if_fail (SI_IS_OVERVIEW (self));

  begin_loading (self, 2);
  si_provider_load_capabilities_async (self->provider, self->cancellable,
                                       load_capabilities_cb, g_object_ref (self));
  load_security_info (self);
  emit_changed (self);
}

/**
 * si_overview_refresh_security_info:
 * @self: an overview
 *
 * Asks for what the person has alone: enough after a change that this app made.
 */
void
si_overview_refresh_security_info (SiOverview *self)
{
  g_return_if_fail (SI_IS_OVERVIEW (self));

  if (self->capabilities == NULL) {
    si_overview_refresh (self);
    return;
  }

  begin_loading (self, 1);
  load_security_info (self);
  emit_changed (self);
}

/**
 * si_overview_set_security_info:
 * @self: an overview
 * @info: what a change answered with
 */
void
si_overview_set_security_info (SiOverview *self, SiSecurityInfo *info)
{
  g_return_if_fail (SI_IS_OVERVIEW (self));

  begin_loading (self, 0);
  g_set_object (&self->info, info);
  emit_changed (self);
}
