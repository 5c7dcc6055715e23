"""The theatre's own police or army, counted -> strength: "Haiti has barely 9,000 police officers"."""

from __future__ import annotations

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.governing import Bid
from extractors.facts.kinds.bodies import is_body_of_people
from extractors.facts.kinds.home_forces import home_force, named_force
from extractors.facts.kinds.values import new_draft
from extractors.facts.quantity import Quantity
from extractors.facts.slots import Found, is_future, put_actor, put_implied_actor

# Fewer are a patrol or a class of recruits.
_SMALLEST = 500


def draft_home_strength(context: Context, reading: Reading, quantity: Quantity, bid: Bid) -> Draft | None:
    """One draft, where the force or the country is the subject of a verb of having; None for anybody else's people."""
    is_size = bid.cue.kind in ("strength", "deployment") and bid.cue.takes == "after" and bid.mark.j <= quantity.i
    if not is_size or quantity.group not in ("force", "bare") or quantity.value < _SMALLEST or quantity.actors:
        return None
    found = _subject(context, reading, bid.mark.i)
    if found is None or is_future(reading, bid.mark.i) or not is_body_of_people(context, reading, quantity):
        return None
    is_country = found[0].id == context.mission.theatre
    if is_country and quantity.group != "force":
        return None
    draft = new_draft("strength", "strength.home", reading, quantity, (bid.mark.i, bid.mark.j))
    draft.fields.update(status="done", measure="stock")
    if quantity.unit is None:
        draft.put("unit", None, unit="personnel", unit_class="personnel")
    if is_country:
        put_implied_actor(context, draft, home_force(context, quantity))
    else:
        put_actor(draft, found)
    return draft


def _subject(context: Context, reading: Reading, stop: int) -> Found | None:
    """The last one named before token `stop` in its clause, where that is the country or its own force."""
    sentence = reading.sentence
    for k in range(stop - 1, -1, -1):
        mark = sentence.marks[k]
        before = sentence.marks[k - 1] if k else None
        if sentence.low(k) in (";", ":") or "relative" in sentence.tags(k):
            return None
        actor = named_force(context, mark)
        if mark is None or actor is None:
            # "Haiti's police force" is no mission.
            if mark is not None and "mission_word" in mark.entry.tags and not named_force(context, before):
                return None
            continue
        is_own = context.is_home(actor) or actor.id == context.mission.theatre
        is_complement = "preposition" in sentence.tags(sentence.before_determiners(mark.i - 1))
        return (actor, mark, sentence) if is_own and not is_complement and not mark.is_compound else None
    return None
