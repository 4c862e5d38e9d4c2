# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an administrator writes on a machine, whose files are the test's own (private_etc.py)."""

import pathlib
import shutil

import private_etc

DCONF = pathlib.Path("/etc/dconf")
SITE = DCONF / "db" / "site.d"
CERTIFICATE = pathlib.Path("/usr/local/share/ca-certificates/contoso.crt")
TOOLS = ["dconf", "gsettings", "update-ca-certificates", "openssl"]


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def clear_settings():
    for path in DCONF.iterdir():
        shutil.rmtree(path)


def find_problem():
    """Why that can't be tried here, or None: then the program has a machine of its own."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        return f"not installed: {', '.join(missing)}"
    return private_etc.enter(empty=[str(DCONF)], copied=["/etc/ssl/certs", str(CERTIFICATE.parent)])
