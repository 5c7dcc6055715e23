"""lexicons/<language>.toml -> Lexicon: every word and phrase of a language that the rules lean on.

A phrase is looked up by its first token, the longest first, so a text is read once whatever the lexicon's size.
docs/claims.md explains the tables of a lexicon file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from extractors.facts.conjugation import conjugate_tables
from extractors.facts.entries import build_entries, read_local_posts
from extractors.facts.entry import Entry, LocalPost
from extractors.facts.inflection import is_stem, make_reader
from extractors.facts.tokens import Token, compile_tokens
from extractors.facts.wording import Wording, fill_blanks

LEXICONS = Path(__file__).parent / "lexicons"
NO_WORDING = Wording()


# Phrases of two words and more by their first two: few phrases share both, so a look-up tries hardly any in vain.
Phrases = dict[tuple[str, str], list[tuple[tuple[str, ...], Entry]]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language: its token pattern, its phrases and its habits of writing numbers."""

    language: str
    pattern: re.Pattern[str]
    words: dict[str, Entry]
    longer: Phrases
    starts: frozenset[str]
    abbreviations: frozenset[str]
    thousands: str
    decimal: str
    openers: frozenset[str] = frozenset()
    is_scale_first: bool = False
    is_noun_first: bool = False
    person_prefixes: tuple[str, ...] = ()
    read_stem: Callable[[str], str] | None = None
    settings: dict[str, Any] = field(default_factory=dict)

    def base(self, word: str) -> str:
        """A word in lower case as the phrases hold it: its stem where the language inflects by prefixes."""
        return word if self.read_stem is None else self.read_stem(word)

    def find(self, tokens: list[Token], i: int) -> tuple[int, Entry] | None:
        """The longest phrase that begins at token i, as (end, entry)."""
        first = tokens[i].low
        if i + 1 < len(tokens):
            for rest, entry in self.longer.get((first, tokens[i + 1].low), ()):
                end = i + 2 + len(rest)
                if end <= len(tokens) and all(tokens[i + 2 + k].low == word for k, word in enumerate(rest)):
                    return end, entry
        entry_of_one = self.words.get(first)
        return None if entry_of_one is None else (i + 1, entry_of_one)


@cache
def read_lexicon(language: str, wording: Wording = NO_WORDING) -> Lexicon | None:
    """The lexicon of a language, or None where there is no file for it.

    Args:
        wording: of a mission; without it phrases that speak of a theatre, its people or its police are left out.
    """
    data = _read_tables(language)
    return None if data is None else build_lexicon(fill_blanks(data, wording))


def read_posts(language: str) -> dict[str, LocalPost]:
    """Phrase -> post, of a language that may have no file."""
    return read_local_posts(_read_tables(language) or {})


def read_further(language: str) -> tuple[str, ...]:
    """Phrases that make a number one that comes on top of others: "another", "more", "second"."""
    data = _read_tables(language) or {}
    ordinals = data.get("number", {}).get("ordinal", {})
    return (*data.get("tags", {}).get("more", ()), *data.get("tags", {}).get("others", ()), *ordinals)


@dataclass(frozen=True, slots=True)
class Former:
    """The words by which a number is told to be the one of before.

    Args:
        before: phrases right before it ("instead of").
        after: phrases behind it ("as first reported").
        pairs: a word before it, and the word before the number that took its place ("from", "to").
        numerals: words that begin a number.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    numerals: tuple[str, ...]


@cache
def read_former(language: str) -> Former | None:
    """The words of a language for figures that were left behind; None where it has no file, or no such words."""
    data = _read_tables(language) or {}
    table = data.get("former")
    if table is None:
        return None
    numbers = data.get("number", {})
    numerals = (word for name in ("unit", "tens", "hundred") for word in numbers.get(name, {}))
    pairs = tuple((first, second) for first, second in table["pairs"])
    return Former(tuple(table["before"]), tuple(table["after"]), pairs, tuple(numerals))


@cache
def _read_tables(language: str) -> dict[str, Any] | None:
    path = LEXICONS / f"{language}.toml"
    if not re.fullmatch("[a-z]{2,3}", language) or not path.is_file():
        return None
    return tomllib.loads(path.read_text(encoding="utf-8"))


def build_lexicon(data: dict[str, Any]) -> Lexicon:
    """A lexicon out of the tables of its file."""
    writing = data["writing"]
    pattern = compile_tokens(tuple(writing.get("elisions", ())))
    data, tenses = conjugate_tables(data)
    entries = build_entries(data, tenses)
    table = data.get("inflection")
    words, longer = _index(entries, pattern)
    inner = {word for phrase in entries for word in phrase.split()} if table else set()
    return Lexicon(
        language=data["language"],
        pattern=pattern,
        words=words,
        longer=longer,
        starts=frozenset(words) | frozenset(first for first, _ in longer),
        abbreviations=frozenset(writing.get("abbreviations", ())),
        thousands=writing["thousands"],
        decimal=writing["decimal"],
        openers=frozenset(writing.get("openers", ())),
        is_scale_first=bool(writing.get("scale_first", False)),
        is_noun_first=bool(writing.get("noun_first", False)),
        person_prefixes=tuple(writing.get("person_prefixes", ())),
        read_stem=make_reader(table, filter(_is_plain_stem, inner), frozenset(inner)),
        settings=data.get("settings", {}),
    )


def _is_plain_stem(word: str) -> bool:
    return is_stem(word) and "+" not in word


def _split(phrase: str, pattern: re.Pattern[str]) -> list[str]:
    """The tokens of a phrase; an elided word at its end ("plus d'") is one only before another word."""
    if any(map(is_stem, phrase.split())):
        return phrase.split()
    words = [found.group() for found in pattern.finditer(phrase + "a" if phrase.endswith("'") else phrase)]
    return words[:-1] if phrase.endswith("'") else words


def _index(entries: dict[str, Entry], pattern: re.Pattern[str]) -> tuple[dict[str, Entry], Phrases]:
    single: dict[str, Entry] = {}
    longer: Phrases = {}
    for phrase, entry in entries.items():
        words = _split(phrase, pattern)
        if len(words) == 1:
            single[words[0]] = entry
        else:
            longer.setdefault((words[0], words[1]), []).append((tuple(words[2:]), entry))
    for forms in longer.values():
        forms.sort(key=lambda form: len(form[0]), reverse=True)
    return single, longer
