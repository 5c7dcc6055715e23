"""SQL -> Table: ask the published snapshot, read-only, without waiting for anybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from extractors.errors import WarehouseError
from warehouse.connection import Connection, connect
from warehouse.exported_files import exported_whole
from warehouse.lake import Address, Lake, explain_lake, without_passwords
from warehouse.sql import read_query
from warehouse.suggesting import explain_error


class QueryError(WarehouseError):
    """A query that DuckDB could not answer; the message is DuckDB's own, with the nearest names of ours."""

    def __str__(self) -> str:
        return self.problem


@dataclass(frozen=True, slots=True)
class Table:
    """A result: names and DuckDB types of its columns, and its rows.

    Numbers stored with three digits come without the zeros that say nothing: 217, 20.5.
    """

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def run_query(published: Address, sql: str) -> Table:
    """Answer a query on a snapshot; of several statements the last one's result is returned.

    Raises:
        QueryError: the query cannot be answered.
        WarehouseError: there is no snapshot yet, or it cannot be opened.
    """
    with _asking(published) as connection:
        return _answer(connection, sql)


def run_queries(published: Address, queries: Mapping[str, str]) -> dict[str, Table]:
    """Answer several queries on one and the same snapshot, also where a run replaces it meanwhile.

    Raises:
        QueryError: one of the queries cannot be answered.
        WarehouseError: there is no snapshot yet, or it cannot be opened.
    """
    with _asking(published) as connection:
        return {name: _answer(connection, sql) for name, sql in queries.items()}


def _answer(connection: Connection, sql: str) -> Table:
    connection.execute(sql)
    description = connection.description or []
    rows = connection.fetchall() if description else []
    return Table(
        columns=tuple(column[0] for column in description),
        types=tuple(str(column[1]) for column in description),
        rows=tuple(tuple(plain(value) for value in row) for row in rows),
    )


def write_parquet(published: Address, sql: str, target: Path) -> None:
    """Write the answer to a Parquet file.

    Raises:
        QueryError: the query cannot be answered, or the file cannot be written.
        WarehouseError: there is no snapshot yet, or it cannot be opened, or no file may be written there.
    """
    with _asking(published) as connection, exported_whole(target) as part:
        _relation(connection, published, sql).write_parquet(str(part))


def write_csv(published: Address, sql: str, target: Path) -> None:
    """Write the answer to a CSV file with a header line, its dates and times in ISO 8601.

    Raises:
        QueryError: the query cannot be answered, or the file cannot be written.
        WarehouseError: there is no snapshot yet, or it cannot be opened, or no file may be written there.
    """
    with _asking(published) as connection, exported_whole(target) as part:
        _relation(connection, published, sql).write_csv(str(part), header=True)


def _relation(connection: Connection, published: Address, sql: str) -> duckdb.DuckDBPyRelation:
    relation = connection.sql(sql)
    if relation is None:
        raise QueryError(published, "this statement has no result to write")
    return relation


def list_names(published: Address) -> tuple[tuple[str, str, str], ...]:
    """Return (view or table, column, type) of everything that can be asked for without an argument."""
    with _asking(published) as connection:
        return tuple(connection.execute(read_query("list_names")).fetchall())


def open_published(published: Address) -> Connection:
    """Open what people ask, read-only: the one place that knows what it is and what it needs.

    Raises:
        WarehouseError: there is no snapshot yet, or it cannot be opened.
    """
    if not published.exists():
        raise WarehouseError(published, "does not exist yet; `missionwire run` fills and publishes it")
    return connect(published, read_only=True)


def explain_query(published: Address, connection: Connection, error: duckdb.Error) -> QueryError:
    """What DuckDB says of a query, with what helps; of a lake without its password."""
    message = str(error).strip()
    if isinstance(published, Lake):
        message = explain_lake(message) or without_passwords(message)
    return QueryError(published, explain_error(connection, message))


def plain(value: Any) -> Any:
    """Return a value without the zeros that say nothing: 217, 20.5."""
    if isinstance(value, Decimal) and value.is_finite():
        return int(value) if value == value.to_integral_value() else value.normalize()
    return value


@contextmanager
def _asking(published: Address) -> Iterator[Connection]:
    connection = open_published(published)
    try:
        yield connection
    except duckdb.Error as error:
        raise explain_query(published, connection, error) from (None if isinstance(published, Lake) else error)
    finally:
        connection.close()
