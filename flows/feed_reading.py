"""Page -> FeedDocument: parse a feed beside the event loop, and archive what came only where it brings something."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from extractors.feed import parse_feed
from extractors.feed_text import MOST_ENTRIES
from extractors.records import Entry, FeedDocument, Page
from flows.fetch.archive import Archive


class WaitingPage:
    """An answer that waits to be read: one that brings nothing new is not archived."""

    def __init__(self) -> None:
        self._record: tuple[Page, Sequence[tuple[str, str]], Entry | None] | None = None

    def add(self, page: Page, headers: Sequence[tuple[str, str]], entry: Entry | None) -> Page:
        """Take an answer, and write nothing yet."""
        self._record = (page, headers, entry)
        return page

    def keep(self, archive: Archive) -> Page:
        """Archive the answer, and return its page with its place."""
        assert self._record is not None
        return archive.add(*self._record)


async def read_document(page: Page, waiting: WaitingPage, archive: Archive) -> FeedDocument:
    """Parse on another thread: the largest feeds take seconds, in which other servers are waiting for our word."""
    try:
        return _shortened(
            await asyncio.to_thread(parse_feed, page.body, url=page.final_url, content_type=page.content_type)
        )
    except Exception:
        # What cannot be read is kept, for whoever wants to know why.
        waiting.keep(archive)
        raise


def _shortened(document: FeedDocument) -> FeedDocument:
    count = len(document.entries)
    if count <= MOST_ENTRIES:
        return document
    fault = f"{count:,} entries, of which the first {MOST_ENTRIES:,} were read"
    return replace(document, entries=document.entries[:MOST_ENTRIES], faults=(*document.faults, fault))
