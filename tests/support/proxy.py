"""A line between the app and its backend that can fail.

    with Proxy(server.port) as proxy:
        steps = self.start_app(server, url=proxy.url)
        proxy.lose_answer(b"POST /v1/me/verifications")
"""

import contextlib
import socket
import threading


class Proxy:
    """Carries connections to a port of this computer, one thread a direction. port is None
    while nobody listens at the other end."""

    def __init__(self, port=None):
        self.port = port
        self.lost = 0
        self._to_lose = None
        self._open = threading.Event()
        self._open.set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._connections = []
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/"

    def __enter__(self):
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._open.set()
        end(self._listener, *self._connections)

    def lose_answer(self, request):
        """The next request that begins so reaches the backend, but its answer nobody."""
        self._to_lose = request

    def hold_answers(self):
        """From now on no answer gets through."""
        self._open.clear()

    def release_answers(self):
        self._open.set()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self._connect(client)

    def _connect(self, client):
        try:
            server = socket.create_connection(("127.0.0.1", self.port or 1))
        except OSError:
            end(client)
            return
        self._connections += [client, server]
        doomed = threading.Event()
        for carry in (self._carry_requests, self._carry_answers):
            threading.Thread(target=carry, args=(client, server, doomed), daemon=True).start()

    def _carry_requests(self, client, server, doomed):
        with contextlib.suppress(OSError):
            while data := client.recv(65536):
                if self._to_lose is not None and data.startswith(self._to_lose):
                    self._to_lose = None
                    doomed.set()
                server.sendall(data)
        end(client, server)

    def _carry_answers(self, client, server, doomed):
        with contextlib.suppress(OSError):
            while data := server.recv(65536):
                if doomed.is_set():
                    self.lost += 1
                    break
                self._open.wait()
                client.sendall(data)
        end(client, server)


def end(*sockets):
    """Closes connections, whoever waits for them."""
    for connection in sockets:
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
        connection.close()
