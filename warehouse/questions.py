"""Published file -> Reader: an open snapshot that answers one statement after the other, row by row.

It locks nobody out: the file is opened read-only, and a newer publication takes its name, not its bytes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

import duckdb

from warehouse.connection import Connection
from warehouse.guarding import check_attach, check_statement, lock_settings
from warehouse.lake import Address, Lake, is_stale
from warehouse.query import explain_query, open_published, plain
from warehouse.suggesting import hint_at_words, warn_of_sums

# Rows fetched at a time: what is held in memory of an answer, however long it is.
_BATCH = 2_000
# Statements after which the connection holds things of the user's own, which a newer snapshot would not have.
_OWN = frozenset({"CREATE", "ATTACH", "PREPARE", "VARIABLE_SET", "SET", "LOAD", "TRANSACTION"})

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a statement answers: names and DuckDB types of its columns, and its rows in batches, fetched when asked for.

    Columns are empty for a statement without a result; `changed_count` is what such a one says of the rows it wrote.
    """

    columns: tuple[str, ...]
    types: tuple[str, ...]
    batches: Iterator[list[Row]]
    changed_count: int | None = None


class Reader:
    """An open snapshot; one statement at a time."""

    def __init__(self, published: Address, *, may_write_files: bool = False) -> None:
        self._published = published
        self._may_write_files = may_write_files
        self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def connection(self) -> Connection:
        """The connection to the snapshot."""
        return self._connection

    def ask(self, statement: str) -> Answer:
        """Begin to answer one statement; its rows come with the batches.

        Raises:
            QueryError: it cannot be answered; the batches raise it, too.
            RefusedError: it would write a file, and was not told to.
        """
        with self.prepared(statement) as last:
            return self._answer(last)

    @contextmanager
    def prepared(self, statement: str) -> Iterator[duckdb.Statement]:
        """Check a statement, do what must go before it (a PIVOT is two for DuckDB), and explain what goes wrong."""
        check_statement(statement, may_write_files=self._may_write_files)
        if isinstance(self._published, Lake) and not self._may_write_files:
            check_attach(statement)
        with self._explained():
            *first, last = self._connection.extract_statements(statement)
            self.has_own_things |= last.type.name in _OWN
            for part in first:
                self._connection.execute(part)
            yield last

    def hint(self, statement: str) -> str:
        """Return why a statement without rows may have none, "" where nothing is to be said."""
        try:
            return hint_at_words(self._connection, statement)
        except duckdb.Error:
            return ""

    def caution(self, statement: str) -> str:
        """Return why the answer to a statement may mislead, "" where nothing is to be said."""
        try:
            return warn_of_sums(self._connection, statement)
        except duckdb.Error:
            return ""

    def interrupt(self) -> None:
        """End the statement that another thread waits for."""
        self._connection.interrupt()

    def is_outdated(self) -> bool:
        """Say whether a newer publication has taken the file's place, or rows were removed from a lake.

        Where the file was taken away there is none to take up: what was opened goes on answering.
        """
        found = _identity(self._published)
        return self._is_stale or found not in (self._opened, None)

    def reopen(self) -> None:
        """Take up the newest publication; tables, views and settings of this session are gone."""
        # The old one is closed first: while it is open, DuckDB would hand out the same file again.
        self._connection.close()
        self._open()

    def close(self) -> None:
        """Close the snapshot."""
        self._connection.close()

    def _open(self) -> None:
        # Before it is opened: a publication that comes in between is taken up once more, and not missed.
        self._opened = _identity(self._published)
        self._connection = open_published(self._published)
        self.has_own_things = False
        self._is_stale = False
        lock_settings(self._connection, is_lake=isinstance(self._published, Lake))

    def _answer(self, statement: duckdb.Statement) -> Answer:
        expected = {kind.name for kind in statement.expected_result_type}
        self._connection.execute(statement)
        if "QUERY_RESULT" not in expected or "CHANGED_ROWS" in expected or "NOTHING" in expected:
            row = self._connection.fetchone()
            is_count = row is not None and len(row) == 1 and isinstance(row[0], int) and "CHANGED_ROWS" in expected
            return Answer((), (), iter(()), int(row[0]) if row and is_count else None)
        description = self._connection.description or []
        columns = tuple(column[0] for column in description)
        return Answer(columns, tuple(str(column[1]) for column in description), self._batches())

    def _batches(self) -> Iterator[list[Row]]:
        with self._explained():
            while rows := self._connection.fetchmany(_BATCH):
                yield [tuple(plain(value) for value in row) for row in rows]

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except duckdb.Error as error:
            is_lake = isinstance(self._published, Lake)
            self._is_stale = is_lake and is_stale(str(error))
            raise explain_query(self._published, self._connection, error) from (None if is_lake else error)


def _identity(file: Address) -> tuple[int, int, int] | None:
    """What tells a file from another one of its name; None where there is none."""
    if isinstance(file, Lake):
        # Each question sees its newest rows: there is never another one to take up.
        return 0, 0, 0
    try:
        found = os.stat(file)  # noqa: PTH116 - as Path.stat
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns
