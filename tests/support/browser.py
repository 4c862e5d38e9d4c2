# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The browser of a desktop: what the app opens in it, and what a person does there."""

import pathlib
import urllib.error
import urllib.request

from desktop import wait_until

ENTRY = """[Desktop Entry]
Type=Application
Name=Browser
Exec={script} %u
MimeType=x-scheme-handler/http;x-scheme-handler/https;
"""
DEFAULTS = """[Default Applications]
x-scheme-handler/http=browser.desktop
x-scheme-handler/https=browser.desktop
"""
# A line at a time, whole: the app may open two pages at once.
SCRIPT = """#!/bin/sh
echo "$1" >>"{log}"
"""


class DefaultBrowser:
    """Writes down what it is to open, which is all that it does by itself."""

    def __init__(self, desktop):
        self._log = desktop.directory / "opened"
        self._log.write_text("", encoding="utf-8")
        self._seen = 0
        script = desktop.directory / "browser"
        script.write_text(SCRIPT.format(log=self._log), encoding="utf-8")
        script.chmod(0o700)
        applications = pathlib.Path(desktop.env["XDG_DATA_HOME"]) / "applications"
        applications.mkdir(parents=True, exist_ok=True)
        (applications / "browser.desktop").write_text(ENTRY.format(script=script), encoding="utf-8")
        defaults = pathlib.Path(desktop.env["XDG_CONFIG_HOME"]) / "mimeapps.list"
        defaults.write_text(DEFAULTS, encoding="utf-8")

    def _read(self):
        return self._log.read_text(encoding="utf-8").splitlines()

    def wait_for_address(self):
        """The next address that the app opened."""
        addresses = wait_until(lambda: self._read()[self._seen:], "a page in the browser")
        self._seen += 1
        return addresses[0]

    def count(self):
        return len(self._read())

    @staticmethod
    def visit(address):
        """Goes there, and wherever that leads; returns the status and the page."""
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()
