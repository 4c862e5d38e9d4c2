#!/usr/bin/env python3
# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The backend goes away and comes back, and answers get lost on the way."""

import end_to_end
from end_to_end import ALTERNATE, MOBILE, NEW_MOBILE
from proxy import Proxy

LOST = ("The connection was lost. The app keeps trying to reconnect. This does "
        "not interrupt the call or text message.")
NO_ANSWER = "The service did not answer. Check your internet connection and try again."


class Trouble(end_to_end.TestCase):
    def start_behind_proxy(self, *options):
        server = self.start_server(*options)
        proxy = self.enterContext(Proxy(server.port))
        steps = self.start_app(server, url=proxy.url)
        steps.see_list()
        return server, proxy, steps

    def test_backend_goes_away(self):
        """What is on screen stays there, with a banner, until the backend is back."""
        server, proxy, steps = self.start_behind_proxy()
        steps.add_phone(MOBILE, "text")
        server.kill()
        steps.app.press("ctrl+r")
        steps.see(NO_ANSWER)
        steps.see_phone(MOBILE)
        steps.report("the list stays while the backend is away")

        server.start()
        proxy.port = server.port
        steps.click("button", "Try Again")
        steps.app.wait_until(lambda: not steps.sees(NO_ANSWER), "the banner to go")
        steps.see_phone(MOBILE)

    def test_backend_is_not_there(self):
        server = self.start_server()
        proxy = self.enterContext(Proxy())
        steps = self.start_app(server, url=proxy.url)
        steps.see("Can’t Reach the Service")
        steps.see(NO_ANSWER)
        steps.report("it is said that the backend is not there")

        steps.click("button", "Try Again")
        steps.see(NO_ANSWER)
        proxy.port = server.port
        steps.click("button", "Try Again")
        steps.see_list()
        steps.see("No Sign-In Methods")

    def test_backend_restarts_during_text(self):
        """The verification goes on where it was."""
        server, proxy, steps = self.start_behind_proxy()
        steps.open_wizard()
        steps.start(MOBILE, "text")
        code = steps.phone.read_code(MOBILE)
        server.kill()
        steps.see(LOST)
        steps.report("the connection is lost")
        server.start()
        proxy.port = server.port
        # It is tried again after ever longer pauses.
        steps.app.wait_until(lambda: not steps.sees(LOST), "the connection", 40)
        steps.give_code(code)
        steps.see_added(MOBILE)
        steps.finish(MOBILE)

    def test_answer_to_start_is_lost(self):
        """The phone rings once, not twice."""
        server, proxy, steps = self.start_behind_proxy()
        steps.open_wizard()
        proxy.lose_answer(b"POST /v1/me/verifications")
        steps.start(MOBILE, "call")
        steps.approve_call()
        steps.see_added(MOBILE)
        self.assertEqual(proxy.lost, 1)
        self.assertEqual(server.phone.count_calls(), 1)

    def test_answer_to_another_call_is_lost(self):
        server, proxy, steps = self.start_behind_proxy("--resend-after", "0")
        steps.open_wizard()
        steps.start(MOBILE, "call")
        steps.phone.decline()
        steps.see("The Call Was Declined")
        proxy.lose_answer(b"POST /v1/me/verifications")
        steps.call_again(MOBILE)
        steps.approve_call()
        steps.see_added(MOBILE)
        self.assertEqual(proxy.lost, 1)
        self.assertEqual(server.phone.count_calls(), 2)

    def test_answer_to_code_is_lost(self):
        """It is not sent a second time: that could cost an attempt."""
        server, proxy, steps = self.start_behind_proxy()
        steps.open_wizard()
        steps.start(MOBILE, "text")
        code = steps.phone.read_code(MOBILE)
        proxy.lose_answer(b"POST /v1/me/verifications")
        steps.give_code(code)
        steps.see_added(MOBILE)
        self.assertEqual(proxy.lost, 1)
        self.assert_numbers(server, MOBILE)

    def test_answer_to_delete_is_lost(self):
        server, proxy, steps = self.start_behind_proxy()
        steps.add_phone(MOBILE, "text")
        steps.add_phone(ALTERNATE, "text", "Alternate phone")
        proxy.lose_answer(b"DELETE /v1/me/methods")
        steps.delete(ALTERNATE)
        self.assertEqual(proxy.lost, 1)
        self.assert_numbers(server, MOBILE)

    def test_changed_elsewhere(self):
        """What the list shows is old; the delete is asked for again, or done at once."""
        server, _, steps = self.start_behind_proxy()
        steps.add_phone(MOBILE, "text")
        steps.add_phone(ALTERNATE, "text", "Alternate phone")
        self.change_default_elsewhere(server)
        steps.delete(ALTERNATE)
        steps.see_default("Phone – call (%s)", MOBILE)

    def change_default_elsewhere(self, server):
        info = server.request("GET", end_to_end.INFO)
        body = {"methodId": info.body["methods"][0]["id"], "channel": "call"}
        answer = server.request("PUT", "/v1/me/default", body, If_Match=info.headers["ETag"])
        self.assertEqual(answer.status, 200)

    def test_approved_while_canceling(self):
        """The approval was first, and the app could not know: it says that it was added."""
        server, proxy, steps = self.start_behind_proxy()
        steps.open_wizard()
        steps.start(NEW_MOBILE, "call")
        steps.phone.answer()
        steps.see_progress("Answered")
        proxy.hold_answers()
        steps.phone.press()
        server.phone.wait_for("verified")
        steps.app.press("Escape")
        steps.app.wait_gone("window", self.words("Verify"))
        proxy.release_answers()
        steps.see("%s was added: it was approved before you could cancel", NEW_MOBILE)
        steps.see_phone(NEW_MOBILE)


if __name__ == "__main__":
    end_to_end.main()
