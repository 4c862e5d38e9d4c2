/* Copyright 2026 The Security Info authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "si-listener.h"

/* The socket that the server listens on. It is never reachable from another machine, and
 * its queue is long: libsoup's own of ten lets a burst of clients wait for seconds. */

#define BACKLOG 4096

/**
 * si_listener_new_loopback:
 * @port: the port, or 0 for any that is free
 * @error: return location for an error
 *
 * Returns: (transfer full): a socket that listens, or %NULL with @error set
 */
GSocket *
si_listener_new_loopback (guint16 port, GError **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, port);
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                             G_SOCKET_PROTOCOL_TCP, error);

  if (socket == NULL)
    return NULL;

  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_bind (socket, address, TRUE, error) || !g_socket_listen (socket, error))
    return NULL;

  return g_steal_pointer (&socket);
}
