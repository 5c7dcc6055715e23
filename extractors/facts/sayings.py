"""Reading -> Sayings: every verb of saying with the words of its subject, and the words that it may speak of.

The subject stands before its verb ("..., police said", "the mission said that"), behind it where the verb follows its
words at once ("..., a indiqué la police"), or behind "according to". Who those words name it does not know
(claimant_phrases.py).
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors.facts.context import Reading
from extractors.facts.reading import Sentence
from extractors.facts.slots import actor_of
from extractors.facts.subject_phrases import (
    LIGHT,
    SIGNS,
    has_verb,
    next_wall,
    phrase_after,
    phrase_before,
    skip_days,
    skip_to,
)


@dataclass(frozen=True, slots=True)
class Saying:
    """A verb of saying over tokens `at` to `behind`, with its subject over tokens i to j.

    Args:
        is_closing: the words that it speaks of stand before it ("..., police said").
        is_inner: it only speaks of the words behind it ("two days after the UN said that").
        is_agent: it only speaks of the words right before it ("the 1,000 promised by Ruto").
        is_plain: nothing but the words of a subject stands where the subject is, so that even an unknown noun is one.
    """

    way: str
    at: int
    behind: int
    i: int
    j: int
    is_closing: bool = False
    is_inner: bool = False
    is_agent: bool = False
    is_plain: bool = False


_SAYING = frozenset(["report_verb", "said", "denial", "putting", "promising"])


def read_sayings(reading: Reading, quoted: frozenset[int] = frozenset()) -> list[Saying]:
    """The sayings of a sentence in the order of its text.

    Args:
        quoted: tokens between quotation marks: who speaks there is somebody else's witness.
    """
    found = (_read_saying(reading, mark.i, mark.j, mark.entry.tags) for mark in reading.sentence.each()
             if mark.i not in quoted and mark.i >= reading.dateline)  # fmt: skip
    return [saying for saying in found if saying is not None]


def _read_saying(reading: Reading, at: int, behind: int, tags: frozenset[str]) -> Saying | None:
    if "according" in tags or ("citing" in tags and "by" not in tags):
        return _read_according(reading, at, behind)
    if not tags & _SAYING or _is_hearsay(reading.sentence, behind):
        return None
    agent = _read_agent(reading, at, behind)
    if agent is not None:
        return agent
    if "telling" not in tags and _follows_its_words(reading, at):
        return _read_behind(reading, at, behind) or _read_before(reading, at, behind)
    return _read_before(reading, at, behind) or _read_near(reading, at, behind)


def _is_hearsay(sentence: Sentence, behind: int) -> bool:
    """As in "said to be in the hands of gangs": nobody says so."""
    verb = sentence.tags(behind) | sentence.tags(behind + 1)
    return bool(sentence.tags(behind) & {"to", "preposition"}) and bool(verb & {"be", "have"})


def _read_according(reading: Reading, at: int, behind: int) -> Saying | None:
    span = phrase_after(reading, behind)
    if span is None:
        return None
    is_closing = at > reading.dateline and reading.sentence.low(at - 1) not in ("", ";")
    return Saying("according_to", at, behind, *span, is_closing=is_closing, is_plain=True)


def _read_agent(reading: Reading, at: int, behind: int) -> Saying | None:
    """As in "promised by Ruto", "confirmada el martes por la ONU"."""
    k = skip_days(reading, behind)
    if "by" not in reading.sentence.tags(k) or "denial" in reading.sentence.tags(at):
        return None
    span = phrase_after(reading, k + 1)
    return None if span is None else Saying("indirect_quote", at, behind, *span, is_closing=True, is_agent=True)


def _read_near(reading: Reading, at: int, behind: int) -> Saying | None:
    """As in "Informó la misión que ...": the subject is the next word, where none stands before the verb."""
    tags = reading.sentence.tags(behind)
    is_aside = bool(tags & {"preposition", "place_preposition"}) and not tags & {"determiner", "definite"}
    is_led = "relative" in reading.sentence.tags(at - 1)
    if is_aside or is_led or reading.sentence.tags(at) & {"promising", "putting"}:
        return None
    return _read_behind(reading, at, behind, is_plain=False)


def _read_behind(reading: Reading, at: int, behind: int, *, is_plain: bool = True) -> Saying | None:
    span = phrase_after(reading, behind, is_plain=is_plain)
    if span is None or "denial" in reading.sentence.tags(at):
        return None
    is_opening = at <= reading.dateline or _opens_words(reading.sentence, span[1])
    return Saying("indirect_quote", at, behind, *span, is_closing=not is_opening, is_plain=is_plain)


def _read_before(reading: Reading, at: int, behind: int) -> Saying | None:
    span = phrase_before(reading, at)
    if span is None:
        return None
    sentence, (i, j) = reading.sentence, span
    before = sentence.low(i - 1) if i > reading.dateline else ""
    is_closing = before in (",", "”", '"', "»") and not _opens_words(sentence, skip_days(reading, behind))
    is_inner = "break" in sentence.tags(i - 1) and not _is_contrast(sentence, i - 1)
    is_plain = (is_closing and _ends_clause(reading, behind)) or (
        not before and _opens_words(sentence, skip_days(reading, behind))
    )
    # "the 1,000 that the president promised"
    is_agent = "relative" in sentence.tags(i - 1) and i > reading.dateline and not _opens_words(sentence, behind)
    return Saying("indirect_quote", at, behind, i, j, is_closing or is_agent, is_inner, is_agent, is_plain)


def _is_contrast(sentence: Sentence, k: int) -> bool:
    """As in "while the government insists": the clause stands beside the other, and does not say when."""
    return not sentence.tokens[k].is_word or "contrasting" in sentence.tags(k)


def _opens_words(sentence: Sentence, k: int) -> bool:
    """As in "said that", "a indiqué que", "said: ..."."""
    return bool(sentence.tags(k) & {"complement", "relative"}) or sentence.low(k) == ":"


def _ends_clause(reading: Reading, k: int) -> bool:
    """True where the verb is the last of its clause: days, places and listeners aside ("said on Monday in Geneva")."""
    sentence = reading.sentence
    k = skip_days(reading, k)
    tags = sentence.tags(k)
    return sentence.low(k) in ("", ".", ",", ";", "”", '"', "»") or bool(tags & {"preposition", "break"})


def _follows_its_words(reading: Reading, at: int) -> bool:
    """As in "..., a indiqué la police", "“...”, dijo el alcalde": a comma or quote, and at once the verb."""
    sentence, k = reading.sentence, at - 1
    while k >= reading.dateline and sentence.tags(k) & LIGHT and sentence.low(k) not in SIGNS:
        k -= 1
    if sentence.low(k) == "," and _closes_apposition(reading, k):
        return False
    is_behind_words = sentence.low(k) in (",", "”", '"', "»", ";", "''") or "according" in sentence.tags(k)
    return k < reading.dateline or is_behind_words


def _closes_apposition(reading: Reading, k: int) -> bool:
    """As in "Roberto Alvarez, the foreign minister, | said": the clause begins with a name, then a comma."""
    sentence = reading.sentence
    opened = skip_to(sentence, k, ",")
    if sentence.low(opened) != ",":
        return False
    start = next_wall(sentence, opened - 1, reading.dateline) + 1
    is_name = actor_of(sentence.marks[opened - 1]) is not None or any(p.j == opened for p in reading.people)
    return is_name and not has_verb(sentence, start, opened)
