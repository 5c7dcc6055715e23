"""A server on loopback that may answer anything: whole responses as bytes, or a function that holds the socket."""

import contextlib
import socket
import threading


class HostileServer:
    """Paths and their answers; a list of answers is given out one by one, the last one for ever.

    An answer is bytes to be sent as they are, or a function of the socket and the request's headers. The connection is
    closed after each. A path without an answer is a 404; so is robots.txt, unless it has one.
    """

    def __init__(self, address="127.0.0.1", *, tls=None, port=0):
        self.answers = {}
        self.requests = []
        self.connections = 0
        self.answers_tls = True
        self.address = address
        self._tls = tls
        self._ended = threading.Event()
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self._listener = socket.create_server((address, port), family=family, backlog=64)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, path, *, scheme="http", host=None):
        return f"{scheme}://{host or self.address}:{self.port}{path}"

    def asked(self, path=None):
        """Headers of the requests for a path, or for all but robots.txt."""
        return [headers for seen, headers in self.requests if seen == path or (path is None and seen != "/robots.txt")]

    def pause(self, seconds):
        """Wait, but not beyond the end of the test."""
        return not self._ended.wait(seconds)

    def close(self):
        self._ended.set()
        # A blocked accept() does not notice close() alone.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self):
        while not self._ended.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with contextlib.suppress(OSError), connection:
            connection.settimeout(20)
            stream = self._tls.wrap_socket(connection, server_side=True) if self._tls else connection
            with stream:
                self._answer(stream)
                # Closing with unread bytes would reset the connection, and take the answer back.
                stream.shutdown(socket.SHUT_WR)

    def _answer(self, stream):
        head = b""
        while b"\r\n\r\n" not in head:
            received = stream.recv(65536)
            if not received:
                return
            head += received
            if head.startswith(b"\x16\x03") and self.answers_tls:
                # A handshake, which a plain server takes for a bad request.
                stream.sendall(http(b"", "400 Bad Request"))
                return
        first, *lines = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
        path = first.split(" ")[1]
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        self.requests.append((path, headers))
        answer = self.answers.get(path, http(b"not here", "404 Not Found"))
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if callable(answer):
            answer(stream, headers)
        else:
            stream.sendall(answer)


def http(body=b"", status="200 OK", **headers):
    """A well-formed response; a header is named with underscores, and left out when it is None."""
    said = {"Content_Length": str(len(body)), "Connection": "close", **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in said.items() if value is not None)
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode("latin-1") + body


def moved(location, status="301 Moved Permanently", **headers):
    """A redirect, its Location as given."""
    return http(b"", status, Location=location, **headers)


def rss(*items, head="", declaration='<?xml version="1.0" encoding="UTF-8"?>', encoding="utf-8"):
    """A feed of items written out, or of (path, title)."""
    written = "".join(
        item
        if isinstance(item, str)
        else f"<item><title>{item[1]}</title><link>http://p.example{item[0]}</link></item>"
        for item in items
    )
    text = f'{declaration}<rss version="2.0"><channel><title>Paper</title>{head}{written}</channel></rss>'
    return text.encode(encoding)


ITEM = ("/1", "Kenya sends 150 to Haiti")
FEED = rss(ITEM)
