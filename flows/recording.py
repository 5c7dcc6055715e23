"""Run -> what is told of it: its counts as they grow, its row in the warehouse, the snapshot that people query."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from typing import Literal

from extractors.errors import MissionwireError, WarehouseError
from extractors.records import Run
from extractors.whole_files import remove_halves
from flows.alerting import alert
from flows.polling import Polled
from flows.progress import log
from flows.reporting.publishing import mark_undrawn, publish_reports
from flows.run_ids import new_run_id
from flows.settings import Settings
from warehouse.connection import BusyWarehouseError
from warehouse.copying import keep_before_upgrade, remove_half_copied
from warehouse.load import LoadReport
from warehouse.publish import publish
from warehouse.runs import end_run, start_run
from warehouse.spool import remove_half_written, write_spool

# The spool of a run's own row: after its batches, before its polls.
_ROW = 999_998


class Tally:
    """The counts of one run as they grow."""

    def __init__(self, run: Run) -> None:
        self.run = run

    def end(self, state: Literal["completed", "partial", "failed", "killed"], detail: str, started: float) -> None:
        """Note how the run ended; `started` is of the monotonic clock, in seconds."""
        seconds = round(time.monotonic() - started, 3)
        ended_at = self.run.started_at + timedelta(seconds=seconds)
        # A backfill has noted before what it is.
        told = ": ".join(filter(None, (self.run.detail, detail)))
        self.run = replace(self.run, state=state, detail=told, ended_at=ended_at, seconds=seconds)

    def poll(self, polled: Sequence[Polled]) -> None:
        """Count what polling brought."""
        outcomes = Counter(each.poll.outcome for each in polled)
        self.run = replace(
            self.run,
            feeds_polled=len(polled),
            feeds_unchanged=outcomes["unchanged"],
            feeds_failed=outcomes["failed"],
        )

    def load(self, report: LoadReport) -> None:
        """Count what one load brought."""
        self.run = replace(
            self.run,
            entries_new=self.run.entries_new + report.entries_new,
            articles_loaded=self.run.articles_loaded + report.articles_loaded,
            copies=self.run.copies + report.copies,
            rejected=self.run.rejected + report.rejected,
            claims_new=self.run.claims_new + report.claims_new,
        )


def new_run(settings: Settings) -> Run:
    """A run that begins now."""
    now = settings.clock()
    return Run(run_id=new_run_id(now, time.time_ns()), started_at=now)


@contextmanager
def whole_run(settings: Settings, tally: Tally) -> Iterator[None]:
    """What every run has around its steps, while it holds the lock: room before them, its row, what is told of it.

    Raises:
        WarehouseError: the warehouse cannot be used; nothing was asked or read.
    """
    remove_leftovers(settings)
    if kept := keep_before_upgrade(settings.warehouse_file):
        log.info("the warehouse has an older schema; a copy was kept as %s", kept)
    try:
        with published_afterwards(settings), recorded_run(settings, tally):
            yield
    finally:
        alert(settings, tally.run)


@contextmanager
def recorded_run(settings: Settings, tally: Tally) -> Iterator[None]:
    """A row in ops.run from the start; at the end it says how the run went, also when it failed."""
    started = time.monotonic()
    # A reader holds the warehouse: the run goes on, and its row is written when it ends.
    with suppress(BusyWarehouseError):
        start_run(settings.warehouse_file, tally.run)
    try:
        yield
    except BaseException as error:
        if isinstance(error, Exception):
            tally.end("failed", f"{type(error).__name__}: {error}", started)
        else:
            # Ctrl-C, or a service that is stopped: nothing went wrong, and nobody is to be alarmed.
            tally.end("killed", f"stopped by {type(error).__name__}", started)
        # The error that ended the run is the one to tell of, not that its row could not be written either.
        with suppress(WarehouseError):
            _end_run(settings, tally.run)
        raise
    tally.end("partial" if tally.run.feeds_failed else "completed", "", started)
    _end_run(settings, tally.run)


def _end_run(settings: Settings, run: Run) -> None:
    """Write the run's row, or leave it to the next run where the warehouse cannot be written now."""
    try:
        end_run(settings.warehouse_file, run)
    except WarehouseError as error:
        write_spool(settings.spool_folder, run.run_id, _ROW, [run])
        log.warning("%s; the next run writes down how this one ended", error)


@contextmanager
def published_afterwards(settings: Settings) -> Iterator[None]:
    """Replace the snapshot that people query once the run's own row is complete, so that nobody sees half a run.

    A run that failed is published too, for `missionwire status` to tell of it; what then fails is told, not raised.
    """
    try:
        yield
    except Exception:
        mark_unpublished(settings)
        with suppress(MissionwireError, OSError):
            publish_if_due(settings)
        raise
    publish_if_due(settings)


def mark_unpublished(settings: Settings) -> None:
    """Note that the snapshot is behind; the note stays until a publication succeeds, in this run or a later one."""
    settings.unpublished_mark.parent.mkdir(parents=True, exist_ok=True)
    settings.unpublished_mark.touch()


def publish_if_due(settings: Settings) -> None:
    """Publish what changed; a run that had nothing to do leaves the snapshot as it is."""
    if settings.unpublished_mark.exists() or not settings.published_file.exists():
        publish(settings.warehouse_file, settings.published_file)
        settings.unpublished_mark.unlink(missing_ok=True)
        mark_undrawn(settings)
    if settings.report:
        publish_reports(settings)


def remove_leftovers(settings: Settings) -> None:
    """Clear the half-written files of dead processes; call it only while no other run is on."""
    remove_half_written(settings.spool_folder)
    remove_halves(settings.data, settings.published_folder, *settings.manners_folder.glob("**"))
    for target in (settings.published_file, settings.warehouse_file):
        remove_half_copied(target)
