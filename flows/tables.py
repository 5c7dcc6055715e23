"""Table -> text for people, CSV or JSON for programs."""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TextIO

from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from warehouse.query import Table


def write_table(table: Table, stream: TextIO) -> None:
    """A table as wide as the terminal; unbounded where the output is not one, so that nothing is cut."""
    numeric = [_is_number(kind) for kind in table.types]
    _write(table.columns, numeric, table.rows, stream)


def write_rows(columns: Sequence[str], rows: Sequence[Sequence[Any]], stream: TextIO) -> None:
    """Rows that did not come from the warehouse, in the same look."""
    _write(columns, [False] * len(columns), rows, stream)


def _write(columns: Sequence[str], numeric: Sequence[bool], rows: Sequence[Sequence[Any]], stream: TextIO) -> None:
    console = Console(file=stream, width=None if stream.isatty() else 100_000, highlight=False)
    shown = RichTable(box=None, pad_edge=False, header_style="bold")
    for name, is_number in zip(columns, numeric, strict=True):
        shown.add_column(name, justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        shown.add_row(*(Text(_CONTROL.sub("\ufffd", _cell(value))) for value in row))
    console.print(shown)


# A feed's title may carry escape sequences; a terminal must not act on them.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def write_csv(table: Table, stream: TextIO) -> None:
    """RFC 4180, with a header line; null is an empty field."""
    writer = csv.writer(stream)
    writer.writerow(table.columns)
    writer.writerows([_cell(value) for value in row] for row in table.rows)


def write_json(table: Table, stream: TextIO) -> None:
    """A JSON array with one object a row; times in ISO 8601."""
    names = [
        f"{name}_{table.columns[:n].count(name)}" if name in table.columns[:n] else name
        for n, name in enumerate(table.columns)
    ]
    rows = [dict(zip(names, map(_finite, row), strict=True)) for row in table.rows]
    json.dump(rows, stream, ensure_ascii=False, indent=1, default=_as_json)
    stream.write("\n")


def _is_number(kind: str) -> bool:
    return kind.startswith(
        ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UBIGINT", "DOUBLE", "FLOAT", "DECIMAL")
    )


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return f"{value:.0f}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, list | tuple):
        return ", ".join(map(_cell, value))
    return json.dumps(value, ensure_ascii=False, default=_as_json) if isinstance(value, dict) else str(value)


def _finite(value: Any) -> Any:
    """JSON has no word for infinity and for what is no number."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _as_json(value: object) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Iterable):
        return list(value)
    return str(value)
