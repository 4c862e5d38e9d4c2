# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""An identity broker on the session bus that gives away the token it was told to.

    fake_broker.py --dialect himmelblau --token-file token --log calls

It answers as Microsoft's broker or Himmelblau's does, with their peculiarities, and fails
as they do. Whoever starts it waits for its name, or has the bus start it when somebody
calls. The token is read anew for each call.
"""

import argparse
import json
import os
import pathlib
import sys
import time

from gi.repository import Gio, GLib

NAME = "com.microsoft.identity.broker1"
PATH = "/com/microsoft/identity/broker1"
INTERFACE = "com.microsoft.identity.Broker1"
METHODS = ("getAccounts", "acquireTokenSilently", "getLinuxBrokerVersion")
FAILED = "org.freedesktop.DBus.Error.Failed"

TENANT = "4a5b6c7d-0000-4000-8000-00000000000e"
PERSON = "1f2e3d4c-0000-4000-8000-000000000001"
LIFETIME = 3600


class Refusal(Exception):
    """What Himmelblau tells as an error of the bus."""


def make_account(username):
    return {"username": username, "name": username, "givenName": username,
            "homeAccountId": f"{PERSON}.{TENANT}", "localAccountId": PERSON,
            "realm": TENANT, "environment": "login.windows.net", "passwordExpiry": 0}


class Microsoft:
    """As its release 3 does: a failure is an answer, and scopes that no token names are one."""

    OWN_SCOPES = {"openid", "profile", "offline_access"}

    def __init__(self, account):
        self.account = account

    def find_account(self, request):
        return request["authParameters"]["account"]

    def give(self, token, parameters):
        if self.OWN_SCOPES & set(parameters["requestedScopes"]):
            return self.fail("error")
        now = int(time.time() * 1000)
        return {"brokerTokenResponse": {
            "accessToken": token, "accessTokenType": 0, "idToken": "", "clientInfo": "",
            "account": self.account, "grantedScopes": parameters["requestedScopes"],
            "expiresOn": str(now + LIFETIME * 1000),
            "extendedExpiresOn": str(now + LIFETIME * 2000)}, "telemetry": {}}

    def fail(self, how):
        context = {"ui-required": f"AADSTS50078: {self.account['username']} has to sign in",
                   "error": "Token response failed because declined scopes are present"}[how]
        status = {"ui-required": 2, "error": 6}[how]
        return {"brokerTokenResponse": {
            "accessTokenType": 0, "expiresOn": 0, "extendedExpiresOn": 0,
            "error": {"context": context, "status": status, "subStatus": 0, "errorCode": 0,
                      "tag": 0, "diagnostics": None}}, "telemetry": {}}


class Himmelblau:
    """As its release 3.1 does: a failure is an error of the bus, and its sums are wrong."""

    def __init__(self, account):
        self.account = account

    def find_account(self, request):
        account = request.get("account") or request["authParameters"].get("account")
        if account is None:
            raise Refusal("Missing account")
        return account

    def give(self, token, parameters):
        now = time.time()
        return {"brokerTokenResponse": {
            "accessToken": token, "accessTokenType": 0, "idToken": "", "clientInfo": "",
            "grantedScopes": " ".join(parameters["requestedScopes"]),
            "expiresOn": int(now * 1000) + LIFETIME,
            "extendedExpiresOn": int(now) + LIFETIME}}

    def fail(self, how):
        raise Refusal({"ui-required": "Failed to authenticate user",
                       "error": "Unable to load account"}[how])


class Broker:
    def __init__(self, options):
        self.options = options
        self.account = make_account(options.username)
        self.dialect = {"microsoft": Microsoft,
                        "himmelblau": Himmelblau}[options.dialect](self.account)

    def read_token(self):
        if self.options.token_file:
            return self.options.token_file.read_text(encoding="utf-8").strip()
        return os.environ.get("FAKE_BROKER_TOKEN", "token-of-the-fake-broker")

    def answer(self, method, request):
        """The answer's text, or None where there is to be none."""
        if method == "getLinuxBrokerVersion":
            return json.dumps({"linuxBrokerVersion": "3.0.1"})
        if method == "getAccounts":
            accounts = [] if self.options.fail == "no-account" else [self.account]
            return json.dumps({"accounts": accounts})
        return self.acquire(request)

    def acquire(self, request):
        fail = self.options.fail
        if fail == "hang":
            return None
        if fail == "nonsense":
            return "<html>It works!</html>"
        username = self.dialect.find_account(request)["username"]
        if username.lower() != self.account["username"].lower():
            raise Refusal("Invalid request for user!")
        if fail:
            return json.dumps(self.dialect.fail(fail))
        return json.dumps(self.dialect.give(self.read_token(), request["authParameters"]))

    def call(self, _connection, _sender, _path, _interface, method, parameters, invocation):
        if self.options.log:
            with self.options.log.open("a", encoding="utf-8") as log:
                log.write(method + "\n")
        try:
            text = self.answer(method, json.loads(parameters.unpack()[2]))
        except (Refusal, KeyError, TypeError, ValueError) as error:
            invocation.return_dbus_error(FAILED, str(error))
            return
        if text is not None:
            invocation.return_value(GLib.Variant("(s)", (text,)))


def describe():
    arguments = "<arg type='s' direction='in'/>" * 3 + "<arg type='s' direction='out'/>"
    methods = "".join(f"<method name='{name}'>{arguments}</method>" for name in METHODS)
    return Gio.DBusNodeInfo.new_for_xml(
        f"<node><interface name='{INTERFACE}'>{methods}</interface></node>").interfaces[0]


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dialect", choices=("microsoft", "himmelblau"), default="microsoft")
    parser.add_argument("--token-file", type=pathlib.Path,
                        help="what holds the token; without it, FAKE_BROKER_TOKEN is the token")
    parser.add_argument("--username", default="astrid@contoso.example",
                        help="whose token it is")
    parser.add_argument("--fail",
                        choices=("no-account", "ui-required", "error", "nonsense", "hang"))
    parser.add_argument("--log", type=pathlib.Path, help="gets a line per call: the method's name")
    return parser.parse_args()


def main():
    broker = Broker(parse_options())
    loop = GLib.MainLoop()
    # The process ends with the bus: the session's connection sees to that.
    connection = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    connection.register_object(PATH, describe(), broker.call, None, None)
    Gio.bus_own_name_on_connection(connection, NAME, Gio.BusNameOwnerFlags.NONE, None,
                                   lambda *_: loop.quit())
    loop.run()
    return 1


if __name__ == "__main__":
    sys.exit(main())
