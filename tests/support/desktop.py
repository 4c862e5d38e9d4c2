"""A desktop of its own for a test: a display, a window manager and buses without services.

    with Desktop() as desktop:
        app = desktop.launch(["security-info", "--demo"], language="sv")
        app.wait_for("button", "Add Method").click()
"""

import contextlib
import ctypes
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time

TOOLS = ["Xvfb", "dbus-daemon", "openbox", "xdotool"]

# No service of the machine may take part, such as a portal that knows its colour scheme.
BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={directory}</listen>
  <servicedir>{directory}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
ACCESSIBILITY_SERVICE = "org.a11y.Bus.service"

# A window gets the focus when it opens and when it is clicked; no keys but Alt+F4 and Alt+Tab
# are taken from it.
OPENBOX_CONFIG = """<?xml version="1.0"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <focus><focusNew>yes</focusNew><followMouse>no</followMouse></focus>
  <placement><policy>Smart</policy><center>yes</center></placement>
  <desktops><number>1</number><popupTime>0</popupTime></desktops>
  <keyboard>
    <keybind key="A-F4"><action name="Close"/></keybind>
    <keybind key="A-Tab">
      <action name="NextWindow"><dialog>none</dialog><bar>no</bar></action>
    </keybind>
  </keyboard>
  <mouse>
    <context name="Client">
      <mousebind button="Left" action="Press">
        <action name="Focus"/><action name="Raise"/>
      </mousebind>
    </context>
  </mouse>
</openbox_config>
"""

# Pictures of the same thing are the same, and nothing has to be waited for.
GTK_SETTINGS = """[Settings]
gtk-enable-animations=false
gtk-cursor-blink=false
"""

PR_SET_PDEATHSIG = 1
PATIENCE = 15


class Missing(Exception):
    """A tool that the test needs is not installed."""


def die_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def wait_until(condition, what, timeout=PATIENCE):
    """Returns the first true value of condition(), which is asked over and over."""
    deadline = time.monotonic() + timeout
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {timeout} s for {what}")
        time.sleep(0.02)


class Desktop:
    """Everything ends with it: the programs that it started, their files and their buses.

    services are files of services that the bus may start besides that of accessibility, and
    settings lines of a settings.ini, which GTK reads. environment is what they and all else here
    are told besides.
    """

    def __init__(self, width=1280, height=1024, services=(), settings="", environment=None):
        missing = [tool for tool in TOOLS if shutil.which(tool) is None]
        if missing:
            raise Missing(f"not installed: {', '.join(missing)}")

        self.size = (width, height)
        self._services = [ACCESSIBILITY_SERVICE, *services]
        self._settings = GTK_SETTINGS + settings
        self._environment = environment or {}
        self._cleanup = contextlib.ExitStack()
        self.env = {}

    def __enter__(self):
        with contextlib.ExitStack() as cleanup:
            directory = cleanup.enter_context(
                tempfile.TemporaryDirectory(prefix="desktop-", ignore_cleanup_errors=True)
            )
            self.directory = pathlib.Path(directory)
            self._cleanup = cleanup
            self._prepare_environment()
            self._start_display()
            self._start_bus()
            self._start_window_manager()
            self._cleanup = cleanup.pop_all()
        return self

    def __exit__(self, *_):
        self._cleanup.close()

    def _prepare_environment(self):
        self.env = dict(os.environ)
        for name in ["WAYLAND_DISPLAY", "AT_SPI_BUS_ADDRESS", "LANG", "LANGUAGE", "XAUTHORITY"]:
            self.env.pop(name, None)
        for name in ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME",
                     "XDG_RUNTIME_DIR"]:
            path = self.directory / name.lower()
            path.mkdir(mode=0o700)
            self.env[name] = str(path)
        settings = pathlib.Path(self.env["XDG_CONFIG_HOME"]) / "gtk-4.0" / "settings.ini"
        settings.parent.mkdir()
        settings.write_text(self._settings, encoding="utf-8")
        self.env.update(
            LC_ALL="C.UTF-8",
            GDK_BACKEND="x11",
            GSK_RENDERER="cairo",
            GSETTINGS_BACKEND="memory",
            NO_PROXY="*",
            ADW_DISABLE_PORTAL="1",
            **self._environment,
        )

    def spawn(self, argv, env=None, **options):
        """Starts a program that ends with the desktop, or with the test if that crashes."""
        process = subprocess.Popen(
            argv, env=env or self.env, preexec_fn=die_with_parent, start_new_session=True, **options
        )
        self._cleanup.callback(self._end, process)
        return process

    def keep(self, context):
        """Enters a context that is left with the desktop."""
        return self._cleanup.enter_context(context)

    @staticmethod
    def _end(process):
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _start_display(self):
        width, height = self.size
        reader, writer = os.pipe()
        self.spawn(
            ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{width}x{height}x24", "-dpi", "96",
             "-nolisten", "tcp", "-noreset"],
            pass_fds=[writer],
            stderr=subprocess.DEVNULL,
        )
        os.close(writer)
        with open(reader, encoding="ascii") as lines:
            number = lines.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        self.env["DISPLAY"] = f":{number}"

    def _start_bus(self):
        services = self.directory / "services"
        services.mkdir()
        for name in self._services:
            installed = pathlib.Path("/usr/share/dbus-1/services") / name
            if installed.exists():
                shutil.copy(installed, services)
        config = self.directory / "bus.conf"
        config.write_text(BUS_CONFIG.format(directory=self.directory), encoding="utf-8")
        bus = self.spawn(
            ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile", "--print-address"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.env["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()

    def _call_bus(self, method, *arguments, **options):
        return subprocess.run(
            ["gdbus", "call", "--address", self.env["DBUS_SESSION_BUS_ADDRESS"], "--dest",
             "org.freedesktop.DBus", "--object-path", "/org/freedesktop/DBus", "--method",
             f"org.freedesktop.DBus.{method}", *arguments],
            stdout=subprocess.PIPE, text=True, timeout=PATIENCE, **{"check": True, **options},
        ).stdout

    def reload_bus(self):
        """The bus looks again at which services there are."""
        self._call_bus("ReloadConfig")

    def update_bus_environment(self):
        """What the bus starts from now on has the environment that the programs here have."""
        subprocess.run(["dbus-update-activation-environment", "--all"], env=self.env, check=True,
                       timeout=PATIENCE)

    def find_service(self, name):
        """The process of what the bus has started, or None."""
        answer = self._call_bus("GetConnectionUnixProcessID", name, check=False,
                                stderr=subprocess.DEVNULL)
        # (uint32 4711,)
        found = re.search(r"(\d+),", answer)
        return int(found.group(1)) if found else None

    def stop_service(self, name):
        """Ends what the bus has started, and waits until the bus knows."""
        os.kill(self.find_service(name), signal.SIGTERM)
        wait_until(lambda: self.find_service(name) is None, f"{name} to end")

    def _start_window_manager(self):
        config = self.directory / "openbox.xml"
        config.write_text(OPENBOX_CONFIG, encoding="utf-8")
        self.spawn(["openbox", "--sm-disable", "--config-file", str(config)],
                   stderr=subprocess.DEVNULL)
        wait_until(lambda: self.xdotool("get_num_desktops", check=False) == "1", "openbox")

    def speak(self, language):
        """The environment in which a program speaks a language: "sv", "pt_BR", "sr@latin".

        Translations are not looked for in the locale C.UTF-8 since glibc 2.37, but what
        counts is its name: under another it does.
        """
        locales = self.directory / "locales"
        locales.mkdir(exist_ok=True)
        code, at, modifier = language.partition("@")
        name = f"{code}.UTF-8{at}{modifier}"
        if not (locales / name).exists():
            (locales / name).symlink_to("/usr/lib/locale/C.utf8")
        return {"LOCPATH": str(locales), "LC_ALL": name, "LANGUAGE": language}

    def launch(self, argv, **options):
        """Starts a GTK program, and waits for its first window. Options are those of App."""
        # Only here, because importing it needs what not every test has.
        from app import App

        app = App(self, argv, **options)
        app.wait_for("window", None, "active")
        return app

    def xdotool(self, *arguments, check=True):
        result = subprocess.run(
            ["xdotool", *map(str, arguments)], env=self.env, check=check, text=True, timeout=PATIENCE,
            stdout=subprocess.PIPE, stderr=None if check else subprocess.DEVNULL,
        )
        return result.stdout.strip()

    def screenshot(self, path, window="root"):
        """Writes what is on the screen, or in one window of it, to an image file."""
        subprocess.run(["import", "-window", str(window), str(path)], env=self.env, check=True,
                       timeout=PATIENCE)
