# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the end-to-end tests of signing in begin with."""

import urllib.error

import end_to_end
from browser import DefaultBrowser
from keyring import Keyring
from provider import CLIENT, Provider


class SignInTestCase(end_to_end.TestCase):
    """A backend that asks the provider about tokens, and an app that nobody gave one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        del cls.desktop.env["SECURITY_INFO_TOKEN"]
        cls.desktop.env["G_MESSAGES_DEBUG"] = "all"
        cls.browser = DefaultBrowser(cls.desktop)
        cls.keyring = Keyring(cls.desktop)

    def setUp(self):
        super().setUp()
        self.provider = self.enterContext(self.make_provider())

    def make_provider(self):
        return Provider()

    def configure(self, **settings):
        super().configure(issuer=self.provider.issuer, client_id=CLIENT,
                          organization_name="Contoso AB", **settings)

    def tearDown(self):
        self.secrets |= self.provider.secrets
        super().tearDown()

    def start_backend(self, *options):
        return self.start_server(*self.provider.server_options, *options,
                                 environment=self.provider.server_environment)

    def start_signed_out(self, *options, **settings):
        server = self.start_backend(*options)
        steps = self.start_app(server, **settings)
        steps.see_sign_in_page()
        return server, steps

    def finish_in_browser(self, steps):
        """Presses the button, and does in the browser what there is to do."""
        steps.click("button", "Sign In")
        status, page = self.browser.visit(self.browser.wait_for_address())
        self.assertEqual(status, 200)
        self.assertIn(self.words("You Can Close This Window"), page)

    def sign_in(self, steps):
        self.finish_in_browser(steps)
        steps.see_list()
        steps.report("the person is signed in")

    def list_keyring(self):
        return self.keyring.list(self.provider.issuer)

    def quit(self, steps):
        steps.app.press("ctrl+q")
        self.assert_ends(steps.app)

    def assert_nobody_listens(self, address):
        """At the redirect URI that an authorization request names."""
        with self.assertRaises(urllib.error.URLError) as refused:
            self.browser.visit(address)
        self.assertIsInstance(refused.exception.reason, ConnectionRefusedError)

    def start_signed_in(self, *options):
        server, steps = self.start_signed_out(*options)
        self.sign_in(steps)
        return server, steps
