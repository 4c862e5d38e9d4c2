#!/usr/bin/env python3
# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Holds the real server against data/openapi.yaml: drives every operation to every status
that a client can provoke, and checks each answer."""

import copy
import json
import re
import sqlite3
import sys

import jsonschema
import yaml

from server_process import ACCOUNT, MANAGE, READ, Server, grant

START = "/v1/me/verifications"
INFO = "/v1/me/security-info"
DEFAULT = "/v1/me/default"

OTHER = {"id": "bo", "displayName": "Bo Ek", "username": "bo@contoso.example"}
GRANTS = [
    grant(),
    grant("stale", at="2020-01-01T00:00:00Z"),
    grant("useless", scopes=()),
    grant("reader", scopes=[READ]),
    grant("other", OTHER, [READ, MANAGE]),
]

MOBILE = {"purpose": "add", "type": "phone", "use": "mobile", "number": "+46701740605",
          "channel": "call"}
ALTERNATE = {**MOBILE, "use": "alternate", "number": "+4686943614"}


class Contract:
    """The OpenAPI document, and what has been seen of it."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.document = yaml.safe_load(file)
        self.operations = []
        self.seen = set()
        for template, item in self.document["paths"].items():
            for method in ("get", "put", "post", "delete"):
                if method in item:
                    self.operations.append((method.upper(), template, item[method]))

    def resolve(self, node):
        """The node with every reference filled in."""
        if isinstance(node, list):
            return [self.resolve(item) for item in node]
        if not isinstance(node, dict):
            return node
        merged = {key: self.resolve(value) for key, value in node.items() if key != "$ref"}
        if "$ref" in node:
            target = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            merged = {**self.resolve(target), **merged}
        return merged

    def find(self, method, path):
        for operation_method, template, operation in self.operations:
            pattern = re.sub(r"\{\w+\}", "[^/]+", template)
            if method == operation_method and re.fullmatch(pattern, path.split("?")[0]):
                return operation
        raise AssertionError(f"{method} {path} is not documented")

    def check(self, method, path, answer):
        operation = self.find(method, path)
        name = f"{operation['operationId']} {answer.status}"
        assert str(answer.status) in operation["responses"], f"{name} is not documented"
        response = self.resolve(operation["responses"][str(answer.status)])
        check_headers(name, response.get("headers", {}), answer)
        check_body(name, response.get("content"), answer)
        self.seen.add((operation["operationId"], str(answer.status)))

    def find_unseen(self):
        return [f"{operation['operationId']} {status}"
                for _, _, operation in self.operations
                for status in operation["responses"]
                if int(status) < 500 and (operation["operationId"], status) not in self.seen]


def close(schema, inherited=False):
    """Clients ignore members that they do not know, but the server shall send none."""
    schema = copy.copy(schema)
    if "allOf" in schema:
        schema["allOf"] = [close(part, True) for part in schema["allOf"]]
        schema["unevaluatedProperties"] = False
    if "oneOf" in schema:
        schema["oneOf"] = [close(part) for part in schema["oneOf"]]
    if "items" in schema:
        schema["items"] = close(schema["items"])
    if "properties" in schema:
        schema["properties"] = {name: close(value)
                                for name, value in schema["properties"].items()}
        if not inherited:
            schema["additionalProperties"] = False
    return schema


def check_headers(name, headers, answer):
    for header, rules in headers.items():
        value = answer.headers.get(header)
        assert value is not None or not rules.get("required"), f"{name} lacks {header}"
        if value is not None:
            jsonschema.validate(value, rules["schema"])


def check_body(name, content, answer):
    if content is None:
        assert not answer.text, f"{name} has a body"
        return
    media_type = answer.headers.get("Content-Type")
    assert media_type in content, f"{name} is {media_type}"
    schema = close(content[media_type]["schema"])
    validator = jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.FormatChecker())
    errors = [f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
              for error in validator.iter_errors(answer.body)]
    assert not errors, f"{name}: {errors}"
    if media_type == "application/problem+json":
        assert answer.body["status"] == answer.status, name


class Driver:
    """Sends requests, and has every answer checked."""

    def __init__(self, contract, server):
        self.contract = contract
        self.server = server
        self.phone = server.phone
        self.keys = 0

    def call(self, expected, method, path, body=None, code=None, **headers):
        answer = self.server.request(method, path, body, **headers)
        got = (answer.status, (answer.body or {}).get("code"))
        assert got == (expected, code), f"{method} {path}: {got}, not {(expected, code)}"
        self.contract.check(method, path, answer)
        return answer

    def new_key(self):
        self.keys += 1
        return f"key-{self.keys}"

    def start(self, body, expected=201, code=None, **headers):
        headers.setdefault("Idempotency_Key", self.new_key())
        return self.call(expected, "POST", START, body, code, **headers)

    def resend(self, location, body, expected=202, code=None, **headers):
        headers.setdefault("Idempotency_Key", self.new_key())
        return self.call(expected, "POST", location + "/resend", body, code, **headers)

    def etag(self):
        return self.call(200, "GET", INFO).headers["ETag"]

    def method_ids(self):
        return [method["id"] for method in self.call(200, "GET", INFO).body["methods"]]


def check_access(driver):
    """What is refused before the request is looked at."""
    for method, template, operation in driver.contract.operations:
        path = template.replace("{id}", "x-1")
        body = "{}" if "requestBody" in operation else None
        changes = method != "GET"
        driver.call(401, method, path, body, "invalid_token", token=None)
        driver.call(401, method, path, body, "invalid_token", token="wrong")
        driver.call(403, method, path, body, "insufficient_scope", token="useless")
        driver.call(400, method, path, body, "invalid_request", Host="evil.example")
        if changes:
            driver.call(403, method, path, body, "insufficient_scope", token="reader")
        if changes and operation["operationId"] != "cancelVerification":
            answer = driver.call(401, method, path, body, "step_up_required", token="stale")
            challenge = answer.headers["WWW-Authenticate"]
            assert 'error="insufficient_user_authentication"' in challenge, challenge
            assert 'max_age="600"' in challenge and 'acr_values="mfa"' in challenge, challenge
        if body is not None:
            driver.call(413, method, path, "x" * 70000, "invalid_request")
            driver.call(400, method, path, "{", "invalid_request", Idempotency_Key="k")


def check_reading(driver):
    for path in ("/v1/capabilities", INFO):
        etag = driver.call(200, "GET", path).headers["ETag"]
        driver.call(304, "GET", path, If_None_Match=etag)
    driver.call(200, "GET", "/v1/me/events")
    driver.call(400, "GET", "/v1/me/events?cursor=x", code="invalid_request")
    answer = driver.call(404, "GET", START + "/v-1", code="not_found",
                         X_Request_Id="9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d")
    assert answer.headers["X-Request-Id"] == "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d"


def check_refused_starts(driver):
    refusals = [
        ({"purpose": "steal"}, 400, "invalid_request"),
        ({"use": None}, 400, "invalid_request"),
        ({"channel": "fax"}, 400, "invalid_request"),
        ({"purpose": "change", "methodId": "m-1"}, 404, "not_found"),
        ({"type": "securityQuestions"}, 403, "policy_disallowed"),
        ({"type": "authenticatorApp"}, 422, "invalid_request"),
        ({"use": "office", "channel": "text"}, 422, "channel_not_available"),
        ({"use": "alternate"}, 409, "mobile_required_first"),
        ({"number": "+46 70 174 06 05"}, 422, "number_unparseable"),
        ({"number": "+467"}, 422, "number_unparseable"),
        ({"number": "+358401234567"}, 422, "country_not_allowed"),
        ({"number": "+46900123456"}, 422, "number_type_not_allowed"),
        ({"number": "+46709991234"}, 403, "telephony_blocked"),
    ]
    for change, status, code in refusals:
        driver.start({**MOBILE, **change}, status, code)
    driver.call(428, "POST", START, MOBILE, "precondition_required")


def add_by_call(driver):
    """Returns the verification's location."""
    started = driver.start(MOBILE, Idempotency_Key="add")
    location = started.headers["Location"]
    driver.start(MOBILE, Idempotency_Key="add")
    driver.start(ALTERNATE, 422, "idempotency_mismatch", Idempotency_Key="add")
    driver.start({**MOBILE, "use": "office"}, 409, "verification_in_progress")
    driver.call(422, "POST", location + "/code", {"code": "123456"}, "code_incorrect")
    driver.call(400, "POST", location + "/code", {"code": "12345"}, "invalid_request")
    driver.resend(location, {}, 429, "resend_too_soon")
    driver.resend(location, {"channel": "fax"}, 400, "invalid_request")
    driver.call(428, "POST", location + "/resend", {}, "precondition_required")
    for method, path in (("GET", location), ("DELETE", location)):
        driver.call(403, method, path, code="account_mismatch", token="other")
    driver.phone.approve()
    verified = driver.call(200, "GET", location)
    assert verified.body["state"] == "verified", verified.body
    etag = verified.headers["ETag"]
    driver.call(304, "GET", location, If_None_Match=etag)
    driver.call(200, "POST", location + "/code", {"code": "123456"})
    driver.resend(location, {}, 409, "verification_ended")
    driver.call(409, "DELETE", location, code="verification_ended")
    driver.call(404, "DELETE", START + "/v-1", code="not_found")
    driver.call(404, "POST", START + "/v-1/code", {"code": "123456"}, "not_found")
    driver.resend(START + "/v-1", {}, 404, "not_found")
    return location


def add_by_text(driver):
    """Every way through a text, and one that is given up."""
    driver.start(MOBILE, 409, "number_in_use")
    driver.start({**MOBILE, "number": "+46701740606"}, 409, "method_limit_reached")
    location = driver.start({**ALTERNATE, "channel": "text"}).headers["Location"]
    first = driver.server.wait_for_code(ALTERNATE["number"])
    driver.resend(location, {"channel": "call"}, Idempotency_Key="switch")
    driver.resend(location, {"channel": "call"}, Idempotency_Key="switch")
    driver.resend(location, None, 429, "resend_too_soon")
    driver.resend(location, {}, 400, "invalid_request", Idempotency_Key="x" * 256)
    driver.resend(location, {"channel": "text"}, 422, "idempotency_mismatch",
                  Idempotency_Key="switch")
    driver.resend(location, {"channel": "text"})
    code = driver.server.wait_for_code(ALTERNATE["number"])
    if first != code:
        driver.call(422, "POST", location + "/code", {"code": first}, "code_incorrect")
    driver.call(200, "POST", location + "/code", {"code": code})
    office = driver.start({**MOBILE, "use": "office", "number": "+4684400000"})
    driver.resend(office.headers["Location"], {"channel": "text"}, 422,
                  "channel_not_available")
    driver.call(204, "DELETE", office.headers["Location"])
    driver.call(204, "DELETE", office.headers["Location"])
    driver.call(409, "POST", office.headers["Location"] + "/code", {"code": "123456"},
                "verification_ended")


def check_default(driver):
    mobile, alternate = driver.method_ids()
    etag = driver.etag()
    choice = {"methodId": alternate, "channel": "text"}
    driver.call(428, "PUT", DEFAULT, choice, "precondition_required")
    driver.call(412, "PUT", DEFAULT, choice, "precondition_failed", If_Match='"old"')
    for change, status, code in (({"methodId": "m-1"}, 404, "not_found"),
                                 ({"channel": None}, 422, "channel_not_available"),
                                 ({"methodId": None}, 400, "invalid_request")):
        driver.call(status, "PUT", DEFAULT, {**choice, **change}, code, If_Match=etag)
    driver.call(200, "PUT", DEFAULT, choice, If_Match=etag)
    driver.call(403, "DELETE", "/v1/me/methods/" + mobile, code="account_mismatch",
                token="other", If_Match="*")


def check_deleting(driver):
    mobile, alternate = ("/v1/me/methods/" + id for id in driver.method_ids())
    driver.call(428, "DELETE", mobile, code="precondition_required")
    driver.call(404, "DELETE", "/v1/me/methods/m-1", code="not_found", If_Match='"old"')
    driver.call(412, "DELETE", mobile, code="precondition_failed", If_Match='"old"')
    driver.call(409, "DELETE", mobile, code="required_by_alternate", If_Match=driver.etag())
    deleted = driver.call(200, "DELETE", alternate, If_Match=driver.etag())
    assert deleted.body["defaultChanged"] is True, deleted.body
    assert deleted.headers["ETag"] == driver.etag()
    driver.call(409, "DELETE", mobile, code="last_method", If_Match=driver.etag())
    driver.call(200, "GET", "/v1/me/events")


def check_limits(driver):
    """The numbers of the policy below allow three calls to a number."""
    body = {**ALTERNATE, "number": "+46701740607"}
    for _ in range(3):
        driver.call(204, "DELETE", driver.start(body).headers["Location"])
    answer = driver.start(body, 429, "rate_limited")
    assert answer.headers["Retry-After"] == str(answer.body["retryAfter"])


def check_forgotten(driver, location):
    """Ten minutes after its end a verification cannot be read any more."""
    database = sqlite3.connect(driver.server.database)
    database.execute("UPDATE verification SET ended_at = ended_at - 601000000")
    database.commit()
    database.close()
    driver.call(410, "GET", location, code="verification_ended")
    driver.call(410, "DELETE", location, code="verification_ended")
    driver.call(410, "POST", location + "/code", {"code": "123456"}, "verification_ended")
    driver.resend(location, {}, 410, "verification_ended")


def check_unknown(server):
    """What no operation documents is still a problem in the same form."""
    for method, path, status in (("GET", "/v2/me", 404), ("POST", INFO, 405),
                                 ("GET", DEFAULT, 405)):
        answer = server.request(method, path)
        assert answer.status == status, (method, path, answer.status)
        assert answer.headers["Content-Type"] == "application/problem+json"


def make_policy(source):
    with open(source, encoding="utf-8") as file:
        policy = json.load(file)
    phone = policy["methods"][0]
    phone["countries"]["allow"] = ["SE", "NO", "US"]
    policy["limits"]["sendsPerNumber"] = 3
    return policy


def main():
    executable, document, policy = sys.argv[1:]
    contract = Contract(document)
    with Server(executable, "--step-up-max-age", "600", grants=GRANTS,
                policy=make_policy(policy)) as server:
        driver = Driver(contract, server)
        assert driver.call(200, "GET", INFO).body["account"] == ACCOUNT
        check_access(driver)
        check_reading(driver)
        check_refused_starts(driver)
        location = add_by_call(driver)
        add_by_text(driver)
        check_default(driver)
        check_deleting(driver)
        check_limits(driver)
        check_forgotten(driver, location)
        check_unknown(server)
    unseen = contract.find_unseen()
    assert not unseen, f"never seen: {unseen}"


if __name__ == "__main__":
    main()
