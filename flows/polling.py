"""Feed -> Poll and Entries: ask a feed with what is known of it, and say what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from extractors.errors import FeedError, FetchError, TransientError
from extractors.feed_text import feed_fingerprint
from extractors.records import Entry, Feed, FeedDocument, Page, Poll, Reason, stable_id
from flows.due import due_after_failure, due_after_success, learn_interval, next_allowed, patience
from flows.faults import explain_fault
from flows.feed_reading import WaitingPage, read_document
from flows.fetch.answer import Answer, Known
from flows.fetch.archive import Archive
from flows.fetch.client import Fetcher
from flows.fetch.together import all_or_none
from warehouse.state import FeedState

# Enough to keep the line busy over slow servers; a domain is never asked twice at once.
_FEEDS_AT_ONCE = 40
# Some servers answer 304 for ever: now and then they are asked as if for the first time.
_VALIDATORS_LAST = timedelta(days=8)
# A permanent redirect is believed when it was given on so many days; maintenance pages redirect for hours.
_DAYS_TO_MOVE = 3
# A schedule that meets none but the hours a feed wants to be spared in reads it once a week.
_SPARED_AT_MOST = timedelta(days=7)
# Clocks and time zones are wrong by a day at most; a date beyond that is no sign of life.
_MOST_AHEAD = timedelta(days=1)
# What no host at all answers with when our own line is cut.
_LINE_FAULTS = {Reason.DNS_FAILURE, Reason.UNREACHABLE, Reason.TIMEOUT}


@dataclass(frozen=True, slots=True)
class Polled:
    """What came of polling one feed; entries are those of the document, whether known or not."""

    poll: Poll
    entries: tuple[Entry, ...] = ()


def due_feeds(
    feeds: Sequence[Feed], states: Mapping[str, FeedState], *, now: datetime, everything: bool
) -> tuple[Feed, ...]:
    """The feeds to ask now: those that are due, or with `everything` all whose server has not asked for patience."""
    return tuple(
        feed for feed in feeds if not feed.is_paused and _is_due(states.get(feed.url), now=now, everything=everything)
    )


def _is_due(state: FeedState | None, *, now: datetime, everything: bool) -> bool:
    if state is None:
        return True
    if (state.not_before and state.not_before > now) or _is_spared(state, now):
        return False
    return everything or state.next_due_at is None or state.next_due_at <= now


def _is_spared(state: FeedState, now: datetime) -> bool:
    """Does the feed ask not to be polled at this hour or day? The schedule may run at no other; then not for ever."""
    is_overdue = state.next_due_at is not None and now - state.next_due_at > _SPARED_AT_MOST
    return not is_overdue and next_allowed(now, state.skip_hours, state.skip_days) > now


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

    polled = tuple(await all_or_none(map(poll, feeds)))
    return polled if fetcher.has_been_answered else excuse_feeds(polled, states)


def excuse_feeds(polled: tuple[Polled, ...], states: Mapping[str, FeedState]) -> tuple[Polled, ...]:
    """No feed is blamed when no host at all was reached: then it was our own line.

    What was decided without asking, by rules that are known from before, says nothing of the line, and stays.
    """
    out_of_reach = {each.poll.feed for each in polled if each.poll.reason in _LINE_FAULTS}
    hosts = {_host(each.poll.asked_url or each.poll.feed) for each in polled if each.poll.feed in out_of_reach}
    if len(hosts) < 2:
        return polled
    return tuple(
        Polled(_excused(each.poll, states.get(each.poll.feed))) if each.poll.feed in out_of_reach else each
        for each in polled
    )


def is_line_down(polled: Sequence[Polled]) -> bool:
    """Was no host at all reached?"""
    return any(each.poll.reason is Reason.NETWORK_DOWN for each in polled)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        # No address that can be read: a poll of its own, which has failed for that reason.
        return url


def _excused(poll: Poll, state: FeedState | None) -> Poll:
    due_at, due_reason = due_after_failure(poll.polled_at, Reason.NETWORK_DOWN, 0)
    return replace(
        poll,
        reason=Reason.NETWORK_DOWN,
        detail=f"no host was reached ({poll.detail})",
        failure_count=state.failure_count if state else 0,
        next_url=poll.asked_url,
        next_due_at=due_at,
        due_reason=due_reason,
    )


async def _poll_feed(feed: Feed, state: FeedState | None, fetcher: Fetcher, archive: Archive, now: datetime) -> Polled:
    known, waiting = state or FeedState(feed.url), WaitingPage()
    try:
        answer = await fetcher.fetch(
            known.next_url or feed.url,
            archive=waiting,
            known=_validators(known, now),
            fingerprint=feed_fingerprint,
        )
        if answer.page is None:
            return Polled(_unchanged_poll(feed, known, answer, now))
        document = await read_document(answer.page, waiting, archive)
        return _read_answer(feed, known, answer, document, now, waiting, archive)
    except (FetchError, FeedError) as error:
        return Polled(_failed_poll(feed, known, error, now))
    except OSError:
        # The archive's disk is full or gone: that is nobody's feed, and ends the run.
        raise
    except Exception as error:  # noqa: BLE001 - one feed that no rule foresaw must not stop a hundred others
        return Polled(_failed_poll(feed, known, FeedError(feed.url, Reason.INTERNAL_ERROR, explain_fault(error)), now))


def _validators(state: FeedState, now: datetime) -> Known:
    if state.validators_at is None or now - state.validators_at > _VALIDATORS_LAST:
        return Known(body_hash=state.body_hash)
    return Known(state.etag, state.last_modified, state.body_hash)


def _read_answer(
    feed: Feed,
    state: FeedState,
    answer: Answer,
    document: FeedDocument,
    now: datetime,
    waiting: WaitingPage,
    archive: Archive,
) -> Polled:
    entries_hash = stable_id(*(entry.guid + entry.entry_hash for entry in document.entries))
    if entries_hash == state.entries_hash:
        return Polled(_unchanged_poll(feed, state, answer, now, **_asked_for(document)))
    page = waiting.keep(archive)
    entries = tuple(_as_ours(entry, feed, page) for entry in document.entries)
    return Polled(_changed_poll(feed, state, replace(answer, page=page), now, document, entries_hash), entries)


def _as_ours(entry: Entry, feed: Feed, page: Page) -> Entry:
    """The entry under the address in the feed list, which stays the same when the server redirects."""
    return replace(entry, feed_url=feed.url) if page.final_url != feed.url else entry


def _answered_poll(feed: Feed, state: FeedState, answer: Answer, now: datetime) -> Poll:
    """What every answer tells, whatever came with it; a 304 that repeats no cache lifetime leaves the known one."""
    fresh_seconds = (
        state.fresh_seconds if answer.fresh_seconds is None and answer.status == 304 else answer.fresh_seconds
    )
    asked_url = state.next_url or feed.url
    return Poll(
        feed=feed.url,
        polled_at=now,
        outcome="unchanged",
        status=answer.status,
        final_url=answer.final_url,
        etag=answer.etag,
        last_modified=answer.last_modified,
        body_hash=answer.body_hash,
        body_bytes=answer.body_bytes,
        asked_url=asked_url,
        interval_seconds=state.interval_seconds,
        fresh_seconds=fresh_seconds,
        ttl_seconds=state.ttl_seconds,
        skip_hours=state.skip_hours,
        skip_days=state.skip_days,
        **_move(state, asked_url, answer.moved_to, now),
    )


def _move(state: FeedState, asked_url: str, moved_to: str | None, now: datetime) -> dict[str, Any]:
    """Where a feed says it has moved, on how many days, and which address to ask the next time."""
    if moved_to is None:
        return {"next_url": asked_url}
    is_same = moved_to == state.moved_to
    is_new_day = state.last_answered_at is None or state.last_answered_at.date() < now.date()
    # None counted so far: it was not the same feed that stood there, and does not become it by being read twice.
    days = 1 if not is_same else state.moved_days + is_new_day if state.moved_days else 0
    return {
        "moved_to": moved_to,
        "moved_days": days,
        "next_url": moved_to if days >= _DAYS_TO_MOVE else asked_url,
    }


def _unchanged_poll(feed: Feed, state: FeedState, answer: Answer, now: datetime, **asked_for: Any) -> Poll:
    return settle_poll(replace(_answered_poll(feed, state, answer, now), **asked_for), entries_new=0)


def _changed_poll(
    feed: Feed, state: FeedState, answer: Answer, now: datetime, document: FeedDocument, entries_hash: str
) -> Poll:
    entries, page = document.entries, answer.page
    return replace(
        _answered_poll(feed, state, answer, now),
        outcome="changed",
        entries_seen=len(entries),
        entries_hash=entries_hash,
        newest_entry_at=_newest(entries, now),
        faults=document.faults,
        archive_file=page.archive_file if page else None,
        archive_offset=page.archive_offset if page else None,
        **_asked_for(document),
    )


def _newest(entries: Sequence[Entry], now: datetime) -> datetime | None:
    moments = (entry.published_at for entry in entries if entry.published_at)
    return max((moment for moment in moments if moment <= now + _MOST_AHEAD), default=None)


def _asked_for(document: FeedDocument) -> dict[str, Any]:
    return {
        "ttl_seconds": document.ttl_seconds,
        "skip_hours": document.skip_hours,
        "skip_days": document.skip_days,
    }


def settle_poll(poll: Poll, *, entries_new: int) -> Poll:
    """An answered poll with its new entries counted, what they teach of the feed's habit, and when it is due again."""
    interval = learn_interval(
        poll.interval_seconds,
        entries_seen=poll.entries_seen,
        entries_new=entries_new,
        is_first=poll.interval_seconds is None,
    )
    learned = replace(poll, entries_new=entries_new, interval_seconds=interval)
    if _leads_elsewhere(learned, is_first=poll.interval_seconds is None):
        learned = replace(learned, moved_days=0, next_url=poll.asked_url)
    due_at, due_reason = due_after_success(learned)
    return replace(learned, next_due_at=due_at, due_reason=due_reason)


def _leads_elsewhere(poll: Poll, *, is_first: bool) -> bool:
    """Has a permanent redirect begun to lead to a document that shares nothing with the feed as it was known?

    Closed papers redirect to the feed of their new owner, and parked domains to anything. Such a redirect is followed,
    and never believed.
    """
    return poll.moved_days == 1 and poll.outcome == "changed" and not is_first and poll.entries_new == poll.entries_seen


def _failed_poll(feed: Feed, state: FeedState, error: FetchError | FeedError, now: datetime) -> Poll:
    failure_count = state.failure_count + 1
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
        asked_url=state.next_url or feed.url,
        # An address that was moved to and fails now: back to the one in the list.
        next_url=feed.url,
    )
