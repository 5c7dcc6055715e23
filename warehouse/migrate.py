"""File -> File with today's schema: forward-only migrations, then views and table macros, then comments.

A migration is applied once, in a transaction of its own, and never edited once merged.
Views, macros and comments are replaced as a whole whenever their files change (replacing a view drops its comments).
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from extractors.errors import WarehouseError
from warehouse.lake import Address, fit
from warehouse.sql import data_file, list_sql, read_query

_GLOSSARY = "glossary.tsv"

# Migrations reworded so that they hold for a lake, too, and that do what they did: their earlier checksums.
_REWORDED = {12: "f912239cd0d757ed59dc783880327336ad25b4305cc8351d38a93a1189f74faf"}


def migrate(connection: duckdb.DuckDBPyConnection, file: Address) -> None:
    """Bring the schema of an open, writable file up to date.

    Raises:
        WarehouseError: the file is somebody else's, or newer than this code.
    """
    version = schema_version(connection, file)
    for migration in list_sql("migrations"):
        if _version_of(migration) > version:
            _apply(connection, migration)
    _replace_views(connection, file)


def newest_version() -> int:
    """Return the schema version that this code writes."""
    return max(_version_of(migration) for migration in list_sql("migrations"))


def schema_version(connection: duckdb.DuckDBPyConnection, file: Address) -> int:
    """Return the schema version of an open file, 0 for an empty one.

    Raises:
        WarehouseError: the file is no ledger, newer than this code, or made by migrations that were edited since.
    """
    if not _has_migrations(connection):
        if connection.execute(read_query("count_user_tables")).fetchall() != [(0,)]:
            raise WarehouseError(file, "is a DuckDB file, but not a missionwire warehouse; name another file")
        return 0
    applied = connection.execute(read_query("list_versions")).fetchall()
    newest = max((row[0] for row in applied), default=0)
    if newest > newest_version():
        raise WarehouseError(
            file,
            f"has schema {newest}, and this missionwire knows schemas up to {newest_version()}; "
            "upgrade missionwire, or go back to a backup of the file",
        )
    _refuse_edited(applied, file)
    return int(newest)


def _has_migrations(connection: duckdb.DuckDBPyConnection) -> bool:
    return connection.execute(read_query("find_migration_table")).fetchone() is not None


def _refuse_edited(applied: list[tuple[int, str, str]], file: Address) -> None:
    known = {_version_of(migration): _checksum(migration) for migration in list_sql("migrations")}
    for version, name, checksum in applied:
        if checksum not in (known[version], _REWORDED.get(version)):
            raise WarehouseError(file, f"was made by another text of migration {name}; move it away, and run again")


def _apply(connection: duckdb.DuckDBPyConnection, migration: Path) -> None:
    connection.execute("BEGIN TRANSACTION")
    try:
        connection.execute(migration.read_text(encoding="utf-8"))
        connection.execute(
            read_query("insert_migration"),
            {
                "version": _version_of(migration),
                "name": migration.stem,
                "checksum": _checksum(migration),
                "applied_at": datetime.now(UTC),
            },
        )
        connection.execute("COMMIT")
    except BaseException:
        rollback(connection)
        raise


def _replace_views(connection: duckdb.DuckDBPyConnection, file: Address) -> None:
    definitions = (*list_sql("views"), *list_sql("macros"))
    files = (*definitions, *list_sql("migrations"), data_file(_GLOSSARY))
    checksum = _checksum(*files)
    if has_fingerprint(connection, "views", checksum):
        return
    connection.execute("BEGIN TRANSACTION")
    try:
        _execute_each(connection, read_query("list_view_drops"))
        for definition in definitions:
            connection.execute(fit(file, definition.read_text(encoding="utf-8")))
        _execute_each(connection, read_query("list_column_comments"), glossary=str(data_file(_GLOSSARY)))
        record_fingerprint(connection, "views", checksum)
        connection.execute("COMMIT")
    except BaseException:
        rollback(connection)
        raise


def _execute_each(connection: duckdb.DuckDBPyConnection, query: str, **parameters: str) -> None:
    """Run the statements that a query returns: DuckDB takes no parameters for names and comments."""
    for (statement,) in connection.execute(query, parameters).fetchall():
        connection.execute(statement)


def has_fingerprint(connection: duckdb.DuckDBPyConnection, name: str, checksum: str) -> bool:
    """Tell whether what is stored under a name is what it was made from last time."""
    row = connection.execute(read_query("find_fingerprint"), {"name": name}).fetchone()
    return row is not None and row[0] == checksum


def record_fingerprint(connection: duckdb.DuckDBPyConnection, name: str, checksum: str) -> None:
    """Remember what was stored under a name, so that it is replaced only when it changes."""
    connection.execute(read_query("delete_fingerprint"), {"name": name})
    values = {"name": name, "checksum": checksum, "recorded_at": datetime.now(UTC)}
    connection.execute(read_query("insert_fingerprint"), values)


def rollback(connection: duckdb.DuckDBPyConnection) -> None:
    """Undo the open transaction, also where DuckDB has given it up already."""
    try:
        connection.execute("ROLLBACK")
    except duckdb.Error:
        # The error that led here has ended the transaction, or the whole database (a full disk): that one is told.
        return


def _version_of(migration: Path) -> int:
    return int(migration.stem.split("_", 1)[0])


def _checksum(*files: Path) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()
