"""Texts of a load -> links and marks: what stands in what, found around the days on which the texts came out.

The index is a table of hashes in the order of loading. A load reads the part of it that lies around its own days, so
that what a new article costs does not grow with the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, astuple
from datetime import date, datetime, timedelta

import orjson

from extractors.similarity import (
    COPIED_RATIO,
    COPIED_RATIO_OF_MANY,
    LEAST_SHINGLES,
    MANY_SHINGLES,
    sketch_text,
)
from warehouse.connection import Connection
from warehouse.copy_groups import Carrier, mark_carriers
from warehouse.sql import read_query

# Reprints of a wire story come within hours, weeklies and translations of a magazine within days; two weeks leave room
# for pages whose date is that of fetching.
WINDOW_DAYS = 14

# New days are compared in runs of so many at most, so that a backfill of years stays within the memory of a load.
_RUN_DAYS = 28

# Texts sketched at once where a spool or a ledger of an earlier release brought none.
_BATCH = 1000


def find_copies(connection: Connection, recorded_at: datetime) -> None:
    """Sketch, compare and mark the texts of `incoming_reading`, whose versions are in the ledger already."""
    connection.execute(read_query("read_texts"))
    connection.execute(read_query("read_older_texts"))
    _fill_sketches(connection)
    connection.execute(read_query("drop_known_texts"))
    connection.execute(read_query("insert_sketches"), {"recorded_at": recorded_at})
    connection.execute(read_query("insert_shingles"))
    days = [day for (day,) in connection.execute(read_query("list_new_days")).fetchall()]
    for first_on, last_on in _list_runs(days):
        _link(connection, first_on, last_on, recorded_at)
    connection.execute(read_query("touch_incoming_texts"))
    mark_touched(connection)


def mark_touched(connection: Connection) -> None:
    """Mark anew the articles that carry a text of `touched_text`, or one that hangs together with it."""
    connection.execute(read_query("connect_texts"))
    first_on, last_on = connection.execute(read_query("bound_connected_texts")).fetchall()[0]
    bounds = {"first_on": first_on, "last_on": last_on}
    rows = connection.execute(read_query("list_copy_candidates"), bounds).fetchall()
    carriers = [Carrier(*row[:5]) for row in rows]
    stored = {(row[0], row[1]): row[5:] for row in rows}
    markings = mark_carriers(carriers, _list_links(connection))
    changed = [
        marking for marking in markings if stored[marking.text_id, marking.article_id] != (*astuple(marking)[2:], 1)
    ]
    if changed:
        markings_text = orjson.dumps([asdict(marking) for marking in changed]).decode()
        connection.execute(read_query("mark_copies"), {"markings": markings_text, **bounds})


def touch_article(connection: Connection, article_id: str) -> None:
    """Gather the texts that an article has to do with, before it is removed."""
    connection.execute(read_query("touch_article_texts"), {"article_id": article_id})
    connection.execute(read_query("connect_texts"))
    connection.execute(read_query("touch_connected_texts"))


def forget_touched(connection: Connection) -> None:
    """Forget those of the touched texts that no article carries any more, and mark the others anew."""
    for table in ("text_sketch", "shingle", "copy_link"):
        connection.execute(read_query(f"forget_{table}"))
    mark_touched(connection)


def _fill_sketches(connection: Connection) -> None:
    """Sketch what has none yet: an earlier release wrote it."""
    while rows := connection.execute(read_query("list_unsketched_texts"), {"count": _BATCH}).fetchall():
        sketches = [{"text_id": text_id, **asdict(sketch_text(text))} for text_id, text in rows]
        connection.execute(read_query("fill_sketch"), {"sketches": orjson.dumps(sketches).decode()})


def _list_runs(days: Sequence[date]) -> Iterator[tuple[date, date]]:
    """First and last days of runs without a gap that would be read for nothing, none longer than `_RUN_DAYS`."""
    gap, length = timedelta(days=WINDOW_DAYS), timedelta(days=_RUN_DAYS)
    start = 0
    for k, day in enumerate(days):
        if day - days[max(k - 1, 0)] > gap or day - days[start] >= length:
            yield days[start], days[k - 1]
            start = k
    if days:
        yield days[start], days[-1]


def _link(connection: Connection, first_on: date, last_on: date, recorded_at: datetime) -> None:
    bounds = {
        "first_on": first_on,
        "last_on": last_on,
        "window_days": WINDOW_DAYS,
        "least_shingles": LEAST_SHINGLES,
        "many_shingles": MANY_SHINGLES,
        "copied_ratio": COPIED_RATIO,
        "copied_ratio_of_many": COPIED_RATIO_OF_MANY,
        "recorded_at": recorded_at,
    }
    connection.execute(read_query("insert_copy_links"), bounds)


def _list_links(connection: Connection) -> dict[int, dict[int, float]]:
    links: dict[int, dict[int, float]] = {}
    for text_id, other_text_id, ratio in connection.execute(read_query("list_copy_links")).fetchall():
        links.setdefault(text_id, {})[other_text_id] = ratio
    return links
