#!/usr/bin/env python3
# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The checks of texts and translations find what they are there to find."""

import unittest

from catalogue import Entry
from text_rules import check_source, check_translation

NAMES = {"de": "Sicherheitsinfo", "ja": "セキュリティ情報"}
COMMENT = ["Translators: a comment"]

GOOD = [
    ("de", "Delete %s?", "%s löschen?"),
    ("de", "Loading…", "Wird geladen …"),
    ("de", "About Security Info", "Info zu Sicherheitsinfo"),
    ("fr", "Delete %s?", "Supprimer %s\u202f?"),
    ("fr", "It must begin with https:, mailto: or tel:.", "Commence par https:, mailto: ou tel:."),
    ("fr", "Reference: %s", "Référence\u00a0: %s"),
    ("es", "Which phone is it?", "¿Qué teléfono es?"),
    ("ar", "Which phone is it?", "أي هاتف هذا؟"),
    ("ar", "Set:\nbackend-url, issuer, client-id", "اضبط:\nbackend-url, issuer, client-id"),
    ("ja", "Type the phone number.", "電話番号を入力してください。"),
    ("ja", "Calling %s…", "%s に発信中…"),
    ("sv", "%1$s (%2$s)", "%1$s (%2$s)"),
    ("sv", "phone;telephone;call;text;SMS;", "telefon;mobil;samtal;sms;nummer;konto;"),
]
BAD = [
    ("de", "Delete %s?", "%s löschen", "does not end with “?”"),
    ("de", "Time Is Up", "Die Zeit ist um.", "ends with “.”"),
    ("de", "Loading…", "Wird geladen...", "does not end with “…”"),
    ("de", "Close", "Schließen ", "a space at an end"),
    ("de", "Close", "_Schließen", "an access key"),
    ("de", "Press #", "Rautetaste drücken", "lacks “#”"),
    ("de", "Call the help desk", "Call the help desk", "is English"),
    ("de", "About Security Info", "Info zum Programm", "lacks the app’s name"),
    ("de", "First.\nSecond.", "Erstens. Zweitens.", "other lines"),
    ("de", "The setting “%s”", 'Die Einstellung "%s"', "typographic quotes"),
    ("fr", "The service’s answer", "La réponse de l'autre", "should be ’"),
    ("fr", "Delete %s?", "Supprimer %s ?", "no-break space"),
    ("fr", "Reference: %s", "Référence : %s", "no-break space"),
    ("es", "Which phone is it?", "Qué teléfono es?", "¿…?"),
    ("ar", "Which phone is it?", "أي هاتف هذا?", "does not end with “؟”"),
    ("ar", "Yes, and no.", "نعم, ولا.", "،"),
    ("ja", "Type the phone number.", "電話番号を入力してください.", "does not end with “。”"),
    ("pl", "Manage sign-in methods", "Zarządzaj swoimi metodami logowania się",
     "longer than 35"),
]
HARD = [
    Entry(msgid="Change"),
    Entry(msgid="The number is %s"),
    Entry(msgid="_Close the window", comments=COMMENT),
    Entry(msgid="This is <b>bold</b>", comments=COMMENT),
    Entry(msgid="%d second(s) left", comments=COMMENT),
    Entry(msgid="Time left: ", comments=COMMENT),
]
EASY = [
    Entry(msgid="Change", comments=COMMENT),
    Entry(msgid="Phone", context="method"),
    Entry(msgid="%d:%02d", context="time left", comments=COMMENT),
    Entry(msgid="%d second", plural="%d seconds", comments=COMMENT),
]


def check(language, msgid, text):
    entry = Entry(msgid=msgid, texts=[text])
    return list(check_translation(language, entry, NAMES.get(language, "?")))


class TextRules(unittest.TestCase):
    def test_good_translations(self):
        for case in GOOD:
            with self.subTest(case):
                self.assertEqual(check(*case), [])

    def test_bad_translations(self):
        for *case, problem in BAD:
            with self.subTest(case):
                self.assertIn(problem, "\n".join(check(*case)))

    def test_plural_forms(self):
        """The second form and those after it are compared with the English plural."""
        entry = Entry(msgid="%d try.", plural="%d tries.", texts=["%d a.", "%d b.", "%d c"])
        problems = list(check_translation("pl", entry, "?"))
        self.assertEqual(len(problems), 1)
        self.assertIn("%d c", problems[0])

    def test_sources(self):
        for entry in HARD:
            with self.subTest(entry.msgid):
                self.assertNotEqual(list(check_source(entry)), [])
        for entry in EASY:
            with self.subTest(entry.msgid):
                self.assertEqual(list(check_source(entry)), [])


if __name__ == "__main__":
    unittest.main()
