"""Claims, Claims -> Changes: what another version of an extractor reads otherwise in one text.

Two claims are of the same words when they are of one kind and their trigger, value or person stand in overlapping
places. Ids, rules, confidence and the exact spans are no part of what is claimed, and do not make a change.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from extractors.records import Claim, SpanList

How = Literal["added", "removed", "changed", "same"]

# What is claimed, in the order in which a person wants to see it.
SLOTS = (
    "subkind", "measure", "value_low", "value_best", "value_high", "qualifier", "original_value", "unit", "unit_class",
    "currency", "actor", "actor_text", "actor_country", "target", "target_text", "person", "role", "status",
    "polarity", "certainty", "event_start", "event_end", "date_precision", "date_basis", "as_of", "place", "place_id",
    "country", "admin1", "admin2", "pcode", "latitude", "longitude", "place_basis", "attribution", "source",
    "source_text", "source_type", "via", "part_of",
)  # fmt: skip
_PLACED = ("trigger", "value", "person")
# The warehouse keeps three digits, and numbers below 10^15.
_DIGITS = 3
_LARGEST = 1e15
_VALUES = ("value_low", "value_best", "value_high")


@dataclass(frozen=True, slots=True)
class Change:
    """One claim on either side, or the two that stand for the same words.

    Args:
        before, after: None for a claim that was added, or removed.
        slots: of a changed claim the slots that differ: name, value before, value after.
    """

    how: How
    before: Claim | None
    after: Claim | None
    slots: tuple[tuple[str, Any, Any], ...] = ()

    @property
    def claim(self) -> Claim:
        """The claim it is about, as it is now; as it was where it is no more."""
        claim = self.after or self.before
        assert claim is not None
        return claim


def compare_claims(before: Sequence[Claim], after: Sequence[Claim]) -> tuple[Change, ...]:
    """All claims of one text before and after, in the order of the text."""
    left, right = _grouped(before), _grouped(after)
    changes = [change for key in {**left, **right} for change in _compare(left.get(key, []), right.get(key, []))]
    return tuple(
        sorted(changes, key=lambda change: (change.claim.in_title, change.claim.start, change.claim.end, change.how))
    )


def _grouped(claims: Sequence[Claim]) -> dict[tuple[str, str, str, bool], list[Claim]]:
    groups: dict[tuple[str, str, str, bool], list[Claim]] = {}
    for claim in claims:
        groups.setdefault((claim.mission, claim.extractor, claim.kind, claim.in_title), []).append(claim)
    return groups


def _compare(before: list[Claim], after: list[Claim]) -> Iterator[Change]:
    """Pairs the claims of one kind: those that say the same first, then those that differ least."""
    same = list(_pair_equal(before, after))
    yield from (Change("same", *pair) for pair in same)
    taken = {claim.claim_id for pair in same for claim in pair}
    left = [claim for claim in before if claim.claim_id not in taken]
    right = [claim for claim in after if claim.claim_id not in taken]
    pairs = [(_differing(a, b), a, b) for a in left for b in right if _is_of_same_words(a, b)]
    paired: set[str] = set()
    for slots, a, b in sorted(pairs, key=lambda pair: (len(pair[0]), abs(pair[1].start - pair[2].start))):
        if not {a.claim_id, b.claim_id} & paired:
            paired |= {a.claim_id, b.claim_id}
            yield Change("changed" if slots else "same", a, b, slots)
    yield from (Change("removed", claim, None) for claim in left if claim.claim_id not in paired)
    yield from (Change("added", None, claim) for claim in right if claim.claim_id not in paired)


def _pair_equal(before: list[Claim], after: list[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Claims that say the same at the very same place: nearly all, found without comparing each with each."""
    places: dict[tuple[Any, ...], list[Claim]] = {}
    for claim in after:
        places.setdefault(_identity(claim), []).append(claim)
    for claim in before:
        equal = places.get(_identity(claim))
        if equal:
            yield claim, equal.pop(0)


def _identity(claim: Claim) -> tuple[Any, ...]:
    return (claim.start, claim.end, *(_plain(claim, name) for name in SLOTS))


def _differing(before: Claim, after: Claim) -> tuple[tuple[str, Any, Any], ...]:
    pairs = ((name, _plain(before, name), _plain(after, name)) for name in SLOTS)
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def _plain(claim: Claim, name: str) -> Any:
    """A slot as the warehouse would give it back; of a total's id only that there is one: ids name the version."""
    value = getattr(claim, name)
    if name == "part_of":
        return None if value is None else "a total"
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if not isinstance(value, int | float):
        return value
    if name in _VALUES and not (math.isfinite(value) and abs(value) < _LARGEST):
        return None
    rounded = round(float(value), _DIGITS)
    return int(rounded) if rounded.is_integer() else rounded


def _is_of_same_words(before: Claim, after: Claim) -> bool:
    return any(_overlap(before.spans.get(slot, ()), after.spans.get(slot, ())) for slot in _PLACED)


def _overlap(left: SpanList, right: SpanList) -> bool:
    return any(a < d and c < b for a, b in left for c, d in right)
