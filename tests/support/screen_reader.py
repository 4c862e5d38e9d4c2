# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a screen reader would say of a program, told by the accessibility bus alone.

    with ScreenReader(app) as reader:
        app.press("ctrl+n")
        reader.hear("Add a Method")

It says what Orca does: of a thing that gets the focus the names of what it is in, as far as
they are new, and what a dialog asks, then its own name, state and description; a new name or
description of what has the focus; and what is announced. All else that changes is not heard.
"""

import time

from accessible import Element, simplify, simplify_numbers
from desktop import PATIENCE, wait_until
from listener import Listener

# What Orca says the names of, of all that a thing is in.
SPOKEN_PARENTS = {"window", "frame", "dialog", "alert dialog", "list", "group", "panel", "menu",
                  "scroll pane", "tab panel"}
QUESTIONS = {"dialog", "alert dialog"}
SAID_OF_STATES = {"checked", "expanded", "pressed"}


class ScreenReader(Listener):
    """said is everything, in its order; events counts what came by the bus, heard or not."""

    def __init__(self, app):
        super().__init__(app.env["DBUS_SESSION_BUS_ADDRESS"])
        self._app = app
        self._focus = None
        self._name = None
        self._parents = set()
        self._position = 0
        self.said = []
        self.events = 0

    def take(self, key, member, kind, detail, value):
        self.events += 1
        if member == "Announcement":
            self._say(value if isinstance(value, str) and value else kind)
        elif member == "StateChanged" and kind == "focused" and detail:
            self._take_focus(Element(self.bus, *key, None))
        elif key != self._focus:
            return
        elif member == "StateChanged" and kind in SAID_OF_STATES:
            self._say(kind if detail else f"not {kind}")
        elif kind == "accessible-name" and simplify(value) != self._name:
            self._name = simplify(value)
            self._say(self._name)
        elif kind == "accessible-description":
            self._say(value)

    def _take_focus(self, element):
        if element.key == self._focus:
            return

        parents = element.find_parents()
        for parent in parents:
            if parent.key not in self._parents and parent.role in SPOKEN_PARENTS:
                self._say(parent.name)
                self._say(parent.description if parent.role in QUESTIONS else "")
        self._focus, self._name = element.key, element.name
        self._parents = {parent.key for parent in parents}

        states = element.states
        words = [self._name, *sorted(states & SAID_OF_STATES)]
        if "sensitive" not in states:
            words.append("grayed")
        self._say(", ".join(words))
        self._say(element.description)

    def _say(self, text):
        if text.strip():
            self.said.append(simplify_numbers(text))

    # What a test asks

    def hear(self, text, timeout=PATIENCE):
        """Waits until text is said, after what was heard before."""

        def find():
            for index in range(self._position, len(self.said)):
                if text in self.said[index]:
                    return index + 1
            return None

        try:
            self._position = self._app.wait_until(find, f"“{text}” to be said", timeout)
        except TimeoutError as error:
            said = "\n".join(self.said[self._position:])
            raise TimeoutError(f"{error}; since then was said\n{said}") from None

    def hear_all(self, *texts):
        for text in texts:
            self.hear(text)

    def count(self, text):
        """How often text was said."""
        return sum(text in line for line in self.said)

    def listen_for(self, seconds):
        """What is said, and how many events come, in a time in which nothing happens."""
        self._position = len(self.said)
        n_events = self.events
        end = time.monotonic() + seconds
        wait_until(lambda: time.monotonic() > end, "the end of the time", 2 * seconds)
        return self.said[self._position:], self.events - n_events
