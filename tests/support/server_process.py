# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The reference backend as a process of its own."""

import http.client
import json
import os
import subprocess
import tempfile

from phone import Phone

TOKEN = "token-of-astrid"
ACCOUNT = {"id": "astrid", "displayName": "Astrid Lind", "username": "astrid@contoso.example"}
READ = "securityinfo.read"
MANAGE = "securityinfo.manage"
TIMEOUT = 20


class Answer:
    """What came back: its status, headers and body."""

    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.text = response.read()
        self.body = json.loads(self.text) if self.text else None


class Server:
    """The executable, running while the context is entered."""

    def __init__(self, executable, *options, grants=None, policy=None, directory=None,
                 environment=None):
        self.temporary = None if directory else tempfile.TemporaryDirectory()
        self.directory = directory or self.temporary.name
        self.socket = os.path.join(self.directory, "phone")
        self.database = os.path.join(self.directory, "database")
        self.log = os.path.join(self.directory, "log")
        self.command = [executable, "--database", self.database,
                        "--simulated-phone", self.socket,
                        "--tokens", self.write("tokens", {"tokens": grants or [grant()]}),
                        *options]
        if policy:
            self.command += ["--policy", self.write("policy", policy)]
        self.environment = environment or {}
        self.process = None

    def write(self, name, content):
        path = os.path.join(self.directory, name + ".json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(content, file)
        return path

    def start(self):
        # pylint: disable=consider-using-with
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, stderr=log,
                                            text=True,
                                            env={**os.environ, "G_MESSAGES_DEBUG": "all",
                                                 **self.environment})
        self.url = self.process.stdout.readline().strip()
        self.port = int(self.url.rstrip("/").rsplit(":", 1)[1])
        self.phone = Phone(self.socket)
        return self

    def read_log(self):
        with open(self.log, encoding="utf-8") as log:
            return log.read()

    def kill(self):
        """Ends it as a power cut would."""
        self.process.kill()
        self.end()

    def stop(self):
        self.process.terminate()
        self.end()
        assert self.process.returncode == 0, self.read_log()

    def end(self):
        self.phone.close()
        self.process.wait(TIMEOUT)
        self.process.stdout.close()

    def __enter__(self):
        return self.start()

    def __exit__(self, *error):
        if self.process.returncode is None:
            self.stop()
        if self.temporary:
            self.temporary.cleanup()

    def wait_for_code(self, number):
        """Returns the code of the next text to this number that has one."""
        while True:
            code = self.phone.wait_for_text(number=number)["code"]
            if code is not None:
                return code

    def request(self, method, path, body=None, token=TOKEN, **headers):
        """Sends a request; a header is named like if_match, a body is text or JSON."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if token is not None:
            sent["Authorization"] = "Bearer " + token
        if body is not None and not isinstance(body, str):
            body = json.dumps(body)
        try:
            connection.request(method, path, body, sent)
            return Answer(connection.getresponse())
        finally:
            connection.close()


def grant(token=TOKEN, account=None, scopes=(READ, MANAGE), at="now"):
    return {"token": token, "account": account or ACCOUNT, "scopes": list(scopes),
            "authenticatedAt": at}
