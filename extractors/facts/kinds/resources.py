"""Shares -> control, funding, strength."""

from __future__ import annotations

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.governing import Bid
from extractors.facts.kinds.values import new_draft
from extractors.facts.places import put_place
from extractors.facts.quantity import Quantity
from extractors.facts.slots import (
    actor_of,
    put_actor,
    put_implied_actor,
)


def draft_percent(context: Context, reading: Reading, quantity: Quantity, bids: list[Bid]) -> Draft | None:
    """A share of ground held, or of an appeal paid; growth rates and other shares are no claims."""
    if "rate" in reading.sentence.tags(quantity.i - 1):
        return None
    if quantity.is_share:
        # Parts in words are ground or the funded part of an appeal, or the loose talk of some other share.
        bids = [bid for bid in bids if bid.cue.kind == "control" or bid.cue.name == "funded"]
    elif (share := _draft_share(context, reading, quantity)) is not None:
        return share
    if not bids:
        return _draft_ground(context, reading, quantity) if _names_gang(reading) else None
    bid = bids[0]
    if bid.cue.kind == "funding":
        draft = new_draft("funding", f"funding.{bid.cue.name}", reading, quantity, (bid.mark.i, bid.mark.j))
        draft.fields.update(status=bid.cue.status or "done", measure="share")
        put_implied_actor(context, draft, "UN")
        return draft
    if bid.cue.kind != "control" or not _is_of_theatre(context, reading, quantity):
        return None
    return _draft_ground(context, reading, quantity, (bid.mark.i, bid.mark.j))


def _names_gang(reading: Reading) -> bool:
    return any((a := actor_of(m)) is not None and a.type == "gang" for m in reading.sentence.each())


def _is_of_theatre(context: Context, reading: Reading, quantity: Quantity) -> bool:
    """True where gangs are spoken of, or a place of the theatre: a share of somewhere else is none of ours."""
    if _names_gang(reading) or (reading.before is not None and _names_gang(reading.before)):
        return True
    if quantity.is_share:
        return False
    for mark in reading.sentence.each():
        place = mark.name.place if mark.name is not None else None
        if "capital_city" in mark.entry.tags or (place is not None and place.country == context.mission.theatre):
            return True
    return False


def _draft_ground(
    context: Context, reading: Reading, quantity: Quantity, trigger: tuple[int, int] | None = None
) -> Draft | None:
    """The share of a place that gangs hold; without a verb the place must follow at once."""
    sentence = reading.sentence
    if trigger is None and not any(
        (n := sentence.name(k)) is not None and n.place is not None for k in range(quantity.j, quantity.j + 4)
    ):
        return None
    draft = new_draft("control", "control.share", reading, quantity, trigger)
    draft.fields.update(status="done", measure="share", subkind="held")
    put_gangs(context, reading, draft)
    put_place(context, reading, draft, quantity.figure[1] - 1)
    return draft


# "75 percent of them from Kenya": the nation stands so many tokens after the share.
_NATION_REACH = 7


def _draft_share(context: Context, reading: Reading, quantity: Quantity) -> Draft | None:
    """The part of a force that one contributor makes up."""
    sentence = reading.sentence
    if not any(
        sentence.entry(k).unit is not None and "force_noun" in sentence.tags(k) for k in range(len(sentence.tokens))
    ):
        return None
    for k in range(quantity.j, min(quantity.j + _NATION_REACH, len(sentence.tokens))):
        mark = sentence.marks[k]
        actor = actor_of(mark)
        if mark is not None and mark.name is not None and context.is_contributor(actor) and actor is not None:
            if mark.name.form != "adjective" and "from" not in sentence.tags(k - 1):
                continue
            draft = new_draft("strength", "strength.share", reading, quantity, None)
            draft.fields.update(status="done", measure="share")
            put_actor(draft, (actor, mark, sentence))
            put_place(context, reading, draft, k)
            return draft
    return None


def put_gangs(context: Context, reading: Reading, draft: Draft) -> None:
    """The gangs, as named nearest in the sentence; implied where it only says "their control"."""
    for mark in reading.sentence.each():
        actor = mark.name.actor if mark.name is not None else None
        if actor is not None and actor.type == "gang":
            put_actor(draft, (actor, mark, reading.sentence))
            draft.fields["actor"] = context.adversary
            return
    put_implied_actor(context, draft, context.adversary)
