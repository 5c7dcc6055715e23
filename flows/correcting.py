"""corrections.tsv -> warehouse: what people say of claims, applied by each run, or at once by a command."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from extractors.corrections import Correction, append_correction, read_corrections
from extractors.errors import SeedError, SettingsError, WarehouseError
from flows.locking import run_lock
from flows.progress import log
from flows.recording import mark_unpublished, publish_if_due
from flows.settings import Settings
from flows.tables import write_table
from warehouse.connection import BusyWarehouseError, Connection, open_warehouse
from warehouse.corrections import apply_corrections, are_due, find_named, list_problems
from warehouse.query import Table, run_query
from warehouse.sql import read_query


def take_up_corrections(settings: Settings, *, now: datetime) -> None:
    """Apply the file where it changed; while somebody reads the warehouse, leave it to the next run.

    Raises:
        SeedError: a line is wrong; nothing was changed.
    """
    corrections = read_corrections(settings.corrections_file)
    with suppress(BusyWarehouseError), open_warehouse(settings.warehouse_file) as connection:
        _apply(settings, connection, corrections, now)


def retract(settings: Settings, claim: str, *, reason: str, by: str, wait: bool) -> None:
    """Write into the file that a claim is wrong, and let no fact be made of it any more.

    Args:
        claim: its id, or as much of the beginning as tells it from all others.

    Raises:
        SettingsError: there is no such claim, or several; nothing was changed.
        BusyError: a run is on, and `wait` is not asked for.
    """
    file = settings.corrections_file
    with run_lock(settings.data, warehouse=settings.warehouse_file, wait=wait):
        known = read_corrections(file)
        claim_id = _find_claim(settings, claim)
        last = next((each for each in reversed(known) if _is_verdict_on(each, claim_id)), None)
        if last and last.action == "reject":
            sys.stdout.write(f"{file}:{last.line} rejects this claim already\n")
            return
        line = append_correction(
            file,
            {"action": "reject", "claim": claim_id, "note": reason, "by": by, "on": f"{settings.clock():%Y-%m-%d}"},
        )
        _apply_at_once(settings)
    told = run_query(settings.published_file, read_query("report_corrections"))
    [row] = [dict(zip(told.columns, row, strict=True)) for row in told.rows if row[0] == line]
    sys.stdout.write(f"{file}:{line} rejects {row['claims']} claims of this sentence: {row['sentence']}\n")


def show_corrections(settings: Settings, *, apply: bool, wait: bool) -> None:
    """Print each line of the file with what came of it; apply the file before, if that is asked for."""
    if apply:
        with run_lock(settings.data, warehouse=settings.warehouse_file, wait=wait):
            _apply_at_once(settings)
    written = read_corrections(settings.corrections_file)
    known = _ask(settings)
    if known.rows:
        write_table(known, sys.stdout)
    if len(known.rows) != len(written):
        told = f"{settings.corrections_file} has {len(written)} lines, and {len(known.rows)} of them are published"
        sys.stdout.write(f"{told}: 'missionwire corrections --apply' or the next run takes up the file\n")
    elif not written:
        sys.stdout.write(f"{settings.corrections_file} has no lines: nobody has corrected anything\n")


def list_correction_matters(settings: Settings) -> list[tuple[str, str, str]]:
    """One line for the status, where there is a file: how many lines have no effect."""
    try:
        written = read_corrections(settings.corrections_file)
    except SeedError as error:
        return [("corrections", str(error), "no run can begin before this line is mended")]
    known = _ask(settings)
    if not written and not known.rows:
        return []
    idle = sum(bool(row[known.columns.index("problem")]) for row in known.rows)
    if len(written) != len(known.rows):
        return [("corrections", f"{len(written)} lines, {len(known.rows)} applied", "the next run takes up the file")]
    advice = "'missionwire corrections' says why" if idle else ""
    return [("corrections", f"{len(written)} lines, {idle} without effect", advice)]


def _apply_at_once(settings: Settings) -> None:
    corrections = read_corrections(settings.corrections_file)
    try:
        with open_warehouse(settings.warehouse_file) as connection:
            _apply(settings, connection, corrections, settings.clock())
    except BusyWarehouseError as error:
        waiting = f"{error.problem}; what {settings.corrections_file} says is applied by the next run"
        raise BusyWarehouseError(error.file, waiting) from error
    publish_if_due(settings)


def _apply(settings: Settings, connection: Connection, corrections: Sequence[Correction], now: datetime) -> None:
    if not are_due(connection, corrections):
        return
    # Before, so that a kill between the two leaves no snapshot that nobody knows to be behind.
    mark_unpublished(settings)
    apply_corrections(connection, corrections, known_at=now)
    for line, problem in list_problems(connection):
        log.warning("%s:%d has no effect: %s", settings.corrections_file, line, problem)


def _find_claim(settings: Settings, claim: str) -> str:
    with open_warehouse(settings.warehouse_file, read_only=True) as connection:
        named = find_named(connection, [claim]).get(claim)
    if named is None:
        raise SettingsError(f"no claim has the id {claim}: see claim_id in the view claims (missionwire sql)")
    if named.count > 1:
        raise SettingsError(f"{named.count} claims have ids that begin with {claim}: write more of it")
    return named.claim_id


def _is_verdict_on(correction: Correction, claim_id: str) -> bool:
    return correction.action in ("reject", "confirm") and claim_id.startswith(correction.claim)


def _ask(settings: Settings) -> Table:
    """What the snapshot says; one of an earlier release knows nothing of corrections."""
    with suppress(WarehouseError):
        return run_query(settings.published_file, read_query("report_corrections"))
    return Table((), (), ())
