"""File -> Connection: open the ledger, and say plainly why it cannot be opened.

DuckDB lets one process write or many read, never both: open late, close soon. People read the published copy instead.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from extractors.errors import WarehouseError
from warehouse import migrate
from warehouse.facts import bring_facts_up_to_date
from warehouse.lake import Address, Lake, attach_lake, explain_lake, without_passwords, writing_alone

Connection = duckdb.DuckDBPyConnection

# Loads touch a few thousand rows; more memory than this would only be taken from the worker processes that read pages.
# DuckDB spills to disk beyond it.
_MEMORY_LIMIT = "2GB"
_THREADS = min(4, os.cpu_count() or 1)

_HELD_BY = re.compile(r"Conflicting lock is held in (?P<program>.*?) ?\(PID (?P<pid>\d+)\)")


class BusyWarehouseError(WarehouseError):
    """Another process, or another connection of this one, holds the file."""


class OldSchemaError(WarehouseError):
    """The file has an older schema, and was opened for reading only."""


@contextmanager
def open_warehouse(file: Address, *, read_only: bool = False) -> Iterator[Connection]:
    """Open the ledger; when it may be written, create it and bring its schema up to date first.

    Raises:
        WarehouseError: it cannot be opened; the message says why and what to do.
    """
    with ExitStack() as held:
        if isinstance(file, Lake) and not read_only:
            held.enter_context(writing_alone(file))
        connection = held.enter_context(connect(file, read_only=read_only))
        with explained(file):
            prepare(connection, file, read_only=read_only)
            yield connection


def prepare(connection: Connection, file: Address, *, read_only: bool) -> None:
    """Bring an open file's schema up to date, or make sure that it can be read as it is."""
    if not read_only:
        migrate.migrate(connection, file)
        bring_facts_up_to_date(connection, now=datetime.now(UTC))
        return
    version = migrate.schema_version(connection, file)
    if version < migrate.newest_version():
        raise OldSchemaError(
            file,
            f"has schema {version}, older than {migrate.newest_version()}; any run of missionwire brings it up to date",
        )


def connect(file: Address, *, read_only: bool) -> Connection:
    """Open a DuckDB file or a lake as it is, with the settings that every connection of ours has.

    Raises:
        WarehouseError: it cannot be opened; the message says why and what to do.
    """
    if isinstance(file, Path):
        _check_path(file, read_only=read_only)
    with explained(file), ExitStack() as held:
        place = ":memory:" if isinstance(file, Lake) else str(file)
        # What a lake is attached to lies in memory; the lake itself is attached for reading alone.
        is_read_only = read_only and not isinstance(file, Lake)
        connection = held.enter_context(duckdb.connect(place, read_only=is_read_only, config=_config()))
        if isinstance(file, Lake):
            attach_lake(connection, file, read_only=read_only)
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")
        # It is the caller's to close, once nothing can go wrong here any more.
        held.pop_all()
        return connection


@contextmanager
def explained(file: Address) -> Iterator[None]:
    """Turn what DuckDB raises into a WarehouseError that a person can act on."""
    try:
        yield
    except duckdb.Error as error:
        # The cause of what a lake says would repeat its password in a traceback.
        raise _explain(file, error) from (None if isinstance(file, Lake) else error)


def _config() -> dict[str, str | bool | int | float | list[str]]:
    return {
        # Nothing is downloaded behind the user's back: extensions come as wheels of DuckDB's own version.
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "memory_limit": _MEMORY_LIMIT,
        "threads": _THREADS,
    }


def _check_path(file: Path, *, read_only: bool) -> None:
    if file.is_dir():
        raise WarehouseError(file, "is a folder; name a file in it")
    if read_only:
        if not file.exists():
            raise WarehouseError(file, "does not exist yet; the first run of missionwire creates it")
        return
    if not file.parent.is_dir():
        raise WarehouseError(file, f"the folder {file.parent} does not exist")
    if not os.access(file.parent, os.W_OK):
        raise WarehouseError(file, f"the folder {file.parent} cannot be written")
    if file.exists() and file.stat().st_size == 0:
        # What a full disk leaves of a creation: it holds nothing, and DuckDB would refuse it for ever.
        file.unlink()


def _explain(file: Address, error: duckdb.Error) -> WarehouseError:
    message = str(error)
    if isinstance(file, Lake) and (problem := explain_lake(message)):
        return WarehouseError(file, problem)
    holder = _HELD_BY.search(message)
    if holder:
        return BusyWarehouseError(
            file, f"is held by process {holder['pid']} ({holder['program']}); try again when it has ended"
        )
    if "Could not set lock" in message or "different configuration" in message:
        return BusyWarehouseError(file, "is held by another connection; try again when it is closed")
    if "not a valid DuckDB database file" in message:
        return WarehouseError(file, "is not a DuckDB file; move it away, or name another file")
    if "No space left" in message or "Could not write" in message or "File too large" in message:
        return WarehouseError(
            file, f"the disk is full, or writing failed; make room and run again ({_first_line(message)})"
        )
    return WarehouseError(file, _first_line(message))


def _first_line(message: str) -> str:
    return without_passwords(message.strip().splitlines()[0]) if message.strip() else "unknown error"
