"""Rows -> lines of a table: columns as wide as what they hold, or as the terminal lets them be.

Where a terminal is too narrow for its columns, each row becomes a block of lines instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, chop_cells

from flows.cells import cell
from flows.tables import harmless, is_number
from warehouse.questions import Row

_GAP = "  "
# Below this a column of words is a column of syllables.
_LEAST_WIDTH = 12
_WORDS = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True, slots=True)
class Look:
    """How wide a table may be (None: as wide as it wants), and whether it may be coloured."""

    width: int | None = None
    is_coloured: bool = False
    null: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's columns with the widths that they have got."""

    names: tuple[str, ...]
    widths: tuple[int, ...]
    are_right: tuple[bool, ...]
    look: Look

    def header(self) -> Iterator[str]:
        """The lines of the names."""
        for line in self._lines(self.names):
            yield f"\x1b[1m{line}\x1b[0m" if self.look.is_coloured else line

    def row(self, row: Row) -> Iterator[str]:
        """The lines of one row."""
        yield from self._lines(shown(row, self.look))

    def _lines(self, cells: Sequence[str]) -> Iterator[str]:
        folded = [self._fold(*each) for each in zip(cells, self.widths, self.are_right, strict=True)]
        for number in range(max(map(len, folded))):
            parts = [lines[number] if number < len(lines) else "" for lines in folded]
            yield _GAP.join(map(_pad, parts, self.widths, self.are_right))

    def _fold(self, text: str, width: int, is_right: bool) -> list[str]:  # noqa: FBT001 - mapped over columns
        # A number cut in two is another number, and a pipe has room for whatever comes later.
        return text.split("\n") if is_right or self.look.width is None else fold(text, width)


def shown(row: Row, look: Look) -> tuple[str, ...]:
    """Return the texts of a row's cells."""
    return tuple(look.null if value is None else harmless(cell(value)).expandtabs(8) for value in row)


def lay_out(names: Sequence[str], types: Sequence[str], rows: Sequence[Row], look: Look) -> Grid | None:
    """Give columns their widths by the first rows; None where they do not fit side by side."""
    wanted = [max(1, _width(name)) for name in names]
    for row in rows:
        wanted = [max(most, _width(text)) for most, text in zip(wanted, shown(row, look), strict=True)]
    widths = _shrink(wanted, look.width - len(_GAP) * (len(names) - 1)) if look.width else wanted
    if widths is None:
        return None
    return Grid(tuple(names), tuple(widths), tuple(is_number(kind) for kind in types), look)


def block(names: Sequence[str], row: Row, number: int, look: Look) -> Iterator[str]:
    """One row as lines of name and value."""
    yield f"-- {number} ".ljust(min(look.width or 60, 60), "-")
    longest = max(map(cell_len, names), default=0)
    width = max(_LEAST_WIDTH, look.width - longest - len(_GAP)) if look.width else None
    for name, text in zip(names, shown(row, look), strict=True):
        lines = fold(text, width) if width else text.split("\n")
        yield name + " " * (longest - cell_len(name)) + _GAP + lines[0]
        yield from (" " * (longest + len(_GAP)) + line for line in lines[1:])


def fold(text: str, width: int) -> list[str]:
    """Cut text into lines that are no wider, between words where that can be."""
    return [line for paragraph in text.split("\n") for line in _fold_line(paragraph, width)]


def _fold_line(text: str, width: int) -> list[str]:
    if cell_len(text) <= width:
        return [text]
    lines, line = [], ""
    for word in _WORDS.findall(text):
        if cell_len(line + word.rstrip()) <= width:
            line += word
            continue
        lines += [line.rstrip()] if line else []
        *full, line = chop_cells(word, width)
        lines += full
    return [*lines, line.rstrip()]


def _shrink(wanted: list[int], room: int) -> list[int] | None:
    """Take from the widest columns until all fit; None where that would leave too little."""
    if sum(wanted) <= room:
        return wanted
    least = [min(width, _LEAST_WIDTH) for width in wanted]
    if sum(least) > room:
        return None
    low, high = _LEAST_WIDTH, max(wanted)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if sum(min(width, middle) for width in wanted) <= room else (low, middle - 1)
    return [min(width, low) for width in wanted]


def _width(text: str) -> int:
    return max(map(cell_len, text.split("\n")))


def _pad(text: str, width: int, is_right: bool) -> str:  # noqa: FBT001 - mapped over columns
    space = " " * (width - cell_len(text))
    return space + text if is_right else text + space
