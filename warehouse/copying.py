"""Ledger -> the same ledger in another file: for readers, for safety, before an upgrade.

A copy of the file, and not COPY FROM DATABASE: it keeps views, comments and macros as they are, and costs no more than
reading and writing the bytes.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from extractors.errors import WarehouseError
from warehouse.connection import connect, explained, open_warehouse
from warehouse.lake import Address, Lake
from warehouse.migrate import newest_version, schema_version


def copy_whole(file: Address, target: Path) -> None:
    """Copy a ledger that nobody writes to, put in place by an atomic rename once the copy is known to be readable.

    Args:
        file: the ledger.
        target: where the copy goes.

    Raises:
        WarehouseError: nothing was copied; what stood at `target` stands there still.
    """
    if isinstance(file, Lake):
        raise WarehouseError(file, "is a lake, and no file to copy; right would be: missionwire copy-warehouse FILE")
    temporary = _temporary(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _merge_log(file)
        _copy(file, temporary)
        _verify(temporary, file)
        temporary.replace(target)
    except OSError as error:
        raise WarehouseError(target, f"the copy cannot be written: {error.strerror or error}") from error
    finally:
        remove_half_copied(target)


def remove_half_copied(target: Address) -> None:
    """Clear what a copy to `target` that was killed left beside it."""
    if isinstance(target, Lake):
        return
    temporary = _temporary(target)
    for leftover in (temporary, temporary.with_name(temporary.name + ".wal")):
        leftover.unlink(missing_ok=True)


def _temporary(target: Path) -> Path:
    """One name for all: what a killed copy left is overwritten by the next."""
    return target.with_name(f".{target.name}.new")


def keep_before_upgrade(file: Address) -> Path | None:
    """Copy a file of an older schema beside it, once, before anything of it is changed; None where there is no need.

    Raises:
        WarehouseError: the file is no ledger, or there is no room for the copy; nothing was upgraded.
    """
    if isinstance(file, Lake):
        # It keeps its earlier snapshots itself.
        return None
    version = schema_of(file) if file.exists() else 0
    if not 0 < version < newest_version():
        return None
    kept = file.with_name(f"{file.stem}.schema-{version}.duckdb")
    if not kept.exists():
        copy_whole(file, kept)
    return kept


def bring_up_to_date(file: Address) -> None:
    """Upgrade a file of an older schema in place, with a copy of it kept beside it.

    Raises:
        WarehouseError: the file is no ledger, or there is no room for the copy; nothing was upgraded.
    """
    if keep_before_upgrade(file):
        with open_warehouse(file):
            return  # Opening it for writing is what upgrades it.


def schema_of(file: Address) -> int:
    """The schema version of a ledger.

    Raises:
        WarehouseError: it is no ledger, newer than this code, or cannot be opened.
    """
    with connect(file, read_only=True) as connection, explained(file):
        return schema_version(connection, file)


def _merge_log(file: Path) -> None:
    """Bring a write-ahead log that a killed writer left into the file itself."""
    if file.with_name(file.name + ".wal").exists():
        with connect(file, read_only=False) as connection, explained(file):
            connection.execute("CHECKPOINT")


def _copy(file: Path, temporary: Path) -> None:
    # Open for reading meanwhile, so that no other process can begin to write in the middle.
    with connect(file, read_only=True), file.open("rb") as source, temporary.open("wb") as target:
        shutil.copyfileobj(source, target, length=4 * 1024 * 1024)
        target.flush()
        os.fsync(target.fileno())


def _verify(copy: Path, file: Path) -> None:
    """Refuse a copy that is no ledger; `file` is what it is a copy of."""
    with connect(copy, read_only=True) as connection, explained(file):
        if not schema_version(connection, file):
            raise WarehouseError(file, "is an empty DuckDB file, and no missionwire warehouse; name another file")
