#!/usr/bin/env python3
# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Publishing the Flatpak as the guide for administrators says, and installing it from there."""

import functools
import http.server
import os
import pathlib
import shutil
import subprocess
import tempfile
import threading
import unittest

import end_to_end
import sandbox
from guide import read_blocks
from sandbox import APP, RUNTIME, WORK

TOP = pathlib.Path(__file__).parents[2]
GUIDE = TOP / "data" / "administrators.md"
RUNTIMES = f"""[Flatpak Repo]
Url=file://{RUNTIME}/repo
"""
# Only the next version of the app has it.
MARK = "share/security-info/next"


def say(line):
    print(f"# {line}", flush=True)


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class WebServer:
    def __init__(self, directory):
        handler = functools.partial(QuietHandler, directory=directory)
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def stop(self):
        self._server.shutdown()
        self._server.server_close()


class Computer:
    """One that has the runtime and no other Flatpak, and nobody at its screen."""

    def __init__(self, directory):
        directory.mkdir()
        self.env = {name: value for name, value in os.environ.items()
                    if not name.startswith(("DBUS_", "FLATPAK_", "XDG_"))}
        for name in ["HOME", "XDG_RUNTIME_DIR"]:
            (directory / name).mkdir(mode=0o700)
            self.env[name] = str(directory / name)
        sandbox.isolate(self.env, directory)

    def run(self, command, fails=False):
        """Returns what it printed."""
        result = subprocess.run(["sh", "-euc", command], env=self.env, cwd=TOP, check=False, text=True,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT)
        if (result.returncode != 0) != fails:
            raise AssertionError(f"{command}\nended with {result.returncode}\n{result.stdout}")
        return result.stdout

    def start_app(self):
        """Returns what the app calls itself in its sandbox."""
        return self.run(f"flatpak run {APP} --version").split()[0]

    def update(self, **options):
        return self.run("flatpak update --noninteractive", **options)

    def has_next(self):
        location = self.run(f"flatpak info --show-location {APP}").strip()
        return (pathlib.Path(location) / "files" / MARK).exists()


class Publish(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.directory = pathlib.Path(self.enterContext(temporary))
        self.web = self.directory / "web"
        self.web.mkdir()
        self.server = WebServer(self.web)
        self.addCleanup(self.server.stop)
        (self.web / "runtimes.flatpakrepo").write_text(RUNTIMES, encoding="utf-8")
        self.key = self.directory / "key.gpg"
        self.publisher = self.make_publisher("publisher")
        self.publisher.run(self.read("publisher"))
        # It is handed over to people by other ways.
        shutil.copy(self.web / "security-info.gpg", self.key)

    def make_computer(self, name):
        return Computer(self.directory / name)

    def make_publisher(self, name):
        """A computer that may have a key."""
        computer = self.make_computer(name)
        keys = self.directory / name / "keys"
        keys.mkdir(mode=0o700)
        computer.env["GNUPGHOME"] = str(keys)
        return computer

    def read(self, who):
        """The guide's commands for somebody, with what there is here for what it names."""
        text = "".join(block.text for block in read_blocks(GUIDE)
                       if block.marks.get("publish") == who)
        self.assertNotEqual(text, "")
        names = {
            "https://flatpak.contoso.example": self.server.url,
            "/srv/flatpak": str(self.web),
            "/media/usb": str(self.web),
            "./security-info.gpg": str(self.key),
            # Nobody is there to type a passphrase, and Flathub is not.
            "gpg --": "gpg --quiet --batch --passphrase '' --",
            "flatpak/publish": f"flatpak/publish --runtimes {self.server.url}/runtimes.flatpakrepo",
        }
        for name, name_here in names.items():
            text = text.replace(name, name_here)
        return text

    def read_publish(self):
        """The one that is used again and again."""
        return self.read("publisher").splitlines()[-1]

    def build_next(self):
        """A repository with another version of the app."""
        folder, repository = self.directory / "next", self.directory / "next-repository"
        shutil.copytree(WORK / "app", folder, symlinks=True)
        mark = folder / "files" / MARK
        mark.parent.mkdir()
        mark.touch()
        self.publisher.run(f"flatpak build-export {repository} {folder} stable")
        return repository

    def install(self, who):
        computer = self.make_computer(who)
        computer.run(self.read(who))
        self.assertEqual(computer.start_app(), "security-info")
        return computer

    def test_install(self):
        """In both ways that the guide has, and from then on there are updates."""
        computers = [self.install("person"), self.install("managed")]
        say("it is installed from there, in both ways")
        self.publisher.run(f"{self.read_publish()} {self.build_next()}")
        for computer in computers:
            self.assertFalse(computer.has_next())
            computer.update()
            self.assertTrue(computer.has_next())
        say("the next version comes as an update")

    def test_other_key(self):
        """Somebody can write to the web server, and has another key."""
        computer = self.install("managed")
        forger = self.make_publisher("forger")
        forger.run(self.read("publisher").splitlines()[0])
        forger.run(f"{self.read_publish()} {self.build_next()}")
        computer.update()
        self.assertFalse(computer.has_next())
        # Who begins with the other key has what it signed: it is not broken otherwise.
        self.assertTrue(self.install("person").has_next())
        say("what another key has signed is refused")

        offline = self.make_computer("offline")
        self.assertIn("Can't check signature", offline.run(self.read("offline"), fails=True))
        self.assertEqual(offline.run("flatpak list --app"), "")
        say("and so is a file that it has signed")

    def test_offline(self):
        """There is no web server any more."""
        self.server.stop()
        self.install("offline")
        say("it is installed from a file")


if __name__ == "__main__":
    problem = sandbox.find_problem()
    if problem is not None:
        print(f"1..0 # SKIP {problem}")
    else:
        end_to_end.main()
