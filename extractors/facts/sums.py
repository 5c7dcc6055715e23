"""Quantities of a sentence -> which of them are the parts of another, because they add up to it."""

from __future__ import annotations

from extractors.facts.quantity import Quantity

_PEOPLE = frozenset(["force", "nationals", "civil", "bare"])


def find_sums(found: list[Quantity]) -> None:
    """As in "5,550: 5,500 in uniform and 50 civilians": numbers that add up to the one before them are its parts."""
    for n, whole in enumerate(found):
        total, parts = 0.0, list[Quantity]()
        for part in found[n + 1 :]:
            if part.group not in _PEOPLE or whole.group not in _PEOPLE or part.is_article:
                break
            total += part.value
            parts.append(part)
            if total >= whole.value:
                break
        if total == whole.value and len(parts) > 1 and whole.value >= _SMALLEST_SUM:
            for part in parts:
                part.whole, part.is_addend = whole, True


# Smaller numbers add up by chance.
_SMALLEST_SUM = 10
