# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The app in its sandbox: the Flatpak that flatpak/build made, installed for a test's person.

    class Demo(SandboxTestCase):
        def test_demo(self):
            app = self.launch_as_it_is("--demo")
"""

import pathlib
import shutil
import subprocess

import administrator
import end_to_end
from administrator import SITE, write
from app import App

APP = "io.github.security_info.SecurityInfo"
WORK = pathlib.Path(__file__).parents[2] / "_build-flatpak"
RUNTIME = WORK / "installation"
REPOSITORY = WORK / "repository"
LOCALES = {None: "C.UTF-8", "sv": "sv_SE.UTF-8"}

PROFILE = "user-db:user\nsystem-db:site\n"
PORTALS = [
    # It hands over which authorities the computer trusts.
    "org.freedesktop.Flatpak.service",
    "org.freedesktop.portal.Desktop.service",
    "org.freedesktop.portal.Flatpak.service",
    "org.freedesktop.impl.portal.PermissionStore.service",
    "org.freedesktop.impl.portal.desktop.gtk.service",
]
TOOLS = ["flatpak", "p11-kit"]
# What only a desktop without a sandbox is told.
NOT_INSIDE = ["ADW_DISABLE_PORTAL", "G_DEBUG", "GSETTINGS_BACKEND", "XDG_DATA_DIRS"]

RUNTIME_CONFIG = """[Installation "runtime"]
Path={path}
"""


def find_problem():
    """Why a sandbox can't be tried here, or None."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        return f"not installed: {', '.join(missing)}"
    if not RUNTIME.exists() or not REPOSITORY.exists():
        return "there is no Flatpak: ./check --flatpak makes it"
    return administrator.find_problem()


def isolate(env, directory):
    """Of the machine's Flatpaks there is the runtime alone."""
    config = directory / "flatpak-config"
    write(config / "installations.d" / "runtime.conf", RUNTIME_CONFIG.format(path=RUNTIME))
    env["FLATPAK_CONFIG_DIR"] = str(config)
    env["FLATPAK_SYSTEM_DIR"] = str(directory / "flatpak-system")
    env.pop("FLATPAK_USER_DIR", None)


class SandboxedApp(App):
    """An app that flatpak runs. Inside, its process has a number of its own."""

    def __init__(self, desktop, *arguments, language=None):
        locale = {"LC_ALL": LOCALES[language], "LANGUAGE": language or ""}
        super().__init__(desktop, ["flatpak", "run", APP, *arguments], env=locale)

    def is_own_process(self, process):
        # It is a proxy that speaks for the app, and it is in the sandbox, too.
        try:
            info = pathlib.Path(f"/proc/{process}/root/.flatpak-info").read_text(encoding="utf-8")
        except OSError:
            return False
        return f"name={APP}\n" in info

    def search_x_windows(self):
        return self.desktop.xdotool("search", "--onlyvisible", "--class", "security-info").split()


class SandboxTestCase(end_to_end.TestCase):
    """Settings are an administrator's; what is beside the sandbox is a desktop with portals."""

    SERVICES = PORTALS
    ENVIRONMENT = {"XDG_CURRENT_DESKTOP": "GNOME"}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name in NOT_INSIDE:
            cls.desktop.env.pop(name, None)
        isolate(cls.desktop.env, cls.desktop.directory)
        cls.flatpak("--user", "remote-add", "--no-gpg-verify", "test", REPOSITORY)
        cls.flatpak("--user", "install", "--noninteractive", "test", APP)

    @classmethod
    def flatpak(cls, *arguments):
        """Returns what it printed."""
        result = subprocess.run(["flatpak", *map(str, arguments)], env=cls.desktop.env, check=False,
                                text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if result.returncode != 0:
            raise AssertionError(f"{arguments}\n{result.stdout}")
        return result.stdout

    def setUp(self):
        super().setUp()
        administrator.clear_settings()
        shutil.rmtree(self.own_data, ignore_errors=True)

    def make_app(self, *arguments, language=None):
        return SandboxedApp(self.desktop, *arguments, language=language)

    def end(self, app):
        """The app's first process outlives the one that started it."""
        if app.process.poll() is None:
            self.flatpak("kill", APP)
            app.process.wait()

    def configure(self, **settings):
        """What the administrator sets for everybody."""
        write(administrator.DCONF / "profile" / "user", PROFILE)
        write(SITE / "90-test", end_to_end.format_settings(settings))
        subprocess.run(["dconf", "update"], check=True)

    @property
    def own_data(self):
        """What the app alone can write to."""
        return pathlib.Path(self.desktop.env["HOME"]) / ".var" / "app" / APP
