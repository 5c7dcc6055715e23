"""Texts and links -> copy groups: which article each was made from, whatever the order in which they came.

A text is the copy of an earlier one that is no copy itself. So each member of a group is linked to its original, and no
chain of half-copies joins texts that have nothing in common.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Role = Literal["original", "copy", "none"]

# How much of each text stands in which others.
Links = Mapping[int, Mapping[int, float]]

# A story that holds an earlier text whole, as one fifth of itself or less, is a story of its own that quotes.
_LEAST_TAKEN_RATIO = 0.2


@dataclass(frozen=True, slots=True)
class Carrier:
    """An article that carries a text.

    Args:
        text_id: of the text; several articles may carry the same one.
        is_agency: the outlet is a wire agency: what others carry too comes from it, whatever the dates say.
        first_at: when it was out at the latest.
        agency: the wire agency that it credits, itself for an agency's own.
    """

    text_id: int
    article_id: str
    is_agency: bool
    first_at: datetime
    agency: str | None = None

    @property
    def precedence(self) -> tuple[bool, datetime, str]:
        """Sorts the likeliest origin first."""
        return (not self.is_agency, self.first_at, self.article_id)


@dataclass(frozen=True, slots=True)
class Marking:
    """What an article is by one of its texts.

    Args:
        copy_group_id: the original's article.
        copy_agency: the agency that the original credits, else the one that most of its copies do.
    """

    text_id: int
    article_id: str
    copy_group_id: str | None
    copy_role: Role
    copy_agency: str | None


def mark_carriers(carriers: Iterable[Carrier], links: Links) -> list[Marking]:
    """Mark every article as an original, a copy, or neither.

    Args:
        carriers: of all texts that hang together by links or by being the same, in any order.
        links: each pair in both directions.
    """
    origins = _find_origins(carriers)
    leaders = _find_leaders(origins, links)
    members: dict[int, list[Carrier]] = {}
    for text_id, leader in leaders.items():
        members.setdefault(leader, []).extend(origins[text_id])
    return [marking for leader, group in members.items() for marking in _mark_group(origins[leader][0], group)]


def _find_origins(carriers: Iterable[Carrier]) -> dict[int, list[Carrier]]:
    """The carriers of each text, the likeliest origin first; texts in the order in which they came out."""
    origins: dict[int, list[Carrier]] = {}
    for carrier in sorted(carriers, key=lambda carrier: carrier.precedence):
        origins.setdefault(carrier.text_id, []).append(carrier)
    return origins


def _find_leaders(ordered: Iterable[int], links: Links) -> dict[int, int]:
    """The text that each was made from, itself where it was made from none."""
    leaders: dict[int, int] = {}
    for text_id in ordered:
        earlier = [
            (ratio, other)
            for other, ratio in links.get(text_id, {}).items()
            if leaders.get(other) == other and ratio >= _LEAST_TAKEN_RATIO
        ]
        # Of two originals merged into one, the one that gave more; the lower id where they gave the same.
        leaders[text_id] = max(earlier, key=lambda found: (found[0], -found[1]))[1] if earlier else text_id
    return leaders


def _mark_group(original: Carrier, group: Sequence[Carrier]) -> list[Marking]:
    if all(carrier.article_id == original.article_id for carrier in group):
        return [Marking(carrier.text_id, carrier.article_id, None, "none", None) for carrier in group]
    agency = original.agency or _name_agency(group)
    return [
        Marking(
            carrier.text_id,
            carrier.article_id,
            original.article_id,
            "original" if carrier.article_id == original.article_id else "copy",
            agency,
        )
        for carrier in group
    ]


def _name_agency(group: Sequence[Carrier]) -> str | None:
    credited = Counter(carrier.agency for carrier in group if carrier.agency)
    return min(credited, key=lambda agency: (-credited[agency], agency), default=None)
