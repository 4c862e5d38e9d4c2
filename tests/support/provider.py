# Copyright 2026 The Security Info authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""An OpenID Provider of the tests' own, which can be as bad as a test wants it to be.

    with Provider() as provider:
        provider.faults["token"] = (500, "text/html", "<h1>Oops</h1>")

What a good one does, Glewlwyd does (glewlwyd.py). This one says yes to everybody at once: whoever
opens its authorization page is sent back as provider.person.
"""

import base64
import hashlib
import http.server
import json
import secrets
import ssl
import threading
import time
import urllib.parse

CLIENT = "security-info"
BACKEND = "security-info-server"
BACKEND_SECRET = "secret-of-the-backend"
PERSON = {"sub": "astrid", "username": "astrid@contoso.example", "name": "Astrid Lind"}
SCOPE = "openid securityinfo.read securityinfo.manage"
DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Provider:
    """Runs while the context is entered, each request in a thread of its own.

    faults says what it does wrong:
      issuer         the issuer that discovery names
      redirect       parameters of the redirect that are changed; None leaves one out
      token          the answer of the token endpoint: status, content type, body
      slow           whether the token endpoint never answers
      no_refresh     whether there are no refresh tokens
      claims         claims of the ID token that are changed
    """

    def __init__(self, certificate=None):
        """certificate is a file with a certificate and its key."""
        self.faults = {}
        self.person = dict(PERSON)
        self.token_seconds = 3600
        self.requests = []      # the path of each
        self.authorizations = []  # the parameters of each
        self.secrets = set()    # what no log may hold
        self.device_approved = False
        self.revoked = []
        self._codes, self._tokens, self._refresh, self._devices = {}, {}, {}, {}
        self._released = threading.Event()
        provider = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                provider._serve(self, None)

            def do_POST(self):
                length = int(self.headers.get("Content-Length", 0))
                provider._serve(self, self.rfile.read(length).decode())

            def log_message(self, *_):
                pass

        self._http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.issuer = f"http://127.0.0.1:{self._http.server_port}"
        if certificate is not None:
            self._use_tls(certificate)

    def _use_tls(self, certificate):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        # Each handshake is in the thread of its request: one that fails holds up no other.
        self._http.socket = context.wrap_socket(self._http.socket, server_side=True,
                                                do_handshake_on_connect=False)
        self._http.handle_error = lambda *_: None
        self.issuer = self.issuer.replace("http:", "https:")

    def __enter__(self):
        threading.Thread(target=self._http.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._released.set()
        self._http.shutdown()
        self._http.server_close()

    @property
    def server_options(self):
        """With which the reference backend asks this provider."""
        return ["--introspect", f"{self.issuer}/introspect", "--introspect-client", BACKEND,
                "--introspect-cache", "0"]

    @property
    def server_environment(self):
        return {"SECURITY_INFO_INTROSPECT_SECRET": BACKEND_SECRET}

    def count(self, path):
        return self.requests.count(path)

    def end_sign_in(self):
        """Nothing that was given is good any more."""
        self._tokens.clear()
        self._refresh.clear()

    def give_token(self):
        """What a broker gets for the person."""
        return json.loads(self._grant()[2])["access_token"]

    def age_sign_ins(self, seconds):
        """As if everybody had signed in so much longer ago."""
        for grant in [*self._tokens.values(), *self._refresh.values()]:
            grant["auth_time"] -= seconds

    def _secret(self):
        text = secrets.token_urlsafe(24)
        self.secrets.add(text)
        return text

    # HTTP

    def _serve(self, request, body):
        url = urllib.parse.urlsplit(request.path)
        self.requests.append(url.path)
        fields = dict(urllib.parse.parse_qsl(url.query if body is None else body))
        answer = {
            "/.well-known/openid-configuration": self._describe,
            "/authorize": self._authorize,
            "/token": self._token,
            "/device": self._device,
            "/revoke": self._revoke,
            "/introspect": self._introspect,
        }.get(url.path)
        status, kind, text = answer(fields) if answer else (404, "text/plain", "")
        data = text.encode()
        request.send_response(status)
        if status == 302:
            request.send_header("Location", text)
            data = b""
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        request.wfile.write(data)

    @staticmethod
    def _json(document, status=200):
        return status, "application/json", json.dumps(document)

    def _describe(self, _):
        return self._json({
            "issuer": self.faults.get("issuer", self.issuer),
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "device_authorization_endpoint": f"{self.issuer}/device",
            "revocation_endpoint": f"{self.issuer}/revoke",
            "introspection_endpoint": f"{self.issuer}/introspect",
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
        })

    def _authorize(self, fields):
        self.authorizations.append(fields)
        self.secrets.update([fields["state"], fields["nonce"]])
        code = self._secret()
        self._codes[code] = fields
        parameters = {"code": code, "state": fields["state"], "iss": self.issuer,
                      **self.faults.get("redirect", {})}
        query = urllib.parse.urlencode({k: v for k, v in parameters.items() if v is not None})
        return 302, "text/plain", f"{fields['redirect_uri']}?{query}"

    def _grant(self, nonce=None, auth_time=None):
        access, refresh = self._secret(), self._secret()
        now = int(time.time())
        grant = {**self.person, "auth_time": auth_time if auth_time is not None else now}
        self._tokens[access] = {**grant, "exp": now + self.token_seconds}
        self._refresh[refresh] = grant
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": grant["sub"], "iat": now,
                  "exp": now + 300, "nonce": nonce, **self.faults.get("claims", {})}
        parts = [{"alg": "none"}, claims]
        id_token = ".".join(encode(json.dumps(part).encode()) for part in parts) + ".c2ln"
        answer = {"access_token": access, "refresh_token": refresh, "token_type": "Bearer",
                  "expires_in": self.token_seconds, "id_token": id_token, "scope": SCOPE}
        if self.faults.get("no_refresh"):
            del answer["refresh_token"]
        return self._json(answer)

    def _token(self, fields):
        for name in ["code_verifier", "refresh_token", "device_code"]:
            if name in fields:
                self.secrets.add(fields[name])
        if self.faults.get("slow"):
            self._released.wait()
        if "token" in self.faults:
            return self.faults["token"]

        kind = fields.get("grant_type")
        if kind == "authorization_code":
            begun = self._codes.pop(fields["code"], None)
            digest = encode(hashlib.sha256(fields["code_verifier"].encode()).digest())
            if begun is None or digest != begun["code_challenge"]:
                return self._json({"error": "invalid_grant"}, 400)
            return self._grant(begun["nonce"])
        if kind == "refresh_token":
            grant = self._refresh.pop(fields["refresh_token"], None)
            if grant is None:
                return self._json({"error": "invalid_grant"}, 400)
            return self._grant(auth_time=grant["auth_time"])
        if kind == DEVICE_GRANT and fields["device_code"] in self._devices:
            if not self.device_approved:
                return self._json({"error": "authorization_pending"}, 400)
            return self._grant()
        return self._json({"error": "unsupported_grant_type"}, 400)

    def _device(self, _):
        code = self._secret()
        self._devices[code] = True
        return self._json({"device_code": code, "user_code": "WDJB-MJHT", "interval": 1,
                           "verification_uri": f"{self.issuer}/type",
                           "verification_uri_complete": f"{self.issuer}/type?code=WDJB-MJHT",
                           "expires_in": 600})

    def _revoke(self, fields):
        self.revoked.append(fields["token"])
        grant = self._refresh.pop(fields["token"], None)
        if grant is not None:
            self._tokens.clear()
        return 200, "text/plain", ""

    def _introspect(self, fields):
        grant = self._tokens.get(fields["token"])
        if grant is None or grant["exp"] < time.time():
            return self._json({"active": False})
        return self._json({"active": True, "scope": SCOPE, "client_id": CLIENT, **grant})
