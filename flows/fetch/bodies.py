"""Response -> bytes: as much of a body as is wanted, and never more than is allowed."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import httpx

from extractors.errors import FetchError
from extractors.records import Reason

# What stands under an error or a redirect is a few kilobytes; reading it keeps the connection, and a longer one costs
# more than a new connection does.
_DRAINED_BYTES = 65_536
_DRAINED_SECONDS = 1.0


async def capped_body(url: str, response: httpx.Response, most_bytes: int) -> bytes:
    """A whole body.

    Raises:
        FetchError: it is longer than `most_bytes` after decompression.
    """
    body = await beginning(response, most_bytes + 1)
    if len(body) > most_bytes:
        raise FetchError(url, Reason.TOO_LARGE, f"more than {most_bytes:,} bytes after decompression")
    return body


async def beginning(response: httpx.Response, most_bytes: int) -> bytes:
    """As much of a body as is wanted; the rest is never unpacked."""
    chunks, size = [], 0
    async for chunk in response.aiter_bytes():
        chunks.append(chunk)
        size += len(chunk)
        if size >= most_bytes:
            break
    return b"".join(chunks)[:most_bytes]


async def drain(response: httpx.Response) -> None:
    """Read a short body that nobody wants, so that the next request to the host needs no new connection."""
    length = response.headers.get("Content-Length", "")
    is_short = response.status_code == 304 or (length.isdecimal() and int(length) <= _DRAINED_BYTES)
    if is_short and not response.is_stream_consumed:
        # What breaks here says nothing about the answer, which is complete.
        with suppress(httpx.HTTPError, httpx.StreamError, TimeoutError):
            async with asyncio.timeout(_DRAINED_SECONDS):
                async for _ in response.aiter_raw():
                    pass
