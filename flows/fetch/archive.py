"""Response -> WARC record -> Page: what came back is on disk before anything reads it.

One file a batch; each page is a `response` record and a `metadata` record with the feed entry that led to it, so that
extraction can be run again, by a newer version, without asking the publishers again.
Bodies are kept after content decoding, and the header that said so is renamed, as Common Crawl does.
Source: WARC 1.1 (ISO 28500:2017), https://iipc.github.io/warc-specifications/
"""

from __future__ import annotations

import dataclasses
import gzip
import io
import json
import os
import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordbuilder import RecordBuilder
from warcio.statusandheaders import StatusAndHeaders
from warcio.timeutils import datetime_to_iso_date, iso_date_to_datetime
from warcio.warcwriter import WARCWriter

from extractors.records import Entry, Page

# These describe the bytes on the wire, which are not the bytes that are kept.
_WIRE_HEADERS = {"content-encoding", "transfer-encoding", "content-length"}
# warcio's own level 9 takes three times the time of level 4 and saves 6 % (118 real news pages).
_GZIP_LEVEL = 4
# A record's headers lie at its beginning; its type is among the first of them.
_HEAD_BYTES = 4096
_WARC_TYPE = re.compile(rb"^WARC-Type: *(\w+)", re.MULTILINE | re.IGNORECASE)
_ENTRY_TIMES = ("published_at", "updated_at")


class Archive:
    """One WARC file that is being written.

    Args:
        folder: the archive's folder; the file lies in a folder of its day.
        name: of the file, without its ending.
    """

    def __init__(self, folder: Path, name: str, *, now: datetime) -> None:
        self.name = archive_name(name, now)
        self.file = folder / self.name
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self._stream = self.file.open("xb")
        self._builder = RecordBuilder(warc_version="1.1")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Put the file on disk; a batch in which nothing came back leaves none."""
        if error is not None:
            # What did not fit on the disk cannot be flushed either; the error that is on its way is the one to tell of.
            with suppress(OSError):
                self._stream.close()
            trim_archive(self.file)
            return
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()
        if not self.file.stat().st_size:
            self.file.unlink()

    def add(self, page: Page, headers: Sequence[tuple[str, str]], entry: Entry | None) -> Page:
        """Write a response, and return its page with the place where it lies."""
        offset = self._stream.tell()
        record = self._builder.create_warc_record(
            page.final_url,
            "response",
            payload=io.BytesIO(page.body),
            length=len(page.body),
            http_headers=StatusAndHeaders(str(page.status), _kept_headers(headers), protocol="HTTP/1.1"),
            warc_headers_dict={
                "WARC-Date": datetime_to_iso_date(page.fetched_at.replace(tzinfo=None), use_micros=True)
            },
        )
        origin = self._origin(page, entry, record.rec_headers.get_header("WARC-Record-ID"))
        try:
            self._stream.write(_packed(record) + _packed(origin))
            self._stream.flush()
        except OSError as error:
            # An error of a write names no file.
            raise OSError(error.errno, error.strerror, str(self.file)) from error
        return dataclasses.replace(page, archive_file=self.name, archive_offset=offset)

    def _origin(self, page: Page, entry: Entry | None, response_id: str) -> Any:
        origin = json.dumps({"asked_url": page.url, "entry": entry and dataclasses.asdict(entry)}, default=_as_text)
        payload = origin.encode()
        return self._builder.create_warc_record(
            page.final_url,
            "metadata",
            payload=io.BytesIO(payload),
            length=len(payload),
            warc_content_type="application/json",
            warc_headers_dict={"WARC-Concurrent-To": response_id},
        )


def archive_name(name: str, now: datetime) -> str:
    """Where the archive file of a batch lies, counted from the archive's folder."""
    return f"{now:%Y/%m/%d}/{name}.warc.gz"


def read_archived(folder: Path, name: str, offset: int) -> tuple[Page, Entry | None]:
    """Read back the page at `offset` bytes of the file `name` in the archive's folder, and the entry that led to it.

    Archives of other makers are read as well, where `name` is an absolute path; what led to a page is not known there.
    """
    page, _, entry = read_response(folder, name, offset)
    return page, entry


def read_response(folder: Path, name: str, offset: int) -> tuple[Page, tuple[tuple[str, str], ...], Entry | None]:
    """As `read_archived`, with the headers of the response, which `Archive.add` wants."""
    with (folder / name).open("rb") as stream:
        stream.seek(offset)
        records = ArchiveIterator(stream)
        response = next(records)
        headers = tuple(response.http_headers.headers)
        status = int(response.http_headers.get_statuscode())
        content_type = response.http_headers.get_header("Content-Type") or ""
        final_url = response.rec_headers.get_header("WARC-Target-URI").strip("<>")
        fetched_at = iso_date_to_datetime(response.rec_headers.get_header("WARC-Date"), tz_aware=True)
        body = response.content_stream().read()
        origin = _read_origin(records)
    page = Page(origin.get("asked_url", final_url), final_url, status, content_type, body, fetched_at, name, offset)
    return page, headers, _read_entry(origin.get("entry"))


def _read_origin(records: Iterator[Any]) -> dict[str, Any]:
    """What this module writes behind a response; {} in an archive of another maker."""
    try:
        record = next(records, None)
        if record is None or record.rec_type != "metadata" or record.content_type != "application/json":
            return {}
        origin = json.loads(record.content_stream().read())
    except (ArchiveLoadFailed, EOFError, ValueError, zlib.error):
        return {}
    return origin if isinstance(origin, dict) and "asked_url" in origin else {}


def archived_offsets(file: Path) -> Iterator[int]:
    """Offsets in bytes of the whole pages in a WARC file that this module wrote; one cut short by a kill ends it."""
    return (start for start, _ in _whole_pages(file))


def _whole_pages(file: Path) -> Iterator[tuple[int, int]]:
    """Where each page begins and ends: a response and the metadata behind it, both of them whole."""
    response_at: int | None = None
    with file.open("rb") as stream:
        for start, end, head in _whole_members(stream):
            kind = _kind_of(head)
            if kind == b"metadata" and response_at is not None:
                yield response_at, end
            response_at = start if kind == b"response" else None


def _kind_of(head: bytes) -> bytes:
    """The type of the record that begins so; empty for what is none."""
    found = _WARC_TYPE.search(head)
    return found[1] if found else b""


def _whole_members(stream: BinaryIO) -> Iterator[tuple[int, int, bytes]]:
    """Begin, end and first bytes of the gzip members that are whole, checksum and all.

    By zlib alone: a record that was cut makes warcio raise whatever its missing headers lead to.
    """
    while True:
        start, head = stream.tell(), b""
        inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            while not inflater.eof and (chunk := stream.read(65536)):
                plain = inflater.decompress(chunk)
                head = head or plain[:_HEAD_BYTES]
        except zlib.error:
            return
        if not inflater.eof:
            return
        end = stream.tell() - len(inflater.unused_data)
        yield start, end, head
        stream.seek(end)


def trim_archive(file: Path) -> None:
    """Cut off a last page that was not written whole; a file without a whole page is removed."""
    if not file.exists():
        return
    end = max((end for _, end in _whole_pages(file)), default=0)
    if not end:
        file.unlink()
    elif end < file.stat().st_size:
        os.truncate(file, end)


def blank_archived(folder: Path, name: str, offset: int) -> None:
    """Replace the page at a place, and the entry kept with it, by an empty record of the same length.

    All other records stay where they are, and the file stays a valid WARC file. What is blank already is left alone: a
    takedown that could not be finished is given again.

    Raises:
        OSError: the file cannot be written.
    """
    file = folder / name
    with file.open("r+b") as stream:
        stream.seek(offset)
        length = _page_length(stream)
        if length:
            stream.seek(offset)
            stream.write(_blank_member(length))
            stream.flush()
            os.fsync(stream.fileno())


def _page_length(stream: BinaryIO) -> int:
    """Bytes of the page that begins here, with the metadata behind it; 0 where none begins."""
    start, length = stream.tell(), 0
    for (_, end, head), wanted in zip(_whole_members(stream), (b"response", b"metadata"), strict=False):
        if _kind_of(head) != wanted:
            break
        length = end - start
    return length


def _blank_member(length: int) -> bytes:
    """A gzip member of a given length: one small record, and a comment (RFC 1952) that fills the rest with dots."""
    builder = RecordBuilder(warc_version="1.1")
    note = b"removed on request"
    record = builder.create_warc_record(
        "urn:missionwire:removed",
        "resource",
        payload=io.BytesIO(note),
        length=len(note),
        warc_content_type="text/plain",
    )
    plain = io.BytesIO()
    WARCWriter(plain, gzip=False).write_record(record)
    packed = gzip.compress(plain.getvalue(), _GZIP_LEVEL, mtime=0)
    filler = b"." * (length - len(packed) - 1)
    # Bit 4 of the flags, the fourth byte: a comment that ends in a zero byte follows the header of ten bytes.
    return packed[:3] + bytes([packed[3] | 0x10]) + packed[4:10] + filler + b"\0" + packed[10:]


def _packed(record: Any) -> bytes:
    """A record as a gzip member of its own, so that it can be read from its offset."""
    plain = io.BytesIO()
    WARCWriter(plain, gzip=False).write_record(record)
    return gzip.compress(plain.getvalue(), _GZIP_LEVEL, mtime=0)


def _kept_headers(headers: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(f"X-Crawl-{name}" if name.lower() in _WIRE_HEADERS else name, value) for name, value in headers]


def _as_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in an archive record")


def _read_entry(stored: dict[str, Any] | None) -> Entry | None:
    if stored is None:
        return None
    times = {name: stored[name] and datetime.fromisoformat(stored[name]) for name in _ENTRY_TIMES}
    return Entry(**{**stored, **times, "authors": tuple(stored["authors"])})
