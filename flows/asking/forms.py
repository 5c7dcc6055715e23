"""Answer -> text in the form asked for, batch by batch: what is held of a long answer is its beginning at most."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import Any, TextIO

import orjson

from flows.asking.grid import Look, block, lay_out
from flows.cells import as_json, cell
from warehouse.questions import Answer, Row

Form = Callable[[Answer, TextIO, Look], int]

# The rows that a table's widths are taken from; what comes later is folded into them.
_LAID_OUT_BY = 10_000
# Of types that end so, csv writes what `cell` would make of a value; a call for each would take most of the time.
_PLAIN_IN_CSV = ("VARCHAR", "BOOLEAN", "DATE", "UUID", "INT", "INTEGER")


def write_grid(answer: Answer, stream: TextIO, look: Look) -> int:
    """A table for people; where its columns do not fit, a block of lines for each row."""
    rows = chain.from_iterable(answer.batches)
    first = list(islice(rows, _LAID_OUT_BY))
    grid = lay_out(answer.columns, answer.types, first, look)
    if grid is None:
        return _write_blocks(answer.columns, chain(first, rows), stream, look)
    _write_lines(grid.header(), stream)
    count = 0
    for count, row in enumerate(chain(first, rows), start=1):  # noqa: B007 - the last one is the count
        _write_lines(grid.row(row), stream)
    return count


def write_lines(answer: Answer, stream: TextIO, look: Look) -> int:
    """A block of lines for each row: name and value."""
    return _write_blocks(answer.columns, chain.from_iterable(answer.batches), stream, look)


def write_csv(answer: Answer, stream: TextIO, _look: Look) -> int:
    """RFC 4180, with a header line; null is an empty field."""
    writer = csv.writer(stream)
    writer.writerow(answer.columns)
    composed = [place for place, kind in enumerate(answer.types) if not kind.endswith(_PLAIN_IN_CSV)]
    count = 0
    for batch in answer.batches:
        writer.writerows(_with_cells(row, composed) for row in batch)
        count += len(batch)
    return count


def write_json(answer: Answer, stream: TextIO, _look: Look) -> int:
    """A JSON array with one object a row; times in ISO 8601."""
    count = 0
    for count, line in enumerate(_objects(answer), start=1):
        stream.write(("[\n " if count == 1 else ",\n ") + line)
    stream.write("\n]\n" if count else "[]\n")
    return count


def write_json_lines(answer: Answer, stream: TextIO, _look: Look) -> int:
    """One JSON object a line, one line a row."""
    count = 0
    for count, line in enumerate(_objects(answer), start=1):  # noqa: B007 - the last one is the count
        stream.write(line + "\n")
    return count


def write_markdown(answer: Answer, stream: TextIO, _look: Look) -> int:
    """A table for a Markdown document, one row a line."""
    stream.write(_markdown_row(answer.columns) + "|" + "---|" * len(answer.columns) + "\n")
    count = 0
    for batch in answer.batches:
        stream.writelines(_markdown_row(map(cell, row)) for row in batch)
        count += len(batch)
    return count


FORMS: dict[str, Form] = {
    "table": write_grid,
    "line": write_lines,
    "csv": write_csv,
    "json": write_json,
    "jsonl": write_json_lines,
    "markdown": write_markdown,
}


def _write_lines(lines: Iterator[str], stream: TextIO) -> None:
    stream.writelines(line + "\n" for line in lines)


def _write_blocks(names: tuple[str, ...], rows: Iterator[Row], stream: TextIO, look: Look) -> int:
    count = 0
    for count, row in enumerate(rows, start=1):
        _write_lines(block(names, row, count, look), stream)
    return count


def _with_cells(row: Row, places: list[int]) -> Row | list[Any]:
    if not places:
        return row
    cells = list(row)
    for place in places:
        cells[place] = cell(cells[place], is_exact=True)
    return cells


def _objects(answer: Answer) -> Iterator[str]:
    names = [
        f"{name}_{answer.columns[:place].count(name)}" if name in answer.columns[:place] else name
        for place, name in enumerate(answer.columns)
    ]
    for batch in answer.batches:
        for row in batch:
            yield _object(dict(zip(names, row, strict=True)))


def _object(values: dict[str, Any]) -> str:
    try:
        return orjson.dumps(values, default=as_json).decode()
    except TypeError:
        # Numbers beyond 64 bits, and names of a MAP that are no text.
        return json.dumps(as_json(values), ensure_ascii=False, separators=(",", ":"))


def _markdown_row(cells: Iterator[str] | tuple[str, ...]) -> str:
    escaped = (text.replace("\\", "\\\\").replace("|", "\\|").replace("\r", "").replace("\n", "<br>") for text in cells)
    return "| " + " | ".join(escaped) + " |\n"
