#!/usr/bin/env python3
# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each way in which a call or a text can end has its sentence, and a way on."""

import end_to_end
from end_to_end import MOBILE, read_example_policy

AT_ONCE = ["--resend-after", "0"]
TIME_TO_LIVE = 3

NO_ANSWER = ("Nobody Answered",
             "The phone rang, but nobody answered. Have it at hand, then call again.")
UNREACHABLE = ("The Phone Can’t Be Reached",
               "The phone may be switched off or out of coverage. Check the number and the "
               "phone, then try again.")
CARRIER_ERROR = ("The Phone Network Failed",
                 "The call or text message did not get through the phone network. Try again, or "
                 "choose another way.")
UNDELIVERABLE = ("The Text Message Could Not Be Delivered",
                 "This number can’t receive text messages right now. Check the number, or "
                 "choose a call instead.")

# What happens to a phone that rings, and what is said of it.
ON_THE_PHONE = [
    (lambda phone: phone.ignore(), NO_ANSWER),
    (lambda phone: phone.let_go_to_voicemail(),
     ("Voicemail Answered",
      "Voicemail can’t approve the call. Have the phone at hand, then call again.")),
    (lambda phone: phone.decline(),
     ("The Call Was Declined",
      "The call was declined, or ended before # was pressed. Call again, answer, and press #.")),
    (lambda phone: (phone.answer(), phone.press("1")),
     ("The Wrong Key Was Pressed", "Only the # key approves. Call again, answer, and press #.")),
]
ON_THE_NETWORK = [
    ("busy",
     ("The Line Is Busy", "Somebody is talking on that phone. Hang up, then call again.")),
    ("unreachable", UNREACHABLE),
    ("carrier_error", CARRIER_ERROR),
]
OF_TEXTS = [
    ("unreachable", UNREACHABLE),
    ("carrier_error", CARRIER_ERROR),
]


class Endings(end_to_end.TestCase):
    def test_calls(self):
        """However often it fails, the same verification goes on."""
        server, steps = self.start(*AT_ONCE, policy=read_example_policy(maxSends=20))
        steps.open_wizard()
        steps.start(MOBILE, "call")
        location = self.get_open(server)
        for what_happens, texts in ON_THE_PHONE:
            what_happens(steps.phone)
            steps.see_end(*texts)
            steps.call_again(MOBILE)

        steps.phone.ignore()
        steps.see_end(*NO_ANSWER)
        for outcome, texts in ON_THE_NETWORK:
            steps.phone.expect(outcome)
            steps.click("button", "Call Again")
            steps.see_end(*texts)

        self.assertEqual(self.get_open(server), location)
        steps.call_again(MOBILE)
        steps.approve_call()
        steps.see_added(MOBILE)
        steps.finish(MOBILE)

    def test_texts(self):
        _, steps = self.start(*AT_ONCE, policy=read_example_policy(maxSends=20))
        steps.open_wizard()
        steps.phone.expect("undeliverable")
        steps.fill_in(MOBILE, "text")
        steps.click("button", "Next")
        steps.see_end(*UNDELIVERABLE)
        for outcome, texts in OF_TEXTS:
            steps.phone.expect(outcome)
            steps.click("button", "Send Again")
            steps.see_end(*texts)

        steps.click("button", "Send Again")
        steps.see_code_asked(MOBILE)
        steps.approve_text(MOBILE)
        steps.see_added(MOBILE)
        steps.finish(MOBILE)

    def test_text_instead(self):
        """The other way is open at once, even while there is a wait for the same one."""
        _, steps = self.start()
        steps.open_wizard()
        steps.start(MOBILE, "call")
        steps.click("button", "Call Again")
        steps.app.wait_until(lambda: self.sees_wait(steps), "how long to wait")
        steps.phone.ignore()
        steps.see_end(*NO_ANSWER)
        steps.click("button", "Text me instead")
        steps.see_code_asked(MOBILE)
        steps.approve_text(MOBILE)
        steps.see_added(MOBILE)

    def sees_wait(self, steps):
        return any(steps.app.find("label", self.words.count("You can try again in %d second.",
                                                            "You can try again in %d seconds.",
                                                            seconds))
                   for seconds in range(20, 31))

    def test_call_instead(self):
        _, steps = self.start()
        steps.open_wizard()
        steps.start(MOBILE, "text")
        steps.click("button", "Call me instead")
        steps.see_ringing(MOBILE)
        steps.approve_call()
        steps.see_added(MOBILE)

    def test_earlier_code_is_void(self):
        _, steps = self.start(*AT_ONCE)
        steps.open_wizard()
        steps.start(MOBILE, "text")
        code = steps.phone.read_code(MOBILE)
        steps.click("button", "Send Again")
        steps.see("A new code is on its way. The earlier code no longer works.")
        new_code = steps.phone.read_code(MOBILE)
        self.assertNotEqual(code, new_code)
        steps.give_code(code)
        steps.see_count("That code is not right. You have %d attempt left.",
                        "That code is not right. You have %d attempts left.", 4)
        steps.give_code(new_code)
        steps.see_added(MOBILE)

    def test_time_is_up(self):
        server, steps = self.start("--ttl", str(TIME_TO_LIVE))
        steps.open_wizard()
        steps.start(MOBILE, "call")
        steps.see_end("Time Is Up",
                      "The phone was not verified in time. Start over when you have it at hand.")
        self.assert_begins_again(steps)
        self.assert_numbers(server)

    def assert_begins_again(self, steps):
        """Start Over leads back to the number, which is still there."""
        steps.click("button", "Start Over")
        steps.see_window("Phone", context="method")
        entry = steps.find("entry", "Phone number")
        self.assertEqual(entry.text, MOBILE)

    def test_too_many_codes(self):
        server, steps = self.start(policy=read_example_policy(maxChecks=2))
        steps.open_wizard()
        steps.start(MOBILE, "text")
        code = steps.phone.read_code(MOBILE)
        steps.give_wrong_code(code, left=1)
        steps.give_code("000000" if code != "000000" else "111111")
        steps.see_end("Too Many Attempts",
                      "A wrong code was typed too many times. Start over to get a new one.")
        self.assert_begins_again(steps)
        self.assert_numbers(server)

    def test_canceled_elsewhere(self):
        server, steps = self.start()
        steps.open_wizard()
        steps.start(MOBILE, "call")
        server.request("DELETE", self.get_open(server))
        steps.see_end("Canceled",
                      "This verification was canceled elsewhere. Start over if you still want to "
                      "use this phone.")
        self.assert_begins_again(steps)

    def test_backend_that_is_polled(self):
        """One that does not hold a request until something happens."""
        server, steps = self.start("--no-wait", "--retry-after", "1")
        steps.add_phone(MOBILE, "call")
        self.assert_numbers(server, MOBILE)

    def test_spoken_code(self):
        server, steps = self.start("--call-approval", "code")
        steps.open_wizard()
        steps.start(MOBILE, "call")
        steps.see("Answer the call, listen to the code, and type it here.")
        steps.phone.answer()
        steps.see_progress("Answered")
        steps.give_code(steps.phone.listen())
        steps.see_added(MOBILE)
        steps.finish(MOBILE)
        self.assert_numbers(server, MOBILE)


if __name__ == "__main__":
    end_to_end.main()
