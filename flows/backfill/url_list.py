"""A file of addresses -> Entries: one address a line, JSON Lines, or the CSV that Media Cloud exports."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from extractors.charset import decode
from extractors.errors import SettingsError
from extractors.records import Entry
from extractors.timestamp import parse_timestamp

# Names under which tools write the day of publication; ours is the first.
_DATES = ("published", "published_at", "publish_date", "date_publish", "date")
_EXAMPLE = "right would be one address a line, or JSON Lines with url and, if known, title and published"


def read_url_list(content: bytes, *, name: str, feed: str) -> tuple[Entry, ...]:
    """The addresses of a list, each once, in order; what is no address is kept for its rejection.

    Args:
        name: of the file, for errors.
        feed: what the entries are said to come from.

    Raises:
        SettingsError: a line cannot be read, or the list is empty.
    """
    text, _ = decode(content)
    lines = text.splitlines()
    is_table = bool(lines) and "url" in _fields(lines[0])
    rows = _table(text) if is_table else (_line(name, number, line) for number, line in enumerate(lines, 1))
    entries = [_entry(row, feed) for row in rows if row and row.get("url")]
    if not entries:
        raise SettingsError(f"{name} names no address; {_EXAMPLE}")
    return tuple({entry.url: entry for entry in reversed(entries)}.values())[::-1]


def _fields(line: str) -> list[str]:
    return [field.strip().strip('"').lower() for field in line.split(",")] if "," in line or line == "url" else []


def _table(text: str) -> Iterator[dict[str, Any]]:
    for row in csv.DictReader(io.StringIO(text, newline="")):
        yield {str(key).strip().lower(): value for key, value in row.items()}


def _line(name: str, number: int, line: str) -> dict[str, Any] | None:
    line = line.strip()
    if not line or line.startswith("#"):
        return None
    if not line.startswith("{"):
        return {"url": line}
    try:
        row = json.loads(line)
    except ValueError as error:
        raise SettingsError(f"{name}:{number}: no JSON ({error}); {_EXAMPLE}") from error
    if not isinstance(row.get("url"), str):
        raise SettingsError(f"{name}:{number}: no url; {_EXAMPLE}")
    return dict(row)


def _entry(row: dict[str, Any], feed: str) -> Entry:
    url = row["url"].strip()
    title = row.get("title")
    return Entry(feed, url, url, title.strip() if isinstance(title, str) else "", published_at=_moment(row))


def _moment(row: dict[str, Any]) -> datetime | None:
    text = next((str(row[name]) for name in _DATES if row.get(name)), "")
    moment = parse_timestamp(text) if text else None
    return moment.astimezone(UTC) if moment else None
