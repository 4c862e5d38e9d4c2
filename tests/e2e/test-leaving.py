#!/usr/bin/env python3
# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""In the middle of a verification a person leaves, or the app is killed."""

import pathlib
import signal

import end_to_end
from desktop import wait_until
from end_to_end import ALTERNATE, MOBILE, NEW_MOBILE, compact


class Leaving(end_to_end.TestCase):
    def ring(self, *options):
        """A phone that rings, and where its verification is."""
        server, steps = self.start(*options)
        steps.open_wizard()
        steps.start(MOBILE, "call")
        return server, steps, self.get_open(server)

    def assert_canceled(self, server, steps, location):
        self.wait_for_state(server, location, "canceled")
        self.assertFalse(steps.phone.is_ringing())
        self.assert_numbers(server)

    def test_cancel(self):
        server, steps, location = self.ring()
        steps.click("button", "Cancel")
        steps.app.wait_gone("window", self.words("Verify"))
        self.assert_canceled(server, steps, location)

    def test_escape(self):
        server, steps, location = self.ring()
        steps.app.press("Escape")
        steps.app.wait_gone("window", self.words("Verify"))
        self.assert_canceled(server, steps, location)

    def test_back(self):
        """To the number, which is as it was, and can be called again."""
        server, steps, location = self.ring()
        steps.click("button", "Back")
        steps.see_window("Phone", context="method")
        self.assert_canceled(server, steps, location)
        self.assertEqual(steps.find("entry", "Phone number").text, MOBILE)
        steps.click("button", "Next")
        steps.see_ringing(MOBILE)

    def test_change_number(self):
        server, steps, location = self.ring()
        steps.click("button", "Change Number")
        steps.see_window("Phone", context="method")
        self.assert_canceled(server, steps, location)
        steps.start(NEW_MOBILE, "call")
        steps.approve_call()
        steps.see_added(NEW_MOBILE)

    def test_close(self):
        """The window manager closes the windows, one after the other."""
        server, steps, location = self.ring()
        steps.app.press("alt+F4")
        steps.app.wait_gone("window", self.words("Verify"))
        steps.see_list()
        steps.app.press("alt+F4")
        self.assert_ends(steps.app)
        self.assert_canceled(server, steps, location)

    def test_quit(self):
        server, steps, location = self.ring()
        steps.app.press("ctrl+q")
        self.assert_ends(steps.app)
        self.assert_canceled(server, steps, location)

    def test_terminated(self):
        server, steps, location = self.ring()
        steps.app.process.terminate()
        self.assert_ends(steps.app)
        self.assert_canceled(server, steps, location)

    def test_backend_that_does_not_answer(self):
        """It is not waited for longer than a person would."""
        server, steps, _ = self.ring()
        server.process.send_signal(signal.SIGSTOP)
        self.addCleanup(server.process.send_signal, signal.SIGCONT)
        steps.app.press("ctrl+q")
        self.assert_ends(steps.app, timeout=4)

    def test_killed_during_call(self):
        """What was open goes on at the next start, with the call that rings."""
        server, steps, location = self.ring()
        steps.app.process.kill()
        steps.app.process.wait()
        self.assertEqual(self.get_open(server), location)
        phone = steps.phone

        steps = self.start_app(server)
        steps.phone = phone
        steps.see_window("Verify")
        steps.see("Calling %s…", MOBILE)
        steps.report("the call goes on after a crash")
        steps.approve_call()
        steps.see_added(MOBILE)
        steps.finish(MOBILE)
        self.assert_numbers(server, MOBILE)
        self.assertEqual(server.phone.count_calls(), 1)

    def test_killed_during_text(self):
        server, steps = self.start()
        steps.open_wizard()
        steps.start(MOBILE, "text")
        code = steps.phone.read_code(MOBILE)
        steps.app.process.kill()
        steps.app.process.wait()

        steps = self.start_app(server)
        steps.see_window("Verify")
        steps.see_code_asked(MOBILE)
        steps.give_code(code)
        steps.see_added(MOBILE)
        steps.finish(MOBILE)
        self.assert_numbers(server, MOBILE)

    def test_open_elsewhere(self):
        """Another number is being verified: the person is asked which one it shall be."""
        server, steps = self.start()
        body = {"purpose": "add", "type": "phone", "use": "mobile", "channel": "call",
                "number": compact(ALTERNATE)}
        steps.open_wizard()
        self.secrets.add(compact(ALTERNATE))
        answer = server.request("POST", "/v1/me/verifications", body, Idempotency_Key="elsewhere")
        self.assertEqual(answer.status, 201)
        steps.fill_in(MOBILE, "call")
        steps.click("button", "Next")
        steps.see("%s is already being verified", ALTERNATE)
        steps.report("another number is being verified")
        steps.find("button", "Continue with %s", ALTERNATE)
        steps.click("button", "Cancel It and Call %s", MOBILE)
        steps.see_window("Verify")
        steps.see_ringing(MOBILE)
        self.wait_for_state(server, answer.headers["Location"], "canceled")
        steps.approve_call()
        steps.see_added(MOBILE)
        self.assert_numbers(server, MOBILE)

    def test_demo_is_killed(self):
        """Its backend does not stay behind."""
        app = self.launch_as_it_is("--demo")
        app.wait_for("button", self.words("Add Method"))
        children = pathlib.Path(f"/proc/{app.process.pid}/task/{app.process.pid}/children")
        backend = pathlib.Path("/proc") / children.read_text(encoding="ascii").strip()
        self.assertTrue(backend.exists())
        self.end(app)
        wait_until(lambda: not backend.exists(), "the backend to end")


if __name__ == "__main__":
    end_to_end.main()
