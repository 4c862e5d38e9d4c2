/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-fake-broker.h"

#include "si-test-loop.h"

/* An identity broker in the test's own process, on a connection of its own, that answers
 * what the test tells it to. */

static const char description[]
    = "<node><interface name='com.microsoft.identity.Broker1'>"
      "<method name='getAccounts'>"
      "<arg type='s'/><arg type='s'/><arg type='s'/><arg type='s' direction='out'/>"
      "</method>"
      "<method name='acquireTokenSilently'>"
      "<arg type='s'/><arg type='s'/><arg type='s'/><arg type='s' direction='out'/>"
      "</method>"
      "</interface></node>";

static void
leave (SiFakeBroker *self)
{
  g_dbus_connection_close_sync (self->connection, NULL, NULL);
}

/* As a message: an answer that goes by the call has to be of the type described above. */
static void
send_answer (SiFakeBroker          *self,
             const SiFakeAnswer    *answer,
             GDBusMethodInvocation *invocation)
{
  GDBusMessage            *call = g_dbus_method_invocation_get_message (invocation);
  g_autoptr (GDBusMessage) reply = g_dbus_message_new_method_reply (call);
  g_autoptr (GError)       error = NULL;
  const char              *type = answer->type != NULL ? answer->type : "(s)";

  if (g_str_equal (type, "(s)"))
    g_dbus_message_set_body (reply, g_variant_new ("(s)", answer->text));
  else if (g_str_equal (type, "(as)"))
    g_dbus_message_set_body (reply, g_variant_new_parsed ("([%s],)", answer->text));
  g_dbus_connection_send_message (self->connection, reply, G_DBUS_SEND_MESSAGE_FLAGS_NONE,
                                  NULL, &error);
  g_assert_no_error (error);
}

static void
call_cb (GDBusConnection       *connection,
         const char            *sender,
         const char            *path,
         const char            *interface,
         const char            *method,
         GVariant              *parameters,
         GDBusMethodInvocation *invocation,
         gpointer               user_data)
{
  SiFakeBroker       *self = user_data;
  const SiFakeAnswer *answer
      = g_str_equal (method, "getAccounts") ? &self->accounts : &self->token;
  const char *version, *id, *request;

  g_variant_get (parameters, "(&s&s&s)", &version, &id, &request);
  g_string_append_printf (self->calls, "%s ", method);
  g_free (self->ids);
  self->ids = g_strdup_printf ("%s %s", version, id);
  g_free (self->request);
  self->request = g_strdup (request);

  if (answer->error_name != NULL) {
    g_dbus_method_invocation_return_dbus_error (invocation, answer->error_name,
                                                answer->text);
    return;
  }

  if (answer->leaves)
    leave (self);
  else if (answer->text != NULL)
    send_answer (self, answer, invocation);
  g_object_unref (invocation);
}

static void
name_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  SiFakeBroker *self = user_data;

  self->has_name = TRUE;
}

/**
 * si_fake_broker_new:
 * @address: of the bus
 *
 * Returns: (transfer full): a broker that has its name there
 */
SiFakeBroker *
si_fake_broker_new (const char *address)
{
  static const GDBusInterfaceVTable vtable = { .method_call = call_cb };
  SiFakeBroker                     *self = g_new0 (SiFakeBroker, 1);
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (description, NULL);
  g_autoptr (GError)        error = NULL;

  self->calls = g_string_new (NULL);
  self->connection = g_dbus_connection_new_for_address_sync (
      address,
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);
  g_assert_no_error (error);
  self->object_id = g_dbus_connection_register_object (
      self->connection, "/com/microsoft/identity/broker1", node->interfaces[0], &vtable,
      self, NULL, &error);
  g_assert_no_error (error);
  self->owner_id = g_bus_own_name_on_connection (self->connection, SI_FAKE_BROKER_NAME,
                                                 G_BUS_NAME_OWNER_FLAGS_NONE, name_cb,
                                                 NULL, self, NULL);
  si_test_wait_until (self->has_name);

  return self;
}

void
si_fake_broker_free (SiFakeBroker *self)
{
  g_bus_unown_name (self->owner_id);
  g_dbus_connection_unregister_object (self->connection, self->object_id);
  if (!g_dbus_connection_is_closed (self->connection))
    leave (self);
  g_clear_object (&self->connection);
  g_string_free (self->calls, TRUE);
  g_free (self->ids);
  g_free (self->request);
  g_free (self);
}
