"""What the end-to-end tests begin with: a desktop, a backend, and the installed app on it.

    class Journeys(TestCase):
        def test_add(self):
            server = self.start_server()
            steps = self.start_app(server.url)
            steps.add_phone(MOBILE, "call")

    main()

A test is started with the prefix, the app and the backend as they were built, and a language.
"""

import json
import pathlib
import subprocess
import sys
import traceback
import unittest

from gi.repository import GLib

from app import App
from desktop import Desktop, Missing, wait_until
from server_process import TOKEN, Server
from steps import PhoneInHand, Steps, compact
from words import Words

MOBILE = "+46 70 174 06 05"
NEW_MOBILE = "+46 70 174 06 07"
ALTERNATE = "+46 70 174 06 06"
OFFICE = "+46 8 465 004 05"

INFO = "/v1/me/security-info"
GROUP = "[io/github/security_info/SecurityInfo]"
EXAMPLE_POLICY = pathlib.Path(__file__).parents[2] / "data" / "server-policy.json"
# What a person takes for at once, and what the app has to end in.
MOMENT = 2


class Installed:
    """The app and its backend as meson has installed them."""

    def __init__(self, prefix, built, language):
        self.prefix = pathlib.Path(prefix)
        self.app = self.prefix / "bin" / "security-info"
        self.server = next(self.prefix.glob("lib*/**/security-info-server"), None)
        self.built = [pathlib.Path(path) for path in built]
        self.language = None if language == "en" else language

    @property
    def problem(self):
        """Why it can't be tested, or None."""
        installed = [self.app, self.server]
        if self.server is None or not self.app.exists():
            return f"nothing is installed in {self.prefix}"
        for built, there in zip(self.built, installed):
            if built.stat().st_mtime > there.stat().st_mtime:
                return f"{there} is not the one that was built last"
        return None


INSTALLED = None


def format_settings(settings):
    """A keyfile of GSettings: {"support_url": "https://…"} sets “support-url”."""
    types = {bool: "b", str: "s", list: "ai"}
    lines = [f"{key.replace('_', '-')}={GLib.Variant(types[type(value)], value).print_(False)}"
             for key, value in settings.items()]
    return "\n".join([GROUP, *lines, ""])


def read_example_policy(**verification):
    """The policy of the example organisation, with other limits for verifications."""
    policy = json.loads(EXAMPLE_POLICY.read_text(encoding="utf-8"))
    policy["verification"].update(verification)
    policy["limits"]["sendsPerNumber"] = 100
    return policy


class TestCase(unittest.TestCase):
    """Each test has a backend and an app of its own; they share the desktop. APP is how it is
    looked at and used, see App."""

    SERVICES = ()
    ENVIRONMENT = {}
    APP = {}

    @classmethod
    def setUpClass(cls):
        cls.desktop = cls.enterClassContext(
            Desktop(services=cls.SERVICES, environment=cls.ENVIRONMENT))
        cls.desktop.env["XDG_DATA_DIRS"] = f"{INSTALLED.prefix}/share:/usr/local/share:/usr/share"
        cls.desktop.env["G_DEBUG"] = "fatal-warnings"
        cls.desktop.env["G_MESSAGES_DEBUG"] = "si-core si-ui"
        cls.desktop.env["GSETTINGS_BACKEND"] = "keyfile"
        cls.desktop.env["SECURITY_INFO_TOKEN"] = TOKEN
        cls.words = Words(INSTALLED.prefix / "share" / "locale", INSTALLED.language)

    def setUp(self):
        self.apps, self.servers = [], []
        self.secrets = {TOKEN}

    def start_server(self, *options, **more):
        server = Server(str(INSTALLED.server), *options, **more)
        self.enterContext(server)
        self.servers.append(server)
        return server

    def configure(self, **settings):
        """What an administrator does."""
        file = pathlib.Path(self.desktop.env["XDG_CONFIG_HOME"]) / "glib-2.0/settings/keyfile"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(format_settings(settings), encoding="utf-8")

    def make_app(self, *arguments):
        return App(self.desktop, [INSTALLED.app, *arguments], language=INSTALLED.language,
                   **self.APP)

    def launch(self, url, *arguments, **settings):
        """Starts the app, which need not open a window."""
        self.configure(backend_url=url, **settings)
        return self.launch_as_it_is(*arguments)

    def launch_as_it_is(self, *arguments, **options):
        app = self.make_app(*arguments, **options)
        self.apps.append(app)
        self.addCleanup(self.end, app)
        return app

    def check_step(self, app, line):
        """What holds whatever is on the screen: everything has a proper name."""
        self.assertEqual(app.name_problems(), [], line)

    @staticmethod
    def end(app):
        if app.process.poll() is None:
            app.process.kill()
            app.process.wait()

    def start_app(self, server, *arguments, url=None, **settings):
        app = self.launch(url or server.url, *arguments, **settings)
        phone = PhoneInHand(server.phone)
        steps = WatchfulSteps(self, app, self.words, phone)
        app.wait_for("window", None, "active")
        return steps

    def start(self, *options, **more):
        """A backend, and the app on its list."""
        server = self.start_server(*options, **more)
        steps = self.start_app(server)
        steps.see_list()
        return server, steps

    def tearDown(self):
        outputs = [app.output() for app in self.apps] + [server.read_log() for server in self.servers]
        for secret in self.secrets:
            for output in outputs:
                self.assertNotIn(secret, output)

    # What the backend knows

    def get_info(self, server):
        return server.request("GET", INFO).body

    def get_numbers(self, server):
        methods = self.get_info(server)["methods"]
        return [method["number"] for method in methods if method["type"] == "phone"]

    def assert_numbers(self, server, *numbers):
        self.assertEqual(self.get_numbers(server), [compact(number) for number in numbers])

    def get_open(self, server):
        """The location of the verification that is open."""
        return self.get_info(server)["verification"]["location"]

    def wait_for_state(self, server, location, *states):
        def arrived():
            state = server.request("GET", location).body["state"]
            return state if state in states else None

        return wait_until(arrived, f"{location} to be {states}")

    def assert_ends(self, app, status=0, timeout=MOMENT):
        """That the app has gone within a moment."""
        try:
            self.assertEqual(app.process.wait(timeout), status, app.output())
        except subprocess.TimeoutExpired:
            self.fail(f"the app is still there\n{app.describe()}")


class WatchfulSteps(Steps):
    """Steps that take nothing for granted, see TestCase.check_step()."""

    def __init__(self, test, app, words, phone):
        super().__init__(app, words, phone, self._check)
        self._test = test

    def _check(self, line):
        print(f"# {line}", flush=True)
        self._test.check_step(self.app, line)

    def fill_in(self, number, channel, use=None):
        self._test.secrets.add(compact(number))
        super().fill_in(number, channel, use)

    def give_code(self, code):
        self._test.secrets.add(code)
        super().give_code(code)


class TapResult(unittest.TestResult):
    """Says how each test went as meson reads it (TAP)."""

    def __init__(self):
        super().__init__()
        self._failed = False

    def _say(self, word, test, directive=""):
        name = test.id().split(".", 1)[-1]
        print(f"{word} {self.testsRun} - {name}{directive}", flush=True)

    def _fail(self, test, error):
        for line in "".join(traceback.format_exception(*error)).splitlines():
            print(f"# {line}")
        self._failed = True
        self._say("not ok", test)

    def addSuccess(self, test):
        self._say("ok", test)

    def addError(self, test, err):
        super().addError(test, err)
        self._fail(test, err)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._fail(test, err)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._say("ok", test, f" # SKIP {reason}")


def main():
    global INSTALLED
    prefix, app, server, language, *names = sys.argv[1:]
    INSTALLED = Installed(prefix, [app, server], language)
    problem = INSTALLED.problem
    try:
        Desktop()
    except Missing as error:
        problem = str(error)
    if problem is not None:
        print(f"1..0 # SKIP {problem}")
        return

    loader = unittest.TestLoader()
    loader.testNamePatterns = [f"*{name}*" for name in names] or None
    suite = loader.loadTestsFromModule(sys.modules["__main__"])
    print(f"1..{suite.countTestCases()}", flush=True)
    result = TapResult()
    suite.run(result)
    sys.exit(0 if result.wasSuccessful() else 1)
