"""Money, shares and machines -> funding, control, equipment."""

from __future__ import annotations

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.governing import Bid
from extractors.facts.kinds.values import new_draft
from extractors.facts.places import put_place
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Mark, Sentence
from extractors.facts.slots import (
    Found,
    actor_of,
    find_subjects,
    is_future,
    nearest_date,
    put_actor,
    put_date,
    put_implied_actor,
    resolve_focus,
)

_MEASURES = {
    "done": "flow",
    "pledged": "flow",
    "requested": "requirement",
    "needed": "requirement",
    "unfulfilled": "requirement",
}


def draft_money(context: Context, reading: Reading, quantity: Quantity, bids: list[Bid]) -> Draft | None:
    """Funding, unless the money is a bounty or a ransom."""
    if not bids:
        return None
    bid = bids[0]
    if any(b.cue.kind == "none" for b in bids[:3]):
        return None
    status = bid.cue.status or "done"
    if status == "done" and is_future(reading, bid.mark.i):
        status = "pledged"
    draft = new_draft("funding", f"funding.{bid.cue.name}", reading, quantity, (bid.mark.i, bid.mark.j))
    draft.fields.update(status=status, measure=_MEASURES[status], currency=quantity.currency)
    if quantity.unit_at is not None:
        draft.put("unit", reading.sentence.span(*quantity.unit_at), unit=quantity.currency)
    _put_payer(context, reading, draft, bid, quantity)
    mention = nearest_date(reading, bid.mark.i)
    if mention is not None:
        put_date(draft, mention, future=False)
    return draft


def _put_payer(context: Context, reading: Reading, draft: Draft, bid: Bid, quantity: Quantity) -> None:
    """Who pays: a state beside the sum or before the verb; the UN for its fund and its appeals."""
    sentence = reading.sentence
    status = draft.fields["status"]
    beside = sentence.marks[quantity.i - 1] if quantity.i > 0 else None
    if (
        beside is not None
        and not beside.is_compound
        and (actor := actor_of(beside)) is not None
        and actor.type == "state"
    ):
        put_actor(draft, (actor, beside, sentence))
        return
    receives = any("receiving" in sentence.tags(k) for k in range(bid.mark.i, bid.mark.j))
    agents = _agents(context, reading, bid, quantity)
    subjects = [] if receives else find_subjects(context, reading, min(bid.mark.i, quantity.i))
    found = [_state_of(context, f) for f in (*subjects, *agents)]
    states = [f for f in found if f[0].type == "state" and f[0].id != context.mission.theatre]
    fund = next((m for m in sentence.each() if "fund_noun" in m.entry.tags), None)
    if receives and not states:
        _put_fund(context, draft, is_fund=True)
    elif status in ("requested", "needed") or not states or _is_paid_in(states, fund, bid, quantity):
        forces = [f for f in found if context.is_force(f[0])]
        if fund is None and status != "requested" and forces:
            put_actor(draft, forces[0])
        else:
            is_fund = fund is not None or status == "requested" or _is_of_pledges(sentence, bid)
            _put_fund(context, draft, is_fund=is_fund, is_ours=_is_ours(context, reading))
    else:
        put_actor(draft, states[0])


def _is_paid_in(states: list[Found], fund: Mark | None, bid: Bid, quantity: Quantity) -> bool:
    """True where the fund, not a state named after it, is the subject: "the fund has received $85 million"."""
    return fund is not None and states[0][1].i < fund.i and fund.j <= bid.mark.i < quantity.i


def _state_of(context: Context, found: Found) -> Found:
    """A government pays for its state ("the State Department announced $100 million")."""
    actor, mark, sentence = found
    state = context.actors.get(actor.country) if actor.type == "government" and actor.country else None
    return (state, mark, sentence) if state is not None else found


def _is_of_pledges(sentence: Sentence, bid: Bid) -> bool:
    """As in "pledges stand at $97 million": what all donors promised."""
    return any("pledge_noun" in sentence.tags(k) for k in range(bid.mark.i + 1))


def _is_ours(context: Context, reading: Reading) -> bool:
    """True where a need is the mission's: it is named here or in the sentence before."""
    near = [reading.sentence] + ([reading.before.sentence] if reading.before is not None else [])
    return any(context.is_force(actor_of(mark)) or "mission_word" in mark.entry.tags for s in near for mark in s.each())


def _agents(context: Context, reading: Reading, bid: Bid, quantity: Quantity) -> list[Found]:
    """As in "paid by Canada", "a payment from France"; what is behind the next sum belongs to that one."""
    sentence = reading.sentence
    later = [q.i for q in reading.quantities if q.i >= quantity.j and q.group == "money"]
    stop = min(later, default=len(sentence.tokens))
    for mark in sentence.each():
        if mark.i >= stop:
            break
        actor = actor_of(mark)
        if (
            mark.i >= bid.mark.j
            and actor is not None
            and context.is_contributor(actor)
            and sentence.tags(mark.i - 1) & {"by", "from", "determiner"}
        ):
            return [(actor, mark, sentence)]
    return []


def _put_fund(context: Context, draft: Draft, *, is_fund: bool, is_ours: bool = True) -> None:
    if is_fund:
        put_implied_actor(context, draft, "UN")
    elif draft.fields["status"] == "needed" and is_ours:
        put_implied_actor(context, draft, context.force)


def draft_percent(context: Context, reading: Reading, quantity: Quantity, bids: list[Bid]) -> Draft | None:
    """A share of ground held, or of an appeal paid; growth rates and other shares are no claims."""
    if "rate" in reading.sentence.tags(quantity.i - 1):
        return None
    if quantity.is_share:
        # Parts in words are ground, or the loose talk of some other share.
        bids = [bid for bid in bids if bid.cue.kind == "control"]
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
    if bid.cue.kind != "control":
        return None
    return _draft_ground(context, reading, quantity, (bid.mark.i, bid.mark.j))


def _names_gang(reading: Reading) -> bool:
    return any((a := actor_of(m)) is not None and a.type == "gang" for m in reading.sentence.each())


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
    put_place(context, reading, draft, quantity.figure[1] - 1, inherit=True)
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
            put_place(context, reading, draft, k, inherit=False)
            return draft
    return None


def put_gangs(context: Context, reading: Reading, draft: Draft) -> None:
    """The gangs, as named nearest in the sentence; implied where it only says "their control"."""
    for mark in reading.sentence.each():
        actor = mark.name.actor if mark.name is not None else None
        if actor is not None and actor.type == "gang":
            put_actor(draft, (actor, mark, reading.sentence))
            draft.fields["actor"] = "gangs"
            return
    put_implied_actor(context, draft, "gangs")


def draft_equipment(context: Context, reading: Reading, quantity: Quantity, bids: list[Bid]) -> Draft | None:
    """Vehicles, aircraft and arms, delivered, promised or lost."""
    if not bids:
        return None
    bid = bids[0]
    status = bid.cue.status or "done"
    if status == "done" and is_future(reading, bid.mark.i):
        status = "planned"
    draft = new_draft("equipment", f"equipment.{bid.cue.name}", reading, quantity, (bid.mark.i, bid.mark.j))
    draft.fields.update(status=status, measure="flow")
    if not _put_giver(context, reading, draft, (min(bid.mark.i, quantity.i), max(bid.mark.j, quantity.j))):
        return None
    mention = nearest_date(reading, bid.mark.i)
    if mention is not None:
        put_date(draft, mention, future=status == "planned")
    put_place(context, reading, draft, bid.mark.i, inherit=False)
    return draft


# Who gave it may stand behind the things: "supplied by the United States", "from Canada".
_GIVER_REACH = 7


def find_force(context: Context, reading: Reading, draft: Draft) -> bool:
    """Puts the force as the owner where the sentence names it."""
    for mark in reading.sentence.each():
        actor = actor_of(mark)
        if actor is not None and context.is_force(actor):
            put_actor(draft, (actor, mark, reading.sentence))
            return True
    put_implied_actor(context, draft, context.force)
    return any(
        "mission_word" in mark.entry.tags or (mark.entry.unit is not None and mark.entry.unit.group == "force")
        for mark in reading.sentence.each()
    )


def _put_giver(context: Context, reading: Reading, draft: Draft, at: tuple[int, int]) -> bool:
    """The donor: an agent after the things, a state in their phrase, or the subject; else the force has them."""
    sentence = reading.sentence
    states = [m for m in sentence.each() if (a := actor_of(m)) is not None and context.is_contributor(a)]
    behind = [m for m in states if at[1] <= m.i <= at[1] + _GIVER_REACH and _is_agent(sentence, m)]
    inside = [m for m in states if at[0] <= m.i < at[1]]
    found = find_subjects(context, reading, at[0], senders=True)
    for mark in (*behind, *inside):
        actor = actor_of(mark)
        assert actor is not None
        put_actor(draft, (actor, mark, sentence))
        return True
    givers = [f for f in found if f[0].id != context.mission.theatre]
    if not givers and draft.rule == "equipment.lose equipment":
        # Burnt cars are anybody's; only the mission's own losses are told.
        return bool(find_force(context, reading, draft))
    if not givers and draft.rule == "equipment.equip":
        givers = resolve_focus(reading)
    if givers:
        put_actor(draft, givers[0])
    else:
        put_implied_actor(context, draft, context.force)
    return True


def _is_agent(sentence: Sentence, mark: Mark) -> bool:
    k = mark.i - 1
    while "determiner" in sentence.tags(k):
        k -= 1
    return bool(sentence.tags(k) & {"by", "from"})
