"""Ledger -> what is known of pages in an archive, before they are read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from warehouse.connection import open_warehouse
from warehouse.lake import Address
from warehouse.sql import read_query


@dataclass(frozen=True, slots=True)
class CaptureKey:
    """What a capture is known by.

    Args:
        url: the address that was asked.
        run_id: of the run that archived it, "" for an archive of another maker.
        mark: how the detail of its rejection ends, if it was read by a backfill and rejected.
    """

    url: str
    fetched_at: datetime
    run_id: str
    mark: str


def unseen_captures(file: Address, keys: Sequence[CaptureKey]) -> tuple[int, ...]:
    """Return the positions of the captures that were neither loaded nor rejected yet, in order."""
    if not keys:
        return ()
    candidates = json.dumps([asdict(key) for key in keys], default=lambda moment: moment.isoformat())
    with open_warehouse(file, read_only=True) as connection:
        rows = connection.execute(read_query("find_unseen_captures"), {"candidates": candidates}).fetchall()
    return tuple(position for (position,) in rows)


def taken_down_urls(file: Address) -> frozenset[str]:
    """Return all addresses of articles that were removed on request."""
    with open_warehouse(file, read_only=True) as connection:
        rows = connection.execute(read_query("list_taken_down")).fetchall()
    return frozenset(url for (url,) in rows)


def has_pages(file: Address, archive_file: str) -> bool:
    """Tell whether any page is said to lie in a file of the archive."""
    with open_warehouse(file, read_only=True) as connection:
        row = connection.execute(read_query("count_pages_in_file"), {"archive_file": archive_file}).fetchone()
    return row is not None and bool(row[0])
