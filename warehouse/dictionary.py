"""Catalog -> docs/tables.md: the data dictionary, written from the comments that the ledger itself carries.

`python -m warehouse.dictionary docs/tables.md` writes it; a test says when it is out of date.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from warehouse.connection import Connection, open_warehouse
from warehouse.sql import read_query

_INTRODUCTION = """\
# Tables and views

What can be asked with SQL: the views first, then the questions that take an argument, then the tables behind them.
This page is written from the ledger's own comments (`python -m warehouse.dictionary docs/tables.md`).

- Values are `DECIMAL(18,3)`: counts stay whole, shares keep their digits, sums are exact.
  `missionwire sql` prints them without zeros that say nothing (217, 20.5).
- Times are `TIMESTAMPTZ` in UTC.
  When it happened (`event_start`, `event_end`), was published and was recorded are three clocks.
- Offsets (`start`, `end`, `spans`) count code points of the article's text from 0, half-open:
  `substring(text, start + 1, "end" - start)` gives the words.
- Ids are SHA-256 of natural keys: the same thing has the same id in every ledger.
"""

_PARTS = {
    "main": "Views for everybody",
    "core": "core: one thing, one row",
    "raw": "raw: what came in, as it came in",
    "ref": "ref: the hand-kept seeds as loaded",
    "ops": "ops: what the pipeline did",
    "search": "search: the words of the articles, in a ledger that was published and in its copies",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column, as the catalog describes it."""

    schema: str
    table: str
    table_comment: str
    name: str
    type: str
    comment: str

    @property
    def table_name(self) -> str:
        """The name to ask for: views of the schema main need no prefix."""
        return self.table if self.schema == "main" else f"{self.schema}.{self.table}"


@dataclass(frozen=True, slots=True)
class Macro:
    """One table macro: a view that takes an argument."""

    name: str
    parameters: tuple[str, ...]
    comment: str
    columns: tuple[str, ...]


def list_columns(connection: Connection) -> tuple[Column, ...]:
    """Return every column of ours in the order of the dictionary; comments are "" where they are missing."""
    return tuple(Column(*row) for row in connection.execute(read_query("list_columns")).fetchall())


def list_macros(connection: Connection) -> tuple[Macro, ...]:
    """Return every table macro of ours; comments are "" where they are missing."""
    rows = connection.execute(read_query("list_macros")).fetchall()
    return tuple(
        Macro(name, tuple(parameters), comment, _columns_of(connection, name)) for name, parameters, comment in rows
    )


def _columns_of(connection: Connection, macro: str) -> tuple[str, ...]:
    # Names cannot be parameters, and this one comes from the catalog; an argument of NULL is never evaluated.
    return tuple(row[0] for row in connection.execute(f'DESCRIBE FROM "{macro}"(NULL)').fetchall())


def write_dictionary(columns: tuple[Column, ...], macros: tuple[Macro, ...]) -> str:
    """Return the data dictionary as Markdown."""
    lines = [_INTRODUCTION]
    for schema, in_schema in groupby(columns, key=lambda column: column.schema):
        if schema != "main" and macros:
            lines += ["## Questions with an argument\n", *(line for macro in macros for line in _macro_lines(macro))]
            macros = ()
        lines.append(f"## {_PARTS[schema]}\n")
        for name, in_table in groupby(in_schema, key=lambda column: column.table_name):
            lines += _table_lines(name, tuple(in_table))
    return "\n".join(lines)


def _macro_lines(macro: Macro) -> list[str]:
    columns = ", ".join(f"`{name}`" for name in macro.columns)
    return [f"### {macro.name}({', '.join(macro.parameters)})\n", f"{macro.comment}\n", f"Columns: {columns}.\n"]


def _table_lines(name: str, columns: tuple[Column, ...]) -> list[str]:
    rows = [f"| `{column.name}` | {column.type} | {column.comment.replace('|', '&#124;')} |" for column in columns]
    return [f"### {name}\n", f"{columns[0].table_comment}\n", "| column | type | meaning |", "|---|---|---|", *rows, ""]


def main(target: Path) -> None:
    """Write the dictionary of a fresh ledger to a file."""
    with TemporaryDirectory() as folder, open_warehouse(Path(folder) / "ledger.duckdb") as connection:
        target.write_text(write_dictionary(list_columns(connection), list_macros(connection)), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
