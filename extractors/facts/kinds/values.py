"""Quantity -> the value, unit and qualifier columns of a draft."""

from __future__ import annotations

from extractors.facts.context import Reading
from extractors.facts.drafts import Draft
from extractors.facts.quantity import Quantity


def new_draft(kind: str, rule: str, reading: Reading, quantity: Quantity, trigger: tuple[int, int] | None) -> Draft:
    """A draft with its value filled; the trigger is the cue's tokens, or the quantity's own unit or figure."""
    sentence = reading.sentence
    at = trigger or quantity.unit_at or quantity.figure
    draft = Draft(kind, rule, sentence, sentence.span(*at))
    put_value(draft, quantity)
    if quantity.unit is not None and quantity.unit_at is not None:
        unit = quantity.unit
        draft.put("unit", sentence.span(*quantity.unit_at), unit=unit.name, unit_class=unit.unit_class)
    elif quantity.unit is not None:
        draft.put("unit", None, unit=quantity.unit.name, unit_class=quantity.unit.unit_class)
    return draft


def put_value(draft: Draft, quantity: Quantity) -> None:
    """Fills low, best and high as the qualifier asks (FACTS in docs/claims.md)."""
    sentence = draft.sentence
    low, best, high = bounds(quantity)
    first = min(quantity.i, quantity.figure[0])
    words = sentence.words(first, quantity.figure[1])
    draft.put(
        "value",
        sentence.span(*quantity.figure),
        value_low=low,
        value_best=best,
        value_high=high,
        qualifier=quantity.qualifier,
        original_value=words,
    )


def bounds(quantity: Quantity) -> tuple[float | None, float | None, float | None]:
    """(low, best, high) of a quantity."""
    value = quantity.value
    if quantity.qualifier == "between":
        return value, None, quantity.value_to
    known = {
        "vague": (value or None, None, None),
        "at_least": (value, value, None),
        "more_than": (value, value, None),
        "up_to": (None, value, value),
        "nearly": (None, value, value),
        "fewer_than": (None, None, value),
        "about": (None, value, None),
    }
    return known.get(quantity.qualifier, (value, value, value))
