"""Record -> row: what each record looks like as one line of JSON in a spool.

Column names are those of the tables; queries/read_*.sql names the same columns with their types.
"""

from __future__ import annotations

import math
from dataclasses import asdict, fields
from datetime import date, datetime
from enum import Enum
from typing import Any

from extractors.records import Claim, Entry, Poll, Reading, Rejection, Run, stable_id

Row = dict[str, Any]
Record = Poll | Entry | Reading | Rejection | Run

# The kinds of line a spool holds, one file each; a Reading becomes lines of three kinds.
LINE_KINDS = ("poll", "entry", "reading", "match", "claim", "rejection", "run")


def list_rows(record: Record) -> list[tuple[str, Row]]:
    """Return the lines that a record becomes, each with its kind."""
    match record:
        case Poll():
            return [("poll", plain(asdict(record)))]
        case Entry():
            return [("entry", _entry_row(record))]
        case Reading():
            return _reading_rows(record)
        case Rejection():
            return [("rejection", plain(asdict(record)))]
        case Run():
            return [("run", plain(asdict(record)))]


def _entry_row(entry: Entry) -> Row:
    row = plain(asdict(entry))
    row["feed"] = row.pop("feed_url")
    return {**row, "entry_hash": entry.entry_hash}


def _reading_rows(reading: Reading) -> list[tuple[str, Row]]:
    article = reading.article
    version_id = stable_id(reading.article_id, article.title, article.text)
    key = {"article_id": reading.article_id, "version_id": version_id}
    rows = [("reading", {**_article_row(reading), **key})]
    rows += [("match", {**key, "mission": m.mission, "score": m.score, "terms": m.terms}) for m in reading.matches]
    rows += [("claim", {**_claim_row(claim), "article_id": reading.article_id}) for claim in reading.claims]
    return rows


def _article_row(reading: Reading) -> Row:
    article = plain(asdict(reading.article))
    article["page_url"] = article.pop("url")
    entry = reading.entry
    return {
        **article,
        "text_hash": reading.article.text_hash,
        **plain({name: getattr(reading, name) for name in _READING_COLUMNS}),
        "feed": entry and entry.feed_url,
        "guid": entry and entry.guid,
        "entry_hash": entry and entry.entry_hash,
    }


_READING_COLUMNS = (
    "url",
    "asked_url",
    "final_url",
    "fetched_at",
    "outlet",
    "outlet_country",
    "agency",
    "archive_file",
    "archive_offset",
)

_CLAIM_COLUMNS = tuple(field.name for field in fields(Claim) if field.name != "document")


def _claim_row(claim: Claim) -> Row:
    # Field by field instead of asdict, which copies deeply: there are ten claims for every article.
    filled = ((name, getattr(claim, name)) for name in _CLAIM_COLUMNS)
    row = {name: plain(value) for name, value in filled if value is not None}
    for name in ("value_low", "value_best", "value_high"):
        if name in row:
            row[name] = _whole(row[name])
    return row


def _whole(number: float) -> float | int | None:
    """Write 217.0 as 217, and what is no number (infinite) as unknown: `original_value` keeps the words."""
    if not math.isfinite(number):
        return None
    return int(number) if number == int(number) else number


_PLAIN_TYPES = (str, int, float, bool)


def plain(value: Any) -> Any:
    """Return a value as JSON knows it: ISO dates, lists, the text of an enum."""
    if value is None or type(value) in _PLAIN_TYPES:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value
