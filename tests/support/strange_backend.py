"""A backend that says what a test wants it to say.

    with StrangeBackend() as backend:
        backend.answers["/v1/capabilities"] = Answer(200, "<html>", "text/html")
"""

import contextlib
import http.server
import json
import re
import threading

CAPABILITIES = "/v1/capabilities"
INFO = "/v1/me/security-info"
VERIFICATIONS = "/v1/me/verifications"
VERIFICATION = "/v1/me/verifications/v-1"

PROBLEM = "application/problem+json"
WAIT = re.compile(r"wait=(\d+)")


class Answer:
    def __init__(self, status, body, kind="application/json", **headers):
        self.status, self.kind = status, kind
        self.body = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    @property
    def etag(self):
        return f'"{hash(self.body) & 0xFFFF}"'


def make_verification(**members):
    """A call that rings, or what members make of it."""
    return {"id": "v-1", "purpose": "add", "type": "phone", "use": "mobile",
            "target": "+46701740605", "methodId": None, "state": "ringing", "reason": None,
            "channel": "call", "approval": "keypress", "codeLength": None,
            "serverTime": "2026-11-23T12:00:00Z", "createdAt": "2026-11-23T12:00:00Z",
            "expiresAt": "2026-11-23T12:05:00Z", "resendAt": "2026-11-23T12:00:00Z",
            "sendsLeft": 4, "checksLeft": 5, "newDefault": None,
            "allowed": ["resend", "switchChannel", "cancel"], **members}


class StrangeBackend:
    """Answers a request with what answers has for it, by "DELETE /path", or by "/path" for
    every method. For None it hangs up.

    With holds_requests, those that follow a call wait until change() brings another answer.
    """

    holds_requests = False

    def __init__(self):
        self.answers = {}
        self._changed = threading.Condition()
        self._open = threading.Event()
        self._open.set()
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._make_handler())
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._open.set()
        self._server.shutdown()
        self._server.server_close()

    def change(self, path, answer):
        """From now on this is the answer, also for those who wait for another one."""
        with self._changed:
            self.answers[path] = answer
            self._changed.notify_all()

    def hold_answers(self):
        """From now on nobody is answered."""
        self._open.clear()

    def release_answers(self):
        self._open.set()

    def _find(self, method, path):
        return self.answers.get(f"{method} {path}", self.answers.get(path, Answer(404, "{}")))

    def _wait(self, request):
        """Returns the answer, when the time has come for it."""
        self._open.wait()
        known = request.headers.get("If-None-Match")
        prefer = WAIT.fullmatch(request.headers.get("Prefer", ""))

        def is_other():
            answer = self._find(request.command, request.path)
            return answer is None or answer.etag != known

        with self._changed:
            if self.holds_requests and prefer and known:
                self._changed.wait_for(is_other, int(prefer.group(1)))
            return self._find(request.command, request.path)

    def _make_handler(self):
        backend = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                answer = backend._wait(self)
                if answer is None:
                    self.close_connection = True
                    return
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.kind)
                self.send_header("Content-Length", str(len(answer.body)))
                self.send_header("ETag", answer.etag)
                if backend.holds_requests and "Prefer" in self.headers:
                    self.send_header("Preference-Applied", self.headers["Prefer"])
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                # Whoever asked may have gone away meanwhile.
                with contextlib.suppress(ConnectionError):
                    self.wfile.write(answer.body)

            do_GET = do_POST = do_PUT = do_DELETE = answer

            def log_message(self, *_):
                pass

        return Handler
