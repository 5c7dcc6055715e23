"""Simulated moment -> answers of the whole press on loopback, in a process of its own, and a log of what was asked.

Each paper has an address of its own, which is a registered domain of its own. The test sets the moment; the server
knows no other clock, but notes its own beside it for waits that are really waited.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import multiprocessing
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from multiprocessing.connection import Connection

from tests.flows.month.world import START, Paper, Story, press, render_feed, render_page


@dataclass(frozen=True)
class Request:
    """One line of the server's log; `connections` is how many were open to the address at that moment."""

    moment: datetime
    seconds: float
    address: str
    path: str
    status: int
    connections: int


class Press:
    """The server as the test sees it."""

    def __init__(self, pipe: Connection, port: int) -> None:
        self._pipe = pipe
        self.port = port

    def at(self, moment: datetime) -> None:
        """Move the world to a moment."""
        self._pipe.send(moment)
        self._pipe.recv()

    def requests(self) -> list[Request]:
        """All that was asked so far, oldest first."""
        self._pipe.send(None)
        found: list[Request] = self._pipe.recv()
        return found


@contextmanager
def serving_press() -> Iterator[Press]:
    """Serve the press until the end of the block."""
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    server.start()
    try:
        yield Press(ours, ours.recv())
    finally:
        server.terminate()
        server.join()


def _serve(pipe: Connection) -> None:
    asyncio.run(_Server(pipe).serve())


class _Server:
    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._moment = START
        self._port = 0
        self._log: list[Request] = []
        self._open: Counter[str] = Counter()
        self._feeds: dict[tuple[str, str], Paper] = {}
        self._stories: dict[tuple[str, str], Story] = {}
        self._papers: dict[str, list[Paper]] = {}
        for paper in press():
            self._papers.setdefault(paper.address, []).append(paper)
            self._feeds[paper.address, paper.path] = self._feeds[paper.address, paper.new_path] = paper
            for story in paper.stories:
                host, path = story.url.removeprefix("http://").split(":{port}")
                self._stories[host, path.split("?")[0]] = story

    async def serve(self) -> None:
        """Listen on all addresses, at one port that is free on the first."""
        addresses = sorted({paper.address for paper in press()})
        first = await asyncio.start_server(self._talk, addresses[0], 0)
        self._port = first.sockets[0].getsockname()[1]
        for address in addresses[1:]:
            await asyncio.start_server(self._talk, address, self._port)
        asyncio.get_running_loop().add_reader(self._pipe.fileno(), self._obey)
        self._pipe.send(self._port)
        await asyncio.Event().wait()

    def _obey(self) -> None:
        order = self._pipe.recv()
        if order is None:
            self._pipe.send(self._log)
        else:
            self._moment = order
            self._pipe.send("moved")

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        address = writer.get_extra_info("sockname")[0]
        self._open[address] += 1
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                target = head.split(b" ", 2)[1].decode()
                status, headers, body = self._answer(address, target.split("?")[0], head)
                self._log.append(Request(self._moment, time.monotonic(), address, target, status, self._open[address]))
                if status == 0:
                    break
                lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
                writer.write(f"HTTP/1.1 {status} -\r\nContent-Length: {len(body)}\r\n{lines}\r\n".encode() + body)
                await writer.drain()
        self._open[address] -= 1
        writer.close()

    def _answer(self, address: str, path: str, head: bytes) -> tuple[int, dict[str, str], bytes]:
        if path == "/robots.txt":
            return 200, {"Content-Type": "text/plain"}, _robots(self._papers[address])
        if paper := self._feeds.get((address, path)):
            return self._feed(paper, path, head)
        return self._page(address, path)

    def _feed(self, paper: Paper, path: str, head: bytes) -> tuple[int, dict[str, str], bytes]:
        if outage := paper.outage(self._moment):
            headers = {"Retry-After": str(outage.retry_after)} if outage.retry_after else {}
            return (0, {}, b"") if outage.answer == "close" else (int(outage.answer), headers, b"")
        if paper.moved_at and self._moment >= paper.moved_at and path == paper.path:
            return 301, {"Location": paper.new_path}, b""
        body = render_feed(paper, self._moment, self._port)
        headers = {"Content-Type": "application/rss+xml"}
        if paper.max_age:
            headers["Cache-Control"] = f"max-age={paper.max_age}"
        validator = (
            f'"{hashlib.sha256(body).hexdigest()}"'
            if paper.validators == "etag"
            else format_datetime(_changed_at(paper, self._moment))
        )
        asked = b"\r\nif-none-match: " if paper.validators == "etag" else b"\r\nif-modified-since: "
        if paper.validators:
            headers["ETag" if paper.validators == "etag" else "Last-Modified"] = validator
            if asked + validator.encode() + b"\r\n" in head.replace(b"If-None-Match", b"if-none-match").replace(
                b"If-Modified-Since", b"if-modified-since"
            ):
                return 304, headers, b""
        return 200, headers, body

    def _page(self, address: str, path: str) -> tuple[int, dict[str, str], bytes]:
        story = self._stories.get((address, path))
        if story is None or story.page == "missing" or story.published_at > self._moment:
            return 404, {}, b"not here"
        if story.page == "late" and self._moment < story.published_at + timedelta(hours=12):
            return 503, {}, b"later"
        return 200, {"Content-Type": "text/html; charset=utf-8"}, render_page(story, self._moment)


def _robots(papers: Sequence[Paper]) -> bytes:
    lines = ["User-agent: *"]
    for paper in papers:
        lines.append("Disallow: /" if paper.role == "closed" else f"Disallow: /{paper.number}/private/")
        if paper.crawl_delay:
            lines.append(f"Crawl-delay: {paper.crawl_delay}")
    return "\n".join(lines).encode()


def _changed_at(paper: Paper, moment: datetime) -> datetime:
    stories = paper.shown(moment)
    edits = [story.edited_at for story in stories if story.edited_at and story.edited_at <= moment]
    return max([story.published_at for story in stories] + edits, default=START)
