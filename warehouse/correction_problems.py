"""Corrections, the claims that they name -> why a line cannot be applied; where lines disagree, the last one holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from extractors.corrections import Correction
from extractors.seed_fields import COUNTRIES, suggest

# Slot, mission and a name that the mission's lists know.
Name = tuple[str, str, str]
_LISTS = {
    "place_id": "place_id in the table ref.place",
    "actor": "actor in the table ref.actor; a state is its code, such as KEN",
}


@dataclass(frozen=True, slots=True)
class Named:
    """What the ledger knows of the claims whose ids begin alike.

    Args:
        count: how many there are; the other values are of one of them.
    """

    count: int
    claim_id: str
    mission: str
    value_low: Decimal | None = None
    value_best: Decimal | None = None
    value_high: Decimal | None = None
    event_start: date | None = None
    event_end: date | None = None


def judge(corrections: Sequence[Correction], found: Mapping[str, Named], names: Collection[Name]) -> dict[int, str]:
    """By line why a correction cannot be applied; lines without a problem are left out."""
    problems: dict[int, str] = {}
    for each in corrections:
        problem = _naming_problem(each, found) or _unknown_name(each, found, names)
        if problem:
            problems[each.line] = problem
    sound = [each for each in corrections if each.line not in problems]
    problems |= _overruled(sound, found)
    problems |= _contradicted([each for each in sound if each.line not in problems], found)
    problems |= _disordered([each for each in sound if each.line not in problems], found)
    return problems


def _naming_problem(correction: Correction, found: Mapping[str, Named]) -> str | None:
    ids = set()
    for prefix in filter(None, (correction.claim, correction.other)):
        named = found.get(prefix)
        if named is None:
            return f"no claim has the id {prefix}: see claim_id in the view claim_history"
        if named.count > 1:
            return f"{named.count} claims have ids that begin with {prefix}: write more of it"
        ids.add(named.claim_id)
    return "claim and other are the same claim" if correction.other and len(ids) == 1 else None


def _unknown_name(correction: Correction, found: Mapping[str, Named], names: Collection[Name]) -> str | None:
    mission = found[correction.claim].mission
    for slot, where_listed in _LISTS.items():
        value = correction.slots.get(slot)
        if value is None or (slot == "actor" and value in COUNTRIES) or (slot, mission, value) in names:
            continue
        known = [name for kind, where, name in names if (kind, where) == (slot, mission)]
        return f"{slot} {value!r} is unknown to the mission {mission}: see {where_listed}. {suggest(value, known)}"
    return None


def _overruled(corrections: Sequence[Correction], found: Mapping[str, Named]) -> dict[int, str]:
    """Lines about what a later line says otherwise."""
    problems: dict[int, str] = {}
    last: dict[tuple[str, ...], Correction] = {}
    for each in reversed(corrections):
        for subject in _subjects(each, found):
            later = last.setdefault(subject, each)
            if later is not each and (later.action, later.slots) != (each.action, each.slots):
                problems[each.line] = f"line {later.line} says otherwise, and the last word holds"
    return problems


def _subjects(correction: Correction, found: Mapping[str, Named]) -> Iterator[tuple[str, ...]]:
    """What a line decides: whether a claim counts, one of its slots, or how two go together."""
    claim_id = found[correction.claim].claim_id
    if correction.other:
        yield ("two", *sorted((claim_id, found[correction.other].claim_id)))
    elif correction.action == "correct":
        for slot in correction.slots:
            yield "slot", claim_id, slot
    else:
        yield "counts", claim_id


def _contradicted(corrections: Sequence[Correction], found: Mapping[str, Named]) -> dict[int, str]:
    """Rulings that cannot hold together with later ones: a claim is apart from one that it is merged with."""
    problems: dict[int, str] = {}
    merged: list[set[str]] = []
    parted: dict[frozenset[str], int] = {}
    for each in reversed([each for each in corrections if each.other]):
        assert each.other is not None
        pair = {found[each.claim].claim_id, found[each.other].claim_id}
        together = pair.union(*(group for group in merged if group & pair)) if each.action == "merge" else pair
        if each.action == "apart":
            if any(pair <= group for group in merged):
                problems[each.line] = "lines below it merge the two, and the last word holds"
            else:
                parted[frozenset(pair)] = each.line
        elif later := next((line for apart, line in parted.items() if apart <= together), None):
            problems[each.line] = f"line {later} keeps apart what this would join, and the last word holds"
        else:
            merged = [*(group for group in merged if not group & pair), together]
    return problems


def _disordered(corrections: Sequence[Correction], found: Mapping[str, Named]) -> dict[int, str]:
    """Lines after which a claim's bounds or days are in no order."""
    by_claim: defaultdict[str, list[Correction]] = defaultdict(list)
    for each in corrections:
        if each.action == "correct":
            by_claim[found[each.claim].claim_id].append(each)
    problems: dict[int, str] = {}
    for lines in by_claim.values():
        named = found[lines[0].claim]
        slots = {slot: value for each in lines for slot, value in each.slots.items()}
        for first, then in _IN_ORDER:
            low, high = (_value(named, slots, name) for name in (first, then))
            if low is not None and high is not None and low > high:  # type: ignore[operator] # both numbers, or days
                wrong = [each.line for each in lines if {first, then} & set(each.slots)]
                problems = (
                    dict.fromkeys(wrong, f"{first} {_shown(low)} would lie above {then} {_shown(high)}") | problems
                )
    return problems


_IN_ORDER = (
    ("value_low", "value_best"),
    ("value_best", "value_high"),
    ("value_low", "value_high"),
    ("event_start", "event_end"),
)


def _shown(value: Decimal | date) -> str:
    return format(value.normalize(), "f") if isinstance(value, Decimal) else value.isoformat()


def _value(named: Named, slots: Mapping[str, str | None], name: str) -> Decimal | date | None:
    if name not in slots:
        known: Decimal | date | None = getattr(named, name)
        return known
    value = slots[name]
    if value is None:
        return None
    return date.fromisoformat(value) if name.startswith("event") else Decimal(value)
