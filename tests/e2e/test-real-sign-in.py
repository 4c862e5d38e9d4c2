#!/usr/bin/env python3
# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Signing in with what this project did not write: Debian's Glewlwyd, and a broker."""

import pathlib

import end_to_end
import glewlwyd
from end_to_end import MOBILE
from sign_in import SignInTestCase

SERVICE = """[D-BUS Service]
Name=com.microsoft.identity.broker1
Exec={python} {program} --dialect {dialect} --token-file {directory}/token --log {directory}/calls
"""
FAKE_BROKER = pathlib.Path(__file__).parents[1] / "support" / "fake_broker.py"
DIALECTS = ["microsoft", "himmelblau"]


class Glewlwyd(SignInTestCase):
    """Glewlwyd compares redirect URIs to the letter, so it has to know the port."""

    def make_provider(self):
        self.port = glewlwyd.find_free_port()
        return glewlwyd.Glewlwyd(redirects=[f"http://127.0.0.1:{self.port}/"])

    def setUp(self):
        super().setUp()
        self.person = glewlwyd.Browser(self.provider)
        self.provider.secrets = {glewlwyd.PASSWORD, glewlwyd.BACKEND_SECRET}

    def configure(self, **settings):
        super().configure(redirect_ports=[self.port], **settings)

    def finish_in_browser(self, steps):
        steps.click("button", "Sign In")
        location = self.person.sign_in(self.browser.wait_for_address())
        status, page = self.person.visit(location)
        self.assertEqual(status, 200)
        self.assertIn(self.words("You Can Close This Window"), page)

    def test_main_job(self):
        """In the browser; renewed at the next start; signed out of."""
        server, steps = self.start_signed_in()
        steps.app.wait_text(glewlwyd.USERNAME)
        steps.add_phone(MOBILE, "call")
        self.assertEqual(len(self.list_keyring()), 1)

        self.quit(steps)
        steps = self.start_app(server)
        steps.see_phone(MOBILE)
        self.assertEqual(self.person.passwords_typed, 1)

        steps.sign_out()
        self.assertEqual(self.list_keyring(), [])
        self.finish_in_browser(steps)
        steps.see_phone(MOBILE)
        steps.sign_out()

    def test_code(self):
        _, steps = self.start_signed_out()
        steps.click("button", "Sign In")
        self.browser.wait_for_address()
        steps.click("button", "Use a Code Instead")
        steps.see("Sign In With a Code")
        code = steps.app.wait_until(lambda: self.find_code(steps), "a code")
        self.person.approve_device(code)
        steps.see_list()
        steps.sign_out()

    @staticmethod
    def find_code(steps):
        """Such as 6YSG-MUOX."""
        texts = [element.text for element in steps.app.elements() if element.role == "label"]
        return next((t for t in texts if len(t) == 9 and t[4] == "-" and t.isupper()), None)

    def test_sign_in_ended_elsewhere(self):
        server, steps = self.start_signed_in()
        self.quit(steps)
        self.provider.end_refresh_tokens()
        steps = self.start_app(server)
        steps.see_sign_in_page()
        steps.see("You are no longer signed in. Sign in again to continue.")
        self.assertEqual(self.list_keyring(), [])

    def test_step_up(self):
        _, steps = self.start_signed_in("--step-up-max-age", "300", "--introspect-cache", "0")
        self.provider.let_time_pass(1000)
        steps.open_wizard()
        steps.fill_in(MOBILE, "text")
        steps.click("button", "Next")
        steps.see_window("Sign In Again")
        self.finish_in_browser(steps)
        self.assertEqual(self.person.passwords_typed, 2)
        steps.see_window("Verify")
        steps.give_code(steps.phone.read_code(MOBILE))
        steps.see_added(MOBILE)


class Broker(SignInTestCase):
    """A computer that is managed: its broker has signed the person in already."""

    def start_broker(self, dialect):
        directory = self.desktop.directory
        (directory / "token").write_text(self.provider.give_token(), encoding="utf-8")
        service = directory / "services" / "com.microsoft.identity.broker1.service"
        service.write_text(SERVICE.format(python="/usr/bin/python3", program=FAKE_BROKER,
                                          dialect=dialect, directory=directory), encoding="utf-8")
        self.desktop.reload_bus()

    def read_calls(self):
        return (self.desktop.directory / "calls").read_text(encoding="utf-8").split()

    def test_no_browser(self):
        for dialect in DIALECTS:
            with self.subTest(dialect):
                self.start_broker(dialect)
                server = self.start_backend()
                steps = self.start_app(server, use_broker=True)
                steps.see_list()
                self.assertIn("acquireTokenSilently", self.read_calls())
                self.assertEqual(self.list_keyring(), [])
                self.quit(steps)
                self.desktop.stop_service("com.microsoft.identity.broker1")

    def test_other_account(self):
        """Who signs out can sign in as somebody else, in the browser."""
        self.start_broker("microsoft")
        server = self.start_backend()
        steps = self.start_app(server, use_broker=True)
        steps.see_list()
        steps.sign_out()
        self.sign_in(steps)
        steps.sign_out()

    def test_not_allowed(self):
        """Where it isn't configured, no broker is asked."""
        self.start_broker("microsoft")
        log = self.desktop.directory / "calls"
        log.write_text("", encoding="utf-8")
        self.start_app(self.start_backend()).see_sign_in_page()
        self.assertEqual(self.read_calls(), [])


if __name__ == "__main__":
    end_to_end.main()
