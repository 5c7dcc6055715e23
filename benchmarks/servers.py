"""Answers -> a server on several loopback addresses, in a process of its own so that its CPU time is nobody else's."""

from __future__ import annotations

import asyncio
import hashlib
import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

Answers = Mapping[tuple[str, str], tuple[str, bytes]]


@dataclass
class Counts:
    """What a server saw.

    Args:
        sent_bytes: heads and bodies.
        connections: by address.
        paths: address and path of each request, oldest first.
        not_modified: answers 304.
    """

    requests: int = 0
    sent_bytes: int = 0
    not_modified: int = 0
    connections: dict[str, int] = field(default_factory=dict)
    paths: list[tuple[str, str]] = field(default_factory=list)


class Server:
    """A running server as a benchmark sees it."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe

    def answer(self, answers: Answers) -> None:
        """Answer anew from now on, and count from nothing."""
        self._pipe.send(dict(answers))
        self._pipe.recv()

    def counts(self) -> Counts:
        """What was seen since the last change of answers."""
        self._pipe.send(None)
        counts: Counts = self._pipe.recv()
        return counts


@contextmanager
def serving(
    addresses: Sequence[str], port: int, answers: Answers, *, with_etag: frozenset[str] = frozenset()
) -> Iterator[Server]:
    """Serve (address, path) -> (content type, body) until the end of the block.

    Args:
        with_etag: addresses whose answers carry an ETag, and are 304 to who sends it back.
    """
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_serve, args=(addresses, port, dict(answers), with_etag, theirs)
    )
    process.start()
    ours.recv()
    try:
        yield Server(ours)
    finally:
        process.terminate()
        process.join()


def _serve(addresses: Sequence[str], port: int, answers: Answers, with_etag: frozenset[str], pipe: Connection) -> None:
    asyncio.run(_Serving(answers, with_etag, pipe).serve(addresses, port))


class _Serving:
    def __init__(self, answers: Answers, with_etag: frozenset[str], pipe: Connection) -> None:
        self._answers = answers
        self._with_etag = with_etag
        self._pipe = pipe
        self._counts = Counts()

    async def serve(self, addresses: Sequence[str], port: int) -> None:
        for address in addresses:
            await asyncio.start_server(self._talk, address, port)
        asyncio.get_running_loop().add_reader(self._pipe.fileno(), self._obey)
        self._pipe.send("ready")
        await asyncio.Event().wait()

    def _obey(self) -> None:
        answers = self._pipe.recv()
        if answers is None:
            self._pipe.send(self._counts)
            return
        self._answers, self._counts = answers, Counts()
        self._pipe.send("changed")

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        address = writer.get_extra_info("sockname")[0]
        self._counts.connections[address] = self._counts.connections.get(address, 0) + 1
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                answer = self._answer(address, head)
                self._counts.sent_bytes += len(answer)
                writer.write(answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def _answer(self, address: str, head: bytes) -> bytes:
        # Trackers in a link do not change the page.
        path = head.split(b" ", 2)[1].decode().split("?")[0]
        self._counts.requests += 1
        self._counts.paths.append((address, path))
        if (address, path) not in self._answers:
            return b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n"
        content_type, body = self._answers[address, path]
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"' if address in self._with_etag else ""
        if etag and f"If-None-Match: {etag}".lower().encode() in head.lower():
            self._counts.not_modified += 1
            return f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode()
        said = f"ETag: {etag}\r\n" if etag else ""
        lines = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n{said}\r\n"
        return lines.encode() + body
