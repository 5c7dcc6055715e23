"""Stored texts -> warehouse: read every wording again by today's extractors, batch by batch.

What a text was read by is noted in the transaction that loads its claims, so that a reextract that was killed goes on
with what is left, and one that has nothing left to read changes nothing.
"""

# Without `from __future__ import annotations`, as flows.ingest.

from dataclasses import dataclass, replace

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from extractors.records import Rejection, Run
from flows.context import RunContext, open_run
from flows.ingest import load_batch, opaque
from flows.loading import load_or_leave, load_rest
from flows.locking import run_lock
from flows.progress import counting, log, start_logging
from flows.recording import Tally, new_run, whole_run
from flows.settings import Settings
from warehouse.load import LoadReport
from warehouse.rereading import Days, Place, count_texts, unread_texts
from warehouse.spool import write_spool

# A load resolves facts together with their neighbours, which costs less for many texts at once; a thousand texts and
# their claims are some 20 MB, and what a kill costs is read again in ten seconds.
_BATCH = 1000


class ReextractTally(Tally):
    """The counts of one reextract as they grow.

    Args:
        run: its row; a text that could not be read counts as a failed feed.
    """

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.known_count = 0
        self.read_count = 0
        self.superseded_count = 0

    @property
    def failed_count(self) -> int:
        """Texts that could not be read; their claims stay as they were."""
        return self.run.feeds_failed

    def count(self, batch: "Batch") -> None:
        """Count what was read of one batch."""
        self.read_count += batch.read_count
        self.run = replace(self.run, feeds_failed=self.run.feeds_failed + batch.failed_count)

    def load(self, report: LoadReport) -> None:
        """Count what one load brought."""
        super().load(report)
        self.superseded_count += report.claims_superseded

    def summary(self) -> str:
        """One line for a reextract."""
        if not self.read_count and not self.failed_count:
            return f"nothing to read again: today's extractors have read all {self.known_count:,} texts"
        return (
            f"{self.run.state}: {self.read_count:,} of {self.known_count:,} texts read again, "
            f"{self.run.claims_new:,} claims new, {self.superseded_count:,} superseded, "
            f"{self.failed_count:,} texts could not be read, {self.run.seconds or 0:.1f} s"
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """What one batch came to: how many texts were read, how many could not be, and how far the texts are done."""

    read_count: int
    failed_count: int
    place: Place


@flow(name="reextract", persist_result=False)
def reextract(settings: Settings, days: Days) -> ReextractTally:
    """Read what today's extractors have not read yet, and let their claims take the place of the older ones.

    Returns:
        The run's row, and how many texts and claims it was about.

    Raises:
        BusyError: another run holds the data folder.
        SeedError, WarehouseError: the set-up cannot be used; nothing was read.
    """
    start_logging()
    with run_lock(settings.data, warehouse=settings.warehouse_file):
        tally = ReextractTally(replace(new_run(settings), detail="reextract"))
        with whole_run(settings, tally):
            run_steps(settings, tally, days)
    return tally


def run_steps(settings: Settings, tally: ReextractTally, days: Days) -> None:
    """The order of events: what waits, then the texts batch by batch, and what could not be loaded before."""
    with open_run(settings, tally.run.run_id, tally.run.started_at, {}) as context:
        load_batch(opaque(context), opaque(tally), load_rest)
        tally.known_count, unread_count = count_texts(settings.warehouse_file, context.proposers.readers, days)
        place = Place()
        with counting("texts", unread_count) as advance:
            for number in range(-(-unread_count // _BATCH)):
                batch = read_texts(opaque(context), days, opaque(place), number)
                tally.count(batch)
                place = batch.place
                load_batch(opaque(context), opaque(tally), load_or_leave)
                for _ in range(batch.read_count + batch.failed_count):
                    advance()
        load_batch(opaque(context), opaque(tally), load_rest)


@task(name="read texts", cache_policy=NO_CACHE, persist_result=False)
def read_texts(context: RunContext, days: Days, place: Place, number: int) -> Batch:
    """Read the next texts in the worker processes, and spool what comes of them."""
    settings, proposers = context.settings, context.proposers
    texts, place = unread_texts(settings.warehouse_file, proposers.readers, days, after=place, count=_BATCH)
    found = proposers.add_to_texts(texts, context.pool.reread(texts))
    failed = [each for each in found if isinstance(each, Rejection)]
    for each in failed:
        log.warning("article %s: %s; its claims stay as they are", each.url, each.detail)
    read = [each for each in found if not isinstance(each, Rejection)]
    if read:
        write_spool(settings.spool_folder, context.run_id, number, read)
    return Batch(len(read), len(failed), place)
