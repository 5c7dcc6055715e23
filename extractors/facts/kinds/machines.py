"""Things counted -> equipment: vehicles, aircraft and arms, delivered, promised, on their way or lost."""

from __future__ import annotations

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.governing import Bid
from extractors.facts.kinds.handings import LOST, not_denied, read_status
from extractors.facts.kinds.home_forces import named_force
from extractors.facts.kinds.values import new_draft
from extractors.facts.kinds.whole_force import GENITIVES, topic_force
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
)

# Who gave a thing may stand behind it: "supplied by the United States", "from Canada".
_GIVER_REACH = 7
# The donor or the owner was named some sentences ago.
_LOOK_BACK = 3
# What becomes of things is told of who has them, or wants them, not of who gave them.
_OWNED = "own equipment"
# A plain verb of having, which counts only where its subject is one of ours ("The hospital has three ambulances").
_HELD = "have equipment"
_OF_OWNER = frozenset([LOST, _OWNED, _HELD, "run equipment", "need equipment", "ask for equipment"])


def draft_equipment(context: Context, reading: Reading, quantity: Quantity, bids: list[Bid]) -> Draft | None:
    """What was given to the mission or the police, and what they lost; other people's cars are none."""
    if _is_article(quantity) or _carries_people(reading, quantity):
        return None
    own = not_denied(reading.sentence, [b for b in bids if b.cue.kind == "equipment"])
    if quantity.is_article and not (own and _is_owned(context, reading.sentence, quantity)):
        return None
    # What was promised stays a promise, whenever it is to come.
    promised = next((b for b in own if b.cue.status == "pledged"), None)
    bid = promised if promised is not None and _yields(reading.sentence, own[0], promised) else next(iter(own), None)
    # "The police, backed by two vehicles of the mission": the owner beside the things comes first.
    owned = _draft_owned(context, reading, quantity) if bid is None or bid.cue.name == _OWNED else None
    if bid is None or owned is not None:
        return owned
    draft = new_draft("equipment", f"equipment.{bid.cue.name}", reading, quantity, (bid.mark.i, bid.mark.j))
    draft.fields.update(status=read_status(reading, bid, quantity), measure="flow")
    if not _put_owner(context, reading, draft, quantity, bid):
        return None
    _put_circumstances(context, reading, draft, bid.mark.i)
    return draft


def _yields(sentence: Sentence, first: Bid, promised: Bid) -> bool:
    """What is to come yields to a promise, and so does a noun: "a shipment of 20 vehicles has been pledged"."""
    is_noun = "of" in sentence.tags(first.mark.j - 1) and first.mark.i < promised.mark.i
    return first.cue.status == "planned" or is_noun


def _put_owner(context: Context, reading: Reading, draft: Draft, quantity: Quantity, bid: Bid) -> bool:
    """Fills who has the things, lost or wants them, or else who gave them; False where that is nobody of ours."""
    at = (min(bid.mark.i, quantity.i), max(bid.mark.j, quantity.j))
    if bid.cue.name in (_OWNED, _HELD) and _put_holder(context, reading, draft, at[0]):
        return True
    if bid.cue.name in _OF_OWNER:
        return bid.cue.name != _HELD and _put_loser(context, reading, draft, quantity)
    return _put_giver(context, reading, draft, at)


def _is_article(quantity: Quantity) -> bool:
    """As in "un accident de deux véhicules": an article whose noun is another."""
    is_apart = quantity.unit_at is not None and quantity.unit_at[0] > quantity.figure[1]
    return quantity.value == 1 and is_apart and not quantity.actors and not quantity.is_definite


def _is_owned(context: Context, sentence: Sentence, quantity: Quantity) -> bool:
    """As in "a Kenyan armoured car", "an armoured vehicle of the force": one machine counts where its owner is told."""
    if any(context.is_contributor(actor_of(mark)) or context.is_force(actor_of(mark)) for mark in quantity.actors):
        return True
    behind = range(quantity.j, min(quantity.j + _OWNER_REACH, len(sentence.tokens)))
    is_of = bool(behind) and bool(sentence.tags(behind[0]) & {"of", "belonging"})
    return is_of and any(_is_owner(context, sentence.marks[k]) for k in behind)


# "an armoured vehicle of the Kenya-led force": so many tokens.
_OWNER_REACH = 5


def _is_owner(context: Context, mark: Mark | None) -> bool:
    actor = named_force(context, mark)
    is_home = actor is not None and "host_police" in actor.roles
    return is_home or context.is_force(actor) or (mark is not None and "mission_word" in mark.entry.tags)


# "two planes carrying another 310 soldiers", "dos aviones con 320": so many tokens to the people on board.
_CARGO_REACH = 3


def _carries_people(reading: Reading, quantity: Quantity) -> bool:
    """As in "Two planes carrying 310 soldiers": what brings people is nothing given."""
    return any(
        q.group in ("force", "nationals")
        and quantity.j < q.i <= quantity.j + _CARGO_REACH
        and not ("conjunction" in reading.sentence.tags(q.i - 1) or reading.sentence.low(q.i - 1) == ",")
        for q in reading.quantities
    )


def _draft_owned(context: Context, reading: Reading, quantity: Quantity) -> Draft | None:
    """Machines without a verb that count for a state or the force named right beside them."""
    sentence = reading.sentence
    for mark in sentence.each():
        actor = actor_of(mark)
        is_beside = quantity.j <= mark.i <= quantity.j + 2 or quantity.i - 2 <= mark.i < quantity.i
        if actor is None or not is_beside or mark.is_compound:
            continue
        if context.is_force(actor) or (context.is_contributor(actor) and "donor" in actor.roles):
            draft = new_draft("equipment", "equipment.owned", reading, quantity, None)
            draft.fields.update(status="done", measure="flow")
            put_actor(draft, (actor, mark, sentence))
            _put_circumstances(context, reading, draft, quantity.i)
            return draft
    if _is_of_mission(sentence, quantity):
        draft = new_draft("equipment", "equipment.owned", reading, quantity, None)
        draft.fields.update(status="done", measure="flow")
        put_implied_actor(context, draft, context.force)
        _put_circumstances(context, reading, draft, quantity.i)
        return draft
    return None


def _is_of_mission(sentence: Sentence, quantity: Quantity) -> bool:
    """As in "the mission's 40 vehicles", "40 blindés de la mission"."""
    if sentence.low(quantity.i - 1) in GENITIVES and "mission_word" in sentence.tags(quantity.i - 2):
        return True
    k = quantity.j
    while k > 0 and sentence.tags(k) & {"of", "determiner", "definite"}:
        k += 1
    return k > quantity.j and "of" in sentence.tags(quantity.j) and "mission_word" in sentence.tags(k)


def _put_circumstances(context: Context, reading: Reading, draft: Draft, at: int) -> None:
    mention, status = nearest_date(reading, at), draft.get("status")
    if mention is not None:
        # "entregará dos más en mayo": the promise is for that May.
        put_date(draft, mention, future=status == "planned" or (status == "pledged" and is_future(reading, at)))
    put_place(context, reading, draft, at)


def _put_giver(context: Context, reading: Reading, draft: Draft, at: tuple[int, int]) -> bool:
    """The donor: an agent after the things, a state in their phrase or before the verb; else the force has them."""
    sentence = reading.sentence
    states = [m for m in sentence.each() if (a := actor_of(m)) is not None and context.is_contributor(a)]
    behind = [m for m in states if at[1] <= m.i <= at[1] + _GIVER_REACH and _is_agent(sentence, m)]
    inside = [m for m in states if at[0] <= m.i < at[1] and not m.is_compound]
    mark = next(iter(behind), None) or next(iter(inside), None)
    found: Found | None = None
    if mark is not None:
        actor = actor_of(mark)
        found = (actor, mark, sentence) if actor is not None else None
    found = found or _subject(context, reading, at[0])
    if found is None:
        is_promise = draft.get("status") != "done"
        found = _donor_before(context, reading) if is_promise else _known_donor(reading)
    if found is not None:
        put_actor(draft, found)
        _put_recipient(context, reading, draft)
        return True
    if not _speaks_of_mission(context, reading):
        return False
    put_implied_actor(context, draft, context.force)
    return True


def _put_holder(context: Context, reading: Reading, draft: Draft, stop: int) -> bool:
    """As in "The mission has 28 vehicles": the force, a contributor or the home police as the subject."""
    sentence = reading.sentence
    subjects = [f for f in find_subjects(context, reading, stop) if f[2] is sentence]
    ours = [f for f in subjects if context.is_force(f[0]) or context.is_contributor(f[0])]
    named = [(actor, m, sentence) for m in sentence.each() if m.j <= stop and (actor := actor_of(m)) is not None]
    police = (one for one in named if "host_police" in one[0].roles)
    found = next(iter([*ours, *police, *_meant(context, reading, stop)]), None)
    if found is not None:
        put_actor(draft, found)
    return found is not None


def _meant(context: Context, reading: Reading, stop: int) -> list[Found]:
    """As in "It has only 60": the force, where the sentence before was about it."""
    is_pronoun = any("pronoun_group" in reading.sentence.tags(k) for k in range(stop))
    topic = topic_force(context, reading) if is_pronoun else None
    return [topic] if topic is not None else []


def _subject(context: Context, reading: Reading, stop: int) -> Found | None:
    found = [f for f in find_subjects(context, reading, stop) if f[2] is reading.sentence]
    for actor, mark, sentence in found:
        if context.is_contributor(actor) or actor.id == "UN":
            return actor, mark, sentence
        state = context.actors.get(actor.country) if actor.type in ("government", "army") and actor.country else None
        if state is not None and context.is_contributor(state):
            return state, mark, sentence
    # "US military planes brought": a donor as an adjective before the verb.
    for mark in reversed(reading.sentence.each()):
        giver = actor_of(mark)
        if mark.j <= stop and giver is not None and "donor" in giver.roles and not mark.is_compound:
            return giver, mark, reading.sentence
    return None


def _donor_before(context: Context, reading: Reading) -> Found | None:
    """Whoever was spoken of before as a state that gives: "In August it had promised three helicopters"."""
    before: Reading | None = reading
    for _ in range(_LOOK_BACK):
        if before is None:
            return None
        for mark in before.sentence.each():
            actor = actor_of(mark)
            if actor is None or mark.name is None or mark.is_compound or not context.is_contributor(actor):
                continue
            if mark.name.form == "name" or before is not reading:
                return actor, mark, before.sentence
        before = before.before
    return None


def _known_donor(reading: Reading) -> Found | None:
    """A donor of the mission named last, in this sentence or those before: what came is his."""
    one: Reading | None = reading
    for _ in range(_LOOK_BACK):
        for mark in one.sentence.each() if one is not None else ():
            actor = actor_of(mark)
            if actor is not None and "donor" in actor.roles and actor.type == "state" and not mark.is_compound:
                return actor, mark, one.sentence if one is not None else reading.sentence
        one = one.before if one is not None else None
    return None


def _put_recipient(context: Context, reading: Reading, draft: Draft) -> None:
    """The home police where they are named, else the force; nobody gives to himself."""
    police = next(
        (m for m in reading.sentence.each() if (a := actor_of(m)) is not None and "host_police" in a.roles), None
    )
    actor = actor_of(police)
    if police is not None and actor is not None:
        put_actor(draft, (actor, police, reading.sentence), slot="target")
    elif context.force and context.force != draft.get("actor"):
        draft.put("target", None, target=context.force)


def _put_loser(context: Context, reading: Reading, draft: Draft, quantity: Quantity) -> bool:
    """The owner behind the things ("two of the mission", "a Haitian police vehicle"), else the force if spoken of."""
    sentence = reading.sentence
    nation = next((m for m in quantity.actors if context.is_contributor(actor_of(m))), None)
    if nation is not None and (owner := actor_of(nation)) is not None:
        put_actor(draft, (owner, nation, sentence))
        return True
    for mark in sentence.each():
        actor = named_force(context, mark)
        is_owner = quantity.i <= mark.i <= quantity.j + 4
        if actor is None or not is_owner:
            continue
        if context.is_force(actor) or "host_police" in actor.roles:
            put_actor(draft, (actor, mark, sentence))
            return True
    if (police := _losing_police(context, reading, quantity)) is not None:
        put_actor(draft, police)
        return True
    # Burnt homes and cars beside them are the town's.
    actors = [actor for mark in sentence.each() if (actor := actor_of(mark)) is not None]
    is_ours = any(context.is_force(actor) or actor.type == "police" for actor in actors)
    # "Gangs torched 45 homes and 30 cars": what stands in a list with homes is the town's.
    counted = [q for q in reading.quantities if q is not quantity]
    is_of_town = any(q.group in ("place", "unknown") for q in counted)
    if (is_of_town and not is_ours) or not _speaks_of_mission(context, reading):
        return False
    put_implied_actor(context, draft, context.force)
    return True


def _losing_police(context: Context, reading: Reading, quantity: Quantity) -> Found | None:
    """As in "The Haitian police lost three armoured cars": the only force that the sentence names."""
    sentence = reading.sentence
    named = [(actor, mark, sentence) for mark in sentence.each() if (actor := named_force(context, mark)) is not None]
    forces = [one for one in named if context.is_force(one[0]) or context.is_home(one[0])]
    is_mission = any("mission_word" in mark.entry.tags for mark in sentence.each())
    home = next((one for one in forces if one[1].j <= quantity.i and "host_police" in one[0].roles), None)
    return home if len(forces) == 1 and not is_mission else None


def _speaks_of_mission(context: Context, reading: Reading) -> bool:
    """The mission or its police are named here or in the sentence before."""
    near = [reading.sentence] + ([reading.before.sentence] if reading.before is not None else [])
    return any(
        context.is_force(actor_of(mark))
        or "mission_word" in mark.entry.tags
        or (mark.entry.unit is not None and mark.entry.unit.group == "force")
        for sentence in near
        for mark in sentence.each()
    )


def _is_agent(sentence: Sentence, mark: Mark) -> bool:
    return bool(sentence.tags(sentence.before_determiners(mark.i - 1, _AGENCY)) & _AGENCY)


_AGENCY = frozenset(["by", "from"])
