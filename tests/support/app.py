"""A GTK program as a person meets it: what is on its windows, the keyboard and the pointer.

It is read over the accessibility bus and operated by real key and pointer events alone: an
action on that bus would also work where no person could get.
"""

import subprocess
from functools import cached_property

from gi.repository import GLib

from accessible import Box, Bus, simplify_numbers
from desktop import PATIENCE, wait_until
from listener import FocusListener

WHEEL_UP, WHEEL_DOWN = 4, 5
ACTIVATED_BY_RETURN = {"list item", "menu item"}
PIXELS_OF_A_FEW_TURNS = 200

DIALOG_ROLES = {"dialog", "alert dialog"}

# Tab comes to one of those in a list alone.
REACHED_BY_ARROWS = {"radio", "radio button", "list item"}


class App:
    """A running program.

    language is a code such as "sv", or "sv_SE" with a country; its locale need not be
    installed. text_scale 2 is the desktop's 200 %. Without a pointer all is done by keys.
    """

    def __init__(self, desktop, argv, language=None, dark=False, high_contrast=False, text_scale=1,
                 env=None, pointer=True):
        self.desktop, self.pointer = desktop, pointer
        self.env = {**desktop.env, **(env or {})}
        self.env["ADW_DEBUG_COLOR_SCHEME"] = "prefer-dark" if dark else "prefer-light"
        self.env["ADW_DEBUG_HIGH_CONTRAST"] = "1" if high_contrast else "0"
        if language is not None:
            self.env.update(desktop.speak(language))
        if text_scale != 1:
            # What a desktop's setting for large text comes to for a program under X.
            resources = desktop.directory / f"resources-{text_scale}"
            resources.write_text(f"Xft.dpi: {round(96 * text_scale)}\n", encoding="utf-8")
            self.env["XENVIRONMENT"] = str(resources)
        self._bus = None
        self._output = open(desktop.directory / f"output-{id(self)}", "w+", encoding="utf-8")
        self.process = desktop.spawn([str(argument) for argument in argv], env=self.env,
                                     stdout=self._output, stderr=subprocess.STDOUT)

    def output(self):
        """What the program has printed."""
        self._output.flush()
        with open(self._output.name, encoding="utf-8", errors="replace") as lines:
            return lines.read()

    def stop(self):
        self.desktop._end(self.process)
        return self.process.returncode

    # What is there

    def windows(self):
        """The windows, the active one first."""
        if self._bus is None:
            self._bus = Bus(self.env["DBUS_SESSION_BUS_ADDRESS"])
        return self._bus.windows(self.is_own_process)

    def is_own_process(self, process):
        """Whether what that process has on the accessibility bus is this program's."""
        return process == self.process.pid

    def _walk(self):
        for window in self.windows():
            yield from window.walk()

    def elements(self):
        """Everything that takes up room on a window."""
        try:
            elements = list(self._walk())
            # Later it may be gone.
            for element in elements:
                element.role, element.name
            return elements
        except GLib.Error:
            # Something went away while it was looked at.
            return []

    def find(self, role, name=None, *states):
        """The first element of that role, name and states, or None."""
        try:
            return next((e for e in self._walk() if e.is_a(role, name) and e.has(*states)), None)
        except GLib.Error:
            return None

    def wait_until(self, condition, what, timeout=PATIENCE):
        def check():
            if self.process.poll() is not None:
                raise RuntimeError(
                    f"the program ended with {self.process.returncode} before {what}:\n"
                    + self.output()
                )
            try:
                return condition()
            except GLib.Error:
                return None

        try:
            return wait_until(check, what, timeout)
        except TimeoutError as error:
            raise TimeoutError(f"{error}; there is\n{self.describe()}\n{self.output()}") from None

    def wait_for(self, role, name=None, *states, timeout=PATIENCE):
        what = f"{role} “{name}” {' '.join(states)}"
        return self.wait_until(lambda: self.find(role, name, *states), what, timeout)

    def wait_gone(self, role, name=None, timeout=PATIENCE):
        def gone():
            return bool(self.elements()) and self.find(role, name) is None

        self.wait_until(gone, f"{role} “{name}” to go", timeout)

    def wait_text(self, text, timeout=PATIENCE):
        """Waits for something whose name or contents contain text."""

        def shown():
            return next((e for e in self._walk() if text in e.full_name or text in e.text), None)

        return self.wait_until(shown, f"“{text}”", timeout)

    def describe(self):
        """What is there, for a test that did not find what it was after."""
        lines = []
        for element in self.elements():
            states = sorted(element.states & {"active", "checked", "focused", "invalid-entry"})
            contents = f" “{element.text}”" if element.text not in ("", element.name) else ""
            if element.full_name or contents:
                lines.append(f"  {element!r}{contents} {' '.join(states)}")
        return "\n".join(lines)

    @cached_property
    def focus(self):
        """Knows of the focus what was told since it was first asked."""
        return self.desktop.keep(FocusListener(self.env["DBUS_SESSION_BUS_ADDRESS"]))

    def focused(self):
        try:
            focused = self.focus.find()
            # Each window has a focus of its own. A dialog does not say in GTK 4.8 that it is active.
            if focused is not None and (focused.window.has("active")
                                        or focused.window.role in DIALOG_ROLES):
                return focused
        except GLib.Error:
            # It has gone.
            pass
        return next((e for e in self._walk() if e.parent is not None and e.has("focused")), None)

    def focusables(self):
        return [element for element in self.elements() if element.has("focusable")]

    def name_problems(self, elements=None):
        """What a screen reader would have no proper word for, of these elements or of all."""
        if elements is not None:
            return self._find_name_problems(elements)
        problems = []

        def none_is_left():
            problems[:] = self.wait_until(
                lambda: [self._find_name_problems(self.elements())], "names")[0]
            return not problems

        # A page on its way out has no name any more.
        self._wait_a_moment(none_is_left)
        return problems

    @staticmethod
    def _find_name_problems(elements):
        return [
            element
            for element in elements
            if (not element.full_name.strip()
                # What can be copied may have an underscore of its own, and has no access key.
                or "_" in element.full_name and element.role != "label"
                or element.full_name.startswith(("Gtk", "Adw"))
                # It would be said twice.
                or element.full_name != element.name)
            and element.has("focusable")
        ]

    # What a person does

    def search_x_windows(self):
        """The numbers of all of its X windows that can be seen."""
        return self.desktop.xdotool("search", "--onlyvisible", "--pid", self.process.pid).split()

    def _find_x_window(self, surface):
        """The number and the box of a surface's X window, or None."""
        def find():
            try:
                return [self._match_x_window(surface)]
            except subprocess.CalledProcessError:
                # One of them went away while it was looked at.
                return None

        return self.wait_until(find, "its X windows")[0]

    def _match_x_window(self, surface):
        """The smallest of its name that it fits into. A popover has no name of its own, but its
        exact size."""
        xdotool = self.desktop.xdotool
        named = surface is surface.window
        size = surface.read_box()
        fitting = []
        for number in self.search_x_windows():
            shell = xdotool("getwindowgeometry", "--shell", number)
            values = dict(line.split("=") for line in shell.splitlines())
            box = Box(*(int(values[key]) for key in ["X", "Y", "WIDTH", "HEIGHT"]))
            if named and simplify_numbers(xdotool("getwindowname", number)) != surface.full_name:
                continue
            if box[2:] == size[2:] or named and box.width > size.width and box.height > size.height:
                fitting.append((box.width * box.height, number, box))
        return min(fitting)[1:] if fitting else None

    def locate(self, element):
        """The centre of an element on the screen."""
        surface = element.surface
        found = self.wait_until(lambda: self._find_x_window(surface), f"the X window of {surface}")
        inner, outer = surface.read_box(), found[1]
        x, y = element.read_box().centre
        # Around the window that GTK tells of is the frame that it draws.
        return (
            outer.x + (outer.width - inner.width) // 2 + x - inner.x,
            outer.y + (outer.height - inner.height) // 2 + y - inner.y,
        )

    def reveal(self, element):
        """Scrolls with the wheel until an element is in sight."""
        for _ in range(50):
            clip = element.find_clip()
            if clip is None:
                return
            before = element.read_box()
            distance = before.centre[1] - clip.read_box().centre[1]
            button = WHEEL_DOWN if distance > 0 else WHEEL_UP
            turns = abs(distance) // PIXELS_OF_A_FEW_TURNS + 1
            self.desktop.xdotool("mousemove", *self.locate(clip), "click", "--repeat", turns,
                                 "--delay", 5, button)
            # The first turn after the pointer has come to a window may be lost.
            self._wait_a_moment(lambda: element.read_box() != before)
        raise LookupError(f"{element} is not in sight")

    def _wait_a_moment(self, condition):
        """For what may not come about, which is for the caller to find out."""
        try:
            wait_until(condition, "that", 0.5)
        except TimeoutError:
            pass

    def activate(self, window):
        """Brings a window to the front, as one does from a list of windows."""
        if window.has("active"):
            return
        if not self.pointer:
            self._switch_to(window)
            return

        number, _ = self._find_x_window(window)
        self.desktop.xdotool("windowactivate", number)
        # A window that a modal one is in front of can't have what was asked for.
        self._wait_a_moment(lambda: window.has("active"))

    def _has_focus(self, window):
        focused = self.focused()
        return focused is not None and focused.is_in(window)

    def _switch_to(self, window):
        """With Alt+Tab: once for the window that was used last, twice for the one before. One
        that has just opened gets there by itself."""
        for turns in range(len(self.windows()) + 1):
            if turns > 0:
                self.desktop.xdotool("keydown", "alt", *["key", "Tab"] * turns, "keyup", "alt")
            self._wait_a_moment(lambda: self._has_focus(window))
            if self._has_focus(window):
                return
        raise LookupError(f"{window} is not reached with Alt+Tab")

    def click(self, element):
        """Clicks on an element; without a pointer, or where its place can't be known, presses
        its key."""
        self.activate(element.window)
        if self.pointer and element.has_true_box:
            self.reveal(element)
            self.desktop.xdotool("mousemove", *self.locate(element), "click", 1)
            return

        self.move_focus_to(element)
        if element.role in ACTIVATED_BY_RETURN:
            self.press("Return")
        elif not element.is_a("entry"):
            self.press("space")

    def move_focus_to(self, element, limit=150):
        """Moves the focus by keys alone: Tab, and where that goes round, the arrows too."""
        # Of a menu button it is the button in it that has the focus.
        wanted = {inner.key for inner in element.walk()}
        focused = self.focused()
        seen = []
        for _ in range(limit):
            key = focused.key if focused is not None else None
            if key in wanted:
                return
            arrow = focused is not None and (
                focused.role == "menu item"
                or focused.role in REACHED_BY_ARROWS and key not in seen
                and focused.find_from_window().is_beside(element)
            )
            seen.append(key)
            focused = self.press_and_follow("Down" if arrow else "Tab")
        raise LookupError(f"{element} is not reached by keys; there is\n{self.describe()}")

    def press_and_follow(self, key):
        """Returns where a key moves the focus to, as it is found by itself."""
        before = self.focus.key
        self.press(key)
        self._wait_a_moment(lambda: self.focus.key != before)
        return self.focus.get()

    def press(self, *keys):
        """Presses keys by their X names, such as "Tab", "alt+Left" or "shift+Tab"."""
        self.desktop.xdotool("key", "--clearmodifiers", *keys)

    def type(self, text):
        self.desktop.xdotool("type", "--clearmodifiers", "--delay", 1 if text.isascii() else 60, "--", text)

    def tab_to(self, role, name, limit=60):
        """Moves the focus with the Tab key alone, as a person without a pointer does."""
        focused = self.focused()
        for _ in range(limit):
            if focused is not None and focused.is_a(role, name):
                return focused
            focused = self.press_and_follow("Tab")
        raise LookupError(f"{role} “{name}” is not reached with Tab; there is\n{self.describe()}")

    def resize(self, width, height):
        """Resizes the active window, and returns the size that it then has."""
        window = self.windows()[0]
        number, outer = self._find_x_window(window)
        size = (width + outer.width - window.box.width, height + outer.height - window.box.height)
        self.desktop.xdotool("windowsize", number, *size)
        # It may not be able to get that small, and says so by its own size alone.
        self._wait_a_moment(lambda: window.read_box()[2:] == (width, height))
        return window.read_box()[2:]

    def move(self, window, x, y):
        """Moves a window, and waits until it is there."""
        number, _ = self._find_x_window(window)
        self.desktop.xdotool("windowmove", "--sync", number, x, y)

    def screenshot(self, path, window=None):
        """Writes a picture of a window, or of the active one; of the whole screen where GTK has
        named it otherwise to the display, as it does its window of shortcuts."""
        found = self._find_x_window(window or self.windows()[0])
        self.desktop.screenshot(path, found[0] if found else "root")


class Service(App):
    """A program that the bus has started."""

    def __init__(self, desktop, name):
        self.desktop, self.env = desktop, desktop.env
        self.process = ServiceProcess(desktop, name)
        self._bus = None

    def output(self):
        """It goes wherever the bus writes."""
        return ""


class ServiceProcess:
    """As much of a subprocess as a test asks for."""

    returncode = "a status that the bus alone knows"

    def __init__(self, desktop, name):
        self._desktop, self._name = desktop, name
        self.pid = desktop.find_service(name)

    @property
    def args(self):
        with open(f"/proc/{self.pid}/cmdline", encoding="utf-8") as file:
            return file.read().rstrip("\0").split("\0")

    def poll(self):
        return None if self._desktop.find_service(self._name) == self.pid else self.returncode
