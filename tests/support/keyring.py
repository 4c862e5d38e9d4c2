# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A real keyring on a desktop's bus, open as after a login."""

import shutil
import subprocess

from gi.repository import Gio, GLib

from desktop import Missing, wait_until

NAME = "org.freedesktop.secrets"
PATH = "/org/freedesktop/secrets"
SERVICE = "org.freedesktop.Secret.Service"
FLAGS = (
    Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
)


class Keyring:
    def __init__(self, desktop):
        if shutil.which("gnome-keyring-daemon") is None:
            raise Missing("not installed: gnome-keyring-daemon")
        # It has warnings of its own, which are no matter of the app's.
        env = {name: value for name, value in desktop.env.items() if not name.startswith("G_")}
        self._process = desktop.spawn(
            ["gnome-keyring-daemon", "--foreground", "--components=secrets", "--unlock"],
            env=env, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._process.stdin.write(b"password\n")
        self._process.stdin.close()
        self._bus = Gio.DBusConnection.new_for_address_sync(
            desktop.env["DBUS_SESSION_BUS_ADDRESS"], FLAGS, None, None
        )
        wait_until(self._is_there, "the keyring")

    def _call(self, name, path, interface, method, arguments, answer):
        return self._bus.call_sync(name, path, interface, method, arguments,
                                   GLib.VariantType(answer), Gio.DBusCallFlags.NO_AUTO_START,
                                   10000, None).unpack()

    def _is_there(self):
        return self._call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                          "NameHasOwner", GLib.Variant("(s)", (NAME,)), "(b)")[0]

    def list(self, issuer):
        """The attributes of each entry of the app's for an issuer."""
        found = self._call(NAME, PATH, SERVICE, "SearchItems",
                           GLib.Variant("(a{ss})", ({"issuer": issuer},)), "(aoao)")
        attributes = []
        for path in found[0] + found[1]:
            properties = self._call(
                NAME, path, "org.freedesktop.DBus.Properties", "Get",
                GLib.Variant("(ss)", ("org.freedesktop.Secret.Item", "Attributes")), "(v)")
            attributes.append(properties[0])
        return attributes

    def stop(self):
        """As where there is none."""
        self._process.terminate()
        self._process.wait(10)
