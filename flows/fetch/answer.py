"""Response -> Answer: what a server said, what is known of it from before, and who keeps the page that came."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from extractors.records import Entry, Page


class Keeper(Protocol):
    """What takes a response before anything reads it: an archive, or a place where it waits for one."""

    def add(self, page: Page, headers: Sequence[tuple[str, str]], entry: Entry | None) -> Page:
        """Take a response, and return its page, with the place where it lies if it has one."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an address from before: validators to send back verbatim, and the last bytes' fingerprint."""

    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None


NOTHING_KNOWN = Known()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said to one request.

    Args:
        page: None when nothing changed: a 304, or the bytes that are known; such bytes are not archived again.
        etag, last_modified: to be sent back verbatim the next time.
        fresh_seconds: how long the server holds the answer to be fresh, None where it does not say.
        moved_to: where nothing but permanent redirects (301, 308) led, None where it did not move for good.
        body_hash: fingerprint of the bytes that came; a 304 brings none.
        body_bytes: how many came.
    """

    status: int
    final_url: str
    page: Page | None
    etag: str | None
    last_modified: str | None
    fresh_seconds: float | None
    moved_to: str | None = None
    body_hash: str | None = None
    body_bytes: int = 0


def whole_body(body: bytes) -> str:
    """The fingerprint of bytes of which each one counts: their SHA-256."""
    return hashlib.sha256(body).hexdigest()
