"""Ledger -> CheckFailures: sentences that should be true, each asked as a query for the rows that break it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from warehouse.connection import Connection
from warehouse.sql import list_sql

# Enough to see what is wrong; a broken rule may break a million rows.
_SHOWN_ROWS = 5


@dataclass(frozen=True, slots=True)
class CheckFailure:
    """A sentence that is not true.

    Args:
        check: the sentence.
        bad_count: how many rows break it.
        examples: the first of them.
    """

    check: str
    bad_count: int
    columns: tuple[str, ...]
    examples: tuple[tuple[Any, ...], ...]


def run_checks(connection: Connection) -> tuple[CheckFailure, ...]:
    """Ask every check of warehouse/checks; an empty answer is a sound ledger."""
    failures = []
    for check in list_sql("checks"):
        connection.execute(check.read_text(encoding="utf-8"))
        columns = tuple(column[0] for column in connection.description or [])
        rows = connection.fetchall()
        if rows:
            failures.append(CheckFailure(check.stem.replace("_", " "), len(rows), columns, tuple(rows[:_SHOWN_ROWS])))
    return tuple(failures)
