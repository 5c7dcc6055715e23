"""WARC files -> spools: read the pages in them that are wanted, and copy those of other makers into our own archive."""

# Without `from __future__ import annotations`, as flows.ingest.

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from extractors.records import Reading, Rejection
from extractors.url import canonicalize
from flows.backfill.asked import Asked
from flows.backfill.captures import Capture, WarcError, Wish, scan_warc
from flows.backfill.pages import KNOWN, OFF_TOPIC, OUTSIDE
from flows.backfill.progress import Progress
from flows.backfill.sieve import PageSieve
from flows.backfill.tally import BackfillTally
from flows.context import RunContext
from flows.fetch.archive import Archive, archive_name, read_response
from flows.ingest import opaque
from flows.loading import load_or_leave
from flows.progress import log
from flows.settings import Settings
from warehouse.captures import CaptureKey, has_pages, taken_down_urls, unseen_captures
from warehouse.rows import Record
from warehouse.spool import write_spool

_BATCH = 250
# A batch ends after so many records, too: what a kill costs is looking through them again, some seconds.
_RECORDS = 10_000
# Our own files that hold no pages.
_NO_PAGES = ("-feeds.warc.gz", "-sitemaps.warc.gz")
_TAKEN_DOWN = "taken down on request"
_DAMAGED = "damaged"


@dataclass(slots=True)
class Batch:
    """Some pages of one file; everything before `end` has been looked at."""

    end: int = 0
    captures: list[Capture] = field(default_factory=list)
    record_count: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A WARC file.

    Args:
        name: as places in the archive name it: counted from its folder for our own, else absolute.
        run_id: of the run that wrote it, "" for one of another maker.
    """

    file: Path
    name: str
    is_own: bool
    run_id: str

    @classmethod
    def of(cls, file: Path, settings: Settings) -> "Source":
        """Tell our own files, which are read in place, from others."""
        file, folder = file.resolve(), settings.archive_folder.resolve()
        if not file.is_relative_to(folder):
            return cls(file, str(file), is_own=False, run_id="")
        run_id = file.name.removesuffix(".warc.gz").rpartition("-")[0]
        return cls(file, str(file.relative_to(folder)), is_own=True, run_id=run_id)

    def key(self, capture: Capture) -> CaptureKey:
        """What a capture in it is known by."""
        return CaptureKey(capture.url, capture.fetched_at, self.run_id, _mark(capture))


def read_archives(context: RunContext, tally: BackfillTally, asked: Asked, progress: Progress) -> None:
    """Read the files one after the other, from where a killed backfill came to."""
    _remove_doubtful_copy(context, progress)
    reader = CaptureReader(context, tally, asked, progress)
    for position in range(progress.place.file, len(asked.names)):
        source = Source.of(Path(asked.names[position]), context.settings)
        if not source.name.endswith(_NO_PAGES) or not source.is_own:
            reader.read_file(source)
        progress.save(file=position + 1, offset=0)


def _remove_doubtful_copy(context: RunContext, progress: Progress) -> None:
    """A kill may have left copies that no row knows of; the pages are copied again."""
    name = progress.place.writing
    if name and not has_pages(context.settings.warehouse_file, name):
        (context.settings.archive_folder / name).unlink(missing_ok=True)
    progress.save(writing="")


class CaptureReader:
    """Reads WARC files for one backfill."""

    def __init__(self, context: RunContext, tally: BackfillTally, asked: Asked, progress: Progress) -> None:
        self.context = context
        self._tally = tally
        self._asked = asked
        self._progress = progress
        self._sieve = PageSieve(context.missions)
        self._taken_down = taken_down_urls(context.settings.warehouse_file)
        self._number = 0

    def read_file(self, source: Source) -> None:
        """Read what is wanted of a file; one that is none, or is damaged, is told of and counted."""
        damaged = self._tally.left_out[_DAMAGED]
        try:
            for batch in self._batches(source):
                read_captures(opaque(self), opaque(source), opaque(batch), self._number)
                self._number += 1
                self._progress.save(offset=batch.end, writing="")
                load_or_leave(self.context.settings, self._tally, now=self.context.now)
                log.info("%s: %d records looked at", source.file.name, self._tally.seen_count)
        except WarcError as error:
            log.error("%s", error)
            self._tally.fail()
        if count := self._tally.left_out[_DAMAGED] - damaged:
            log.warning("%s: %d records are damaged; all others were read", source.file, count)
            self._tally.fail()

    def _batches(self, source: Source) -> Iterator[Batch]:
        takes_all = source.is_own or self._asked.everything
        wish = Wish(_earliest(self._asked), (lambda _: True) if takes_all else self._sieve.lets_pass)
        batch = Batch()
        for seen in scan_warc(source.file, wish, start=self._progress.place.offset):
            batch.end = seen.end
            batch.record_count += 1
            self._tally.seen_count += 1
            if seen.capture:
                batch.captures.append(seen.capture)
            else:
                self._tally.left_out[seen.refused] += 1
            if len(batch.captures) >= _BATCH or batch.record_count >= _RECORDS:
                yield batch
                batch = Batch()
        if batch.record_count:
            yield batch

    def read(self, source: Source, batch: Batch, number: int) -> Path | None:
        """Spool what is wanted of a batch."""
        captures = self._unseen(source, batch.captures)
        found = self.context.pool.read([(source.name, capture.offset) for capture in captures])
        kept = [
            _marked(each, capture) if isinstance(each, Rejection) else each
            for capture, each in zip(captures, found, strict=True)
            if isinstance(each, Rejection) or self._wants(source, each)
        ]
        if not kept:
            return None
        if not source.is_own:
            kept = self._copied(kept, number)
        entries = [each.entry for each in kept if isinstance(each, Reading) and each.entry]
        records: tuple[Record, ...] = (*entries, *self.context.proposers.add(kept))
        return write_spool(self.context.settings.spool_folder, self.context.run_id, number, records)

    def _unseen(self, source: Source, captures: Sequence[Capture]) -> list[Capture]:
        allowed = [
            capture
            for capture in captures
            if capture.url not in self._taken_down and canonicalize(capture.url) not in self._taken_down
        ]
        self._tally.left_out[_TAKEN_DOWN] += len(captures) - len(allowed)
        keys = [source.key(capture) for capture in allowed]
        unseen = [allowed[number] for number in unseen_captures(self.context.settings.warehouse_file, keys)]
        self._tally.left_out[KNOWN] += len(allowed) - len(unseen)
        return unseen

    def _wants(self, source: Source, reading: Reading) -> bool:
        if not self._asked.wants(reading):
            why = OUTSIDE
        elif reading.url in self._taken_down:
            why = _TAKEN_DOWN
        elif not (source.is_own or self._asked.everything or reading.matches):
            why = OFF_TOPIC
        else:
            return True
        self._tally.left_out[why] += 1
        return False

    def _copied(self, found: Sequence[Reading | Rejection], number: int) -> list[Reading | Rejection]:
        """The same, with the pages of the articles in our own archive."""
        context = self.context
        name = f"{context.run_id}-{number:04d}"
        self._progress.save(writing=archive_name(name, context.now))
        with Archive(context.settings.archive_folder, name, now=context.now) as archive:
            return [each if isinstance(each, Rejection) else self._copy(each, archive) for each in found]

    def _copy(self, reading: Reading, archive: Archive) -> Reading:
        assert reading.archive_file is not None  # it was read from there
        assert reading.archive_offset is not None
        folder = self.context.settings.archive_folder
        page, headers, entry = read_response(folder, reading.archive_file, reading.archive_offset)
        kept = archive.add(page, headers, entry)
        return replace(reading, archive_file=kept.archive_file, archive_offset=kept.archive_offset)


@task(name="read captures", cache_policy=NO_CACHE, persist_result=False)
def read_captures(reader: CaptureReader, source: Source, batch: Batch, number: int) -> Path | None:
    """Read a batch of archived pages, and spool what is wanted of them."""
    return reader.read(source, batch, number)


def _earliest(asked: Asked) -> datetime | None:
    """Pages that were captured before the first day, in any zone, were published before it."""
    first = asked.days.first
    return datetime(first.year, first.month, first.day, tzinfo=UTC) - timedelta(days=1) if first else None


def _marked(rejection: Rejection, capture: Capture) -> Rejection:
    return replace(rejection, detail=f"{rejection.detail} {_mark(capture)}".strip())


def _mark(capture: Capture) -> str:
    return f"(captured {capture.fetched_at.isoformat()})"
