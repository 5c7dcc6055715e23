"""Newsroom -> HTTP: answer for every host of a newsroom on one loopback port.

The Host header picks the site, so URLs are the same whatever the port. It never listens on anything but loopback.
"""

from __future__ import annotations

import gzip
import sys
from dataclasses import replace
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from threading import Thread
from types import TracebackType
from typing import NamedTuple, Protocol, Self
from urllib.parse import urlsplit

from flows.newsroom.pages import Answer

Site = dict[tuple[str, str], Answer]
_UNKNOWN = Answer(404, body=b"<!DOCTYPE html><title>404</title><p>Nothing here.</p>")


class Published(Protocol):
    """What can be served: hosts, and the answer to every host and path of an edition."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """All host names."""

    def site(self, edition: int = 1) -> Site:
        """Every answer, by host and path."""


class Request(NamedTuple):
    """One request that the server answered."""

    host: str
    path: str
    status: int
    if_none_match: str | None
    if_modified_since: str | None


class _LoopbackServer(ThreadingHTTPServer):
    # A fetcher opens connections to all hosts at once, and all of them end here.
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay quiet about clients that hang up; anything else is a fault, and shows."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class NewsroomServer:
    """The newsroom over HTTP/1.1; a context manager.

    Args:
        newsroom: what to serve.
        address: a loopback address to listen on; the port is free, or the one asked for.
    """

    def __init__(self, newsroom: Published, *, address: str = "127.0.0.1", port: int = 0) -> None:
        if not ip_address(address).is_loopback:
            raise ValueError(f"{address} is no loopback address, and the sample newsroom is served on no other")
        self.newsroom = newsroom
        self.requests: list[Request] = []
        self._edition = 1
        self._site = newsroom.site()
        self._server = _LoopbackServer((address, port), _handler_for(self))
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def address(self) -> tuple[str, int]:
        """Where it listens."""
        return str(self._server.server_address[0]), self._server.server_address[1]

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self.address[1]

    @property
    def hosts(self) -> tuple[str, ...]:
        """The host names it answers for."""
        return self.newsroom.hosts

    @property
    def edition(self) -> int:
        """1 before the silent edit, 2 after it."""
        return self._edition

    @edition.setter
    def edition(self, edition: int) -> None:
        self._edition, self._site = edition, self.newsroom.site(edition)

    def answer(self, host: str, path: str) -> Answer:
        """What is served under a path; the query plays no part."""
        return self._site.get((host, urlsplit(path).path), _UNKNOWN)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler_for(server: NewsroomServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # A client that keeps a connection open and says nothing must not hold up the server's end.
        timeout = 10

        def do_GET(self) -> None:
            host = self.headers.get("Host", "").partition(":")[0]
            conditions = self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")
            answer = _conditional(server.answer(host, self.path), *conditions)
            answer = _packed(answer, self.headers.get("Accept-Encoding", ""))
            server.requests.append(Request(host, self.path, answer.status, *conditions))
            self.send_response(answer.status)
            if answer.status != 304:
                self.send_header("Content-Type", answer.content_type)
                self.send_header("Content-Length", str(len(answer.body)))
            for name, value in answer.headers:
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body)

        do_HEAD = do_GET  # noqa: N815 - the name is the base class's

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
            """Stay quiet: the terminal belongs to the run."""

    return Handler


def _conditional(answer: Answer, if_none_match: str | None, if_modified_since: str | None) -> Answer:
    """304 where a validator still holds; If-None-Match wins over the date (RFC 9110, 13.2.2)."""
    headers = dict(answer.headers)
    if if_none_match is not None and "ETag" in headers:
        is_unchanged = headers["ETag"] in {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    elif if_modified_since is not None and "Last-Modified" in headers:
        is_unchanged = _is_unmodified(headers["Last-Modified"], if_modified_since)
    else:
        return answer
    return replace(answer, status=304, body=b"") if is_unchanged else answer


def _is_unmodified(modified: str, since: str) -> bool:
    try:
        return parsedate_to_datetime(modified).timestamp() <= parsedate_to_datetime(since).timestamp()
    except ValueError:
        # A date that cannot be read is no condition (RFC 9110, 13.1.3).
        return False


def _packed(answer: Answer, accepted: str) -> Answer:
    if not answer.is_packable or not answer.body or "gzip" not in accepted:
        return answer
    headers = (*answer.headers, ("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding"))
    return replace(answer, body=gzip.compress(answer.body, compresslevel=1, mtime=0), headers=headers)
