#!/usr/bin/env python3
# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The control socket of the simulated phone, and the executable's ways in and out."""

import json
import os
import socket
import stat
import subprocess
import sys
import time

from phone import Phone, Refused
from server_process import Server, TIMEOUT, TOKEN

START = "/v1/me/verifications"
NUMBER = "+46701740605"


def start(server, channel, use="mobile", number=NUMBER):
    body = {"purpose": "add", "type": "phone", "use": use, "number": number,
            "channel": channel}
    answer = server.request("POST", START, body, Idempotency_Key=use + channel + number,
                            Accept_Language="sv")
    assert answer.status == 201, answer.body
    return answer.body["id"]


def check_private(server):
    mode = stat.S_IMODE(os.stat(server.socket).st_mode)
    assert mode == 0o600, oct(mode)
    assert stat.S_IMODE(os.stat(server.database).st_mode) == 0o600


def check_call(server):
    """A client that comes late hears of the call that rings, and both of its end."""
    verification = start(server, "call")
    ringing = server.phone.wait_for_call()
    assert ringing["number"] == NUMBER and ringing["language"] == "sv", ringing
    assert ringing["approval"] == "keypress" and ringing["code"] is None, ringing
    assert "fyrkant" in ringing["says"], ringing

    late = Phone(server.socket)
    assert late.wait_for_call() == ringing
    assert late.do("answer", call=ringing["call"]) == {"ok": True}
    server.phone.wait_for_call("answered", call=ringing["call"])

    before = time.monotonic_ns() // 1000
    assert late.do("press", call=ringing["call"], key="#") == {"ok": True}
    verified = server.phone.wait_for("verified", verification=verification)
    assert before <= verified["at"] <= time.monotonic_ns() // 1000, verified
    ended = late.wait_for_call("ended")
    assert ended["reason"] is None, ended
    late.close()


def check_text(server):
    verification = start(server, "text", "alternate", "+4686943614")
    code = server.wait_for_code("+4686943614")
    with Phone(server.socket) as late:
        assert late.wait_for_text(number="+4686943614")["code"] == code
    wrong = server.request("POST", f"{START}/{verification}/code", {"code": "000000"})
    assert wrong.status == 422 or code == "000000"
    answer = server.request("POST", f"{START}/{verification}/code", {"code": code})
    assert answer.body["state"] == "verified", answer.body
    notice = server.phone.wait_for_text(number=NUMBER, code=None)
    assert "säkerhetsinformation" in notice["body"], notice
    return code


def check_outcomes(server):
    """Every way in which the next attempt can be made to end."""
    outcomes = ("busy", "no_answer", "voicemail", "rejected", "unreachable", "carrier_error",
                "undeliverable")
    for number, outcome in enumerate(outcomes, start=4684400000):
        assert server.phone.do("next", outcome=outcome) == {"ok": True}
        location = f"{START}/{start(server, 'call', 'office', f'+{number}')}"
        ended = server.phone.wait_for_call("ended", number=f"+{number}")
        assert ended["reason"] == outcome, ended
        answer = server.request("GET", location)
        assert answer.body["state"] == "attemptFailed", answer.body
        assert answer.body["reason"] == outcome, answer.body
        assert server.request("DELETE", location).status == 204


def check_mistakes(server):
    for command in ({"do": "dance"}, {"do": "answer", "call": "c-0"}, {"do": "answer"},
                    {"do": "press", "call": "c-1", "key": ""}, {"do": "press", "call": 7},
                    {"do": "next", "outcome": "eaten"}, {"do": 7}):
        try:
            server.phone.do(command.pop("do"), **command)
        except Refused as refused:
            assert refused.args[0], command
        else:
            raise AssertionError(f"it did {command}")
    with socket.socket(socket.AF_UNIX) as raw:
        raw.settimeout(TIMEOUT)
        raw.connect(server.socket)
        raw.sendall(b"not JSON\n")
        answers = (json.loads(line) for line in raw.makefile())
        assert next(a for a in answers if "event" not in a)["ok"] is False


def check_log(log, secrets):
    """Even with every message of every library on, a log tells nothing about anybody."""
    for secret in secrets:
        assert secret not in log, log


def check_rings_out(executable):
    with Server(executable, "--ring-time", "0.1", "--call-approval", "code") as server:
        start(server, "call")
        ringing = server.phone.wait_for_call()
        assert ringing["approval"] == "code" and len(ringing["code"]) == 6, ringing
        ended = server.phone.wait_for_call("ended")
        assert ended["reason"] == "no_answer", ended


def check_example(executable):
    """One command, one account, and room for phones by call and by text."""
    environment = {**os.environ, "SECURITY_INFO_TOKEN": "secret"}
    with subprocess.Popen([executable, "--example"], stdout=subprocess.PIPE, text=True,
                          env=environment) as process:
        server = Server.__new__(Server)
        server.port = int(process.stdout.readline().strip().rstrip("/").rsplit(":", 1)[1])
        info = server.request("GET", "/v1/me/security-info", token="secret").body
        method = info["methods"][0]
        assert (method["type"], method["label"]) == ("authenticatorApp", "Pixel 9"), method
        assert info["default"] == {"methodId": method["id"], "channel": None}, info
        capabilities = server.request("GET", "/v1/capabilities", token="secret").body
        uses = {use["use"]: use["channels"] for use in capabilities["methods"][0]["uses"]}
        assert uses == {"mobile": ["call", "text"], "alternate": ["call", "text"],
                        "office": ["call"]}, uses
        process.terminate()
        assert process.wait(TIMEOUT) == 0 and process.stdout.read() == ""


def check_command_line(executable):
    for options in (["--port", "70000"], ["--call-approval", "shout"], ["--what"],
                    ["argument"], ["--policy", "/nonexistent"],
                    ["--introspect", "http://id.example.com/", "--introspect-client", "x"],
                    ["--introspect", "https://id.example.com/", "--introspect-client", "x"],
                    ["--introspect-client", "x"], ["--introspect-cache", "31"],
                    ["--introspect-cache", "nan"]):
        result = subprocess.run([executable, *options], capture_output=True, timeout=TIMEOUT,
                                check=False)
        assert result.returncode == 2 and result.stderr and not result.stdout, options
    result = subprocess.run([executable, "--help"], capture_output=True, text=True,
                            timeout=TIMEOUT, check=True)
    assert "no real carrier" in result.stdout, result.stdout


def main():
    executable = sys.argv[1]
    with Server(executable) as server:
        check_private(server)
        check_call(server)
        code = check_text(server)
        check_outcomes(server)
        check_mistakes(server)
        server.stop()
        assert not os.path.exists(server.socket)
        check_log(server.read_log(), [TOKEN, NUMBER, NUMBER[1:], code])
    check_rings_out(executable)
    check_example(executable)
    check_command_line(executable)


if __name__ == "__main__":
    main()
