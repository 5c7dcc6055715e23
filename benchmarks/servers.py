"""Answers -> a server on several loopback addresses, in a process of its own so that its CPU time is nobody else's."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection

Answers = Mapping[tuple[str, str], tuple[str, bytes]]


@contextmanager
def serving(addresses: Sequence[str], port: int, answers: Answers) -> Iterator[None]:
    """Serve (address, path) -> (content type, body) until the end of the block."""
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(addresses, port, dict(answers), theirs))
    server.start()
    ours.recv()
    try:
        yield
    finally:
        server.terminate()
        server.join()


def _serve(addresses: Sequence[str], port: int, answers: Answers, ready: Connection) -> None:
    asyncio.run(_serve_for_ever(addresses, port, answers, ready))


async def _serve_for_ever(addresses: Sequence[str], port: int, answers: Answers, ready: Connection) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        address = writer.get_extra_info("sockname")[0]
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                # Trackers in a link do not change the page.
                path = head.split(b" ", 2)[1].decode().split("?")[0]
                content_type, body = answers.get((address, path), ("text/plain", b""))
                status = "200 OK" if (address, path) in answers else "404 Not Found"
                writer.write(
                    f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
                )
                writer.write(body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    for address in addresses:
        await asyncio.start_server(talk, address, port)
    ready.send("ready")
    await asyncio.Event().wait()
