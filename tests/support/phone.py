"""The simulated phone of the reference backend, held by a test.

    with Phone("/run/user/1000/phone") as phone:
        call = phone.wait_for_call("ringing")
        phone.do("answer", call=call["call"])
        phone.do("press", call=call["call"], key="#")

It talks to the phone's control socket: one JSON object a line, commands one way, answers and
events the other (src/server/si-control-client.c).
"""

import json
import socket
import time

PATIENCE = 15


class Refused(Exception):
    """The phone could not do what it was told; the message is its reason."""


class Phone:
    """The events that have come stay in events; what waits for one takes it out."""

    def __init__(self, path, timeout=PATIENCE):
        self.timeout = timeout
        self.events = []
        self._answers = []
        self._calls = set()
        self._rest = b""
        self._socket = self._connect(str(path))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self._socket.close()

    def _connect(self, path):
        """The backend may still be starting."""
        deadline = time.monotonic() + self.timeout
        while True:
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                connection.connect(path)
                return connection
            except (FileNotFoundError, ConnectionRefusedError):
                connection.close()
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)

    def _read_until(self, take, what, timeout):
        """Reads messages until take() returns something, and returns that."""
        deadline = time.monotonic() + timeout
        while True:
            taken = take()
            if taken is not None:
                return taken
            self._socket.settimeout(max(deadline - time.monotonic(), 0.001))
            try:
                data = self._socket.recv(65536)
            except TimeoutError:
                raise TimeoutError(
                    f"waited {timeout} s for {what}; there were {self.events}"
                ) from None
            if not data:
                raise ConnectionError(f"the phone hung up before {what}")
            *lines, self._rest = (self._rest + data).split(b"\n")
            for line in filter(None, lines):
                message = json.loads(line)
                if message.get("event") == "call":
                    self._calls.add(message["call"])
                (self.events if "event" in message else self._answers).append(message)

    def do(self, command, **arguments):
        """Tells the phone to do something, such as "answer", "press" (with key), "decline",
        "voicemail", "ignore" or "hangUp" to a call, or what is to happen to the "next"."""
        message = {"do": command, **arguments}
        self.send(message)
        answer = self._read_until(
            lambda: self._answers.pop(0) if self._answers else None,
            f"an answer to {message}", self.timeout,
        )
        if not answer.get("ok"):
            raise Refused(answer.get("error"))
        return answer

    def send(self, message):
        """Tells the phone something without waiting for the answer."""
        self._socket.settimeout(self.timeout)
        self._socket.sendall(json.dumps(message).encode() + b"\n")

    def count_calls(self):
        """How many calls have come."""
        return len(self._calls)

    def wait_for(self, event, timeout=None, **members):
        """Waits for an event with these members, takes it out, and leaves the others."""
        wanted = {"event": event, **members}

        def take():
            for index, candidate in enumerate(self.events):
                if wanted.items() <= candidate.items():
                    return self.events.pop(index)
            return None

        return self._read_until(take, wanted, timeout or self.timeout)

    def wait_for_call(self, state="ringing", **members):
        return self.wait_for("call", state=state, **members)

    def wait_for_text(self, **members):
        return self.wait_for("text", **members)

    def approve(self, key="#"):
        """Lets the phone ring, answers, and does as the voice says."""
        call = self.wait_for_call("ringing")
        self.do("answer", call=call["call"])
        self.wait_for_call("answered", call=call["call"])
        self.do("press", call=call["call"], key=key)
        return call
