"""What a person does with Security Info, in one vocabulary for ./demo and for the tests.

Things are found by their words, in whichever language the app runs; each step ends when what
it leads to is on the screen.
"""

import re

from phone import Refused

CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")


class PhoneInHand:
    """The simulated phone, held by its control socket."""

    def __init__(self, phone):
        self._phone = phone
        self.call = None

    def wait_for_call(self, number):
        call = self._phone.wait_for_call("ringing", number=compact(number))
        self.call = call["call"]

    def answer(self):
        self._phone.do("answer", call=self.call)

    def press(self, key="#"):
        self._phone.do("press", call=self.call, key=key)

    def decline(self):
        self._phone.do("decline", call=self.call)

    def hang_up(self):
        self._phone.do("hangUp", call=self.call)

    def let_go_to_voicemail(self):
        self._phone.do("voicemail", call=self.call)

    def ignore(self):
        self._phone.do("ignore", call=self.call)

    def listen(self):
        """The code that the voice speaks."""
        return self._phone.wait_for_call("answered", call=self.call)["code"]

    def expect(self, outcome):
        """How the next call or text will end, such as "busy"."""
        self._phone.do("next", outcome=outcome)

    def read_code(self, number):
        while True:
            code = self._phone.wait_for_text(number=compact(number))["code"]
            if code is not None:
                return code

    def is_ringing(self):
        """Whether the last call still rings: one that ended can't be answered."""
        try:
            self.answer()
        except Refused:
            return False
        return True


class PhoneOnScreen:
    """The phone of the demo, in its own window."""

    def __init__(self, app, words):
        self._app, self._words = app, words
        self._seen = set()

    def wait_for_call(self, number):
        self._app.wait_text(self._words("Incoming call for %s", number))

    def answer(self):
        self._click("Answer")

    def press(self):
        self._click("Press #")

    def decline(self):
        self._click("Decline")

    def let_go_to_voicemail(self):
        self._click("Let It Go to Voicemail")

    def _click(self, label):
        self._app.click(self._app.wait_for("button", self._words(label)))

    def read_code(self, number):
        to = self._words("To %1$s:\n%2$s", number, "\n").split("\n")[0]

        def find_new():
            for element in self._app.elements():
                code = CODE.search(element.text) if to in element.text else None
                if code is not None and code.group() not in self._seen:
                    return code.group()
            return None

        code = self._app.wait_until(find_new, f"a text to {number} with a new code")
        self._seen.add(code)
        return code


class Steps:
    """Somebody at the app. Numbers are as people write them, "+46 70 174 06 05".

    report() is told of each thing that was seen; size is that of the app's windows, where it
    is not theirs to choose.
    """

    def __init__(self, app, words, phone, report=print, size=None):
        self.app, self.words, self.phone = app, words, phone
        self.report, self.size = report, size

    # What everything else is made of

    def see(self, text, *values, context=None, **options):
        return self.app.wait_text(self.words(text, *values, context=context), **options)

    def see_count(self, one, many, number):
        return self.app.wait_text(self.words.count(one, many, number))

    def sees(self, text, *values, context=None):
        """Whether it is there now."""
        wanted = self.words(text, *values, context=context)
        return any(wanted in e.full_name or wanted in e.text for e in self.app.elements())

    def find(self, role, text, *values, context=None, states=()):
        return self.app.wait_for(role, self.words(text, *values, context=context), *states)

    def click(self, role, text, *values, context=None, states=()):
        element = self.find(role, text, *values, context=context, states=states)
        self.app.click(element)
        return element

    def choose(self, text, *values, context=None):
        """Clicks what can be chosen, and waits until it is."""
        self.click("check", text, *values, context=context)
        self.find("check", text, *values, context=context, states=["checked"])

    def see_window(self, title, *values, context=None):
        window = self.find("window", title, *values, context=context, states=["active"])
        if self.size is not None and window.box[2:] != self.size:
            self.app.resize(*self.size)
        return window

    def type_into(self, entry, text):
        """Types in place of what is there."""
        self.app.click(self.find("entry", entry))
        self.find("entry", entry, states=["focused"])
        self.app.press("ctrl+a")
        self.app.type(text)

    # The list

    def see_list(self):
        self.find("button", "Add Method")
        return self.see_window("Security Info")

    def see_organization(self, name):
        """Waits for a name below the window's own."""
        self.app.wait_text(name)

    def see_service(self, host):
        """Waits for where the account is."""
        row = self.find("row", "Service")
        self.app.wait_until(lambda: any(e.text == host for e in row.walk()), f"“{host}”")

    def see_phone(self, number):
        self.find("button", "Delete Phone %s", number)

    def see_no_phone(self, number):
        name = self.words("Delete Phone %s", number)
        self.app.wait_gone("button", name)

    def see_default(self, text, *values, context=None):
        """Waits for what the row of the default says."""
        name = self.words("Default sign-in method")
        value = self.words(text, *values, context=context)

        def says():
            row = self.app.find("row", name)
            return row is not None and any(e.text == value for e in row.walk())

        self.app.wait_until(says, f"“{value}” as the default")

    def see_default_app(self, device):
        kind = self.words("Authenticator app", context="method")
        self.see_default("%1$s – %2$s", kind, device, context="method")

    def change_default(self, text, *values):
        self.click("button", "Change Default Sign-In Method")
        self.see_window("Change Default Method")
        self.choose(text, *values)
        self.report(f"“{self.words(text, *values)}” is chosen as the default")
        self.click("button", "Confirm")
        self.app.wait_gone("window", self.words("Change Default Method"))
        self.see_default(text, *values)
        self.report(f"the default is “{self.words(text, *values)}”")

    def ask_to_delete(self, number):
        self.click("button", "Delete Phone %s", number)
        self.see("Delete Phone %s?", number)

    def delete(self, number):
        self.ask_to_delete(number)
        self.report(f"asked whether to delete {number}")
        self.click("button", "Delete")
        self.see_no_phone(number)
        self.see("Phone %s was deleted", number)
        self.report(f"{number} is deleted")

    # Signing in and out

    def see_sign_in_page(self):
        """Waits until the person can sign in."""
        self.see_window("Security Info")
        self.find("button", "Sign In")
        self.report("the app asks to sign in")

    def choose_from_menu(self, text):
        self.click("button", "Main Menu")
        self.click("menu item", text)

    def sign_out(self):
        self.choose_from_menu("Sign Out")
        self.see_sign_in_page()

    # The wizard

    def open_wizard(self):
        self.click("button", "Add Method")
        self.see_window("Add a Method")
        self.report("the types of method are there")
        self.click("row", "Phone", context="method")
        self.see_phone_page()

    def open_change(self, number):
        self.click("button", "Change Number of Phone %s", number)
        self.see_window("Change Number")
        self.see("The current number is %s. It stays until the new one is verified.", number)
        self.report(f"{number} is to be changed")

    def see_phone_page(self):
        self.see_window("Phone", context="method")
        self.find("entry", "Phone number", states=["focused"])

    def fill_in(self, number, channel, use=None):
        """channel is "call" or "text", use such as "Office phone"."""
        self.type_into("Phone number", number)
        if use is not None:
            self.choose(use, context="phone")
        if self.app.find("check", self.words("Call me")) is not None:
            self.choose("Call me" if channel == "call" else "Text me")
        summary = "%s will be called." if channel == "call" else "%s will get a text message."
        self.see(summary, number)
        self.report(f"{number} is filled in")

    def start(self, number, channel, use=None):
        self.fill_in(number, channel, use)
        self.click("button", "Next")
        self.see_window("Verify")
        if channel == "call":
            self.see_ringing(number)
        else:
            self.see_code_asked(number)

    def see_ringing(self, number):
        self.phone.wait_for_call(number)
        self.see("Calling %s…", number)
        self.see("Ringing", context="state of a call")
        self.report(f"{number} is called, and rings")

    def see_code_asked(self, number):
        self.see("A Code Was Sent to %s", number)
        self.report(f"a code is sent to {number}")

    def see_end(self, heading, body):
        """How a call or a text, or all of it, ended, and what to do then."""
        self.see(heading)
        self.see(body)
        self.report(f"it is said: {heading}")

    def call_again(self, number):
        self.click("button", "Call Again")
        self.see_ringing(number)

    def see_progress(self, progress):
        self.see(progress, context="state of a call")

    def approve_call(self):
        self.phone.answer()
        self.see_progress("Answered")
        self.report("the call is answered")
        self.phone.press()

    def give_wrong_code(self, code, left):
        """Types a code that is not this one."""
        self.give_code(f"{(int(code) + 1) % 1000000:06}")
        self.see_count("That code is not right. You have %d attempt left.",
                       "That code is not right. You have %d attempts left.", left)
        self.report("the wrong code is refused")

    def give_code(self, code):
        self.type_into("Code", code)

    def approve_text(self, number):
        self.give_code(self.phone.read_code(number))

    def approve(self, number, channel):
        if channel == "call":
            self.approve_call()
        else:
            self.approve_text(number)

    def see_added(self, number):
        self.see("%s was added", number)
        self.report(f"{number} was added")

    def see_changed(self, number):
        self.see("The number was changed to %s", number)
        self.report(f"the number was changed to {number}")

    def finish(self, number):
        self.click("button", "Done")
        self.app.wait_gone("window", self.words("Done"))
        self.see_phone(number)
        self.report(f"{number} is in the list")

    def add_phone(self, number, channel, use=None):
        self.open_wizard()
        self.start(number, channel, use)
        self.approve(number, channel)
        self.see_added(number)
        self.finish(number)

    def change_number(self, old, new, channel):
        self.open_change(old)
        self.start(new, channel)
        self.approve(new, channel)
        self.see_changed(new)
        self.finish(new)
        self.see_no_phone(old)


def compact(number):
    """The number as the backend has it, E.164."""
    return "+" + re.sub(r"\D", "", number)
