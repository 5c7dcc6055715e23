"""Rows <-> DuckDB: handed to a statement as a file, and fetched as dictionaries by the names of its columns."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from extractors.errors import WarehouseError
from warehouse.rows import Row, write_line
from warehouse.sql import read_query


def hand_rows(connection: duckdb.DuckDBPyConnection, query: str, rows: Sequence[Row]) -> None:
    """Hand rows to a query as a file of JSON Lines, which DuckDB reads faster than parameters.

    Raises:
        WarehouseError: the file cannot be written.
    """
    try:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "rows.jsonl"
            file.write_bytes(b"".join(map(write_line, rows)))
            connection.execute(read_query(query), {"file": str(file)})
    except OSError as error:
        problem = f"the disk is full, or writing failed; make room and run again ({error.strerror})"
        raise WarehouseError(error.filename or tempfile.gettempdir(), problem) from error


def fetch_rows(connection: duckdb.DuckDBPyConnection, query: str, **parameters: Any) -> list[Row]:
    """The rows that a query gives, each by the names of its columns."""
    result = connection.execute(read_query(query), parameters)
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
