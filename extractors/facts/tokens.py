"""Text -> Tokens: words, numbers and signs with their code-point offsets.

Initialisms (U.N.) and hyphenated names (Port-au-Prince) stay whole; a possessive 's and an elided article (l', d')
stand alone.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_WORD = r"[^\W\d_]+(?:[-‑][^\W\d_]+|['’](?!s\b)[^\W\d_]+)*"
_TOKEN = (
    r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)*|['’]s\b|{elided}"
    r"(?i:[mb]illion|thousand)(?=[-‑][^\W\d_])|" + _WORD + r"|''|\S"
)


@dataclass(slots=True)
class Token:
    """One word, number or sign. Not frozen: it is made by the thousand, and freezing trebles its cost."""

    text: str
    low: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """True for words, false for numbers and signs."""
        return self.text[0].isalpha()

    @property
    def is_capital(self) -> bool:
        """True when the first letter is a capital."""
        return self.text[0].isupper()


def compile_tokens(elisions: tuple[str, ...]) -> re.Pattern[str]:
    """The token pattern of a language; `elisions` are the words that lean on the next one by an apostrophe."""
    if not elisions:
        return re.compile(_TOKEN.replace("{elided}", ""))
    words = "|".join(sorted(map(re.escape, elisions), key=len, reverse=True))
    return re.compile(_TOKEN.replace("{elided}", rf"(?i:\b(?:{words}))['’](?=\w)|"))


def read_tokens(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[Token]:
    """The tokens of text[start:end]; offsets count from the beginning of `text`."""
    is_plain = "’" not in text[start:end]
    return [
        Token(
            word := found.group(),
            word.lower() if is_plain else word.lower().replace("’", "'"),
            found.start(),
            found.end(),
        )
        for found in pattern.finditer(text, start, end)
    ]


# The accents that decomposing sets free, in all scripts that write them above or below a letter.
_COMBINING = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)


def fold_text(text: str) -> str:
    """Lower case without accents, as names and terms are compared."""
    return unaccented(text.lower())


def unaccented(text: str) -> str:
    """Without accents, and with plain apostrophes and hyphens."""
    text = text.replace("’", "'").replace("‑", "-")
    if text.isascii():
        return text
    return _COMBINING.sub("", unicodedata.normalize("NFKD", text))


# News repeats its words: the cache saves the folding of nine in ten.
fold = lru_cache(maxsize=65536)(fold_text)
