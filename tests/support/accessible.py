"""What is on a program's windows, read over the accessibility bus (AT-SPI).

This speaks the bus's protocol itself. libatspi keeps what it has read and brings it up to
date in a main loop alone, so that a test that asks again and again would be told of windows
that are gone, and not of those that are new.
"""

import re
from functools import cached_property
from typing import NamedTuple

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

ACCESSIBLE = "org.a11y.atspi.Accessible"
APPLICATION = "org.a11y.atspi.Application"
COMPONENT = "org.a11y.atspi.Component"
TEXT = "org.a11y.atspi.Text"
EVENTS = "org.a11y.atspi.Event.Object"
ROOT = "/org/a11y/atspi/accessible/root"
NOTHING = "/org/a11y/atspi/null"
REGISTRY = "org.a11y.atspi.Registry"
REGISTRY_PATH = "/org/a11y/atspi/registry"
# Extents are of the window: GTK 4 knows no others, and warns if it is asked for them.
COORDINATES_OF_WINDOW = 1
THINGS_TO_TRY = 12
LABELLED_BY = 2
TIMEOUT_MS = 5000

# The protocol's numbers of the states that matter here.
STATES = {
    1: "active", 3: "busy", 4: "checked", 7: "editable", 8: "enabled", 9: "expandable",
    10: "expanded", 11: "focusable", 12: "focused", 16: "modal", 20: "pressed", 22: "selectable",
    23: "selected", 24: "sensitive", 25: "showing", 30: "visible", 32: "indeterminate",
    33: "required", 36: "invalid-entry", 41: "checkable", 42: "has-popup", 43: "read-only",
}

# Releases of GTK differ in what they take a thing for.
ROLES = {
    "button": {"button", "push button", "toggle button"},
    "check": {"checkbox", "check box", "radio", "radio button"},
    "entry": {"text box", "search box", "text", "entry", "password text"},
    "heading": {"heading", "label"},
    "row": {"list item"},
    "switch": {"switch"},
    "window": {"window", "dialog", "alert dialog", "frame"},
}
ISOLATES = dict.fromkeys([0x200F, *range(0x2066, 0x206A)])
NO_BREAK = re.compile(r"(?<=[\d)])\u00a0(?=[\d(])")
DIALOG_ROLES = {"dialog", "alert dialog"}
POPOVER_ROLES = {"menu", "dialog"}


def simplify_numbers(text):
    """Without what keeps a number in one piece, and in its order where one writes from right
    to left: nobody sees it, or would look for it."""
    return NO_BREAK.sub(" ", text.translate(ISOLATES))


def simplify(name):
    """GTK 4.8 names a button by its label property and its child's label, one after the
    other and with the mnemonic's underscore: "_Next Next"."""
    middle = len(name) // 2
    for split in (middle, middle + 1):
        first, second = name[:split].rstrip(), name[split:].lstrip()
        if second and first.replace("_", "") == second:
            return second
    return name


class Bus:
    """The accessibility bus that belongs to a session bus."""

    def __init__(self, session_address):
        self._versions = {}
        flags = (
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        )
        session = Gio.DBusConnection.new_for_address_sync(session_address, flags, None, None)
        reply = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress",
                                  None, None, Gio.DBusCallFlags.NONE, TIMEOUT_MS, None)
        session.close_sync(None)
        self._bus = Gio.DBusConnection.new_for_address_sync(reply.unpack()[0], flags, None, None)

    def call(self, owner, path, interface, method, arguments=None):
        reply = self._bus.call_sync(owner, path, interface, method, arguments, None,
                                    Gio.DBusCallFlags.NONE, TIMEOUT_MS, None)
        return reply.unpack()

    def get(self, owner, path, interface, name):
        return self.call(owner, path, "org.freedesktop.DBus.Properties", "Get",
                         GLib.Variant("(ss)", (interface, name)))[0]

    def version_of(self, owner):
        """The version of GTK of a program."""
        if owner not in self._versions:
            version = self.get(owner, ROOT, APPLICATION, "Version")
            self._versions[owner] = tuple(map(int, version.split(".")[:2]))
        return self._versions[owner]

    def process_of(self, owner):
        return self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                         "GetConnectionUnixProcessID", GLib.Variant("(s)", (owner,)))[0]

    def children(self, owner, path):
        return self.call(owner, path, ACCESSIBLE, "GetChildren")[0]

    def subscribe(self, handle):
        """Calls handle with each event that is of an element, in this thread's main loop: the
        element's owner and path, what happened, to what, and two values of it."""

        def take(_bus, owner, path, _interface, member, arguments):
            kind, detail, _, value, *_ = arguments.unpack()
            handle((owner, path), member, kind, detail, value)

        self.call(REGISTRY, REGISTRY_PATH, REGISTRY, "RegisterEvent",
                  GLib.Variant("(s)", ("object:",)))
        self._bus.signal_subscribe(None, EVENTS, None, None, None, Gio.DBusSignalFlags.NONE, take)

    def windows(self, is_own_process):
        """The windows of the processes that are one's own, the active one first; GTK 4.8
        does not call a dialog active."""
        windows = [
            Element(self, *child, None)
            for owner, path in self.children(REGISTRY, ROOT)
            if is_own_process(self.process_of(owner))
            for child in self.children(owner, path)
        ]
        windows = [window for window in windows if window.visible]
        return sorted(windows, key=lambda window: (not window.has("active"),
                                                   window.role not in DIALOG_ROLES))


class Box(NamedTuple):
    """A rectangle in a window."""

    x: int
    y: int
    width: int
    height: int

    @property
    def centre(self):
        return self.x + self.width // 2, self.y + self.height // 2

    def contains(self, x, y):
        return 0 <= x - self.x < self.width and 0 <= y - self.y < self.height

    def overlaps(self, other):
        return (self.x < other.x + other.width and other.x < self.x + self.width
                and self.y < other.y + other.height and other.y < self.y + self.height)


NO_BOX = Box(0, 0, 0, 0)


class Element:
    """One thing in a window. Its box is as it was when it was found, its role and its name
    as they were when they were first asked for; states, text and description are as they
    are."""

    def __init__(self, bus, owner, path, parent):
        self._bus, self._owner, self._path = bus, owner, path
        self.parent = parent
        self.window = parent.window if parent is not None else self
        self.box = self.read_box()

    def __repr__(self):
        x, y, width, height = self.box
        return f"{self.role} “{self.name}” at {x},{y} {width}×{height}"

    def _call(self, interface, method, arguments=None):
        return self._bus.call(self._owner, self._path, interface, method, arguments)

    def _get(self, interface, name):
        return self._bus.get(*self.key, interface, name)

    @cached_property
    def role(self):
        return self._call(ACCESSIBLE, "GetRoleName")[0]

    @cached_property
    def full_name(self):
        return simplify_numbers(self.raw_name)

    @cached_property
    def raw_name(self):
        name = self._get(ACCESSIBLE, "Name")
        # An item of a menu has none since GTK 4.18: whoever reads it out asks what labels it.
        return name if name or self.role != "menu item" else self._read_labels()

    def _read_labels(self):
        relations = self._call(ACCESSIBLE, "GetRelationSet")[0]
        labels = [label for kind, labels in relations if kind == LABELLED_BY for label in labels]
        return " ".join(Element(self._bus, *label, self).raw_text for label in labels)

    @cached_property
    def name(self):
        return simplify(self.full_name)

    @cached_property
    def is_surface(self):
        """Whether it is a window of its own to the display, as a popover is, too."""
        return self.parent is None or self.role in POPOVER_ROLES

    @cached_property
    def surface(self):
        return self if self.is_surface else self.parent.surface

    def read_box(self):
        arguments = GLib.Variant("(u)", (COORDINATES_OF_WINDOW,))
        try:
            return Box(*self._call(COMPONENT, "GetExtents", arguments)[0])
        except GLib.Error:
            # The page of a stack has none.
            return NO_BOX

    def find_clip(self):
        """The innermost thing around this that its centre is scrolled out of, or None."""
        centre = self.read_box().centre
        outer = self
        while outer is not outer.surface:
            outer = outer.parent
            box = outer.read_box()
            if box != NO_BOX and not box.contains(*centre):
                return outer
        return None

    @property
    def visible(self):
        """Whether it takes up room; what has never been shown takes none."""
        return self.box.width > 0 and self.box.height > 0

    def is_hidden_among(self, siblings):
        """Whether it is on a page that another has taken the place of."""
        if not self.has_true_box:
            return not self.has("showing")
        # GTK 4.8 does not say, and lets it keep its box. What is insensitive can't be found.
        covered = any(
            other is not self and self.box.overlaps(other.box) and not other.is_surface
            for other in siblings
        )
        return covered and self.has("sensitive") and not self._is_found()

    def _is_hit(self):
        """Whether the pointer would find this. The bus has no name for the picture in a
        button, so the edges are tried, too."""
        x, y, width, height = self.box
        across, down = self.box.centre
        points = [(across, down), (x - 2, down), (x + 1, down), (across, y + 1),
                  (across, y + height - 2)]
        for point in points:
            arguments = GLib.Variant("(iiu)", (*point, COORDINATES_OF_WINDOW))
            if self._call(COMPONENT, "GetAccessibleAtPoint", arguments)[0][1] != NOTHING:
                return True
        return False

    def _is_found(self):
        """Whether the pointer would find this or anything in it. It finds nothing on a page
        that another has taken the place of, although that keeps its box in GTK 4.8; a few
        of the things on it are enough to tell."""
        candidates = [self]
        for _ in range(THINGS_TO_TRY):
            if not candidates:
                break
            candidate = candidates.pop(0)
            if candidate._is_hit():
                return True
            candidates += [child for child in candidate.children() if child.has("sensitive")]
        return False

    @property
    def description(self):
        return simplify_numbers(self.raw_description)

    @property
    def raw_description(self):
        return self._get(ACCESSIBLE, "Description")

    @property
    def text(self):
        """The contents of an entry or a label."""
        return simplify_numbers(self.raw_text)

    @property
    def raw_text(self):
        if TEXT not in self._call(ACCESSIBLE, "GetInterfaces")[0]:
            return ""
        # GTK 4.8 has no notion of -1 for the end.
        length = self._get(TEXT, "CharacterCount")
        return self._call(TEXT, "GetText", GLib.Variant("(ii)", (0, length)))[0]

    def find_parents(self):
        """Everything that it is in, the window first, even where it was not found from there."""
        keys = []
        owner, path = self._get(ACCESSIBLE, "Parent")
        while path != ROOT:
            keys.insert(0, (owner, path))
            owner, path = self._bus.get(owner, path, ACCESSIBLE, "Parent")
        parents = [None]
        for key in keys:
            parents.append(Element(self._bus, *key, parents[-1]))
        return parents[1:]

    def find_from_window(self):
        """This as it is found from its window."""
        return Element(self._bus, *self.key, self.find_parents()[-1])

    @property
    def key(self):
        """What tells it from everything else on the bus."""
        return self._owner, self._path

    @property
    def has_true_box(self):
        """Since GTK 4.10 a box is short of the padding of all that is around it."""
        return self._bus.version_of(self._owner) < (4, 10)

    def is_same_as(self, other):
        return self.key == other.key

    def find_list(self):
        """The list that it is in, or None."""
        element = self
        while element is not None and element.role != "list":
            element = element.parent
        return element

    def is_beside(self, other):
        """Whether both are in the same list."""
        mine, theirs = self.find_list(), other.find_list()
        return mine is not None and theirs is not None and mine.is_same_as(theirs)

    def is_in(self, other):
        element = self
        while element is not None and not element.is_same_as(other):
            element = element.parent
        return element is not None

    @property
    def states(self):
        low, high = self._call(ACCESSIBLE, "GetState")[0]
        bits = low | high << 32
        return {name for number, name in STATES.items() if bits >> number & 1}

    def has(self, *states):
        return set(states) <= self.states

    def is_a(self, role, name=None):
        return self.role in ROLES.get(role, {role}) and name in (None, self.name, self.full_name)

    def children(self):
        children = (
            Element(self._bus, *child, self)
            for child in self._bus.children(self._owner, self._path)
        )
        return [child for child in children if child.visible]

    def walk(self):
        """This and everything in it that can be seen, or scrolled to."""
        yield self
        children = self.children()
        for child in children:
            if child.is_surface or not child.is_hidden_among(children):
                yield from child.walk()
