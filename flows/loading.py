"""Waiting spools -> rows: load what waits, or leave it where it waits while somebody reads the warehouse.

Nothing is loaded past a spool that waits, so that the ledger is the same in whatever run a spool goes in.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from extractors.errors import SpoolError
from flows.progress import log
from flows.recording import Tally, mark_unpublished
from flows.run_ids import run_began
from flows.settings import Settings
from warehouse.connection import BusyWarehouseError
from warehouse.lake import Address
from warehouse.load import LoadReport, load_spools, sum_reports
from warehouse.spool import holds_records, set_aside, waiting_spools

# Somebody's question takes seconds; who holds the file for longer than this has forgotten a shell.
_PATIENCE_SECONDS = 10.0
_PAUSE_SECONDS = 0.25


def load_waiting(settings: Settings, tally: Tally, *, now: datetime) -> None:
    """Load all that waits, in order, and count it.

    Raises:
        BusyWarehouseError: somebody holds the warehouse; all of it waits as before.
        WarehouseError: the warehouse cannot be written; what was not loaded waits as before.
    """
    spools = waiting_spools(settings.spool_folder)
    if not spools:
        return
    # Before the load: a run that is killed between the two must not leave a snapshot that nobody knows to be behind.
    if any(holds_records(spool) for spool in spools):
        mark_unpublished(settings)
    tally.load(_load_readable(settings.warehouse_file, spools, _recorded_at(spools, now)))


def _recorded_at(spools: Sequence[Path], now: datetime) -> datetime:
    """The run's clock, or that of a later run whose work it is: the clock was set back between the two."""
    return max(now, *(run_began(spool.name) or now for spool in spools))


def load_or_leave(settings: Settings, tally: Tally, *, now: datetime) -> None:
    """Load all that waits; while somebody reads the warehouse, leave it there and say so."""
    try:
        load_waiting(settings, tally, now=now)
    except BusyWarehouseError as error:
        log.warning("%s What was read waits in the spool meanwhile.", _sentence(error))


def load_rest(settings: Settings, tally: Tally, *, now: datetime) -> None:
    """Load what a reader kept out until now, with a little patience for that reader.

    Raises:
        BusyWarehouseError: it still waits; says that the next run loads it.
    """
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return load_waiting(settings, tally, now=now)
        except BusyWarehouseError as error:
            if time.monotonic() > deadline:
                raise _left_waiting(settings, error) from error
        time.sleep(_PAUSE_SECONDS)


def _left_waiting(settings: Settings, error: BusyWarehouseError) -> BusyWarehouseError:
    count = len(waiting_spools(settings.spool_folder))
    waiting = f"{count} spools wait in {settings.spool_folder} for the next run"
    return BusyWarehouseError(error.file, f"{error.problem.partition(';')[0]}; nothing is lost: {waiting}")


def _load_readable(file: Address, spools: Sequence[Path], now: datetime) -> LoadReport:
    """Load spools in one transaction; one that cannot be read is set aside, and the others are loaded without it."""
    try:
        return load_spools(file, spools, recorded_at=now)
    except SpoolError as error:
        if len(spools) == 1:
            # Its pages lie in the archive, and its feeds do not count as read: they are asked again.
            log.error("%s; it was set aside as %s", error, set_aside(spools[0]).name)
            return LoadReport()
    return sum_reports(_load_readable(file, [spool], now) for spool in spools)


def _sentence(error: BusyWarehouseError) -> str:
    return f"{error.file} {error.problem.partition(';')[0]}."
