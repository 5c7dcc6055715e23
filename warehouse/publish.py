"""Ledger -> snapshot for readers: a whole copy, put in place by an atomic rename.

A copy of the file, and not COPY FROM DATABASE: it keeps views, comments and macros as they are, and costs no more than
reading and writing the bytes. Readers who hold the old file go on reading it.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from extractors.errors import WarehouseError
from warehouse.connection import connect, open_warehouse

PUBLISHED_NAME = "missionwire.duckdb"


def publish(file: Path, published: Path) -> Path:
    """Put a snapshot of the ledger where people read it.

    Args:
        file: the writer's DuckDB file; nobody may be writing it.
        published: the folder for `missionwire.duckdb`, created when missing, or a path that ends in .duckdb.

    Returns:
        The published file.

    Raises:
        WarehouseError: nothing was published; the earlier snapshot stands.
    """
    target = published if published.suffix == ".duckdb" else published / PUBLISHED_NAME
    # One name for all: what a killed publication left is overwritten by the next.
    temporary = target.with_name(f".{target.name}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _merge_log(file)
        _copy(file, temporary)
        _verify(temporary)
        temporary.replace(target)
    except OSError as error:
        raise WarehouseError(target, f"the snapshot cannot be written: {error.strerror or error}") from error
    finally:
        for leftover in (temporary, temporary.with_name(temporary.name + ".wal")):
            leftover.unlink(missing_ok=True)
    return target


def _merge_log(file: Path) -> None:
    """Bring a write-ahead log that a killed writer left into the file itself."""
    if file.with_name(file.name + ".wal").exists():
        with open_warehouse(file) as connection:
            connection.execute("CHECKPOINT")


def _copy(file: Path, temporary: Path) -> None:
    # Open for reading meanwhile, so that no other process can begin to write in the middle.
    with open_warehouse(file, read_only=True), file.open("rb") as source, temporary.open("wb") as target:
        shutil.copyfileobj(source, target, length=4 * 1024 * 1024)
        target.flush()
        os.fsync(target.fileno())


def _verify(snapshot: Path) -> None:
    connection = connect(snapshot, read_only=True)
    try:
        connection.execute("SELECT max(version) FROM ops.migration").fetchone()
    finally:
        connection.close()
