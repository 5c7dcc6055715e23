"""Page's bytes -> may it be about a mission? Asked of every page of others' archives, before anything is parsed.

An upper bound: all words on the page count, menus and scripts too. What it refuses would
not have been about a mission after cleaning; what it lets through is cleaned and then judged.
"""

from __future__ import annotations

import html.entities
from collections.abc import Iterator, Sequence

from ahocorasick_rs import BytesAhoCorasick, Implementation

from extractors.facts.relevance import may_settle, signs_of
from extractors.facts.tokens import fold_text
from extractors.records import Mission, Term

# Beside one of these a term is a piece of a longer word. Bytes of other letters are left out: encodings differ in them.
_IN_WORDS = frozenset(bytes([byte]) for byte in b"abcdefghijklmnopqrstuvwxyz0123456789")


class PageSieve:
    """Weighs the terms of some missions in undecoded pages."""

    def __init__(self, missions: Sequence[Mission]) -> None:
        self._missions = [_MissionSieve(mission) for mission in missions]

    def lets_pass(self, body: bytes) -> bool:
        """False when the page is surely about none of the missions."""
        lowered = body.lower()
        return any(mission.lets_pass(lowered) for mission in self._missions)


class _MissionSieve:
    def __init__(self, mission: Mission) -> None:
        self._terms: dict[str, Term] = {}
        spellings: dict[bytes, str] = {}
        for term in signs_of(mission):
            if term.side == "other":
                continue
            form = fold_text(term.text)
            if form not in self._terms or self._terms[form].weight < term.weight:
                self._terms[form] = term
            spellings.update(dict.fromkeys(_spellings(term.text), form))
        self._forms = list(spellings.values())
        # A table of all states takes 0.2 s to make and 20 MB, and reads three times as fast as the default.
        self._automaton = BytesAhoCorasick(list(spellings), implementation=Implementation.DFA) if spellings else None

    def lets_pass(self, lowered: bytes) -> bool:
        if self._automaton is None:
            return False
        found = {
            self._forms[number]
            for number, start, end in self._automaton.find_matches_as_indexes(lowered, overlapping=True)
            if lowered[start - 1 : start] not in _IN_WORDS and lowered[end : end + 1] not in _IN_WORDS
        }
        return may_settle(self._terms[form] for form in found)


def _spellings(text: str) -> Iterator[bytes]:
    """A term in lower case, as pages of several encodings and editors write it."""
    for word in {text.lower(), fold_text(text), text.lower().replace("'", "’")}:
        yield word.encode("utf-8")
        yield word.encode("cp1252", "ignore")
        yield "".join(map(_named_entity, word)).encode("utf-8")
        yield word.encode("ascii", "xmlcharrefreplace")
        # As in JSON.
        yield word.encode("ascii", "backslashreplace").replace(b"\\x", b"\\u00")


def _named_entity(char: str) -> str:
    name = html.entities.codepoint2name.get(ord(char)) if ord(char) > 127 else None
    return f"&{name};" if name else char
