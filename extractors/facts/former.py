"""Sentence and a number in it -> is it the figure that another one has taken the place of: "lowered to 40 from 60"?

What was said before is told beside what is said now. Whether there is a figure that took its place, this module does
not look: a number that is alone in its sentence stands for itself whatever words stand around it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extractors.facts.lexicon import LEXICONS, Former, read_former

# "60 dead as first reported": so many words stand between the number and what makes it one of before.
_AFTER_REACH = 3


@lru_cache(maxsize=10_000)
def tells_of_before(sentence: str, language: str, number: str) -> bool:
    """Whether the words of a number are those of a figure that was left behind; false in a language without a lexicon.

    Args:
        number: its words as they stand in the sentence ("at least 60").
    """
    if read_former(language) is None or not number:
        return False
    words = re.escape(number)
    # A pattern with the number in it is made only where the words around it are there: making one takes a millisecond.
    return any(
        all(need.search(sentence) for need in needs)
        and re.search(pattern.replace(_NUMBER, words), sentence) is not None
        for needs, pattern in _patterns(language)
    )


def checksum_former() -> str:
    """All that decides which figures were left behind."""
    return repr([(file.stem, read_former(file.stem)) for file in sorted(LEXICONS.glob("*.toml"))])


# Stands in a pattern for the number that is asked about.
_NUMBER = "\0"


@cache
def _patterns(language: str) -> tuple[tuple[tuple[re.Pattern[str], ...], str], ...]:
    """Each way of telling a figure of before: the words without which it is not there, and its pattern."""
    former = _told(language)
    found: list[tuple[tuple[re.Pattern[str], ...], str]] = []
    if before := _any_of(former.before):
        found.append(((_word(rf"(?:{before})\s"),), rf"(?i)\b(?:{before})\s+{_NUMBER}\b"))
    if after := _any_of(former.after):
        between = rf"(?:\s+[^\W\d]+){{0,{_AFTER_REACH}}}?,?\s+"
        found.append(((_word(rf"(?:{after})\b"),), rf"(?i)\b{_NUMBER}{between}(?:{after})\b"))
    for first, second in _pairs(former):
        # "From 60 to 40", and "to 40 from 60": both of its words stand before a number.
        one = rf"\b{first}\s+{_NUMBER}\b"
        found.append(((_word(rf"{first}\s"), _word(second)), rf"(?i){one}.*\b{second}|\b{second}.*{one}"))
    return tuple(found)


def _word(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)\b{pattern}")


def _told(language: str) -> Former:
    former = read_former(language)
    assert former is not None
    return former


def _any_of(phrases: tuple[str, ...]) -> str | None:
    return "|".join(map(re.escape, sorted(phrases, key=len, reverse=True))) or None


def _pairs(former: Former) -> tuple[tuple[str, str], ...]:
    """Both words of each pair as patterns, the second with the number behind it."""
    number = "|".join((r"\d", *(rf"{re.escape(word)}\b" for word in former.numerals)))
    return tuple((re.escape(a), rf"{re.escape(b)}\s+(?:[^\W\d]+\s+){{0,2}}?(?:{number})") for a, b in former.pairs)
