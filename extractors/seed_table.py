"""hand-kept file -> Fields: the rows of a .tsv and the tables of a .toml, each with its line.

Only the files handed in are read. Tables are tab-separated without quoting: what stands in a cell is the value.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Collection, Iterator
from pathlib import Path

from extractors.errors import SeedError
from extractors.seed_fields import Fields, suggest

_TOML_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]\]?")
_TOML_KEY = re.compile(r"""\s*["']?([\w-]+)["']?\s*=""")
_TOML_LINE = re.compile(r"at line (\d+)")


def read_rows(file: Path, columns: tuple[str, ...]) -> Iterator[Fields]:
    """Rows of a tab-separated table whose first line names the columns; blank lines and lines after # are skipped."""
    header: list[str] | None = None
    for number, row in enumerate(_cells(file), start=1):
        if not any(row) or row[0].startswith("#"):
            continue
        if header is None:
            header = row
            _check_header(file, number, header, columns)
            continue
        if len(row) > len(header):
            raise SeedError(
                file,
                number,
                f"{len(row)} cells under {len(header)} columns: {row[-1]!r}",
                "Take the needless tabs away",
            )
        cells = {column: cell.strip() for column, cell in zip(header, row, strict=False) if cell.strip()}
        yield Fields(file, number, cells)
    if header is None:
        raise SeedError(
            file, 0, "the table is empty", f"Begin with the line of columns, parted by tabs: {', '.join(columns)}"
        )


def read_toml(file: Path, *, keys: Collection[str], tables: Collection[str]) -> tuple[Fields, dict[str, list[Fields]]]:
    """A TOML file of top-level keys and arrays of tables: the former as one Fields, the latter by name."""
    text = read_text(file)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        line = int(found[1]) if found else text.rstrip().count("\n") + 1
        raise SeedError(
            file, line, f"not TOML: {error}", "Mend this line; texts stand in double quotes, tables begin with [[name]]"
        ) from error
    places = _toml_places(text)
    top_lines = places[("", 0)][1] | {name: line for (name, nth), (line, _) in places.items() if name and not nth}
    Fields(file, 1, values, top_lines).check_keys({*keys, *tables})
    top = Fields(file, 1, {key: value for key, value in values.items() if key in keys}, top_lines)
    return top, {name: _tables(file, name, values.get(name, []), places) for name in tables}


def read_text(file: Path) -> str:
    """The file's text, without a byte order mark."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise SeedError(
            file, 0, f"cannot be read ({error.strerror or error})", "Check the path and the rights of the file"
        ) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise SeedError(file, line, f"byte 0x{raw[error.start]:02x} is not UTF-8", "Save the file as UTF-8") from error


def _cells(file: Path) -> Iterator[list[str]]:
    lines = [line.rstrip("\r") for line in read_text(file).split("\n")]
    rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    try:
        yield from rows
    except csv.Error as error:
        remedy = "Part the lines as your other files do, and keep a cell under 100,000 characters"
        raise SeedError(file, rows.line_num, f"not a table: {error}", remedy) from error


def _check_header(file: Path, number: int, header: list[str], columns: tuple[str, ...]) -> None:
    all_of_them = f"Name all columns, parted by tabs: {', '.join(columns)}"
    for column in header:
        if column not in columns:
            # One column alone is a line of commas or blanks, as a spreadsheet leaves it.
            remedy = suggest(column, columns) if len(header) > 1 else all_of_them
            raise SeedError(file, number, f"unknown column {column!r}", remedy)
        if header.count(column) > 1:
            raise SeedError(file, number, f"column {column!r} stands twice", "Keep one of the two")
    for column in columns:
        if column not in header:
            raise SeedError(file, number, f"column {column!r} is missing", all_of_them)


def _tables(
    file: Path, name: str, values: object, places: dict[tuple[str, int], tuple[int, dict[str, int]]]
) -> list[Fields]:
    line = places.get((name, 0), (1, {}))[0]
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise SeedError(file, line, f"{name} is no list of tables", f"Begin each with [[{name}]], in double brackets")
    tables = []
    for nth, value in enumerate(values):
        number, lines = places.get((name, nth), (line, {}))
        tables.append(Fields(file, number, value, lines))
    return tables


def _toml_places(text: str) -> dict[tuple[str, int], tuple[int, dict[str, int]]]:
    """(name, n) of each table -> its header's line, and the line of each of its keys; ("", 0) is the top."""
    here: tuple[str, int] = ("", 0)
    places: dict[tuple[str, int], tuple[int, dict[str, int]]] = {here: (1, {})}
    counts: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if header := _TOML_HEADER.match(line):
            name = header[2]
            here = (name, counts.get(name, 0))
            counts[name] = here[1] + 1
            places[here] = (number, {})
        elif key := _TOML_KEY.match(line):
            places[here][1].setdefault(key[1], number)
    return places
