"""Ledger -> the same ledger elsewhere, table by table: from a file to a lake, or back.

A copy of rows in their order, in one transaction; views, macros and comments are made anew on the other side.
"""

from __future__ import annotations

from pathlib import Path

from extractors.errors import WarehouseError
from warehouse.connection import Connection, explained, open_warehouse
from warehouse.copying import schema_of
from warehouse.lake import Address, attach_source
from warehouse.migrate import newest_version, rollback
from warehouse.sql import read_query


def copy_tables(source: Address, target: Address) -> int:
    """Copy all rows of a ledger into an empty one; returns how many there are.

    Raises:
        WarehouseError: the source is missing or of an earlier schema, or the target holds rows; nothing was copied.
    """
    if str(source) == str(target):
        raise WarehouseError(target, "is the warehouse itself; name another file, or a lake's address")
    version = schema_of(source)
    if version < newest_version():
        raise WarehouseError(source, f"has schema {version}; any run of missionwire brings it up to date, then copy it")
    if isinstance(target, Path):
        target.parent.mkdir(parents=True, exist_ok=True)
    with open_warehouse(target) as connection, explained(target):
        attach_source(connection, source)
        return _copy(connection, target)


def _copy(connection: Connection, target: Address) -> int:
    connection.execute("BEGIN TRANSACTION")
    try:
        statements = connection.execute(read_query("list_table_copies")).fetchall()
        _refuse_full(connection, target, [count for _, count in statements])
        copied = sum(_count(connection, copy) for copy, _ in statements)
        connection.execute(read_query("clear_copied_fingerprints"))
        connection.execute(read_query("copy_fingerprints"))
        connection.execute("COMMIT")
    except BaseException:
        rollback(connection)
        raise
    return copied


def _refuse_full(connection: Connection, target: Address, counts: list[str]) -> None:
    if any(_count(connection, count) for count in counts):
        raise WarehouseError(target, "holds rows already; name an empty lake, or a new file")


def _count(connection: Connection, statement: str) -> int:
    row = connection.execute(statement).fetchone()
    return int(row[0]) if row else 0
