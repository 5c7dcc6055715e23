"""Names -> the data dictionary on the screen: what there is, and what its columns mean."""

from __future__ import annotations

from typing import TextIO

from extractors.errors import SettingsError
from flows.asking.forms import write_grid
from flows.asking.grid import Look
from warehouse.names import Names
from warehouse.questions import Answer
from warehouse.suggesting import suggest


def write_tables(names: Names, stream: TextIO, look: Look) -> None:
    """All views, macros and tables with what a row of each is."""
    write_grid(_answer(("name", "what a row is"), list(names.tables.items())), stream, look)


def write_columns(names: Names, table: str, stream: TextIO, look: Look) -> None:
    """The columns of one of them, with types and meanings.

    Raises:
        SettingsError: there is none of this name.
    """
    columns = names.columns_of(table)
    if not columns:
        nearest = suggest(table, tuple(name.partition("(")[0] for name in names.tables))
        hint = f"nearest names: {', '.join(nearest)}" if nearest else "missionwire sql --tables lists all"
        raise SettingsError(f"there is no view or table {table}; {hint}")
    write_grid(_answer(("column", "type", "meaning"), list(columns)), stream, look)


def _answer(names: tuple[str, ...], rows: list[tuple[str, ...]]) -> Answer:
    return Answer(names, ("VARCHAR",) * len(names), iter([rows]))
