#!/usr/bin/env python3
# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What somebody hears who can't see the screen: each page, error, state of a call and result."""

import end_to_end
from end_to_end import ALTERNATE, MOBILE
from proxy import Proxy
from screen_reader import ScreenReader
from sign_in import SignInTestCase

AT_ONCE = ["--resend-after", "0"]
SLOW = ["--dial-time", "0.5"]
WAIT = 5
NO_ANSWER = "The service did not answer. Check your internet connection and try again."


class Listener(end_to_end.TestCase):
    """Everything is done by keys, and known by what is said alone."""

    def launch(self, *arguments, **settings):
        app = super().launch(*arguments, **settings)
        self.reader = self.enterContext(ScreenReader(app))
        self.press, self.type = app.press, app.type
        return app

    def hear(self, text, *values, context=None):
        self.reader.hear(self.words(text, *values, context=context))

    def hear_state(self, heading, body, *values):
        """What is said where the words on the screen are a heading and a sentence."""
        self.reader.hear(self.words("%1$s. %2$s", self.words(heading, *values), self.words(body),
                                    context="heading and sentence"))

    def go_to(self, role, text, *values):
        self.app.tab_to(role, self.words(text, *values))
        self.hear(text, *values)

    def start(self, *options, **more):
        server, steps = super().start(*options, **more)
        self.app = steps.app
        self.secrets |= {"+46701740605", "+46701740606"}
        return server, steps

    def open_phone_page(self):
        self.press("ctrl+n")
        self.hear("Add a Method")
        self.hear("Phone", context="method")
        self.hear("Sign-in and password reset")
        self.press("Return")
        self.hear("Phone", context="method")
        self.hear("Phone number")

    def call(self, number):
        self.open_phone_page()
        self.type(number)
        self.hear("%s will be called.", number)
        self.press("Return")
        self.hear("Verify")
        self.hear("Call Again")
        self.hear("Calling %s…", number)
        self.hear("Ringing", context="state of a call")

    def add_by_call(self, steps, number):
        self.call(number)
        steps.phone.wait_for_call(number)
        steps.phone.answer()
        self.hear("Answered", context="state of a call")
        steps.phone.press()
        self.hear("Done")
        self.hear("%s was added", number)
        self.press("Return")
        self.hear("Security Info")

    def text(self, steps, number):
        self.open_phone_page()
        self.type(number)
        self.go_to("check", "Call me")
        self.press("Down")
        self.hear("Text me")
        self.press("Return")
        self.hear("Verify")
        self.hear("Code")
        self.hear_state("A Code Was Sent to %s", "Type the code from the text message. It is "
                        "submitted automatically when it is complete.", number)
        code = steps.phone.read_code(number)
        self.secrets.add(code)
        return code


class MainJob(Listener):
    def test_first_phone_by_call(self):
        _, steps = self.start(*SLOW)
        self.hear("Add Method")
        self.open_phone_page()
        self.type("070")
        self.press("Return")
        self.hear("The number is too short.")
        self.press("Return")
        self.hear("The number is too short.")
        self.press("Escape")

        self.add_by_call(steps, MOBILE)
        self.hear("Default sign-in method")
        self.hear("Phone – call (%s)", MOBILE)
        self.assertEqual(self.reader.count("Gtk"), 0, self.reader.said)
        self.assertEqual(self.reader.count("Adw"), 0, self.reader.said)

        # Its row says it all.
        self.app.tab_to("row", self.words("Phone", context="method"))
        self.hear("Sign-in and password reset")
        self.assertIn("\n".join([self.words("Default"), MOBILE]), self.reader.said[-1])
        self.go_to("button", "Delete Phone %s", MOBILE)
        self.hear("Your last method can’t be deleted. Add another one first.")
        self.press("space")
        self.hear("Your last method can’t be deleted. Add another one first.")

    def test_waiting(self):
        """While a phone rings nobody is told of each second."""
        _, steps = self.start()
        self.call(MOBILE)
        steps.phone.wait_for_call(MOBILE)
        said, n_events = self.reader.listen_for(WAIT)
        self.assertEqual(said, [])
        # The countdown's labels have new names, which nobody says.
        self.assertLessEqual(n_events, 4 * WAIT)

    def test_default_and_delete(self):
        _, steps = self.start()
        self.add_by_call(steps, MOBILE)
        code = self.text(steps, ALTERNATE)
        self.type(f"{(int(code) + 1) % 1000000:06}")
        self.reader.hear(self.words.count("That code is not right. You have %d attempt left.",
                                          "That code is not right. You have %d attempts left.", 4))
        self.type(code)
        self.hear("%s was added", ALTERNATE)
        self.press("Return")
        self.hear("Security Info")

        self.go_to("button", "Change Default Sign-In Method")
        self.hear("Phone – call (%s)", MOBILE)
        self.press("space")
        self.hear("Change Default Method")
        self.hear("Phone – call (%s)", MOBILE)
        self.press("Down")
        self.hear("Phone – text (%s)", MOBILE)
        self.press("Return")
        self.hear("Change Default Sign-In Method")
        self.hear("Phone – text (%s)", MOBILE)

        self.go_to("button", "Change Number of Phone %s", MOBILE)
        self.press("space")
        self.hear("Change Number")
        self.hear("The current number is %s. It stays until the new one is verified.", MOBILE)
        self.press("Escape")
        self.hear("Change Number of Phone %s", MOBILE)

        self.go_to("button", "Delete Phone %s", ALTERNATE)
        self.press("space")
        self.hear("Delete Phone %s?", ALTERNATE)
        self.hear("This can’t be undone. To use this phone again, you must add it again.")
        self.hear("Cancel")
        self.press("Escape")
        self.hear("Delete Phone %s", ALTERNATE)
        self.press("space")
        self.hear("Cancel")
        self.press("Tab")
        self.hear("Delete")
        self.press("space")
        self.hear("Default sign-in method")
        self.hear("Phone %s was deleted", ALTERNATE)

        # What was said is not what the row is.
        self.press("Tab")
        self.hear("Change Default Sign-In Method")
        self.press("shift+Tab")
        self.hear("Default sign-in method")
        self.hear("Phone – text (%s)", MOBILE)

    def test_menu(self):
        self.start()
        self.press("F10")
        self.hear("Main Menu")
        self.hear("Refresh")
        self.press("Down")
        self.hear("Keyboard Shortcuts")
        self.press("Return")
        self.hear("Keyboard Shortcuts")
        self.hear("Add a method")
        self.press("Escape")
        self.hear("Main Menu")
        self.press("F10", "Down", "Down")
        self.hear("Copy Diagnostics")
        self.press("Return")
        self.hear("Diagnostics copied")


class Trouble(Listener):
    def test_nobody_answers(self):
        _, steps = self.start(*AT_ONCE)
        self.call(MOBILE)
        steps.phone.wait_for_call(MOBILE)
        steps.phone.ignore()
        self.hear_state("Nobody Answered", "The phone rang, but nobody answered. Have it at hand, "
                        "then call again.")
        self.press("space")
        self.hear("Calling %s…", MOBILE)
        steps.phone.wait_for_call(MOBILE)
        steps.phone.decline()
        self.hear_state("The Call Was Declined", "The call was declined, or ended before # was "
                        "pressed. Call again, answer, and press #.")

    def test_network_is_away(self):
        """In the middle of a call, on the list, and at the start."""
        server = self.start_server()
        proxy = self.enterContext(Proxy())
        steps = self.start_app(server, url=proxy.url)
        self.app = steps.app
        self.secrets.add("+46701740605")
        self.hear("Can’t Reach the Service")
        self.hear("Try Again")
        self.hear(NO_ANSWER)
        proxy.port = server.port
        self.press("space")
        self.hear("Add Method")

        self.call(MOBILE)
        proxy.port = None
        server.kill()
        self.hear("The connection was lost. The app keeps trying to reconnect. This does not "
                  "interrupt the call or text message.")
        self.press("Escape")
        self.hear("Security Info")
        self.press("ctrl+r")
        self.hear(NO_ANSWER)


class SignIn(Listener, SignInTestCase):
    def test_sign_in(self):
        server = self.start_backend("--step-up-max-age", "300")
        self.app = self.launch(server.url)
        self.hear("Security Info")
        self.hear("Sign In")
        self.hear("Manage how you prove who you are when you sign in to your account at %s.",
                  "Contoso AB")
        self.press("space")
        self.browser.wait_for_address()
        self.hear("Open Again")
        self.hear_state("Continue in Your Browser",
                        "A page has opened in your browser. When you have signed in there, this "
                        "window continues automatically.")
        self.press("Tab")
        self.hear("Use a Code Instead")
        self.press("space")
        self.hear("Use the Browser Instead")
        self.hear("Sign In With a Code")
        self.assertIn("WDJB-MJHT", self.reader.said[-1])
        self.press("Tab")
        self.hear("Cancel")
        self.press("space")
        self.hear("Sign In")

        self.provider.faults["redirect"] = {"code": None, "error": "access_denied"}
        self.press("space")
        self.browser.visit(self.browser.wait_for_address())
        self.hear("You were not allowed to sign in. Try again, or ask your organization for "
                  "access.")
        self.provider.faults.clear()
        self.press("space")
        self.browser.visit(self.browser.wait_for_address())
        self.hear("Add Method")
        self.step_up()

    def step_up(self):
        self.provider.age_sign_ins(1000)
        self.secrets.add("+46701740605")
        self.open_phone_page()
        self.type(MOBILE)
        self.press("Return")
        self.hear("Sign In Again")
        self.hear("To protect your account, sign in again before you make this change.")
        self.press("Escape")
        self.hear("Phone number")
        self.hear("To protect your account, sign in again before you make this change.")
        self.press("Return")
        self.hear("Sign In Again")
        self.press("space")
        self.browser.visit(self.browser.wait_for_address())
        self.hear("Calling %s…", MOBILE)
        self.press("Escape")
        self.hear("Security Info")
        self.press("F10", "Down")
        self.hear("Sign Out")
        self.press("Return")
        self.hear("Sign In")


if __name__ == "__main__":
    end_to_end.main()
