"""People driven out or in want -> displacement, need."""

from __future__ import annotations

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.governing import Bid
from extractors.facts.kinds.values import new_draft
from extractors.facts.kinds.verb_moods import is_refused
from extractors.facts.places import put_place
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Mark, Sentence
from extractors.facts.slots import actor_of, nearest_date, put_date, put_implied_actor


def draft_displacement(context: Context, reading: Reading, quantity: Quantity, bid: Bid | None) -> Draft | None:
    """One draft: a stock unless a single event drove them out."""
    trigger = (bid.mark.i, bid.mark.j) if bid is not None else quantity.unit_at
    if trigger is None or _is_of_others(context, reading, quantity) or is_refused(reading.sentence, trigger[0]):
        return None
    if quantity.unit is None and bid is not None and _are_shelters(reading.sentence, bid.mark.i):
        return None
    name = bid.cue.name if bid is not None else "displaced people"
    draft = new_draft("displacement", f"displacement.{name}", reading, quantity, trigger)
    draft.put("unit", draft.spans["unit"][0] if "unit" in draft.spans else None, unit=draft.get("unit") or "person")
    put_implied_actor(context, draft, context.mission.theatre)
    mention = nearest_date(reading, trigger[0])
    is_event = _is_event(reading, quantity)
    draft.fields.update(status="done", measure="flow" if is_event else "stock")
    if mention is not None and not mention.is_since:
        put_date(draft, mention, future=False, as_of=not is_event)
    put_place(context, reading, draft, trigger[0])
    return draft


# "sites for the displaced", "sitios de personas desplazadas": so many tokens.
_SHELTER_REACH = 4


def _are_shelters(sentence: Sentence, cue: int) -> bool:
    """As in "the sites of displaced people went from 73 to 108": a bare number counts the sites."""
    return any("shelter_noun" in sentence.tags(k) for k in range(cue - _SHELTER_REACH, cue))


# An event drives out fewer people than this; larger figures are stocks (the largest single flight in Haiti: 60,000).
_LARGEST_FLIGHT = 100_000


def _is_event(reading: Reading, quantity: Quantity) -> bool:
    sentence = reading.sentence
    tags = [sentence.tags(k) for k in range(len(sentence.tokens))]
    if quantity.value >= _LARGEST_FLIGHT or any("ongoing_sum" in t for t in tags):
        return False
    return quantity.unit is None or quantity.unit.kind != "displacement"


def _is_of_others(context: Context, reading: Reading, quantity: Quantity) -> bool:
    """Numbers without a noun beside officers, money or a fund count those; people of another country are not ours."""
    marks = list(reading.sentence.each())
    if quantity.unit is None and any(q.group in ("money", "force", "nationals") for q in reading.quantities):
        return True
    if quantity.unit is None and any(m.entry.tags & {"fund_noun", "mission_word"} for m in marks):
        return True
    states = [a for m in marks if (a := actor_of(m)) is not None and a.type == "state"]
    return any(not a.roles for a in states) and not any(a.id == context.mission.theatre for a in states)


def draft_need(context: Context, reading: Reading, quantity: Quantity, bid: Bid | None) -> Draft | None:
    """One draft of people hungry or in need of aid."""
    assert bid is not None
    if _is_of_others(context, reading, quantity):
        return None
    draft = new_draft("need", f"need.{bid.cue.name}", reading, quantity, (bid.mark.i, bid.mark.j))
    if draft.get("unit") is None:
        draft.put("unit", None, unit="person")
    want = bid.cue.subkind or _want_of(context, reading, quantity, bid.mark)
    draft.fields.update(status="needed", measure="stock", subkind=want)
    put_implied_actor(context, draft, context.mission.theatre)
    mention = nearest_date(reading, bid.mark.i)
    if mention is not None and not mention.is_since:
        put_date(draft, mention, future=True)
    put_place(context, reading, draft, bid.mark.i)
    return draft


_WANTS = (("hunger", "hunger_word"), ("aid", "aid_word"))


def _want_of(context: Context, reading: Reading, quantity: Quantity, mark: Mark) -> str:
    """What people are in want of: who goes hungry and who needs aid are counted apart, often in one sentence.

    The word that says so tells; else what stands around this number and no other; else what was told just before.
    """
    near = (range(mark.i, mark.j), _around(reading, quantity))
    said = (want for tokens in near for want, tag in _WANTS if context.holds(reading.sentence, tokens, tag))
    last = context.counted
    inherited = last.get("subkind") if last is not None and last.kind == "need" else None
    return next(said, None) or inherited or "aid"


def _around(reading: Reading, quantity: Quantity) -> range:
    """The tokens between the numbers before and after."""
    others = [other for other in reading.quantities if other is not quantity]
    first = max((other.j for other in others if other.j <= quantity.i), default=0)
    last = min((other.i for other in others if other.i >= quantity.j), default=len(reading.sentence.tokens))
    return range(first, last)
