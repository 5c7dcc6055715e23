"""Gold facts against claims: the share of facts found with the right kind, value, actor and status."""

from __future__ import annotations

from extractors.records import Claim

_NAMES = {"kenya": "KEN", "haiti": "HTI", "united states": "USA"}
_HARMS = {"dead": "killed", "deaths": "killed", "wounded": "injured", "abducted": "kidnapped"}


def count_hits(facts: list[dict[str, object]], claims: list[Claim]) -> int:
    """How many facts have a claim of their own that agrees in kind, value, actor and status."""
    left, hits = list(claims), 0
    for fact in facts:
        match = next((claim for claim in left if agrees(fact, claim)), None)
        if match is not None:
            left.remove(match)
            hits += 1
    return hits


def agrees(fact: dict[str, object], claim: Claim) -> bool:
    """True when the claim says what the fact says, attributes aside."""
    if fact["kind"] != claim.kind or not _actor_agrees(fact, claim):
        return False
    status = "done" if fact.get("status") == "cumulative" else fact.get("status")
    if status not in (None, claim.status):
        return False
    if claim.kind in ("role", "statement"):
        return _person_agrees(fact, claim)
    if claim.kind == "casualty" and _HARMS.get(str(fact.get("unit")), fact.get("unit")) != claim.subkind:
        return False
    return _value_agrees(fact, claim)


def _actor_agrees(fact: dict[str, object], claim: Claim) -> bool:
    wanted = fact.get("actor")
    if wanted is None:
        return True
    key = _NAMES.get(str(wanted).lower(), str(wanted).upper())
    told = (claim.actor, claim.actor_country, claim.actor_text, claim.target)
    return key in {_NAMES.get(str(name).lower(), str(name).upper()) for name in told if name}


def _person_agrees(fact: dict[str, object], claim: Claim) -> bool:
    if fact.get("person") is None:
        return claim.kind == "statement"
    return claim.person is not None and str(fact["person"]).split()[-1].lower() == claim.person.split()[-1].lower()


def _value_agrees(fact: dict[str, object], claim: Claim) -> bool:
    values = [value for value in (claim.value_low, claim.value_best, claim.value_high) if value is not None]
    wanted = fact.get("quantity")
    if wanted is None:
        return not values or claim.qualifier == "vague"
    return any(abs(value - float(str(wanted))) <= 0.005 * max(value, 1.0) for value in values)
