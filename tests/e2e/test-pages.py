#!/usr/bin/env python3
# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Everything that the app can show, in a language of longer words and on a small screen: all
of it is translated, and nothing is cut off. In one that runs from right to left it is
mirrored, but no number is."""

import json
import pathlib
import re

import end_to_end
import pseudo
from desktop import Desktop
from stage import DATA
from tour import USER_CODE, Tour

TOP = pathlib.Path(__file__).parents[2]
SMALLEST = (360, 294)
ISO_CODES = pathlib.Path("/usr/share/iso-codes/json/iso_3166-1.json")

# What is not the app's to translate: addresses, references and keys, what GTK and libadwaita
# say themselves, and the names of things that have none.
TECHNICAL = re.compile(r"https?://\S+|[\w.]+@[\w.]+|/\S+\.md|\b[a-z]+-(?:url|id)\b"
                       r"|io\.github\.security_info\.SecurityInfo|[0-9a-f]{8}-[0-9a-f-]{27}")
TOOLKIT = {"Minimize", "Maximize", "Close", "Minimize the window", "Maximize the window",
           "Close the window", "Dismiss", "Search", "Ctrl", "Alt", "Left", "Right", "About", "Back",
           "Credits", "Legal", "Copyright"}
NAMELESS = re.compile(r"(?:Gtk|Adw|Si)[A-Z]\w+")
LATIN = re.compile(r"[A-Za-z][A-Za-z’ -]+")
# What the demo's backend says, in English or in Swedish.
SPOKEN = re.compile(r"This is .* hang up\.|.*: your code is \d+\. .*")

# Where something is in front of the list, and takes the pointer.
COVERED = {"menu", "delete-not-possible", "delete", "delete-other", "deleted", "changed-after-all"}
# What GTK and libadwaita have not named properly is not for the app to mend.
OF_THE_TOOLKIT = {"menu", "about"}
ROLES = ["button", "check", "entry", "heading", "row", "switch", "list", "menu item"]
DESCRIBED = ["button", "check", "entry", "row"]
NUMBER = re.compile(r"(?<![\u2066\d])\+\d")
CLOCK = re.compile(r"(?<!\u2066)\b\d+:\d\d\b")
ADDRESS = re.compile(r"(?<![\u2066\u2068])(?<![\w.])(?:https?://|[\w.]+@)")


def read_country_names():
    entries = json.loads(ISO_CODES.read_text(encoding="utf-8"))["3166-1"]
    return {entry.get("common_name", entry["name"]) for entry in entries} | {
        "Ascension Island", "Tristan da Cunha", "Kosovo"}


def find_english(text, countries):
    """What is left in a text that nobody translated."""
    if text in countries or NAMELESS.fullmatch(text):
        return []
    text = TECHNICAL.sub("", SPOKEN.sub("", text))
    for known in [*DATA, USER_CODE, *(name for name in countries if name in text)]:
        text = text.replace(known, "")
    return [word for word in LATIN.findall(text) if word.strip() not in TOOLKIT]


def read_texts(element):
    """What a person sees of it, or hears."""
    texts = {element.raw_name}
    if element.role == "label":
        texts.add(element.raw_text)
    if any(element.is_a(role) for role in DESCRIBED):
        texts.add(element.raw_description)
    return texts


class Pages(end_to_end.TestCase):
    """The environment of the tour is its own."""

    @classmethod
    def setUpClass(cls):
        cls.language = end_to_end.INSTALLED.language
        cls.countries = read_country_names()

    def setUp(self):
        super().setUp()
        localedir = end_to_end.INSTALLED.prefix / "share" / "locale"
        self.enterContext(pseudo.install(TOP, localedir, self.language))
        self.desktop = self.enterContext(Desktop())
        self.tour = Tour(self.desktop, end_to_end.INSTALLED.prefix, self.language, SMALLEST,
                         self.look)
        self.addCleanup(lambda: self.end(self.tour.app))
        self.problems = []

    def complain(self, what):
        self.problems.append(f"{self.stop}: {what}")

    def look(self, name):
        print(f"# {name}", flush=True)
        self.stop = name
        elements = self.tour.app.elements()
        # Where things are is not told by later releases of GTK. The tests of the layout know.
        if elements[0].has_true_box:
            self.check_places(elements)
        for element in elements:
            # Of libadwaita's own window the name is the app's, and little else.
            if name == "about" and element.parent is not None:
                continue
            for text in read_texts(element):
                self.check_words(element, text)
                self.check_isolation(element, text)
        if name not in OF_THE_TOOLKIT:
            for element in self.tour.app.name_problems(elements):
                self.complain(f"{element} has no proper name")

    # Nothing is cut off

    def check_places(self, elements):
        self.check_sizes(elements)
        if self.language == pseudo.MIRRORED:
            self.check_sides(elements)
        if self.stop not in COVERED:
            self.check_scrolling(elements)

    def check_sizes(self, elements):
        """Of the window in front: of those behind it one can't tell what is hidden. GTK 4.8
        does not tell either that the page is that was there while the app loaded."""
        window = self.tour.app.windows()[0]
        hidden = self.tour.words("Loading…") if self.stop != "loading" else None
        if window.box.width > SMALLEST[0]:
            self.complain(f"{window} is wider than the screen")
        for element in elements:
            if (element.surface.is_same_as(window) and any(element.is_a(role) for role in ROLES)
                    and element.full_name != hidden
                    and not 0 <= element.box.x <= window.box.width - element.box.width):
                self.complain(f"{element} is cut off")

    def check_scrolling(self, elements):
        """What is below the edge can be scrolled to, and what is above it again."""
        window = self.tour.app.windows()[0]
        hidden = [element for element in elements
                  if element.window.is_same_as(window) and element.is_a("button")
                  and not window.box.contains(*element.box.centre)]
        for element in hidden[-1:] + hidden[:1]:
            try:
                self.tour.app.reveal(element)
            except LookupError as error:
                self.complain(str(error))

    # Everything is translated

    def check_words(self, element, text):
        english = find_english(text, self.countries)
        if english:
            self.complain(f"{element} is not translated: {english} in “{text}”")

    # From right to left

    def check_isolation(self, element, text):
        """Numbers, clocks and addresses read from left to right wherever they stand."""
        if self.language != pseudo.MIRRORED or element.is_a("entry"):
            return
        for pattern in [NUMBER, CLOCK, ADDRESS]:
            if pattern.search(text):
                self.complain(f"{element} does not isolate what is in “{text}”")

    def check_sides(self, elements):
        """The way back is at the right, and so is what a row begins with."""
        back = self.tour.words("Back")
        for element in elements:
            if element.is_a("button", back) and element.box.centre[0] < SMALLEST[0] // 2:
                self.complain(f"{element} is at the left")
            if element.is_a("button") and element.parent.is_a("row"):
                title = next(part for part in elements if part.role == "label"
                             and part.parent is element.parent)
                if element.box.centre[0] > title.box.centre[0]:
                    self.complain(f"{element} is to the right of {title}")

    def test_tour(self):
        self.tour.run()
        self.assertEqual(self.problems, [], "\n" + "\n".join(self.problems))


if __name__ == "__main__":
    end_to_end.main()
