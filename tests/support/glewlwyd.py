# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A real OpenID Provider: Debian's Glewlwyd, with everything it has in a temporary folder.

    with Glewlwyd(redirects=["http://127.0.0.1:45678/"]) as provider:
        browser = Browser(provider)
        location = browser.sign_in(authorization_url)
        status, page = browser.visit(location)
        with Server(executable, *provider.server_options,
                    environment=provider.server_environment) as server:
            ...

It has one person, astrid, a public client for the app, and a confidential one for the
backend, which asks what tokens are worth.
"""

import base64
import contextlib
import http.cookiejar
import json
import os
import pathlib
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import urllib.error
import urllib.parse
import urllib.request

from desktop import Missing, die_with_parent, wait_until

USERNAME = "astrid"
PASSWORD = "correct horse"
DISPLAY_NAME = "Astrid Lind"
SCOPES = ["openid", "securityinfo.read", "securityinfo.manage"]
CLIENT = "security-info"
DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"

BACKEND = "security-info-server"
# Glewlwyd does not decode what comes by HTTP Basic (RFC 6749, section 2.3.1).
BACKEND_SECRET = "secret-of-the-backend"

TOOLS = ["glewlwyd", "openssl"]
MODULES = "/usr/lib/glewlwyd"
# What dbconfig makes a new database of. It is no documentation, which images may lack.
DATABASE = pathlib.Path("/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3")
# Of that database.
ADMINISTRATOR = {"username": "admin", "password": "password"}

CONFIGURATION = """
port={port}
bind_address="127.0.0.1"
external_url="http://127.0.0.1:{port}"
api_prefix="api"
login_url="login.html"
log_mode="console"
log_level="INFO"
cookie_secure=0
hash_algorithm="SHA512"
user_module_path="{modules}/user"
client_module_path="{modules}/client"
user_auth_scheme_module_path="{modules}/scheme"
plugin_module_path="{modules}/plugin"
database = {{ type = "sqlite3"; path = "{directory}/database"; }};
"""
PLUGIN = "oidc"
TIMEOUT = 20
# How often the login page may send somebody back to it.
PATIENCE = 3


class Refused(Exception):
    """The provider does not go on: its status, and what it says."""


class Reply:
    """What came back: its status, headers and body, which may be empty or no JSON."""

    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.text = response.read().decode()
        self.body = None
        with contextlib.suppress(ValueError):
            self.body = json.loads(self.text)

    @property
    def location(self):
        return self.headers["Location"]


class KeepRedirect(urllib.request.HTTPRedirectHandler):
    """Where a redirect leads is for the caller to see."""

    def redirect_request(self, *_):
        return None


class Session:
    """A connection to the provider that keeps its cookies."""

    def __init__(self, base):
        self.base = base
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), KeepRedirect(),
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def request(self, method, url, body=None, form=None, **headers):
        """Sends a request, to a whole address or a path below the provider's."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        elif form is not None:
            data = urllib.parse.urlencode(form).encode()
        request = urllib.request.Request(urllib.parse.urljoin(self.base, url), data, headers,
                                         method=method)
        try:
            with self._opener.open(request, timeout=TIMEOUT) as response:
                return Reply(response)
        except urllib.error.HTTPError as error:
            with error:
                return Reply(error)

    def do(self, method, url, body=None):
        """Sends a request that has to succeed."""
        reply = self.request(method, url, body)
        if reply.status != 200:
            raise Refused(reply.status, reply.text)
        return reply.body


class Browser(Session):
    """Somebody at a browser, who does what the provider's login page would let a person do.

    The page itself is a program in JavaScript; what counts are the requests that it makes.
    """

    def __init__(self, provider):
        super().__init__(provider.base)
        self.passwords_typed = 0

    def log_in(self, username=USERNAME, password=PASSWORD):
        self.passwords_typed += 1
        self.do("POST", "auth/", {"username": username, "password": password})

    def sign_in(self, url, username=USERNAME, password=PASSWORD, granted=None):
        """Opens an authorization request, and returns where it leads in the end.

        The password is typed where the page asks for it, and what the client wants is
        granted, or only those scopes that are named.
        """
        location = self._redirect(url)
        for _ in range(PATIENCE):
            page = self._parse_login_page(location)
            # The page without a client says how things went for a device.
            if "client_id" not in page:
                return location
            if self._must_log_in(page):
                self.log_in(username, password)
            self._grant(page, granted)
            location = self._redirect(page["callback_url"] + "&g_continue")
        raise Refused(location)

    def approve_device(self, user_code, username=USERNAME, password=PASSWORD, granted=None):
        """Signs a device in: what the person types is the code that it shows."""
        location = self.sign_in(f"{PLUGIN}/device?code={user_code}", username, password, granted)
        outcome = self._parse_login_page(location).get("prompt")
        if outcome != "deviceComplete":
            raise Refused(outcome)

    def visit(self, url):
        """Opens a page of somebody else, such as the app, and returns its status and text."""
        reply = self.request("GET", url)
        return reply.status, reply.text

    def _redirect(self, url):
        reply = self.request("GET", url)
        if reply.status != 302:
            raise Refused(reply.status, reply.text)
        return reply.location

    def _parse_login_page(self, location):
        """What the login page is to do, or nothing where a location is somewhere else."""
        if not location.startswith(urllib.parse.urljoin(self.base, "/login.html")):
            return {}
        query = urllib.parse.urlsplit(location).query
        return dict(urllib.parse.parse_qsl(query, keep_blank_values=True))

    def _must_log_in(self, page):
        return (page.get("prompt") == "login" or "refresh_login" in page
                or self.request("GET", "profile_list").status == 401)

    def _grant(self, page, granted):
        path = "auth/grant/" + urllib.parse.quote(page["client_id"])
        scopes = page["scope"] if granted is None else " ".join(granted)
        self.do("PUT", path, {"scope": scopes})


class Glewlwyd:
    """The provider, running while the context is entered."""

    def __init__(self, redirects=(), access_token_seconds=3600, device_seconds=600,
                 device_interval=1):
        missing = [tool for tool in TOOLS if shutil.which(tool) is None]
        if missing or not DATABASE.exists():
            raise Missing(f"not installed: {', '.join(missing) or DATABASE}")

        self.redirects = list(redirects)
        self.options = {
            "access-token-duration": access_token_seconds,
            "device-authorization-expiration": device_seconds,
            "device-authorization-interval": device_interval,
        }
        self.port = find_free_port()
        self.base = f"http://127.0.0.1:{self.port}/api/"
        self.issuer = self.base + PLUGIN
        self._cleanup = contextlib.ExitStack()

    def __enter__(self):
        with contextlib.ExitStack() as cleanup:
            self.directory = pathlib.Path(
                cleanup.enter_context(tempfile.TemporaryDirectory(prefix="glewlwyd-")))
            self._make_database()
            self._start(cleanup)
            administrator = self._open_administration()
            self._add_plugin(administrator)
            self._add_scopes(administrator)
            self._add_person(administrator)
            self._add_clients(administrator)
            self._cleanup = cleanup.pop_all()
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        """Ends it before its time, as an outage would."""
        self._cleanup.close()

    def _make_database(self):
        with self._open_database() as database:
            database.executescript(DATABASE.read_text(encoding="utf-8"))

    @contextlib.contextmanager
    def _open_database(self):
        database = sqlite3.connect(self.directory / "database", timeout=TIMEOUT)
        with contextlib.closing(database), database:
            yield database

    def _start(self, cleanup):
        configuration = self.directory / "configuration"
        configuration.write_text(CONFIGURATION.format(port=self.port, modules=MODULES,
                                                      directory=self.directory),
                                 encoding="utf-8")
        environment = {name: value for name, value in os.environ.items()
                       if not name.startswith("GLWD_")}
        with open(self.directory / "log", "wb") as log:
            process = subprocess.Popen(["glewlwyd", "-c", configuration], stdout=log, stderr=log,
                                       env=environment, preexec_fn=die_with_parent)
        cleanup.callback(end, process)
        wait_until(lambda: self._answers(process), "Glewlwyd", TIMEOUT)

    def _answers(self, process):
        if process.poll() is not None:
            raise RuntimeError(f"Glewlwyd did not start: {self.read_log()}")
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port)).close()
            return True

    def read_log(self):
        return (self.directory / "log").read_text(encoding="utf-8", errors="replace")

    def _open_administration(self):
        """A session of its own each time, since it is good for ten minutes."""
        session = Session(self.base)
        session.do("POST", "auth/", ADMINISTRATOR)
        return session

    def _make_key(self):
        private = run("openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048")
        return private, run("openssl", "pkey", "-pubout", text=private)

    def _add_plugin(self, administrator):
        private, public = self._make_key()
        administrator.do("POST", "mod/plugin/", {
            "module": "oidc", "name": PLUGIN, "display_name": "OpenID Connect", "enabled": True,
            "parameters": {
                "iss": self.issuer, "oauth-as-iss-id": True,
                "jwt-type": "rsa", "jwt-key-size": "256", "key": private, "cert": public,
                "jwks-show": True, "subject-type": "public", "name-claim": "mandatory",
                "allowed-scope": SCOPES, "request-parameter-allow": False,
                "auth-type-code-enabled": True, "auth-type-code-revoke-replayed": True,
                "auth-type-device-enabled": True, "auth-type-refresh-enabled": True,
                "auth-type-token-enabled": False, "auth-type-none-enabled": False,
                "auth-type-password-enabled": False, "auth-type-client-enabled": False,
                "code-duration": 60, "refresh-token-duration": 14 * 24 * 3600,
                "refresh-token-rolling": True, "refresh-token-one-use": "always",
                "pkce-allowed": True, "pkce-required": True, "pkce-method-plain-allowed": False,
                "introspection-revocation-allowed": True,
                "introspection-revocation-allow-target-client": True,
                # Without one, a client may ask about its own tokens alone.
                "introspection-revocation-auth-scope": ["introspection"],
                **self.options,
            }})

    def _add_scopes(self, administrator):
        for scope in SCOPES[1:]:
            administrator.do("POST", "scope/", {
                "name": scope, "display_name": scope, "description": scope,
                "password_required": True, "password_max_age": 0, "scheme": {}})

    def _add_person(self, administrator):
        administrator.do("POST", "user/", {
            "username": USERNAME, "password": PASSWORD, "name": DISPLAY_NAME, "enabled": True,
            "scope": ["g_profile", *SCOPES]})

    def _add_clients(self, administrator):
        administrator.do("POST", "client/", {
            "client_id": CLIENT, "name": "Security Info", "enabled": True, "confidential": False,
            "scope": [], "redirect_uri": self.redirects,
            "authorization_type": ["code", "refresh_token", "device_authorization"]})
        administrator.do("POST", "client/", {
            "client_id": BACKEND, "name": "The backend", "enabled": True, "confidential": True,
            "client_secret": BACKEND_SECRET, "scope": [], "redirect_uri": [],
            "token_endpoint_auth_method": ["client_secret_basic"],
            "authorization_type": ["client_credentials"]})

    @property
    def server_options(self):
        """With what the reference backend asks this provider. That somebody signed in just
        now it can tell by the time of a token's issue alone: Glewlwyd does not say."""
        return ["--introspect", self.issuer + "/introspect", "--introspect-client", BACKEND,
                "--introspect-iat"]

    @property
    def server_environment(self):
        return {"SECURITY_INFO_INTROSPECT_SECRET": BACKEND_SECRET}

    def discover(self):
        return Session(self.base).do("GET", PLUGIN + "/.well-known/openid-configuration")

    def post(self, endpoint, headers=None, **form):
        """Sends a form to an endpoint, such as "token", and returns what comes back."""
        return Session(self.base).request("POST", f"{PLUGIN}/{endpoint}", form=form,
                                          **(headers or {}))

    def post_as_backend(self, endpoint, **form):
        pair = base64.b64encode(f"{BACKEND}:{BACKEND_SECRET}".encode()).decode()
        return self.post(endpoint, {"Authorization": "Basic " + pair}, **form)

    def introspect(self, token):
        return self.post_as_backend("introspect", token=token).body

    def revoke(self, token):
        """Ends a token of any kind, which the app itself may not: its client is public."""
        reply = self.post_as_backend("revoke", token=token)
        if reply.status != 200:
            raise Refused(reply.status, reply.text)

    def count_refresh_tokens(self, username=USERNAME):
        """How many of somebody's refresh tokens are still good for something."""
        tokens = self._open_administration().do(
            "GET", f"{PLUGIN}/token?impersonate={username}&limit=1000")
        return sum(token["enabled"] for token in tokens)

    def end_refresh_tokens(self, username=USERNAME):
        """What an administrator does when somebody's computer is lost."""
        self._open_administration().do("DELETE", f"{PLUGIN}/token?impersonate={username}")

    def let_time_pass(self, seconds):
        """Everything that people did and were given is this much longer ago."""
        with self._open_database() as database:
            for table, column in [("g_user_session_scheme", "guss_last_login"),
                                  ("gpo_access_token", "gpoa_issued_at")]:
                database.execute(f"UPDATE {table} SET {column} = {column} - ?", (seconds,))


def find_free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def run(*command, text=None):
    return subprocess.run(command, input=text, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          text=True, check=True, timeout=TIMEOUT).stdout


def end(process):
    process.terminate()
    try:
        process.wait(TIMEOUT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
