#!/usr/bin/env python3
# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The ways to start the app."""

import subprocess

import end_to_end
from app import App
from end_to_end import MOBILE, read_example_policy


class WaysIn(end_to_end.TestCase):
    def test_add_phone(self):
        server = self.start_server()
        steps = self.start_app(server, "--add", "phone")
        steps.see_phone_page()
        steps.start(MOBILE, "call")
        steps.approve_call()
        steps.see_added(MOBILE)

    def test_add_what_can_not_be_added(self):
        server = self.start_server()
        app = self.launch(server.url, "--add", "pigeon")
        self.assert_ends(app, status=1)
        self.assertIn(self.words("The only type that can be added is “phone”."), app.output())

    def test_register_where_it_is_not_asked(self):
        """No window, not even for a moment."""
        server = self.start_server()
        app = self.launch(server.url, "--register")
        self.assert_ends(app, timeout=10)

    def test_register(self):
        policy = read_example_policy()
        policy["registration"]["required"] = True
        server = self.start_server(policy=policy)
        steps = self.start_app(server, "--register")
        steps.see_list()

    def test_second_start(self):
        """It raises the one that runs, and hands over what it was told."""
        server, steps = self.start()
        self.assert_ends(self.start_second(steps.app))
        steps.see_list()
        self.assert_ends(self.start_second(steps.app, "--add", "phone"))
        steps.see_phone_page()
        self.assertEqual(len(steps.app.windows()), 2)

    def start_second(self, app, *arguments):
        second = App(self.desktop, [app.process.args[0], *arguments],
                     language=end_to_end.INSTALLED.language)
        self.apps.append(second)
        return second

    def launch_alone(self, url, **settings):
        """The app where it will ask no backend."""
        app = self.launch(url, **settings)
        return end_to_end.WatchfulSteps(self, app, self.words, None)

    def test_not_set_up(self):
        steps = self.launch_alone("")
        steps.see("Not Set Up")
        steps.find("button", "Try the Demo")
        guide = end_to_end.INSTALLED.prefix / "share/doc/security-info/administrators.md"
        steps.see("Administrators set these keys of %1$s in dconf:\n"
                  "backend-url, issuer, client-id\nThey are described in %2$s.",
                  "io.github.security_info.SecurityInfo", guide)
        self.assertTrue(guide.exists())
        steps.report("it is said that nothing is set up, and where to read how to")

    def test_address_that_is_not_safe(self):
        self.assert_unusable("backend-url", "http://example.com/")

    def test_no_way_to_sign_in(self):
        self.assert_unusable("issuer", "https://id.contoso.example/")

    def test_no_client_id(self):
        self.assert_unusable("client-id", "https://id.contoso.example/",
                             issuer="https://login.contoso.example")

    def assert_unusable(self, key, url, **settings):
        """It is said which key is wrong, and whom to ask; nothing else is used instead."""
        steps = self.launch_alone(url, organization_name="Contoso AB", support_phone="+4684400000",
                                  support_email="<b>nobody</b>", **settings)
        steps.see("Not Set Up Correctly")
        steps.see("The setting “%s” is missing, or its value can’t be used. "
                  "Tell your administrator.", key)
        steps.see_organization("Contoso AB")
        steps.find("row", "Call the Help Desk")
        self.assertFalse(steps.sees("Email the Help Desk"))
        steps.report(f"{key} can’t be used")

    def test_configured(self):
        """What the service does not say itself, the administrator has."""
        policy = read_example_policy()
        del policy["support"]
        server = self.start_server(policy=policy)
        steps = self.start_app(server, organization_name="Fabrikam",
                               support_email="desk@fabrikam.example",
                               privacy_url="https://fabrikam.example/privacy")
        steps.see_list()
        steps.see_organization(policy["organization"]["displayName"])
        steps.see_service("127.0.0.1")
        self.assertFalse(steps.sees("Managed by your organization"))
        steps.find("row", "Email the Help Desk")
        steps.app.wait_text("desk@fabrikam.example")
        steps.find("row", "Privacy")
        steps.report("the service and the organization’s help are there")

    def test_version(self):
        for option, word in [("--version", "security-info 0"), ("--help", "--register")]:
            output = subprocess.run([end_to_end.INSTALLED.app, option], env=self.desktop.env,
                                    capture_output=True, text=True, check=True).stdout
            self.assertIn(word, output)


if __name__ == "__main__":
    end_to_end.main()
