"""Bare numbers -> what the number before them counts: "of 800 million only 112", "28 jeeps; Canada pledged 20 more"."""

from __future__ import annotations

from typing import NamedTuple

from extractors.facts.context import Reading
from extractors.facts.currencies import counts_people
from extractors.facts.entry import Unit
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
    thing = _thing_before(reading)
    for quantity in reading.quantities:
        if quantity.group == "equipment" and quantity.unit is not None:
            thing = Thing(quantity.unit, quantity.j)
        is_bare = quantity.group == "bare"
        is_others = quantity.unit_at is not None and "others" in reading.sentence.tags(quantity.unit_at[0])
        if thing is not None and (is_bare or is_others) and _goes_on_counting(reading, thing, quantity):
            quantity.group, quantity.unit = "equipment", thing.unit
            continue
        earlier = [q for q in reading.quantities if q.j <= quantity.i and q is not quantity]
        if not is_bare or quantity.is_article or not earlier:
            continue
        last = max(earlier, key=lambda q: q.j)
        if counts_people(reading, last.j, quantity.j + 3):
            continue
        if last.group == "money" and _goes_on_paying(reading.sentence, last, quantity):
            quantity.group, quantity.currency, quantity.value = "money", last.currency, quantity.value * _MILLION
        elif last.group == "percent" and _goes_on_holding(reading.sentence, last, quantity):
            quantity.group, quantity.unit = "percent", last.unit


class Thing(NamedTuple):
    """The machines counted last, and the token behind them; 0 where the sentence before told of them."""

    unit: Unit
    end: int


def _thing_before(reading: Reading) -> Thing | None:
    """The machines that the sentence before was about, where it spoke of nobody since."""
    before = reading.before
    if before is None or before.sentence.in_title != reading.sentence.in_title:
        return None
    units = [mark.entry.unit for mark in before.sentence.each() if mark.entry.unit is not None]
    elided = [q.unit for q in before.quantities if q.group == "equipment" and q.unit is not None]
    last = units[-1] if units else elided[-1] if elided else None
    return Thing(last, 0) if last is not None and last.group == "equipment" else None


def _goes_on_counting(reading: Reading, thing: Thing, quantity: Quantity) -> bool:
    """As in "bought 25 armoured cars: eleven came", "Another 60 are to be lent", "got five"."""
    sentence = reading.sentence
    if quantity.is_article or quantity.value > _MOST_THINGS or sentence.name(quantity.j) is not None:
        return False
    if any(other.group == "money" for other in reading.quantities) or thing.end > quantity.i:
        return False
    # "Others" may be anything.
    marks = [m for m in sentence.each() if m.i >= thing.end and "others" not in m.entry.tags]
    if any(m.entry.unit is not None and m.entry.unit.group not in ("equipment", "percent") for m in marks):
        return False
    return any("equipment" in cue.accepts for m in marks for cue in m.entry.cues)


# More are no vehicles of a mission.
_MOST_THINGS = 500


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
