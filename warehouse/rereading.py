"""Ledger -> StoredTexts, and the Claims that count for them: what another version of the extractors reads again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from extractors.records import Claim, Extraction, StoredText
from warehouse.connection import Connection, explained, open_warehouse
from warehouse.handing import fetch_rows
from warehouse.lake import Address
from warehouse.query import open_published
from warehouse.sql import read_query


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day of publication, both included; of a text without one the day of fetching counts."""

    since: date = date.min
    until: date = date.max


_BEGINNING = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Place:
    """How far the texts are read, in the order of recording: everything up to this text is done."""

    known_from: datetime = _BEGINNING
    seen_at: datetime = _BEGINNING
    version_id: str = ""


@dataclass(frozen=True, slots=True)
class KnownText:
    """A stored text with what the ledger says of it.

    Args:
        missions: that it is about, so far.
        claims: those that count, of the missions and extractors asked for.
    """

    text: StoredText
    url: str
    outlet: str | None
    published_at: datetime | None
    revision: int
    missions: tuple[str, ...]
    claims: tuple[Claim, ...]


def count_texts(file: Address, readers: Sequence[Extraction], days: Days) -> tuple[int, int]:
    """How many texts there are, and how many of them not all these extractors have read."""
    with open_warehouse(file, read_only=True) as connection:
        row = connection.execute(read_query("count_texts"), _asked(readers, days)).fetchone()
    assert row is not None
    return int(row[0]), int(row[1])


def unread_texts(
    file: Address, readers: Sequence[Extraction], days: Days, *, after: Place, count: int
) -> tuple[tuple[StoredText, ...], Place]:
    """The next texts that not all these extractors have read, and how far one is then."""
    asked = {**_asked(readers, days), **asdict(after), "text_count": count}
    with open_warehouse(file, read_only=True) as connection:
        rows = connection.execute(read_query("list_unread_texts"), asked).fetchall()
    texts = tuple(StoredText(*row[:6]) for row in rows)
    return texts, Place(rows[-1][6], rows[-1][7], rows[-1][1]) if rows else after


class KnownTexts:
    """The texts of a published snapshot in batches, read while others go on writing elsewhere."""

    def __init__(self, connection: Connection, count: int, batches: int) -> None:
        self._connection = connection
        self.count = count
        self._batches = batches

    def __iter__(self) -> Iterator[tuple[KnownText, ...]]:
        for batch in range(self._batches):
            claims: dict[str, list[Claim]] = {}
            for row in fetch_rows(self._connection, "read_chosen_claims", batch=batch):
                claims.setdefault(row["version_id"], []).append(_claim(row))
            yield tuple(
                _known_text(row, claims.get(row["version_id"], []))
                for row in fetch_rows(self._connection, "read_chosen_texts", batch=batch)
            )


@contextmanager
def known_texts(
    published: Address, readers: Sequence[Extraction], days: Days, *, batch_size: int
) -> Iterator[KnownTexts]:
    """Open a snapshot, which may be of an earlier release, and choose its texts.

    Raises:
        WarehouseError: there is no snapshot yet, or it cannot be read.
    """
    with open_published(published) as connection, explained(published):
        connection.execute(read_query("choose_texts"), {**asdict(days), "batch_size": batch_size})
        wanted = {
            "missions": sorted({reader.mission for reader in readers}),
            "extractors": sorted({reader.extractor for reader in readers}),
        }
        connection.execute(read_query("choose_claims"), wanted)
        row = connection.execute(read_query("count_chosen_texts")).fetchone()
        assert row is not None
        yield KnownTexts(connection, *row)


def _asked(readers: Sequence[Extraction], days: Days) -> dict[str, Any]:
    return {"readers": json.dumps([asdict(reader) for reader in readers]), **asdict(days)}


_TEXT = tuple(field.name for field in fields(StoredText))
_CLAIM = frozenset(field.name for field in fields(Claim))


def _known_text(row: dict[str, Any], claims: Sequence[Claim]) -> KnownText:
    return KnownText(
        text=StoredText(*(row[name] for name in _TEXT)),
        url=row["url"],
        outlet=row["outlet"],
        published_at=row["published_at"],
        revision=row["revision"],
        missions=tuple(row["missions"] or ()),
        claims=tuple(claims),
    )


def _claim(row: dict[str, Any]) -> Claim:
    """A row of core.claim as the record that it was made from."""
    slots: dict[str, Any] = {name: float(value) if isinstance(value, Decimal) else value for name, value in row.items()}
    slots["spans"] = {slot: tuple((start, end) for start, end in spans) for slot, spans in (row["spans"] or {}).items()}
    slots["derived"] = tuple(row["derived"] or ())
    return Claim(document=row["article_id"], **{name: value for name, value in slots.items() if name in _CLAIM})
