"""A backend that says what a test wants it to say.

    with StrangeBackend() as backend:
        backend.answers["/v1/capabilities"] = Answer(200, "<html>", "text/html")
"""

import http.server
import json
import threading

CAPABILITIES = "/v1/capabilities"
INFO = "/v1/me/security-info"
VERIFICATIONS = "/v1/me/verifications"
VERIFICATION = "/v1/me/verifications/v-1"

PROBLEM = "application/problem+json"


class Answer:
    def __init__(self, status, body, kind="application/json", **headers):
        self.status, self.kind = status, kind
        self.body = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


class StrangeBackend:
    """Answers a path, whichever the method, with what answers has for it."""

    def __init__(self):
        self.answers = {}
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._make_handler())
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    def _make_handler(self):
        answers = self.answers

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                answer = answers.get(self.path, Answer(404, "{}"))
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.kind)
                self.send_header("Content-Length", str(len(answer.body)))
                self.send_header("ETag", f'"{hash(answer.body) & 0xFFFF}"')
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.body)

            do_GET = do_POST = do_PUT = do_DELETE = answer

            def log_message(self, *_):
                pass

        return Handler
