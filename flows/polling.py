"""Feed -> Poll and Entries: ask a feed with what is known of it, and say what came of it."""

from __future__ import annotations

import asyncio
import dataclasses
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from extractors.errors import FeedError, FetchError, TransientError
from extractors.feed import parse_feed
from extractors.records import Entry, Feed, FeedDocument, Page, Poll, Reason
from flows.due import due_after_failure, due_after_success, patience
from flows.faults import explain_fault
from flows.fetch.archive import Archive
from flows.fetch.client import Answer, Fetcher
from warehouse.state import FeedState

# Enough to keep the line busy over slow servers; a domain is never asked twice at once.
_FEEDS_AT_ONCE = 40


@dataclass(frozen=True, slots=True)
class Polled:
    """What came of polling one feed; entries are those of the document, whether known or not."""

    poll: Poll
    entries: tuple[Entry, ...] = ()


def due_feeds(
    feeds: Sequence[Feed], states: Mapping[str, FeedState], *, now: datetime, everything: bool
) -> tuple[Feed, ...]:
    """The feeds to ask now: those that are due, or with `everything` all whose server has not asked for patience."""
    return tuple(feed for feed in feeds if _is_due(states.get(feed.url), now=now, everything=everything))


def _is_due(state: FeedState | None, *, now: datetime, everything: bool) -> bool:
    if state is None:
        return True
    if state.not_before and state.not_before > now:
        return False
    return everything or state.next_due_at is None or state.next_due_at <= now


async def poll_feeds(
    feeds: Sequence[Feed],
    states: Mapping[str, FeedState],
    fetcher: Fetcher,
    archive: Archive,
    *,
    now: datetime,
    advance: Callable[[], None],
) -> tuple[Polled, ...]:
    """Ask feeds side by side; a failure of one is a Poll like any other."""
    gate = asyncio.Semaphore(_FEEDS_AT_ONCE)

    async def poll(feed: Feed) -> Polled:
        async with gate:
            polled = await _poll_feed(feed, states.get(feed.url), fetcher, archive, now)
            advance()
            return polled

    return tuple(await asyncio.gather(*map(poll, feeds)))


async def _poll_feed(feed: Feed, state: FeedState | None, fetcher: Fetcher, archive: Archive, now: datetime) -> Polled:
    etag, last_modified = (state.etag, state.last_modified) if state else (None, None)
    try:
        answer = await fetcher.fetch(feed.url, archive=archive, etag=etag, last_modified=last_modified)
        return _read_answer(feed, state, answer, now)
    except (FetchError, FeedError) as error:
        return Polled(_failed_poll(feed, state, error, now))
    except OSError:
        # The archive's disk is full or gone: that is nobody's feed, and ends the run.
        raise
    except Exception as error:  # noqa: BLE001 - one feed that no rule foresaw must not stop a hundred others
        return Polled(_failed_poll(feed, state, FeedError(feed.url, Reason.INTERNAL_ERROR, explain_fault(error)), now))


def _read_answer(feed: Feed, state: FeedState | None, answer: Answer, now: datetime) -> Polled:
    known_hash = state.body_hash if state else None
    body_hash = hashlib.sha256(answer.page.body).hexdigest() if answer.page else known_hash
    if answer.page is None or body_hash == known_hash:
        return Polled(_successful_poll(feed, answer, now, "unchanged", body_hash))
    document = parse_feed(answer.page.body, url=answer.final_url, content_type=answer.page.content_type)
    entries = tuple(_as_ours(entry, feed, answer.page) for entry in document.entries)
    return Polled(_successful_poll(feed, answer, now, "changed", body_hash, document), entries)


def _as_ours(entry: Entry, feed: Feed, page: Page) -> Entry:
    """The entry under the address in the feed list, which stays the same when the server redirects."""
    return dataclasses.replace(entry, feed_url=feed.url) if page.final_url != feed.url else entry


def _successful_poll(
    feed: Feed, answer: Answer, now: datetime, outcome: str, body_hash: str | None, document: FeedDocument | None = None
) -> Poll:
    page, entries = answer.page, document.entries if document else ()
    ttl_seconds = document.ttl_seconds if document else None
    due_at, due_reason = due_after_success(now, max_age_seconds=answer.max_age_seconds, ttl_seconds=ttl_seconds)
    return Poll(
        feed=feed.url,
        polled_at=now,
        outcome="changed" if outcome == "changed" else "unchanged",
        status=answer.status,
        final_url=answer.final_url,
        etag=answer.etag,
        last_modified=answer.last_modified,
        body_hash=body_hash,
        body_bytes=len(page.body) if page else 0,
        entries_seen=len(entries),
        newest_entry_at=max((entry.published_at for entry in entries if entry.published_at), default=None),
        faults=document.faults if document else (),
        next_due_at=due_at,
        due_reason=due_reason,
        archive_file=page.archive_file if page else None,
        archive_offset=page.archive_offset if page else None,
    )


def _failed_poll(feed: Feed, state: FeedState | None, error: FetchError | FeedError, now: datetime) -> Poll:
    failure_count = (state.failure_count if state else 0) + 1
    due_at, due_reason = due_after_failure(now, error.reason, failure_count)
    not_before = patience(now, error.retry_after_seconds) if isinstance(error, TransientError) else None
    if not_before and not_before >= due_at:
        due_at, due_reason = not_before, "Retry-After"
    return Poll(
        feed=feed.url,
        polled_at=now,
        outcome="failed",
        status=error.status if isinstance(error, FetchError) else 200,
        reason=error.reason,
        detail=error.detail,
        next_due_at=due_at,
        due_reason=due_reason,
        not_before=not_before,
        failure_count=failure_count,
    )
