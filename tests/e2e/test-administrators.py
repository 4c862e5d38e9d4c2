#!/usr/bin/env python3
# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The guide for administrators: every file and every command in it, and what comes of it."""

import json
import os
import pathlib
import shlex
import subprocess
import sys

import administrator
import end_to_end
import small_flatpak
from administrator import CERTIFICATE, SITE, write
from app import App
from guide import read_blocks

GUIDE = pathlib.Path(__file__).parents[2] / "data" / "administrators.md"
SCHEMA = "io.github.security_info.SecurityInfo"
HOST = "id.contoso.example"
SERVICE_OF_DCONF = "ca.desrt.dconf.service"

# Each prints nothing where all is well.
VERIFY = f"""
from gi.repository import Gio
certificate = Gio.TlsCertificate.new_from_file("{CERTIFICATE}")
database = Gio.TlsBackend.get_default().get_default_database()
problems = database.verify_chain(certificate, Gio.TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER,
                                 Gio.NetworkAddress.new("{HOST}", 443), None, 0, None)
print(problems.value_nicks if problems else "", end="")
"""
LOOK_UP = f"""
from gi.repository import Gio
proxies = Gio.ProxyResolver.get_default().lookup("https://{HOST}/", None)
print("" if proxies == ["http://proxy.contoso.example:8080"] else proxies, end="")
"""


class Administrators(end_to_end.TestCase):
    SERVICES = [SERVICE_OF_DCONF]

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.blocks = read_blocks(GUIDE)
        cls.desktop.env["PATH"] = f"{end_to_end.INSTALLED.app.parent}:{os.environ['PATH']}"
        for name in ["GSETTINGS_BACKEND", "DCONF_PROFILE"]:
            cls.desktop.env.pop(name, None)

    def setUp(self):
        super().setUp()
        administrator.clear_settings()
        self.run_alone(f"gsettings reset-recursively {SCHEMA}")

    # What an administrator does

    def configure(self, **settings):
        """In a file that comes after that of the guide."""
        write(SITE / "90-test", end_to_end.format_settings(settings))
        self.run_alone("dconf update")

    def write_files(self, *names):
        """Those of the guide's files whose paths have one of these names in them."""
        for block in self.blocks:
            path = block.marks.get("file", "")
            if any(name in path for name in names):
                write(pathlib.Path(path), block.text)

    def make_certificate(self):
        """One that is its own authority, where the guide says to put it."""
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-batch",
                        "-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}",
                        "-keyout", os.devnull, "-out", CERTIFICATE], check=True, capture_output=True)

    def run_alone(self, command, status=0, **env):
        result = subprocess.run(["sh", "-euc", command], env={**self.desktop.env, **env}, text=True,
                                check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.assertEqual(result.returncode, status, f"{command}\n{result.stdout}")
        return result.stdout

    def run_python(self, code, **env):
        return self.run_alone(f"exec {shlex.quote(sys.executable)} -c {shlex.quote(code)}", **env)

    # What comes of it

    def start_here(self, *command):
        app = App(self.desktop, command, language=end_to_end.INSTALLED.language)
        self.apps.append(app)
        self.addCleanup(self.end, app)
        return end_to_end.WatchfulSteps(self, app, self.words, None)

    def see_configured_help(self, steps):
        steps.see_organization("Contoso AB")
        for row in ["Reset Password", "Sign-In Help", "Help Desk", "Call the Help Desk",
                    "Email the Help Desk", "Privacy"]:
            steps.find("row", row)
        steps.report("the organization and its help are there")

    def assert_value(self, key, value):
        self.assertEqual(self.run_alone(f"gsettings get {SCHEMA} {key}"), f"{value}\n")

    # The guide, from its first line to its last

    def run_in_flatpak(self, block):
        """In a Flatpak there is what there is without."""
        directory = self.desktop.directory / "flatpak"
        directory.mkdir()
        self.desktop.env["FLATPAK_SYSTEM_DIR"] = str(directory / "system")
        problem = small_flatpak.install(directory, end_to_end.INSTALLED.prefix, self.desktop.env)
        if problem is not None:
            print(f"# {problem}; not tried: {block.text.strip()}", flush=True)
            return
        inside = self.run_alone(block.text)
        self.assertEqual(sorted(inside.splitlines()),
                         sorted(self.run_alone(f"gsettings list-recursively {SCHEMA}").splitlines()))
        writable = f"flatpak run --command=gsettings {SCHEMA} writable {SCHEMA}"
        self.assertEqual(self.run_alone(f"{writable} backend-url"), "false\n")
        self.assertEqual(self.run_alone(f"{writable} privacy-url"), "true\n")
        print("# a Flatpak has the same settings", flush=True)

    def run_in_window(self, block):
        steps = self.start_here("env", *shlex.split(block.text))
        self.see_configured_help(steps)
        self.end(steps.app)

    def run_block(self, block):
        """Returns what it printed."""
        if "publish" in block.marks:
            # That takes a Flatpak: tests/flatpak/test-publish.py does it.
            return ""
        if "after" in block.marks:
            write(SITE / "90-test", f"{end_to_end.GROUP}\n{block.marks['after']}\n")
            self.run_alone("dconf update")
        if block.language == "sh" and block.marks.keys() & {"root", "person"}:
            return self.run_alone(block.text)
        if block.language == "sh" and "flatpak" in block.marks:
            self.run_in_flatpak(block)
        elif block.language == "sh" and "window" in block.marks:
            (SITE / "90-test").unlink()
            self.run_alone("dconf update")
            self.run_in_window(block)
        elif block.language == "ini":
            write(pathlib.Path(block.marks["file"]), block.text)
        elif block.language == "json":
            json.loads(block.text)
        else:
            self.fail(f"It is not known what to do with {block}")
        return ""

    def test_guide(self):
        self.make_certificate()
        self.assertIn("unknown-ca", self.run_python(VERIFY))

        output = ""
        for block in self.blocks:
            if "output" in block.marks:
                self.assertEqual(output, block.text)
            else:
                output = self.run_block(block)
        self.assertGreater(len(self.blocks), 15)

        self.assertEqual(self.run_python(VERIFY), "")
        self.assertEqual(self.run_python(LOOK_UP, XDG_CURRENT_DESKTOP="GNOME"), "")

    def test_for_one_person(self):
        """The person's own settings are undone by the second command, not by the first."""
        first, second = [block for block in self.blocks if "person" in block.marks][:2]
        self.run_alone(first.text)
        self.assert_value("client-id", "'security-info'")
        self.run_alone(second.text)
        self.assert_value("client-id", "''")

    # What a lock does, in a real database

    def test_locked(self):
        """What the person had set before, and sets now, does not count."""
        server = self.start_server()
        self.run_alone(f"gsettings set {SCHEMA} backend-url http://127.0.0.1:9/")
        self.write_files("profile", "10-security-info")
        self.configure(backend_url=server.url, issuer="", client_id="")
        output = self.run_alone(f"gsettings set {SCHEMA} backend-url http://127.0.0.1:9/", status=1)
        self.assertIn("not writable", output)
        self.assert_value("backend-url", f"'{server.url}'")

        steps = self.start_here("security-info")
        steps.see_list()
        steps.see_service("127.0.0.1")
        steps.see("Managed by your organization")
        steps.find("row", "Privacy")
        steps.report("a locked service is used, and said to be managed")

    def test_not_locked(self):
        """A default is one: the person may have another service."""
        server = self.start_server()
        self.write_files("profile", "site.d/10-security-info")
        self.configure(backend_url="http://127.0.0.1:9/", issuer="", client_id="")
        self.run_alone(f"gsettings set {SCHEMA} backend-url {server.url}")

        steps = self.start_here("security-info")
        steps.see_list()
        steps.see_service("127.0.0.1")
        self.assertFalse(steps.sees("Managed by your organization"))
        steps.report("an own service is used")

    def test_locked_and_unusable(self):
        """No other is used in its place, not even one that the person had set."""
        server = self.start_server()
        self.run_alone(f"gsettings set {SCHEMA} backend-url {server.url}")
        self.write_files("profile", "10-security-info")
        self.configure(backend_url="http://id.contoso.example/")

        steps = self.start_here("security-info")
        steps.see("Not Set Up Correctly")
        self.assertTrue(any("backend-url" in element.text for element in steps.app.elements()))
        self.see_configured_help(steps)


if __name__ == "__main__":
    problem = administrator.find_problem()
    if problem is not None:
        print(f"1..0 # SKIP {problem}")
    else:
        end_to_end.main()
