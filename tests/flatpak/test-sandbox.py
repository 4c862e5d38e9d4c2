#!/usr/bin/env python3
# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Flatpak: what it may do, and the app in its sandbox on a desktop with portals."""

import pathlib
import subprocess

import end_to_end
import sandbox
from administrator import CERTIFICATE, SITE, write
from desktop import wait_until
from end_to_end import MOBILE, WatchfulSteps
from provider import Provider
from sandbox import APP, SandboxTestCase
from sign_in import SignInTestCase
from steps import PhoneOnScreen
from words import Words

PERMISSIONS = """[Context]
shared=network;ipc;
sockets=x11;wayland;fallback-x11;
devices=dri;

[Session Bus Policy]
com.microsoft.identity.broker1=talk
"""
# Of use to who builds something upon it, and to nobody else.
NOT_IN_IT = ["include", "lib/cmake", "lib/pkgconfig", "share/pkgconfig"]
PROGRAMS = ["bin/security-info", "libexec/security-info-server"]

AUTHORITY = """
openssl req -x509 -newkey rsa:2048 -nodes -batch -days 2 -subj "/CN=Contoso Root" \
  -keyout authority.key -out authority.pem
openssl req -newkey rsa:2048 -nodes -batch -subj "/CN=localhost" -keyout server.key -out server.csr
echo "subjectAltName=IP:127.0.0.1" >extensions
openssl x509 -req -days 2 -in server.csr -CA authority.pem -CAkey authority.key -CAcreateserial \
  -extfile extensions -out server.pem
cat server.key >>server.pem
"""
UNKNOWN = "The service’s certificate comes from an authority that this computer"

FAKE_BROKER = pathlib.Path(__file__).parents[1] / "support" / "fake_broker.py"
BROKER_SERVICE = """[D-BUS Service]
Name=com.microsoft.identity.broker1
Exec=/usr/bin/python3 {program} --dialect microsoft --token-file {directory}/token --log {directory}/calls
"""


def say(line):
    print(f"# {line}", flush=True)


class Package(SandboxTestCase):
    def test_permissions(self):
        """These, and no other."""
        self.assertEqual(self.flatpak("info", "--show-permissions", APP).strip(), PERMISSIONS.strip())
        self.assertEqual(self.flatpak("info", "--show-runtime", APP).strip().split("/")[::2],
                         ["org.gnome.Platform", "50"])
        say("it may do what it has to, and nothing else")

    def test_contents(self):
        files = pathlib.Path(self.flatpak("info", "--show-location", APP).strip()) / "files"
        for name in PROGRAMS:
            self.assertTrue((files / name).exists(), name)
        for name in NOT_IN_IT:
            self.assertFalse((files / name).exists(), name)
        self.assertEqual(list(files.rglob("*.a")), [])
        size = sum(path.lstat().st_size for path in files.rglob("*"))
        say(f"it has {size / 1e6:.1f} MB")


class Demo(SandboxTestCase):
    def start_demo(self, language=None):
        app = self.launch_as_it_is("--demo", language=language)
        app.wait_for("window", None, "active")
        words = self.words
        if language is not None:
            words = Words(end_to_end.INSTALLED.prefix / "share" / "locale", language)
        app.move(app.wait_for("window", words("Demo Phone")), 800, 0)
        steps = WatchfulSteps(self, app, words, PhoneOnScreen(app, words))
        steps.see_list()
        steps.see_default_app("Pixel 9")
        return steps

    def list_names(self):
        return self.desktop._call_bus("ListNames")

    def quit(self, steps):
        steps.app.press("ctrl+q")
        self.assert_ends(steps.app, timeout=10)

    def test_main_job(self):
        steps = self.start_demo()
        self.assertIn(f"'{APP}.Demo'", self.list_names())
        self.assertNotIn(f"'{APP}'", self.list_names())
        steps.add_phone(MOBILE, "call")
        steps.delete(MOBILE)
        self.quit(steps)
        self.assertEqual(self.flatpak("ps", "--columns=application"), "")
        for folder in ["data", "config"]:
            left = [path for path in (self.own_data / folder).rglob("*") if path.is_file()]
            self.assertEqual(left, [])

    def test_swedish(self):
        """The translations are in the package, not in a part of it that may be missing."""
        steps = self.start_demo("sv")
        steps.open_wizard()
        self.quit(steps)

    def test_not_set_up(self):
        """The guide is named as it is outside of the sandbox."""
        app = self.launch_as_it_is()
        steps = WatchfulSteps(self, app, self.words, None)
        steps.see("Not Set Up")
        path = pathlib.Path(self.flatpak("info", "--show-location", APP).strip()).parent
        guide = path / "active/files/share/doc/security-info/administrators.md"
        self.assertTrue(guide.exists())
        app.wait_text(str(guide))
        self.quit(steps)

    def test_from_the_app(self):
        """It goes on when the app that it was started from ends."""
        app = self.launch_as_it_is()
        steps = WatchfulSteps(self, app, self.words, None)
        steps.see("Not Set Up")
        # The demo's window has the same name: by its size one can tell it from that.
        app.resize(760, 760)
        window = app.windows()[0]
        steps.click("button", "Try the Demo")
        steps.find("window", "Demo Phone")
        steps.report("the demo is there")
        app.activate(window)
        self.quit(steps)
        wait_until(lambda: len(app.windows()) == 2, "the windows of the demo alone")
        self.assertIsNotNone(app.find("window", "Demo Phone"))
        say("the demo is still there")
        self.flatpak("kill", APP)


class Settings(SandboxTestCase):
    """The guide for administrators says how; what it says of Flatpaks is tried here."""

    def lock(self, key):
        write(SITE / "locks" / "90-test", f"/{APP.replace('.', '/')}/{key}\n")
        subprocess.run(["dconf", "update"], check=True)

    def gsettings(self, command, *arguments):
        return self.flatpak("run", "--command=gsettings", APP, command, APP, *arguments).strip()

    def test_locked(self):
        """What the person had set before does not count."""
        self.gsettings("set", "backend-url", "http://127.0.0.1:9/")
        server = self.start_server()
        self.configure(backend_url=server.url, organization_name="Contoso AB")
        self.lock("backend-url")
        self.assertEqual(self.gsettings("get", "backend-url"), f"'{server.url}'")
        self.assertEqual(self.gsettings("writable", "backend-url"), "false")
        self.assertEqual(self.gsettings("writable", "organization-name"), "true")

        app = self.launch_as_it_is()
        steps = WatchfulSteps(self, app, self.words, None)
        steps.see_list()
        steps.see_service("127.0.0.1")
        steps.see("Managed by your organization")
        steps.report("the locked service is used, and said to be managed")

    def test_other_id(self):
        """A build with another id has settings of its own."""
        self.configure()
        write(SITE / "90-test", "[io/github/security_info/SecurityInfo/Devel]\nbackend-url='x'\n")
        subprocess.run(["dconf", "update"], check=True)
        self.assertEqual(self.gsettings("get", "backend-url"), "''")


class SandboxedSignInTestCase(SignInTestCase, SandboxTestCase):
    """By the portals the browser is opened, and the app has a keyring of its own."""

    @property
    def own_keyring(self):
        return self.own_data / "data" / "keyrings" / "default.keyring"


class SignIn(SandboxedSignInTestCase):
    def make_provider(self):
        """One whose certificate nobody knows yet."""
        subprocess.run(["sh", "-euc", AUTHORITY], cwd=self.desktop.directory, check=True,
                       capture_output=True)
        return Provider(self.desktop.directory / "server.pem")

    def trust(self):
        """What an administrator does, as the guide says it."""
        write(CERTIFICATE, (self.desktop.directory / "authority.pem").read_text(encoding="utf-8"))
        subprocess.run(["update-ca-certificates"], check=True, capture_output=True)

    def test_sign_in(self):
        """A computer that trusts the authority, from one start to the next."""
        app = self.launch("https://127.0.0.1:9/")
        steps = WatchfulSteps(self, app, self.words, None)
        steps.see_sign_in_page()
        steps.click("button", "Sign In")
        steps.app.wait_text(UNKNOWN)
        steps.report("an authority that the computer does not trust is not trusted")
        self.quit(steps)

        self.trust()
        server, steps = self.start_signed_in()
        steps.add_phone(MOBILE, "call")
        self.quit(steps)

        self.assertEqual(self.list_keyring(), [])
        kept = self.own_keyring.read_bytes()
        for secret in self.provider.secrets:
            self.assertNotIn(secret.encode(), kept)
        say("the sign-in is in the app's own keyring, and encrypted")

        steps = self.start_app(server)
        steps.see_phone(MOBILE)
        steps.report("nobody was asked again")
        steps.sign_out()


class NoKeyring(SandboxedSignInTestCase):
    """There are desktops without one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keyring.stop()

    def test_no_keyring(self):
        server, steps = self.start_signed_in()
        steps.see("The keyring can’t be used. You will have to sign in again next time.")
        steps.report("it is said that the app will ask again")
        self.quit(steps)
        steps = self.start_app(server)
        steps.see_sign_in_page()
        self.assertFalse(self.own_keyring.exists())


class Broker(SandboxedSignInTestCase):
    def test_broker(self):
        """The one service of the session that the app may talk to."""
        directory = self.desktop.directory
        (directory / "token").write_text(self.provider.give_token(), encoding="utf-8")
        write(directory / "services" / "com.microsoft.identity.broker1.service",
              BROKER_SERVICE.format(program=FAKE_BROKER, directory=directory))
        self.desktop.reload_bus()
        steps = self.start_app(self.start_backend(), use_broker=True)
        steps.see_list()
        self.assertIn("acquireTokenSilently", (directory / "calls").read_text(encoding="utf-8"))
        steps.report("the broker has signed the person in")


if __name__ == "__main__":
    problem = sandbox.find_problem()
    if problem is not None:
        print(f"1..0 # SKIP {problem}")
    else:
        end_to_end.main()
