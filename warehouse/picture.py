"""Snapshot -> Picture: the answers that the page of a mission shows, each with the very SQL that gave it.

The questions are the files in report/; anybody may ask them again with `missionwire sql`.
"""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.lake import Address
from warehouse.query import Table, run_queries
from warehouse.sql import list_sql

_FILES = {file.stem: file for file in list_sql("report")}
QUESTIONS = tuple(_FILES)


@dataclass(frozen=True, slots=True)
class Answer:
    """A table, and the statement that gave it."""

    sql: str
    table: Table


def read_question(name: str, mission: str) -> str:
    """Return a question as it is asked of one mission; whoever copies it off the page can run it as it stands."""
    literal = "'" + mission.replace("'", "''") + "'"
    return _FILES[name].read_text(encoding="utf-8").strip().replace("$mission", literal)


def read_picture(published: Address, mission: str) -> dict[str, Answer]:
    """Ask all questions of one snapshot.

    Raises:
        WarehouseError: there is no snapshot yet, or a question cannot be answered.
    """
    asked = {name: read_question(name, mission) for name in QUESTIONS}
    tables = run_queries(published, asked)
    return {name: Answer(asked[name], tables[name]) for name in QUESTIONS}
