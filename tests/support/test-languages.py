#!/usr/bin/env python3
# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A program and the tests that look for its words take the same catalogue, whatever the
language's code is like and whichever locales are installed."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import types
import unittest

from catalogue import run
from desktop import Desktop
from words import DOMAIN, Untranslated, Words

# The code that is asked for, and the catalogue that there is.
CODES = [
    ("sv", "sv"), ("sv_SE", "sv"), ("de_AT", "de"), ("nb_NO", "nb"),
    ("pt_BR", "pt_BR"), ("zh_TW", "zh_TW"), ("sr@latin", "sr@latin"),
]
# How many plural forms there are, and which one it is; of Japanese, English, Polish, Slovenian
# and Arabic.
PLURAL_FORMS = [
    (1, "0"),
    (2, "n != 1"),
    (3, "n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2"),
    (4, "n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3"),
    (6, "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5"),
]
COUNTS = [0, 1, 2, 3, 5, 11, 22, 100, 101, 102, 111]
PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals={number}; plural={formula};\\n"

msgid "Where?"
msgstr "{code}"

#, c-format
msgid "%d try"
msgid_plural "%d tries"
{forms}
"""
# What a program in C does, the app among them.
PROGRAM = f"""
import ctypes, locale, sys
locale.setlocale(locale.LC_ALL, "")
c = ctypes.CDLL(None)
c.dgettext.restype = c.dngettext.restype = ctypes.c_char_p
c.bindtextdomain(b"{DOMAIN}", sys.argv[1].encode())
print(c.dgettext(b"{DOMAIN}", b"Where?").decode())
for count in {COUNTS}:
    print(c.dngettext(b"{DOMAIN}", b"%d try", b"%d tries", ctypes.c_ulong(count)).decode())
"""


@unittest.skipIf(shutil.which("msgfmt") is None, "gettext is not installed")
class Languages(unittest.TestCase):
    def setUp(self):
        self.directory = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.localedir = self.directory / "locale"

    def make_catalogue(self, code, number=1, formula="0"):
        forms = "\n".join(f'msgstr[{i}] "%d of form {i}"' for i in range(number))
        text = PO.format(code=code, number=number, formula=formula, forms=forms)
        (self.directory / "po").write_text(text, encoding="utf-8")
        folder = self.localedir / code / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        self.assertEqual(run("msgfmt", "-o", folder / f"{DOMAIN}.mo", self.directory / "po"), [])

    def speak(self, code):
        """What a program says in that language."""
        env = {**os.environ, **Desktop.speak(types.SimpleNamespace(directory=self.directory), code)}
        return subprocess.run([sys.executable, "-c", PROGRAM, self.localedir], env=env, text=True,
                              check=True, stdout=subprocess.PIPE).stdout.splitlines()

    def test_codes(self):
        for _, catalogue in CODES:
            self.make_catalogue(catalogue)
        for code, catalogue in CODES:
            with self.subTest(code):
                self.assertEqual(self.speak(code)[0], catalogue)
                self.assertEqual(Words(self.localedir, code)("Where?"), catalogue)

    def test_plural_forms(self):
        """However many there are, the app and the tests choose the same ones, and all of them."""
        for number, formula in PLURAL_FORMS:
            with self.subTest(formula):
                code = f"l{'abcdef'[number - 1]}"
                self.make_catalogue(code, number, formula)
                spoken = self.speak(code)[1:]
                self.assertEqual(len(set(spoken)), number)
                words = Words(self.localedir, code)
                self.assertEqual(
                    [words.count("%d try", "%d tries", count) for count in COUNTS],
                    [text.replace("%d", str(count)) for text, count in zip(spoken, COUNTS)])

    def test_english(self):
        """Words that the app does not have are an error in English, too."""
        self.make_catalogue("sv")
        words = Words(self.localedir)
        self.assertEqual(words("Where?"), "Where?")
        self.assertEqual(words.count("%d try", "%d tries", 2), "2 tries")
        with self.assertRaises(Untranslated):
            words("Whence?")
        with self.assertRaises(Untranslated):
            words.count("%d cry", "%d cries", 2)
        with self.assertRaises(Untranslated):
            words("Where?", context="place")

    def test_no_language(self):
        with self.assertRaises(FileNotFoundError):
            Words(self.localedir, "fr")


if __name__ == "__main__":
    unittest.main()
