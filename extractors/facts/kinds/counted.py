"""Quantities -> drafts: every kind whose claim is a number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractors.facts.context import Context, Reading
from extractors.facts.currencies import borrow_currency
from extractors.facts.drafts import Draft
from extractors.facts.elided import fill_elided
from extractors.facts.governing import Bid, govern_all
from extractors.facts.kinds.casualties import draft_casualty
from extractors.facts.kinds.forces import draft_force, draft_nation, is_each
from extractors.facts.kinds.funding import draft_money
from extractors.facts.kinds.home_strength import draft_home_strength
from extractors.facts.kinds.machines import draft_equipment
from extractors.facts.kinds.meanings import FAINT
from extractors.facts.kinds.recounts import draft_recount
from extractors.facts.kinds.resources import draft_percent
from extractors.facts.kinds.unclaimed import draft_unclaimed
from extractors.facts.kinds.victims import draft_displacement, draft_need
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Sentence
from extractors.facts.respective import share_out
from extractors.facts.slots import find_subjects, put_actor


def read_counted(context: Context) -> Iterator[Draft]:
    """A draft for each quantity that some cue governs."""
    endings = tuple(context.lexicon.settings.get("active_endings", ()))
    for reading in context.readings:
        made: dict[int, Draft] = {}
        borrow_currency(reading)
        fill_elided(reading)
        share_out(context, reading)
        for quantity, bids in govern_all(reading, endings):
            if bids:
                reading.governed.add(bids[0].mark.i)
            draft = _draft_or_default(context, reading, quantity, bids, made)
            if draft is not None:
                reading.governed |= {bid.mark.i for bid in bids if _is_trigger(reading.sentence, draft, bid)}
                _align_size(draft, made)
                context.counted = draft
                made[id(quantity)] = draft
                draft.whole = made.get(id(quantity.whole)) if quantity.whole else None
                yield draft
                yield from _distribute(context, reading, quantity, draft)


def _is_trigger(sentence: Sentence, draft: Draft, bid: Bid) -> bool:
    return draft.trigger == sentence.span(bid.mark.i, bid.mark.j)


def _align_size(draft: Draft, made: dict[int, Draft]) -> None:
    """As in "up to 5,500 police, with 50 civilian staff": what is granted in one breath is granted together."""
    granted = next((d for d in made.values() if d.kind == "mandate" and d.get("status") == "done"), None)
    if granted is None or draft.kind != "mandate" or draft.get("actor") != granted.get("target"):
        return
    draft.put("target", None, target=granted.get("target"))
    draft.put("actor", None, actor=granted.get("actor"), actor_country=granted.get("actor_country"))
    draft.fields["status"] = "done"


def _draft_or_default(
    context: Context, reading: Reading, quantity: Quantity, bids: list[Bid], made: dict[int, Draft]
) -> Draft | None:
    """What a cue says; parts that add up are what their whole is, and people that no cue claims what is likeliest."""
    is_part = quantity.is_addend and quantity.whole is not None and id(quantity.whole) in made
    bids = _own_bids(reading.sentence, quantity, bids) if made else bids
    draft = None if is_part else _draft(context, reading, quantity, bids)
    names = {bid.cue.name for bid in bids}
    if draft is None and (is_part or names <= _DISTANT | _SAYING_LITTLE):
        draft = draft_recount(context, reading, quantity)
    if draft is None and (is_part or names <= _DISTANT):
        draft = draft_unclaimed(context, reading, quantity, made)
    return draft


def _own_bids(sentence: Sentence, quantity: Quantity, bids: list[Bid]) -> list[Bid]:
    """As in "has 1,380, against the 5,500 that it should have": the verb before the contrast is the first number's."""
    first = next((k for k in range(quantity.i, quantity.i - _CONTRAST_REACH, -1) if _contrasts(sentence, k)), None)
    if first is None or quantity.group not in ("bare", "force"):
        return bids
    return [bid for bid in bids if bid.mark.i > first or bid.cue.kind not in ("strength", "deployment")]


# "against the", "frente a las": so many tokens from the word to its number.
_CONTRAST_REACH = 3


def _contrasts(sentence: Sentence, k: int) -> bool:
    """Not "de los", which opens a whole as well."""
    return "contrast" in sentence.tags(k) and "of" not in sentence.tags(k)


# Cues that refuse what only stands near them ("640, far from the 2,500 planned").
_DISTANT = frozenset(["planned size", "await", "leave"])
# "Entre las víctimas hay tres policías", "the figure stands at 1,041,000": what it is is said by the words around it.
_SAYING_LITTLE = frozenset(["there are", "stand at"])


def _distribute(context: Context, reading: Reading, quantity: Quantity, draft: Draft) -> Iterator[Draft]:
    """As in "Spain and France paid 3 million euros each": the same claim for every other subject."""
    if not is_each(reading.sentence, quantity):
        return
    for found in find_subjects(context, reading, quantity.i):
        if found[0].id != draft.get("actor") and context.is_contributor(found[0]):
            other = replace(draft, fields=dict(draft.fields), spans=dict(draft.spans), derived=set(draft.derived))
            put_actor(other, found)
            yield other


def _draft(context: Context, reading: Reading, quantity: Quantity, bids: list[Bid]) -> Draft | None:
    is_empty = quantity.is_vague and not quantity.value
    if is_empty and (quantity.group == "event" or not bids or bids[0].cue.kind != "casualty"):
        return None
    if quantity.group == "event":
        kind = quantity.unit.kind if quantity.unit is not None else None
        draft_event = draft_casualty if kind == "casualty" else draft_displacement
        return draft_event(context, reading, quantity, None)
    if quantity.group in _BY_GROUP:
        return _BY_GROUP[quantity.group](context, reading, quantity, bids)
    return _draft_people(context, reading, quantity, bids)


_BY_GROUP = {"percent": draft_percent, "money": draft_money, "equipment": draft_equipment}


def _draft_people(context: Context, reading: Reading, quantity: Quantity, bids: list[Bid]) -> Draft | None:
    if not bids:
        return draft_nation(context, reading, quantity)
    if quantity.value < _SMALLEST_ROUNDED and not quantity.value.is_integer():
        # "10.58 – The minister says ...": an hour, for nobody is counted by halves.
        return None
    if quantity.group == "bare" and quantity.value == 1:
        # "One asked whether ..." is somebody, not a count.
        return None
    home = draft_home_strength(context, reading, quantity, bids[0])
    if home is not None:
        return home
    for bid in (*_cleft(reading.sentence, quantity, bids), *_prefer_movement(reading, quantity, bids))[:_MOST_TRIES]:
        if _falls_short(reading.sentence, quantity, bid):
            quantity.qualifier = "fewer_than"
        draft = _BY_KIND[bid.cue.kind](context, reading, quantity, bid) if bid.cue.kind in _BY_KIND else None
        if draft is not None:
            return draft
    return None


# "1.3 thousand" is the least that is written with a fraction.
_SMALLEST_ROUNDED = 1000.0
# "Ils étaient 24 Jamaïcains – vingt soldats et quatre policiers – à rejoindre la base": so many tokens to the verb.
_CLEFT_REACH = 14


def _cleft(sentence: Sentence, quantity: Quantity, bids: list[Bid]) -> list[Bid]:
    """As in "Ils sont 150 à avoir rallié la mission": the infinitive says what those counted did."""
    if bids[0].cue.name != "there are" or not sentence.tags(bids[0].mark.i) & {"pronoun", "recount"}:
        return []
    for mark, cue in sentence.cues():
        if cue.kind in ("deployment", "withdrawal") and 0 <= mark.i - quantity.j <= _CLEFT_REACH:
            before = mark.i - 2 if "have" in sentence.tags(mark.i - 1) else mark.i - 1
            if "to" in sentence.tags(before):
                return [Bid(0.0, mark, cue)]
    return []


def _prefer_movement(reading: Reading, quantity: Quantity, bids: list[Bid]) -> list[Bid]:
    """As in "arrived in two flights, with eight Salvadorans": a preposition yields to the verb of its clause."""
    if not (bids[0].cue.weak >= FAINT or _is_size_of_group(reading.sentence, bids[0])):
        return bids
    # "Kenya leads with 400, Jamaica has 24 and Belize has sent two": a verb behind the next number is that one's.
    stop = next((q.i for q in reading.quantities if q.i >= quantity.j), len(reading.sentence.tokens))
    verbs = [bid for bid in bids[1:] if _moves(bid) and bid.cost <= bids[0].cost + _CLAUSE and bid.mark.i < stop]
    return [*verbs, *(bid for bid in bids if bid not in verbs)]


def _moves(bid: Bid) -> bool:
    """A verb; "the contingent" is one of those who move, or of those who are there ("the contingent is 600 strong")."""
    return bid.cue.kind in ("deployment", "withdrawal") and bid.cue.takes != "after"


def _falls_short(sentence: Sentence, quantity: Quantity, bid: Bid) -> bool:
    """As in "n'atteint pas 800", "no alcanza los 800": there are fewer."""
    around = (*range(bid.mark.i - 2, bid.mark.i + 1), bid.mark.j)
    is_total = bid.cue.name == "total" and bid.mark.i < quantity.i and quantity.qualifier == "exact"
    return is_total and any("negation" in sentence.tags(k) for k in around)


# "a 200-strong second contingent", "a third group of Kenyan police, 144 strong": so many tokens to the noun.
_GROUP_REACH = 3
_LEAD_REACH = 8


def _is_size_of_group(sentence: Sentence, bid: Bid) -> bool:
    """As in "a 200-strong contingent landed", "the contingent, 217 strong, landed": the group moves, so many did."""
    near = (*range(bid.mark.j, bid.mark.j + _GROUP_REACH), *range(max(0, bid.mark.i - _LEAD_REACH), bid.mark.i))
    return bid.cue.name == "strong" and any(_is_contingent(sentence, k) for k in near)


def _is_contingent(sentence: Sentence, k: int) -> bool:
    return "contingent_noun" in sentence.tags(k) or any(cue.name == "contingent" for cue in sentence.entry(k).cues)


# A verb further away belongs to another clause.
_CLAUSE = 8.0


# A rule may refuse its bid (plain people are no contingent); then the next cue is asked.
_MOST_TRIES = 3


_BY_KIND = {
    "casualty": draft_casualty,
    "displacement": draft_displacement,
    "need": draft_need,
    "deployment": draft_force,
    "withdrawal": draft_force,
    "pledge": draft_force,
    "strength": draft_force,
    "mandate": draft_force,
}
