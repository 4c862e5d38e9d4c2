#!/usr/bin/env python3
# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The main job: a person adds, changes and deletes phones, and chooses the default."""

import end_to_end
from end_to_end import ALTERNATE, MOBILE, NEW_MOBILE, OFFICE


class Main(end_to_end.TestCase):
    def test_first_phone_by_call(self):
        """The only phone becomes the default, and can't be deleted: it says why."""
        server, steps = self.start()
        steps.see("No Sign-In Methods")
        steps.report("there is no method yet")
        steps.add_phone(MOBILE, "call")
        steps.see_default("Phone – call (%s)", MOBILE)
        self.assert_numbers(server, MOBILE)

        steps.click("button", "Delete Phone %s", MOBILE)
        steps.see("Your last method can’t be deleted. Add another one first.")
        self.assertFalse(steps.sees("Delete Phone %s?", MOBILE))
        self.assert_numbers(server, MOBILE)

    def test_by_text_wrong_code_first(self):
        server, steps = self.start()
        steps.open_wizard()
        steps.start(MOBILE, "text")
        code = steps.phone.read_code(MOBILE)
        steps.give_wrong_code(code, left=4)
        self.assert_numbers(server)
        steps.give_code(code)
        steps.see_added(MOBILE)
        steps.finish(MOBILE)
        self.assert_numbers(server, MOBILE)

    def test_change_number(self):
        """The old number stays until the new one is verified."""
        server, steps = self.start()
        steps.add_phone(MOBILE, "call")
        steps.open_change(MOBILE)
        steps.start(NEW_MOBILE, "call")
        self.assert_numbers(server, MOBILE)
        steps.approve_call()
        steps.see_changed(NEW_MOBILE)
        steps.finish(NEW_MOBILE)
        steps.see_no_phone(MOBILE)
        steps.see_default("Phone – call (%s)", NEW_MOBILE)
        self.assert_numbers(server, NEW_MOBILE)

    def test_default_and_delete(self):
        server, steps = self.start()
        steps.add_phone(MOBILE, "call")
        steps.add_phone(OFFICE, "call", "Office phone")
        steps.change_default("Phone – text (%s)", MOBILE)
        self.assertEqual(self.get_info(server)["default"]["channel"], "text")

        steps.ask_to_delete(MOBILE)
        option = steps.words("Phone – call (%s)", OFFICE)
        steps.see("%s will become the default.", option)
        steps.report("asked whether to delete the default")
        steps.click("button", "Cancel")
        steps.app.wait_gone("button", steps.words("Delete"))
        self.assert_numbers(server, MOBILE, OFFICE)

        steps.delete(MOBILE)
        steps.see_default("Phone – call (%s)", OFFICE)
        self.assert_numbers(server, OFFICE)

    def test_use_as_default(self):
        _, steps = self.start()
        steps.add_phone(MOBILE, "call")
        steps.open_wizard()
        steps.start(ALTERNATE, "text", "Alternate phone")
        steps.approve_text(ALTERNATE)
        steps.see_added(ALTERNATE)
        steps.choose("Use as default sign-in method")
        steps.finish(ALTERNATE)
        steps.see_default("Phone – text (%s)", ALTERNATE)

    def test_extension_is_left_out(self):
        server, steps = self.start()
        steps.open_wizard()
        steps.type_into("Phone number", "+1 4255551234X12345")
        number = "+1 425-555-1234"
        steps.see("Extensions aren’t supported. %s will be called.", number)
        steps.click("button", "Next")
        steps.see_window("Verify")
        steps.see_ringing(number)
        steps.approve_call()
        steps.see_added(number)
        steps.finish(number)
        self.assert_numbers(server, number)

    def test_number_that_can_not_be_right(self):
        """It is said what is wrong, and nothing that was typed is lost."""
        _, steps = self.start()
        steps.open_wizard()
        steps.type_into("Phone number", "070")
        steps.click("button", "Next")
        steps.see("The number is too short.")
        entry = steps.find("entry", "Phone number", states=["focused"])
        self.assertEqual(entry.text, "070")
        steps.report("too short is said to be too short")


if __name__ == "__main__":
    end_to_end.main()
