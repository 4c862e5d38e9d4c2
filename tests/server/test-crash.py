#!/usr/bin/env python3
# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Kills the server at bad moments, and looks at what it says when it is back."""

import sqlite3
import sys
import tempfile

from server_process import Server

START = "/v1/me/verifications"
INFO = "/v1/me/security-info"
NUMBER = "+46701740605"


def body(channel):
    return {"purpose": "add", "type": "phone", "use": "mobile", "number": NUMBER,
            "channel": channel}


def start(server, channel, key):
    answer = server.request("POST", START, body(channel), Idempotency_Key=key)
    assert answer.status == 201, answer.body
    return answer.headers["Location"]


def check_call_interrupted(server):
    """A call that rang is lost, and says so; the rest of the verification is not."""
    location = start(server, "call", "call")
    server.phone.wait_for_call()
    before = server.request("GET", location)
    server.kill()

    server.start()
    after = server.request("GET", location)
    assert after.body["state"] == "attemptFailed", after.body
    assert after.body["reason"] == "carrier_error", after.body
    assert after.body["expiresAt"] == before.body["expiresAt"], after.body
    assert after.headers["ETag"] != before.headers["ETag"]
    info = server.request("GET", INFO)
    assert info.body["verification"]["location"] == location, info.body

    repeated = server.request("POST", START, body("call"), Idempotency_Key="call")
    assert repeated.status == 201 and repeated.body["id"] == after.body["id"]
    assert server.request("DELETE", location).status == 204


def check_text_interrupted(server):
    """A code that was texted can still be given."""
    location = start(server, "text", "text")
    code = server.wait_for_code(NUMBER)
    before = server.request("GET", location)
    assert before.body["state"] == "texted", before.body
    server.kill()

    server.start()
    assert server.request("GET", location).headers["ETag"] == before.headers["ETag"]
    answer = server.request("POST", location + "/code", {"code": code})
    assert answer.status == 200 and answer.body["state"] == "verified", answer.body


def check_kept(server):
    """What was verified is there after another kill, and the log of it."""
    before = server.request("GET", INFO)
    server.kill()

    server.start()
    after = server.request("GET", INFO)
    assert after.body == before.body and after.body["methods"][0]["number"] == NUMBER
    assert after.headers["ETag"] == before.headers["ETag"]
    events = server.request("GET", "/v1/me/events").body["events"]
    assert [event["kind"] for event in events] == ["default_changed", "method_added"], events


def check_used(server):
    """That a method was used is told, but is no change of it."""
    before = server.request("GET", INFO)
    database = sqlite3.connect(server.database)
    database.execute("UPDATE method SET last_used_at = 1700000000000000")
    database.commit()
    database.close()
    after = server.request("GET", INFO)
    assert after.body["methods"][0]["lastUsedAt"] == "2023-11-14T22:13:20Z", after.body
    assert after.headers["ETag"] == before.headers["ETag"]


def check_expired_meanwhile(executable, directory):
    """The time goes on while no server runs."""
    with Server(executable, "--ttl", "0.5", directory=directory) as server:
        answer = server.request("POST", START, {**body("text"), "use": "office",
                                                "channel": "call", "number": "+4684400000"},
                                Idempotency_Key="expired")
        location = answer.headers["Location"]
        server.kill()
        server.start()
        after = server.request("GET", location)
        while after.body["state"] != "expired":
            after = server.request("GET", location, Prefer="wait=20",
                                   If_None_Match=after.headers["ETag"])
        assert server.request("GET", INFO).body["verification"] is None


def main():
    executable = sys.argv[1]
    with tempfile.TemporaryDirectory() as directory:
        with Server(executable, directory=directory) as server:
            check_call_interrupted(server)
            check_text_interrupted(server)
            check_kept(server)
            check_used(server)
        check_expired_meanwhile(executable, directory)


if __name__ == "__main__":
    main()
