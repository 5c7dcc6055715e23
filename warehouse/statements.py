"""Text -> Statements: what stands between semicolons, cut as DuckDB's own tokenizer reads it.

A semicolon in a string, a quoted name or a comment ends nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import duckdb

_STRING = re.compile(r"'((?:[^']|'')*)'")
_WORD = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a statement: its text, and what DuckDB takes it for."""

    text: str
    kind: str

    @property
    def is_string(self) -> bool:
        """A string in quotes."""
        return self.kind == "string_const"

    @property
    def unquoted(self) -> str:
        """What a string in single quotes says, "" of all others."""
        found = _STRING.match(self.text)
        return found[1].replace("''", "'") if found else ""

    @property
    def word(self) -> str:
        """The word in capitals, "" for all that can be no keyword. A comment may stand right behind it."""
        found = None if self.is_string else _WORD.match(self.text)
        return found[0].upper() if found else ""


def split_statements(text: str) -> tuple[tuple[str, ...], str]:
    """Return the statements that a semicolon ends, without it, and what stands after the last one."""
    encoded = text.encode()
    ends = [start for start, kind in _tokenize(text) if kind == "operator" and encoded[start : start + 1] == b";"]
    places = [-1, *ends, len(encoded)]
    parts = [encoded[start + 1 : end].decode().strip() for start, end in pairwise(places)]
    return tuple(part for part in parts[:-1] if has_words(part)), parts[-1]


def has_words(text: str) -> bool:
    """Say whether there is more in a text than space and comments; an open quote counts."""
    return bool(_tokenize(text)) or any(quote in text for quote in ("'", '"', "$"))


def read_tokens(text: str) -> tuple[Token, ...]:
    """Return the words of a statement; comments are none."""
    encoded = text.encode()
    found = _tokenize(text)
    starts = [start for start, _ in found] + [len(encoded)]
    pieces = [encoded[start:end].decode().strip() for start, end in pairwise(starts)]
    return tuple(Token(piece, kind) for piece, (_, kind) in zip(pieces, found, strict=True))


def _tokenize(text: str) -> list[tuple[int, str]]:
    # Offsets are bytes of UTF-8.
    return [(start, kind.name) for start, kind in duckdb.tokenize(text)]
