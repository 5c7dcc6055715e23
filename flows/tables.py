"""Table -> text for people: what commands other than sql print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TextIO

from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from flows.cells import cell
from warehouse.query import Table


def write_table(table: Table, stream: TextIO) -> None:
    """A table as wide as the terminal; unbounded where the output is not one, so that nothing is cut."""
    numeric = [is_number(kind) for kind in table.types]
    _write(table.columns, numeric, table.rows, stream)


def write_rows(columns: Sequence[str], rows: Sequence[Sequence[Any]], stream: TextIO) -> None:
    """Rows that did not come from the warehouse, in the same look."""
    _write(columns, [False] * len(columns), rows, stream)


def is_number(kind: str) -> bool:
    """Say whether a DuckDB type is one of numbers, which stand on the right."""
    return "[" not in kind and kind.startswith(
        ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UBIGINT", "UINTEGER", "DOUBLE", "FLOAT", "DECIMAL")
    )


def harmless(text: str) -> str:
    """Return text that no terminal acts on: a feed's title may carry escape sequences."""
    return _CONTROL.sub("\ufffd", text)


def _write(columns: Sequence[str], numeric: Sequence[bool], rows: Sequence[Sequence[Any]], stream: TextIO) -> None:
    console = Console(file=stream, width=None if stream.isatty() else 100_000, highlight=False)
    shown = RichTable(box=None, pad_edge=False, header_style="bold")
    for name, right in zip(columns, numeric, strict=True):
        shown.add_column(name, justify="right" if right else "left", overflow="fold")
    for row in rows:
        shown.add_row(*(Text(harmless(cell(value))) for value in row))
    console.print(shown)


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
