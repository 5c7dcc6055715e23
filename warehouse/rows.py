"""Record -> row: what each record looks like as one line of JSON in a spool.

Column names are those of the tables; queries/read_*.sql names the same columns with their types.
"""

from __future__ import annotations

import json
import math
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import orjson

from extractors.records import Claim, Entry, Poll, Reading, Rejection, Rereading, Run, stable_id

Row = dict[str, Any]
Record = Poll | Entry | Reading | Rereading | Rejection | Run

# The kinds of line a spool holds, one file each; a Reading becomes lines of five kinds.
LINE_KINDS = ("poll", "entry", "reading", "match", "claim", "refusal", "extraction", "rejection", "run")


def list_rows(record: Record) -> list[tuple[str, Row]]:
    """Return the lines that a record becomes, each with its kind."""
    match record:
        case Poll():
            return [("poll", _row(record))]
        case Entry():
            return [("entry", _entry_row(record))]
        case Reading():
            return _reading_rows(record)
        case Rereading():
            return _found_rows(record, record.version_id)
        case Rejection():
            return [("rejection", _row(record))]
        case Run():
            return [("run", _row(record))]


def write_line(row: Row) -> bytes:
    """Write a row as one line of JSON in UTF-8.

    A lone surrogate becomes "?" (one code point for one), so that offsets hold.
    """
    try:
        return orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)
    except orjson.JSONEncodeError:
        return f"{json.dumps(row, default=_as_json, ensure_ascii=False)}\n".encode("utf-8", "replace")


def _row(record: Any) -> Row:
    """Field by field instead of asdict, which copies deeply: there are ten claims for every article."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _entry_row(entry: Entry) -> Row:
    row = _row(entry)
    row["feed"] = row.pop("feed_url")
    return {**row, "entry_hash": entry.entry_hash}


def _reading_rows(reading: Reading) -> list[tuple[str, Row]]:
    article = reading.article
    version_id = stable_id(reading.article_id, article.title, article.text)
    key = {"article_id": reading.article_id, "version_id": version_id}
    return [("reading", {**_article_row(reading), **key}), *_found_rows(reading, version_id)]


def _found_rows(reading: Reading | Rereading, version_id: str) -> list[tuple[str, Row]]:
    """What was read from a text, and by whom."""
    key = {"article_id": reading.article_id, "version_id": version_id}
    rows = [("match", {**key, "mission": m.mission, "score": m.score, "terms": m.terms}) for m in reading.matches]
    rows += [("extraction", {**key, **_row(extraction)}) for extraction in reading.extractions]
    rows += [("claim", {**_claim_row(claim), "article_id": reading.article_id}) for claim in reading.claims]
    rows += [("refusal", _row(refusal)) for refusal in reading.refusals]
    return rows


def _article_row(reading: Reading) -> Row:
    article = _row(reading.article)
    article["page_url"] = article.pop("url")
    entry = reading.entry
    sketch = reading.sketch
    return {
        **article,
        "text_hash": reading.article.text_hash,
        "shingle_count": sketch and sketch.shingle_count,
        "reach": sketch and sketch.reach,
        "shingles": sketch and sketch.sample,
        **{name: getattr(reading, name) for name in _READING_COLUMNS},
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
    filled = ((name, getattr(claim, name)) for name in _CLAIM_COLUMNS)
    row = {name: value for name, value in filled if value is not None}
    for name in ("value_low", "value_best", "value_high"):
        if name in row:
            row[name] = _whole(row[name])
    return row


def _whole(number: float) -> float | int | None:
    """Write 217.0 as 217, and what is no number (infinite) as unknown: `original_value` keeps the words."""
    if not math.isfinite(number):
        return None
    return int(number) if number == int(number) else number


def _as_json(value: object) -> object:
    if isinstance(value, date):  # a datetime is a date too
        return value.isoformat()
    if is_dataclass(value):
        return _row(value)
    raise TypeError(f"{value!r} has no place in a spool")
