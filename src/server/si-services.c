/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-services.h"

/* Makes the parts of a server and puts them together, each made of what comes before it
 * and none knowing what comes after. */

static void
changed_cb (SiVerifier *verifier, const char *id, SiServices *self)
{
  si_wait_list_wake (self->waits, id);
}

/**
 * si_services_new:
 * @options: (transfer none): how the server is to be; they must outlive the services
 * @phone: the phone network
 * @error: return location for an error
 *
 * Returns: (transfer full): the parts, at work, or %NULL with @error set
 */
SiServices *
si_services_new (SiServerOptions *options, SiSimulatedPhone *phone, GError **error)
{
  g_autoptr (SiServices) self = g_new0 (SiServices, 1);

  self->options = options;
  self->policy = si_policy_new (options->policy, error);
  if (self->policy == NULL)
    return NULL;

  self->database = si_database_open (options->database, error);
  if (self->database == NULL)
    return NULL;

  self->notifier = si_notifier_new (self->policy, phone);
  self->waits = si_wait_list_new ();
  self->verifier
      = si_verifier_new (options, self->database, self->policy, phone, self->notifier);
  g_signal_connect (self->verifier, "changed", G_CALLBACK (changed_cb), self);
  si_verifier_recover (self->verifier);
  if (options->introspect_url != NULL)
    self->introspector = si_introspector_new (options);

  return g_steal_pointer (&self);
}

void
si_services_free (SiServices *self)
{
  if (self->introspector != NULL)
    si_introspector_stop (self->introspector);
  g_clear_object (&self->introspector);
  g_clear_pointer (&self->waits, si_wait_list_free);
  g_clear_object (&self->verifier);
  g_clear_pointer (&self->notifier, si_notifier_free);
  g_clear_pointer (&self->database, si_database_free);
  g_clear_pointer (&self->policy, si_policy_free);
  g_free (self->failure);
  g_free (self);
}
