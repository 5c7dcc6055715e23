"""Ledger -> what a run needs to know before it asks anybody: feeds' validators, entries not yet dealt with."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from extractors.records import Entry
from warehouse.connection import Connection, OldSchemaError, open_warehouse
from warehouse.lake import Address
from warehouse.sql import read_query

# A URL that failed in a way that may pass is asked in this many runs at most.
MAX_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class FeedState:
    """What earlier polls taught about a feed.

    Args:
        etag, last_modified: the last ones the server gave, to be sent back verbatim.
        validators_at: when the server last sent a full answer; validators may be dropped after a while.
        body_hash: SHA-256 of the last bytes that came.
        next_due_at, not_before, failure_count: of the last poll.
        last_answered_at: the last poll that was answered.
        next_url: the address to ask: another one than the feed's own when it has moved for good.
        moved_to, moved_days, entries_hash, interval_seconds, fresh_seconds, ttl_seconds, skip_hours, skip_days: as in
            `records.Poll`, of the last poll that was answered.
    """

    feed: str
    etag: str | None = None
    last_modified: str | None = None
    validators_at: datetime | None = None
    body_hash: str | None = None
    next_due_at: datetime | None = None
    not_before: datetime | None = None
    failure_count: int = 0
    last_answered_at: datetime | None = None
    next_url: str | None = None
    moved_to: str | None = None
    moved_days: int = 0
    entries_hash: str | None = None
    interval_seconds: float | None = None
    fresh_seconds: float | None = None
    ttl_seconds: float | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


def feed_states(file: Address) -> dict[str, FeedState]:
    """Return what is known of each feed that was ever polled, by feed URL; empty when there is no ledger yet."""
    if not file.exists():
        return {}
    with _reading(file) as connection:
        rows = connection.execute(read_query("list_feed_states")).fetchall()
    # Lists come as lists, and records hold tuples.
    plain: list[list[Any]] = [[tuple(value) if isinstance(value, list) else value for value in row] for row in rows]
    return {row[0]: FeedState(*row) for row in plain}


def unseen_entries(
    file: Address, entries: Sequence[Entry], *, max_attempts: int = MAX_ATTEMPTS, now: datetime | None = None
) -> tuple[Entry, ...]:
    """Return the entries that still need fetching, in their order, each URL once.

    An entry needs fetching when its URL has not become an article and was not finally rejected, under any feed; when
    earlier attempts failed for reasons that may pass, up to `max_attempts` runs ever further apart; or when its wording
    changed since it was dealt with (a silent edit). What was asked at `now` already, by a run that was killed and is
    done over, is not asked again.
    """
    candidates = tuple({(entry.url, entry.feed_url, entry.guid, entry.entry_hash): entry for entry in entries}.values())
    if file.exists() and candidates:
        # One JSON text: DuckDB looks for pandas and pyarrow at each value of a list that it is handed, 1 ms each.
        keys = [(entry.feed_url, entry.guid, entry.entry_hash, entry.key) for entry in candidates]
        rows = [dict(zip(("feed", "guid", "entry_hash", "url"), key, strict=True)) for key in keys]
        parameters = {"candidates": json.dumps(rows), "max_attempts": max_attempts, "now": now}
        with _reading(file) as connection:
            wanted = connection.execute(read_query("find_unseen_entries"), parameters).fetchall()
        candidates = tuple(candidates[position] for (position,) in wanted)
    return tuple({entry.key: entry for entry in reversed(candidates)}.values())[::-1]


def recorded_entries(file: Address, entries: Sequence[Entry]) -> dict[Entry, bool]:
    """Return which of the entries are recorded, and whether that was after their feed's last answered poll.

    Those that were taken down count as recorded, so that they are not recorded again.

    A run loads its polls last, so that entries without one are those of a run that was killed.
    """
    if not file.exists() or not entries:
        return {}
    rows = [
        {"feed": entry.feed_url, "guid": entry.guid, "entry_hash": entry.entry_hash, "url": entry.key}
        for entry in entries
    ]
    with _reading(file) as connection:
        found = connection.execute(read_query("find_recorded_entries"), {"candidates": json.dumps(rows)}).fetchall()
    return {entries[position]: is_since_poll for position, is_since_poll in found}


def retriable_entries(
    file: Address, *, max_attempts: int = MAX_ATTEMPTS, now: datetime | None = None
) -> tuple[Entry, ...]:
    """Return entries received earlier that were not dealt with, oldest first, each URL once.

    They were rejected for a reason that may pass, or a run was killed before it came to them; their feeds may have
    dropped them since. `now` is as in `unseen_entries`.
    """
    if not file.exists():
        return ()
    with _reading(file) as connection:
        parameters = {"max_attempts": max_attempts, "now": now}
        rows = connection.execute(read_query("list_retriable_entries"), parameters).fetchall()
    return tuple(_entry(row) for row in rows)


@contextmanager
def _reading(file: Address) -> Iterator[Connection]:
    try:
        with open_warehouse(file, read_only=True) as connection:
            yield connection
            return
    except OldSchemaError:
        # The first run after an upgrade: bring the file up to date, then read it.
        with open_warehouse(file):
            pass
    with open_warehouse(file, read_only=True) as connection:
        yield connection


def _entry(row: tuple[object, ...]) -> Entry:
    *values, authors, language = row
    return Entry(*values, tuple(authors or ()), language)  # type: ignore[arg-type, call-arg]
