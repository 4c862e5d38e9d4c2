#!/usr/bin/env python3
# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a desktop does with the installed files: it starts the app by its name on the bus."""

import os
import subprocess
import sys

import end_to_end
from app import Service
from desktop import PATIENCE, wait_until

# What a desktop does when the app's icon is clicked, and when “Add Phone” is chosen from the
# icon's menu. A desktop stays, and the bus drops what nobody who is still there has said.
LAUNCH = """
import sys
from gi.repository import Gio, GLib
name, *actions = sys.argv[1:]
app, loop = Gio.DesktopAppInfo.new(name + ".desktop"), GLib.MainLoop()
app.launch_action(actions[0], None) if actions else app.launch([], None)
Gio.bus_watch_name(Gio.BusType.SESSION, name, Gio.BusNameWatcherFlags.NONE,
                   lambda *_: loop.quit(), None)
loop.run()
"""


class Activation(end_to_end.TestCase):
    @classmethod
    def setUpClass(cls):
        share = end_to_end.INSTALLED.prefix / "share"
        service = next((share / "dbus-1" / "services").glob("*.service"))
        # A development build has another id.
        cls.name = service.stem
        cls.SERVICES = [service]
        super().setUpClass()
        # A desktop file is one of a program that is there.
        cls.desktop.env["PATH"] = f"{end_to_end.INSTALLED.app.parent}:{os.environ['PATH']}"

    def setUp(self):
        super().setUp()
        self.configure(backend_url=self.start_server().url)
        self.desktop.update_bus_environment()

    def run_here(self, *command, status=0):
        result = subprocess.run(command, env=self.desktop.env, check=False, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=PATIENCE)
        self.assertEqual(result.returncode, status, result.stdout)
        return result.stdout

    def call(self, method, *arguments, **options):
        return self.run_here("gdbus", "call", "--session", "--dest", self.name, "--object-path",
                             "/" + self.name.replace(".", "/"), "--method",
                             f"org.freedesktop.Application.{method}", *arguments, **options)

    def launch_from_icon(self, *action):
        self.run_here(sys.executable, "-c", LAUNCH, self.name, *action)

    def see_started(self):
        """Waits for the app, which the bus has started, and for nothing else of it."""
        wait_until(lambda: self.desktop.find_service(self.name), f"{self.name} to start")
        app = Service(self.desktop, self.name)
        self.assertEqual(app.process.args[1:], ["--gapplication-service"])
        return end_to_end.WatchfulSteps(self, app, self.words, None)

    def assert_ends(self):
        wait_until(lambda: self.desktop.find_service(self.name) is None, f"{self.name} to end",
                   timeout=end_to_end.MOMENT)

    def test_activate(self):
        self.call("Activate", "{}")
        steps = self.see_started()
        steps.see_list()
        # Another click on the icon is one on the same app.
        self.call("Activate", "{}")
        self.assertIsNone(steps.app.process.poll())
        self.assertEqual(len(steps.app.windows()), 1)
        steps.app.press("ctrl+w")
        self.assert_ends()

    def test_action(self):
        self.call("ActivateAction", "add-phone", "[]", "{}")
        steps = self.see_started()
        steps.see_phone_page()
        steps.app.press("Escape")
        steps.app.wait_gone("entry", self.words("Phone number"))
        self.call("ActivateAction", "add-phone", "[]", "{}")
        steps.see_phone_page()
        steps.app.press("ctrl+q")
        self.assert_ends()

    def test_no_files(self):
        """It opens none, which is said; and it goes on."""
        output = self.call("Open", "['file:///etc/passwd']", "{}", status=1)
        self.assertIn("NotSupported", output)
        self.call("Activate", "{}")
        steps = self.see_started()
        steps.see_list()
        steps.app.press("ctrl+q")
        self.assert_ends()

    def test_desktop_file(self):
        self.launch_from_icon()
        steps = self.see_started()
        steps.see_list()
        steps.app.press("ctrl+q")
        self.assert_ends()

    def test_desktop_action(self):
        self.assertEqual(self.run_here("gapplication", "list-actions", self.name), "add-phone\n")
        self.launch_from_icon("add-phone")
        steps = self.see_started()
        steps.see_phone_page()
        steps.app.press("ctrl+q")
        self.assert_ends()


if __name__ == "__main__":
    end_to_end.main()
