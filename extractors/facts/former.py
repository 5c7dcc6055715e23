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
    former = read_former(language)
    if former is None or not number:
        return False
    words = re.escape(number)
    patterns = [
        template.format(phrase=phrases, number=words)
        for phrases, template in ((_before(language), _PHRASE_FIRST), (_after(language), _NUMBER_FIRST))
        if phrases is not None
    ]
    patterns += [_PAIR.format(first=one, number=words, second=other) for one, other in _pairs(language)]
    return any(re.search(pattern, sentence) for pattern in patterns)


def checksum_former() -> str:
    """All that decides which figures were left behind."""
    return repr([(file.stem, read_former(file.stem)) for file in sorted(LEXICONS.glob("*.toml"))])


_PHRASE_FIRST = r"(?i)\b(?:{phrase})\s+{number}\b"
_NUMBER_FIRST = rf"(?i)\b{{number}}(?:\s+[^\W\d]+){{{{0,{_AFTER_REACH}}}}}?,?\s+(?:{{phrase}})\b"
# "From 60 to 40", and "to 40 from 60": both of its words stand before a number.
_PAIR = r"(?i)\b{first}\s+{number}\b.*\b{second}|\b{second}.*\b{first}\s+{number}\b"


@cache
def _before(language: str) -> str | None:
    return _any_of(_told(language).before)


@cache
def _after(language: str) -> str | None:
    return _any_of(_told(language).after)


def _told(language: str) -> Former:
    former = read_former(language)
    assert former is not None
    return former


def _any_of(phrases: tuple[str, ...]) -> str | None:
    return "|".join(map(re.escape, sorted(phrases, key=len, reverse=True))) or None


@cache
def _pairs(language: str) -> tuple[tuple[str, str], ...]:
    """Both words of each pair as patterns, the second with the number behind it."""
    former = _told(language)
    number = "|".join((r"\d", *(rf"{re.escape(word)}\b" for word in former.numerals)))
    return tuple((re.escape(a), rf"{re.escape(b)}\s+(?:[^\W\d]+\s+){{0,2}}?(?:{number})") for a, b in former.pairs)
