"""A real HTTP server on loopback whose answers each test writes down."""

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


@dataclass
class Reply:
    """One answer; `wait` is an event that the server waits for before it sends the body."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait: threading.Event | None = None


class Site:
    """Paths and their replies; a list of replies is given out one by one, the last one for ever."""

    def __init__(self):
        self.replies = {}
        self.requests = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        # A client that is killed hangs up in the middle; that is no news.
        self._server.handle_error = lambda *_: None
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    @property
    def port(self):
        return self._server.server_address[1]

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def asked(self, path):
        """Headers of the requests for a path, oldest first."""
        return [headers for seen, headers in self.requests if seen == path]

    def _reply(self, path):
        replies = self.replies.get(path, Reply(b"not here", 404))
        if isinstance(replies, list):
            return replies.pop(0) if len(replies) > 1 else replies[0]
        return replies

    def _handler(site):  # noqa: N805 - the handler's own self is another
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                site.requests.append((self.path, dict(self.headers)))
                reply = site._reply(self.path)
                self.send_response(reply.status)
                for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                if reply.wait:
                    # Shorter than the whole time that a client allows, longer than a slow machine takes to a command.
                    reply.wait.wait(50)
                if reply.status != 304:
                    self.wfile.write(reply.body)

            def log_message(self, *arguments):
                pass

        return Handler


@pytest.fixture
def site():
    """An empty site."""
    served = Site()
    yield served
    served.close()
