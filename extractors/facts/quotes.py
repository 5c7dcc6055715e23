"""Text -> Quotes: passages between quotation marks of any style, paragraph by paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass

# '' and `` stand for a double quote in much wire text; a single ’ is an apostrophe and opens nothing.
_MARKS = re.compile(r"''|``|[\"“”„‟«»]|(?<!\w)‘|(?<=[.,!?])’(?!\w)")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# CORPUS: shorter ones are nicknames and scare quotes.
SHORTEST_QUOTE_WORDS = 3


@dataclass(frozen=True, slots=True)
class Quote:
    """The words between the marks, and the whole passage with its marks."""

    start: int
    end: int
    outer_start: int
    outer_end: int


def read_quotes(text: str) -> list[Quote]:
    """All quotes of three or more words; one left open ends with its paragraph."""
    quotes: list[Quote] = []
    opened: re.Match[str] | None = None
    for found in _MARKS.finditer(text):
        if opened is not None and "\n" in text[opened.end() : found.start()]:
            _add(quotes, text, opened, text.index("\n", opened.end()), text.index("\n", opened.end()))
            opened = None
        if opened is None:
            if found.group() not in "”»’":
                opened = found
        elif found.group() not in ("“", "«", "„", "‘") or found.group() == opened.group() == '"':
            _add(quotes, text, opened, found.start(), found.end())
            opened = None
    if opened is not None:
        stop = text.find("\n", opened.end())
        stop = len(text) if stop < 0 else stop
        _add(quotes, text, opened, stop, stop)
    return quotes


def _add(quotes: list[Quote], text: str, opened: re.Match[str], inner_end: int, outer_end: int) -> None:
    start, end = opened.end(), inner_end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if len(_WORD.findall(text, start, end)) >= SHORTEST_QUOTE_WORDS:
        quotes.append(Quote(start, end, opened.start(), outer_end))
