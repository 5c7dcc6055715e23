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
    for quantity in reading.quantities:
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
