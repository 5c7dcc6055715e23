"""Bare numbers -> what the number before them counts: "of 800 million only 112", "28 jeeps; Canada pledged 20 more"."""

from __future__ import annotations

from extractors.facts.context import Reading
from extractors.facts.currencies import counts_people
from extractors.facts.lexicon import Unit
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Sentence

_MILLION, _BILLION = 1_000_000.0, 1_000_000_000.0
# "178" of "420 million" are millions; a larger number says its own scale.
_MOST_WITHOUT_SCALE = 1000.0
_WHOLE = 100.0
# The verb or fund of a sum stands before it, or so many tokens behind.
_BEHIND = 8


def fill_elided(reading: Reading) -> None:
    """Makes money or percent of bare numbers that go on with a sum or a share of their sentence."""
    for quantity in reading.quantities:
        earlier = [q for q in reading.quantities if q.j <= quantity.i and q is not quantity]
        if (quantity.group != "bare" and not _is_others(reading.sentence, quantity)) or quantity.is_article:
            continue
        thing = _thing_before(reading, quantity)
        if thing is not None:
            quantity.group, quantity.unit = "equipment", thing
        if thing is not None or not earlier or quantity.group != "bare":
            continue
        last = max(earlier, key=lambda q: q.j)
        if counts_people(reading, last.j, quantity.j + 3):
            continue
        if last.group == "money" and _goes_on_paying(reading.sentence, last, quantity):
            quantity.group, quantity.currency, quantity.value = "money", last.currency, quantity.value * _MILLION
        elif last.group == "percent" and _goes_on_holding(reading.sentence, last, quantity):
            quantity.group, quantity.unit = "percent", last.unit


# Nobody sends a mission more vehicles than this; larger bare numbers are people.
_MOST_THINGS = 200


def _thing_before(reading: Reading, quantity: Quantity) -> Unit | None:
    """As in "28 vehicles, of 58 received", "Canada has promised 20 more": the last things counted, if no people were.

    Those of the sentence before only where a verb of giving or losing things stands here.
    """
    if not 1 < quantity.value <= _MOST_THINGS or _names_people(reading.sentence) or not _moves_things(reading.sentence):
        return None
    own = [q for q in reading.quantities if q.j <= quantity.i and q.group != "bare"]
    if own:
        return own[-1].unit if own[-1].group == "equipment" else None
    before = reading.before
    if before is None or before.sentence.in_title != reading.sentence.in_title:
        return None
    if _names_people(before.sentence):
        return None
    units = [mark.entry.unit for mark in before.sentence.each() if mark.entry.unit is not None]
    return units[-1] if units and units[-1].group == "equipment" else None


def _is_others(sentence: Sentence, quantity: Quantity) -> bool:
    """As in "huit autres": the noun is that of those before."""
    return quantity.unit_at is not None and "others" in sentence.tags(quantity.unit_at[0])


_PEOPLE = frozenset(["civil", "force", "gang", "event", "household"])


def _names_people(sentence: Sentence) -> bool:
    """True where somebody may be counted; "others" may be anything."""
    units = (m.entry.unit for m in sentence.each() if m.entry.unit is not None and "others" not in m.entry.tags)
    return any(unit.group in _PEOPLE for unit in units)


def _moves_things(sentence: Sentence) -> bool:
    return any(cue.kind == "equipment" for mark in sentence.each() for cue in mark.entry.cues)


def _goes_on_paying(sentence: Sentence, last: Quantity, quantity: Quantity) -> bool:
    is_of_millions = _MILLION <= last.value < _BILLION and 1 < quantity.value < _MOST_WITHOUT_SCALE
    around = range(last.j, min(quantity.j + _BEHIND, len(sentence.tokens)))
    return is_of_millions and any(
        "fund_noun" in sentence.tags(k) or any(cue.kind == "funding" for cue in sentence.entry(k).cues) for k in around
    )


def _goes_on_holding(sentence: Sentence, last: Quantity, quantity: Quantity) -> bool:
    """As in "held 80 percent, now hold 90", "hold 85 percent, against 60 a year ago"."""
    is_share = max(last.value, quantity.value) <= _WHOLE
    first = 0 if "contrast" in sentence.tags(quantity.i) | sentence.tags(quantity.i - 1) else last.j
    return is_share and any(cue.kind == "control" for k in range(first, quantity.i) for cue in sentence.entry(k).cues)
