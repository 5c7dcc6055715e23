"""GoldFact, Claim -> do they say the same thing, and in which slots.

Loose: kind and value agree (a casualty's harm and money's currency too); what has no number agrees on person, actor or
place, as its kind asks. Strict: the actor and the status are right as well.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache

from extractors.evaluation.gold import GoldFact
from extractors.records import Claim

SLOTS = ("actor", "status", "measure", "qualifier", "unit", "when", "where")

# Half a percent: "1.3 million" and 1,304,684 are one number said twice.
_TOLERANCE = 0.005
_STATES = {"kenya": "KEN", "haiti": "HTI", "united states": "USA", "us": "USA", "canada": "CAN"}
_SIZED_MANDATES = ("authorise", "extend", "transition")
# Of these kinds the unit is the harm or the currency, which the loose comparison has looked at.
_UNITLESS = ("casualty", "funding")
_FAMILIES = {
    "person": ("police", "soldiers", "soldier", "troops", "personnel", "officers", "military", "officer", "agents",
               "person", "people"),
    "household": ("households", "household", "families"),
    "vehicle": ("vehicles", "vehicle", "mraps", "armoured_vehicles"),
    "helicopter": ("helicopters", "helicopter", "aircraft"),
}  # fmt: skip
_FAMILY = {word: family for family, words in _FAMILIES.items() for word in words}


def agrees_loosely(fact: GoldFact, claim: Claim) -> bool:
    """True when the claim is about the same thing as the fact, its attributes aside."""
    if fact.kind != claim.kind:
        return False
    by_person = {"role": _same_holder, "statement": _same_speaker}.get(fact.kind)
    if by_person is not None:
        return by_person(fact, claim)
    if fact.kind == "mandate" and fact.quantity is None:
        return not _values(claim) or claim.subkind in _SIZED_MANDATES
    return _same_value(fact, claim) and _same_thing(fact, claim)


def agrees_strictly(fact: GoldFact, claim: Claim) -> bool:
    """True when, besides, nothing is said against actor and status."""
    return agrees_loosely(fact, claim) and all(slot_agrees(slot, fact, claim) is not False for slot in SLOTS[:2])


def slot_agrees(slot: str, fact: GoldFact, claim: Claim) -> bool | None:
    """Whether a slot of SLOTS is right; None where the gold says nothing of it."""
    return _SLOT_TESTS[slot](fact, claim)


def count_agreeing(fact: GoldFact, claim: Claim) -> int:
    """In how many slots the two agree."""
    return sum(slot_agrees(slot, fact, claim) is True for slot in SLOTS)


def _same_holder(fact: GoldFact, claim: Claim) -> bool:
    return bool(fact.person) and _surname(fact.person) == _surname(claim.person)


def _same_speaker(fact: GoldFact, claim: Claim) -> bool:
    speaker = _surname(fact.person or fact.actor)
    return bool(speaker) and speaker in {_surname(name) for name in (claim.person, claim.actor_text, claim.actor)}


def _same_value(fact: GoldFact, claim: Claim) -> bool:
    values = _values(claim)
    if fact.quantity is None:
        return not values or claim.qualifier == "vague"
    wanted = fact.quantity
    return any(abs(wanted - value) <= _TOLERANCE * max(abs(wanted), abs(value)) for value in values)


def _same_thing(fact: GoldFact, claim: Claim) -> bool:
    if fact.kind == "casualty":
        return _fold(fact.harm) == _fold(claim.subkind or claim.unit)
    if fact.kind == "funding" and fact.unit not in (None, "percent"):
        return (claim.currency or "").upper() == (fact.unit or "").upper()
    if fact.quantity is not None:
        return True
    if fact.kind == "control":
        return not fact.where or _fold(fact.where) in _places(claim)
    return not fact.actor or _actor_key(fact.actor) in _actors(claim)


def _actor_agrees(fact: GoldFact, claim: Claim) -> bool | None:
    return None if fact.actor is None else _actor_key(fact.actor) in _actors(claim)


def _status_agrees(fact: GoldFact, claim: Claim) -> bool | None:
    if fact.status is None:
        return None
    return claim.status == ("done" if fact.is_total else fact.status)


def _measure_agrees(fact: GoldFact, claim: Claim) -> bool | None:
    return claim.measure in ("stock", "cumulative") if fact.is_total else None


def _qualifier_agrees(fact: GoldFact, claim: Claim) -> bool | None:
    if fact.qualifier is None:
        return None
    return {"between": "about", "fewer_than": "up_to"}.get(claim.qualifier or "", claim.qualifier) == fact.qualifier


def _unit_agrees(fact: GoldFact, claim: Claim) -> bool | None:
    if fact.unit is None or fact.kind in _UNITLESS:
        return None
    return _family(fact.unit) in (_family(claim.unit), _family(claim.unit_class))


def _when_agrees(fact: GoldFact, claim: Claim) -> bool | None:
    if fact.when is None:
        return None
    start, _, end = fact.when.partition("/")
    end = end or start
    first = str(claim.event_start or claim.as_of or "")
    last = str(claim.event_end or first)
    return first.startswith(start[:10]) and last[: len(end)] == end


def _where_agrees(fact: GoldFact, claim: Claim) -> bool | None:
    if fact.where is None:
        return None
    wanted, places = _fold(fact.where), _places(claim)
    return wanted in places or (wanted == "haiti" and "hti" in places)


_SLOT_TESTS: dict[str, Callable[[GoldFact, Claim], bool | None]] = {
    "actor": _actor_agrees,
    "status": _status_agrees,
    "measure": _measure_agrees,
    "qualifier": _qualifier_agrees,
    "unit": _unit_agrees,
    "when": _when_agrees,
    "where": _where_agrees,
}


def _values(claim: Claim) -> list[float]:
    return [value for value in (claim.value_best, claim.value_low, claim.value_high) if value is not None]


def _places(claim: Claim) -> set[str]:
    names = (claim.place, claim.place_id, claim.admin1, claim.admin2, claim.country)
    return {_fold(name) for name in names if name}


def _actors(claim: Claim) -> set[str]:
    names = (claim.actor, claim.actor_country, claim.actor_text, claim.target)
    return {_actor_key(name) for name in names if name}


def _actor_key(name: str) -> str:
    key = _fold(name)
    return _STATES.get(key, key.upper())


def _surname(name: str | None) -> str:
    return (_fold(name).split() or [""])[-1]


def _family(unit: str | None) -> str:
    key = _fold(unit).replace(" ", "_")
    return _FAMILY.get(key) or _FAMILY.get(key.split("_")[-1], key)


@lru_cache(maxsize=4096)
def _fold(text: str | None) -> str:
    """Lower case without accents; hyphens and runs of spaces count as one space."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text or "") if not unicodedata.combining(c))
    return " ".join(plain.lower().replace("-", " ").split())
