#!/usr/bin/env python3
# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Backends that say what nobody expects, or that mean harm."""

import end_to_end
from end_to_end import MOBILE, read_example_policy
from strange_backend import (CAPABILITIES, INFO, PROBLEM, VERIFICATION, VERIFICATIONS, Answer,
                             StrangeBackend, make_verification)

MARKUP = "<b>Bold</b> & <a href='file:///etc/passwd'>link</a> &amp; <"
ACCOUNT = {"id": "astrid", "displayName": MARKUP, "username": "astrid@contoso.example"}
DELETABLE = {"canChange": False, "canDelete": True, "deleteBlocked": None,
             "defaultIfDeleted": None, "isDefault": False, "usableFor": ["signIn"]}


def make_info(*methods):
    return {"account": ACCOUNT, "methods": list(methods), "default": None, "defaultOptions": [],
            "verification": None}


class Strange(end_to_end.TestCase):
    def setUp(self):
        super().setUp()
        self.backend = self.enterContext(StrangeBackend())
        self.backend.answers[CAPABILITIES] = Answer(200, read_example_policy())
        self.backend.answers[INFO] = Answer(200, make_info())

    def start_here(self):
        app = self.launch(self.backend.url)
        steps = end_to_end.WatchfulSteps(self, app, self.words, None)
        app.wait_for("window", None, "active")
        return steps

    def assert_problem(self, title):
        steps = self.start_here()
        steps.see(title)
        steps.find("button", "Try Again")
        steps.report(f"it is said: {title}")
        return steps

    def test_web_page(self):
        """Such as that of a hotel's network."""
        page = Answer(200, "<html><body><h1>Welcome</h1></body></html>", "text/html")
        self.backend.answers[CAPABILITIES] = self.backend.answers[INFO] = page
        steps = self.assert_problem("Unexpected Answer")
        self.assertFalse(any("Welcome" in e.text for e in steps.app.elements()))

    def test_nonsense(self):
        self.backend.answers[INFO] = Answer(200, {"methods": 7, "default": ["x"]})
        self.assert_problem("Unexpected Answer")

    def test_deep_nonsense(self):
        """As deep as crashes a careless parser."""
        self.backend.answers[CAPABILITIES] = Answer(200, "[" * 100000)
        self.assert_problem("Unexpected Answer")

    def test_error_page(self):
        self.backend.answers[INFO] = Answer(502, "<html>Bad Gateway</html>", "text/html")
        steps = self.start_here()
        steps.find("button", "Try Again")
        self.assertFalse(any("Bad Gateway" in e.text for e in steps.app.elements()))
        steps.report("an error page is not shown")

    def test_signed_out(self):
        self.backend.answers[INFO] = Answer(401, {"code": "invalid_token", "status": 401}, PROBLEM)
        self.assert_problem("Sign In Again")

    def test_unknown_problem(self):
        """What the server says is said by it, as plain text."""
        problem = {"code": "moon_phase", "status": 403, "detail": MARKUP}
        self.backend.answers[INFO] = Answer(403, problem, PROBLEM)
        steps = self.start_here()
        steps.see("The service refused the request: “%s”", MARKUP)
        steps.report("the server is quoted")

    def test_labels(self):
        """Markup in what others have written is shown as it is, and unknown types are."""
        policy = read_example_policy()
        policy["organization"]["displayName"] = MARKUP
        self.backend.answers[CAPABILITIES] = Answer(200, policy)
        self.backend.answers[INFO] = Answer(200, make_info(
            {"id": "m-1", "type": "carrierPigeon", "label": MARKUP, **DELETABLE},
            {"id": "m-2", "type": "authenticatorApp", "label": MARKUP, **DELETABLE},
            {"id": "m-3", "type": "securityKey", "label": "x" * 3000, **DELETABLE},
            {"id": "m-4", "type": "email", "label": "line\nbreak\t\u202egnp.exe", **DELETABLE},
        ))
        steps = self.start_here()
        steps.see_list()
        steps.see("Other method", context="method")
        texts = [element.text for element in steps.app.elements()]
        self.assertGreaterEqual(sum(MARKUP in text for text in texts), 4, texts)
        self.assertIsNone(steps.app.find("link"))
        steps.report("labels are plain text")

        name = self.words("%1$s – %2$s", self.words("Authenticator app", context="method"),
                          MARKUP, context="method")
        steps.click("button", "Delete %s", name)
        steps.see("Delete %s?", name)
        steps.report("a question with a label in it is plain text")
        steps.click("button", "Cancel")

    def start_call(self, **members):
        self.backend.answers[VERIFICATIONS] = Answer(201, make_verification(**members),
                                                     Location=VERIFICATION, Retry_After="1")
        self.backend.answers[VERIFICATION] = Answer(200, make_verification(**members),
                                                    Retry_After="1")
        steps = self.start_here()
        steps.see_list()
        steps.open_wizard()
        steps.fill_in(MOBILE, "call")
        steps.click("button", "Next")
        return steps

    def test_unknown_state(self):
        """A state that is not known is one that goes on."""
        steps = self.start_call(state="teleporting")
        steps.see_window("Verify")
        steps.see("Calling %s…", MOBILE)
        steps.report("an unknown state goes on")
        failed = make_verification(state="attemptFailed", reason="gremlins")
        self.backend.answers[VERIFICATION] = Answer(200, failed, Retry_After="1")
        steps.see_end("That Did Not Work",
                      "The phone was not verified. Try again, or use another number.")

    def test_answer_is_another_kind(self):
        """The verification turns into nonsense in the middle."""
        steps = self.start_call()
        steps.see_window("Verify")
        self.backend.answers[VERIFICATION] = Answer(200, {"state": 5})
        steps.see("The service gave an answer that this app does not understand. Try again.")
        steps.find("button", "Start Over")

    def test_refusals(self):
        """What the backend does not take is said at the number, which stays."""
        steps = self.start_call()
        steps.see_window("Verify")
        self.backend.answers[VERIFICATION] = Answer(204, "")
        steps.click("button", "Change Number")
        steps.see_window("Phone", context="method")
        for code, sentence in [
            ("number_in_use", "This number is already one of your methods. Use another number."),
            ("country_not_allowed", "Your organization does not allow numbers from this country "
                                    "or region. Use another number."),
            ("mobile_required_first", "Add a mobile phone first. Then you can add this one."),
        ]:
            self.backend.answers[VERIFICATIONS] = Answer(409, {"code": code, "status": 409}, PROBLEM)
            steps.click("button", "Next")
            steps.see(sentence)
            self.assertEqual(steps.find("entry", "Phone number").text, MOBILE)
            steps.report(f"{code} is said")


if __name__ == "__main__":
    end_to_end.main()
