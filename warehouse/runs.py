"""Run -> ops.run: that a run began, and how it ended."""

from __future__ import annotations

from datetime import datetime, timedelta

from extractors.records import Run
from warehouse.connection import Connection, open_warehouse
from warehouse.lake import Address, Lake
from warehouse.migrate import rollback
from warehouse.rows import list_rows
from warehouse.sql import read_query


def start_run(file: Address, run: Run) -> int:
    """Record that a run began; call it only while holding the run lock.

    Returns:
        How many earlier runs were still marked as running: their processes are dead, and they are marked as killed.

    Raises:
        WarehouseError: the ledger cannot be written now.
    """
    with open_warehouse(file) as connection:
        killed = mark_killed(connection, except_run=run.run_id, ended_at=run.started_at, patience=_patience(file))
        save_run(connection, run)
    return killed


def end_run(file: Address, run: Run) -> None:
    """Record how a run ended, in place of what stood there of it.

    Raises:
        WarehouseError: the ledger cannot be written now; put the run into a spool instead.
    """
    with open_warehouse(file) as connection:
        save_run(connection, run)


def _patience(file: Address) -> timedelta | None:
    """On a lake other machines run, too: there a run counts as dead when it has not ended for a day."""
    return timedelta(days=1) if isinstance(file, Lake) else None


def mark_killed(
    connection: Connection, *, except_run: str, ended_at: datetime, patience: timedelta | None = None
) -> int:
    """Mark every run that is still marked as running, and is not this one, as killed; returns how many."""
    began_before = ended_at - patience if patience else None
    parameters = {"run_id": except_run, "ended_at": ended_at, "began_before": began_before}
    row = connection.execute(read_query("mark_killed_runs"), parameters).fetchone()
    assert row is not None
    return int(row[0])


def save_run(connection: Connection, run: Run) -> None:
    """Write the row of a run in place of what stood there of it."""
    ((_, row),) = list_rows(run)
    connection.execute("BEGIN TRANSACTION")
    try:
        connection.execute(read_query("delete_run"), {"run_id": run.run_id})
        connection.execute(read_query("insert_run"), row)
        connection.execute("COMMIT")
    except BaseException:
        rollback(connection)
        raise
