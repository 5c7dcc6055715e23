"""The record of one number in a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.facts.entry import Unit
from extractors.facts.reading import Mark


@dataclass(slots=True)
class Quantity:
    """A number and the phrase around it: tokens i to j, the figure itself in `figure`.

    Args:
        group: that of the unit, or money, nationals ("75 Guatemalans"), bare (no noun).
        actors: nationalities before the noun, or the origin after it ("from Belize").
        whole: the quantity this one is a part of.
        is_addend: with the other parts of its whole it adds up to it.
        is_share: a part in words ("nine-tenths", "eight in ten"), in percent.
    """

    i: int
    j: int
    figure: tuple[int, int]
    value: float
    value_to: float | None = None
    qualifier: str = "exact"
    unit: Unit | None = None
    unit_at: tuple[int, int] | None = None
    currency: str | None = None
    group: str = "bare"
    actors: list[Mark] = field(default_factory=list)
    has_origin: bool = False
    is_definite: bool = False
    is_vague: bool = False
    is_article: bool = False
    is_bracketed: bool = False
    is_share: bool = False
    is_addend: bool = False
    whole: Quantity | None = None
