# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tour of everything that the app can show, in one of its languages.

    with Desktop() as desktop:
        Tour(desktop, prefix, "sv", (360, 640), look).run()

look(name) is called at each stop, when what is to be seen there is on the screen. The tests
look whether it is as it should be, and po/screenshots takes pictures.
"""

import contextlib
import pathlib

from app import App
from browser import DefaultBrowser
from end_to_end import ALTERNATE, MOBILE, NEW_MOBILE, OFFICE, compact, format_settings
from provider import CLIENT, Provider
from stage import ACCEPTED, CODE, KEY, ORGANIZATION, TEXT, Stage
from steps import PhoneOnScreen, Steps
from strange_backend import INFO, VERIFICATION, VERIFICATIONS, Answer
from words import Words

START = f"POST {VERIFICATIONS}"
USER_CODE = "WDJB-MJHT"
EXTENSION = "+1 4255551234X12345"
# Numbers there have more digits, or fewer.
WRONG_LENGTH = "+46 70 123 456 789"
RESEND_LATER = {"resendAt": "2026-11-23T12:00:30Z"}

ENDINGS_OF_CALLS = {
    "no_answer": "Nobody Answered",
    "busy": "The Line Is Busy",
    "voicemail": "Voicemail Answered",
    "rejected": "The Call Was Declined",
    "wrong_key": "The Wrong Key Was Pressed",
    "unreachable": "The Phone Can’t Be Reached",
    "carrier_error": "The Phone Network Failed",
    "other": "That Did Not Work",
}
ENDINGS = {
    ("failed", "too_many_attempts"): "Too Many Attempts",
    ("failed", "no_sends_left"): "Too Many Attempts",
    ("expired", None): "Time Is Up",
    ("canceled", None): "Canceled",
    ("blocked", None): "This Number Is Blocked",
}


class Tour:
    def __init__(self, desktop, prefix, language, size, look):
        self.desktop, self.language, self.size = desktop, language, size
        self.prefix = pathlib.Path(prefix)
        self.words = Words(self.prefix / "share" / "locale", language)
        self._look = look
        self.app = self.steps = self.stage = None
        desktop.env.update(
            XDG_DATA_DIRS=f"{self.prefix}/share:/usr/local/share:/usr/share",
            GSETTINGS_BACKEND="keyfile", G_DEBUG="fatal-warnings",
            # A file in place of a keyring, which need not be there.
            SECRET_BACKEND="file", SECRET_FILE_TEST_PASSWORD="password",
            SECRET_FILE_TEST_PATH=str(desktop.directory / "keyring"),
        )
        self.browser = DefaultBrowser(desktop)

    def look(self, name):
        self._look(name)

    def run(self):
        with contextlib.ExitStack() as stack:
            self.stage = stack.enter_context(Stage())
            self.provider = stack.enter_context(Provider())
            self.start_signed_out()
            self.sign_in()
            self.meet_problems()
            self.see_list()
            self.see_windows()
            self.change_list()
            self.see_ways_to_add()
            self.see_number_page()
            self.see_refusals()
            self.see_call()
            self.see_text()
            self.see_endings()
            self.see_what_comes_of_it()
            self.see_late_approval()
            self.sign_in_again()
            self.end()
        self.see_settings()
        self.see_demo()

    # Starting and ending

    def start(self, *arguments, **settings):
        file = pathlib.Path(self.desktop.env["XDG_CONFIG_HOME"]) / "glib-2.0/settings/keyfile"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(format_settings(settings), encoding="utf-8")
        self.app = App(self.desktop, [self.prefix / "bin" / "security-info", *arguments],
                       language=self.language)
        self.steps = Steps(self.app, self.words, None, lambda line: None, self.size)
        self.app.wait_for("window", None, "active")

    def end(self):
        self.app.press("ctrl+q")
        status = self.app.process.wait(10)
        if status != 0:
            raise RuntimeError(f"the app ended with {status}:\n{self.app.output()}")

    def start_signed_out(self):
        self.start(backend_url=self.stage.url, issuer=self.provider.issuer, client_id=CLIENT,
                   organization_name=ORGANIZATION, support_phone="+46 8 440 00 00",
                   privacy_url="https://contoso.example/privacy")
        self.steps.see_sign_in_page()
        self.look("sign-in")

    # Signing in

    def finish_in_browser(self, **faults):
        self.provider.faults.update(faults)
        self.steps.click("button", "Sign In")
        self.browser.visit(self.browser.wait_for_address())
        self.provider.faults.clear()

    def sign_in(self):
        steps = self.steps
        steps.click("button", "Sign In")
        steps.see("Continue in Your Browser")
        self.browser.wait_for_address()
        self.look("sign-in-browser")
        steps.click("button", "Use a Code Instead")
        self.app.wait_text(USER_CODE)
        self.look("sign-in-code")
        steps.click("button", "Cancel")
        self.finish_in_browser(redirect={"code": None, "error": "access_denied"})
        steps.see("You were not allowed to sign in. Try again, or ask your organization for access.")
        self.look("sign-in-refused")

        self.stage.hold_answers()
        self.finish_in_browser()
        steps.see("Loading…")
        self.look("loading")

    # In place of the list

    def meet_problems(self):
        self.stage.answers[INFO] = Answer(502, "")
        self.stage.release_answers()
        self.steps.find("button", "Try Again")
        self.look("problem")
        self.stage.fail(INFO, 403, "insufficient_scope", manageUrl="https://contoso.example/")
        self.steps.click("button", "Try Again")
        self.steps.see("Not Allowed")
        self.look("problem-not-allowed")
        self.stage.answers[INFO] = Answer(200, "<html>", "text/html")
        self.steps.click("button", "Try Again")
        self.steps.see("Unexpected Answer")
        self.look("problem-nonsense")
        self.stage.answers[INFO] = None
        self.steps.click("button", "Try Again")
        self.steps.see("Can’t Reach the Service")
        self.look("problem-offline")
        self.stage.show_list()
        self.steps.click("button", "Try Again")
        self.steps.see("No Sign-In Methods")
        self.look("list-empty")

    # The list

    def refresh(self):
        self.app.press("ctrl+r")

    def see_list(self):
        self.stage.show_all_methods()
        self.refresh()
        self.steps.see_phone(MOBILE)
        self.look("list")
        self.app.reveal(self.steps.find("button", "Delete Phone %s", OFFICE))
        self.look("list-middle")
        self.app.reveal(self.steps.find("row", "Privacy"))
        self.look("list-bottom")

    def see_windows(self):
        steps, app = self.steps, self.app
        steps.click("button", "Main Menu")
        steps.find("menu item", "Copy Diagnostics")
        self.look("menu")
        steps.click("menu item", "Keyboard Shortcuts")
        steps.see_window("Keyboard Shortcuts")
        self.look("shortcuts")
        self.close_window()
        steps.choose_from_menu("About Security Info")
        app.wait_until(lambda: len(app.windows()) == 2, "a second window")
        self.look("about")
        self.close_window()

    def close_window(self):
        """Closes the one in front of the list."""
        self.app.press("Escape")
        self.app.wait_until(lambda: len(self.app.windows()) == 1, "the window to go")
        self.steps.see_window("Security Info")

    def wait_for_toast_to_go(self, toast):
        """It may be in front of what is clicked on next, and stays under the pointer."""
        self.desktop.xdotool("mousemove", 0, 0)
        self.app.wait_gone("label", toast.name)

    def change_list(self):
        steps = self.steps
        steps.click("button", "Delete Phone %s", MOBILE)
        toast = steps.see("The mobile phone can’t be deleted while there is an alternate phone. "
                          "Delete the alternate phone first.")
        self.look("delete-not-possible")
        self.wait_for_toast_to_go(toast)
        steps.click("button", "Change Default Sign-In Method")
        steps.see_window("Change Default Method")
        self.look("change-default")
        self.close_window()

        self.stage.show_deletable()
        self.refresh()
        self.app.wait_gone("button", self.words("Delete Phone %s", OFFICE))
        steps.ask_to_delete(MOBILE)
        self.see_in_front("Delete Phone %s?", MOBILE)
        self.look("delete")
        steps.click("button", "Cancel")
        self.app.wait_gone("button", self.words("Delete"))

        self.stage.allow(defaultIsSystemChosen=True)
        self.stage.show_all_methods()
        self.refresh()
        steps.see("Your organization chooses the strongest method")
        self.look("default-not-chosen")
        self.delete_key()
        self.stage.allow()
        self.stage.answers[INFO] = None
        self.refresh()
        steps.see("The service did not answer. Check your internet connection and try again.")
        self.look("banner")
        self.stage.show_all_methods()
        steps.click("button", "Try Again")
        steps.find("button", "Change Default Sign-In Method")

    def see_in_front(self, title, *values):
        dialog = self.steps.find("window", title, *values)
        self.app.wait_until(lambda: self.app.windows()[0].key == dialog.key,
                            f"{dialog} to be in front")

    def delete_key(self):
        name = self.words("%1$s – %2$s", self.words("Security key", context="method"), KEY,
                          context="method")
        self.stage.answers["DELETE /v1/me/methods/m-5"] = Answer(200, {
            "deleted": "m-5", "defaultChanged": False, "newDefault": None})
        self.steps.click("button", "Delete %s", name)
        self.see_in_front("Delete %s?", name)
        self.look("delete-other")
        self.steps.click("button", "Delete")
        toast = self.steps.see("%s was deleted", name)
        self.look("deleted")
        self.wait_for_toast_to_go(toast)

    # The wizard

    def leave_wizard(self):
        self.app.press("Escape")
        self.app.wait_until(lambda: len(self.app.windows()) == 1, "the wizard to go")
        self.steps.see_window("Security Info")

    def open_wizard(self):
        self.steps.click("button", "Add Method", states=["focusable"])
        self.steps.see_window("Add a Method")

    def see_ways_to_add(self):
        self.stage.allow_no_phone()
        self.refresh()
        self.app.wait_gone("row", self.words("Reset Password"))
        self.open_wizard()
        self.steps.see("You can’t add a phone to this account right now.")
        self.look("add-no-phone")
        self.leave_wizard()
        self.stage.allow()
        self.stage.show_list()
        self.refresh()
        self.steps.see("No Sign-In Methods")
        self.steps.find("row", "Reset Password")
        self.open_wizard()
        self.look("add")

    def fill_in(self, number):
        self.steps.type_into("Phone number", number)
        self.steps.click("button", "Next")

    def see_number_page(self):
        steps = self.steps
        steps.click("row", "Phone", context="method")
        steps.see_phone_page()
        self.look("number")
        steps.click("row", "Country or region")
        steps.see_window("Country or Region")
        self.look("countries")
        self.app.type("qq")
        steps.see("Nothing found. Try the English name, or the calling code.")
        self.look("countries-nothing")
        self.app.press("Escape")
        steps.see_phone_page()
        self.fill_in("070")
        steps.see("The number is too short.")
        self.look("number-too-short")
        self.fill_in(WRONG_LENGTH)
        self.app.wait_text(self.words("The number has the wrong length for the country or region "
                                      "(%s).").split("%s")[0])
        self.look("number-wrong-length")
        steps.type_into("Phone number", EXTENSION)
        steps.see("Extensions aren’t supported. %s will be called.", "+1 425-555-1234")
        self.look("number-extension")

    def see_refusals(self):
        steps = self.steps
        self.stage.fail(START, 403, "telephony_blocked")
        self.fill_in(MOBILE)
        steps.see("Calls and text messages to this number are blocked. Use another number.")
        self.look("number-blocked")
        self.stage.fail(START, 429, "rate_limited", retryAfter=61)
        self.fill_in(MOBILE)
        steps.see_count("Too many attempts. Try again in %d minute.",
                        "Too many attempts. Try again in %d minutes.", 2)
        self.look("number-too-often")
        self.stage.show_verification(target=compact(ALTERNATE))
        self.stage.fail(START, 409, "verification_in_progress", location=VERIFICATION)
        self.fill_in(MOBILE)
        steps.see("%s is already being verified", ALTERNATE)
        self.look("another-verification")
        self.stage.show_verification(state="calling")
        steps.click("button", "Cancel It and Call %s", MOBILE)

    # The verification

    def see_call(self):
        steps = self.steps
        steps.see("Calling", context="state of a call")
        self.look("call-calling")
        self.stage.show_verification(**RESEND_LATER)
        steps.see("Ringing", context="state of a call")
        self.look("call-ringing")
        steps.click("button", "Call Again")
        self.app.wait_until(self.sees_wait, "how long to wait")
        self.look("call-too-soon")
        self.stage.show_verification(state="answered")
        steps.see("Answered", context="state of a call")
        self.look("call-answered")
        self.stage.show_verification(state="answered", **CODE)
        steps.see("Answer the call, listen to the code, and type it here.")
        self.look("call-code")
        for reason, heading in ENDINGS_OF_CALLS.items():
            self.stage.show_verification(state="attemptFailed", reason=reason)
            steps.see(heading)
            self.look(f"call-{reason}".replace("_", "-"))

    def sees_wait(self):
        texts = {element.text for element in self.app.elements()}
        return any(self.words.count("You can try again in %d second.",
                                    "You can try again in %d seconds.", seconds) in texts
                   for seconds in range(1, 31))

    def see_text(self):
        steps = self.steps
        self.stage.show_verification(**{**TEXT, "state": "queued"})
        steps.see("Sending a Text Message to %s…", MOBILE)
        self.look("text-sending")
        self.stage.show_verification(**TEXT)
        steps.see("A Code Was Sent to %s", MOBILE)
        self.look("text")
        self.stage.fail(f"POST {VERIFICATION}/code", 422, "code_incorrect", checksLeft=4)
        steps.give_code("123456")
        steps.see_count("That code is not right. You have %d attempt left.",
                        "That code is not right. You have %d attempts left.", 4)
        self.look("text-wrong-code")
        steps.click("button", "Send Again")
        steps.see("A new code is on its way. The earlier code no longer works.")
        self.look("text-new-code")
        self.stage.change(VERIFICATION, None)
        steps.see("The connection was lost. The app keeps trying to reconnect. This does "
                  "not interrupt the call or text message.")
        self.look("connection-lost")
        self.stage.show_verification(**{**TEXT, "state": "attemptFailed"}, reason="undeliverable")
        steps.see("The Text Message Could Not Be Delivered")
        self.look("text-undeliverable")

    def see_endings(self):
        for (state, reason), heading in ENDINGS.items():
            self.stage.show_verification(state=state, reason=reason, allowed=[])
            self.steps.see(heading)
            self.look(f"end-{reason or state}".replace("_", "-"))
            self.steps.click("button", "Start Over")
            self.steps.see_window("Phone", context="method")
            self.start_call()

    def start_call(self, **members):
        self.stage.show_verification(**members)
        self.steps.click("button", "Next")
        self.steps.see("Ringing", context="state of a call")

    def see_what_comes_of_it(self):
        """What was added can be made the default; a new number takes the place of the old."""
        steps = self.steps
        self.stage.show_added()
        self.stage.show_verification(**ACCEPTED)
        steps.see("%s was added", MOBILE)
        steps.find("check", "Use as default sign-in method")
        self.look("added")
        steps.click("button", "Done")
        steps.see_phone(MOBILE)

        steps.open_change(MOBILE)
        self.look("change-number")
        self.stage.show_verification(purpose="change", target=compact(NEW_MOBILE), **ACCEPTED)
        self.fill_in(NEW_MOBILE)
        steps.see("The number was changed to %s", NEW_MOBILE)
        self.look("changed")
        steps.click("button", "Done")
        self.app.wait_gone("window", self.words("Done"))

    def see_late_approval(self):
        """It was approved before the app could cancel it."""
        steps = self.steps
        steps.see_window("Security Info")
        steps.open_change(MOBILE)
        steps.type_into("Phone number", NEW_MOBILE)
        self.start_call(purpose="change", target=compact(NEW_MOBILE))
        self.stage.approve_unseen(purpose="change", target=compact(NEW_MOBILE))
        self.app.press("Escape")
        toast = steps.see("The number was changed to %s: it was approved before you could cancel",
                          NEW_MOBILE)
        self.look("changed-after-all")
        self.wait_for_toast_to_go(toast)

    def sign_in_again(self):
        """A change may take a fresh sign-in."""
        self.stage.ask_to_sign_in_again(START)
        self.steps.open_change(MOBILE)
        self.fill_in(NEW_MOBILE)
        self.steps.see_window("Sign In Again")
        self.look("sign-in-again")
        self.app.press("Escape")
        self.steps.see_window("Change Number")
        self.leave_wizard()

    # Other ways in

    def see_settings(self):
        self.start(backend_url="")
        self.steps.see_window("Security Info")
        self.steps.see("Not Set Up")
        self.look("not-set-up")
        self.end()
        self.start(backend_url="http://example.com/", organization_name=ORGANIZATION,
                   support_email="help@contoso.example")
        self.steps.see_window("Security Info")
        self.steps.see("Not Set Up Correctly")
        self.look("not-set-up-correctly")
        self.end()

    def see_demo(self):
        self.start("--demo")
        steps = self.steps
        steps.phone = PhoneOnScreen(self.app, self.words)
        steps.see_list()
        phone = steps.find("window", "Demo Phone")
        self.app.activate(phone)
        self.look("demo-phone")
        steps.open_wizard()
        steps.start(MOBILE, "call")
        self.app.activate(phone)
        self.look("demo-ringing")
        steps.phone.answer()
        steps.find("button", "Press #")
        self.look("demo-answered")
        steps.phone.press()
        steps.see_added(MOBILE)
        steps.finish(MOBILE)
        steps.open_wizard()
        steps.start(ALTERNATE, "text", "Alternate phone")
        steps.phone.read_code(ALTERNATE)
        self.app.activate(phone)
        self.look("demo-text")
        self.end()
