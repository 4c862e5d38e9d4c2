#!/usr/bin/env python3
# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Signing in, with a provider that does what a test wants of it."""

import end_to_end
from end_to_end import MOBILE
from provider import CLIENT
from sign_in import SignInTestCase

ACCOUNT = "astrid@contoso.example"


class SignIn(SignInTestCase):
    def test_main_job(self):
        """What the keyring holds names nobody, and in the end it holds nothing."""
        server, steps = self.start_signed_in()
        steps.app.wait_text(ACCOUNT)
        self.assertEqual(self.list_keyring(),
                         [{"xdg:schema": "io.github.security_info.SecurityInfo",
                           "issuer": self.provider.issuer, "client-id": CLIENT}])
        steps.add_phone(MOBILE, "call")
        self.assert_numbers(server, MOBILE)
        steps.sign_out()
        self.assertEqual(self.list_keyring(), [])
        self.assertEqual(len(self.provider.revoked), 1)

        # Who signs in next is asked who it is.
        self.sign_in(steps)
        self.assertEqual(self.provider.authorizations[-1]["prompt"], "login")
        steps.sign_out()

    def test_next_start(self):
        """Nobody is asked again; one request for a token, however many wait for it."""
        server, steps = self.start_signed_in()
        self.quit(steps)
        n_tokens, n_requests = self.provider.count("/token"), len(self.provider.requests)
        steps = self.start_app(server)
        steps.see_list()
        self.assertEqual(self.provider.count("/token"), n_tokens + 1)
        asked = [path for path in self.provider.requests[n_requests:] if path != "/introspect"]
        self.assertEqual(asked, ["/.well-known/openid-configuration", "/token"])
        steps.sign_out()

    def test_code(self):
        _, steps = self.start_signed_out()
        steps.click("button", "Sign In")
        self.browser.wait_for_address()
        steps.click("button", "Use a Code Instead")
        steps.see("Sign In With a Code")
        steps.app.wait_text("WDJB-MJHT")
        steps.report("a code is shown")
        self.provider.device_approved = True
        steps.see_list()
        steps.sign_out()

    def test_code_is_turned_off(self):
        _, steps = self.start_signed_out(use_device_code=False)
        steps.click("button", "Sign In")
        self.browser.wait_for_address()
        steps.find("button", "Open Again")
        self.assertIsNone(steps.app.find("button", self.words("Use a Code Instead")))

    def test_step_up(self):
        """What was being done goes on by itself, with what was typed."""
        _, steps = self.start_signed_in("--step-up-max-age", "300")
        self.provider.age_sign_ins(1000)
        steps.open_wizard()
        steps.fill_in(MOBILE, "call")
        steps.click("button", "Next")
        steps.see_window("Sign In Again")
        steps.see("To protect your account, sign in again before you make this change.")
        self.finish_in_browser(steps)
        self.assertEqual(self.provider.authorizations[-1]["max_age"], "300")
        steps.see_window("Verify")
        steps.see_ringing(MOBILE)
        steps.approve_call()
        steps.see_added(MOBILE)
        steps.finish(MOBILE)
        steps.sign_out()

    def test_step_up_is_declined(self):
        _, steps = self.start_signed_in("--step-up-max-age", "300")
        self.provider.age_sign_ins(1000)
        steps.open_wizard()
        steps.fill_in(MOBILE, "call")
        steps.click("button", "Next")
        steps.see_window("Sign In Again")
        steps.app.press("Escape")
        steps.see_window("Phone", context="method")
        steps.see("To protect your account, sign in again before you make this change.")
        self.assertEqual(steps.find("entry", "Phone number").text, MOBILE)
        steps.report("nothing is lost")

    def test_step_up_with_another_account(self):
        _, steps = self.start_signed_in("--step-up-max-age", "300")
        self.provider.age_sign_ins(1000)
        steps.open_wizard()
        steps.fill_in(MOBILE, "call")
        steps.click("button", "Next")
        steps.see_window("Sign In Again")
        self.provider.person["sub"] = "somebody-else"
        self.finish_in_browser(steps)
        steps.see("You signed in with a different account than before, so nothing was "
                  "changed. Try again with the account whose methods are shown, or sign out "
                  "first.")
        self.assertEqual(len(self.provider.revoked), 1)
        self.provider.person["sub"] = "astrid"
        self.finish_in_browser(steps)
        steps.see_window("Verify")
        steps.see_ringing(MOBILE)

    def test_sign_in_ends_while_typing(self):
        """A change asks the person to sign in again instead of losing what they typed."""
        _, steps = self.start_signed_in()
        steps.open_wizard()
        steps.fill_in(MOBILE, "call")
        self.provider.end_sign_in()
        steps.click("button", "Next")
        steps.see_window("Sign In Again")
        steps.see("You are no longer signed in. Sign in again to continue.")
        self.finish_in_browser(steps)
        steps.see_window("Verify")
        steps.see_ringing(MOBILE)

    def test_sign_in_has_ended(self):
        server, steps = self.start_signed_in()
        self.quit(steps)
        self.provider.end_sign_in()
        steps = self.start_app(server)
        steps.see_sign_in_page()
        steps.see("You are no longer signed in. Sign in again to continue.")
        self.assertEqual(self.list_keyring(), [])
        self.sign_in(steps)
        steps.sign_out()


class Trouble(SignInTestCase):
    """Whatever a provider does, it is said what happened, and the next try is a good one."""

    def see_failure(self, sentence, **faults):
        _, steps = self.start_signed_out()
        self.provider.faults.update(faults)
        steps.click("button", "Sign In")
        if "issuer" not in faults:
            self.browser.visit(self.browser.wait_for_address())
        steps.see(sentence)
        steps.report("it is said what went wrong")
        self.provider.faults.clear()
        self.sign_in(steps)
        steps.sign_out()

    def test_wrong_issuer(self):
        self.see_failure("The sign-in service is not the one that this app is set up "
                         "for, so its answer was not used. Tell your administrator.",
                         issuer="https://elsewhere.example")

    def test_wrong_issuer_in_redirect(self):
        self.see_failure("The sign-in service is not the one that this app is set up "
                         "for, so its answer was not used. Tell your administrator.",
                         redirect={"iss": "https://elsewhere.example"})

    def test_wrong_state(self):
        self.see_failure("The sign-in service’s answer does not belong to this sign-in. Try "
                         "again.", redirect={"state": "another"})

    def test_denied(self):
        self.see_failure("You were not allowed to sign in. Try again, or ask your organization for "
                         "access.",
                         redirect={"code": None, "error": "access_denied"})

    def test_app_is_refused(self):
        self.see_failure("The sign-in service does not accept this app as it is set up. Tell your "
                         "administrator.",
                         token=(400, "application/json", '{"error": "invalid_client"}'))

    def test_code_is_refused(self):
        self.see_failure("The sign-in service could not sign you in. Try again.",
                         token=(400, "application/json", '{"error": "invalid_grant"}'))

    def test_token_endpoint_fails(self):
        self.see_failure("The service has a problem. Try again later.",
                         token=(500, "text/plain", "no"))

    def test_token_endpoint_answers_with_a_page(self):
        self.see_failure("The service gave an answer that this app does not understand. Try "
                         "again.", token=(200, "text/html", "<h1>Welcome</h1>"))

    def test_no_id_token(self):
        self.see_failure("The sign-in service’s answer does not prove who you are. Try again.",
                         claims={"aud": "somebody-else"})

    def test_no_refresh_token(self):
        """It lasts as long as the app."""
        self.provider.faults["no_refresh"] = True
        server, steps = self.start_signed_in()
        self.assertEqual(self.list_keyring(), [])
        self.quit(steps)
        self.start_app(server).see_sign_in_page()

    def test_browser_never_comes_back(self):
        _, steps = self.start_signed_out()
        steps.click("button", "Sign In")
        address = self.browser.wait_for_address()
        steps.click("button", "Cancel")
        steps.see_sign_in_page()
        self.assert_nobody_listens(address)
        self.sign_in(steps)
        steps.sign_out()

    def test_browser_is_opened_again(self):
        _, steps = self.start_signed_out()
        steps.click("button", "Sign In")
        first = self.browser.wait_for_address()
        steps.click("button", "Open Again")
        self.assertEqual(self.browser.wait_for_address(), first)
        self.browser.visit(first)
        steps.see_list()
        # The second page is sent back, too: nobody is there any more.
        self.assert_nobody_listens(first)
        steps.sign_out()

    def test_app_is_closed_meanwhile(self):
        _, steps = self.start_signed_out()
        steps.click("button", "Sign In")
        address = self.browser.wait_for_address()
        steps.app.press("ctrl+q")
        self.assert_ends(steps.app)
        self.assert_nobody_listens(address)

    def test_second_start_meanwhile(self):
        server, steps = self.start_signed_out()
        steps.click("button", "Sign In")
        address = self.browser.wait_for_address()
        self.assert_ends(self.launch(server.url))
        self.browser.visit(address)
        steps.see_list()
        self.assertEqual(len(steps.app.windows()), 1)
        steps.sign_out()

    def test_register_without_signing_in(self):
        """Nobody is bothered at login."""
        server = self.start_backend()
        self.assert_ends(self.launch(server.url, "--register"), timeout=10)


class NoKeyring(SignInTestCase):
    """It stops nobody; it is said once that the app can't remember."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keyring.stop()

    def test_no_keyring(self):
        sentence = "The keyring can’t be used. You will have to sign in again next time."
        server, steps = self.start_signed_in()
        steps.see(sentence)
        steps.report("it is said that the app will ask again")
        steps.add_phone(MOBILE, "text")
        self.quit(steps)
        steps = self.start_app(server)
        steps.see_sign_in_page()


if __name__ == "__main__":
    end_to_end.main()
