"""Words for a number told before -> Quantity: "otros tantos", "autant de leurs compatriotes"."""

from __future__ import annotations

from dataclasses import replace

from extractors.facts.noun_phrases import read_noun_phrase
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Mark, Sentence

_PEOPLE = frozenset(["force", "nationals", "bare"])


def add_repeated(sentence: Sentence, found: list[Quantity], theatre: str) -> None:
    """Puts in order among the quantities of a sentence those that are as many as the people counted before them."""
    for mark in sentence.each():
        first = _counted_before(found, mark) if "as_many" in mark.entry.tags else None
        quantity = _repeat(sentence, mark, first, theatre) if first is not None else None
        if quantity is not None:
            found.append(quantity)
    found.sort(key=lambda quantity: quantity.i)


def _counted_before(found: list[Quantity], mark: Mark) -> Quantity | None:
    before = [q for q in found if q.j <= mark.i and q.group in _PEOPLE and not (q.is_article or q.is_vague)]
    return before[-1] if before else None


def _repeat(sentence: Sentence, mark: Mark, first: Quantity, theatre: str) -> Quantity | None:
    """The same number once more, of the noun behind it; without one ("otros tantos lo harán") of the noun before."""
    at = (mark.i, mark.j)
    quantity = Quantity(mark.i, mark.j, at, first.value, value_to=first.value_to, qualifier=first.qualifier)
    read_noun_phrase(sentence, quantity, theatre)
    if quantity.group in ("force", "nationals"):
        return quantity
    if mark.j - mark.i == 1 or "of" in mark.entry.tags or quantity.group != "bare":
        # "Le Guatemala n'entend pas pour autant se désengager": a word alone is often no number.
        return None
    return replace(quantity, unit=first.unit, group=first.group)
