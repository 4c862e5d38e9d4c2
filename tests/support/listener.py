# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a program tells the accessibility bus of, as it tells it."""

import threading

from gi.repository import GLib

from accessible import Bus, Element
from desktop import PATIENCE


class Listener:
    """Listens from when the context is entered, in a thread of its own."""

    def __init__(self, session_address):
        self._address = session_address
        self._ready = threading.Event()
        self._loop = None
        self.bus = None

    def __enter__(self):
        threading.Thread(target=self._listen, daemon=True).start()
        self._ready.wait(PATIENCE)
        return self

    def __exit__(self, *_):
        self._loop.quit()

    def _listen(self):
        context = GLib.MainContext.new()
        context.push_thread_default()
        self._loop = GLib.MainLoop.new(context, False)
        self.bus = Bus(self._address)
        self.bus.subscribe(self._take)
        self._ready.set()
        self._loop.run()

    def _take(self, key, *event):
        try:
            self.take(key, *event)
        except GLib.Error:
            # It went away before anybody could say what it was.
            pass

    def take(self, key, member, kind, detail, value):
        """Something happened to the element that this is the key of."""


class FocusListener(Listener):
    """Knows what has the focus without looking at everything on the screen."""

    def __init__(self, session_address):
        super().__init__(session_address)
        self._asker = Bus(session_address)
        self.key = None

    def take(self, key, member, kind, detail, value):
        if member == "StateChanged" and kind == "focused" and detail:
            self.key = key

    def get(self):
        """The element by itself, or None where none was told of."""
        return Element(self._asker, *self.key, None) if self.key is not None else None

    def find(self):
        """The element in its window, or None where it has lost the focus again."""
        element = self.get()
        return element.find_from_window() if element is not None and element.has("focused") else None
