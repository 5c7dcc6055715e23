"""WARC file -> Capture: the pages in it that are worth reading, found without parsing any of them.

Reads archives of any maker (WARC 1.0 and 1.1, packed or not). A record that is damaged costs itself alone.
Source: ISO 28500:2017; https://commoncrawl.org/news-crawl for what CC-NEWS leaves in the headers.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.timeutils import iso_date_to_datetime

from extractors.errors import FetchError, MissionwireError
from extractors.url import canonicalize
from flows.fetch.limits import USUAL_LIMITS

# How a record begins, packed and unpacked.
_MEMBER = b"\x1f\x8b\x08"
_PLAIN = b"WARC/1."
_HTML = ("text/html", "application/xhtml+xml")
# Feeds are archived too, and some are served as HTML.
_NOT_HTML_STARTS = (b"<?xml", b"<rss", b"<feed", b"%pdf")
_DAMAGES = (ArchiveLoadFailed, EOFError, zlib.error, ValueError, OSError, KeyError, AttributeError, TypeError)


class WarcError(MissionwireError):
    """A file is no WARC file."""


@dataclass(frozen=True, slots=True)
class Capture:
    """One page in a WARC file.

    Args:
        offset: of its record, in bytes.
        url: the address asked for, as far as the archive knows it.
    """

    offset: int
    url: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """One record: the page in it, or why there is none of use.

    Args:
        end: where the next record begins, at the latest; reading on from there misses nothing.
    """

    end: int
    capture: Capture | None
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which pages are worth reading.

    Args:
        earliest: pages captured before were published before.
        may_matter: asked of the body of each page, undecoded.
    """

    earliest: datetime | None
    may_matter: Callable[[bytes], bool]


def scan_warc(file: Path, wish: Wish, *, start: int = 0) -> Iterator[Seen]:
    """Look through a WARC file from an offset on.

    Raises:
        WarcError: not even its first record is one.
    """
    if not file.stat().st_size:
        raise WarcError(f"{file}: no WARC file (it is empty)")
    held: Seen | None = None
    is_first = start == 0
    for offset, record in _records(file, start):
        if isinstance(record, Exception) and is_first and not offset:
            raise WarcError(f"{file}: no WARC file ({_one_line(record)})")
        is_first = False
        if held and held.capture:
            # Behind our own responses stands what led to them.
            held = replace(held, capture=_with_origin(held.capture, record))
        if held:
            yield replace(held, end=offset)
        held = _look(record, offset, wish)
    if held:
        yield replace(held, end=file.stat().st_size)


class _RefusedError(Exception):
    """Why a record is of no use, in the words of the summary."""


def _look(record: Any, offset: int, wish: Wish) -> Seen:
    try:
        return Seen(offset, _read(record, offset, wish))
    except _RefusedError as refused:
        return Seen(offset, None, str(refused))
    except FetchError:
        return Seen(offset, None, "no web address")
    except _DAMAGES:
        return Seen(offset, None, "damaged")


def _read(record: Any, offset: int, wish: Wish) -> Capture:
    if isinstance(record, Exception):
        raise record
    _require(record.rec_type == "response" and record.http_headers is not None, "no page")
    _require(record.http_headers.get_statuscode() == "200", "not HTTP 200")
    content_type = (record.http_headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    _require(not content_type or content_type in _HTML, "not HTML")
    fetched_at = iso_date_to_datetime(record.rec_headers.get_header("WARC-Date"), tz_aware=True)
    _require(wish.earliest is None or fetched_at >= wish.earliest, "captured before the days asked for")
    body = _body(record)
    is_markup = body[:200].lstrip().lower().startswith(_NOT_HTML_STARTS) and b"<html" not in body[:2000].lower()
    _require(not is_markup, "not HTML")
    _require(wish.may_matter(body), "not about a mission")
    url = record.rec_headers.get_header("WARC-Target-URI").strip("<>")
    canonicalize(url)
    return Capture(offset, url, fetched_at)


def _body(record: Any) -> bytes:
    body: bytes = record.content_stream().read(USUAL_LIMITS.body_bytes + 1)
    _require(len(body) <= USUAL_LIMITS.body_bytes, "too large")
    # What is left behind the last chunk is read, too; where that ends early, the file does.
    record.raw_stream.read()
    _require(not getattr(record.raw_stream, "limit", 0), "damaged")
    return body


def _require(holds: bool, otherwise: str) -> None:  # noqa: FBT001 - reads as an assertion
    if not holds:
        raise _RefusedError(otherwise)


def _with_origin(capture: Capture, record: Any) -> Capture:
    if isinstance(record, Exception) or record.rec_type != "metadata" or record.content_type != "application/json":
        return capture
    try:
        return replace(capture, url=str(json.loads(record.content_stream().read())["asked_url"]))
    except _DAMAGES:
        return capture


def _records(file: Path, start: int) -> Iterator[tuple[int, Any]]:
    """Offsets and records; in the place of one that cannot be read its error, and on with the next that can."""
    position: int | None = start
    while position is not None:
        offset = position
        with file.open("rb") as stream:
            stream.seek(position)
            try:
                records = ArchiveIterator(stream)
                for record in records:
                    # Not get_record_offset(), which reads the record to its end.
                    offset = records.offset
                    yield offset, record
            except _DAMAGES as error:
                yield offset, error
                position = _next_record(file, offset + 1)
            else:
                position = None


def _next_record(file: Path, start: int) -> int | None:
    """Where the next record begins that looks like one; None when there is none."""
    with file.open("rb") as stream:
        sign = _MEMBER if stream.read(len(_MEMBER)) == _MEMBER else _PLAIN
        stream.seek(start)
        position, tail = start, b""
        while chunk := stream.read(1 << 20):
            window, base = tail + chunk, position - len(tail)
            found = window.find(sign)
            while found >= 0:
                if sign == _PLAIN or _is_packed_record(file, base + found):
                    return base + found
                found = window.find(sign, found + 1)
            position += len(chunk)
            tail = window[1 - len(sign) :]
    return None


def _is_packed_record(file: Path, offset: int) -> bool:
    with file.open("rb") as stream:
        stream.seek(offset)
        try:
            return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(stream.read(512), len(_PLAIN)) == _PLAIN
        except zlib.error:
            return False


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:120]
