"""Bare numbers -> what the number before them counts: "of 800 million only 112", "held 80 percent, now hold 90"."""

from __future__ import annotations

from extractors.facts.context import Reading
from extractors.facts.currencies import counts_people
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
        thing = quantity if quantity.group == "equipment" else thing
        if thing is not None and quantity.group == "bare" and _goes_on_counting(reading, thing, quantity):
            quantity.group, quantity.unit = "equipment", thing.unit
            continue
        earlier = [q for q in reading.quantities if q.j <= quantity.i and q is not quantity]
        if quantity.group != "bare" or quantity.is_article or not earlier:
            continue
        last = max(earlier, key=lambda q: q.j)
        if counts_people(reading, last.j, quantity.j + 3):
            continue
        if last.group == "money" and _goes_on_paying(reading.sentence, last, quantity):
            quantity.group, quantity.currency, quantity.value = "money", last.currency, quantity.value * _MILLION
        elif last.group == "percent" and _goes_on_holding(reading.sentence, last, quantity):
            quantity.group, quantity.unit = "percent", last.unit


def _thing_before(reading: Reading) -> Quantity | None:
    """The machines that the sentence before counted last, where it spoke of nothing else since."""
    before = reading.before
    if before is None or before.sentence.in_title != reading.sentence.in_title or not before.quantities:
        return None
    last = before.quantities[-1]
    return last if last.group == "equipment" and not _names_people(before.sentence, last.j) else None


def _goes_on_counting(reading: Reading, thing: Quantity, quantity: Quantity) -> bool:
    """As in "bought 25 armoured cars: eleven came", "Another 60 are to be lent", "got five"."""
    sentence = reading.sentence
    if quantity.is_article or quantity.value > _MOST_THINGS or sentence.name(quantity.j) is not None:
        return False
    if any(other.group == "money" for other in reading.quantities):
        return False
    is_here = thing in reading.quantities
    if is_here and thing.i > quantity.i:
        return False
    if _names_people(sentence, thing.j if is_here else 0):
        return False
    marks = (m for m in sentence.each() if m.i >= (thing.j if is_here else 0))
    return any("equipment" in cue.accepts for m in marks for cue in m.entry.cues)


# More are no vehicles of a mission.
_MOST_THINGS = 500


def _names_people(sentence: Sentence, first: int) -> bool:
    units = (mark.entry.unit for mark in sentence.each() if mark.i >= first)
    return any(unit is not None and unit.group not in ("equipment", "percent") for unit in units)


def _goes_on_paying(sentence: Sentence, last: Quantity, quantity: Quantity) -> bool:
    is_of_millions = _MILLION <= last.value < _BILLION and 1 < quantity.value < _MOST_WITHOUT_SCALE
    around = range(last.j, min(quantity.j + _BEHIND, len(sentence.tokens)))
    return is_of_millions and any(
        "fund_noun" in sentence.tags(k) or any(cue.kind == "funding" for cue in sentence.entry(k).cues) for k in around
    )


def _goes_on_holding(sentence: Sentence, last: Quantity, quantity: Quantity) -> bool:
    is_share = max(last.value, quantity.value) <= _WHOLE
    return is_share and any(cue.kind == "control" for k in range(last.j, quantity.i) for cue in sentence.entry(k).cues)
