#!/usr/bin/env python3
# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The keyboard alone, through every path. Whatever happens, something in sight has the focus."""

import end_to_end
from app import App
from end_to_end import ALTERNATE, MOBILE, NEW_MOBILE, compact
from proxy import Proxy
from sign_in import SignInTestCase
from steps import PhoneOnScreen

AT_ONCE = ["--resend-after", "0"]


class KeyboardCase(end_to_end.TestCase):
    APP = {"pointer": False}

    def check_step(self, app, line):
        """Names are for the other tests to look at."""
        self.assert_focus(app, line)

    def assert_focus(self, app, line):
        """It may take a moment to get there, but it gets there by itself."""

        def in_sight():
            focused = app.focused()
            return focused is not None and focused.visible and (
                not focused.has_true_box or focused.find_clip() is None)

        app.wait_until(in_sight, f"the focus to be in sight: {line}")

    def read_boxes(self, app, elements):
        """Where they are at one time: what gets the focus scrolls into sight."""
        readings = [None]

        def at_rest():
            readings.append([element.read_box() for element in elements])
            return readings[-1] == readings[-2]

        app.wait_until(at_rest, "the page to stop scrolling")
        return readings[-1]

    def read_order(self, app, limit=60):
        """Where Tab comes to in the active window, until it comes round, and from where to
        where each step goes."""
        order = [app.wait_until(app.focused, "the focus")]
        steps = []
        for _ in range(limit):
            focused = app.press_and_follow("Tab")
            self.assert_focus(app, focused)
            steps.append(self.read_boxes(app, [order[-1], focused]))
            if focused.key in {element.key for element in order}:
                return order, steps
            order.append(focused)
        self.fail(f"Tab does not come round: {order}")

    def assert_order(self, app, first=None):
        """From the top to the bottom, and in a row from its beginning to its end; all that can
        be operated is on the way, but for what the arrows reach."""
        order, steps = self.read_order(app)
        if first is not None:
            self.assertEqual(order[0].name, first)
        if not order[0].has_true_box:
            return
        back = [
            f"{above} is before {below}" for above, below in steps
            if below.y < above.y + above.height
            and not (below.y > above.y - 12 and below.x >= above.x)
        ]
        # From the last one it goes to the first.
        self.assertEqual(len(back), 1, back)


class MainJob(KeyboardCase):
    def test_main_job(self):
        server, steps = self.start()
        self.assert_order(steps.app, self.words("Add Method"))
        steps.add_phone(MOBILE, "call")
        steps.add_phone(ALTERNATE, "text")
        self.assert_numbers(server, MOBILE, ALTERNATE)
        self.assert_order(steps.app)
        steps.change_default("Phone – text (%s)", MOBILE)

        steps.ask_to_delete(ALTERNATE)
        steps.report("asked whether to delete")
        steps.app.press("Escape")
        steps.app.wait_gone("button", self.words("Delete"))
        steps.find("button", "Delete Phone %s", ALTERNATE, states=["focused"])
        self.assert_numbers(server, MOBILE, ALTERNATE)
        steps.delete(ALTERNATE)
        steps.find("row", "Default sign-in method", states=["focused"])
        steps.change_number(MOBILE, NEW_MOBILE, "call")
        self.assert_numbers(server, NEW_MOBILE)

    def test_return(self):
        """The way of somebody who knows it takes few keys, and no Tab but to the default."""
        server, steps = self.start()
        steps.app.press("Return")
        steps.see_window("Add a Method")
        steps.find("row", "Phone", context="method", states=["focused"])
        steps.app.press("Return")
        steps.see_phone_page()
        self.assert_order(steps.app, self.words("Phone number"))
        steps.app.type(MOBILE)
        self.secrets.add(compact(MOBILE))
        steps.app.press("Return")
        steps.see_window("Verify")
        steps.see_ringing(MOBILE)
        self.assert_order(steps.app, self.words("Call Again"))
        steps.approve_call()
        steps.see_added(MOBILE)
        steps.app.press("Return")
        steps.see_phone(MOBILE)
        self.assert_numbers(server, MOBILE)

        steps.app.tab_to("button", self.words("Change Default Sign-In Method"))
        steps.app.press("space")
        steps.see_window("Change Default Method")
        steps.app.press("Down")
        steps.find("check", "Phone – text (%s)", MOBILE, states=["checked", "focused"])
        self.assert_order(steps.app, self.words("Phone – text (%s)", MOBILE))
        steps.app.press("Up", "Down", "Return")
        steps.see_default("Phone – text (%s)", MOBILE)
        steps.report("the default is changed")

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
        steps.find("row", "Phone", context="method", states=["focused"])
        steps.app.press("Return")
        steps.see_phone_page()
        self.assertEqual(steps.find("entry", "Phone number").text, MOBILE)

        self.secrets.add(compact(MOBILE))
        steps.app.press("Return")
        steps.see_window("Verify")
        steps.see_ringing(MOBILE)
        steps.app.press("alt+Left")
        steps.see_phone_page()
        steps.app.press("Escape")
        steps.app.wait_gone("entry", self.words("Phone number"))
        steps.see_list()
        steps.report("back on the list")

    def test_country(self):
        """It is found by a part of its name, in the person's language or in English."""
        _, steps = self.start()
        steps.open_wizard()
        steps.app.press("shift+Tab")
        steps.find("row", "Country or region", states=["focused"])
        steps.app.press("Return")
        steps.see_window("Country or Region")
        steps.app.type("orw")
        steps.app.wait_text("+47")
        steps.report("countries are found")
        steps.app.press("Return")
        steps.see_phone_page()
        steps.app.wait_text("+47")

    def test_menu(self):
        """Each entry, and the focus is where it was when that is closed."""
        _, steps = self.start()
        steps.app.press("F10")
        steps.find("menu item", "Refresh", states=["focused"])
        steps.report("the menu is open")
        steps.app.press("Return")
        steps.app.wait_gone("menu item")
        steps.report("the list is refreshed")

        for entry, window in [("Keyboard Shortcuts", "Keyboard Shortcuts"),
                              ("About Security Info", None)]:
            steps.app.press("F10")
            steps.app.click(steps.find("menu item", entry))
            window = self.words(window) if window else "About"
            steps.app.wait_for("window", window, "active")
            steps.report(f"{window} is open")
            steps.app.press("Escape")
            steps.app.wait_gone("window", window)
            steps.report(f"{window} is closed")

        steps.app.press("ctrl+question")
        steps.see_window("Keyboard Shortcuts")
        steps.app.press("Escape")
        steps.choose_from_menu("Copy Diagnostics")
        steps.see("Diagnostics copied")
        steps.app.press("ctrl+q")
        self.assert_ends(steps.app)


class NextSteps(KeyboardCase):
    """Whichever way a call ends, the next step has the focus."""

    def ring(self, *options):
        server, steps = self.start(*options)
        steps.open_wizard()
        steps.start(MOBILE, "call")
        return server, steps

    def test_call_again(self):
        _, steps = self.ring(*AT_ONCE)
        for happen in [steps.phone.ignore, steps.phone.decline, steps.phone.let_go_to_voicemail,
                       lambda: (steps.phone.answer(), steps.phone.press("1"))]:
            happen()
            steps.app.wait_gone("label", self.words("Calling %s…", MOBILE))
            steps.find("button", "Call Again", states=["focused"])
            steps.report("the call is over")
            steps.app.press("space")
            steps.see_ringing(MOBILE)

    def test_text_instead(self):
        _, steps = self.ring()
        steps.phone.ignore()
        steps.see("Nobody Answered")
        steps.report("nobody answered")
        steps.click("button", "Text me instead")
        steps.find("entry", "Code", states=["focused"])
        steps.see_code_asked(MOBILE)
        steps.app.type(steps.phone.read_code(MOBILE))
        steps.see_added(MOBILE)

    def test_change_number(self):
        _, steps = self.ring()
        steps.click("button", "Change Number")
        steps.see_phone_page()
        steps.start(NEW_MOBILE, "call")

    def test_time_is_up(self):
        _, steps = self.start("--ttl", "1")
        steps.open_wizard()
        steps.fill_in(MOBILE, "call")
        steps.click("button", "Next")
        steps.see("Time Is Up")
        steps.find("button", "Start Over", states=["focused"])
        steps.report("time is up")
        steps.app.press("space")
        steps.see_phone_page()

    def test_open_verification(self):
        """It goes on after a crash; where another number is wanted, the person is asked."""
        server, steps = self.ring()
        steps.app.process.kill()
        steps.app.process.wait()
        phone = steps.phone
        steps = self.start_app(server)
        steps.phone = phone
        steps.see_window("Verify")
        steps.report("the call goes on after a crash")
        steps.approve_call()
        steps.see_added(MOBILE)
        steps.app.press("Return")
        steps.see_phone(MOBILE)

        steps.app.press("ctrl+n")
        steps.see_window("Add a Method")
        self.begin_elsewhere(server)
        steps.app.press("Return")
        steps.see_phone_page()
        steps.fill_in(NEW_MOBILE, "call")
        steps.app.move_focus_to(steps.find("button", "Next"))
        steps.app.press("space")
        steps.find("button", "Continue with %s", ALTERNATE, states=["focused"])
        steps.report("another number is being verified")
        steps.app.press("Tab", "space")
        steps.see_window("Verify")
        steps.see_ringing(NEW_MOBILE)

    def begin_elsewhere(self, server):
        body = {"purpose": "add", "type": "phone", "use": "alternate", "channel": "call",
                "number": compact(ALTERNATE)}
        self.secrets.add(compact(ALTERNATE))
        answer = server.request("POST", "/v1/me/verifications", body, Idempotency_Key="elsewhere")
        self.assertEqual(answer.status, 201)

    def test_problem(self):
        server = self.start_server()
        proxy = self.enterContext(Proxy())
        steps = self.start_app(server, url=proxy.url)
        steps.find("button", "Try Again", states=["focused"])
        steps.report("there is no backend")
        proxy.port = server.port
        steps.app.press("space")
        steps.find("button", "Add Method", states=["focused"])
        steps.report("the list is there")


class SignIn(KeyboardCase, SignInTestCase):
    def test_ways(self):
        server, steps = self.start_signed_out("--step-up-max-age", "300")
        self.assert_order(steps.app, self.words("Sign In"))
        steps.app.press("space")
        self.browser.wait_for_address()
        steps.find("button", "Open Again", states=["focused"])
        steps.report("the browser is open")
        self.assert_order(steps.app, self.words("Open Again"))
        steps.app.press("space")
        self.browser.wait_for_address()
        steps.app.press("Tab", "space")
        steps.find("button", "Use the Browser Instead", states=["focused"])
        steps.report("a code is shown")
        steps.app.press("Tab", "space")
        steps.find("button", "Sign In", states=["focused"])
        steps.report("signing in is canceled")
        self.sign_in(steps)
        self.step_up(steps)
        steps.sign_out()
        steps.find("button", "Sign In", states=["focused"])

    def step_up(self, steps):
        self.provider.age_sign_ins(1000)
        steps.open_wizard()
        steps.fill_in(MOBILE, "call")
        steps.app.tab_to("button", self.words("Next"))
        steps.app.press("space")
        steps.see_window("Sign In Again")
        steps.find("button", "Sign In", states=["focused"])
        steps.app.press("Escape")
        steps.see_phone_page()
        steps.report("signing in again is declined")
        steps.app.press("Return")
        steps.see_window("Sign In Again")
        self.finish_in_browser(steps)
        steps.see_window("Verify")
        steps.see_ringing(MOBILE)
        steps.app.press("Escape")
        steps.see_list()


class Demo(KeyboardCase):
    def test_demo(self):
        """The phone, too, which is in a window of its own beside the wizard."""
        app = App(self.desktop, [end_to_end.INSTALLED.app, "--demo"], pointer=False,
                  language=end_to_end.INSTALLED.language)
        self.apps.append(app)
        self.addCleanup(self.end, app)
        steps = end_to_end.WatchfulSteps(self, app, self.words, PhoneOnScreen(app, self.words))
        steps.see_list()
        steps.add_phone(MOBILE, "call")
        steps.open_wizard()
        steps.start(ALTERNATE, "text")
        steps.approve_text(ALTERNATE)
        steps.see_added(ALTERNATE)


if __name__ == "__main__":
    end_to_end.main()
