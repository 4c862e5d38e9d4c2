#!/usr/bin/env python3
# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The reference backend with the tokens of a real OpenID Provider."""

import base64
import hashlib
import pathlib
import secrets
import sys
import urllib.parse

from desktop import Missing
from glewlwyd import (BACKEND_SECRET, CLIENT, DEVICE_GRANT, SCOPES, USERNAME, Browser, Glewlwyd,
                      Refused)
from server_process import TOKEN, Server

SKIPPED = 77
INFO = "/v1/me/security-info"
START = "/v1/me/verifications"
REDIRECT = "http://127.0.0.1:45678/"
MAX_AGE = 300


class Client:
    """What the app does to get tokens, in a few lines."""

    def __init__(self, provider):
        self.provider = provider
        self.browser = Browser(provider)
        self.endpoints = provider.discover()

    def sign_in(self, scopes=None, granted=None, **parameters):
        """Authorization code with PKCE (RFC 7636)."""
        verifier = secrets.token_urlsafe(32)
        challenge = hashlib.sha256(verifier.encode()).digest()
        state = secrets.token_urlsafe(16)
        url = self.endpoints["authorization_endpoint"] + "?" + urllib.parse.urlencode({
            "response_type": "code", "client_id": CLIENT, "redirect_uri": REDIRECT,
            "scope": " ".join(scopes or SCOPES), "state": state, "nonce": secrets.token_urlsafe(16),
            "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode(),
            "code_challenge_method": "S256", **parameters})
        location = self.browser.sign_in(url, granted=granted)
        assert location.startswith(REDIRECT), location
        answer = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(location).query))
        assert answer["state"] == state and answer["iss"] == self.provider.issuer, answer
        return self.redeem(grant_type="authorization_code", code=answer["code"],
                           redirect_uri=REDIRECT, code_verifier=verifier)

    def redeem(self, **form):
        reply = self.provider.post("token", client_id=CLIENT, **form)
        assert reply.status == 200, reply.text
        return reply.body

    def refresh(self, tokens):
        return self.redeem(grant_type="refresh_token", refresh_token=tokens["refresh_token"])

    def may_refresh(self, tokens):
        reply = self.provider.post("token", client_id=CLIENT, grant_type="refresh_token",
                                   refresh_token=tokens["refresh_token"])
        assert reply.status in (200, 400), reply.text
        return reply.status == 200


def read_info(server, tokens):
    return server.request("GET", INFO, token=tokens["access_token"])


def add_phone(server, tokens):
    """Begins to add a phone and gives up again."""
    body = {"purpose": "add", "type": "phone", "use": "mobile", "number": "+46701740605",
            "channel": "call"}
    answer = server.request("POST", START, body, tokens["access_token"],
                            Idempotency_Key=secrets.token_hex())
    if answer.status == 201:
        server.request("DELETE", answer.headers["Location"], token=tokens["access_token"])
    return answer


def assert_refused(answer, status, code):
    assert (answer.status, answer.body["code"]) == (status, code), answer.body


def check_code(server, client):
    tokens = client.sign_in()
    answer = read_info(server, tokens)
    account = answer.body["account"]
    assert account["username"] == account["displayName"] == USERNAME, account
    assert account["id"] == client.provider.introspect(tokens["access_token"])["sub"], account
    assert add_phone(server, tokens).status == 201
    # The tokens of the file are good, too, and others are not.
    assert server.request("GET", INFO, token=TOKEN).body["account"]["id"] != account["id"]
    assert_refused(read_info(server, {"access_token": "none"}), 401, "invalid_token")
    # Neither are those that are for something else.
    for other in ("refresh_token", "id_token"):
        assert_refused(read_info(server, {"access_token": tokens[other]}), 401, "invalid_token")
    return tokens


def check_scopes(server, client):
    reader = client.sign_in(scopes=SCOPES[:2])
    assert read_info(server, reader).status == 200
    assert_refused(add_phone(server, reader), 403, "insufficient_scope")
    # Whoever grants nothing is signed in all the same.
    nobody = client.sign_in(granted=["openid"])
    assert_refused(read_info(server, nobody), 403, "insufficient_scope")


def check_device(server, client):
    provider = client.provider
    asked = provider.post("device_authorization", client_id=CLIENT, scope=" ".join(SCOPES)).body
    poll = {"grant_type": DEVICE_GRANT, "device_code": asked["device_code"]}
    waiting = provider.post("token", client_id=CLIENT, **poll)
    assert (waiting.status, waiting.body["error"]) == (400, "authorization_pending"), waiting.text

    try:
        Browser(provider).approve_device("NONE-SUCH")
    except Refused as refused:
        assert refused.args == ("deviceCodeError",), refused
    else:
        raise AssertionError("any code does")

    Browser(provider).approve_device(asked["user_code"])
    tokens = client.redeem(**poll)
    assert read_info(server, tokens).status == 200
    assert add_phone(server, tokens).status == 201
    return tokens


def check_revoked(server, client):
    tokens = client.sign_in()
    assert read_info(server, tokens).status == 200
    client.provider.revoke(tokens["access_token"])
    assert_refused(read_info(server, tokens), 401, "invalid_token")
    # A new one can be got, until that is ended, too.
    tokens = client.refresh(tokens)
    assert read_info(server, tokens).status == 200
    client.provider.end_refresh_tokens()
    assert not client.may_refresh(tokens)


def check_refresh(server, client):
    """Each refresh token is good for once; one that comes again ends the whole chain."""
    client.provider.end_refresh_tokens()
    first = client.sign_in()
    second = client.refresh(first)
    third = client.refresh(second)
    assert client.provider.count_refresh_tokens() == 1
    assert len({tokens["refresh_token"] for tokens in (first, second, third)}) == 3
    for tokens in (first, second, third):
        assert read_info(server, tokens).status == 200

    assert not client.may_refresh(second)
    assert client.provider.count_refresh_tokens() == 0
    assert not client.may_refresh(third)
    return first


def check_step_up(server, client):
    tokens = client.sign_in()
    assert add_phone(server, tokens).status == 201
    client.provider.let_time_pass(2 * MAX_AGE)
    assert read_info(server, tokens).status == 200
    refused = add_phone(server, tokens)
    assert_refused(refused, 401, "step_up_required")
    assert f'max_age="{MAX_AGE}"' in refused.headers["WWW-Authenticate"], refused.headers

    typed = client.browser.passwords_typed
    tokens = client.sign_in(max_age=MAX_AGE)
    assert client.browser.passwords_typed == typed + 1
    assert add_phone(server, tokens).status == 201
    # With what the time of a token's issue is worth: nobody signed in for this one.
    client.provider.let_time_pass(2 * MAX_AGE)
    assert add_phone(server, client.refresh(tokens)).status == 201


def check_strict_step_up(server, client):
    """A provider that does not say when somebody signed in is not taken at less."""
    tokens = client.sign_in(prompt="login")
    assert read_info(server, tokens).status == 200
    assert_refused(add_phone(server, tokens), 401, "step_up_required")


def check_cache(server, client):
    """The price of not asking each time: what is revoked is good for another moment."""
    tokens = client.sign_in()
    assert read_info(server, tokens).status == 200
    client.provider.revoke(tokens["access_token"])
    assert read_info(server, tokens).status == 200


def check_down(server, tokens):
    answer = read_info(server, tokens)
    assert_refused(answer, 503, "maintenance")
    assert answer.headers["Retry-After"] == "5", answer.headers
    assert server.request("GET", INFO).status == 200
    assert "does not say what a token is worth" in server.read_log()


def check_secrets(server, *received):
    command = pathlib.Path(f"/proc/{server.process.pid}/cmdline").read_text(encoding="utf-8")
    assert "--introspect-client" in command and BACKEND_SECRET not in command, command
    log = server.read_log()
    encoded = base64.b64encode(BACKEND_SECRET.encode()).decode().rstrip("=")
    for secret in [BACKEND_SECRET, encoded, *(tokens["access_token"] for tokens in received)]:
        assert secret not in log, log


def check_others(start, options, client):
    with start(*options) as server:
        check_cache(server, client)
    options.remove("--introspect-iat")
    with start(*options) as server:
        check_strict_step_up(server, client)


def main():
    executable = sys.argv[1]

    def start(*options):
        return Server(executable, *options, environment=provider.server_environment)

    with Glewlwyd(redirects=[REDIRECT]) as provider:
        client = Client(provider)
        options = [*provider.server_options, "--step-up-max-age", str(MAX_AGE)]
        with start(*options, "--introspect-cache", "0") as server:
            code = check_code(server, client)
            check_scopes(server, client)
            device = check_device(server, client)
            check_revoked(server, client)
            refreshed = check_refresh(server, client)
            check_step_up(server, client)
            check_others(start, options, client)
            provider.stop()
            check_down(server, code)
            check_secrets(server, code, device, refreshed)


if __name__ == "__main__":
    try:
        main()
    except Missing as missing:
        print(missing)
        sys.exit(SKIPPED)
