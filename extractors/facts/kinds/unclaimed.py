"""Quantity that no cue governs -> strength, planned size or pledge: what people of a force are counted for by default.

Prose has more ways to say that a force has 550 people than any list of verbs. People of the mission beside whom nothing
happens are its strength; a number that another one falls short of is what was planned, or promised.
"""

from __future__ import annotations

from extractors.facts.acting import COUNCIL
from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.kinds.bodies import find_nation_behind, is_body_of_people, is_elsewhere
from extractors.facts.kinds.comparisons import PERSONS, SMALLEST_BARE, falls_short, is_measured_against
from extractors.facts.kinds.meanings import Meaning
from extractors.facts.kinds.surroundings import is_set_behind
from extractors.facts.kinds.values import new_draft
from extractors.facts.kinds.whole_force import force_meant, speaks_of_force
from extractors.facts.kinds.whose_people import LAST_REACH, find_whose, own_nations
from extractors.facts.places import put_place
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Sentence
from extractors.facts.slots import (
    Found,
    actor_of,
    clause_date,
    is_future,
    own_date,
    put_actor,
    put_date,
    put_implied_actor,
)

_LARGEST = 20_000
# "It is 991, comprising ..." and "flies in two dozen: 20 soldiers and four police": a part is what its whole is.
_HAVING_PARTS = frozenset(["strength", "mandate", "deployment", "pledge", "withdrawal"])


def draft_unclaimed(context: Context, reading: Reading, quantity: Quantity, made: dict[int, Draft]) -> Draft | None:
    """One draft, or None where nothing says that the mission's people are counted."""
    if not (_may_be(context, reading, quantity) or _is_ceiling_of_people(context, reading, quantity)):
        return None
    if _is_parted_by_nation(context, reading, quantity):
        force = force_meant(context, reading, quantity.i)
        draft = _new(reading, quantity, "strength", "done", "stock")
        put_implied_actor(context, draft, force)
        return draft
    if _is_ceiling(reading, quantity):
        return _draft_ceiling(context, reading, quantity)
    if is_measured_against(reading, quantity):
        return _draft_goal(context, reading, quantity, made)
    whole = made.get(id(quantity.whole)) if quantity.whole is not None else None
    is_part = quantity.group != "bare" or quantity.is_addend
    if whole is not None and whole.kind in _HAVING_PARTS and is_part:
        return _draft_part(context, reading, quantity, whole)
    found = find_whose(context, reading, quantity)
    return None if found is None else _draft_found(context, reading, quantity, found)


def _is_parted_by_nation(context: Context, reading: Reading, quantity: Quantity) -> bool:
    """As in "Of the 1,000 personnel, 730 are Kenyan": who has a nation is there, and so is the whole of them."""
    if quantity.value < SMALLEST_BARE or not quantity.is_definite or quantity.actors:
        return False
    parts = (q for q in reading.quantities if q.value < quantity.value)
    return any(find_nation_behind(context, reading, part) is not None for part in parts)


def _may_be(context: Context, reading: Reading, quantity: Quantity) -> bool:
    is_people = quantity.group in PERSONS or (quantity.group == "civil" and _has_addends(reading, quantity))
    if not is_people or quantity.is_article or quantity.is_vague or quantity.value > _LARGEST:
        return False
    if quantity.unit is not None and quantity.unit.actor is not None:
        return False
    return not is_elsewhere(context, reading) and is_body_of_people(context, reading, quantity)


def _is_ceiling(reading: Reading, quantity: Quantity) -> bool:
    """As in "sets a ceiling of 5,500 uniformed personnel": the noun says it, whoever sets it."""
    words = range(quantity.i - 1, quantity.figure[0])
    return not quantity.actors and any("limit_noun" in reading.sentence.tags(k) for k in words)


def _is_ceiling_of_people(context: Context, reading: Reading, quantity: Quantity) -> bool:
    """As in "The Council set a ceiling of 5,550 people": plain people, of a force that is spoken of."""
    is_people = quantity.group == "civil" and quantity.value <= _LARGEST and _is_ceiling(reading, quantity)
    named = (actor_of(mark) for mark in reading.sentence.each())
    is_of_council = any(actor is not None and actor.id == COUNCIL for actor in named)
    return is_people and (is_of_council or speaks_of_force(context, reading.sentence))


def _draft_ceiling(context: Context, reading: Reading, quantity: Quantity) -> Draft:
    is_proposed = any("proposal" in tags for tags in reading.sentence.classes)
    return _draft_size(context, reading, quantity, is_granted=not is_proposed)


def _draft_size(context: Context, reading: Reading, quantity: Quantity, *, is_granted: bool) -> Draft:
    """A size that the Council has set, or that somebody plans for the force."""
    draft = _new(reading, quantity, "mandate", "done" if is_granted else "planned", "ceiling")
    draft.fields["subkind"] = "authorise"
    force = force_meant(context, reading, quantity.i)
    put_implied_actor(context, draft, COUNCIL if is_granted else force)
    if is_granted:
        draft.put("target", None, target=force)
    return draft


def _has_addends(reading: Reading, quantity: Quantity) -> bool:
    """True for the whole of parts that are a force's ("5,550 people: 5,500 in uniform and 50 civilians"), or a part."""
    if quantity.is_addend and quantity.whole is not None:
        return quantity.whole.group != "civil" or _has_addends(reading, quantity.whole)
    parts = [part for part in reading.quantities if part.whole is quantity and part.is_addend]
    return any(part.group in ("force", "bare") for part in parts)


def _draft_goal(context: Context, reading: Reading, quantity: Quantity, made: dict[int, Draft]) -> Draft | None:
    part = next((p for p in reading.quantities if p.whole is quantity and id(p) in made), None)
    before = made.get(id(part)) if part is not None else next(iter(reversed(made.values())), None)
    sender = before.get("actor") if before is not None else None
    own = [found for found in own_nations(context, reading, quantity) if context.is_contributor(found[0])]
    if before is not None and before.kind == "strength":
        if "earlier" in reading.sentence.tags(quantity.j):
            # "860, contre 700 auparavant": what there was before.
            return _draft_part(context, reading, quantity, before)
        if "total" in reading.sentence.tags(quantity.j):
            # "735 out of 991 in all": what there is of everybody.
            draft = _draft_part(context, reading, quantity, before)
            put_implied_actor(context, draft, force_meant(context, reading, quantity.i))
            return draft
    if own or (sender is not None and context.is_contributor(context.actors.get(sender))):
        draft = _new(reading, quantity, "pledge", "pledged", "flow")
        if own:
            put_actor(draft, own[0])
        else:
            put_implied_actor(context, draft, str(sender))
        return draft
    is_granted = is_set_behind(reading.sentence, quantity)
    if quantity.value < SMALLEST_BARE or (before is None and quantity.group == "bare" and not is_granted):
        return None
    draft = _draft_size(context, reading, quantity, is_granted=is_granted)
    day = next((m for m in reading.dates if 0 <= m.i - quantity.j <= _GRANT_REACH), None) if is_granted else None
    if day is not None:
        put_date(draft, day, future=False)
    return draft


# "fixés en septembre par la résolution": so many tokens from a size to the day it was set on.
_GRANT_REACH = 3


def _draft_part(context: Context, reading: Reading, quantity: Quantity, whole: Draft) -> Draft:
    """As in "991, comprising 733 police from Kenya": a part is there as its whole is."""
    draft = _new(reading, quantity, whole.kind, str(whole.get("status")), whole.get("measure"))
    own = [found for found in own_nations(context, reading, quantity) if context.is_contributor(found[0])]
    if whole.kind == "mandate":
        draft.fields["subkind"] = whole.get("subkind")
    if own:
        put_actor(draft, own[0])
    elif whole.get("actor") is not None:
        put_implied_actor(context, draft, str(whole.get("actor")))
        if whole.get("target") is not None:
            draft.put("target", None, target=whole.get("target"))
    mention = own_date(reading, quantity) if whole.kind != "strength" else None
    if mention is not None:
        put_date(draft, mention, future=whole.get("status") == "planned")
    if whole.kind == "strength":
        put_place(context, reading, draft, quantity.i)
    return draft


def _draft_found(context: Context, reading: Reading, quantity: Quantity, found: Found) -> Draft:
    """What people of the mission are counted for: they moved on a day, are to come, are planned, or are there."""
    kind, status, measure = _mean(context, reading, quantity, found)
    draft = _new(reading, quantity, kind, status, measure)
    force = force_meant(context, reading, quantity.i)
    if kind == "mandate":
        draft.fields["subkind"] = "authorise"
        put_implied_actor(context, draft, COUNCIL if status == "done" else force)
        if status == "done":
            draft.put("target", None, target=force)
    elif context.is_force(found[0]):
        put_actor(draft, (context.actors.get(force, found[0]), found[1], found[2]))
    else:
        put_actor(draft, found)
    mention = clause_date(reading, quantity.i) if kind != "strength" else None
    if mention is not None:
        put_date(draft, mention, future=status == "planned")
    if kind in ("strength", "deployment"):
        put_place(context, reading, draft, quantity.i)
    return draft


def _mean(context: Context, reading: Reading, quantity: Quantity, found: Found) -> Meaning:
    sentence = reading.sentence
    to_come = is_future(reading, quantity.i) or is_future(reading, min(quantity.j, len(sentence.tokens) - 1), back=3)
    if context.is_force(found[0]):
        tags = frozenset().union(*sentence.classes)
        is_granted = tags & {"resolution", "council", "adopt"} and not falls_short(reading, quantity)
        if is_granted or quantity.qualifier == "up_to":
            return "mandate", "done", "ceiling"
        to_come = to_come or "article" in sentence.tags(quantity.figure[0] - 1)
        return ("mandate", "planned", "ceiling") if to_come else ("strength", "done", "stock")
    if _leaves(sentence, quantity):
        return "withdrawal", "planned" if to_come else "done", "flow"
    is_pledged = any("pledge_noun" in sentence.tags(k) for k in range(quantity.i))
    if is_pledged or (quantity.is_definite and _is_still_owed(reading, quantity)):
        return "pledge", "pledged", "flow"
    if to_come:
        return ("deployment", "planned", "flow") if reading.dates else ("pledge", "pledged", "flow")
    has_day = any(mention.precision == "day" and not mention.is_speech for mention in reading.dates)
    has_more = any("more" in sentence.tags(k) for k in range(quantity.i, min(quantity.j + 2, len(sentence.tokens))))
    return ("deployment", "done", "flow") if has_day or has_more else ("strength", "done", "stock")


# "the remaining 490 officers will all leave": so many tokens on either side of the number.
_LEAVING_REACH = 6


def _leaves(sentence: Sentence, quantity: Quantity) -> bool:
    """As in "Kenya's remaining 490 officers will leave in stages": the last of a contingent go home."""
    near = range(max(0, quantity.i - LAST_REACH), quantity.j)
    if not any("last_of" in sentence.tags(k) for k in near):
        return False
    after = range(quantity.j, min(quantity.j + _LEAVING_REACH, len(sentence.tokens)))
    return any(sentence.tags(k) & {"leaving", "departing", "homeward"} for k in after)


def _new(reading: Reading, quantity: Quantity, kind: str, status: str, measure: str | None) -> Draft:
    draft = new_draft(kind, f"{kind}.unclaimed", reading, quantity, quantity.unit_at or quantity.figure)
    draft.fields.update(status=status, measure=measure)
    if quantity.unit is None:
        draft.put("unit", None, unit="personnel", unit_class="personnel")
    return draft


def _is_still_owed(reading: Reading, quantity: Quantity) -> bool:
    """As in "confirmed its 2,000 soldiers", "its 150 police will be ready": people who are only held out."""
    sentence = reading.sentence
    around = range(max(0, quantity.i - _HELD_OUT_REACH), min(quantity.j + _HELD_OUT_REACH, len(sentence.tokens)))
    return any(sentence.tags(k) & {"held_out", "condition", "proviso"} for k in around) or any(
        cue.kind == "pledge" for k in around for cue in sentence.entry(k).cues
    )


# "its 150 military police, he said, are in training": so many tokens on either side.
_HELD_OUT_REACH = 6
