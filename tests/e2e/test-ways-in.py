#!/usr/bin/env python3
# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The keyboard alone, and the ways to start the app."""

import subprocess

import end_to_end
from app import App
from end_to_end import ALTERNATE, MOBILE, NEW_MOBILE, read_example_policy


class Keyboard(end_to_end.TestCase):
    """No pointer: what is pressed goes to what has the focus."""

    def press_on(self, steps, role, text, *values, key="space"):
        steps.app.tab_to(role, self.words(text, *values))
        steps.app.press(key)

    def add_by_text(self, steps, number, key="Return"):
        steps.app.press("ctrl+n")
        steps.see_window("Add a Method")
        steps.find("row", "Phone", context="method", states=["focused"])
        steps.app.press(key)
        steps.see_phone_page()
        steps.app.type(number)
        self.secrets.add(end_to_end.compact(number))
        steps.app.tab_to("check", self.words("Call me"))
        steps.app.press("Down")
        steps.find("check", "Text me", states=["checked"])
        self.press_on(steps, "button", "Next")
        steps.see_window("Verify")
        steps.find("entry", "Code", states=["focused"])
        steps.app.type(steps.phone.read_code(number))
        steps.see_added(number)
        steps.app.press("Return")
        steps.see_phone(number)

    def test_main_job(self):
        server, steps = self.start()
        self.add_by_text(steps, MOBILE)
        self.add_by_text(steps, ALTERNATE, key="space")
        self.assert_numbers(server, MOBILE, ALTERNATE)

        self.press_on(steps, "button", "Change Default Sign-In Method")
        steps.see_window("Change Default Method")
        steps.app.tab_to("check", self.words("Phone – text (%s)", MOBILE))
        steps.app.press("Up")
        steps.find("check", "Phone – call (%s)", MOBILE, states=["checked"])
        steps.app.press("Return")
        steps.see_default("Phone – call (%s)", MOBILE)

        self.press_on(steps, "button", "Delete Phone %s", ALTERNATE)
        steps.see("Delete Phone %s?", ALTERNATE)
        steps.app.press("Escape")
        steps.app.wait_gone("button", self.words("Delete"))
        self.assert_numbers(server, MOBILE, ALTERNATE)
        self.press_on(steps, "button", "Delete Phone %s", ALTERNATE)
        steps.see("Delete Phone %s?", ALTERNATE)
        self.press_on(steps, "button", "Delete")
        steps.see_no_phone(ALTERNATE)
        self.assert_numbers(server, MOBILE)

        self.press_on(steps, "button", "Change Number of Phone %s", MOBILE)
        steps.see_window("Change Number")
        steps.app.type(NEW_MOBILE)
        steps.app.press("Return")
        steps.see_window("Verify")
        steps.see_ringing(NEW_MOBILE)
        steps.approve_call()
        steps.see_changed(NEW_MOBILE)
        steps.app.press("Return")
        steps.see_phone(NEW_MOBILE)

    def test_way_back(self):
        """Alt+Left goes back, Escape leaves, and what was typed is not lost on the way."""
        _, steps = self.start()
        steps.app.press("ctrl+n")
        steps.see_window("Add a Method")
        steps.app.press("Return")
        steps.see_phone_page()
        steps.app.type(MOBILE)
        steps.see("%s will be called.", MOBILE)
        steps.app.press("alt+Left")
        steps.see_window("Add a Method")
        steps.app.press("Return")
        steps.see_phone_page()
        self.assertEqual(steps.find("entry", "Phone number").text, MOBILE)
        steps.app.press("Escape")
        steps.app.wait_gone("entry", self.words("Phone number"))
        steps.see_list()

    def test_country(self):
        """It is found by a part of its name, in the person's language or in English."""
        _, steps = self.start()
        steps.app.press("ctrl+n")
        steps.see_window("Add a Method")
        steps.app.press("Return")
        steps.see_phone_page()
        self.press_on(steps, "row", "Country or region", key="Return")
        steps.see_window("Country or Region")
        steps.app.type("orw")
        steps.app.wait_text("+47")
        steps.report("countries are found")
        steps.app.press("Return")
        steps.see_phone_page()
        steps.app.wait_text("+47")


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
        self.assertIn("“phone”", app.output().replace("”phone”", "“phone”"))

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

    def test_not_set_up(self):
        app = self.launch("")
        steps = end_to_end.WatchfulSteps(self, app, self.words, None)
        steps.see("Not Set Up")
        steps.find("button", "Try the Demo")
        steps.report("it is said that nothing is set up")

    def test_address_that_is_not_safe(self):
        app = self.launch("http://example.com/")
        steps = end_to_end.WatchfulSteps(self, app, self.words, None)
        steps.see("Not Set Up Correctly")
        steps.report("an address that is not safe is not used")

    def test_version(self):
        for option, word in [("--version", "security-info 0"), ("--help", "--register")]:
            output = subprocess.run([end_to_end.INSTALLED.app, option], env=self.desktop.env,
                                    capture_output=True, text=True, check=True).stdout
            self.assertIn(word, output)


if __name__ == "__main__":
    end_to_end.main()
